## What is kept of somebody, and the end of an account

account-privacy = Privacy
privacy-title = Privacy
activity-user-delete = You asked for your account to be deleted
activity-user-restore = You kept your account
activity-user-erase = Your account was erased
activity-export-begin = You asked for your data
activity-export-fetch = You downloaded your data

## One's own data

export-title = Get your data
export-lead = We gather what we keep of you in one file: profile, second factors by their names, devices, apps with access, activity. When it is ready, a letter tells you.
export-submit = Gather my data
export-running = Your data is being gathered. A letter tells you when it is ready; you can close this page.
export-until = Ready to be fetched until
export-fetch = Download
export-discard = Delete this file
export-failed = Your data could not be gathered. Try again later.
export-often = You have had your data gathered three times in a day. Come again tomorrow.

## Deleting the account

delete-title = Delete your account
delete-lead =
    Your account is shut at once and erased after { $count ->
        [one] one day
       *[other] { $count } days
    }. Until then you can change your mind.
delete-begin = Delete my account
delete-at-once = You are signed out everywhere at once, and no app gets into your account any more.
delete-undo =
    For { $count ->
        [one] one day
       *[other] { $count } days
    } you can keep the account: by the link in the letter that we send you, or by signing in.
delete-then = Then everything that we know about you is erased, and nobody can bring it back. Your user name and e-mail address become free.
delete-apps = What apps have saved about you they keep. Ask them to delete it.
delete-submit = Delete my account
delete-last-admin = You are the last administrator. Make somebody else an administrator first.
left-title = Your account is shut
left-text =
    It will be erased in { $count ->
        [one] one day
       *[other] { $count } days
    }. If you change your mind before, follow the link in the letter that we have sent you, or sign in.
leaving-title = Keep your account?
leaving-lead = The account of { $person } is going to be deleted.
leaving-at = It will be erased for good on
leaving-keep = Keep my account
leaving-else = If it is to be deleted, you need not do anything. Close this page.
kept-title = Your account stays
kept-text = Nothing was erased. Apps have to ask you again for access.

## Letters about it

letter-deletion-subject = Your account with { $tenant } is going to be deleted
letter-deletion-text =
    Hello { $name },
    as you asked, your account is shut now. On { $at } it will be erased, with everything that we know about you. If you want to keep it, follow the link before, or sign in.
letter-deletion-button = Keep the account
letter-deletion-end = If it was not you who asked for this, follow the link, then choose another password at once.

letter-deletion-forced-subject = Your account with { $tenant } is going to be deleted
letter-deletion-forced-text =
    Hello { $name },
    whoever manages { $tenant } has shut your account. On { $at } it will be erased, with everything that we know about you.
letter-deletion-forced-end = If you think that this is a mistake, ask whoever manages { $tenant }.

letter-deletion-undone-subject = Your account with { $tenant } stays
letter-deletion-undone-text =
    Hello { $name },
    on { $at } it was decided that your account is not deleted after all. Nothing was erased.
letter-deletion-undone-button = Sign in
letter-deletion-undone-end = If it was not you, sign in and choose another password at once.

letter-deletion-done-subject = Your account with { $tenant } is deleted
letter-deletion-done-text =
    Hello { $name },
    on { $at } your account was erased, with everything that we knew about you. This is our last letter to you.
letter-deletion-done-end = There is nothing more that you need to do.

letter-export-ready-subject = Your data from { $tenant } is ready
letter-export-ready-text =
    Hello { $name },
    what we keep of you is gathered in one file. You can fetch it until { $at }, after signing in.
letter-export-ready-button = Fetch the file
letter-export-ready-end = If it was not you who asked for this, choose another password at once.

## The picture

picture-title = Picture of you
picture-alt = Your picture
picture-file = Choose a picture
picture-hint = PNG, JPEG, WebP or GIF, at most 2 MB. It is cut to a square, and what the camera has noted in it is taken out.
picture-submit = Use this picture
picture-remove = Remove the picture
picture-missing = Choose a file first.
picture-unreadable = This is not a picture that we can read. Use PNG, JPEG, WebP or GIF.
picture-huge = This picture has too many dots. Make it smaller first.
