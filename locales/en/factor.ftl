## The second step of a sign-in

mfa-title = One more step
mfa-lead = You are signing in as { $person }. Prove in a second way that it is you.
mfa-totp = Code from your authenticator app
mfa-totp-hint = Six digits, new ones every half minute.
mfa-backup = Backup code
mfa-backup-hint = One of the codes that you have printed or saved. Each works once.
mfa-send-hint = We can send you a code that works once, for 10 minutes.
mfa-send = Send the code
mfa-sent = We have sent a code to { $receiver }. It works once, for 10 minutes.
mfa-trust = Do not ask in this browser for 30 days
mfa-submit = Continue
mfa-others = Or use another way:
mfa-way-totp = Authenticator app
mfa-way-passkey = Passkey
mfa-way-email = Code by e-mail
mfa-way-sms = Code by text message
mfa-way-backup = Backup code
mfa-lost = I have none of these any more
mfa-again = Sign in as somebody else
mfa-wrong = This code is wrong, or was used already.
mfa-locked =
    There were too many wrong codes. Wait { $count ->
        [one] one minute
       *[other] { $count } minutes
    }, then sign in again.

## Security of the account

security-title = Security
security-lead = A second factor keeps out whoever knows nothing but your password.
security-apps = Authenticator apps
security-apps-none = None yet. An app on your phone shows a new code every half minute.
security-add-app = Add an authenticator app
security-added = Since
security-used = Last used
security-never = Never
security-remove = Remove
security-email = Codes by e-mail
security-email-hint = A code goes to the address of your account. Better than nothing, but whoever reads your mail gets in.
security-sms = Codes by text message
security-sms-hint = A code goes to your phone number. Handy, but a number can be taken over: an app or a passkey is safer.
security-sms-phone = Add a phone number first
security-on = Turn on
security-off = Turn off
security-codes = Backup codes
security-codes-off = They come with your first second factor.
security-codes-left =
    { $count ->
        [0] No codes are left. Make new ones.
        [one] One code is left.
       *[other] { $count } codes are left.
    }
security-codes-make = Make new backup codes
security-devices = Trusted browsers
security-devices-none = None. Every sign-in asks for the second factor.
security-until = Until
security-distrust = Stop trusting
totp-title = Add an authenticator app
totp-lead = Scan this QR code with the app, or type the key into it. Then enter the code that it shows.
totp-picture = QR code that holds the key
totp-secret = Key
totp-name = Name in your list
totp-name-hint = So that you recognise it later, for example by the name of the phone.
totp-code = Code from the app
totp-submit = Add app
totp-wrong = This code is wrong. Check that the clock of your phone is right, and type the newest code.
totp-default = Authenticator app
codes-title = Your backup codes
codes-lead = Each of them signs you in once when your phone is not at hand. Print them, or save them where only you find them. They are shown only now, and older codes no longer work.
codes-print = Print
codes-done = I have saved them

## Passkeys

passkey-title = Add a passkey
passkey-lead = A passkey replaces your password: you sign in with your fingerprint, your face or the PIN of your device. It works on this site only, so nobody can talk you out of it.
passkey-name = What you call it
passkey-name-hint = So that you recognise it in the list, for example the name of the device.
factor-name-missing = Give it a name.
passkey-submit = Create the passkey
passkey-back = Back to security
passkey-default = Passkey { $count }
passkey-not-added = The passkey was not added. Try again.
passkey-login = Sign in with a passkey
passkey-use = Use a passkey
passkey-wrong = This passkey was not accepted. Try again, or sign in in another way.
passkey-cancelled = Nothing was done: it was cancelled, took too long, or there is no passkey for this site here.
passkey-known = This device has a passkey for your account already.
passkey-often = Too many tries from your network. Wait a moment, then try again.
passkey-failed = That did not work. Load the page again, or take another way.
passkey-needs-script = Passkeys need JavaScript, and a browser that knows them.
security-passkeys = Passkeys
security-passkeys-none = None yet. With a passkey you sign in without your password: by fingerprint, face or PIN.
security-add-passkey = Add a passkey
security-rename = Rename
security-rename-submit = Save the name

## The first second factor

start-title = Protect your account
start-lead = With a second factor nobody gets in who knows nothing but your password. It takes a minute.
start-demanded = You need a second factor to go on. It takes a minute, and then you go straight on.
start-passkey = The quickest and safest way: fingerprint, face or PIN of this device.
start-app = An app on your phone shows a new code every half minute.
start-later = Not now

## Everything is lost

lost-title = You have lost your second factors?
lost-lead = If nobody stops it, your second factors will be removed on { $at }, and you can then sign in with your first step alone. Until then we write to your address, and whoever reads the letters can stop it.
lost-submit = Remove them after the delay
lost-begun = Your second factors will be removed
lost-begun-text = It will be done on { $at }, unless somebody stops it by the letter that we have sent to your address, or signs in with one of them. Come back then, and sign in as usual.
lost-stop-title = Keep your second factors
lost-stop-lead = Somebody who knows your password has asked for your second factors to be removed on { $at }. If it was not you, stop it here, and choose another password.
lost-stop-submit = Keep them
lost-stopped = Your second factors stay
lost-stopped-text = Nothing was changed. If it was not you who asked, sign in and choose another password at once.
