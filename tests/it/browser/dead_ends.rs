//! Where a sign-in cannot go on: each has a page that says why, and a way on.

use std::time::Duration;

use serde_json::json;

use super::chrome::Chrome;
use super::{visit, visit_with};
use crate::support::PASSWORD;

/// The page says this, and is one of ours with a reference and a way on.
async fn expect_error(chrome: &Chrome, text: &str) {
    let description = chrome.text("#error-page #error-description").await;
    assert!(description.contains(text), "{description:?} does not say {text:?}");
    assert_eq!(chrome.text("#error-reference").await.len(), 9);
    assert!(chrome.has("#error-page a[href]").await, "there is a way on");
}

#[actix_web::test]
async fn back_after_finishing_says_so() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({})).await;
        chrome.walk(&site.authorize(&client, &[]), "ada").await;
        chrome.back().await;
        expect_error(chrome, "already been finished").await;
        // the page before that is no better; from there the way leads home
        chrome.back().await;
        expect_error(chrome, "already been finished").await;
        chrome.click("#error-page a[href]").await;
        assert!(chrome.text("#apps").await.contains("Demo"));
    })
    .await;
}

#[actix_web::test]
async fn back_after_deny_does_not_undo_it() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({})).await;
        chrome.open(&site.authorize(&client, &[])).await;
        chrome.sign_in("ada", PASSWORD).await;
        chrome.click("#consent-deny").await;
        chrome.received().await;
        chrome.back().await;
        expect_error(chrome, "already been finished").await;
    })
    .await;
}

#[actix_web::test]
async fn one_request_in_two_tabs_is_finished_once() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({ "first_party": true })).await;
        chrome.open(&site.authorize(&client, &[])).await;
        let address = chrome.address().await;
        let first = chrome.open_beside(address.as_str()).await;
        chrome.sign_in("ada", PASSWORD).await;
        assert!(chrome.received().await.contains_key("code"));

        chrome.turn_to(first).await;
        chrome.sign_in("ada", PASSWORD).await;
        expect_error(chrome, "already been finished").await;
    })
    .await;
}

#[actix_web::test]
async fn two_requests_in_two_tabs_both_reach_the_app() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({})).await;
        chrome.open(&site.authorize(&client, &[("state", "first")])).await;
        let first = chrome.open_beside(&site.authorize(&client, &[("state", "second")])).await;
        chrome.sign_in("ada", PASSWORD).await;
        chrome.click("#consent-allow").await;
        assert_eq!(chrome.received().await["state"], "second");

        chrome.turn_to(first).await;
        chrome.sign_in("ada", PASSWORD).await;
        let received = chrome.received().await;
        assert_eq!(received["state"], "first");
        assert!(received.contains_key("code"));
    })
    .await;
}

#[actix_web::test]
async fn a_sign_in_that_took_too_long_says_so() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({})).await;
        chrome.open(&site.authorize(&client, &[])).await;
        site.op.wait(Duration::from_mins(31));
        chrome.sign_in("ada", PASSWORD).await;
        expect_error(chrome, "took too long").await;
    })
    .await;
}

#[actix_web::test]
async fn a_sign_in_of_another_browser_says_so() {
    visit(async |site, chrome| {
        let client = site.client(json!({})).await;
        chrome.open(&site.authorize(&client, &[])).await;
        let address = chrome.address().await;
        chrome.forget_cookies().await;
        chrome.open(&site.page("/login")).await;
        chrome.open(address.as_str()).await;
        expect_error(chrome, "another browser").await;
    })
    .await;
}

#[actix_web::test]
async fn without_cookies_the_page_says_what_to_do() {
    visit_with(json!({ "profile.default_content_setting_values.cookies": 2 }), async |site, chrome| {
        site.op.user("ada").await;
        chrome.open(&site.page("/login")).await;
        chrome.sign_in("ada", PASSWORD).await;
        expect_error(chrome, "allow cookies").await;

        let client = site.client(json!({})).await;
        chrome.open(&site.authorize(&client, &[])).await;
        expect_error(chrome, "cookies").await;
    })
    .await;
}

#[actix_web::test]
async fn an_app_that_is_not_known_has_an_error_page() {
    visit(async |site, chrome| {
        let client = site.client(json!({})).await;
        chrome.open(&site.authorize(&client, &[("client_id", "nobody")])).await;
        expect_error(chrome, "registered app").await;
        chrome.open(&site.authorize(&client, &[("redirect_uri", "https://elsewhere.test/cb")])).await;
        expect_error(chrome, "not registered").await;
        assert_eq!(chrome.address().await.host_str(), Some("localhost"), "the browser is not sent to an unknown place");
    })
    .await;
}
