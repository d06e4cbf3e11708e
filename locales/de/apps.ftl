# Apps in der Verwaltung: registriert, geändert, geprüft.

admin-apps = Apps
app-new = App registrieren
app-open = Zur App
app-search = App suchen
app-search-hint = Geben Sie den Anfang des Namens ein.
app-none = Noch ist keine App registriert. Registrieren Sie die erste, dann können sich Personen bei ihr anmelden.
app-none-found = Keine App passt zu dem, was Sie suchen.
app-id = Client-ID
app-registered = Registriert
app-updated = Zuletzt geändert
app-audit = Alles, was mit dieser App geschah

app-state = Zugang zu diesem Server
app-state-any = Alle außer gelöschten
app-state-enabled = freigegeben
app-state-disabled = ausgesperrt
app-state-deleted = gelöscht
app-state-enabled-help = Die App wird bedient. Wenn Sie sie aussperren, kann sich niemand mehr bei ihr anmelden, und ihre Token zählen nicht, bis Sie sie wieder freigeben.
app-state-disabled-help = Die App ist ausgesperrt: Niemand kann sich bei ihr anmelden, und ihre Token zählen nicht. Sobald Sie sie freigeben, zählen sie wieder.
app-state-deleted-help = Die App ist für jede Anfrage unbekannt. Wenn Sie sie wiederherstellen, kommt sie zurück, wie sie war, mit allem, was Personen ihr erlaubt haben.
app-step-disable = Aussperren
app-step-enable = Freigeben
app-step-delete = Löschen
app-step-restore = Wiederherstellen
app-member-enabled = Freigegeben
app-member-deleted = Gelöscht
app-response-types = Antworttypen

## Welche Art von App

app-kinds-lead = Was für eine App ist es? Danach werden Sie nur nach dem gefragt, was diese Art braucht.
app-kind-other = Eine andere Art wählen
app-kind-web = Web-App
app-kind-web-hint = Sie läuft auf einem Ihrer Server, der ein Geheimnis bewahren kann.
app-kind-page = Single-Page-App
app-kind-page-hint = Sie läuft nur im Browser, als JavaScript. Sie hat kein Geheimnis: PKCE tritt an seine Stelle.
app-kind-native = Native App
app-kind-native-hint = Sie läuft auf einem Telefon oder Rechner. Sie hat kein Geheimnis: PKCE tritt an seine Stelle.
app-kind-service = Dienst
app-kind-service-hint = Ein Programm, das für sich selbst handelt, ohne Personen, die sich anmelden.
app-new-rest = Alles andere hat einen sinnvollen Wert und lässt sich später auf der Seite der App ändern.
app-make = App registrieren

## Was sie bekommt

app-made = Die App ist registriert
app-made-once = Kopieren Sie das Geheimnis jetzt: Es wird nur dieses Mal gezeigt. Aufbewahrt wird nur ein Hash davon.
app-made-public = Diese Art von App hat kein Geheimnis. Sie braucht nur ihre Client-ID.
app-made-next = Die meisten Bibliotheken fragen nur nach der Client-ID, dem Geheimnis, falls es eines gibt, und der Adresse des Discovery-Dokuments.
app-made-next-service = Das Programm holt seine Token mit grant_type=client_credentials.
app-discovery = Discovery-Dokument
app-secret = Geheimnis (client secret)
app-old-secret = Früheres Geheimnis
app-secret-made = Die App hat ein neues Geheimnis
app-secrets = Geheimnisse
app-secrets-help = Wenn Sie ein neues Geheimnis anlegen, gilt das bisherige noch 24 Stunden, damit die App ohne Lücke umgestellt werden kann.
app-secrets-none = Kein Geheimnis gilt. Die App kann sich nicht ausweisen, bis Sie ein neues anlegen.
app-secret-since = In Gebrauch seit
app-secret-current = das jetzige
app-secret-new = Neues Geheimnis anlegen
app-secret-end = Früheres Geheimnis jetzt beenden

## Was Personen ihr erlaubt haben

app-access = Zugriff auf Personen
app-consents = Personen, die ihr etwas erlaubt haben
app-grants = Anmeldungen, deren Token noch zählen
app-withdraw = Allen Zugriff entziehen
app-withdraw-help = Alle Token, die die App für Personen hat, enden, und alle werden neu gefragt. Das lässt sich nicht rückgängig machen. Sie sehen zuerst, wie viel es ist.

## Selbsttest

app-test = Selbsttest
app-test-help = Signet spielt diese App gegen sich selbst: Einstellungen, Signaturen, Redirect-URIs und eine ganze Anmeldung mit einer Person, die dafür erfunden wird. Nichts davon bleibt.
app-test-run = Selbsttest starten
app-test-good = Alles in Ordnung
app-test-bad =
    { $count ->
        [one] Ein Test schlug fehl
       *[other] { $count } Tests schlugen fehl
    }
app-test-passed = bestanden
app-test-failed = fehlgeschlagen
app-test-skipped = nicht versucht
app-test-count-passed = Bestanden: { $count }
app-test-count-failed = Fehlgeschlagen: { $count }
app-test-count-skipped = Nicht versucht: { $count }
app-test-skipped-help = Was nicht versucht wurde, betrifft diese App nicht, oder nur die App selbst kann es zeigen.
app-test-name = Test
app-test-clause = Wo es geschrieben steht

## Ihre Ablehnungen

app-refusals = Letzte Ablehnungen
app-refusals-none = Dieser App wurde zuletzt nichts abgelehnt.
app-refusals-all = Alle Ablehnungen dieser App

## Ihre Einstellungen

app-settings = Einstellungen
app-settings-deleted = Stellen Sie die App wieder her, um ihre Einstellungen zu ändern.
app-edit = Diese App ändern?
app-changed = Jemand anderes hat diese App geändert, während Sie daran arbeiteten. Von Ihnen ist noch nichts gespeichert, und nichts ist verloren.
app-changed-title = Was sich inzwischen geändert hat
app-changed-help = Unten steht alles, was Sie nicht berührt haben, so, wie es jetzt ist; was Sie selbst eingegeben haben, steht noch da. Sehen Sie es durch und machen Sie weiter.
app-changed-yours = Wie Sie es hatten
app-changed-now = Wie es jetzt ist
app-group-face = Was Personen sehen
app-group-sign-in = Anmelden
app-group-proof = Wie die App sich ausweist
app-group-tokens = Token
app-client-name = Name
app-client-name-help = Personen sehen ihn, wenn sie sich anmelden und wenn sie um Erlaubnis gebeten werden.
app-client-name-service = Damit Sie es wiederfinden, in dieser Liste und im Protokoll.
app-logo-uri = Logo
app-logo-uri-help = Die https-Adresse eines Bildes, das neben dem Namen steht.
app-client-uri = Startseite
app-client-uri-help = Wohin der Name der App führt.
app-policy-uri = Datenschutzerklärung
app-policy-uri-help = Personen können sie lesen, bevor sie sich anmelden.
app-tos-uri = Nutzungsbedingungen
app-tos-uri-help = Personen können sie lesen, bevor sie sich anmelden.
app-contacts = Ansprechpartner
app-contacts-help = E-Mail-Adressen derer, die sich um die App kümmern, eine je Zeile. Nur Administratoren sehen sie.
app-redirect-uris = Redirect-URIs
app-redirect-uris-help = Wohin Personen nach der Anmeldung zurückkehren, eine je Zeile, Zeichen für Zeichen: https, oder http auf dem eigenen Rechner.
app-redirect-uris-native = Wohin Personen nach der Anmeldung zurückkehren, eine je Zeile: ein Schema der App wie com.example.app:/callback, oder http://127.0.0.1/callback mit beliebigem Port.
app-logout-uris = Redirect-URIs nach dem Abmelden
app-logout-uris-help = Wohin Personen nach dem Abmelden zurückkehren dürfen, eine je Zeile.
app-login-uri = Beginn einer Anmeldung
app-login-uri-help = Die https-Adresse, an der die App eine Anmeldung beginnt, die anderswo angestoßen wurde.
app-grant-types = Wege zu Token
app-grant-types-help = Auf welchen Wegen die App Token bekommen darf.
app-grant-code = Personen melden sich bei ihr an (authorization code)
app-grant-refresh = Sie erneuert ihre Token selbst (refresh token)
app-grant-program = Sie handelt für sich selbst, ohne Person (client credentials)
app-scope = Scopes
app-scope-help = Worum die App Personen bitten darf. Sie lesen es in diesen Worten und können ablehnen.
app-scope-service = Worum das Programm bitten darf.
app-scope-others = Weitere Scopes
app-scope-others-help = Die Ihrer eigenen Schnittstellen, durch Leerzeichen getrennt; auch Rechte von Signet selbst, etwa signet:users.read.
app-first-party = Eine eigene App
app-first-party-help = Personen werden nicht um Erlaubnis gebeten, außer für Rechte von Signet selbst.
app-require-factor = Ein zweiter Faktor ist nötig
app-require-factor-help = Niemand meldet sich bei dieser App mit nur einem Faktor an.
app-max-age = Längste Zeit seit der Anmeldung
app-max-age-help = In Sekunden. Wer sich früher angemeldet hat, muss es noch einmal tun. Leer: Es kommt nicht darauf an.
app-auth-method = Wie die App sich ausweist
app-auth-method-help = Was sie zeigt, wenn sie ihre Token holt.
app-auth-none = Sie hat kein Geheimnis; PKCE genügt (none)
app-auth-basic = Mit ihrem Geheimnis im Header (client_secret_basic)
app-auth-post = Mit ihrem Geheimnis im Formular (client_secret_post)
app-application-type = Wo sie läuft
app-application-type-help = Eine native App darf jeden Port des eigenen Rechners verwenden.
app-type-web = Im Web
app-type-native = Auf dem Gerät einer Person
app-require-pkce = PKCE ist Pflicht
app-require-pkce-help = Schalten Sie es nur für eine App ab, die es nicht kann. Apps ohne Geheimnis brauchen es immer.
app-token-format = Access-Token
app-token-format-help = Signierte prüfen Schnittstellen selbst; für die anderen fragen sie Signet und merken sofort, wenn eines entzogen wurde.
app-format-jwt = Signiert, von Schnittstellen zu prüfen (JWT)
app-format-opaque = Ein Verweis, den nur Signet lesen kann
app-token-alg = Signatur der Access-Token
app-token-alg-help = Sie zählt nur bei signierten.
app-id-token-alg = Signatur der ID-Token
app-id-token-alg-help = RS256 kennt jede Bibliothek.
app-userinfo-alg = Signatur von Userinfo
app-userinfo-alg-help = Die meisten Apps möchten einfaches JSON.
app-userinfo-plain = Keine: einfaches JSON

## Was an einer Einstellung falsch ist

app-name-wrong = Geben Sie ihr einen Namen von 1 bis 128 Bytes.
app-number-wrong = Geben Sie eine ganze Zahl von Sekunden ein, oder nichts.
app-address-wrong = Geben Sie eine Adresse ein, die mit https:// beginnt, oder mit http:// auf dem eigenen Rechner, mit höchstens 2048 Bytes.
app-redirect-wrong = „{ $uri }“ geht nicht. Eine Adresse beginnt mit https://, mit http:// auf dem eigenen Rechner oder mit einem Schema der App wie com.example.app:/ und hat kein #, kein * und keine Leerzeichen.
app-redirect-twice = „{ $uri }“ steht doppelt da.
app-redirect-many = Das sind mehr als { $most } Adressen.
app-redirect-needed = Geben Sie mindestens eine ein: Ohne sie kann niemand zur App zurückkehren.
app-redirect-unused = Ohne den Weg, auf dem Personen sich anmelden, kehrt niemand zurück. Nehmen Sie die Adressen weg, oder kreuzen Sie diesen Weg an.
app-grants-none = Kreuzen Sie mindestens einen an.
app-grants-refresh = Token lassen sich nur erneuern, wo Personen sich anmelden. Kreuzen Sie auch diesen Weg an.
app-grants-public = Wer für sich selbst handelt, muss sich ausweisen: Dazu braucht es ein Geheimnis.
app-scope-wrong = Höchstens 50 Scopes, ohne Anführungszeichen, umgekehrte Schrägstriche und Umlaute; was mit signet: beginnt, muss ein Recht von Signet sein.
app-scope-beyond = Sie können einer App „{ $scope }“ nicht geben, weil Sie dieses Recht selbst nicht haben.

## Ablehnungen

admin-refusals = Ablehnungen
refusals-lead = Jede Ablehnung hat eine Referenz, die auf der Fehlerseite und in der Antwort an die App steht. Sie verrät den Grund.
refusals-none = Zuletzt wurde nichts abgelehnt.
refusals-none-found = Keine Ablehnung passt zu dem, was Sie suchen.
refusal-title = Warum wurde es abgelehnt?
refusal-reference = Referenz
refusal-reference-hint = Zum Beispiel K7QM-2F9X
refusal-unknown = Es gibt keine Ablehnung mit dieser Referenz. Sie werden nur einige Tage aufbewahrt.
refusal-day-wrong = Geben Sie einen Tag ein, etwa 2026-08-01.
refusal-explain = Erklären
refusal-any = Alle
refusal-what = Gescheiterte Prüfung
refusal-endpoint = Anfrage
refusal-code = Fehlercode
refusal-checks = Die Prüfungen in ihrer Reihenfolge
refusal-checks-help = Die erste, die fehlschlägt, beendet die Anfrage.
refusal-expected = Erwartet
refusal-received = Erhalten
refusal-setting = Darüber entscheidet
refusal-change = So wird es geändert:
refusal-back = Alle Ablehnungen

## Probelauf

trial-open = Probelauf
trial-title = Was würde geschehen?
trial-lead = Probiert eine Anmeldung, ohne sie auszuführen: dieselben Prüfungen wie im Ernst, die Seiten, die die Person sähe, und was in den Token stünde. Nichts wird ausgestellt, und niemand merkt etwas.
trial-app-help = Sie steht auf der Seite der App.
trial-app-unknown = Es gibt keine App mit dieser Client-ID.
trial-person-help = Benutzername, E-Mail-Adresse oder Kennung. Leer: Es endet, wo sich jemand anmelden muss.
trial-person-unknown = So heißt niemand.
trial-session = Schon angemeldet?
trial-session-help = Wie es um die Person steht, wenn die App fragt.
trial-session-none = Nein
trial-session-now = Ja, gerade eben, mit Passwort
trial-session-hour = Ja, vor einer Stunde, mit Passwort
trial-session-sure = Ja, gerade eben, mit zwei Faktoren
trial-scope = Scopes
trial-scope-help = Durch Leerzeichen getrennt. Leer: alle, die die App haben darf.
trial-prompt = Prompt
trial-prompt-help = Was die Person sehen soll, wenn es nach der App geht.
trial-address = Adresse der Person
trial-address-help = Eine IP-Adresse, um zu sehen, ob sie etwas aufhält.
trial-address-wrong = Geben Sie eine IP-Adresse ein, etwa 198.51.100.7.
trial-more = Weitere Parameter
trial-redirect = Redirect-URI
trial-redirect-help = Leer: die erste der App.
trial-max-age = max_age
trial-max-age-help = Höchstens so viele Sekunden seit der Anmeldung.
trial-acr = acr_values
trial-acr-help = Wie sicher die Anmeldung sein muss, etwa urn:signet:acr:mfa.
trial-submit = Probieren
trial-refused = Es würde abgelehnt
trial-issued = Die Person käme hinein
trial-login = Die Person müsste sich anmelden
trial-pages = Die Person sähe der Reihe nach:
trial-pages-none = Die Person sähe gar keine Seite.
trial-page-login = die Anmeldeseite
trial-page-factor = die Frage nach einem zweiten Faktor
trial-page-set-up = die Einrichtung eines zweiten Faktors
trial-page-consent = die Frage nach der Erlaubnis
trial-checks-help = Was nicht versucht wurde, kann nur eine echte Anfrage zeigen.
trial-claims = Was in den Token stünde
trial-claims-help = Auslassungspunkte stehen, wo ein echtes Token etwas Zufälliges hat.
trial-lasting = Ein Refresh-Token käme mit.
trial-not-lasting = Ein Refresh-Token käme nicht mit.
trial-access-token = Access-Token
trial-id-token = ID-Token
trial-userinfo = Userinfo
trial-origin-free = Nichts hält diese Adresse auf.
trial-origin-exempt = Die Grenzen lassen diese Adresse in Ruhe.
trial-origin-refused = Von dieser Adresse darf sich zurzeit niemand anmelden:
