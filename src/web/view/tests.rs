use super::*;

static BRAND: config::Branding =
    config::Branding { name: String::new(), accent: String::new(), logo: String::new(), footer: String::new() };
const FRAME: Frame<'_> = Frame { name: "Signet", brand: &BRAND, nonce: "n0nce", locale: Locale::En, theme: None };
const TEXT: Text = Text::new("…");
const APP: ClientInfo<'_> = ClientInfo {
    name: "<b>élan</b>",
    logo_uri: Some("https://app.test/logo.png"),
    policy_uri: Some("https://app.test/policy"),
    tos_uri: Some("https://app.test/tos"),
    client_uri: Some("https://app.test/"),
};

fn mistakes() -> [Mistake; 2] {
    [("", "Wrong <name>"), ("username", "Too short")].map(|(field, text)| Mistake::new(field, text))
}

fn login(mistakes: &[Mistake]) -> Login<'_> {
    let (request, client) = (Some("r3quest"), Some(APP));
    Login {
        frame: FRAME,
        csrf: "c5rf",
        request,
        client,
        username: "ann",
        to: None,
        reauth: true,
        keep: false,
        can: Can { sign_up: true, passkey: true, recover: true },
        codes: &[],
        mistakes,
    }
}

fn consent(scopes: &[ScopeLine]) -> Consent<'_> {
    let (csrf, request, person, account) = ("c5rf", "r3quest", "Ann", "ann");
    Consent { frame: FRAME, csrf, request, session: "s", client: APP, person, account, scopes, returns_to: "app.test" }
}

fn scope(scope: &str, is_new: bool) -> ScopeLine {
    ScopeLine { scope: scope.to_owned(), title: None, hint: Text::new("…"), is_new }
}

fn failure(links: &[Link]) -> Failure<'_> {
    let (code, description, reference) = ("invalid_request", "No.", "r3f");
    Failure { frame: FRAME, title: TEXT, help: TEXT, code, description, reference, links }
}

fn setup(mistakes: &[Mistake]) -> Setup<'_> {
    Setup {
        rules: Rules { min_length: 8, classes: 0 },
        frame: FRAME,
        csrf: "c5rf",
        token: "t0ken",
        email: "a@b",
        username: "ann",
        name: "Ann",
        mistakes,
    }
}

fn home<'a>(roles: &'a [String], apps: &'a [String]) -> Home<'a> {
    let since = When { text: "today".to_owned(), exact: "2030-01-01T00:00:00Z".to_owned(), zone: None };
    let device = Agent { words: TEXT, agent: String::new() };
    let (csrf, person, account) = ("c5rf", "Ann", "ann");
    Home { frame: FRAME, csrf, person, account, roles, since, device, address: "::1", apps, console: None }
}

/// Tests in a browser, password managers and scripts find their way by these.
#[test]
fn the_fixed_ids_stand_on_their_pages() {
    let names = ["one".to_owned()];
    let pages = [
        (
            login(&mistakes()).render(),
            "login-form username password keep login-submit passkey-submit reauth-notice \
             client-info client-logo client-policy client-tos error-summary username-mistake",
        ),
        (
            consent(&[scope("email", true)]).render(),
            "consent-form consent-allow consent-deny client-info client-logo client-policy client-tos",
        ),
        (failure(&[]).render(), "error-page error-code error-description error-reference"),
        (setup(&[]).render(), "setup-form email username name password setup-submit"),
        (home(&names, &names).render(), "logout-form logout-confirm roles apps"),
        (SignedOut { frame: FRAME }.render(), "logged-out"),
        (FormPost { frame: FRAME, returns_to: "A", uri: "https://app.test/cb", fields: &[] }.render(), "continue"),
    ];
    for (page, ids) in pages {
        let page = page.unwrap();
        for id in ids.split_whitespace() {
            assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "#{id} in {page}");
        }
    }
}

#[test]
fn what_others_wrote_is_escaped() {
    let page = login(&mistakes()).render().unwrap();
    assert!(!page.contains("<b>") && page.contains("&#60;b&#62;élan") && page.contains("Wrong &#60;name&#62;"));
    let fields = [("state", "\"><script>".to_owned())];
    let page = FormPost { frame: FRAME, returns_to: "A", uri: "https://app.test/cb?a=1&b=2", fields: &fields };
    let page = page.render().unwrap();
    assert!(
        page.contains("value=\"&#34;&#62;&#60;script&#62;\"")
            && page.contains("action=\"https://app.test/cb?a=1&#38;b=2\"")
    );
}

#[test]
fn an_app_shows_only_web_addresses() {
    let mut page = login(&[]);
    page.client = Some(ClientInfo {
        name: "…",
        logo_uri: Some("javascript:1"),
        policy_uri: Some("javascript:2"),
        tos_uri: Some("data:text/html,3"),
        client_uri: None,
    });
    let page = page.render().unwrap();
    assert!(!page.contains("javascript:") && !page.contains("data:text") && page.contains(">?"));
    let logo_uri = Some("data:image/png;base64,AA==");
    assert_eq!(ClientInfo { logo_uri, ..APP }.logo(), logo_uri);
    assert_eq!(APP.letter(), "B");
}

#[test]
fn new_scopes_stand_out_only_beside_old_ones() {
    let page = |scopes: &[ScopeLine]| consent(scopes).render().unwrap();
    assert!(!page(&[scope("email", true), scope("phone", true)]).contains(">New<"));
    let mixed = page(&[scope("email", true), scope("phone", false)]);
    assert_eq!(mixed.matches(">New<").count(), 1);
    assert!(mixed.contains("data-scope=\"email\"") && mixed.contains("data-scope=\"phone\""));
}
