## Briefe: Betreff, Text, Aufschrift des Links und was am Ende steht

letter-sign-up-subject = Bestätigen Sie Ihre E-Mail-Adresse für { $tenant }
letter-sign-up-text =
    Guten Tag { $name },
    mit diesem Code oder Link bestätigen Sie, dass diese Adresse Ihnen gehört; dann ist Ihr Konto bereit. Geben Sie den Code dort ein, wo Sie sich registriert haben, oder folgen Sie dem Link auf einem beliebigen Gerät.
letter-sign-up-button = Adresse bestätigen
letter-sign-up-end = Code und Link gelten einmal und 24 Stunden lang. Wenn Sie sich nicht registriert haben, müssen Sie nichts tun: Es wird kein Konto angelegt.

letter-sign-up-known-subject = Sie haben bereits ein Konto bei { $tenant }
letter-sign-up-known-text =
    Guten Tag { $name },
    jemand, vermutlich Sie selbst, wollte sich mit dieser Adresse registrieren. Es gibt dafür schon ein Konto, Sie können sich also einfach anmelden. Wenn Sie das Passwort vergessen haben, wählen Sie auf der Anmeldeseite ein neues.
letter-sign-up-known-button = Anmelden
letter-sign-up-known-end = Wenn Sie das nicht waren, müssen Sie nichts tun. Es wurde nichts geändert.

letter-invitation-subject = Einladung zu { $tenant }
letter-invitation-text =
    Hallo,
    Sie sind eingeladen, ein Konto bei { $tenant } zu haben. Folgen Sie dem Link, wählen Sie, wie Sie sich anmelden möchten, und schon sind Sie da.
letter-invitation-button = Einladung annehmen
letter-invitation-end = Der Link gilt einmal, bis { $until }. Wenn Sie nicht wissen, worum es geht, brauchen Sie nichts zu tun: Es wird kein Konto angelegt.

letter-reset-subject = Wählen Sie ein neues Passwort für { $tenant }
letter-reset-text =
    Guten Tag { $name },
    mit diesem Code oder Link wählen Sie ein neues Passwort. Geben Sie den Code dort ein, wo Sie danach gefragt haben, oder folgen Sie dem Link.
letter-reset-button = Neues Passwort wählen
letter-reset-end = Code und Link gelten einmal und 30 Minuten lang. Wenn Sie nicht danach gefragt haben, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.

letter-password-changed-subject = Ihr Passwort für { $tenant } wurde geändert
letter-password-changed-text =
    Guten Tag { $name },
    Ihr Passwort wurde am { $at } von der Adresse { $address } aus geändert. Überall sonst wurden Sie abgemeldet.
letter-password-changed-button = Anderes Passwort wählen
letter-password-changed-end = Wenn Sie das nicht waren, wählen Sie sofort ein anderes Passwort und bitten Sie die Verwaltung von { $tenant } um Hilfe.

letter-email-subject = Bestätigen Sie Ihre neue E-Mail-Adresse für { $tenant }
letter-email-text =
    Guten Tag { $name },
    mit diesem Code oder Link machen Sie dies zur Adresse Ihres Kontos. Geben Sie den Code dort ein, wo Sie ihn angefordert haben, oder folgen Sie dem Link.
letter-email-button = Adresse bestätigen
letter-email-end = Code und Link gelten einmal, 30 Minuten lang. Wenn Sie das nicht wollten, müssen Sie nichts tun: Nichts wird geändert.

letter-email-known-subject = Sie haben schon ein Konto bei { $tenant }
letter-email-known-text =
    Guten Tag { $name },
    jemand, wahrscheinlich Sie selbst, wollte diese Adresse für ein anderes Konto verwenden. Sie gehört schon zu diesem, und eine Adresse kann nur zu einem Konto gehören.
letter-email-known-button = Anmelden
letter-email-known-end = Wenn Sie es nicht waren, müssen Sie nichts tun. Nichts wurde geändert.

letter-email-changed-subject = Ihre E-Mail-Adresse bei { $tenant } wurde geändert
letter-email-changed-text =
    Guten Tag { $name },
    am { $at }, von der Adresse { $address } aus, hat Ihr Konto eine andere E-Mail-Adresse bekommen. Briefe kommen nicht mehr hierher.
letter-email-changed-button = Die Adresse Ihres Kontos ansehen
letter-email-changed-end = Wenn Sie es nicht waren, melden Sie sich mit Ihrem Benutzernamen an, setzen Sie die Adresse zurück und wählen Sie sofort ein anderes Passwort. Wenn Sie sich nicht anmelden können, bitten Sie den Betreiber von { $tenant } um Hilfe.

letter-factor-added-subject = Ihr Konto bei { $tenant } hat einen weiteren zweiten Faktor
letter-factor-added-text =
    Guten Tag { $name },
    am { $at } wurde von der Adresse { $address } aus ein zweiter Faktor hinzugefügt.
letter-factor-added-button = Neues Passwort wählen
letter-factor-added-end = Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort und bitten Sie die Verwaltung von { $tenant } um Hilfe.

letter-factor-removed-subject = Ein zweiter Faktor Ihres Kontos bei { $tenant } wurde entfernt
letter-factor-removed-text =
    Guten Tag { $name },
    am { $at } wurde von der Adresse { $address } aus ein zweiter Faktor entfernt.
letter-factor-removed-button = Neues Passwort wählen
letter-factor-removed-end = Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort und bitten Sie die Verwaltung von { $tenant } um Hilfe.

letter-backup-codes-made-subject = Neue Ersatzcodes für Ihr Konto bei { $tenant }
letter-backup-codes-made-text =
    Guten Tag { $name },
    am { $at } wurden von der Adresse { $address } aus neue Ersatzcodes erzeugt. Ältere gelten nicht mehr.
letter-backup-codes-made-button = Neues Passwort wählen
letter-backup-codes-made-end = Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort und bitten Sie die Verwaltung von { $tenant } um Hilfe.

letter-factor-reset-subject = Ihre zweiten Faktoren bei { $tenant } sollen entfernt werden
letter-factor-reset-text =
    Guten Tag { $name },
    jemand, der Ihr Passwort kennt, gibt an, alle zweiten Faktoren Ihres Kontos verloren zu haben. Wenn niemand es aufhält, werden sie am { $at } entfernt.
letter-factor-reset-button = Zweite Faktoren behalten
letter-factor-reset-end = Wenn Sie das waren, brauchen Sie nichts zu tun. Wenn nicht, folgen Sie dem Link und wählen Sie sofort ein anderes Passwort.

letter-phone-changed-subject = Ihre Telefonnummer bei { $tenant } wurde geändert
letter-phone-changed-text =
    Guten Tag { $name },
    die Telefonnummer Ihres Kontos wurde am { $at } von der Adresse { $address } aus geändert oder entfernt.
letter-phone-changed-button = Nummer ansehen
letter-phone-changed-end = Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort und bitten Sie um Hilfe, wer { $tenant } verwaltet.

letter-sign-in-subject = Ihr Code für die Anmeldung bei { $tenant }
letter-sign-in-text =
    Guten Tag { $name },
    mit diesem Code oder Link melden Sie sich an. Geben Sie den Code dort ein, wo Sie ihn angefordert haben, oder folgen Sie dem Link im selben Browser.
letter-sign-in-button = Anmelden
letter-sign-in-end = Code und Link gelten einmal, 10 Minuten lang. Geben Sie den Code niemandem. Wenn Sie ihn nicht angefordert haben, brauchen Sie nichts zu tun.

letter-second-factor-subject = Ihr Code für die Anmeldung bei { $tenant }
letter-second-factor-text =
    Guten Tag { $name },
    dieser Code ist der zweite Schritt Ihrer Anmeldung. Geben Sie ihn dort ein, wo Sie ihn angefordert haben.
letter-second-factor-end = Er gilt einmal, 10 Minuten lang. Geben Sie ihn niemandem. Wenn Sie ihn nicht angefordert haben, kennt jemand Ihr Passwort: Wählen Sie sofort ein anderes.

## Short messages

sms-phone = { $code } ist Ihr Code für { $tenant }. Er zeigt, dass diese Nummer Ihnen gehört. Geben Sie ihn niemandem.
sms-reset = { $code } ist Ihr Code für ein neues Passwort bei { $tenant }. Geben Sie ihn niemandem.
sms-sign-in = { $code } ist Ihr Code für die Anmeldung bei { $tenant }. Geben Sie ihn niemandem.
sms-second-factor = { $code } ist Ihr Code für die Anmeldung bei { $tenant }. Geben Sie ihn niemandem.

letter-locked-subject = Jemand probiert Passwörter für Ihr Konto bei { $tenant }
letter-locked-text =
    Guten Tag { $name },
    für Ihr Konto wurden viele falsche Passwörter nacheinander probiert, zuletzt am { $at } von { $address } aus mit { $device }. Deshalb muss jeder weitere Versuch warten, auch Ihrer.
    Wenn Sie das waren, können Sie es mit diesem Link sofort wieder versuchen.
letter-locked-button = Konto entsperren
letter-locked-end = Der Link gilt einmal und 24 Stunden lang. Niemand ist hineingekommen, und Ihr Passwort bleibt, wie es ist. Wenn Sie das nicht waren, müssen Sie nichts tun; ein langes Passwort, das Sie nirgends sonst verwenden, hält andere fern.

letter-factor-locked-subject = Jemand probiert Codes für Ihr Konto bei { $tenant }
letter-factor-locked-text =
    Guten Tag { $name },
    jemand hat den ersten Schritt Ihrer Anmeldung richtig gemacht, danach aber mehrere falsche Codes eingegeben, zuletzt am { $at } von { $address } aus mit { $device }. Deshalb werden eine Zeit lang keine Codes angenommen, auch Ihre nicht.
    Wenn Sie das waren, können Sie es mit diesem Link sofort wieder versuchen.
letter-factor-locked-button = Konto entsperren
letter-factor-locked-end = Der Link gilt einmal und 24 Stunden lang. Wenn Sie das nicht waren, kennt jemand Ihr Passwort: Wählen Sie sofort ein anderes.

letter-new-device-subject = Neue Anmeldung bei Ihrem Konto bei { $tenant }
letter-new-device-text =
    Guten Tag { $name },
    am { $at } hat sich jemand von { $address } aus mit { $device } bei Ihrem Konto angemeldet. Diesen Browser hatten Sie bisher nicht benutzt.
letter-new-device-button = Ansehen, wo Sie angemeldet sind
letter-new-device-end = Wenn Sie das waren, müssen Sie nichts tun. Wenn nicht, melden Sie sich dort ab und wählen Sie sofort ein anderes Passwort.

letter-far-away-subject = Anmeldung aus der Ferne bei Ihrem Konto bei { $tenant }
letter-far-away-text =
    Guten Tag { $name },
    am { $at } hat sich jemand von { $address } aus mit { $device } bei Ihrem Konto angemeldet. Das ist weiter von Ihrer vorigen Anmeldung entfernt, als man in dieser Zeit reisen kann.
letter-far-away-button = Ansehen, wo Sie angemeldet sind
letter-far-away-end = Wenn Sie das waren, vielleicht über ein VPN, müssen Sie nichts tun. Wenn nicht, melden Sie sich dort ab und wählen Sie sofort ein anderes Passwort.
