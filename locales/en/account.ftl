## The own account: what its pages share

account-nav = Your account
account-overview = Overview
account-profile = Profile
account-security = Security
account-sessions = Devices
account-apps = Apps
account-activity = Activity
security-sign-in = Sign-in
device-both = { $browser } on { $system }
device-one = { $name }
device-unknown = Unknown device
place-both = { $city }, { $country }
place-address = { $place } ({ $address })

## Where somebody is signed in

sessions-title = Where you are signed in
sessions-lead = If you do not know a device, sign out there and choose another password. Apps keep their access until you withdraw it or change your password.
sessions-here = This device
sessions-first = Signed in
sessions-last = Last seen
sessions-end = Sign out
sessions-ended = Signed out there.
sessions-others = Sign out everywhere else
sessions-others-help = You stay signed in here. Every other device in the list has to sign in again.

## Apps with access

apps-title = Apps with access
apps-lead = You have allowed these apps to use your account.
apps-since = Since
apps-used = Last used
apps-withdraw = Withdraw access
apps-withdraw-help = The app can do nothing more in your name, and has to ask you again. What it knows already it keeps.
apps-withdrawn = The access is withdrawn.

## What happened

activity-title = Activity
activity-lead = What happened in your account, the newest first. If something was not you, choose another password.
activity-all = Everything
activity-sign-ins = Sign-ins
activity-changes = Changes
activity-apps = Apps
activity-none = Nothing of this kind has happened yet.
activity-newest = Newest
activity-older = Older
activity-failed = Refused
activity-sign-in = You signed in
activity-sign-in-failed = Somebody tried to sign in
activity-travel = The sign-in was far away from the one before
activity-sign-out = You signed out
activity-session-end = You signed out another device
activity-consent-give = You allowed access
activity-consent-deny = You did not allow access
activity-consent-withdraw = You withdrew access
activity-token-issue = An app got access
activity-token-refresh = An app renewed its access
activity-token-reuse = An app showed a used token
activity-token-revoke = An app gave its access back
activity-code-replay = An app showed a used code
activity-set-up = You set up this server
activity-sign-up = You created your account
activity-recover = You chose a new password by e-mail
activity-password-set = You changed your password
activity-password-require = It was asked that the password be changed
activity-email = You changed your e-mail address
activity-phone = You changed your phone number
activity-profile = You changed your profile
activity-username = You changed your user name
activity-factor-add = You added a second factor
activity-factor-remove = You removed a second factor
activity-factor-reset = You asked for your second factors to be removed
activity-factor-reset-stopped = Your second factors were kept
activity-user-create = You created an account for somebody
activity-user-disable = You shut somebody’s account
activity-user-enable = You opened somebody’s account again
activity-user-unlock = You unlocked your account
activity-client-create = You registered an app
activity-client-disable = You shut an app out
activity-client-enable = You let an app in again
activity-client-secret = You made a new secret for an app
activity-key-create = You made a signing key
activity-key-rotate = You changed the signing key
activity-key-retire = You retired a signing key

## Another password

password-title = Change your password
password-lead = You stay signed in here and are signed out everywhere else; apps have to ask you again.
password-changed = Your password is changed. You are signed out everywhere else.

## About oneself

profile-title = Your profile
profile-lead = Apps see of this only what you allow them. Everything but the user name can be left empty.
profile-name = Name
profile-username-hint = You sign in with it. 3 to 64 letters, digits, dots, dashes or underscores.
profile-given-name = First name
profile-middle-name = Middle name
profile-family-name = Last name
profile-nickname = Nickname
profile-gender = Gender
profile-birthdate = Date of birth
profile-locale = Language
profile-locale-none = As the browser prefers
profile-zone = Time zone
profile-zone-none = Not given
profile-website = Website
profile-page = Profile page
profile-page-hint = A page about you, as in https://example.com/ada
profile-picture = Picture
profile-picture-hint = The address of a picture of you.
profile-street = Street and number
profile-postal-code = Postal code
profile-locality = City
profile-region = Region
profile-country = Country
profile-submit = Save
profile-saved = Your profile is saved.
profile-username-taken = Somebody has this user name already.
profile-birthdate-wrong = Enter a date that has been, as in 1990-12-31.
profile-choice-wrong = Choose one of the list.
profile-uri-wrong = Enter a web address, as in https://example.com/

## Another e-mail address

email-title = Change your e-mail address
email-now = Your address is { $email }. A new one counts once you have proved that you read what is sent there.
email-new = New e-mail address
email-same = This is already your address.
email-confirm = { $email } will be the address of your account. You sign in with it, and letters go there.
email-changed = Your address is changed. The old one has been told.
email-taken = Somebody else has this address now.

## The phone number

phone-title = Your phone number
phone-lead = Apps see it only if you allow it. Codes for your sign-in and for a forgotten password can go there. A number counts once you have proved that you read what is sent there.
phone-now = Your number
phone-new = New phone number
phone-hint = With the code of the country, as in +44 20 7946 0958
phone-wrong = Enter the number with + and the code of the country.
phone-remove = Remove the number
phone-changed = Your number is changed.
phone-prove = We have sent a code to { $phone }. Type it here.
phone-nothing = Nothing has come?
phone-sent-again = We have sent another code.
