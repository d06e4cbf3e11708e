# The console: people, invitations, permissions, signing keys.

admin-done-final = Done. It stands in the audit.
action-permission-change = Permission described anew
member-type = Type of person
member-expires = Good until
member-must-change = Has to choose another password
member-letter = Letter
member-link = Link
member-signs-since = Signs since

outcome-all = all removed or ended
outcome-set = set
outcome-set-once = set; another has to be chosen
outcome-forgotten = forgotten
outcome-sent = sent again
outcome-ended = leads nowhere

people-any = any
people-filters = More filters
people-factor = Has a second factor
people-created-from = Created from day
people-created-to = Created to day
people-seen-from = Last there from day
people-seen-to = Last there to day
people-days = Days begin and end in UTC. Whoever was never there is found by “Last there to day” as well.
people-clear = Clear all filters
people-count = { $count ->
    [one] One person
   *[other] { $count } people
}
people-more = More than { $count } people
people-failed = The search did not work just now. Press “Find” to try again.

person-nav = About this person
person-overview = Overview
person-factors = Signing in
person-sessions = Sessions
person-apps = Apps with access
person-activity = Activity
person-claims = What apps would get
person-noted = What else is known
person-no-type = of no type
person-password = Password
person-password-since = Chosen
person-password-due = has to be changed
person-password-none = There is no password. The person can choose one by “Forgotten password?”.
person-password-require = Ask for another password
person-password-require-help = At the next sign-in that uses the password of today, another has to be chosen. Sessions go on.
person-second = Second factors
person-second-none = There is no second factor.
person-codes = Backup codes that are left: { $count }
person-factor-remove = Remove
person-factor-take = Remove this second factor?
person-factor-words = The person gets a letter about it. With the last second factor, the backup codes and the trusted browsers go as well.
person-factors-all = Remove all second factors
person-factors-help = For somebody who has lost everything and whom you know: second factors, backup codes and trusted browsers go, and the person is signed out everywhere.
person-factors-reset = Remove all second factors?
person-factors-words = Backup codes and trusted browsers go as well, the person is signed out everywhere, and apps lose their access until the next sign-in. The person gets a letter about it.
person-tries = Wrong tries
person-tries-help = After many wrong passwords or codes one has to wait. Once they are forgotten, the person can try again at once; a locked account is unlocked.
person-tries-forget = Forget wrong tries
person-session-end = End this session?
person-sessions-end = Sign this person out everywhere?
person-sessions-all = Sign out everywhere
person-sessions-help = All sessions end. What apps were allowed stays.
person-sessions-none = The person is not signed in anywhere.
person-app-withdraw = Withdraw the access of this app?
person-apps-none = No app has access to the account.
person-activity-whole = What this person did, and what others did to the account.
person-activity-own = What this person did. What others did stands in the audit, which your roles do not let you see.

conflict-title = Somebody else has changed this meanwhile
conflict-help = Nothing of yours was saved, and what you typed is still here. Look at what has changed, then save again if yours is to count.
conflict-was = When you opened it
conflict-is = Now

app-hint = Its id, or its name if only one app has it
app-unknown = No app has this id, or not exactly one has this name.

claims-lead = Choose an app: this shows which claims it would get if the person signed in to it now and allowed everything. Nothing is issued.
claims-scope = Scopes
claims-scope-hint = Separated by spaces; empty for all that the app may ask for
claims-submit = Show
claims-pages = On the way, the person would see:
claims-page-login = the sign-in page
claims-page-factor = the page for the second factor
claims-page-set-up = the page on which a second factor is set up
claims-page-consent = the page that asks for consent
claims-refused = It would be refused
claims-expected = Expected
claims-received = There is
claims-id-token = ID token
claims-access-token = Access token
claims-userinfo = Userinfo
claims-refresh = A refresh token would come along.
claims-claim = Claim
claims-value = Value

invitation-new = Invite somebody
invitation-lead = The person gets a letter with a link, chooses a password or passkey there, and arrives in the app.
invitation-name-hint = If you know it; the person can change it
invitation-app-hint = Where the person arrives: id, or the name if only one app has it. Empty: the own account
invitation-days-label = The link is good for
invitation-days = { $count ->
    [one] one day
   *[other] { $count } days
}
invitation-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
}
invitation-locale = Language of the letter
invitation-submit = Send the invitation
invitation-taken = Somebody has an account with this address already.
invitation-who = Invited
invitation-as = As
invitation-sent = Last letter
invitation-open = waiting
invitation-accepted = accepted
invitation-revoked = revoked
invitation-expired = expired
invitation-resend = Send again
invitation-revoke = Revoke
invitation-revoke-title = Revoke this invitation?
invitation-revoke-words = The link that { $email } got leads nowhere any more. You can invite the person anew.
invitations-none = No invitation was found.

permissions-lead = What roles are made of. Signet’s own stay as they are; others mean something to your apps, which get them in tokens.
permissions-roles = Roles, and what each of them may do
permission-new = New permission
permission-name-hint = An area and an action, as in orders:approve
permission-name-wrong = Use an area and an action, as in orders:approve, of small letters, digits and . _ -
permission-make = Create the permission
permission-edit = Describe it anew
permission-nobody = No role holds it.
permission-delete = Delete this permission
permission-delete-help = All roles lose it. You see first which ones those are.

keys-lead = Signet signs tokens with these. They change by themselves; here you can have it done sooner.
keys-none = There are no keys yet; the server is making them.
keys-made = Made
keys-until = Signed until
keys-gone = published until
keys-rotate = Change now
keys-rotate-all = Change all keys now
keys-rotate-title = Change keys now?
keys-rotate-words = The next key signs as soon as every copy of the key set that apps keep has it: { $count } min after it was made. No token fails by that.
keys-retire = Retire
keys-retire-title = Retire this key at once?
keys-retire-next = This key has signed nothing yet. Another one is made in its place.
keys-retire-current = This key signs now. The next one takes over at once. Every token that this one has signed counts no more, and apps that keep the key set (for up to { $count } min) refuse new tokens until they fetch it again. Do this if somebody else may have the key; to change keys as usual, use “Change now”.
keys-retire-retired = This key signs nothing any more. What it has signed and what has not expired counts no more.
keys-retire-stays = Sign-ins and refresh tokens stay: apps get new tokens with them.
key-next = next
key-current = signs now
key-retired = retired

factor-kind-totp = Authenticator app
factor-kind-passkey = Passkey
factor-kind-email = Codes by e-mail
factor-kind-sms = Codes by text message
