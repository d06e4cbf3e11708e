//! The pages where somebody looks after the own account.

use super::chrome::Chrome;
use super::site::Site;

/// Comes by each of them, signed in; `look` is told which one it sees.
pub async fn walk(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    for page in ["profile", "sessions", "apps", "activity", "privacy", "password", "phone", "email"] {
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
    chrome.click("#profile-submit").await;
    chrome.at("#username-mistake").await;
    look("profile with a mistake").await;
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
