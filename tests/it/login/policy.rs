//! `prompt`, `max_age` and hints (OIDC Core §3.1.2.1), by way of the pages.

use std::time::Duration;

use serde_json::{Value, json};
use signet::flow::admin::client::Registered;

use crate::support::browser::{Browser, param};
use crate::support::{Op, authorize, redeem};

async fn id_token(op: &Op, client: &Registered, code: &str) -> (String, Value) {
    let answer = op.token(client, &redeem(code)).await.json();
    let token = answer["id_token"].as_str().unwrap().to_owned();
    let payload = signet::base::random::from_base64url(token.split('.').nth(1).unwrap()).unwrap();
    (token, serde_json::from_slice(&payload).unwrap())
}

fn error(url: &url::Url) -> String {
    param(url, "error").unwrap_or_else(|| panic!("no error in {url}"))
}

#[actix_web::test]
async fn prompt_none_is_silent_or_an_error() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let silent = authorize(&client, &[("prompt", "none")]);
    let mut browser = Browser::new(&op);
    assert_eq!(error(&browser.open(&silent).await.away()), "login_required");

    let (_, page) = browser.open(&authorize(&client, &[])).await.page();
    browser.sign_in(&page, "ada", crate::support::PASSWORD).await.page();
    assert_eq!(error(&browser.open(&silent).await.away()), "consent_required");

    let code = browser.code(&authorize(&client, &[]), "ada").await;
    let (_, first) = id_token(&op, &client, &code).await;
    op.wait(Duration::from_secs(90));
    let (_, again) = id_token(&op, &client, &browser.open(&silent).await.param("code")).await;
    assert_eq!((&again["sub"], &again["auth_time"]), (&first["sub"], &first["auth_time"]));
    assert!(again["iat"].as_i64() > first["iat"].as_i64());
}

#[actix_web::test]
async fn prompt_login_and_max_age_ask_again() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    let (_, first) = id_token(&op, &client, &browser.code(&authorize(&client, &[]), "ada").await).await;
    op.wait(Duration::from_secs(2));
    for change in [[("prompt", "login")], [("max_age", "1")], [("prompt", "select_account")]] {
        let (path, page) = browser.open(&authorize(&client, &change)).await.page();
        assert!(path.starts_with("/login"), "{change:?} {path}");
        assert!(page.body.contains("id=\"reauth-notice\""), "{change:?}");
        let code = browser.sign_in(&page, "ada", crate::support::PASSWORD).await.param("code");
        let (_, again) = id_token(&op, &client, &code).await;
        assert!(again["auth_time"].as_i64() > first["auth_time"].as_i64(), "{change:?}");
        op.wait(Duration::from_secs(2));
    }
    let url = browser.open(&authorize(&client, &[("max_age", "10000")])).await.away();
    assert!(param(&url, "code").is_some(), "young enough");
}

#[actix_web::test]
async fn an_id_token_hint_names_who_must_be_signed_in() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("eve").await;
    let client = op.client(json!({})).await;
    let (mut ada, mut eve) = (Browser::new(&op), Browser::new(&op));
    let code = ada.code(&authorize(&client, &[]), "ada").await;
    let (hint, _) = id_token(&op, &client, &code).await;
    eve.walk(&authorize(&client, &[]), "eve").await;
    // a hint may have expired
    op.wait(Duration::from_hours(1));
    let silent = [("prompt", "none"), ("id_token_hint", hint.as_str())];
    assert!(param(&ada.open(&authorize(&client, &silent)).await.away(), "code").is_some());
    assert_eq!(error(&eve.open(&authorize(&client, &silent)).await.away()), "login_required");
    let forged = [("id_token_hint", "eyJhbGciOiJub25lIn0.e30.")];
    assert_eq!(error(&eve.open(&authorize(&client, &forged)).await.away()), "invalid_request");
}

#[actix_web::test]
async fn hints_never_cause_an_error() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let hints = [
        ("login_hint", "ada@example.com"),
        ("ui_locales", "se"),
        ("claims_locales", "se"),
        ("display", "popup"),
        ("acr_values", "1 2"),
        ("unknown", "x"),
    ];
    let (path, page) = Browser::new(&op).open(&authorize(&client, &hints)).await.page();
    assert!(path.starts_with("/login") && page.status == 200);
    assert!(page.body.contains("value=\"ada@example.com\""), "the hint is filled in");
}

#[actix_web::test]
async fn sessions_end_by_idleness_and_by_age() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let silent = authorize(&client, &[("prompt", "none")]);
    let mut browser = Browser::new(&op);
    browser.walk(&authorize(&client, &[]), "ada").await;
    let mut passed = 0;
    while passed < 30 * 24 {
        assert!(param(&browser.open(&silent).await.away(), "code").is_some(), "after {passed} h");
        op.wait(Duration::from_hours(12));
        passed += 12;
    }
    assert_eq!(error(&browser.open(&silent).await.away()), "login_required", "thirty days");

    browser.walk(&authorize(&client, &[]), "ada").await;
    op.wait(Duration::from_hours(12) + Duration::from_secs(1));
    assert_eq!(error(&browser.open(&silent).await.away()), "login_required", "idle");
}

#[actix_web::test]
async fn the_claims_parameter_reaches_userinfo_and_id_token() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let claims = r#"{"userinfo": {"name": {"essential": true}}, "id_token": {"email": null}}"#;
    let path = authorize(&client, &[("scope", "openid"), ("claims", claims)]);
    let code = Browser::new(&op).code(&path, "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    let payload = tokens["id_token"].as_str().unwrap().split('.').nth(1).unwrap().to_owned();
    let id_token: Value = serde_json::from_slice(&signet::base::random::from_base64url(&payload).unwrap()).unwrap();
    assert_eq!((&id_token["email"], &id_token["name"]), (&json!("ada@example.com"), &Value::Null));
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let request = actix_web::test::TestRequest::get().uri("/oauth2/userinfo");
    let info = op.call(request.insert_header(("authorization", bearer))).await.json();
    assert_eq!((&info["name"], &info["email"]), (&json!("ada Example"), &Value::Null));
}
