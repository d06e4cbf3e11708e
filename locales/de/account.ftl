## Das eigene Konto: was seine Seiten gemeinsam haben

account-nav = Ihr Konto
account-overview = Übersicht
account-profile = Profil
account-security = Sicherheit
account-sessions = Geräte
account-apps = Apps
account-activity = Aktivität
security-sign-in = Anmeldung
device-both = { $browser } auf { $system }
device-one = { $name }
device-unknown = Unbekanntes Gerät
place-both = { $city }, { $country }
place-address = { $place } ({ $address })

## Wo jemand angemeldet ist

sessions-title = Wo Sie angemeldet sind
sessions-lead = Wenn Sie ein Gerät nicht kennen, melden Sie es ab und wählen Sie ein anderes Passwort. Apps behalten ihren Zugriff, bis Sie ihn entziehen oder Ihr Passwort ändern.
sessions-here = Dieses Gerät
sessions-first = Angemeldet
sessions-last = Zuletzt gesehen
sessions-end = Abmelden
sessions-ended = Dort abgemeldet.
sessions-others = Überall sonst abmelden
sessions-others-help = Hier bleiben Sie angemeldet. Jedes andere Gerät der Liste muss sich neu anmelden.

## Apps mit Zugriff

apps-title = Apps mit Zugriff
apps-lead = Diesen Apps haben Sie erlaubt, Ihr Konto zu verwenden.
apps-since = Seit
apps-used = Zuletzt verwendet
apps-withdraw = Zugriff entziehen
apps-withdraw-help = Die App kann nichts mehr in Ihrem Namen tun und muss Sie neu fragen. Was sie schon weiß, behält sie.
apps-withdrawn = Der Zugriff ist entzogen.

## Was geschehen ist

activity-title = Aktivität
activity-lead = Was in Ihrem Konto geschehen ist, das Neueste zuerst. Wenn etwas nicht von Ihnen kam, wählen Sie ein anderes Passwort.
activity-all = Alles
activity-sign-ins = Anmeldungen
activity-changes = Änderungen
activity-apps = Apps
activity-none = Nichts dieser Art ist bisher geschehen.
activity-newest = Neueste
activity-older = Ältere
activity-failed = Abgelehnt
activity-sign-in = Sie haben sich angemeldet
activity-sign-in-failed = Jemand wollte sich anmelden
activity-travel = Die Anmeldung war weit entfernt von der vorigen
activity-sign-out = Sie haben sich abgemeldet
activity-session-end = Sie haben ein anderes Gerät abgemeldet
activity-consent-give = Sie haben Zugriff erlaubt
activity-consent-deny = Sie haben Zugriff nicht erlaubt
activity-consent-withdraw = Sie haben Zugriff entzogen
activity-token-issue = Eine App hat Zugriff bekommen
activity-token-refresh = Eine App hat ihren Zugriff erneuert
activity-token-reuse = Eine App hat ein verbrauchtes Token gezeigt
activity-token-revoke = Eine App hat ihren Zugriff zurückgegeben
activity-code-replay = Eine App hat einen verbrauchten Code gezeigt
activity-set-up = Sie haben diesen Server eingerichtet
activity-sign-up = Sie haben Ihr Konto angelegt
activity-recover = Sie haben per E-Mail ein neues Passwort gewählt
activity-password-set = Sie haben Ihr Passwort geändert
activity-password-require = Es wurde verlangt, das Passwort zu ändern
activity-email = Sie haben Ihre E-Mail-Adresse geändert
activity-phone = Sie haben Ihre Telefonnummer geändert
activity-profile = Sie haben Ihr Profil geändert
activity-username = Sie haben Ihren Benutzernamen geändert
activity-factor-add = Sie haben einen zweiten Faktor hinzugefügt
activity-factor-remove = Sie haben einen zweiten Faktor entfernt
activity-factor-reset = Sie haben darum gebeten, Ihre zweiten Faktoren zu entfernen
activity-factor-reset-stopped = Ihre zweiten Faktoren wurden behalten
activity-user-create = Sie haben ein Konto für jemanden angelegt
activity-user-disable = Sie haben das Konto von jemandem geschlossen
activity-user-enable = Sie haben das Konto von jemandem wieder geöffnet
activity-user-unlock = Sie haben Ihr Konto entsperrt
activity-client-create = Sie haben eine App registriert
activity-client-disable = Sie haben eine App ausgesperrt
activity-client-enable = Sie haben eine App wieder zugelassen
activity-client-secret = Sie haben einer App ein neues Geheimnis gegeben
activity-key-create = Sie haben einen Signaturschlüssel angelegt
activity-key-rotate = Sie haben den Signaturschlüssel gewechselt
activity-key-retire = Sie haben einen Signaturschlüssel außer Dienst gestellt

## Ein anderes Passwort

password-title = Passwort ändern
password-lead = Hier bleiben Sie angemeldet, überall sonst werden Sie abgemeldet; Apps müssen Sie neu fragen.
password-changed = Ihr Passwort ist geändert. Überall sonst sind Sie abgemeldet.

## Über sich selbst

profile-title = Ihr Profil
profile-lead = Apps sehen davon nur, was Sie ihnen erlauben. Alles außer dem Benutzernamen kann leer bleiben.
profile-name = Name
profile-username-hint = Damit melden Sie sich an. 3 bis 64 Buchstaben, Ziffern, Punkte, Binde- oder Unterstriche.
profile-given-name = Vorname
profile-middle-name = Zweiter Vorname
profile-family-name = Nachname
profile-nickname = Spitzname
profile-gender = Geschlecht
profile-birthdate = Geburtsdatum
profile-locale = Sprache
profile-locale-none = Wie der Browser es vorzieht
profile-zone = Zeitzone
profile-zone-none = Keine Angabe
profile-website = Website
profile-page = Profilseite
profile-page-hint = Eine Seite über Sie, wie https://example.com/ada
profile-picture = Bild
profile-picture-hint = Die Adresse eines Bildes von Ihnen.
profile-street = Straße und Hausnummer
profile-postal-code = Postleitzahl
profile-locality = Ort
profile-region = Region
profile-country = Land
profile-submit = Speichern
profile-saved = Ihr Profil ist gespeichert.
profile-username-taken = Diesen Benutzernamen hat schon jemand.
profile-birthdate-wrong = Geben Sie ein vergangenes Datum ein, wie 1990-12-31.
profile-choice-wrong = Wählen Sie etwas aus der Liste.
profile-uri-wrong = Geben Sie eine Webadresse ein, wie https://example.com/

## Eine andere E-Mail-Adresse

email-title = E-Mail-Adresse ändern
email-now = Ihre Adresse ist { $email }. Eine neue gilt, sobald Sie gezeigt haben, dass Sie lesen, was dorthin geht.
email-new = Neue E-Mail-Adresse
email-same = Das ist schon Ihre Adresse.
email-confirm = { $email } wird die Adresse Ihres Kontos. Sie melden sich damit an, und Briefe gehen dorthin.
email-changed = Ihre Adresse ist geändert. Die alte hat eine Nachricht bekommen.
email-taken = Diese Adresse hat jetzt jemand anderes.

## The phone number

phone-title = Ihre Telefonnummer
phone-lead = Apps sehen sie nur, wenn Sie es erlauben. Codes für Ihre Anmeldung und für ein vergessenes Passwort können dorthin gehen. Eine Nummer zählt, sobald Sie gezeigt haben, dass Sie lesen, was dort ankommt.
phone-now = Ihre Nummer
phone-new = Neue Telefonnummer
phone-hint = Mit Landesvorwahl, zum Beispiel +49 30 901820
phone-wrong = Geben Sie die Nummer mit + und Landesvorwahl ein.
phone-remove = Nummer entfernen
phone-changed = Ihre Nummer ist geändert.
phone-prove = Wir haben einen Code an { $phone } geschickt. Geben Sie ihn hier ein.
phone-nothing = Nichts angekommen?
phone-sent-again = Wir haben einen neuen Code geschickt.
