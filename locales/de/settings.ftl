# Was Administratoren ändern, während der Server läuft.

admin-settings = Einstellungen
admin-settings-lead = Was Sie hier ändern, gilt sofort, auf allen Servern dieser Installation, und geht der Konfigurationsdatei vor. Sieben Tage lang lässt es sich rückgängig machen.
admin-settings-change = Einstellungen ändern
admin-settings-meanwhile = Seit Sie diese Seite geöffnet haben, wurden Einstellungen geändert. Ihre Eingaben sind noch da: Vergleichen Sie sie mit dem, was jetzt gilt, und speichern Sie noch einmal.
member-value = Wert
member-source = Stammt aus
member-left-out = Gesetzt, gilt aber nicht
setting-source-default = Vorgabe
setting-source-file = Aus der Konfigurationsdatei
setting-source-database = Hier gesetzt
setting-source-environment = Von der Umgebung gesetzt
setting-pinned = Von der Umgebungsvariablen { $variable } gesetzt; nur dort lässt es sich ändern.
setting-left-out = „{ $value }“ wurde hier gesetzt, ist aber nicht mehr erlaubt und gilt deshalb nicht.
setting-reset = Zurücksetzen
setting-days =
    { $count ->
        [one] Derzeit { $count } Tag.
       *[other] Derzeit { $count } Tage.
    }
setting-hours =
    { $count ->
        [one] Derzeit { $count } Stunde.
       *[other] Derzeit { $count } Stunden.
    }
setting-minutes =
    { $count ->
        [one] Derzeit { $count } Minute.
       *[other] Derzeit { $count } Minuten.
    }
setting-contrast = Kontrast zu den Seiten: { $contrast }; Text braucht 4.5:1.
setting-option-open = Alle
setting-option-approval = Alle, sobald ein Administrator zugestimmt hat
setting-option-closed = Niemand: Personen werden eingeladen oder angelegt
setting-option-email = Per E-Mail
setting-option-sms = Per SMS
setting-wrong-range = Geben Sie eine ganze Zahl von { $least } bis { $most } ein.
setting-wrong-line = Geben Sie höchstens { $most } Zeichen in einer Zeile ein.
setting-wrong-address = Geben Sie eine Adresse ein, die mit https:// beginnt, oder lassen Sie das Feld leer.
setting-wrong-words = Geben Sie eine Liste mit Kommas zwischen den Einträgen ein, höchstens 100.
setting-wrong-colour = Wählen Sie eine Farbe, zum Beispiel #0b6b5d.
setting-wrong-choice = Wählen Sie eine der Möglichkeiten.
setting-wrong-contrast = Text in dieser Farbe wäre schwer zu lesen: Ihr Kontrast zu den Seiten ist { $contrast }, nötig ist 4.5:1. Wählen Sie eine dunklere.
setting-wrong-terms = Es gibt Bedingungen, denen man zustimmen muss; geben Sie also deren Fassung an.
setting-wrong-delay = Geben Sie 0 ein oder zwischen einem Tag (86400) und 30 Tagen (2592000).
setting-wrong-room = Das kürzeste Passwort muss in das längste passen.

settings-branding = Aussehen
setting-branding-name = Name
setting-branding-name-help = Steht auf jeder Seite, in Briefen und in Authenticator-Apps.
setting-branding-accent = Farbe
setting-branding-accent-help = Links und Schaltflächen haben diese Farbe. Dunkle Seiten verwenden einen helleren Ton davon.
setting-branding-logo = Logo
setting-branding-logo-help = Steht oben auf jeder Seite, anstelle des Schilds.
setting-branding-footer = Fußzeile der Briefe
setting-branding-footer-help = Eine Zeile unter jedem Brief, etwa wer schreibt und wo man fragen kann. Sie ist in allen Sprachen dieselbe.
setting-logo-now = Das heutige Logo
setting-logo-file = Ein anderes Logo
setting-logo-file-hint = PNG, JPEG, WebP oder GIF, höchstens 2 MB. Es wird auf 320 mal 96 Bildpunkte verkleinert; ein durchsichtiger Hintergrund sieht auch auf dunklen Seiten gut aus.
setting-logo-submit = Dieses Logo verwenden

settings-registration = Registrierung
setting-registration-mode = Wer sich registrieren darf
setting-registration-mode-help = Wer ein Konto hat, behält es, was immer Sie wählen.
setting-registration-domains = E-Mail-Domänen
setting-registration-domains-help = Nur wer dort eine Adresse hat, darf sich registrieren, zum Beispiel example.com, example.org. Leer: jede Adresse.
setting-registration-terms-uri = Nutzungsbedingungen
setting-registration-terms-uri-help = Muss man annehmen, um sich zu registrieren. Leer: Es gibt keine.
setting-registration-privacy-uri = Datenschutzerklärung
setting-registration-privacy-uri-help = Wird neben den Bedingungen gezeigt. Leer: Es gibt keine.
setting-registration-terms-version = Fassung der Bedingungen
setting-registration-terms-version-help = Ein Datum oder eine Nummer; sie wird mit jeder Zustimmung aufbewahrt.
setting-registration-invitation-ttl = Einladungen gelten
setting-registration-invitation-ttl-help = In Sekunden, wenn beim Einladen nichts anderes gesagt wird.

settings-password = Passwörter
setting-password-min-length = Kürzestes Passwort
setting-password-min-length-help = In Zeichen, 8 bis 128. Gilt für Passwörter, die von jetzt an gewählt werden.
setting-password-max-length = Längstes Passwort
setting-password-max-length-help = In Byte, 64 bis 4096.
setting-password-classes = Arten von Zeichen
setting-password-classes-help = Wie viele von Kleinbuchstaben, Großbuchstaben, Ziffern und anderen vorkommen müssen, 0 bis 4. Länge schützt besser als Vielfalt.
setting-password-history = Frühere Passwörter
setting-password-history-help = Wie viele der letzten, das heutige eingeschlossen, nicht wieder gewählt werden dürfen, 0 bis 24.
setting-password-max-age = Ein Passwort gilt
setting-password-max-age-help = In Sekunden; danach muss bei der nächsten Anmeldung ein anderes gewählt werden. 0: für immer, wozu die meisten Fachleute raten.

settings-factor = Zweite Faktoren und Codes
setting-factor-second = Codes als zweiter Faktor
setting-factor-second-help = Passkeys und Authenticator-Apps sind immer möglich, und sicherer.
setting-factor-alone = Codes anstelle des Passworts
setting-factor-alone-help = Wer das Postfach oder die Nachrichten lesen kann, kann sich anmelden.
setting-factor-recover = Codes bei vergessenem Passwort
setting-factor-recover-help = Wohin ein Code für ein neues Passwort gehen darf. Nichts davon: Nur ein Administrator hilft.
setting-factor-offer = Nach der ersten Anmeldung einen zweiten Faktor anbieten
setting-factor-offer-help = Wer keinen hat, bekommt einmal gezeigt, wie man einen einrichtet.
setting-factor-reset-delay = Wartezeit, wenn alle Faktoren verloren sind
setting-factor-reset-delay-help = In Sekunden, ein Tag bis 30 Tage, in denen die Person gewarnt wird, der das Konto gehört. 0: Nur ein Administrator hilft.
setting-factor-reset-for-roles = Auch für Personen, deren Rolle einen Faktor verlangt
setting-factor-reset-for-roles-help = Sonst muss ihnen ein Administrator helfen, wenn alle Faktoren verloren sind.

settings-session = Sitzungen
setting-session-idle = Eine Sitzung endet unbenutzt nach
setting-session-idle-help = In Sekunden. Mit dem Browser endet sie in jedem Fall.
setting-session-absolute = Eine Sitzung endet in jedem Fall nach
setting-session-absolute-help = In Sekunden seit der Anmeldung.
setting-session-kept-idle = Eine behaltene Sitzung endet unbenutzt nach
setting-session-kept-idle-help = In Sekunden, für alle, die „Angemeldet bleiben“ ankreuzen.
setting-session-kept-absolute = Eine behaltene Sitzung endet in jedem Fall nach
setting-session-kept-absolute-help = In Sekunden seit der Anmeldung.
setting-session-flow-ttl = Zeit, eine Anmeldung abzuschließen
setting-session-flow-ttl-help = In Sekunden, von der Anfrage der App bis zum Ende der Anmeldung.
setting-session-reauth = Eine Anmeldung ist frisch für
setting-session-reauth-help = In Sekunden. Was heikel ist, und jede Änderung in dieser Konsole, verlangt eine frische.
setting-session-admin-idle = Die Konsole schließt unbenutzt nach
setting-session-admin-idle-help = In Sekunden.
setting-session-admin-absolute = Die Konsole schließt in jedem Fall nach
setting-session-admin-absolute-help = In Sekunden seit der Anmeldung.

settings-account = Konten
setting-account-deletion-delay = Bedenkzeit vor dem Löschen eines Kontos
setting-account-deletion-delay-help = In Sekunden, eine Stunde bis 90 Tage. Danach wird es gelöscht.
setting-account-export-ttl = Eine Kopie der eigenen Daten ist abrufbar für
setting-account-export-ttl-help = In Sekunden, seit sie erstellt wurde.

settings-limits = Grenzen
setting-limits-login-burst = Anmeldeversuche auf einmal
setting-limits-login-burst-help = Von einer Adresse, bevor die Rate darunter zählt.
setting-limits-login-per-minute = Anmeldeversuche pro Minute
setting-limits-login-per-minute-help = Von einer Adresse.
setting-limits-account-failures = Falsche Passwörter pro Tag
setting-limits-account-failures-help = Für ein Konto, von überall. Danach gilt einen Tag lang kein Passwort, außer die Person öffnet das Konto mit dem Link in einem Brief.
setting-limits-names-per-address = Konten, die von einer Adresse versucht werden
setting-limits-names-per-address-help = Mit falschem Passwort, in einer Stunde. Bei mehr wird die Adresse für eine Stunde ausgesperrt.
setting-limits-client-failures-per-minute = Falsche App-Geheimnisse pro Minute
setting-limits-client-failures-per-minute-help = Für eine App, von einer Adresse.
setting-limits-token-client-burst = Token-Anfragen auf einmal
setting-limits-token-client-burst-help = Von einer App, bevor die Rate darunter zählt.
setting-limits-token-client-rate = Token-Anfragen pro Sekunde
setting-limits-token-client-rate-help = Von einer App.
setting-limits-api-rate = API-Anfragen pro Sekunde
setting-limits-api-rate-help = Mit einem Schlüssel oder Token.
setting-limits-introspect-client-rate = Token-Prüfungen pro Sekunde
setting-limits-introspect-client-rate-help = Von einer App.
setting-limits-flows-per-minute = Von Apps begonnene Anmeldungen pro Minute
setting-limits-flows-per-minute-help = Von einer Adresse.
setting-limits-sign-ups-per-hour = Registrierungen pro Stunde
setting-limits-sign-ups-per-hour-help = Von einer Adresse; ebenso viele auf einmal.
setting-limits-recoveries-per-hour = Vergessene Passwörter pro Stunde
setting-limits-recoveries-per-hour-help = Von einer Adresse; ebenso viele auf einmal.
setting-limits-letters-per-hour = Briefe pro Stunde
setting-limits-letters-per-hour-help = Die jemand, der nicht angemeldet ist, einer Person schicken lassen kann; drei auf einmal.

settings-api = Programme
setting-api-sign-in = Personen dürfen sich über die API anmelden
setting-api-sign-in-help = Für Apps, die das Passwort auf eigenen Seiten erfragen.
