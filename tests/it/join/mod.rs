//! Signing up, and a forgotten password: from the page to the letter and back to the app.

mod recover;
mod signup;

use crate::support::Answer;
use crate::support::browser::{Browser, Stop, hidden, pairs};

/// Fills in the form of the open page that goes to `path`.
pub async fn fill(browser: &mut Browser<'_>, path: &str, page: &Answer, fields: &[(&str, &str)]) -> Stop {
    let form = page.body.split("<form").find(|form| form.contains(&format!("action=\"{path}\""))).unwrap();
    let mut form = hidden(form);
    form.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    browser.submit(path, &pairs(&form)).await
}
