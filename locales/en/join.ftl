## Signing up

login-forgot = Forgotten your password?
login-new = New here?
login-signup = Create an account
signup-title = Create an account
signup-email = E-mail address
signup-email-hint = We will send a code there.
signup-email-host = Only addresses of these hosts may sign up here: { $hosts }
signup-name = Your name
signup-password = Password
signup-terms = I accept the terms of use and the privacy policy.
signup-terms-missing = Accept the terms of use and the privacy policy to go on.
signup-submit = Create account
signup-login = I have an account already
verify-title = Check your e‑mail
verify-lead = We have sent an e-mail to { $email }. Enter the code in it, or open its link.
verify-code = Code
verify-code-hint = Six digits.
verify-submit = Continue
verify-wrong = This code is wrong. Use the one in the newest e-mail.
verify-over = This code cannot be used any more. Have another one sent below.
verify-nothing = No e-mail?
verify-nothing-help = It may take a minute, or be in the folder for spam. You can have another one sent.
verify-email = E-mail address
verify-resend = Send another code
verify-sent-again = Another e-mail is on its way. The code before it no longer works.
confirm-title = Confirm your e‑mail address
confirm-lead = Somebody has signed up with { $email }. If it was you, confirm that this address is yours.
confirm-submit = Confirm the address
confirm-done = Address confirmed
confirm-here = Go on in this browser, where you began.
confirm-continue = Continue
confirm-elsewhere = You opened this in another browser than the one where { $email } signed up. Type the password that you chose there. If you did not sign up, close this page: no account is made.
confirm-password = Password
confirm-password-wrong = This is not the password that was chosen when this account was begun.
waiting-title = Almost there
waiting-text = Your address is confirmed. An administrator has to let you in now; afterwards you can sign in.
taken-title = You have an account already
taken-text = There is an account with this address. Sign in with it, or choose a new password if you have forgotten it.
told-sign-in = Sign in

## How strong a new password is

strength-weak = Weak. More words make it stronger.
strength-fair = Fair. 15 or more characters are better.
strength-strong = Strong.

## A forgotten password

forgot-title = Forgotten your password?
forgot-lead = Enter the e-mail address of your account. If there is such an account, we will send a code there.
forgot-email = E-mail address
forgot-submit = Send the code
forgot-login = Back to the sign-in
reset-code-lead = If there is an account with { $email }, we have sent a code and a link there. Type the code here, or follow the link.
reset-code-sms = If there is an account with { $email } and a phone number, we have sent a code there. Type it here. Is your second step a code by text message? Then have this one sent by e-mail.
reset-title = Choose a new password
reset-lead = You will be signed out everywhere else, and apps will have to ask you again.
reset-password = New password
reset-submit = Set new password

## Signing in by a code or link

login-by-email = E-mail me a code
login-by-sms = Text me a code
login-code-email = If there is an account { $email }, we have sent a code and a link to its e-mail address. Type the code here, or follow the link in this browser.
login-code-sms = If there is an account { $email } with a phone number, we have sent a code there. Type it here.
login-link-title = Sign in by the link
login-link-lead = You are signing in as { $email }.
login-link-elsewhere = This link signs in only in the browser where it was asked for. Open it there, or type the code of the letter there. If you did not ask for it, close this page.

## A password that has to be changed before a sign-in ends

renew-asked = Before you go on, you have to choose another password. You will be signed out everywhere else, and apps will have to ask you again.
renew-old = Your password is too old. Choose another one before you go on. You will be signed out everywhere else, and apps will have to ask you again.
renew-submit = Set new password and continue
## An account that is kept out by wrong passwords or codes

unlock-title = Unlock your account
unlock-lead = Wrong passwords and codes that were tried until now will no longer keep you waiting. Your password stays as it is.
unlock-submit = Unlock the account
unlock-done = Your account is unlocked
unlock-done-text = You can sign in with your password. If you do not remember it, choose a new one on the sign-in page.

## Accepting an invitation

invited-title = Accept your invitation
invited-lead = You are invited to { $server }. This makes your account.
invited-email = Your address is { $email }.
invited-submit = Create account
invited-passkey = Use a passkey instead of a password
