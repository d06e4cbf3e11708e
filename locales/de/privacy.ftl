## Was über jemanden aufbewahrt wird, und das Ende eines Kontos

account-privacy = Datenschutz
privacy-title = Datenschutz
activity-user-delete = Sie haben um die Löschung Ihres Kontos gebeten
activity-user-restore = Sie haben Ihr Konto behalten
activity-user-erase = Ihr Konto wurde gelöscht
activity-export-begin = Sie haben Ihre Daten angefordert
activity-export-fetch = Sie haben Ihre Daten heruntergeladen

## Die eigenen Daten

export-title = Ihre Daten
export-lead = Wir sammeln in einer Datei, was wir über Sie aufbewahren: Profil, zweite Faktoren mit ihren Namen, Geräte, Apps mit Zugriff, Aktivität. Wenn sie fertig ist, schreiben wir Ihnen.
export-submit = Meine Daten sammeln
export-running = Ihre Daten werden gesammelt. Wir schreiben Ihnen, wenn sie bereitliegen; Sie können diese Seite schließen.
export-until = Liegt bereit bis
export-fetch = Herunterladen
export-discard = Diese Datei löschen
export-failed = Ihre Daten konnten nicht gesammelt werden. Versuchen Sie es später noch einmal.
export-often = Sie haben Ihre Daten an einem Tag dreimal sammeln lassen. Kommen Sie morgen wieder.

## Das Konto löschen

delete-title = Konto löschen
delete-lead =
    Ihr Konto wird sofort geschlossen und nach { $count ->
        [one] einem Tag
       *[other] { $count } Tagen
    } gelöscht. Bis dahin können Sie es sich anders überlegen.
delete-begin = Mein Konto löschen
delete-at-once = Sie werden sofort überall abgemeldet, und keine App kommt mehr in Ihr Konto.
delete-undo =
    { $count ->
        [one] Einen Tag
       *[other] { $count } Tage
    } lang können Sie das Konto behalten: über den Link im Brief, den wir Ihnen schicken, oder indem Sie sich anmelden.
delete-then = Danach wird alles gelöscht, was wir über Sie wissen, und niemand kann es zurückholen. Benutzername und E-Mail-Adresse werden frei.
delete-apps = Was Apps über Sie gespeichert haben, behalten sie. Bitten Sie dort um Löschung.
delete-submit = Mein Konto löschen
delete-last-admin = Sie sind die letzte Person mit Verwaltungsrechten. Geben Sie diese Rechte zuerst jemand anderem.
left-title = Ihr Konto ist geschlossen
left-text =
    Es wird in { $count ->
        [one] einem Tag
       *[other] { $count } Tagen
    } gelöscht. Wenn Sie es sich vorher anders überlegen, folgen Sie dem Link im Brief, den wir Ihnen geschickt haben, oder melden Sie sich an.
leaving-title = Konto behalten?
leaving-lead = Das Konto von { $person } soll gelöscht werden.
leaving-at = Endgültig gelöscht wird es am
leaving-keep = Mein Konto behalten
leaving-else = Wenn es gelöscht werden soll, brauchen Sie nichts zu tun. Schließen Sie diese Seite.
kept-title = Ihr Konto bleibt
kept-text = Es wurde nichts gelöscht. Apps müssen Sie erneut um Zugriff bitten.

## Briefe dazu

letter-deletion-subject = Ihr Konto bei { $tenant } wird gelöscht
letter-deletion-text =
    Guten Tag { $name },
    wie gewünscht ist Ihr Konto jetzt geschlossen. Am { $at } wird es gelöscht, mit allem, was wir über Sie wissen. Wenn Sie es behalten wollen, folgen Sie vorher dem Link oder melden Sie sich an.
letter-deletion-button = Konto behalten
letter-deletion-end = Wenn Sie das nicht waren, folgen Sie dem Link und wählen Sie dann sofort ein neues Passwort.

letter-deletion-forced-subject = Ihr Konto bei { $tenant } wird gelöscht
letter-deletion-forced-text =
    Guten Tag { $name },
    die Verwaltung von { $tenant } hat Ihr Konto geschlossen. Am { $at } wird es gelöscht, mit allem, was wir über Sie wissen.
letter-deletion-forced-end = Wenn Sie das für einen Irrtum halten, fragen Sie die Verwaltung von { $tenant }.

letter-deletion-undone-subject = Ihr Konto bei { $tenant } bleibt
letter-deletion-undone-text =
    Guten Tag { $name },
    am { $at } wurde entschieden, dass Ihr Konto doch nicht gelöscht wird. Es wurde nichts gelöscht.
letter-deletion-undone-button = Anmelden
letter-deletion-undone-end = Wenn Sie das nicht waren, melden Sie sich an und wählen Sie sofort ein neues Passwort.

letter-deletion-done-subject = Ihr Konto bei { $tenant } ist gelöscht
letter-deletion-done-text =
    Guten Tag { $name },
    am { $at } wurde Ihr Konto gelöscht, mit allem, was wir über Sie wussten. Dies ist unser letzter Brief an Sie.
letter-deletion-done-end = Sie brauchen nichts weiter zu tun.

letter-export-ready-subject = Ihre Daten von { $tenant } liegen bereit
letter-export-ready-text =
    Guten Tag { $name },
    was wir über Sie aufbewahren, ist in einer Datei gesammelt. Sie können sie bis { $at } herunterladen, nachdem Sie sich angemeldet haben.
letter-export-ready-button = Zur Datei
letter-export-ready-end = Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort.

## Das Bild

picture-title = Bild von Ihnen
picture-alt = Ihr Bild
picture-file = Bild auswählen
picture-hint = PNG, JPEG, WebP oder GIF, höchstens 2 MB. Es wird quadratisch zugeschnitten, und was die Kamera darin vermerkt hat, wird entfernt.
picture-submit = Dieses Bild verwenden
picture-remove = Bild entfernen
picture-missing = Wählen Sie zuerst eine Datei aus.
picture-unreadable = Dieses Bild können wir nicht lesen. Nehmen Sie PNG, JPEG, WebP oder GIF.
picture-huge = Dieses Bild hat zu viele Bildpunkte. Verkleinern Sie es zuerst.
