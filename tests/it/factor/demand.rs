//! Second factors that an app or a role demands, and the page that offers the first.

use serde_json::json;
use signet::flow::user::New;

use super::second::claims;
use super::{Phone, sign_in, text, trust, with_app};
use crate::join::fill;
use crate::support::browser::{Browser, Stop, param};
use crate::support::people;
use crate::support::{Answer, Op, PASSWORD, authorize};

async fn administrator(op: &Op) {
    let new = New {
        email: "root@example.com".to_owned(),
        username: "root".to_owned(),
        name: None,
        password: Some(PASSWORD.to_owned()),
        verified: true,
        roles: vec!["admin".to_owned()],
    };
    people::create(op.app.cx(), new).await.unwrap();
}

/// Sets an app up on the way, and goes on where the page of backup codes leads.
async fn set_up(op: &Op, browser: &mut Browser<'_>, start: &Answer) -> Stop {
    let (_, page) = fill(browser, "/account/security/totp", start, &[]).await.page();
    let phone = Phone::new(&text(&page, "totp-secret"));
    let fields = [("code", phone.code(op.app.clock.now())), ("name", "Phone".to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let (_, codes) = fill(browser, "/account/security/totp", &page, &fields).await.page();
    let link = codes.body.split("id=\"codes-kept\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    browser.open(&link.replace("&#38;", "&")).await
}

#[actix_web::test]
async fn an_administrator_without_a_factor_sets_one_up_on_the_way_to_the_app() {
    let op = Op::start().await;
    administrator(&op).await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let (_, login) = browser.open(&authorize(&client, &[])).await.page();
    let (path, start) = browser.sign_in(&login, "root", PASSWORD).await.page();
    assert!(path.starts_with("/account/security/start?to="), "{path}");
    assert!(!start.body.contains("id=\"start-later\""), "it cannot be put off: {}", start.body);
    let silent = browser.open(&authorize(&client, &[("prompt", "none")])).await.away();
    assert_eq!(param(&silent, "error").as_deref(), Some("interaction_required"));
    let (path, _) = browser.open(&authorize(&client, &[])).await.page();
    assert!(path.starts_with("/account/security/start"), "however often it is tried: {path}");
    let back = set_up(&op, &mut browser, &start).await.away();
    let claims = claims(&op, &client, &param(&back, "code").unwrap()).await;
    assert_eq!((&claims["acr"], &claims["amr"]), (&json!("urn:signet:acr:mfa"), &json!(["pwd", "otp", "mfa"])));
}

#[actix_web::test]
async fn an_app_can_demand_a_factor_of_everybody() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    op.user("bob").await;
    let client = op.client(json!({ "first_party": true, "require_factor": true })).await;
    let mut ada = Browser::new(&op);
    let (_, page) = sign_in(&mut ada, "ada").await.page();
    trust(&op, &mut ada, &page, &phone).await;
    ada.forget("signet_session");
    let (_, login) = ada.open(&authorize(&client, &[])).await.page();
    let (path, _) = ada.sign_in(&login, "ada", PASSWORD).await.page();
    assert!(path.starts_with("/mfa"), "a trusted browser is not enough: {path}");

    let mut bob = Browser::new(&op);
    let (_, login) = bob.open(&authorize(&client, &[])).await.page();
    let (path, start) = bob.sign_in(&login, "bob", PASSWORD).await.page();
    assert!(path.starts_with("/account/security/start"), "{path}");
    assert!(param(&set_up(&op, &mut bob, &start).await.away(), "code").is_some());
    let other = op.client(json!({ "first_party": true })).await;
    assert!(param(&bob.open(&authorize(&other, &[])).await.away(), "code").is_some());
}

/// Whoever steals a password and a trusted browser chooses the request as well.
#[actix_web::test]
async fn no_wish_of_the_request_lowers_what_is_demanded() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let client = op.client(json!({ "first_party": true, "require_factor": true })).await;
    let mut ada = Browser::new(&op);
    let (_, page) = sign_in(&mut ada, "ada").await.page();
    let fields = [("code", phone.code(op.app.clock.now())), ("trust", "yes".to_owned())];
    fill(&mut ada, "/mfa", &page, &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await.page();
    ada.forget("signet_session");
    assert_eq!(sign_in(&mut ada, "ada").await.page().0, "/", "trusted: one factor");
    for wish in ["1fa", "mfa", "phr", "unknown"].map(|level| format!("urn:signet:acr:{level}")) {
        let (path, _) = ada.open(&authorize(&client, &[("acr_values", &wish)])).await.page();
        assert!(path.starts_with("/mfa"), "{wish}: {path}");
        let silent = authorize(&client, &[("acr_values", &wish), ("prompt", "none")]);
        let silent = ada.open(&silent).await.away();
        assert_eq!(param(&silent, "error").as_deref(), Some("interaction_required"), "{wish}");
    }
}

#[actix_web::test]
async fn it_is_the_app_that_demands_and_not_the_way_to_it() {
    let op = Op::start().await;
    op.user("ada").await;
    let easy = op.client(json!({ "client_name": "Easy" })).await;
    let strict = op.client(json!({ "client_name": "Strict", "require_factor": true })).await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await.page();
    let (path, _) = browser.open(&authorize(&easy, &[])).await.page();
    let request = path.strip_prefix("/consent?request=").unwrap().to_owned();
    let start = |request: &str| format!("/account/security/start?to=/consent?request%3D{request}");
    let (_, page) = browser.open(&start(&request)).await.page();
    assert!(page.body.contains("id=\"start-later\""), "{}", page.body);
    let (path, page) = browser.open(&authorize(&strict, &[])).await.page();
    assert!(path.starts_with("/account/security/start?to="), "{path}");
    assert!(!page.body.contains("id=\"start-later\""), "{}", page.body);
    let (_, page) = browser.open(&start("unknown")).await.page();
    assert!(page.body.contains("id=\"start-later\""), "nothing waits there: {}", page.body);
}

#[actix_web::test]
async fn the_first_factor_is_offered_once_and_never_on_the_way_to_an_app() {
    let op = Op::with(|config| config.factor.offer = true).await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let (_, login) = browser.open(&authorize(&client, &[])).await.page();
    assert!(param(&browser.sign_in(&login, "ada", PASSWORD).await.away(), "code").is_some(), "without a detour");

    let (path, page) = sign_in(&mut Browser::new(&op), "ada").await.page();
    assert_eq!(path, "/account/security/start");
    assert!(page.body.contains("id=\"start-later\"") && page.body.contains("id=\"email-on\""), "{}", page.body);
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    assert_eq!(fill(&mut browser, "/account/security/start", &page, &[]).await.page().0, "/");
    assert_eq!(sign_in(&mut Browser::new(&op), "ada").await.page().0, "/", "it was not wanted");

    op.user("bob").await;
    let mut browser = Browser::new(&op);
    let (_, start) = sign_in(&mut browser, "bob").await.page();
    assert_eq!(set_up(&op, &mut browser, &start).await.page().0, "/account/security");
}
