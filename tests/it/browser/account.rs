//! The pages where somebody looks after the own account.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::chrome::Chrome;
use super::site::Site;
use super::visit;
use crate::support::{PASSWORD, people};

/// Comes by each of them, signed in; `look` is told which one it sees.
pub async fn walk(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    people::set_kind(site.op.app.cx(), "ada", Some("employee")).await.unwrap();
    people::set_field(site.op.app.cx(), "ada", ("badge", Some("4711"))).await.unwrap();
    for page in ["profile", "preferences", "sessions", "apps", "activity", "privacy", "password", "phone", "email"] {
        chrome.open(&site.page(&format!("/account/{page}"))).await;
        chrome.at("#account-nav").await;
        look(page).await;
    }
    chrome.write("#email", "root@example.org").await;
    chrome.click("#email-submit").await;
    chrome.at("#verify-form").await;
    look("code for another address").await;
    chrome.open(&site.page("/account/phone")).await;
    chrome.write("#phone", "+442079460958").await;
    chrome.click("#phone-submit").await;
    chrome.at("#verify-form").await;
    look("code for a phone").await;
    chrome.write("#code", &site.op.sms().await.code()).await;
    chrome.click("#verify-submit").await;
    chrome.at("#phone-now").await;
    look("phone number").await;
    chrome.open(&site.page("/account/profile")).await;
    chrome.write("#username", "?").await;
    chrome.run("for (const form of document.forms) form.noValidate = true;").await;
    chrome.click("#profile-submit").await;
    chrome.at("#username-mistake").await;
    chrome.at("#own-department-mistake").await;
    look("profile with mistakes").await;
    choose_theme(site, chrome, "dark").await;
    look("preferences, dark").await;
    choose_theme(site, chrome, "light").await;
    look("preferences, light").await;
    choose_theme(site, chrome, "system").await;
    site.op.mails().await;
    chrome.open(&site.page("/account/privacy")).await;
    chrome.click("#export-submit").await;
    chrome.at("#export-running").await;
    look("data being gathered").await;
    signet::flow::job::run_due(&site.op.app).await.unwrap();
    site.op.mails().await;
    chrome.open(&site.page("/account/privacy")).await;
    chrome.at("#export-ready").await;
    look("data ready").await;
    chrome.click("#delete summary").await;
    look("deletion").await;
}

async fn choose_theme(site: &Site, chrome: &Chrome, theme: &str) {
    chrome.open(&site.page("/account/preferences")).await;
    chrome.run(&format!("document.querySelector('#theme').value = '{theme}';")).await;
    chrome.click("#preferences-submit").await;
    chrome.at("#preferences-saved").await;
}

/// What stands behind everything.
async fn ground(chrome: &Chrome) -> Value {
    chrome.run("return getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).colorScheme;").await
}

#[actix_web::test]
async fn pages_look_as_the_person_wants_whatever_the_system_says() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        chrome.open(&site.page("/account/preferences")).await;
        chrome.sign_in("ada", PASSWORD).await;
        chrome.at("#preferences-form").await;
        chrome.set_scheme("light").await;
        let light = ground(chrome).await;
        chrome.set_scheme("dark").await;
        let dark = ground(chrome).await;
        assert_ne!(light, dark);
        choose_theme(site, chrome, "light").await;
        assert_eq!(ground(chrome).await, light);
        choose_theme(site, chrome, "dark").await;
        chrome.set_scheme("light").await;
        assert_eq!(ground(chrome).await, dark);
        choose_theme(site, chrome, "system").await;
        assert_eq!(ground(chrome).await, light);
    })
    .await;
}

#[actix_web::test]
async fn a_picture_is_chosen_sent_shown_and_removed() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let file = std::env::temp_dir().join(format!("signet-{}.png", signet::base::random::id()));
        image::DynamicImage::new_rgb8(40, 20).save(&file).unwrap();
        chrome.open(&site.page("/account/profile")).await;
        chrome.sign_in("ada", PASSWORD).await;
        chrome.at("#picture-file").await.send_keys(file.to_str().unwrap()).await.unwrap();
        chrome.click("#picture-submit").await;
        chrome.at("#own-picture").await;
        let width = "const done = arguments[arguments.length - 1];
            const picture = document.querySelector('#own-picture');
            picture.decode().then(() => done(picture.naturalWidth), () => done(0));";
        assert_eq!(chrome.run_until_done(width).await, 256);
        chrome.click("#picture-remove").await;
        chrome.at("h2 + #picture-form").await;
        assert!(!chrome.has("#own-picture").await);

        chrome.at("#picture-file").await.send_keys(text_file(&file).to_str().unwrap()).await.unwrap();
        chrome.click("#picture-submit").await;
        assert!(chrome.text("#picture-file-mistake").await.contains("not a picture"));
        for file in [&file, &file.with_extension("txt")] {
            std::fs::remove_file(file).unwrap();
        }
    })
    .await;
}

fn text_file(beside: &Path) -> PathBuf {
    let file = beside.with_extension("txt");
    std::fs::write(&file, "no picture").unwrap();
    file
}

/// Leaves the account that is signed in, and comes back to it.
pub async fn leave(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    site.op.mails().await;
    chrome.open(&site.page("/account/privacy")).await;
    chrome.click("#delete summary").await;
    chrome.click("#delete-submit").await;
    chrome.at("#told").await;
    look("left").await;
    chrome.open(&site.letter().await.1).await;
    chrome.at("#leaving-form").await;
    look("keep the account").await;
    chrome.click("#leaving-keep").await;
    chrome.at("#told").await;
    look("kept").await;
}
