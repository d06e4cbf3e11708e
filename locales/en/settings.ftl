# What administrators change while the server runs.

admin-settings = Settings
admin-settings-lead = What you change here counts at once, on every server of this installation, and goes before the configuration file. It can be undone for seven days.
admin-settings-change = Change settings
admin-settings-meanwhile = Somebody has changed settings since you opened this page. What you typed is still here: compare it with what is in force now, and save once more.
member-value = Value
member-source = Comes from
member-left-out = Set, but not in force
setting-source-default = Default
setting-source-file = From the configuration file
setting-source-database = Set here
setting-source-environment = Set by the environment
setting-pinned = Set by the environment variable { $variable }; it can only be changed there.
setting-left-out = “{ $value }” was set here and is not allowed any more, so it is not in force.
setting-reset = Reset
setting-days =
    { $count ->
        [one] Now { $count } day.
       *[other] Now { $count } days.
    }
setting-hours =
    { $count ->
        [one] Now { $count } hour.
       *[other] Now { $count } hours.
    }
setting-minutes =
    { $count ->
        [one] Now { $count } minute.
       *[other] Now { $count } minutes.
    }
setting-contrast = Contrast to the pages: { $contrast }; text needs 4.5:1.
setting-option-open = Everybody
setting-option-approval = Everybody, once an administrator has agreed
setting-option-closed = Nobody: people are invited or created
setting-option-email = By e-mail
setting-option-sms = By text message
setting-wrong-range = Enter a whole number from { $least } to { $most }.
setting-wrong-line = Enter at most { $most } characters, in one line.
setting-wrong-address = Enter an address that begins with https://, or leave the field empty.
setting-wrong-words = Enter a list with commas between the entries, at most 100 of them.
setting-wrong-colour = Choose a colour, as in #0b6b5d.
setting-wrong-choice = Choose one of the possibilities.
setting-wrong-contrast = Text in this colour would be hard to read: its contrast to the pages is { $contrast }, and 4.5:1 is needed. Choose a darker one.
setting-wrong-terms = There are terms to be accepted, so say which version of them it is.
setting-wrong-delay = Enter 0, or between one day (86400) and 30 days (2592000).
setting-wrong-room = The shortest password has to fit into the longest one.

settings-branding = Appearance
setting-branding-name = Name
setting-branding-name-help = Stands on every page, in letters, and in authenticator apps.
setting-branding-accent = Colour
setting-branding-accent-help = Links and buttons have this colour. Dark pages use a lighter shade of it.
setting-branding-logo = Logo
setting-branding-logo-help = Stands at the head of every page, in the place of the shield.
setting-branding-footer = Footer of letters
setting-branding-footer-help = A line below every letter, such as who writes and where to ask. It is the same in all languages.
setting-logo-now = The logo of today
setting-logo-file = Another logo
setting-logo-file-hint = PNG, JPEG, WebP or GIF, at most 2 MB. It is scaled down to 320 by 96 pixels; a transparent background looks good on dark pages as well.
setting-logo-submit = Use this logo

settings-registration = Signing up
setting-registration-mode = Who may sign up
setting-registration-mode-help = Those who have an account keep it, whatever you choose.
setting-registration-domains = E-mail domains
setting-registration-domains-help = Only people with an address there may sign up, as in example.com, example.org. Empty: any address.
setting-registration-terms-uri = Terms of use
setting-registration-terms-uri-help = Has to be accepted to sign up. Empty: there are none.
setting-registration-privacy-uri = Privacy policy
setting-registration-privacy-uri-help = Is shown beside the terms. Empty: there is none.
setting-registration-terms-version = Version of the terms
setting-registration-terms-version-help = A date or a number; it is kept with every acceptance.
setting-registration-invitation-ttl = Invitations are good for
setting-registration-invitation-ttl-help = In seconds, if nothing else is said when somebody is invited.

settings-password = Passwords
setting-password-min-length = Shortest password
setting-password-min-length-help = In characters, 8 to 128. Counts for passwords that are chosen from now on.
setting-password-max-length = Longest password
setting-password-max-length-help = In bytes, 64 to 4096.
setting-password-classes = Kinds of characters
setting-password-classes-help = How many of small letters, capitals, digits and others must occur, 0 to 4. Length protects better than variety.
setting-password-history = Former passwords
setting-password-history-help = How many of the last ones, today’s among them, may not be chosen again, 0 to 24.
setting-password-max-age = A password lasts
setting-password-max-age-help = In seconds; then another one must be chosen at the next sign-in. 0: for ever, which is what most experts advise.

settings-factor = Second factors and codes
setting-factor-second = Codes as a second factor
setting-factor-second-help = Passkeys and authenticator apps are always possible, and safer.
setting-factor-alone = Codes in the place of the password
setting-factor-alone-help = Whoever can read the mailbox or the messages can sign in.
setting-factor-recover = Codes for a forgotten password
setting-factor-recover-help = Where a code for a new password may go. None: only an administrator helps.
setting-factor-offer = Offer a second factor after the first sign-in
setting-factor-offer-help = People without one are shown once how to get one.
setting-factor-reset-delay = Waiting time when all factors are lost
setting-factor-reset-delay-help = In seconds, a day to 30 days, in which the owner of the account is warned. 0: only an administrator helps.
setting-factor-reset-for-roles = Also for people whose role demands a factor
setting-factor-reset-for-roles-help = Otherwise an administrator has to help them when all factors are lost.

settings-session = Sessions
setting-session-idle = A session ends unused after
setting-session-idle-help = In seconds. It ends with the browser in any case.
setting-session-absolute = A session ends in any case after
setting-session-absolute-help = In seconds since the sign-in.
setting-session-kept-idle = A kept session ends unused after
setting-session-kept-idle-help = In seconds, for people who tick “Keep me signed in”.
setting-session-kept-absolute = A kept session ends in any case after
setting-session-kept-absolute-help = In seconds since the sign-in.
setting-session-flow-ttl = Time to finish a sign-in
setting-session-flow-ttl-help = In seconds, from the app’s request to the end of the sign-in.
setting-session-reauth = A sign-in is fresh for
setting-session-reauth-help = In seconds. What is sensitive, and every change in this console, asks for a fresh one.
setting-session-admin-idle = The console closes unused after
setting-session-admin-idle-help = In seconds.
setting-session-admin-absolute = The console closes in any case after
setting-session-admin-absolute-help = In seconds since the sign-in.

settings-account = Accounts
setting-account-deletion-delay = Time to keep a deleted account after all
setting-account-deletion-delay-help = In seconds, an hour to 90 days. After that it is erased.
setting-account-export-ttl = A copy of one’s own data can be fetched for
setting-account-export-ttl-help = In seconds since it was made.

settings-limits = Limits
setting-limits-login-burst = Sign-in attempts at once
setting-limits-login-burst-help = From one address, before the rate below counts.
setting-limits-login-per-minute = Sign-in attempts a minute
setting-limits-login-per-minute-help = From one address.
setting-limits-account-failures = Wrong passwords a day
setting-limits-account-failures-help = For one account, from everywhere. Beyond that no password counts for a day, unless its owner opens it with the link in a letter.
setting-limits-names-per-address = Accounts tried from one address
setting-limits-names-per-address-help = With wrong passwords, in an hour. More shut the address out for an hour.
setting-limits-client-failures-per-minute = Wrong app secrets a minute
setting-limits-client-failures-per-minute-help = For one app, from one address.
setting-limits-token-client-burst = Token requests at once
setting-limits-token-client-burst-help = Of one app, before the rate below counts.
setting-limits-token-client-rate = Token requests a second
setting-limits-token-client-rate-help = Of one app.
setting-limits-api-rate = API requests a second
setting-limits-api-rate-help = With one key or token.
setting-limits-introspect-client-rate = Introspections a second
setting-limits-introspect-client-rate-help = By one app.
setting-limits-flows-per-minute = Sign-ins begun by apps a minute
setting-limits-flows-per-minute-help = From one address.
setting-limits-sign-ups-per-hour = Sign-ups an hour
setting-limits-sign-ups-per-hour-help = From one address; as many at once.
setting-limits-recoveries-per-hour = Forgotten passwords an hour
setting-limits-recoveries-per-hour-help = From one address; as many at once.
setting-limits-letters-per-hour = Letters an hour
setting-limits-letters-per-hour-help = That somebody who is not signed in can have sent to one person; three at once.

settings-api = Programs
setting-api-sign-in = People may sign in by the API
setting-api-sign-in-help = For apps that ask for the password on pages of their own.
