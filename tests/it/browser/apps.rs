//! Apps and refusals at the console: registered by the form and signed in to; explained, by the keyboard alone.

use fantoccini::key::Key;
use serde_json::json;
use signet::flow::admin::Actor;
use signet::flow::admin::client::{self, Registered};
use signet::model::ClientId;

use super::chrome::Chrome;
use super::site::Site;
use super::visit;
use crate::admin::{relax, staff};
use crate::support::{PASSWORD, VERIFIER};

const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

/// Comes by each page about apps, as an administrator who is signed in.
pub async fn walk(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/admin/apps?q=nothing")).await;
    chrome.at("#none").await;
    look("no apps").await;
    chrome.click("#app-new").await;
    chrome.at("#kinds").await;
    look("kinds of apps").await;
    for kind in ["native", "service", "page", "web"] {
        chrome.open(&site.page(&format!("/admin/apps/new?kind={kind}"))).await;
        chrome.at("#app-form").await;
        look(&format!("new app, {kind}")).await;
    }
    chrome.run("for (const form of document.forms) form.noValidate = true;").await;
    chrome.write("#redirect_uris", "http://nowhere.example.com/").await;
    chrome.click("#app-submit").await;
    chrome.at("#error-summary").await;
    look("new app with mistakes").await;
    chrome.write("#client_name", LONG).await;
    chrome.write("#redirect_uris", &site.callback()).await;
    chrome.click("#app-submit").await;
    chrome.at("#client-secret").await;
    look("app made").await;
    chrome.click("#app-open").await;
    chrome.at("#settings-title").await;
    look("app").await;
    let app = chrome.address().await;
    settings(chrome, look).await;
    chrome.open(app.as_str()).await;
    chrome.click("#secret-new").await;
    chrome.at("#confirm-form").await;
    chrome.click("#confirm-submit").await;
    chrome.at("#client-secret").await;
    chrome.open(app.as_str()).await;
    chrome.at("#secret-end").await;
    look("app with two secrets").await;
    chrome.click("#test-run").await;
    chrome.at("#tests").await;
    look("self-test").await;
    chrome.open(app.as_str()).await;
    chrome.click("#step-delete").await;
    chrome.click("#confirm-submit").await;
    chrome.at("#step-restore").await;
    look("deleted app").await;
    chrome.open(&site.page("/admin/apps")).await;
    chrome.at("#apps").await;
    look("apps").await;
    refusals(site, chrome, look).await;
}

async fn settings(chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.run("for (const form of document.forms) form.noValidate = true;").await;
    chrome.write("#logo_uri", "nowhere").await;
    chrome.click("#grant-authorization_code").await;
    chrome.click("#app-submit").await;
    chrome.at("#error-summary").await;
    look("app with mistakes").await;
    chrome.write("#logo_uri", "").await;
    chrome.click("#grant-authorization_code").await;
    chrome.click("#first_party").await;
    chrome.click("#app-submit").await;
    chrome.at("#confirm-form").await;
    look("what a change of an app would do").await;
}

async fn refusals(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    let client = site.client(json!({ "client_name": LONG })).await;
    let long = format!("https://{}.example.com/", "a".repeat(60));
    let reference = site.op.get(&crate::support::authorize(&client, &[("redirect_uri", &long)])).await.reference();
    site.op.settle().await;
    chrome.open(&site.page("/admin/refusals?check=redirect_uri.registered")).await;
    chrome.at("#refusals").await;
    look("refusals").await;
    chrome.write("#reference", "AAAA-AAAA").await;
    chrome.click("#reference-submit").await;
    chrome.at("#reference-mistake").await;
    look("no such refusal").await;
    chrome.open(&site.page(&format!("/admin/refusals/{reference}"))).await;
    chrome.at("#setting").await;
    look("refusal").await;
    chrome.open(&site.page("/admin/trial")).await;
    chrome.at("#trial-form").await;
    look("trial").await;
    let query = format!("client_id={}&user=boss&address=127.0.0.1", client.client.id);
    chrome.open(&site.page(&format!("/admin/trial?{query}"))).await;
    chrome.at("#userinfo").await;
    look("trial of a sign-in").await;
    chrome.open(&site.page(&format!("/admin/trial?{query}&redirect_uri={long}"))).await;
    chrome.at("#why").await;
    look("trial that is refused").await;
}

/// An administrator at the console.
async fn boss(site: &Site, chrome: &Chrome, path: &str) {
    relax(&site.op).await;
    staff(&site.op, "boss", "admin").await;
    chrome.open(&site.page(path)).await;
    chrome.sign_in("boss", PASSWORD).await;
}

#[actix_web::test]
async fn an_app_is_registered_by_the_form_and_a_person_signs_in_to_it() {
    visit(async |site, chrome| {
        boss(site, chrome, "/admin/apps").await;
        assert!(chrome.text("#none").await.contains("No app"));
        chrome.click("#app-new").await;
        chrome.click("#kind-web").await;
        chrome.write("#client_name", "Shop").await;
        chrome.write("#redirect_uris", &site.callback()).await;
        chrome.click("#app-submit").await;
        let (id, secret) = (chrome.text("#client-id").await, chrome.text("#client-secret").await);
        let app = client::show(site.op.app.cx(), &Actor::operator(), &ClientId::from(id.as_str())).await.unwrap();
        let app = Registered { client: app, secret: Some(secret.into()) };

        site.op.user("ada").await;
        chrome.forget_cookies().await;
        chrome.open(&site.authorize(&app, &[("scope", "openid email")])).await;
        assert!(chrome.text("#client-info").await.contains("Shop"));
        chrome.sign_in("ada", PASSWORD).await;
        chrome.click("#consent-allow").await;
        let received = chrome.received().await;
        let redirect_uri = site.callback();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", received["code"].as_str()),
            ("redirect_uri", redirect_uri.as_str()),
            ("code_verifier", VERIFIER),
        ];
        let tokens = site.op.token(&app, &form).await;
        assert!(tokens.json()["id_token"].is_string(), "{}", tokens.body);

        chrome.open(&site.page("/login")).await;
        chrome.forget_cookies().await;
        chrome.open(&site.page(&format!("/admin/apps/{id}"))).await;
        chrome.sign_in("boss", PASSWORD).await;
        assert_eq!((chrome.text("#consents").await, chrome.text("#grants").await), ("1".into(), "1".into()));
    })
    .await;
}

#[actix_web::test]
async fn the_keyboard_alone_goes_from_a_reference_to_the_setting_and_mends_it() {
    visit(async |site, chrome| {
        let client = site.client(json!({ "client_name": "Shop" })).await;
        let wrong = site.authorize(&client, &[("redirect_uri", "https://rp.test/typo")]);
        chrome.open(&wrong).await;
        let reference = chrome.text("#error-reference").await;
        site.op.settle().await;
        boss(site, chrome, "/login?to=%2Fadmin%2Frefusals").await;
        chrome.at("#reference").await;
        // the cursor is in the field already
        chrome.type_blindly(&reference.to_lowercase()).await;
        chrome.press(Key::Enter).await;
        assert!(chrome.text("[data-check='redirect_uri.registered']").await.contains("https://rp.test/typo"));
        chrome.tab_to("setting").await;
        chrome.press(Key::Enter).await;
        chrome.at("#settings-title").await;
        assert_eq!(chrome.address().await.fragment(), Some("redirect_uris"));
        // the link has led the cursor into the field
        let here = chrome.run("return document.activeElement.id").await;
        assert_eq!(here, "redirect_uris");
        chrome.type_blindly("https://rp.test/typo").await;
        chrome.press(Key::Enter).await;
        for id in ["scopes", "app-submit"] {
            chrome.tab_to(id).await;
        }
        chrome.press(Key::Enter).await;
        chrome.at("#confirm-form").await;
        chrome.tab_to("confirm-submit").await;
        chrome.press(Key::Enter).await;
        chrome.at("#admin-done").await;
        chrome.open(&wrong).await;
        chrome.at("#consent-form").await;
    })
    .await;
}
