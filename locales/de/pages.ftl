### Was Signet den Menschen sagt, auf Deutsch. Dieselben Namen stehen in derselben Reihenfolge in den anderen Dateien.

## Forms

form-mistake = Fehler:
form-often = Das wurde zu oft versucht. Ihre Eingaben sind nicht verloren: Warten Sie einen Moment und senden Sie sie noch einmal.
form-problem = Bitte prüfen Sie Ihre Angaben
form-show-password = Passwort anzeigen
form-hide-password = Passwort verbergen

## The app that asks

client-label = App
client-policy = Datenschutzerklärung
client-terms = Nutzungsbedingungen
client-back = Zurück zur App

## Sign-in

login-title = Anmelden
login-title-again = Erneut anmelden
login-purpose = weiter zu
login-again = Sie sind bereits angemeldet. Geben Sie Ihr Passwort noch einmal ein, um zu zeigen, dass Sie es sind.
login-username = Benutzername oder E-Mail-Adresse
login-password = Passwort
login-keep = Auf diesem Gerät angemeldet bleiben
login-submit = Anmelden
login-username-missing = Geben Sie Ihren Benutzernamen oder Ihre E-Mail-Adresse ein.
login-password-missing = Geben Sie Ihr Passwort ein.
login-wrong = Benutzername oder Passwort ist falsch.
login-disabled = Dieses Konto kann zurzeit nicht verwendet werden. Wenden Sie sich an die Stelle, die es verwaltet.
login-locked-seconds =
    Für diesen Namen wurde zu oft ein falsches Passwort eingegeben. Warten Sie { $count ->
        [one] eine Sekunde
       *[other] { $count } Sekunden
    } und versuchen Sie es dann noch einmal.
login-locked-minutes =
    Für diesen Namen wurde zu oft ein falsches Passwort eingegeben. Warten Sie { $count ->
        [one] eine Minute
       *[other] { $count } Minuten
    } und versuchen Sie es dann noch einmal.
login-locked-hours =
    Für diesen Namen wurde zu oft ein falsches Passwort eingegeben. Warten Sie { $count ->
        [one] eine Stunde
       *[other] { $count } Stunden
    } und versuchen Sie es dann noch einmal.

## Consent

consent-title = Zugriff für { $app } erlauben
consent-heading = Zugriff erlauben?
consent-purpose = Angefragt von
consent-person = Sie sind angemeldet als { $person }.
consent-nothing = Die App erfährt nur, dass Sie sich angemeldet haben.
consent-may = Wenn Sie es erlauben, darf die App:
consent-new = Neu
consent-allow = Erlauben
consent-deny = Ablehnen
consent-returns-to = In beiden Fällen geht es weiter zu { $host }.

## Scopes

scope-openid = Sie anmelden
scope-openid-hint = Erfahren, wer Sie in dieser App sind und wann Sie sich angemeldet haben.
scope-profile = Ihr Profil sehen
scope-profile-hint = Ihre Namen, Ihr Benutzername, Bild und Seiten, Geschlecht, Geburtsdatum, Sprache und Zeitzone.
scope-email = Ihre E-Mail-Adresse sehen
scope-email-hint = Die Adresse und ob sie bestätigt ist.
scope-address = Ihre Postanschrift sehen
scope-address-hint = Straße, Ort, Postleitzahl, Region und Land.
scope-phone = Ihre Telefonnummer sehen
scope-phone-hint = Die Nummer, und ob sie bestätigt ist.
scope-roles = Ihre Rollen hier sehen
scope-roles-hint = Was Sie für diese Organisation sind, etwa „support“.
scope-permissions = Sehen, was Sie dürfen
scope-permissions-hint = Die Berechtigungen, die Ihre Rollen Ihnen geben.
scope-offline = Verbunden bleiben
scope-offline-hint = Nutzen, was Sie erlaubt haben, auch wenn Sie nicht da sind – bis Sie es widerrufen.
scope-self-read = Ihr Konto hier ansehen
scope-self-write = Ihr Konto hier ändern
scope-users-read = Personen hier ansehen
scope-users-write = Personen hier anlegen und ändern
scope-invitations-read = Einladungen ansehen
scope-invitations-write = Personen einladen
scope-clients-read = Hier registrierte Apps ansehen
scope-clients-write = Apps registrieren und ändern
scope-roles-read = Rollen ansehen, und wer sie hat
scope-roles-write = Rollen ändern und vergeben
scope-audit-read = Nachlesen, was hier geschehen ist
scope-keys-read = Schlüssel für Unterschriften ansehen
scope-keys-write = Schlüssel für Unterschriften wechseln
scope-settings-read = Einstellungen dieses Servers ansehen
scope-settings-write = Einstellungen dieses Servers ändern
scope-api-keys-read = Schlüssel von Programmen ansehen
scope-api-keys-write = Schlüssel von Programmen anlegen und beenden
scope-stats-read = Zahlen ansehen: wie viele Personen, wie viele Anmeldungen
scope-right-hint = In Ihrem Namen, und nur so weit Ihre eigenen Rollen es erlauben.
scope-own-hint = Ein eigenes Recht, um das diese App bittet.

## Back to the app by a form

return-title = Zurück zu { $host }
return-text = Sie werden weitergeleitet. Wenn nichts geschieht, wählen Sie „Weiter“.
return-continue = Weiter

## Your account

home-title = Ihr Konto
home-account = Angemeldet als { $account }
home-sign-out = Abmelden
home-session = Diese Anmeldung
home-since = Seit
home-device = Gerät
home-address = Adresse
home-unknown = Unbekannt
home-roles = Ihre Rollen
home-roles-none = Sie haben keine Rollen. Wenn Sie eine brauchen, wenden Sie sich an die Administration.
home-apps = Apps mit Zugriff
home-apps-none = Keine App hat Zugriff auf Ihr Konto. Sobald Sie einer App Zugriff erlauben, steht sie hier.

## Signed out

signed-out-title = Abgemeldet
signed-out-heading = Sie sind abgemeldet
signed-out-text = Apps, die Sie vorher geöffnet haben, können noch offen sein. Wenn auch andere dieses Gerät benutzen, schließen Sie den Browser.
signed-out-again = Erneut anmelden

## The first administrator

setup-title = Einrichten
setup-heading = Erstes Administratorkonto anlegen
setup-lead = Dieses Konto kann in { $server } alles ändern. Der Link, dem Sie gefolgt sind, funktioniert einmal.
setup-email = E-Mail-Adresse
setup-username = Benutzername
setup-username-hint = 3 bis 64 Zeichen. Sie können sich damit anmelden.
setup-name = Ihr Name
setup-name-hint = Wie Sie heißen – so, wie andere es sehen sollen.
setup-password = Passwort
setup-password-hint =
    Mindestens { $count ->
        [one] ein Zeichen
       *[other] { $count } Zeichen
    }. Besser sind 15 oder mehr: Ein paar Wörter lassen sich leicht merken.
setup-submit = Konto anlegen

## What is wrong with the details of a person

user-email-wrong = Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.com.
user-username-wrong = Verwenden Sie 3 bis 64 Buchstaben, Ziffern, Punkte, Bindestriche oder Unterstriche.
user-name-wrong = Verwenden Sie höchstens 128 Bytes und keine Steuerzeichen.
user-taken = Diese E-Mail-Adresse oder dieser Benutzername ist bereits vergeben.

## What is wrong with a password

password-short =
    Verwenden Sie mindestens { $count ->
        [one] ein Zeichen
       *[other] { $count } Zeichen
    }. Ein paar Wörter hintereinander sind ein gutes Passwort.
password-long = Verwenden Sie höchstens { $count ->
        [one] ein Byte
       *[other] { $count } Bytes
    }.
password-nul = Ein Passwort darf kein NUL-Byte enthalten.
password-own-name = Ihr Passwort soll nicht Ihr eigener Name oder Ihre Adresse sein, auch nicht zum größten Teil.
password-one-character = Wiederholen Sie nicht immer dasselbe Zeichen.
password-classes = Mindestens { $count } davon müssen vorkommen: Kleinbuchstaben, Großbuchstaben, Ziffern, andere Zeichen.
password-common = Dieses Passwort wird mit als erstes geraten. Wählen Sie ein anderes.
password-breached = Dieses Passwort wurde bei einem anderen Dienst gestohlen, andere kennen es also. Wählen Sie ein anderes.
password-used = Dieses Passwort hatten Sie vor Kurzem. Wählen Sie ein anderes.

## Errors

error-nothing = Hier ist nichts
error-nothing-help = Prüfen Sie die Adresse oder gehen Sie zu Ihrem Konto.
error-often = Zu viele Versuche
error-often-help = Warten Sie einen Moment und versuchen Sie es dann noch einmal.
error-spread = Aus Ihrem Netz wurden zu viele Konten probiert
error-spread-help = Von dort kamen falsche Passwörter für viele verschiedene Konten, deshalb kann sich von dort bis zu eine Stunde lang niemand mit einem Passwort anmelden. Wenn andere Ihr Netz mitbenutzen, kann es an ihnen liegen.
error-busy = Bitte versuchen Sie es gleich noch einmal
error-busy-help = Der Server kann gerade nicht antworten.
error-fault = Hier ist etwas schiefgegangen
error-fault-help = Es lag nicht an Ihnen. Bitte versuchen Sie es später noch einmal.
error-app = Wir kennen diese App nicht
error-app-help = Gehen Sie zurück zur App und versuchen Sie es noch einmal. Wenn es wieder geschieht, wenden Sie sich an den Betreiber der App. Dieser Hinweis kann dabei helfen:
error-address = Die App hat eine falsche Adresse angegeben
error-browser = Diese Anmeldung lässt sich nicht fortsetzen
error-browser-help = Gehen Sie zurück zur App und beginnen Sie von vorn. Bleiben Sie dabei in einem Browser und erlauben Sie dort Cookies.
error-origin = Diese Seite kann nicht mehr verwendet werden
error-origin-help = Öffnen Sie die Seite noch einmal. Wenn das nicht hilft, erlauben Sie Cookies für diese Website.
error-session = Sie sind abgemeldet
error-session-help = Gehen Sie zurück zur App und melden Sie sich noch einmal an.
error-proof = Dieser Code oder Link gilt nicht mehr
error-proof-help = Er wurde schon benutzt, ist zu alt, oder es wurde ein neuerer verschickt. Beginnen Sie von vorn, um einen neuen zu bekommen.
error-account = Mit diesem Konto geht das nicht
error-account-help = Es ist für ein anderes Konto bestimmt, oder das Konto hat sich inzwischen geändert. Melden Sie sich beim richtigen an und beginnen Sie von vorn.
error-factors = Hier muss die Administration helfen
error-factors-help = Ihre zweiten Faktoren lassen sich auf dieser Seite nicht entfernen. Bitten Sie eine andere Person aus der Administration oder wer diesen Dienst betreibt, sie zu entfernen; melden Sie sich dann an und richten Sie neue ein.
error-closed = Die Registrierung ist geschlossen
error-closed-help = Neue Konten legt an, wer diesen Dienst verwaltet. Fragen Sie dort nach einem.
error-setup = Dieser Link kann nicht verwendet werden
error-setup-help = Er ist für das erste Administratorkonto und funktioniert einmal. Wenn es das Konto schon gibt, melden Sie sich an.
error-other = Das hat nicht funktioniert
error-other-help = Gehen Sie zurück und versuchen Sie es noch einmal. Wenn es wieder geschieht, wenden Sie sich an den Betreiber der App. Dieser Hinweis kann dabei helfen:
error-ask = Wenn Sie um Hilfe bitten, nennen Sie die Referenz unten.
error-reference = Referenz
error-code = Fehler
error-home = Zu Ihrem Konto
