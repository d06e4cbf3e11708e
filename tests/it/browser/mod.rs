//! What only a browser can show: cookies, content security policy, forms that send themselves, layout, the keyboard.
//!
//! Real Chromium against a real server on loopback, with an app that shows what it was sent. Each test has a server, an
//! app and a browser of its own. Without `TEST_WEBDRIVER` (the address of a running chromedriver) they are skipped, and
//! some of them without `TEST_AXE` (the file of axe-core).

mod account;
mod apps;
mod axe;
mod bulk;
mod chrome;
mod console;
mod dead_ends;
mod flow;
mod live;
mod manage;
mod pages;
mod passkey;
mod people;
mod site;
mod walk;

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures_util::FutureExt as _;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use chrome::Chrome;
use site::Site;

/// Browsers at the same time: each has a hundred megabytes and several processes.
static PLACES: Semaphore = Semaphore::const_new(4);

/// Plays a scene in a browser. It fails as well when the browser has complained about a page.
async fn visit(scene: impl AsyncFnOnce(&Site, &Chrome)) {
    visit_with(json!({}), scene).await;
}

/// As [`visit`], in a browser with these preferences.
async fn visit_with(preferences: Value, scene: impl AsyncFnOnce(&Site, &Chrome)) {
    let Some(driver) = setting("TEST_WEBDRIVER") else { return };
    let _place = PLACES.acquire().await.unwrap();
    let site = Site::start().await;
    let chrome = Chrome::start(&driver, preferences).await;
    let play = async {
        scene(&site, &chrome).await;
        assert_eq!(chrome.complaints().await, [""; 0], "the browser complains");
    };
    let end = AssertUnwindSafe(play).catch_unwind().await;
    chrome.close().await;
    site.stop().await;
    if let Err(panic) = end {
        resume_unwind(panic);
    }
}

/// What these tests need; without it they are skipped, or fail where a browser is required.
#[expect(clippy::disallowed_methods, reason = "how the test run says whether there is a browser")]
fn setting(name: &str) -> Option<String> {
    let value = std::env::var(name).ok().filter(|value| !value.is_empty());
    let required = std::env::var("TEST_REQUIRE_BROWSER").is_ok_and(|value| value == "1");
    assert!(value.is_some() || !required, "TEST_REQUIRE_BROWSER=1, but {name} is not set");
    if value.is_none() {
        println!("skipped: {name} is not set");
    }
    value
}
