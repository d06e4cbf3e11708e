//! The pages where somebody looks after the own account.

use super::chrome::Chrome;
use super::site::Site;

/// Comes by each of them, signed in; `look` is told which one it sees.
pub async fn walk(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    for page in ["profile", "sessions", "apps", "activity", "password", "phone", "email"] {
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
}
