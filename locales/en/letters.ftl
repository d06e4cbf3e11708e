## Letters: subject, text, the label of the link, and what stands at the end

letter-sign-up-subject = Confirm your e-mail address for { $tenant }
letter-sign-up-text =
    Hello { $name },
    with this code or link you confirm that this address is yours, and your account is ready. Type the code where you signed up, or follow the link on any device.
letter-sign-up-button = Confirm the address
letter-sign-up-end = Code and link work once, for 24 hours. If you did not sign up, you need not do anything: no account is made.

letter-sign-up-known-subject = You have an account with { $tenant } already
letter-sign-up-known-text =
    Hello { $name },
    somebody, probably you, wanted to sign up with this address. There is an account with it already, so just sign in. If you have forgotten the password, choose a new one on the sign-in page.
letter-sign-up-known-button = Sign in
letter-sign-up-known-end = If it was not you, you need not do anything. Nothing was changed.

letter-invitation-subject = You are invited to { $tenant }
letter-invitation-text =
    Hello,
    you are invited to have an account with { $tenant }. Follow the link, choose how you want to sign in, and you are there.
letter-invitation-button = Accept the invitation
letter-invitation-end = The link works once, until { $until }. If you do not know what this is about, you need not do anything: no account is made.

letter-reset-subject = Choose a new password for { $tenant }
letter-reset-text =
    Hello { $name },
    with this code or link you choose a new password. Type the code where you asked for it, or follow the link.
letter-reset-button = Choose a new password
letter-reset-end = Code and link work once, for 30 minutes. If you did not ask for this, you need not do anything: your password stays as it is.

letter-password-changed-subject = Your password for { $tenant } was changed
letter-password-changed-text =
    Hello { $name },
    your password was changed on { $at }, from the address { $address }. You were signed out everywhere else.
letter-password-changed-button = Choose another password
letter-password-changed-end = If it was not you, choose another password at once, and ask whoever manages { $tenant } for help.

letter-email-subject = Confirm your new e-mail address for { $tenant }
letter-email-text =
    Hello { $name },
    with this code or link you make this the address of your account. Type the code where you asked for it, or follow the link.
letter-email-button = Confirm the address
letter-email-end = Code and link work once, for 30 minutes. If you did not ask for this, you need not do anything: nothing is changed.

letter-email-known-subject = You have an account with { $tenant } already
letter-email-known-text =
    Hello { $name },
    somebody, probably you, wanted to use this address for another account. It belongs to this one already, and an address can belong to one account only.
letter-email-known-button = Sign in
letter-email-known-end = If it was not you, you need not do anything. Nothing was changed.

letter-email-changed-subject = Your e-mail address for { $tenant } was changed
letter-email-changed-text =
    Hello { $name },
    on { $at }, from the address { $address }, your account got another e-mail address. Letters no longer come here.
letter-email-changed-button = Look at the address of your account
letter-email-changed-end = If it was not you, sign in with your user name, set the address back and choose another password at once. If you cannot sign in, ask whoever manages { $tenant } for help.

letter-factor-added-subject = A second factor was added to your account with { $tenant }
letter-factor-added-text =
    Hello { $name },
    a second factor was added on { $at }, from the address { $address }.
letter-factor-added-button = Choose a new password
letter-factor-added-end = If it was not you, choose a new password at once, and ask whoever manages { $tenant } for help.

letter-factor-removed-subject = A second factor was removed from your account with { $tenant }
letter-factor-removed-text =
    Hello { $name },
    a second factor was removed on { $at }, from the address { $address }.
letter-factor-removed-button = Choose a new password
letter-factor-removed-end = If it was not you, choose a new password at once, and ask whoever manages { $tenant } for help.

letter-backup-codes-made-subject = New backup codes for your account with { $tenant }
letter-backup-codes-made-text =
    Hello { $name },
    new backup codes were made on { $at }, from the address { $address }. Older ones do not work any more.
letter-backup-codes-made-button = Choose a new password
letter-backup-codes-made-end = If it was not you, choose a new password at once, and ask whoever manages { $tenant } for help.

letter-factor-reset-subject = Your second factors for { $tenant } are to be removed
letter-factor-reset-text =
    Hello { $name },
    somebody who knows your password says that all second factors of your account are lost. If nobody stops it, they will be removed on { $at }.
letter-factor-reset-button = Keep the second factors
letter-factor-reset-end = If it was you, you need not do anything. If it was not you, follow the link and choose another password at once.

letter-phone-changed-subject = Your phone number for { $tenant } was changed
letter-phone-changed-text =
    Hello { $name },
    the phone number of your account was changed or removed on { $at }, from the address { $address }.
letter-phone-changed-button = Look at your number
letter-phone-changed-end = If it was not you, choose a new password at once, and ask whoever manages { $tenant } for help.

letter-sign-in-subject = Your code to sign in to { $tenant }
letter-sign-in-text =
    Hello { $name },
    with this code or link you sign in. Type the code where you asked for it, or follow the link in the same browser.
letter-sign-in-button = Sign in
letter-sign-in-end = Code and link work once, for 10 minutes. Give the code to nobody. If you did not ask for it, you need not do anything.

letter-second-factor-subject = Your code to sign in to { $tenant }
letter-second-factor-text =
    Hello { $name },
    this code is the second step of your sign-in. Type it where you asked for it.
letter-second-factor-end = It works once, for 10 minutes. Give it to nobody. If you did not ask for it, somebody knows your password: choose another one at once.

## Short messages

sms-phone = { $code } is your code for { $tenant }. It proves that this number is yours. Give it to nobody.
sms-reset = { $code } is your code to choose a new password for { $tenant }. Give it to nobody.
sms-sign-in = { $code } is your code to sign in to { $tenant }. Give it to nobody.
sms-second-factor = { $code } is your code to sign in to { $tenant }. Give it to nobody.

letter-locked-subject = Somebody is trying passwords for your account with { $tenant }
letter-locked-text =
    Hello { $name },
    many wrong passwords in a row were tried for your account, the last on { $at }, from { $address } with { $device }. So each further try has to wait, and yours too.
    If it was you, this link lets you try again at once.
letter-locked-button = Unlock the account
letter-locked-end = The link works once, for 24 hours. Nobody got in, and your password stays as it is. If it was not you, you need not do anything; a long password that you use nowhere else keeps them out.

letter-factor-locked-subject = Somebody is trying codes for your account with { $tenant }
letter-factor-locked-text =
    Hello { $name },
    somebody entered the right first step of your sign-in, but then several wrong codes, the last on { $at }, from { $address } with { $device }. So codes are not taken for a while, and yours neither.
    If it was you, this link lets you try again at once.
letter-factor-locked-button = Unlock the account
letter-factor-locked-end = The link works once, for 24 hours. If it was not you, somebody knows your password: choose another one at once.

letter-new-device-subject = New sign-in to your account with { $tenant }
letter-new-device-text =
    Hello { $name },
    somebody signed in to your account on { $at }, from { $address } with { $device }. You had not used this browser before.
letter-new-device-button = See where you are signed in
letter-new-device-end = If it was you, you need not do anything. If not, sign out there and choose another password at once.

letter-far-away-subject = Sign-in from far away to your account with { $tenant }
letter-far-away-text =
    Hello { $name },
    somebody signed in to your account on { $at }, from { $address } with { $device }. That is further away from your sign-in before than anybody travels in that time.
letter-far-away-button = See where you are signed in
letter-far-away-end = If it was you, perhaps over a VPN, you need not do anything. If not, sign out there and choose another password at once.
