## Registrierung

login-forgot = Passwort vergessen?
login-new = Neu hier?
login-signup = Konto anlegen
signup-title = Konto anlegen
signup-email = E-Mail-Adresse
signup-email-hint = Wir senden einen Code dorthin.
signup-email-host = Nur Adressen dieser Hosts können sich hier registrieren: { $hosts }
signup-name = Ihr Name
signup-password = Passwort
signup-terms = Ich akzeptiere die Nutzungsbedingungen und die Datenschutzerklärung.
signup-terms-missing = Akzeptieren Sie die Nutzungsbedingungen und die Datenschutzerklärung, um fortzufahren.
signup-submit = Konto anlegen
signup-login = Ich habe schon ein Konto
verify-title = Sehen Sie in Ihre E-Mail
verify-lead = Wir haben an { $email } geschrieben. Geben Sie den Code aus der Nachricht ein oder folgen Sie dem Link darin.
verify-code = Code
verify-code-hint = Sechs Ziffern.
verify-submit = Weiter
verify-wrong = Dieser Code ist falsch. Sehen Sie in die neueste Nachricht.
verify-over = Dieser Code gilt nicht mehr. Lassen Sie sich unten einen neuen senden.
verify-nothing = Keine Nachricht?
verify-nothing-help = Es kann eine Minute dauern, oder sie liegt bei der unerwünschten Post. Sie können sich eine weitere senden lassen.
verify-email = E-Mail-Adresse
verify-resend = Neuen Code senden
verify-sent-again = Eine weitere Nachricht ist unterwegs. Der Code davor gilt nicht mehr.
confirm-title = Bestätigen Sie Ihre E-Mail-Adresse
confirm-lead = Jemand hat sich mit { $email } registriert. Wenn Sie das waren, bestätigen Sie, dass diese Adresse Ihnen gehört.
confirm-submit = Adresse bestätigen
confirm-done = Die Adresse ist bestätigt
confirm-continue = Weiter
confirm-elsewhere = Ihr Konto ist bereit. Gehen Sie zurück zu dem Browser, in dem Sie sich registriert haben, oder melden Sie sich hier an.
waiting-title = Fast geschafft
waiting-text = Ihre Adresse ist bestätigt. Jetzt muss eine Administratorin oder ein Administrator Sie zulassen; danach können Sie sich anmelden.
taken-title = Sie haben schon ein Konto
taken-text = Es gibt ein Konto mit dieser Adresse. Melden Sie sich damit an, oder wählen Sie ein neues Passwort, wenn Sie es vergessen haben.
told-sign-in = Anmelden

## Ein vergessenes Passwort

forgot-title = Neues Passwort wählen
forgot-lead = Geben Sie die Adresse Ihres Kontos ein. Wenn es eines damit gibt, senden wir einen Code dorthin.
forgot-email = E-Mail-Adresse
forgot-submit = Code senden
forgot-login = Zurück zur Anmeldung
reset-title = Neues Passwort wählen
reset-lead = Überall sonst werden Sie abgemeldet, und Apps müssen Sie erneut fragen.
reset-password = Neues Passwort
reset-submit = Passwort setzen
