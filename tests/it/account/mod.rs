//! The pages where signed-in people look after themselves.

mod activity;
mod apps;
mod delete;
mod email;
mod export;
pub mod fields;
mod password;
pub mod phone;
mod picture;
mod preferences;
pub mod profile;
mod reauth;
mod sessions;

use crate::support::browser::{Browser, Stop, hidden, pairs};
use crate::support::{Answer, Op, PASSWORD};

/// A browser at which this person has just signed in.
pub async fn signed_in<'a>(op: &'a Op, name: &str) -> Browser<'a> {
    let mut browser = Browser::new(op);
    let (_, page) = browser.open("/login").await.page();
    assert_eq!(browser.sign_in(&page, name, PASSWORD).await.page().0, "/");
    browser
}

/// Fills in the form of the open page that goes to `path`.
async fn fill(browser: &mut Browser<'_>, path: &str, page: &Answer, fields: &[(&str, &str)]) -> Stop {
    let form = page.body.split("<form").find(|form| form.contains(&format!("action=\"{path}\""))).unwrap();
    let mut form = hidden(form);
    form.retain(|(name, _)| fields.iter().all(|(given, _)| given != name));
    form.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    browser.submit(path, &pairs(&form)).await
}

/// Whether the browser is signed in.
async fn is_in(browser: &mut Browser<'_>) -> bool {
    browser.open("/").await.page().0 == "/"
}
