//! Passwords: which may be chosen, when another has to be, and hashes that other systems have made.

mod breached;
mod foreign;
mod policy;
mod renew;

use crate::support::Op;
use crate::support::browser::{Browser, Stop};

const NEXT: &str = "another good password";

/// Signs in without an app that waits.
async fn sign_in(browser: &mut Browser<'_>, password: &str) -> Stop {
    let (_, login) = browser.open("/login").await.page();
    browser.sign_in(&login, "ada", password).await
}

/// Whether a password signs in.
async fn signs_in(op: &Op, password: &str) -> bool {
    sign_in(&mut Browser::new(op), password).await.page().0 == "/"
}
