## Signing up

login-forgot = Forgotten your password?
login-new = New here?
login-signup = Create an account
signup-title = Create an account
signup-email = E-mail address
signup-email-hint = We send a code to it.
signup-email-host = Only addresses of these hosts may sign up here: { $hosts }
signup-name = Your name
signup-password = Password
signup-terms = I accept the terms of use and the privacy policy.
signup-terms-missing = Accept the terms of use and the privacy policy to go on.
signup-submit = Create account
signup-login = I have an account already
verify-title = Check your e-mail
verify-lead = We have written to { $email }. Type the code from the letter, or follow its link.
verify-code = Code
verify-code-hint = Six digits.
verify-submit = Go on
verify-wrong = This code is wrong. Look at the newest letter.
verify-over = This code cannot be used any more. Have another one sent below.
verify-nothing = No letter?
verify-nothing-help = It may take a minute, or be among the unwanted mail. You can have another one sent.
verify-email = E-mail address
verify-resend = Send another code
verify-sent-again = Another letter is on its way. The code before it does not count any more.
confirm-title = Confirm your e-mail address
confirm-lead = Somebody has signed up with { $email }. If it was you, confirm that this address is yours.
confirm-submit = Confirm the address
confirm-done = The address is confirmed
confirm-continue = Go on
confirm-elsewhere = Your account is ready. Go back to the browser where you signed up, or sign in here.
waiting-title = Almost there
waiting-text = Your address is confirmed. An administrator has to let you in now; afterwards you can sign in.
taken-title = You have an account already
taken-text = There is an account with this address. Sign in with it, or choose a new password if you have forgotten it.
told-sign-in = Sign in

## A forgotten password

forgot-title = Choose a new password
forgot-lead = Enter the address of your account. If there is one with it, we send a code to it.
forgot-email = E-mail address
forgot-submit = Send the code
forgot-login = Back to the sign-in
reset-title = Choose a new password
reset-lead = You are signed out everywhere else, and apps have to ask you again.
reset-password = New password
reset-submit = Set the password
