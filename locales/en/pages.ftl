### What Signet says to people, in English. The same ids stand in the same order in the other files.

## Forms

form-mistake = Error:
form-often = That was tried too often. Nothing you typed is lost: wait a moment, then send it again.
form-problem = There is a problem
form-show-password = Show password
form-hide-password = Hide password

## The app that asks

client-label = App
client-policy = Privacy policy
client-terms = Terms of service
client-back = Go back to the app

## Sign-in

login-title = Sign in
login-title-again = Sign in again
login-purpose = to continue to
login-again = You are signed in already. Enter your password once more to show that it is you.
login-username = User name or e-mail address
login-password = Password
login-keep = Keep me signed in on this device
login-submit = Sign in
login-username-missing = Enter your user name or e-mail address.
login-password-missing = Enter your password.
login-wrong = User name or password is wrong.
login-disabled = This account cannot be used at the moment. Ask whoever manages it.
login-locked-seconds =
    There were too many wrong passwords for this name. Wait { $count ->
        [one] a second
       *[other] { $count } seconds
    }, then try again.
login-locked-minutes =
    There were too many wrong passwords for this name. Wait { $count ->
        [one] a minute
       *[other] { $count } minutes
    }, then try again.
login-locked-hours =
    There were too many wrong passwords for this name. Wait { $count ->
        [one] an hour
       *[other] { $count } hours
    }, then try again.

## Consent

consent-title = Allow access for { $app }
consent-heading = Allow access?
consent-purpose = Asked for by
consent-person = You are signed in as { $person }.
consent-nothing = The app will learn only that you signed in.
consent-may = If you allow it, the app may:
consent-new = New
consent-allow = Allow
consent-deny = Don’t allow
consent-returns-to = Either way you go on to { $host }.

## Scopes

scope-openid = Sign you in
scope-openid-hint = Know who you are at this app, and when you signed in.
scope-profile = See your profile
scope-profile-hint = Your names, user name, pictures and pages, gender, date of birth, language and time zone.
scope-email = See your e-mail address
scope-email-hint = The address, and whether it is verified.
scope-address = See your postal address
scope-address-hint = Street, city, postal code, region and country.
scope-phone = See your phone number
scope-phone-hint = The number, and whether it is verified.
scope-roles = See your roles here
scope-roles-hint = What you are to this organisation, as in “support”.
scope-permissions = See what you may do
scope-permissions-hint = The permissions that your roles give you.
scope-offline = Stay connected
scope-offline-hint = Use what you allowed also while you are away, until you withdraw it.
scope-self-read = See your account here
scope-self-write = Change your account here
scope-users-read = See people here
scope-users-write = Add and change people here
scope-invitations-read = See invitations
scope-invitations-write = Invite people
scope-clients-read = See the apps that are registered here
scope-clients-write = Register and change apps
scope-roles-read = See roles and who holds them
scope-roles-write = Change roles, and give them to people
scope-audit-read = Read what has happened here
scope-keys-read = See the keys that sign tokens
scope-keys-write = Change the keys that sign tokens
scope-settings-read = See the settings of this server
scope-settings-write = Change the settings of this server
scope-api-keys-read = See the keys of programs
scope-api-keys-write = Make and end keys of programs
scope-stats-read = See numbers: how many people, how many sign-ins
scope-right-hint = In your name, and only as far as your own roles allow it.
scope-own-hint = A right of its own that this app asks for.

## Back to the app by a form

return-title = Back to { $host }
return-text = You are on your way. If nothing happens, choose Continue.
return-continue = Continue

## Your account

home-title = Your account
home-account = Signed in as { $account }
home-sign-out = Sign out
home-session = This sign-in
home-since = Since
home-device = Device
home-address = Address
home-unknown = Unknown
home-roles = Your roles
home-roles-none = You have no roles. If you need one, ask an administrator.
home-apps = Apps with access
home-apps-none = No app has access to your account. Once you allow one, it is listed here.

## Signed out

signed-out-title = Signed out
signed-out-heading = You are signed out
signed-out-text = Apps that you opened before may still be open. If others use this device, close the browser.
signed-out-again = Sign in again

## The first administrator

setup-title = Set up
setup-heading = Create the first administrator
setup-lead = This account can change everything in { $server }. The link you followed works once.
setup-email = E-mail address
setup-username = User name
setup-username-hint = 3 to 64 characters. You can sign in with it.
setup-name = Your name
setup-name-hint = How you are called, as others should see it.
setup-password = Password
setup-password-hint =
    At least { $count ->
        [one] one character
       *[other] { $count } characters
    }. 15 or more are better: a few words are easy to remember.
setup-submit = Create account

## What is wrong with the details of a person

user-email-wrong = Enter an e-mail address, as in name@example.com.
user-username-wrong = Use 3 to 64 letters, digits, dots, dashes or underscores.
user-name-wrong = Use at most 128 bytes, without control characters.
user-taken = Somebody has this e-mail address or user name already.

## What is wrong with a password

password-short =
    Use at least { $count ->
        [one] one character
       *[other] { $count } characters
    }. A few words together are a good password.
password-long = Use at most { $count ->
        [one] one byte
       *[other] { $count } bytes
    }.
password-nul = A password cannot hold a NUL byte.
password-own-name = Do not use your own name or address as password, or as most of it.
password-one-character = Do not repeat one and the same character.
password-classes = At least { $count } of these have to occur: small letters, capital letters, digits, other characters.
password-common = This is one of the passwords that are guessed first. Choose another one.
password-breached = This password was found in a breach of another service, so others know it. Choose another one.
password-used = You have had this password lately. Choose another one.

## Errors

error-nothing = There is nothing here
error-nothing-help = Check the address, or go to your account.
error-often = Too many attempts
error-often-help = Wait a moment, then try again.
error-spread = Too many accounts were tried from your network
error-spread-help = Wrong passwords for many different accounts came from it, so nobody can sign in with a password from there for up to an hour. If others share your network, one of them may be the reason.
error-busy = Please try again in a moment
error-busy-help = The server cannot answer just now.
error-fault = Something went wrong here
error-fault-help = It was not your mistake. Please try again later.
error-app = We do not know this app
error-app-help = Go back to the app and try again. If it happens again, tell whoever runs the app. This may help them:
error-address = The app sent a wrong address
error-browser = This sign-in cannot go on
error-browser-help = Go back to the app and begin again. Stay in one browser, and allow cookies there.
error-origin = This page cannot be used any more
error-origin-help = Open the page again. If that does not help, allow cookies for this site.
error-session = You are signed out
error-session-help = Go back to the app and sign in again.
error-proof = This code or link does not work any more
error-proof-help = It was used already, it is too old, or a newer one was sent. Begin again to get another.
error-account = This account cannot do that
error-account-help = It is for another account, or the account has changed meanwhile. Sign in to the right one, and begin again.
error-factors = An administrator has to help you
error-factors-help = Your second factors cannot be removed from this page. Ask another administrator, or whoever runs this service, to remove them; then sign in and set up new ones.
error-closed = Signing up is closed
error-closed-help = New accounts are made by whoever manages this service. Ask there for one.
error-setup = This link cannot be used
error-setup-help = It is for the first administrator, and works once. If there is one already, sign in.
error-other = That did not work
error-other-help = Go back and try again. If it happens again, tell whoever runs the app. This may help them:
error-ask = If you ask for help, give the reference below.
error-reference = Reference
error-code = Error
error-home = Go to your account
