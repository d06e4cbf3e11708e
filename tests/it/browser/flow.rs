//! The way of a person: from an app's link, through our pages, back to the app.

use serde_json::json;
use signet::flow::setup;

use super::visit;
use crate::support::{PASSWORD, VERIFIER};

#[actix_web::test]
async fn the_link_of_the_first_start_makes_an_administrator_who_is_signed_in() {
    visit(async |site, chrome| {
        let link = setup::link(site.op.app.cx()).await.unwrap().unwrap();
        chrome.open(&link).await;
        let form = [("email", "root@example.com"), ("username", "root"), ("name", "Rose"), ("password", PASSWORD)];
        for (field, text) in form {
            chrome.write(&format!("#{field}"), text).await;
        }
        chrome.click("#setup-submit").await;
        chrome.at("#start-totp").await;
        chrome.open(&site.page("/")).await;
        assert!(chrome.text("#roles").await.contains("admin"));
        assert_eq!(chrome.text("h1").await, "Rose");
        assert_eq!(chrome.address().await.path(), "/");

        chrome.open(&link).await;
        assert!(chrome.text("#error-description").await.contains("has been used"));
    })
    .await;
}

#[actix_web::test]
async fn an_app_gets_its_answer_after_sign_in_and_consent() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({ "client_name": "Shop" })).await;
        chrome.open(&site.authorize(&client, &[("scope", "openid email")])).await;
        assert!(chrome.text("#client-info").await.contains("Shop"), "the app is in sight before the password is typed");
        chrome.sign_in("ada", PASSWORD).await;
        assert!(chrome.text("#client-info").await.contains("Shop"));
        for scope in ["openid", "email"] {
            assert!(!chrome.text(&format!("[data-scope={scope}]")).await.is_empty(), "{scope}");
        }
        chrome.click("#consent-allow").await;

        let received = chrome.received().await;
        assert_eq!(received["method"], "GET");
        assert_eq!(received["state"], "the state");
        assert_eq!(received["iss"], site.issuer);
        let redirect_uri = site.callback();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", received["code"].as_str()),
            ("redirect_uri", redirect_uri.as_str()),
            ("code_verifier", VERIFIER),
        ];
        let tokens = site.op.token(&client, &form).await;
        assert!(tokens.json()["id_token"].is_string(), "{}", tokens.body);
    })
    .await;
}

#[actix_web::test]
async fn a_second_request_returns_without_a_page() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({})).await;
        let first = chrome.walk(&site.authorize(&client, &[]), "ada").await;
        chrome.open(&site.authorize(&client, &[("state", "again"), ("prompt", "none")])).await;
        let second = chrome.received().await;
        assert_eq!(second["state"], "again");
        assert_ne!(second["code"], first["code"]);
    })
    .await;
}

#[actix_web::test]
async fn a_wrong_password_is_said_and_the_name_stays() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({ "first_party": true })).await;
        chrome.open(&site.authorize(&client, &[])).await;
        chrome.sign_in("ada", "wrong").await;
        assert!(chrome.text("#error-summary").await.contains("User name or password is wrong."));
        assert_eq!(chrome.value("#username").await, "ada");
        assert_eq!(chrome.value("#password").await, "");
        // the cursor waits where the mistake is
        chrome.type_blindly(PASSWORD).await;
        chrome.click("#login-submit").await;
        assert!(chrome.received().await.contains_key("code"), "the request of the app is not lost");
    })
    .await;
}

#[actix_web::test]
async fn deny_is_told_to_the_app() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({})).await;
        chrome.open(&site.authorize(&client, &[])).await;
        chrome.sign_in("ada", PASSWORD).await;
        chrome.click("#consent-deny").await;
        let received = chrome.received().await;
        assert_eq!(received["error"], "access_denied");
        assert_eq!((received["state"].as_str(), &received["iss"]), ("the state", &site.issuer));
        assert!(!received.contains_key("code"));
    })
    .await;
}

#[actix_web::test]
async fn a_form_post_sends_itself_to_the_app() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({})).await;
        let form_post = site.authorize(&client, &[("response_mode", "form_post")]);
        let after_pages = chrome.walk(&form_post, "ada").await;
        chrome.open(&form_post).await;
        let at_once = chrome.received().await;
        for received in [&after_pages, &at_once] {
            assert_eq!(received["method"], "POST");
            assert_eq!((received["state"].as_str(), &received["iss"]), ("the state", &site.issuer));
        }
        assert_ne!(after_pages["code"], at_once["code"]);
    })
    .await;
}

/// Many apps have their callback at one host and go on to another; Chromium asks `form-action` about every step.
#[actix_web::test]
async fn an_app_may_send_the_browser_on_to_another_host() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({})).await;
        let received = chrome.walk(&site.authorize(&client, &[("redirect_uri", &site.onward())]), "ada").await;
        assert!(received.contains_key("code"), "{received:?}");
        assert_eq!(chrome.address().await.host_str(), Some("localhost"));
    })
    .await;
}

#[actix_web::test]
async fn signing_out_says_so_and_leaves_nothing_to_go_back_to() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        chrome.open(&site.page("/")).await;
        chrome.sign_in("ada", PASSWORD).await;
        chrome.click("#logout-confirm").await;
        assert!(chrome.text("#logged-out").await.contains("You are signed out"));
        chrome.back().await;
        chrome.at("#login-form").await;
        assert!(!chrome.has("#logout-form").await);
    })
    .await;
}
