//! Many at once, before one's eyes.

use std::collections::BTreeSet;

use signet::flow::{job, seed};

use super::site::Site;
use super::{chrome::Chrome, visit};
use crate::admin::{relax, staff};
use crate::support::PASSWORD;

const MANY: u64 = 10_000;

/// Does the job while the page is looked at; all that it said of how far it was.
async fn watched(site: &Site, chrome: &Chrome, end: &str) -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    let watch = async {
        while !chrome.has(end).await {
            // in one go, as the page brings itself up to date meanwhile
            let text = chrome.run("return document.getElementById('job-progress')?.textContent ?? ''").await;
            said.extend(text.as_str().filter(|text| !text.is_empty()).map(str::to_owned));
        }
    };
    let (ran, ()) = tokio::join!(job::run_bulk(&site.op.app), watch);
    assert!(ran.unwrap());
    said
}

#[actix_web::test]
async fn ten_thousand_are_given_a_role_while_one_looks_on_and_lose_it_again() {
    visit(async |site, chrome| {
        relax(&site.op).await;
        staff(&site.op, "boss", "admin").await;
        seed::people(&site.op.app, MANY, |_| {}).await.unwrap();
        chrome.open(&site.page("/login?to=%2Fadmin%2Fpeople")).await;
        chrome.sign_in("boss", PASSWORD).await;
        chrome.click("#bulk-open").await;
        chrome.at("#bulk-form").await;
        chrome.run("document.getElementById('action').value = 'give_role'").await;
        chrome.run("document.getElementById('give').value = 'support'").await;
        chrome.click("#whom-all").await;
        chrome.click("#bulk-submit").await;
        chrome.click("#confirm-submit").await;
        chrome.at("#job-stop").await;
        let said = watched(site, chrome, "#job-undo").await;
        assert!(said.len() > 2, "{said:?}");
        let done = chrome.text("#facts dd").await.parse::<u64>().unwrap();
        assert!(done > 9_900 && done <= MANY, "{done}");

        chrome.click("#job-undo").await;
        chrome.click("#confirm-submit").await;
        chrome.at("#job-stop").await;
        watched(site, chrome, "#job-undo").await;
        assert_eq!(chrome.text("#facts dd").await, done.to_string());
    })
    .await;
}

/// Comes by the pages about many at once, signed in.
pub async fn walk(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/admin/jobs")).await;
    chrome.at("#none").await;
    look("no jobs").await;
    chrome.open(&site.page("/admin/people?q=eve")).await;
    chrome.click("#bulk-open").await;
    chrome.click("#bulk-submit").await;
    chrome.at("#error-summary").await;
    look("change many").await;
    chrome.run("document.getElementById('action').value = 'activate'").await;
    chrome.click("#whom-all").await;
    chrome.click("#bulk-submit").await;
    chrome.at("#confirm-form").await;
    look("what would become of many").await;
    chrome.click("#confirm-submit").await;
    chrome.at("#job-stop").await;
    look("job under way").await;
    job::run_bulk(&site.op.app).await.unwrap();
    chrome.at("#job-undo").await;
    look("job that is done").await;
    chrome.open(&site.page("/admin/jobs")).await;
    chrome.at("#jobs").await;
    look("jobs").await;
    chrome.open(&site.page("/admin/people/import")).await;
    chrome.at("#import-form").await;
    look("invite by a file").await;
}
