## Der zweite Schritt einer Anmeldung

mfa-title = Noch ein Schritt
mfa-lead = Sie melden sich als { $person } an. Zeigen Sie auf einem zweiten Weg, dass Sie es sind.
mfa-totp = Code aus Ihrer Authenticator-App
mfa-totp-hint = Sechs Ziffern, jede halbe Minute neue.
mfa-backup = Ersatzcode
mfa-backup-hint = Einer der Codes, die Sie gedruckt oder gespeichert haben. Jeder gilt einmal.
mfa-send-hint = Wir können Ihnen einen Code schicken, der einmal gilt, 10 Minuten lang.
mfa-send = Code senden
mfa-sent = Wir haben einen Code an { $receiver } geschickt. Er gilt einmal, 10 Minuten lang.
mfa-trust = In diesem Browser 30 Tage lang nicht fragen
mfa-submit = Weiter
mfa-others = Oder auf einem anderen Weg:
mfa-way-totp = Authenticator-App
mfa-way-passkey = Passkey
mfa-way-email = Code per E-Mail
mfa-way-sms = Code per SMS
mfa-way-backup = Ersatzcode
mfa-lost = Ich habe nichts davon mehr
mfa-again = Als jemand anderes anmelden
mfa-wrong = Dieser Code ist falsch oder wurde schon benutzt.
mfa-locked =
    Es gab zu viele falsche Codes. Warten Sie { $count ->
        [one] eine Minute
       *[other] { $count } Minuten
    } und melden Sie sich dann erneut an.

## Sicherheit des Kontos

security-title = Sicherheit
security-lead = Ein zweiter Faktor hält fern, wer nur Ihr Passwort kennt.
security-apps = Authenticator-Apps
security-apps-none = Noch keine. Eine App auf Ihrem Telefon zeigt jede halbe Minute einen neuen Code.
security-add-app = Authenticator-App hinzufügen
security-added = Seit
security-used = Zuletzt benutzt
security-never = Nie
security-remove = Entfernen
security-email = Codes per E-Mail
security-email-hint = Ein Code geht an die Adresse Ihres Kontos. Besser als nichts, aber wer Ihre Post liest, kommt hinein.
security-sms = Codes per SMS
security-sms-hint = Ein Code geht an Ihre Telefonnummer. Praktisch, aber eine Nummer kann übernommen werden: Eine App oder ein Passkey ist sicherer.
security-sms-phone = Zuerst eine Telefonnummer hinzufügen
security-on = Einschalten
security-off = Ausschalten
security-codes = Ersatzcodes
security-codes-off = Es gibt sie mit Ihrem ersten zweiten Faktor.
security-codes-left =
    { $count ->
        [0] Es sind keine Codes übrig. Erzeugen Sie neue.
        [one] Ein Code ist übrig.
       *[other] { $count } Codes sind übrig.
    }
security-codes-make = Neue Ersatzcodes erzeugen
security-devices = Vertraute Browser
security-devices-none = Keine. Jede Anmeldung fragt nach dem zweiten Faktor.
security-until = Bis
security-distrust = Nicht mehr vertrauen
totp-title = Authenticator‑App hinzufügen
totp-lead = Scannen Sie diesen QR-Code mit der App, oder geben Sie den Schlüssel in ihr ein. Geben Sie dann den Code ein, den sie zeigt.
totp-picture = QR-Code, der den Schlüssel enthält
totp-secret = Schlüssel
totp-name = Name in Ihrer Liste
totp-name-hint = Damit Sie sie später wiedererkennen, zum Beispiel der Name des Telefons.
totp-code = Code aus der App
totp-submit = App hinzufügen
totp-wrong = Dieser Code ist falsch. Prüfen Sie, ob die Uhr Ihres Telefons richtig geht, und geben Sie den neuesten Code ein.
totp-default = Authenticator-App
codes-title = Ihre Ersatzcodes
codes-lead = Mit jedem davon können Sie sich einmal anmelden, wenn Ihr Telefon nicht zur Hand ist. Drucken Sie sie aus, oder speichern Sie sie dort, wo nur Sie sie finden. Sie werden nur jetzt gezeigt; ältere Codes gelten nicht mehr.
codes-print = Drucken
codes-done = Ich habe sie gespeichert

## Passkeys

passkey-title = Passkey hinzufügen
passkey-lead = Ein Passkey ersetzt Ihr Passwort: Sie melden sich mit Fingerabdruck, Gesicht oder der PIN Ihres Geräts an. Er gilt nur auf dieser Website; niemand kann ihn Ihnen entlocken.
passkey-name = Ihr Name dafür
passkey-name-hint = Damit Sie ihn in der Liste wiedererkennen, zum Beispiel der Name des Geräts.
factor-name-missing = Geben Sie ihm einen Namen.
passkey-submit = Passkey erstellen
passkey-back = Zurück zur Sicherheit
passkey-default = Passkey { $count }
passkey-not-added = Der Passkey wurde nicht hinzugefügt. Versuchen Sie es noch einmal.
passkey-login = Mit einem Passkey anmelden
passkey-use = Passkey benutzen
passkey-wrong = Dieser Passkey wurde nicht angenommen. Versuchen Sie es noch einmal, oder melden Sie sich auf einem anderen Weg an.
passkey-cancelled = Es ist nichts geschehen: Es wurde abgebrochen, hat zu lange gedauert, oder es gibt hier keinen Passkey für diese Website.
passkey-known = Auf diesem Gerät gibt es schon einen Passkey für Ihr Konto.
passkey-often = Zu viele Versuche aus Ihrem Netz. Warten Sie kurz, und versuchen Sie es dann noch einmal.
passkey-failed = Das hat nicht geklappt. Laden Sie die Seite neu, oder nehmen Sie einen anderen Weg.
passkey-needs-script = Passkeys brauchen JavaScript und einen Browser, der sie kennt.
security-passkeys = Passkeys
security-passkeys-none = Noch keine. Mit einem Passkey melden Sie sich ohne Passwort an: mit Fingerabdruck, Gesicht oder PIN.
security-add-passkey = Passkey hinzufügen
security-rename = Umbenennen
security-rename-submit = Namen speichern

## The first second factor

start-title = Schützen Sie Ihr Konto
start-lead = Mit einem zweiten Faktor kommt niemand hinein, der nur Ihr Passwort kennt. Es dauert eine Minute.
start-demanded = Um weiterzukommen, brauchen Sie einen zweiten Faktor. Es dauert eine Minute, danach geht es sofort weiter.
start-passkey = Der schnellste und sicherste Weg: Fingerabdruck, Gesicht oder PIN dieses Geräts.
start-app = Eine App auf Ihrem Telefon zeigt jede halbe Minute einen neuen Code.
start-later = Jetzt nicht

## Everything is lost

lost-title = Haben Sie Ihre zweiten Faktoren verloren?
lost-lead = Wenn niemand es aufhält, werden Ihre zweiten Faktoren am { $at } entfernt, und Sie können sich danach mit dem ersten Schritt allein anmelden. Bis dahin schreiben wir an Ihre Adresse, und wer die Briefe liest, kann es aufhalten.
lost-submit = Nach der Frist entfernen
lost-begun = Ihre zweiten Faktoren werden entfernt
lost-begun-text = Es geschieht am { $at }, wenn es niemand mit dem Brief aufhält, den wir an Ihre Adresse geschickt haben, und sich niemand mit einem davon anmeldet. Kommen Sie dann wieder und melden Sie sich wie gewohnt an.
lost-stop-title = Zweite Faktoren behalten
lost-stop-lead = Jemand, der Ihr Passwort kennt, will Ihre zweiten Faktoren am { $at } entfernen lassen. Wenn Sie das nicht waren, halten Sie es hier auf und wählen Sie ein anderes Passwort.
lost-stop-submit = Behalten
lost-stopped = Ihre zweiten Faktoren bleiben
lost-stopped-text = Es wurde nichts geändert. Wenn Sie das nicht waren, melden Sie sich an und wählen Sie sofort ein anderes Passwort.
