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
confirm-elsewhere = Sie sind in einem anderen Browser als dem, in dem { $email } registriert wurde. Geben Sie das Passwort ein, das Sie dort gewählt haben. Wenn Sie sich nicht registriert haben, schließen Sie diese Seite: Es entsteht kein Konto.
confirm-password = Passwort
confirm-password-wrong = Das ist nicht das Passwort, das bei der Registrierung gewählt wurde.
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
reset-code-lead = Wenn es ein Konto mit { $email } gibt, haben wir einen Code und einen Link dorthin geschickt. Geben Sie den Code hier ein oder folgen Sie dem Link.
reset-code-sms = Wenn es ein Konto mit { $email } und einer Telefonnummer gibt, haben wir einen Code dorthin geschickt. Geben Sie ihn hier ein. Bekommen Sie im zweiten Schritt einen Code per SMS? Dann lassen Sie sich den Code per E-Mail senden.
reset-title = Neues Passwort wählen
reset-lead = Sie werden überall sonst abgemeldet, und Apps müssen Sie erneut fragen.
reset-password = Neues Passwort
reset-submit = Neues Passwort festlegen

## Signing in by a code or link

login-by-email = Code per E-Mail senden
login-by-sms = Code per SMS senden
login-code-email = Wenn es ein Konto { $email } gibt, haben wir einen Code und einen Link an dessen E-Mail-Adresse geschickt. Geben Sie den Code hier ein oder folgen Sie dem Link in diesem Browser.
login-code-sms = Wenn es ein Konto { $email } mit einer Telefonnummer gibt, haben wir einen Code dorthin geschickt. Geben Sie ihn hier ein.
login-link-title = Mit dem Link anmelden
login-link-lead = Sie melden sich als { $email } an.
login-link-elsewhere = Dieser Link meldet nur in dem Browser an, in dem er angefordert wurde. Öffnen Sie ihn dort, oder geben Sie dort den Code aus der E-Mail ein. Wenn Sie ihn nicht angefordert haben, schließen Sie diese Seite.

## A password that has to be changed before a sign-in ends

renew-asked = Bevor es weitergeht, müssen Sie ein anderes Passwort wählen. Sie werden überall sonst abgemeldet, und Apps müssen Sie erneut fragen.
renew-old = Ihr Passwort ist zu alt. Wählen Sie ein anderes, bevor es weitergeht. Sie werden überall sonst abgemeldet, und Apps müssen Sie erneut fragen.
renew-submit = Festlegen und weiter
## Ein Konto, das wegen falscher Passwörter oder Codes gesperrt ist

unlock-title = Konto entsperren
unlock-lead = Falsche Passwörter und Codes, die bis jetzt probiert wurden, halten Sie dann nicht länger auf. Ihr Passwort bleibt, wie es ist.
unlock-submit = Konto entsperren
unlock-done = Ihr Konto ist entsperrt
unlock-done-text = Sie können sich mit Ihrem Passwort anmelden. Wenn Sie es nicht mehr wissen, wählen Sie auf der Anmeldeseite ein neues.

## Eine Einladung annehmen

invited-title = Einladung annehmen
invited-lead = Sie sind zu { $server } eingeladen. Damit entsteht Ihr Konto.
invited-email = Ihre Adresse ist { $email }.
invited-submit = Konto anlegen
invited-passkey = Passkey statt Passwort verwenden
