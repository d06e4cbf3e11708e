//! Looking after people at the console, as only a browser shows it: while one types, by keyboard, and from an
//! invitation to the app.

use fantoccini::key::Key;
use serde_json::json;
use signet::flow::admin::{Actor, person};
use signet::model::user::UserState;

use super::chrome::Chrome;
use super::site::Site;
use super::visit;
use crate::admin::{relax, staff};
use crate::support::PASSWORD;

/// Signs an administrator in, and opens this page of the console.
async fn enter(site: &Site, chrome: &Chrome, page: &str) {
    relax(&site.op).await;
    staff(&site.op, "boss", "admin").await;
    chrome.open(&site.page("/login?to=%2Fadmin")).await;
    chrome.sign_in("boss", PASSWORD).await;
    chrome.at("#chart").await;
    chrome.open(&site.page(page)).await;
}

/// Until the line that screen readers hear says this.
async fn heard(chrome: &Chrome, text: &str) {
    for _ in 0..300 {
        if chrome.run("return document.getElementById('count').textContent;").await == text {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("not {text:?}, but {:?}", chrome.text("#count").await);
}

#[actix_web::test]
async fn people_are_found_while_one_types() {
    visit(async |site, chrome| {
        for name in ["ada", "adam", "bob"] {
            site.op.user(name).await;
        }
        enter(site, chrome, "/admin/people").await;
        heard(chrome, "4 people").await;
        chrome.click("#q").await;
        chrome.run("document.body.dataset.same = 'yes';").await;
        chrome.type_blindly("ad").await;
        heard(chrome, "2 people").await;
        chrome.type_blindly("am").await;
        heard(chrome, "One person").await;
        assert_eq!(chrome.text("#people tbody th a").await, "adam");
        assert!(chrome.address().await.query().unwrap().contains("q=adam"), "it can be passed on");
        assert_eq!(chrome.run("return document.activeElement.id;").await, "q", "the cursor stays");
        assert_eq!(chrome.run("return document.body.dataset.same;").await, "yes", "and the page");
        let told = chrome.text("#people time").await;
        assert!(told.contains("2027") && !told.contains("UTC"), "as the reader's clock shows it: {told}");
        chrome.type_blindly("xyz").await;
        heard(chrome, "0 people").await;
        chrome.open(&site.page("/admin/people?q=ad")).await;
        chrome.click("#more-filters").await;
        chrome.click("#factor option[value=yes]").await;
        heard(chrome, "0 people").await;
    })
    .await;
}

#[actix_web::test]
async fn without_scripts_people_are_found_by_the_button() {
    visit(async |site, chrome| {
        for name in ["ada", "bob"] {
            site.op.user(name).await;
        }
        enter(site, chrome, "/admin/people").await;
        chrome.forbid_scripts().await;
        chrome.open(&site.page("/admin/people")).await;
        chrome.write("#q", "ad").await;
        chrome.click("#search-submit").await;
        chrome.at("#clear").await;
        assert_eq!(chrome.text("#people tbody th a").await, "ada");
        assert_eq!(chrome.text("#count").await, "One person");
    })
    .await;
}

#[actix_web::test]
async fn the_keyboard_is_enough_to_find_and_suspend_somebody() {
    visit(async |site, chrome| {
        let ada = site.op.user("ada").await;
        site.op.user("bob").await;
        enter(site, chrome, "/admin/people").await;
        chrome.tab_to("q").await;
        chrome.type_blindly("ada").await;
        heard(chrome, "One person").await;
        chrome.tab_to(&format!("person-{}", ada.id)).await;
        chrome.press(Key::Enter).await;
        chrome.at("#step-suspend").await;
        chrome.tab_to("step-suspend").await;
        chrome.press(Key::Enter).await;
        chrome.at("#confirm-form").await;
        chrome.tab_to("confirm-submit").await;
        chrome.press(Key::Enter).await;
        chrome.at("#admin-done").await;
        let seen = person::show(site.op.app.cx(), &Actor::operator(), "ada").await.unwrap();
        assert_eq!(seen.user.state, UserState::Suspended);
        assert_eq!(chrome.text("#state").await, "suspended");
    })
    .await;
}

#[actix_web::test]
async fn somebody_is_invited_accepts_and_is_in_the_app() {
    visit(async |site, chrome| {
        let home = site.callback();
        let client = json!({ "client_name": "Shop", "first_party": true, "client_uri": home });
        let client = site.client(client).await;
        enter(site, chrome, "/admin/people").await;
        chrome.click("#invite").await;
        chrome.write("#email", "eve@example.com").await;
        chrome.write("#name", "Eve").await;
        chrome.click("#role-moderator").await;
        chrome.write("#app", "Shop").await;
        chrome.click("#invitation-submit").await;
        assert!(chrome.text("#invitations").await.contains("eve@example.com"));

        let (_, link) = site.letter().await;
        chrome.forget_cookies().await;
        chrome.open(&link).await;
        chrome.write("#username", "eve").await;
        chrome.write("#password", PASSWORD).await;
        chrome.click("#invited-submit").await;
        chrome.received().await;
        chrome.open(&site.authorize(&client, &[("prompt", "none")])).await;
        assert!(chrome.received().await.contains_key("code"), "signed in");
        let seen = person::show(site.op.app.cx(), &Actor::operator(), "eve").await.unwrap();
        assert!(seen.roles.contains(&"moderator".to_owned()));
    })
    .await;
}
