# Apps in the console of administrators: registered, changed, tested.

admin-apps = Apps
app-new = Register an app
app-open = Go to the app
app-search = Find an app
app-search-hint = Type how its name begins.
app-none = No app is registered yet. Register the first one, and people can sign in to it.
app-none-found = No app fits what you are looking for.
app-id = Client ID
app-registered = Registered
app-updated = Last changed
app-audit = All that was done to this app

app-state = Access to this server
app-state-any = All but deleted ones
app-state-enabled = enabled
app-state-disabled = disabled
app-state-deleted = deleted
app-state-enabled-help = The app is served. If you disable it, nobody can sign in to it and its tokens count no more, until you enable it again.
app-state-disabled-help = The app is shut out: nobody can sign in to it, and its tokens do not count. Once you enable it, they count again.
app-state-deleted-help = The app is unknown to every request. If you restore it, it comes back as it was, with all that people have allowed it.
app-step-disable = Disable
app-step-enable = Enable
app-step-delete = Delete
app-step-restore = Restore
app-member-enabled = Enabled
app-member-deleted = Deleted
app-response-types = Response types

## What kind of app it is

app-kinds-lead = What kind of app is it? You are then asked only for what this kind needs.
app-kind-other = Choose another kind
app-kind-web = Web app
app-kind-web-hint = It runs on a server of yours, which can keep a secret.
app-kind-page = Single-page app
app-kind-page-hint = It runs in the browser only, as JavaScript. It has no secret: PKCE takes its place.
app-kind-native = Native app
app-kind-native-hint = It runs on a phone or a computer. It has no secret: PKCE takes its place.
app-kind-service = Service
app-kind-service-hint = A program that acts for itself, without people who sign in.
app-new-rest = Everything else has a sensible value, and can be changed later on the page of the app.
app-make = Register the app

## What it is given

app-made = The app is registered
app-made-once = Copy the secret now: it is shown this once. Only a hash of it is kept.
app-made-public = This kind of app has no secret. All it needs is its client ID.
app-made-next = Most libraries ask for nothing but the client ID, the secret where there is one, and the address of the discovery document.
app-made-next-service = The program asks for its tokens with grant_type=client_credentials.
app-discovery = Discovery document
app-secret = Client secret
app-old-secret = Former secret
app-secret-made = The app has a new secret
app-secrets = Secrets
app-secrets-help = When you make a new secret, the one before it stays good for 24 hours, so that the app can be changed without a gap.
app-secrets-none = No secret counts. The app cannot prove who it is until you make a new one.
app-secret-since = In use since
app-secret-current = the current one
app-secret-new = Make a new secret
app-secret-end = End the former secret now

## What people have allowed it

app-access = Access of people
app-consents = People who have allowed it something
app-grants = Sign-ins whose tokens still count
app-withdraw = Withdraw all access
app-withdraw-help = All tokens that the app holds for people end, and everybody is asked again. This cannot be undone. You see first how much it is.

## Self-test

app-test = Self-test
app-test-help = Signet plays this app against itself: settings, signatures, redirect URIs, and a whole sign-in with a person that is made for it. Nothing of it is left.
app-test-run = Run the self-test
app-test-good = All is well
app-test-bad =
    { $count ->
        [one] One test failed
       *[other] { $count } tests failed
    }
app-test-passed = passed
app-test-failed = failed
app-test-skipped = not tried
app-test-count-passed = Passed: { $count }
app-test-count-failed = Failed: { $count }
app-test-count-skipped = Not tried: { $count }
app-test-skipped-help = What was not tried does not apply to this app, or only the app itself can show it.
app-test-name = Test
app-test-clause = Where it is written

## Its refusals

app-refusals = Latest refusals
app-refusals-none = Nothing was refused to this app lately.
app-refusals-all = All refusals of this app

## Its settings

app-settings = Settings
app-settings-deleted = Restore the app to change its settings.
app-edit = Change this app?
app-changed = Somebody else has changed this app while you were at it. Nothing of yours is saved yet, and nothing is lost.
app-changed-title = What has changed meanwhile
app-changed-help = Below, everything that you have not touched is as it is now, and what you have typed yourself is still there. Look it over and go on.
app-changed-yours = As you had it
app-changed-now = As it is now
app-group-face = What people see
app-group-sign-in = Signing in
app-group-proof = How the app proves who it is
app-group-tokens = Tokens
app-client-name = Name
app-client-name-help = People see it when they sign in and when they are asked for their consent.
app-client-name-service = So that you find it again, in this list and in the audit.
app-logo-uri = Logo
app-logo-uri-help = The https address of a picture that stands beside the name.
app-client-uri = Home page
app-client-uri-help = Where the name of the app leads to.
app-policy-uri = Privacy policy
app-policy-uri-help = People can read it before they sign in.
app-tos-uri = Terms of service
app-tos-uri-help = People can read them before they sign in.
app-contacts = Contacts
app-contacts-help = E-mail addresses of those who look after the app, one in each line. Only administrators see them.
app-redirect-uris = Redirect URIs
app-redirect-uris-help = Where people are sent back to after signing in, one in each line, letter by letter: https, or http on your own machine.
app-redirect-uris-native = Where people are sent back to after signing in, one in each line: a scheme of the app as in com.example.app:/callback, or http://127.0.0.1/callback with whichever port.
app-logout-uris = Redirect URIs after signing out
app-logout-uris-help = Where people may be sent back to after signing out, one in each line.
app-login-uri = Start of a sign-in
app-login-uri-help = The https address where the app begins a sign-in that was started elsewhere.
app-grant-types = Grants
app-grant-types-help = In which ways the app may get tokens.
app-grant-code = People sign in to it (authorization code)
app-grant-refresh = It renews its tokens by itself (refresh token)
app-grant-program = It acts for itself, without a person (client credentials)
app-scope = Scopes
app-scope-help = What the app may ask people for. They are told in these words, and can say no.
app-scope-service = What the program may ask for.
app-scope-others = Further scopes
app-scope-others-help = Those of your own APIs, separated by spaces; also rights of Signet itself, as in signet:users.read.
app-first-party = An app of our own
app-first-party-help = People are not asked for their consent, except for rights of Signet itself.
app-require-factor = A second factor is needed
app-require-factor-help = Nobody signs in to this app with one factor alone.
app-max-age = Longest time since the sign-in
app-max-age-help = In seconds. Whoever signed in longer ago has to do it again. Empty: it does not matter.
app-auth-method = How the app authenticates
app-auth-method-help = What it shows when it fetches its tokens.
app-auth-none = It has no secret; PKCE is enough (none)
app-auth-basic = With its secret in the header (client_secret_basic)
app-auth-post = With its secret in the form (client_secret_post)
app-application-type = Where it runs
app-application-type-help = A native app may use any port of its own machine.
app-type-web = On the web
app-type-native = On a person’s own device
app-require-pkce = PKCE is required
app-require-pkce-help = Turn it off only for an app that cannot do it. Apps without a secret always need it.
app-token-format = Access tokens
app-token-format-help = APIs check signed ones by themselves; for the others they ask Signet, and see at once when one was withdrawn.
app-format-jwt = Signed, for APIs to check (JWT)
app-format-opaque = A reference that only Signet can read
app-token-alg = Signature of access tokens
app-token-alg-help = It counts for signed ones only.
app-id-token-alg = Signature of ID tokens
app-id-token-alg-help = RS256 is what every library knows.
app-userinfo-alg = Signature of userinfo
app-userinfo-alg-help = Most apps want plain JSON.
app-userinfo-plain = None: plain JSON

## What is wrong with a setting

app-name-wrong = Give it a name of 1 to 128 bytes.
app-number-wrong = Enter a whole number of seconds, or nothing.
app-address-wrong = Enter an address that begins with https://, or http:// on your own machine, of at most 2048 bytes.
app-redirect-wrong = “{ $uri }” cannot be used. An address has to begin with https://, with http:// on your own machine, or with a scheme of the app as in com.example.app:/, and has no #, no * and no spaces.
app-redirect-twice = “{ $uri }” stands there twice.
app-redirect-many = These are more than { $most } addresses.
app-redirect-needed = Enter at least one: without it nobody can be sent back to the app.
app-redirect-unused = Without the grant by which people sign in there is nobody to be sent back. Take the addresses away, or tick that grant.
app-grants-none = Tick at least one.
app-grants-refresh = Tokens can only be renewed where people sign in. Tick that grant, too.
app-grants-public = Whoever acts for itself has to prove who it is: that needs a secret.
app-scope-wrong = At most 50 scopes, without quotation marks, backslashes or umlauts; what begins with signet: has to be one of Signet’s own rights.
app-scope-beyond = You cannot give “{ $scope }” to an app, because you do not hold that right yourself.

## Refusals

admin-refusals = Refusals
refusals-lead = Each refusal has a reference, which stands on the error page and in the answer to the app. It tells why.
refusals-none = Nothing was refused lately.
refusals-none-found = No refusal fits what you are looking for.
refusal-title = Why was it refused?
refusal-reference = Reference
refusal-reference-hint = As in K7QM-2F9X
refusal-unknown = There is no refusal with this reference. They are kept for some days only.
refusal-day-wrong = Enter a day, as in 2026-08-01.
refusal-explain = Explain
refusal-any = All
refusal-what = Failed check
refusal-endpoint = Request
refusal-code = Error code
refusal-checks = The checks, in their order
refusal-checks-help = The first one that fails ends the request.
refusal-expected = Expected
refusal-received = Received
refusal-setting = Decided by
refusal-change = Change it by:
refusal-back = All refusals

## Dry run

trial-open = Dry run
trial-title = What would happen?
trial-lead = Tries a sign-in without making it: the same checks as in earnest, the pages that the person would see, and what the tokens would say. Nothing is issued and nobody notices.
trial-app-help = It stands on the page of the app.
trial-app-unknown = There is no app with this client ID.
trial-person-help = User name, e-mail address or ID. Empty: it ends where somebody has to sign in.
trial-person-unknown = Nobody is called so.
trial-session = Signed in already?
trial-session-help = Where the person stands when the app asks.
trial-session-none = No
trial-session-now = Yes, just now, by password
trial-session-hour = Yes, an hour ago, by password
trial-session-sure = Yes, just now, with two factors
trial-scope = Scopes
trial-scope-help = Separated by spaces. Empty: all that the app may have.
trial-prompt = Prompt
trial-prompt-help = What the app wants the person to see.
trial-address = Address of the person
trial-address-help = An IP address, to see whether anything holds it up.
trial-address-wrong = Enter an IP address, as in 198.51.100.7.
trial-more = More parameters
trial-redirect = Redirect URI
trial-redirect-help = Empty: the first one of the app.
trial-max-age = max_age
trial-max-age-help = At most so many seconds since the sign-in.
trial-acr = acr_values
trial-acr-help = How sure the sign-in has to be, as in urn:signet:acr:mfa.
trial-submit = Try it
trial-refused = It would be refused
trial-issued = The person would get in
trial-login = The person would have to sign in
trial-pages = The person would see, in this order:
trial-pages-none = The person would see no page at all.
trial-page-login = the sign-in page
trial-page-factor = the question for a second factor
trial-page-set-up = the set-up of a second factor
trial-page-consent = the question for consent
trial-checks-help = What was not tried only a real request can tell.
trial-claims = What the tokens would say
trial-claims-help = An ellipsis stands where a real token has something random.
trial-lasting = A refresh token would come along.
trial-not-lasting = No refresh token would come along.
trial-access-token = Access token
trial-id-token = ID token
trial-userinfo = Userinfo
trial-origin-free = Nothing holds this address up.
trial-origin-exempt = The limits leave this address alone.
trial-origin-refused = Nobody may sign in from this address just now:
