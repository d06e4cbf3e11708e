# Die Verwaltung: Personen, Einladungen, Berechtigungen, Signaturschlüssel.

admin-done-final = Erledigt. Es steht im Protokoll.
action-permission-change = Berechtigung neu beschrieben
member-type = Art der Person
member-expires = Gültig bis
member-must-change = Muss ein anderes Passwort wählen
member-letter = Brief
member-link = Link
member-signs-since = Signiert seit

outcome-all = alle entfernt oder beendet
outcome-set = gesetzt
outcome-set-once = gesetzt; ein anderes muss gewählt werden
outcome-forgotten = vergessen
outcome-sent = noch einmal gesendet
outcome-ended = führt nirgends hin

people-any = beliebig
people-filters = Weitere Filter
people-factor = Hat einen zweiten Faktor
people-created-from = Angelegt ab Tag
people-created-to = Angelegt bis Tag
people-seen-from = Zuletzt da ab Tag
people-seen-to = Zuletzt da bis Tag
people-days = Tage beginnen und enden nach UTC. Wer noch nie da war, wird durch „Zuletzt da bis Tag“ ebenfalls gefunden.
people-clear = Alle Filter entfernen
people-count = { $count ->
    [one] Eine Person
   *[other] { $count } Personen
}
people-more = Mehr als { $count } Personen
people-failed = Die Suche ging gerade nicht. Mit „Suchen“ versuchen Sie es noch einmal.

person-nav = Über diese Person
person-overview = Überblick
person-factors = Anmeldung
person-sessions = Sitzungen
person-apps = Apps mit Zugriff
person-activity = Aktivität
person-claims = Was Apps bekämen
person-noted = Was sonst bekannt ist
person-no-type = keine Art
person-password = Passwort
person-password-since = Gewählt
person-password-due = muss geändert werden
person-password-none = Es gibt kein Passwort. Die Person kann über „Passwort vergessen?“ eines wählen.
person-password-require = Anderes Passwort verlangen
person-password-require-help = Bei der nächsten Anmeldung mit dem jetzigen Passwort muss ein anderes gewählt werden. Sitzungen laufen weiter.
person-second = Zweite Faktoren
person-second-none = Es gibt keinen zweiten Faktor.
person-codes = Übrige Ersatzcodes: { $count }
person-factor-remove = Entfernen
person-factor-take = Diesen zweiten Faktor entfernen?
person-factor-words = Die Person bekommt einen Brief darüber. Mit dem letzten zweiten Faktor gehen auch die Ersatzcodes und die vertrauten Browser.
person-factors-all = Alle zweiten Faktoren entfernen
person-factors-help = Für jemanden, der alles verloren hat und den Sie kennen: Zweite Faktoren, Ersatzcodes und vertraute Browser gehen, und die Person wird überall abgemeldet.
person-factors-reset = Alle zweiten Faktoren entfernen?
person-factors-words = Auch Ersatzcodes und vertraute Browser gehen, die Person wird überall abgemeldet, und Apps verlieren ihren Zugriff bis zur nächsten Anmeldung. Die Person bekommt einen Brief darüber.
person-tries = Falsche Versuche
person-tries-help = Nach vielen falschen Passwörtern oder Codes muss man warten. Sind sie vergessen, kann die Person es sofort wieder versuchen; ein gesperrtes Konto wird entsperrt.
person-tries-forget = Falsche Versuche vergessen
person-session-end = Diese Sitzung beenden?
person-sessions-end = Diese Person überall abmelden?
person-sessions-all = Überall abmelden
person-sessions-help = Alle Sitzungen enden. Was Apps erlaubt wurde, bleibt.
person-sessions-none = Die Person ist nirgends angemeldet.
person-app-withdraw = Dieser App den Zugriff entziehen?
person-apps-none = Keine App hat Zugriff auf das Konto.
person-activity-whole = Was diese Person tat, und was andere mit dem Konto taten.
person-activity-own = Was diese Person tat. Was andere taten, steht im Protokoll, das Ihre Rollen nicht zeigen.

conflict-title = Jemand anderes hat das inzwischen geändert
conflict-help = Von Ihnen wurde nichts gespeichert, und was Sie eingegeben haben, steht noch hier. Sehen Sie sich an, was sich geändert hat, und speichern Sie noch einmal, wenn Ihres gelten soll.
conflict-was = Als Sie es öffneten
conflict-is = Jetzt

app-hint = Ihre Kennung, oder ihr Name, wenn nur eine App so heißt
app-unknown = Keine App hat diese Kennung, oder nicht genau eine heißt so.

claims-lead = Wählen Sie eine App: Hier steht, welche Angaben sie bekäme, wenn sich die Person jetzt bei ihr anmeldete und alles erlaubte. Es wird nichts ausgestellt.
claims-scope = Scopes
claims-scope-hint = Durch Leerzeichen getrennt; leer für alle, die die App verlangen darf
claims-submit = Anzeigen
claims-pages = Auf dem Weg sähe die Person:
claims-page-login = die Anmeldeseite
claims-page-factor = die Seite für den zweiten Faktor
claims-page-set-up = die Seite, auf der ein zweiter Faktor eingerichtet wird
claims-page-consent = die Seite, die um Zustimmung bittet
claims-refused = Es würde abgelehnt
claims-expected = Erwartet
claims-received = Vorhanden
claims-id-token = ID-Token
claims-access-token = Zugriffstoken
claims-userinfo = Userinfo
claims-refresh = Ein Refresh-Token käme mit.
claims-claim = Angabe
claims-value = Wert

invitation-new = Jemanden einladen
invitation-lead = Die Person bekommt einen Brief mit einem Link, wählt dort ein Passwort oder einen Passkey und kommt in der App an.
invitation-name-hint = Wenn Sie ihn kennen; die Person kann ihn ändern
invitation-app-hint = Wo die Person ankommt: Kennung, oder der Name, wenn nur eine App so heißt. Leer: das eigene Konto
invitation-days-label = Der Link gilt
invitation-days = { $count ->
    [one] einen Tag
   *[other] { $count } Tage
}
invitation-hours = { $count ->
    [one] eine Stunde
   *[other] { $count } Stunden
}
invitation-locale = Sprache des Briefs
invitation-submit = Einladung senden
invitation-taken = Mit dieser Adresse hat schon jemand ein Konto.
invitation-who = Eingeladen
invitation-as = Als
invitation-sent = Letzter Brief
invitation-open = wartet
invitation-accepted = angenommen
invitation-revoked = widerrufen
invitation-expired = abgelaufen
invitation-resend = Noch einmal senden
invitation-revoke = Widerrufen
invitation-revoke-title = Diese Einladung widerrufen?
invitation-revoke-words = Der Link, den { $email } bekam, führt nirgends mehr hin. Sie können die Person neu einladen.
invitations-none = Keine Einladung gefunden.

permissions-lead = Woraus Rollen bestehen. Die von Signet bleiben, wie sie sind; andere bedeuten etwas für Ihre Apps, die sie in Tokens bekommen.
permissions-roles = Rollen, und was jede von ihnen darf
permission-new = Neue Berechtigung
permission-name-hint = Ein Bereich und eine Handlung, etwa orders:approve
permission-name-wrong = Verwenden Sie einen Bereich und eine Handlung, etwa orders:approve, aus Kleinbuchstaben, Ziffern und . _ -
permission-make = Berechtigung anlegen
permission-edit = Neu beschreiben
permission-nobody = Keine Rolle hat sie.
permission-delete = Diese Berechtigung löschen
permission-delete-help = Alle Rollen verlieren sie. Sie sehen zuerst, welche das sind.

keys-lead = Damit signiert Signet Tokens. Sie wechseln von selbst; hier können Sie es früher veranlassen.
keys-none = Noch gibt es keine Schlüssel; der Server stellt sie gerade her.
keys-made = Hergestellt
keys-until = Signierte bis
keys-gone = veröffentlicht bis
keys-rotate = Jetzt wechseln
keys-rotate-all = Alle Schlüssel jetzt wechseln
keys-rotate-title = Schlüssel jetzt wechseln?
keys-rotate-words = Der nächste Schlüssel signiert, sobald ihn jede Kopie der Schlüsselliste hat, die Apps aufheben: { $count } min, nachdem er hergestellt wurde. Kein Token versagt dadurch.
keys-retire = Zurückziehen
keys-retire-title = Diesen Schlüssel sofort zurückziehen?
keys-retire-next = Dieser Schlüssel hat noch nichts signiert. An seiner Stelle wird ein anderer hergestellt.
keys-retire-current = Dieser Schlüssel signiert gerade. Der nächste übernimmt sofort. Kein Token, das dieser signiert hat, gilt noch, und Apps, die die Schlüsselliste aufheben (bis zu { $count } min), lehnen neue Tokens ab, bis sie sie wieder holen. Tun Sie das, wenn jemand anderes den Schlüssel haben könnte; um Schlüssel wie üblich zu wechseln, verwenden Sie „Jetzt wechseln“.
keys-retire-retired = Dieser Schlüssel signiert nichts mehr. Was er signiert hat und noch nicht abgelaufen ist, gilt dann nicht mehr.
keys-retire-stays = Anmeldungen und Refresh-Tokens bleiben: Apps bekommen damit neue Tokens.
key-next = nächster
key-current = signiert jetzt
key-retired = zurückgezogen

factor-kind-totp = Authenticator-App
factor-kind-passkey = Passkey
factor-kind-email = Codes per E-Mail
factor-kind-sms = Codes per SMS
