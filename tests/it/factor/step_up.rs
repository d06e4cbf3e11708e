//! An app asks to be surer (`acr_values`, RFC 9470).

use std::time::Duration;

use serde_json::json;

use super::second::{claims, prove};
use super::{sign_in, trust, with_app};
use crate::join::fill;
use crate::support::browser::{Browser, param};
use crate::support::{Op, PASSWORD, authorize};

const MFA: (&str, &str) = ("acr_values", "urn:signet:acr:phr-unknown urn:signet:acr:mfa");

#[actix_web::test]
async fn a_session_of_one_factor_is_raised_and_stays_as_old_as_it_is() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    trust(&op, &mut browser, &page, &phone).await;
    browser.forget("signet_session");
    op.wait(Duration::from_mins(1));
    assert_eq!(sign_in(&mut browser, "ada").await.page().0, "/", "trusted: one factor");
    let signed_in = op.app.clock.now();
    let before = browser.cookie("signet_session").unwrap().to_owned();

    let plain = browser.open(&authorize(&client, &[])).await.param("code");
    assert_eq!(claims(&op, &client, &plain).await["acr"], "urn:signet:acr:1fa");
    let silent = browser.open(&authorize(&client, &[MFA, ("prompt", "none")])).await.away();
    assert_eq!(param(&silent, "error").as_deref(), Some("interaction_required"));

    op.wait(Duration::from_mins(10));
    let (path, page) = browser.open(&authorize(&client, &[MFA])).await.page();
    assert!(path.starts_with("/mfa?challenge="), "{path}");
    let code = prove(&mut browser, &page, &phone.code(op.app.clock.now())).await.param("code");
    let claims = claims(&op, &client, &code).await;
    assert_eq!((&claims["acr"], &claims["amr"]), (&json!("urn:signet:acr:mfa"), &json!(["pwd", "otp", "mfa"])));
    assert_eq!(claims["auth_time"], signed_in.0, "a further factor is no new sign-in");
    assert_ne!(browser.cookie("signet_session").unwrap(), before, "a new value at every change of privilege");
    assert!(browser.open(&authorize(&client, &[MFA])).await.param("code").len() > 20, "asked once");
    let again = browser.open(&authorize(&client, &[("prompt", "login")])).await.page().0;
    assert!(again.starts_with("/login"), "{again}");
}

/// What cannot be had is not asked for; the ID token tells the truth.
#[actix_web::test]
async fn who_has_no_factor_is_let_through_as_he_is() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let code = browser.code(&authorize(&client, &[MFA]), "ada").await;
    assert_eq!(claims(&op, &client, &code).await["acr"], "urn:signet:acr:1fa");
}

/// OIDC Core §5.5.1.1: what is essential is given, or nobody is signed in.
#[actix_web::test]
async fn an_essential_acr_is_given_or_the_request_ends() {
    let op = Op::start().await;
    op.user("bob").await;
    let (phone, _) = with_app(&op, "ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let essential = |values: &str| {
        let claims = format!(r#"{{"id_token": {{"acr": {{"essential": true, "values": [{values}]}}}}}}"#);
        authorize(&client, &[("claims", &claims)])
    };
    let wanted = essential(r#""urn:signet:acr:mfa""#);
    let mut browser = Browser::new(&op);
    let (_, login) = browser.open(&wanted).await.page();
    let away = browser.sign_in(&login, "bob", PASSWORD).await.away();
    assert_eq!(param(&away, "error").as_deref(), Some("unmet_authentication_requirements"));
    let away = browser.open(&essential(r#""urn:other""#)).await.away();
    assert_eq!(param(&away, "error").as_deref(), Some("unmet_authentication_requirements"));
    assert!(param(&browser.open(&essential(r#""urn:other", "urn:signet:acr:1fa""#)).await.away(), "code").is_some());

    let mut browser = Browser::new(&op);
    let (_, login) = browser.open(&wanted).await.page();
    let (_, page) = browser.sign_in(&login, "ada", PASSWORD).await.page();
    let code = prove(&mut browser, &page, &phone.code(op.app.clock.now())).await.param("code");
    assert_eq!(claims(&op, &client, &code).await["acr"], "urn:signet:acr:mfa");
}

/// Signing out everywhere else also ends what is on its way to be a session.
#[actix_web::test]
async fn a_step_up_ends_with_the_session_that_it_raises() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut thief = Browser::new(&op);
    sign_in(&mut thief, "ada").await;
    let mut ada = Browser::new(&op);
    sign_in(&mut ada, "ada").await;
    let (phone, _) = super::add_app(&op, &mut ada).await;
    let (path, step) = thief.open(&authorize(&client, &[("acr_values", "urn:signet:acr:mfa")])).await.page();
    assert!(path.starts_with("/mfa"), "{path}");
    let (_, page) = ada.open("/account/sessions").await.page();
    fill(&mut ada, "/account/sessions", &page, &[]).await.page();
    let refused = prove(&mut thief, &step, &phone.code(op.app.clock.now())).await.page().1;
    assert_eq!(refused.status, 400, "{}", refused.body);
}
