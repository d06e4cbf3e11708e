## Preferences

account-preferences = Preferences
preferences-title = Preferences
preferences-theme = Appearance
preferences-theme-hint = On the pages that you see while you are signed in.
preferences-theme-system = As the system wants
preferences-theme-light = Light
preferences-theme-dark = Dark
preferences-letters = Letters to you
preferences-letters-hint = What concerns the safety of your account is always written to you.
preferences-letter-export = When the data that I asked for can be fetched
preferences-elsewhere = Language and time zone are in your
preferences-saved = Your preferences are saved.
action-preferences-change = Preferences changed
action-type-change = Type of the account changed
action-field-change = Own field changed
activity-preferences = You changed your preferences
activity-type = The type of your account was changed
activity-field = Something noted about you was changed

## What else is known of a person

profile-bio = About you
profile-bio-wrong = At most 1,000 characters, without control characters.
profile-facts = Noted by the administrators
profile-facts-lead = Ask them if something is wrong here.
profile-type = Type of account
field-yes = Yes
field-no = No
field-required = This is needed.
field-text-wrong = At most 500 characters in one line.
field-number-wrong = Enter a number, as in 42 or 1.5.
field-date-wrong = Enter a date, as in 2026-12-31.
