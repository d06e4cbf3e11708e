//! Refusals of the authorization endpoint: first pages, then answers to the client (RFC 6749 §4.1.2.1).

use serde_json::json;

use crate::support::browser::{Browser, param};
use crate::support::{CALLBACK, ISSUER, Op, authorize};

#[actix_web::test]
async fn nothing_redirects_before_client_and_redirect_uri_are_known_good() {
    let op = Op::start().await;
    let two = op.client(json!({ "redirect_uris": [CALLBACK, "https://rp.test/cb?tenant=1"] })).await;
    let cases = [
        ("unknown client", "client_id", "nobody"),
        ("no client", "client_id", ""),
        ("no redirect_uri", "redirect_uri", ""),
        ("path appended", "redirect_uri", "https://rp.test/cb/x"),
        ("query added", "redirect_uri", "https://rp.test/cb?x=1"),
        ("query changed", "redirect_uri", "https://rp.test/cb?tenant=2"),
        ("other host", "redirect_uri", "https://evil.test/cb"),
        ("other case", "redirect_uri", "https://rp.test/CB"),
        ("fragment", "redirect_uri", "https://rp.test/cb#x"),
        ("with an unsupported object", "redirect_uri", "https://evil.test/cb?request=x"),
    ];
    for (name, param, value) in cases {
        let answer = op.get(&authorize(&two, &[(param, value), ("request", "e30")])).await;
        assert_eq!(answer.status, 400, "{name}");
        assert!(answer.body.contains("id=\"error-page\"") && answer.header("location").is_empty(), "{name}");
    }
    let disabled = op.client(json!({})).await;
    op.switch(&disabled, false).await;
    assert_eq!(op.get(&authorize(&disabled, &[])).await.status, 400, "disabled");
    let query = Browser::new(&op).open(&authorize(&two, &[("redirect_uri", "https://rp.test/cb?tenant=1")])).await;
    assert_eq!(query.page().1.status, 200, "a registered query works as it is");
}

#[actix_web::test]
async fn refusals_reach_the_client_with_state_and_iss() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let cases = [
        ("no response_type", ("response_type", ""), "invalid_request"),
        ("token", ("response_type", "token"), "unsupported_response_type"),
        ("code id_token", ("response_type", "code id_token"), "unsupported_response_type"),
        ("request object", ("request", "eyJhbGciOiJub25lIn0.e30."), "request_not_supported"),
        ("request_uri", ("request_uri", "https://rp.test/r"), "request_uri_not_supported"),
        ("registration", ("registration", "{}"), "registration_not_supported"),
        ("fragment mode", ("response_mode", "fragment"), "invalid_request"),
        ("no PKCE", ("code_challenge", ""), "invalid_request"),
        ("plain PKCE", ("code_challenge_method", "plain"), "invalid_request"),
        ("no PKCE method", ("code_challenge_method", ""), "invalid_request"),
        ("prompts at odds", ("prompt", "none login"), "invalid_request"),
        ("unknown prompt", ("prompt", "now"), "invalid_request"),
        ("bad max_age", ("max_age", "soon"), "invalid_request"),
        ("bad claims", ("claims", "[]"), "invalid_request"),
        ("no scope", ("scope", ""), "invalid_scope"),
        ("foreign scope", ("scope", "openid admin"), "invalid_scope"),
        ("bad scope", ("scope", "open\"id"), "invalid_scope"),
    ];
    for (name, change, code) in cases {
        let url = Browser::new(&op).open(&authorize(&client, &[change])).await.away();
        assert!(url.as_str().starts_with(CALLBACK), "{name}");
        assert_eq!(param(&url, "error").as_deref(), Some(code), "{name}");
        assert_eq!(param(&url, "state").as_deref(), Some("the state"), "{name}");
        assert_eq!(param(&url, "iss").as_deref(), Some(ISSUER), "{name}");
        let text = param(&url, "error_description").unwrap();
        assert!(text.chars().all(|c| matches!(c, ' '..='!' | '#'..='[' | ']'..='~')), "{name}: {text}");
    }
    let url = Browser::new(&op).open(&authorize(&client, &[("state", ""), ("prompt", "none")])).await.away();
    assert_eq!(param(&url, "state"), None, "what was not sent does not come back");
}

#[actix_web::test]
async fn a_client_without_the_code_grant_is_told_so() {
    let op = Op::start().await;
    let program = op.program(json!({})).await;
    // it has no redirect URI, so nobody can be sent anywhere
    assert_eq!(op.get(&authorize(&program, &[])).await.status, 400);
}

#[actix_web::test]
async fn a_confidential_client_may_be_let_off_pkce() {
    let op = Op::start().await;
    let client = op.client(json!({ "require_pkce": false })).await;
    let without = [("code_challenge", ""), ("code_challenge_method", "")];
    assert_eq!(Browser::new(&op).open(&authorize(&client, &without)).await.page().1.status, 200);
    let public = op.client(json!({ "require_pkce": false, "token_endpoint_auth_method": "none" })).await;
    let url = Browser::new(&op).open(&authorize(&public, &without)).await.away();
    assert_eq!(param(&url, "error").as_deref(), Some("invalid_request"), "public clients never");
}

#[actix_web::test]
async fn long_values_come_back_unaltered() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let state = "s+/&=ä ".repeat(200);
    let url = Browser::new(&op).walk(&authorize(&client, &[("state", &state)]), "ada").await;
    assert_eq!(param(&url, "state"), Some(state));
    let over = "s".repeat(2049);
    assert_eq!(op.get(&authorize(&client, &[("state", &over)])).await.status, 400);
}

#[actix_web::test]
async fn a_native_app_chooses_its_port() {
    let op = Op::start().await;
    op.user("ada").await;
    let web = op.client(json!({ "redirect_uris": ["http://127.0.0.1/cb"] })).await;
    let path = authorize(&web, &[("redirect_uri", "http://127.0.0.1:51004/cb")]);
    assert_eq!(op.get(&path).await.status, 400, "a web app knows its port");
    let change = json!({ "redirect_uris": ["http://127.0.0.1/cb"], "token_endpoint_auth_method": "none" });
    let client = op.client(change).await;
    let path = authorize(&client, &[("redirect_uri", "http://127.0.0.1:51004/cb")]);
    let url = Browser::new(&op).walk(&path, "ada").await;
    assert!(url.as_str().starts_with("http://127.0.0.1:51004/cb?code="), "{url}");
}

#[actix_web::test]
async fn a_post_that_is_too_long_for_an_address_is_answered_as_it_is() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let claims = format!(r#"{{"userinfo": {{"{}": null}}}}"#, "x".repeat(7500));
    let path = authorize(&client, &[]);
    let mut form: Vec<(String, String)> = serde_urlencoded::from_str(path.split_once('?').unwrap().1).unwrap();
    form.push(("claims".to_owned(), claims));
    let answer = op.post("/oauth2/authorize", &crate::support::browser::pairs(&form)).await;
    assert_eq!(answer.status, 303);
    assert!(answer.header("location").starts_with("/login?request="), "{}", answer.header("location"));
}
