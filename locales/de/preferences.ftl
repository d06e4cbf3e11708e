## Preferences

account-preferences = Einstellungen
preferences-title = Einstellungen
preferences-theme = Darstellung
preferences-theme-hint = Auf den Seiten, die Sie angemeldet sehen.
preferences-theme-system = Wie das System es will
preferences-theme-light = Hell
preferences-theme-dark = Dunkel
preferences-letters = Briefe an Sie
preferences-letters-hint = Was die Sicherheit Ihres Kontos betrifft, wird Ihnen immer geschrieben.
preferences-letter-export = Wenn die Daten, um die ich gebeten habe, abgeholt werden können
preferences-elsewhere = Sprache und Zeitzone stehen in Ihrem
preferences-saved = Ihre Einstellungen sind gespeichert.
action-preferences-change = Einstellungen geändert
action-type-change = Art des Kontos geändert
action-field-change = Eigenes Feld geändert
activity-preferences = Sie haben Ihre Einstellungen geändert
activity-type = Die Art Ihres Kontos wurde geändert
activity-field = Etwas, das über Sie vermerkt ist, wurde geändert

## What else is known of a person

profile-bio = Über Sie
profile-bio-wrong = Höchstens 1.000 Zeichen, ohne Steuerzeichen.
profile-facts = Von der Administration vermerkt
profile-facts-lead = Fragen Sie dort nach, wenn hier etwas nicht stimmt.
profile-type = Art des Kontos
field-yes = Ja
field-no = Nein
field-required = Das wird gebraucht.
field-text-wrong = Höchstens 500 Zeichen in einer Zeile.
field-number-wrong = Geben Sie eine Zahl ein, wie 42 oder 1.5.
field-date-wrong = Geben Sie ein Datum ein, wie 2026-12-31.
