//! People who join, who have forgotten their password, and who have a second factor.

use std::time::Duration;

use fantoccini::key::Key;
use serde_json::json;
use signet::flow::user;

use super::chrome::Chrome;
use super::site::Site;
use super::visit;
use crate::factor::Phone;
use crate::support::PASSWORD;

const NEW: &str = "grace@example.com";
const NEXT: &str = "another good password";

/// From the page where an app sends a browser to the one that asks for the letter's code.
async fn sign_up(chrome: &Chrome, start: &str) {
    chrome.open(start).await;
    chrome.click("#to-signup").await;
    for (field, text) in [("email", NEW), ("name", "Grace"), ("password", PASSWORD)] {
        chrome.write(&format!("#{field}"), text).await;
    }
    chrome.click("#terms").await;
    chrome.click("#signup-submit").await;
    chrome.at("#verify-form").await;
}

/// Types the code of the letter and goes on.
async fn enter_code(chrome: &Chrome, code: &str) {
    chrome.write("#code", code).await;
    chrome.click("#verify-submit").await;
}

/// Signs in and adds an authenticator app; also the backup codes that come with it.
async fn add_app(site: &Site, chrome: &Chrome) -> (Phone, Vec<String>) {
    chrome.open(&site.page("/account/security")).await;
    chrome.sign_in("ada", PASSWORD).await;
    chrome.click("#totp-begin").await;
    let phone = Phone::new(&chrome.text("#totp-secret").await);
    chrome.write("#code", &phone.code(site.op.app.clock.now())).await;
    chrome.write("#name", "Phone").await;
    chrome.click("#totp-submit").await;
    let codes = chrome.text("#backup-codes").await.split_whitespace().map(str::to_owned).collect();
    chrome.click("#codes-kept").await;
    assert!(chrome.text("#totp-list").await.contains("Phone"));
    // the code of this step is used up
    site.op.wait(Duration::from_mins(1));
    (phone, codes)
}

#[actix_web::test]
async fn somebody_new_comes_back_to_the_app_signed_in() {
    visit(async |site, chrome| {
        let client = site.client(json!({ "client_name": "Shop", "first_party": true })).await;
        sign_up(chrome, &site.authorize(&client, &[])).await;
        assert!(chrome.text("#client-info").await.contains("Shop"), "the app stays in sight");
        assert!(chrome.text("main").await.contains(NEW), "a mistyped address is noticed here");
        assert!(user::show(site.op.app.cx(), NEW).await.is_err(), "nobody exists before the address is proved");
        // the cursor waits where the code goes
        chrome.type_blindly(&site.letter().await.0.code()).await;
        chrome.click("#verify-submit").await;
        let received = chrome.received().await;
        assert!(received.contains_key("code"), "{received:?}");
        chrome.open(&site.authorize(&client, &[("prompt", "none")])).await;
        assert!(chrome.received().await.contains_key("code"), "signed in");
    })
    .await;
}

#[actix_web::test]
async fn without_scripts_somebody_new_comes_back_to_the_app() {
    visit(async |site, chrome| {
        let client = site.client(json!({ "first_party": true })).await;
        chrome.forbid_scripts().await;
        sign_up(chrome, &site.authorize(&client, &[])).await;
        chrome.click("summary").await;
        chrome.click("#resend").await;
        chrome.at("#sent-again").await;
        let mail = site.op.mails().await.pop().unwrap();
        enter_code(chrome, &mail.code()).await;
        assert!(chrome.received().await.contains_key("code"));
    })
    .await;
}

#[actix_web::test]
async fn the_link_of_the_letter_goes_on_in_the_tab_where_it_opens() {
    visit(async |site, chrome| {
        let client = site.client(json!({ "first_party": true })).await;
        sign_up(chrome, &site.authorize(&client, &[])).await;
        let (mail, link) = site.letter().await;
        let first = chrome.open_beside(&link).await;
        chrome.click("#confirm-submit").await;
        assert!(chrome.received().await.contains_key("code"));

        chrome.turn_to(first).await;
        enter_code(chrome, &mail.code()).await;
        let told = chrome.text("#error-page").await;
        assert!(told.contains("used already"), "{told}");
    })
    .await;
}

#[actix_web::test]
async fn who_has_forgotten_the_password_comes_back_to_the_app() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({ "client_name": "Shop", "first_party": true })).await;
        chrome.open(&site.authorize(&client, &[])).await;
        chrome.click("#to-forgot").await;
        chrome.write("#email", "ada@example.com").await;
        chrome.click("#forgot-submit").await;
        chrome.at("#verify-form").await;
        enter_code(chrome, &site.letter().await.0.code()).await;
        chrome.at("#reset-form").await;
        assert!(chrome.text("#client-info").await.contains("Shop"), "the app stays in sight");
        // the cursor waits where the password goes
        chrome.type_blindly(NEXT).await;
        chrome.click("#reset-submit").await;
        assert!(chrome.received().await.contains_key("code"));

        chrome.open(&site.page("/login")).await;
        chrome.forget_cookies().await;
        chrome.open(&site.page("/login")).await;
        chrome.sign_in("ada", NEXT).await;
        chrome.at("#logout-form").await;
    })
    .await;
}

#[actix_web::test]
async fn a_second_step_is_asked_for_and_a_backup_code_replaces_the_phone() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({ "client_name": "Shop", "first_party": true })).await;
        let (phone, codes) = add_app(site, chrome).await;
        assert_eq!(codes.len(), 10, "{codes:?}");

        chrome.forget_cookies().await;
        chrome.open(&site.authorize(&client, &[])).await;
        chrome.sign_in("ada", PASSWORD).await;
        chrome.at("#mfa-form").await;
        assert!(chrome.text("#client-info").await.contains("Shop"), "the app stays in sight");
        chrome.type_blindly("000000").await;
        chrome.click("#mfa-submit").await;
        assert!(chrome.text("#error-summary").await.contains("wrong"));
        chrome.type_blindly(&phone.code(site.op.app.clock.now())).await;
        chrome.click("#mfa-submit").await;
        assert!(chrome.received().await.contains_key("code"));

        site.op.wait(Duration::from_mins(15));
        chrome.open(&site.page("/login")).await;
        chrome.forget_cookies().await;
        chrome.open(&site.authorize(&client, &[])).await;
        chrome.sign_in("ada", PASSWORD).await;
        chrome.click("#mfa-methods a").await;
        chrome.at("input[name=way][value=backup]").await;
        chrome.type_blindly(&codes[0]).await;
        chrome.click("#mfa-submit").await;
        assert!(chrome.received().await.contains_key("code"));
        chrome.open(&site.page("/account/security")).await;
        assert!(chrome.text("#codes-left").await.contains('9'));
    })
    .await;
}

#[actix_web::test]
async fn a_trusted_browser_is_not_asked_again_until_trust_is_taken_back() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let (phone, _) = add_app(site, chrome).await;
        let sign_in = async || {
            chrome.open(&site.page("/")).await;
            chrome.click("#logout-confirm").await;
            chrome.at("#logged-out").await;
            chrome.open(&site.page("/login")).await;
            chrome.sign_in("ada", PASSWORD).await;
        };
        sign_in().await;
        chrome.write("#code", &phone.code(site.op.app.clock.now())).await;
        chrome.click("label[for=trust]").await;
        chrome.click("#mfa-submit").await;
        chrome.at("#logout-form").await;
        sign_in().await;
        chrome.at("#logout-form").await;
        site.op.wait(Duration::from_mins(1));
        chrome.open(&site.page("/account/security")).await;
        chrome.write("#code", &phone.code(site.op.app.clock.now())).await;
        chrome.click("#mfa-submit").await;
        chrome.click("#trusted button").await;
        chrome.at("section .empty").await;
        sign_in().await;
        chrome.at("#mfa-form").await;
    })
    .await;
}

#[actix_web::test]
async fn the_keyboard_alone_signs_up_and_sets_up_an_app() {
    visit(async |site, chrome| {
        chrome.open(&site.page("/signup")).await;
        chrome.type_blindly(NEW).await;
        chrome.tab_to("password").await;
        chrome.type_blindly(PASSWORD).await;
        chrome.tab_to("terms").await;
        chrome.type_blindly(" ").await;
        chrome.tab_to("signup-submit").await;
        chrome.press(Key::Enter).await;
        chrome.at("#verify-form").await;
        chrome.type_blindly(&site.letter().await.0.code()).await;
        chrome.press(Key::Enter).await;
        chrome.at("#logout-form").await;

        chrome.open(&site.page("/account/security")).await;
        chrome.tab_to("totp-begin").await;
        chrome.press(Key::Enter).await;
        let phone = Phone::new(&chrome.text("#totp-secret").await);
        chrome.type_blindly(&phone.code(site.op.app.clock.now())).await;
        chrome.press(Key::Enter).await;
        chrome.at("#backup-codes").await;
        chrome.tab_to("codes-kept").await;
        chrome.press(Key::Enter).await;
        chrome.at("#totp-list").await;
    })
    .await;
}
