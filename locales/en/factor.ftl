## The second step of a sign-in

mfa-title = One more step
mfa-lead = Signed in as { $person }. Show in a second way that it is you.
mfa-totp = Code of your authenticator app
mfa-totp-hint = Six digits, new every half minute.
mfa-backup = Backup code
mfa-backup-hint = One of the codes that you have printed or saved. Each works once.
mfa-trust = Do not ask in this browser for 30 days
mfa-submit = Go on
mfa-others = Another way
mfa-way-totp = Authenticator app
mfa-way-passkey = Passkey
mfa-way-backup = Backup code
mfa-again = Sign in as somebody else
mfa-wrong = This code is wrong, or was used already.
mfa-locked =
    There were too many wrong codes. Wait { $count ->
        [one] one minute
       *[other] { $count } minutes
    }, then sign in again.

## Security of the account

security-title = Security
security-lead = With a second factor nobody gets into your account who only knows your password.
security-apps = Authenticator apps
security-apps-none = None yet. An app on your phone shows a new code every half minute.
security-add-app = Add an authenticator app
security-added = Since
security-used = Last used
security-never = Never
security-remove = Remove
security-codes = Backup codes
security-codes-off = They come with your first second factor.
security-codes-left =
    { $count ->
        [0] None are left. Make new ones.
        [one] One is left.
       *[other] { $count } are left.
    }
security-codes-make = Make new backup codes
security-devices = Trusted browsers
security-devices-none = None. Every sign-in asks for the second factor.
security-until = Until
security-distrust = Trust no longer
totp-title = Add an authenticator app
totp-lead = Scan this picture with the app, or type the secret into it.
totp-picture = QR code that holds the secret
totp-secret = Secret
totp-name = What you call it
totp-name-hint = So that you recognise it in the list, for example the phone's name.
totp-code = Code that the app shows now
totp-submit = Add the app
totp-wrong = This code is wrong. Check that the clock of your phone is right, and type the newest code.
totp-default = Authenticator app
codes-title = Your backup codes
codes-lead = Print them, or keep them where only you get at them. They are shown this once; older codes do not work any more.
codes-done = I have kept them
