## Der zweite Schritt einer Anmeldung

mfa-title = Noch ein Schritt
mfa-lead = Angemeldet als { $person }. Zeigen Sie auf einem zweiten Weg, dass Sie es sind.
mfa-totp = Code Ihrer Authenticator-App
mfa-totp-hint = Sechs Ziffern, jede halbe Minute neue.
mfa-backup = Ersatzcode
mfa-backup-hint = Einer der Codes, die Sie gedruckt oder gespeichert haben. Jeder gilt einmal.
mfa-trust = In diesem Browser 30 Tage lang nicht fragen
mfa-submit = Weiter
mfa-others = Ein anderer Weg
mfa-way-totp = Authenticator-App
mfa-way-passkey = Passkey
mfa-way-backup = Ersatzcode
mfa-again = Als jemand anderes anmelden
mfa-wrong = Dieser Code ist falsch oder wurde schon benutzt.
mfa-locked =
    Es gab zu viele falsche Codes. Warten Sie { $count ->
        [one] eine Minute
       *[other] { $count } Minuten
    } und melden Sie sich dann erneut an.

## Sicherheit des Kontos

security-title = Sicherheit
security-lead = Mit einem zweiten Faktor kommt niemand in Ihr Konto, der nur Ihr Passwort kennt.
security-apps = Authenticator-Apps
security-apps-none = Noch keine. Eine App auf Ihrem Telefon zeigt jede halbe Minute einen neuen Code.
security-add-app = Authenticator-App hinzufügen
security-added = Seit
security-used = Zuletzt benutzt
security-never = Nie
security-remove = Entfernen
security-codes = Ersatzcodes
security-codes-off = Es gibt sie mit Ihrem ersten zweiten Faktor.
security-codes-left =
    { $count ->
        [0] Es sind keine übrig. Erzeugen Sie neue.
        [one] Einer ist übrig.
       *[other] { $count } sind übrig.
    }
security-codes-make = Neue Ersatzcodes erzeugen
security-devices = Vertraute Browser
security-devices-none = Keine. Jede Anmeldung fragt nach dem zweiten Faktor.
security-until = Bis
security-distrust = Nicht mehr vertrauen
totp-title = Authenticator-App hinzufügen
totp-lead = Nehmen Sie dieses Bild mit der App auf, oder geben Sie das Geheimnis in ihr ein.
totp-picture = QR-Code, der das Geheimnis enthält
totp-secret = Geheimnis
totp-name = Ihr Name dafür
totp-name-hint = Damit Sie sie in der Liste wiedererkennen, zum Beispiel der Name des Telefons.
totp-code = Code, den die App jetzt zeigt
totp-submit = App hinzufügen
totp-wrong = Dieser Code ist falsch. Prüfen Sie, ob die Uhr Ihres Telefons richtig geht, und geben Sie den neuesten Code ein.
totp-default = Authenticator-App
codes-title = Ihre Ersatzcodes
codes-lead = Drucken Sie sie aus, oder bewahren Sie sie dort auf, wo nur Sie an sie kommen. Sie werden nur dieses eine Mal gezeigt; ältere Codes gelten nicht mehr.
codes-done = Ich habe sie aufbewahrt
