//! Passkeys, from an authenticator that the driver puts into the browser. It answers by itself, so a sign-in page that
//! is opened while it verifies its user is filled in at once, as if the person had picked the proposal.

use serde_json::{Value, json};
use signet::flow::admin::client::Registered;

use super::chrome::{Authenticator, Chrome};
use super::site::Site;
use super::visit;
use crate::factor::claims_of;
use crate::support::{PASSWORD, VERIFIER};

/// Signs ada in and gives her a passkey.
async fn add_passkey(site: &Site, chrome: &Chrome) -> Authenticator {
    let authenticator = chrome.add_authenticator().await;
    chrome.open(&site.page("/account/security")).await;
    chrome.sign_in("ada", PASSWORD).await;
    chrome.click("#passkey-begin").await;
    assert_eq!(chrome.value("#name").await, "Passkey 1");
    chrome.write("#name", "Laptop").await;
    chrome.click("#passkey-submit").await;
    chrome.at("#backup-codes").await;
    chrome.click("#codes-kept").await;
    assert!(chrome.text("#passkey-list").await.contains("Laptop"));
    chrome.forget_cookies().await;
    authenticator
}

/// What the ID token says, once the browser is back at the app.
async fn claims(site: &Site, chrome: &Chrome, client: &Registered) -> Value {
    let (received, redirect_uri) = (chrome.received().await, site.callback());
    let form = [
        ("grant_type", "authorization_code"),
        ("code", received["code"].as_str()),
        ("redirect_uri", redirect_uri.as_str()),
        ("code_verifier", VERIFIER),
    ];
    claims_of(&site.op.token(client, &form).await)
}

#[actix_web::test]
async fn a_passkey_is_proposed_beside_the_names_and_is_the_only_step() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({ "first_party": true })).await;
        add_passkey(site, chrome).await;
        chrome.open(&site.authorize(&client, &[])).await;
        let claims = claims(site, chrome, &client).await;
        assert_eq!(claims["acr"], "urn:signet:acr:phr");
        assert_eq!(claims["amr"], json!(["hwk", "user", "mfa"]));
    })
    .await;
}

#[actix_web::test]
async fn a_passkey_that_fails_is_told_and_nothing_is_lost() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({ "first_party": true })).await;
        let authenticator = add_passkey(site, chrome).await;
        chrome.propose_nothing().await;
        chrome.verify_user(&authenticator, false).await;
        chrome.open(&site.authorize(&client, &[])).await;
        chrome.write("#username", "ada").await;
        chrome.click("#passkey-submit").await;
        let told = chrome.text("#passkey-mistake:not([hidden])").await;
        assert!(told.contains("cancelled"), "{told}");
        assert_eq!(chrome.value("#username").await, "ada");
        chrome.verify_user(&authenticator, true).await;
        chrome.click("#passkey-submit").await;
        assert_eq!(claims(site, chrome, &client).await["acr"], "urn:signet:acr:phr");
    })
    .await;
}

#[actix_web::test]
async fn a_passkey_is_the_second_step_after_a_password() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({ "first_party": true })).await;
        add_passkey(site, chrome).await;
        chrome.propose_nothing().await;
        chrome.open(&site.authorize(&client, &[])).await;
        chrome.sign_in("ada", PASSWORD).await;
        chrome.at("#mfa-form").await;
        assert!(chrome.has("#mfa-methods").await);
        chrome.click("#passkey-submit").await;
        let claims = claims(site, chrome, &client).await;
        assert_eq!(claims["acr"], "urn:signet:acr:phr");
        assert_eq!(claims["amr"], json!(["pwd", "hwk", "user", "mfa"]));
    })
    .await;
}

#[actix_web::test]
async fn a_removed_passkey_opens_nothing() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        add_passkey(site, chrome).await;
        chrome.propose_nothing().await;
        chrome.open(&site.page("/account/security")).await;
        chrome.sign_in("ada", PASSWORD).await;
        chrome.at("#mfa-form").await;
        chrome.click("#passkey-submit").await;
        chrome.click("#passkey-list > li > form button").await;
        chrome.at("#passkeys-title ~ .empty").await;
        chrome.forget_cookies().await;
        chrome.open(&site.page("/login")).await;
        chrome.click("#passkey-submit").await;
        assert!(chrome.text("#error-summary").await.contains("was not accepted"));
    })
    .await;
}

#[actix_web::test]
async fn the_same_server_under_another_name_takes_no_passkey() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        add_passkey(site, chrome).await;
        chrome.open(&site.page("/login").replace("localhost", "127.0.0.1")).await;
        chrome.click("#passkey-submit").await;
        let told = chrome.text("#passkey-mistake:not([hidden])").await;
        assert!(told.contains("did not work"), "{told}");
    })
    .await;
}

#[actix_web::test]
async fn without_scripts_no_passkey_is_offered() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        chrome.forbid_scripts().await;
        chrome.open(&site.page("/account/security")).await;
        assert!(!chrome.at("#passkey-submit").await.is_displayed().await.unwrap());
        chrome.sign_in("ada", PASSWORD).await;
        assert!(!chrome.at("#passkey-begin").await.is_displayed().await.unwrap());
        assert!(chrome.text("[data-without-passkeys]").await.contains("JavaScript"));
        chrome.allow_scripts().await;
    })
    .await;
}
