//! An app asks to be surer (`acr_values`, RFC 9470).

use std::time::Duration;

use serde_json::json;

use super::second::{claims, prove};
use super::{sign_in, with_app};
use crate::join::fill;
use crate::support::Op;
use crate::support::authorize;
use crate::support::browser::{Browser, param};

const MFA: (&str, &str) = ("acr_values", "urn:signet:acr:phr-unknown urn:signet:acr:mfa");

#[actix_web::test]
async fn a_session_of_one_factor_is_raised_and_stays_as_old_as_it_is() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    let fields = [("code", phone.code(op.app.clock.now())), ("trust", "yes".to_owned())];
    fill(&mut browser, "/mfa", &page, &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await.page();
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
