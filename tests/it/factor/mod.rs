//! Second factors: setting them up, signing in with them, and what a thief of the password gets.

mod demand;
pub mod device;
mod lost;
pub mod passkey;
mod second;
mod sent;
mod set_up;
mod step_up;

pub use second::{claims, claims_of, prove};

use std::time::Duration;

use signet::base::time::Ts;
use totp_rs::{Builder, Secret};

use crate::join::fill;
use crate::support::browser::{Browser, Stop, hidden, pairs};
use crate::support::{Answer, Op, PASSWORD};

/// An authenticator app that has learned the secret.
pub struct Phone(totp_rs::Totp);

impl Phone {
    pub fn new(secret: &str) -> Self {
        let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
        Self(Builder::new().with_secret(secret.as_bytes()).with_account_name("ada").build().unwrap())
    }

    pub fn code(&self, at: Ts) -> String {
        self.0.generate(u64::try_from(at.0).unwrap()).to_string()
    }
}

/// What stands between the tags of the element with this id.
fn text(page: &Answer, id: &str) -> String {
    let at = page.body.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id} in {}", page.body));
    let rest = &page.body[at..];
    let inner = &rest[rest.find('>').unwrap() + 1..];
    inner[..inner.find("</").unwrap()].to_owned()
}

/// Signs in without an app that waits.
pub async fn sign_in(browser: &mut Browser<'_>, name: &str) -> Stop {
    let (_, login) = browser.open("/login").await.page();
    browser.sign_in(&login, name, PASSWORD).await
}

/// Adds an authenticator app to the account that is signed in; also the backup codes that come with the first.
pub async fn add_app(op: &Op, browser: &mut Browser<'_>) -> (Phone, Vec<String>) {
    let (path, page) = browser.open("/account/security").await.page();
    assert_eq!(path, "/account/security", "{}", page.body);
    let (_, set_up) = fill(browser, "/account/security/totp", &page, &[]).await.page();
    let phone = Phone::new(&text(&set_up, "totp-secret"));
    let fields = [("code", phone.code(op.app.clock.now())), ("name", "Phone".to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let (_, page) = fill(browser, "/account/security/totp", &set_up, &fields).await.page();
    let codes = page.body.split("<code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect();
    // the code of this step is used up
    op.wait(Duration::from_mins(1));
    (phone, codes)
}

/// Shows the app's code at the second step that is open, and has the browser trusted.
pub async fn trust(op: &Op, browser: &mut Browser<'_>, page: &Answer, phone: &Phone) -> (String, Answer) {
    let code = phone.code(op.app.clock.now());
    fill(browser, "/mfa", page, &[("code", &code), ("trust", "yes")]).await.page()
}

/// Takes the first factor of the open page away.
async fn remove(browser: &mut Browser<'_>, page: &Answer) {
    let form = page.body.split("<form").find(|form| form.contains("name=\"remove\"")).unwrap();
    browser.submit("/account/security/factor", &pairs(&hidden(form))).await.page();
}

/// A person with an authenticator app.
pub async fn with_app(op: &Op, name: &str) -> (Phone, Vec<String>) {
    op.user(name).await;
    let mut browser = Browser::new(op);
    sign_in(&mut browser, name).await;
    add_app(op, &mut browser).await
}
