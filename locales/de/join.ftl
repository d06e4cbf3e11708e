## Registrierung

login-forgot = Passwort vergessen?
login-new = Neu hier?
login-signup = Konto anlegen
signup-title = Konto anlegen
signup-email = E-Mail-Adresse
signup-email-hint = Dorthin senden wir einen Code.
signup-email-host = Nur Adressen dieser Hosts können sich hier registrieren: { $hosts }
signup-name = Ihr Name
signup-password = Passwort
signup-terms = Ich akzeptiere die Nutzungsbedingungen und die Datenschutzerklärung.
signup-terms-missing = Akzeptieren Sie die Nutzungsbedingungen und die Datenschutzerklärung, um fortzufahren.
signup-submit = Konto anlegen
signup-login = Ich habe schon ein Konto
verify-title = Sehen Sie in Ihr Postfach
verify-lead = Wir haben eine E-Mail an { $email } gesendet. Geben Sie den Code daraus ein, oder öffnen Sie den Link darin.
verify-code = Code
verify-code-hint = Sechs Ziffern.
verify-submit = Weiter
verify-wrong = Dieser Code ist falsch. Nehmen Sie den aus der neuesten E-Mail.
verify-over = Dieser Code gilt nicht mehr. Lassen Sie sich unten einen neuen senden.
verify-nothing = Keine E-Mail erhalten?
verify-nothing-help = Es kann eine Minute dauern, oder sie liegt im Spam-Ordner. Sie können sich eine weitere senden lassen.
verify-email = E-Mail-Adresse
verify-resend = Neuen Code senden
verify-sent-again = Eine weitere E-Mail ist unterwegs. Der Code davor gilt nicht mehr.
confirm-title = Bestätigen Sie Ihre E‑Mail-Adresse
confirm-lead = Jemand hat sich mit { $email } registriert. Wenn Sie das waren, bestätigen Sie, dass diese Adresse Ihnen gehört.
confirm-submit = Adresse bestätigen
confirm-done = Adresse bestätigt
confirm-here = Machen Sie in diesem Browser weiter, in dem Sie begonnen haben.
confirm-continue = Weiter
confirm-elsewhere = Ihr Konto ist bereit. Gehen Sie zurück zu dem Browser, in dem Sie sich registriert haben, oder melden Sie sich hier an.
waiting-title = Fast geschafft
waiting-text = Ihre Adresse ist bestätigt. Jetzt muss eine Administratorin oder ein Administrator Sie zulassen; danach können Sie sich anmelden.
taken-title = Sie haben schon ein Konto
taken-text = Es gibt ein Konto mit dieser Adresse. Melden Sie sich damit an, oder wählen Sie ein neues Passwort, wenn Sie es vergessen haben.
told-sign-in = Anmelden

## Wie stark ein neues Passwort ist

strength-weak = Schwach. Mit mehr Wörtern wird es stärker.
strength-fair = Mittel. 15 oder mehr Zeichen sind besser.
strength-strong = Stark.

## Ein vergessenes Passwort

forgot-title = Passwort vergessen?
forgot-lead = Geben Sie die E-Mail-Adresse Ihres Kontos ein. Wenn es ein solches Konto gibt, senden wir einen Code dorthin.
forgot-email = E-Mail-Adresse
forgot-submit = Code senden
forgot-login = Zurück zur Anmeldung
reset-title = Neues Passwort wählen
reset-lead = Sie werden überall sonst abgemeldet, und Apps müssen Sie erneut fragen.
reset-password = Neues Passwort
reset-submit = Neues Passwort festlegen
