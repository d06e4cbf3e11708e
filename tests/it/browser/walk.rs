//! Every page there is, with long names on it.

use std::time::Duration;

use serde_json::json;
use signet::base::random::Opaque;
use signet::flow::admin::client::Registered;
use signet::flow::challenge::Asker;
use signet::flow::enter::Visit;
use signet::flow::{register, setup};
use signet::locale::Locale;

use super::chrome::Chrome;
use super::site::Site;
use crate::factor::Phone;
use crate::support::PASSWORD;
use crate::support::people;

const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const EMAIL: &str = "donaudampfschifffahrtselektrizitaetenhauptbetriebswerk@unterbeamtengesellschaft.example.com";
/// The passwords after the first, each chosen in the place of the one before.
const NEXT: &str = "another good password";
const LAST: &str = "one more good password";
/// Long enough, and refused all the same.
const BAD_PASSWORD: &str = "aaaaaaaaaa";

/// Comes by every page; `look` is told which one it sees.
pub async fn all(site: &Site, chrome: &Chrome, look: impl AsyncFn(&str)) {
    let scope = "openid email profile offline_access https://api.example.com/calendar.events.readonly";
    let client = json!({ "client_name": LONG, "scope": scope, "client_uri": "https://rp.test",
        "policy_uri": "https://rp.test/policy", "tos_uri": "https://rp.test/terms" });
    let client = site.client(client).await;
    set_up(site, chrome, &look).await;
    super::console::walk(site, chrome, &look).await;
    consent(site, chrome, &client, scope, &look).await;
    sign_in(site, chrome, &client, &look).await;
    sign_up(site, chrome, &client, &look).await;
    confirm(site, chrome, &look).await;
    recover(site, chrome, &client, &look).await;
    renew(site, chrome, &client, &look).await;
    second_factor(site, chrome, &look).await;
    super::account::leave(site, chrome, &look).await;
    unlock(site, chrome, &look).await;
}

/// Fills in fields and presses a button, past what the browser itself would refuse.
async fn send(chrome: &Chrome, fields: &[(&str, &str)], button: &str) {
    for (field, text) in fields {
        chrome.write(&format!("#{field}"), text).await;
    }
    chrome.run("for (const form of document.forms) form.noValidate = true;").await;
    chrome.click(button).await;
}

async fn set_up(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&setup::link(site.op.app.cx()).await.unwrap().unwrap()).await;
    look("set-up").await;
    let form = [("email", "root@example.com"), ("username", "?"), ("name", LONG), ("password", "password")];
    send(chrome, &form, "#setup-submit").await;
    chrome.at("#error-summary").await;
    look("set-up with mistakes").await;
    send(chrome, &[("username", "root"), ("password", PASSWORD)], "#setup-submit").await;
    chrome.at("#start-totp").await;
    look("the first second factor").await;
    chrome.open(&site.page("/")).await;
    chrome.at("#logout-form").await;
    look("home of a new account").await;
    chrome.click("#logout-confirm").await;
    chrome.at("#logged-out").await;
    site.op.user("ada").await;
}

async fn consent(site: &Site, chrome: &Chrome, client: &Registered, scope: &str, look: &impl AsyncFn(&str)) {
    chrome.open(&site.authorize(client, &[("scope", "openid email")])).await;
    chrome.sign_in("ada", PASSWORD).await;
    chrome.at("#consent-form").await;
    look("consent").await;
    chrome.click("#consent-allow").await;
    chrome.received().await;
    chrome.open(&site.authorize(client, &[("scope", scope)])).await;
    chrome.at(".scopes .tag").await;
    look("consent to more").await;
    chrome.click("#consent-allow").await;
    chrome.received().await;
    chrome.forbid_scripts().await;
    chrome.open(&site.authorize(client, &[("response_mode", "form_post")])).await;
    chrome.at("#continue").await;
    chrome.allow_scripts().await;
    look("back by a form").await;
    chrome.open(&site.authorize(client, &[("prompt", "login")])).await;
    chrome.at("#reauth-notice").await;
    look("sign-in once more").await;
    chrome.open(&site.page("/")).await;
    chrome.at("#apps").await;
    look("home").await;
    super::account::walk(site, chrome, look).await;
    chrome.open(&site.page("/")).await;
    chrome.click("#logout-confirm").await;
    chrome.at("#logged-out").await;
    look("signed out").await;
}

async fn sign_in(site: &Site, chrome: &Chrome, client: &Registered, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/login")).await;
    look("sign-in").await;
    chrome.open(&site.authorize(client, &[])).await;
    look("sign-in for an app").await;
    chrome.sign_in("root", "wrong").await;
    chrome.at("#error-summary").await;
    look("sign-in with a mistake").await;
    send(chrome, &[("username", EMAIL)], "#code-email").await;
    chrome.at("#verify-form").await;
    look("code in the place of the password").await;
    chrome.open(&site.page("/login")).await;
    send(chrome, &[("username", "ada")], "#code-email").await;
    chrome.at("#verify-form").await;
    let link = site.op.mails().await.pop().unwrap().link_at(&site.issuer);
    chrome.open(&site.page(&link)).await;
    chrome.at("#confirm-form").await;
    look("sign in by a link").await;
    chrome.forget_cookies().await;
    chrome.open(&site.page(&link)).await;
    chrome.at("#told").await;
    look("a link in another browser").await;
    chrome.open(&site.page("/login?request=unknown")).await;
    look("error").await;
    chrome.open(&site.page("/nothing")).await;
    look("nothing there").await;
}

async fn sign_up(site: &Site, chrome: &Chrome, client: &Registered, look: &impl AsyncFn(&str)) {
    chrome.open(&site.authorize(client, &[])).await;
    chrome.click("#to-signup").await;
    chrome.at("#signup-form").await;
    look("sign-up").await;
    let name = LONG.repeat(2);
    send(chrome, &[("email", "nobody@"), ("name", &name), ("password", BAD_PASSWORD)], "#signup-submit").await;
    chrome.at("#error-summary").await;
    look("sign-up with mistakes").await;
    chrome.click("#terms").await;
    send(chrome, &[("email", EMAIL), ("name", LONG), ("password", PASSWORD)], "#signup-submit").await;
    chrome.at("#verify-form").await;
    look("code").await;
    send(chrome, &[("code", "12345")], "#verify-submit").await;
    chrome.at("#error-summary").await;
    look("code with a mistake").await;
    chrome.click("summary").await;
    look("no letter").await;
    send(chrome, &[("email", "nobody@")], "#resend").await;
    chrome.at("#email-mistake").await;
    look("another address with a mistake").await;
    send(chrome, &[("email", EMAIL)], "#resend").await;
    chrome.at("#sent-again").await;
    look("another letter").await;
    let page = chrome.address().await;
    let link = site.op.mails().await.pop().unwrap().link_at(&site.issuer);
    chrome.open(&site.page(&link)).await;
    chrome.at("#confirm-form").await;
    look("confirm the address").await;
    let token = Opaque::from(link.split("token=").nth(1).unwrap());
    let phone = Opaque::random();
    let asker = Asker { browser: &phone, locale: Locale::En, request: None };
    let visit = Visit { asker, old: None, trusted: None, keep: false };
    register::by_link(site.op.app.cx(), &token, PASSWORD, visit).await.unwrap();
    chrome.open(page.as_str()).await;
    chrome.at("#confirm-form").await;
    look("confirmed in another browser").await;
    chrome.click("#confirm-submit").await;
    chrome.at("#consent-form").await;
}

async fn confirm(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/signup")).await;
    chrome.click("#terms").await;
    send(chrome, &[("email", "grace@example.com"), ("password", PASSWORD)], "#signup-submit").await;
    chrome.at("#verify-form").await;
    chrome.forget_cookies().await;
    chrome.open(&site.letter().await.1).await;
    chrome.at("#password").await;
    look("confirm in another browser").await;
    send(chrome, &[("password", BAD_PASSWORD)], "#confirm-submit").await;
    chrome.at("#error-summary").await;
    look("confirm in another browser with a mistake").await;
    send(chrome, &[("password", PASSWORD)], "#confirm-submit").await;
    chrome.at("#logout-form").await;
    chrome.click("#logout-confirm").await;
    chrome.at("#logged-out").await;
}

async fn recover(site: &Site, chrome: &Chrome, client: &Registered, look: &impl AsyncFn(&str)) {
    chrome.open(&site.authorize(client, &[])).await;
    chrome.click("#to-forgot").await;
    chrome.at("#forgot-form").await;
    look("forgotten").await;
    send(chrome, &[("email", "nobody@")], "#forgot-submit").await;
    chrome.at("#error-summary").await;
    look("forgotten with a mistake").await;
    send(chrome, &[("email", EMAIL)], "#forgot-submit").await;
    chrome.at("#verify-form").await;
    look("code for a new password").await;
    send(chrome, &[("code", &site.letter().await.0.code())], "#verify-submit").await;
    chrome.at("#reset-form").await;
    look("new password").await;
    send(chrome, &[("new-password", BAD_PASSWORD)], "#reset-submit").await;
    chrome.at("#error-summary").await;
    look("new password with a mistake").await;
    send(chrome, &[("new-password", NEXT)], "#reset-submit").await;
    chrome.at("#consent-form").await;
}

async fn renew(site: &Site, chrome: &Chrome, client: &Registered, look: &impl AsyncFn(&str)) {
    people::require_password_change(site.op.app.cx(), EMAIL).await.unwrap();
    chrome.open(&site.authorize(client, &[("prompt", "login")])).await;
    chrome.sign_in(EMAIL, NEXT).await;
    chrome.at("#renew-form").await;
    look("another password before going on").await;
    send(chrome, &[("new-password", NEXT)], "#renew-submit").await;
    chrome.at("#error-summary").await;
    look("another password before going on, with a mistake").await;
    send(chrome, &[("new-password", LAST)], "#renew-submit").await;
    chrome.at("#consent-form").await;
}

async fn second_factor(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/account/security")).await;
    chrome.at("#totp-begin").await;
    look("security").await;
    chrome.click("#totp-begin").await;
    let phone = Phone::new(&chrome.text("#totp-secret").await);
    look("authenticator app").await;
    send(chrome, &[("code", "12345"), ("name", LONG)], "#totp-submit").await;
    chrome.at("#error-summary").await;
    look("authenticator app with a mistake").await;
    send(chrome, &[("code", &phone.code(site.op.app.clock.now()))], "#totp-submit").await;
    chrome.at("#backup-codes").await;
    look("backup codes").await;
    chrome.open(&site.page("/")).await;
    chrome.click("#logout-confirm").await;
    chrome.at("#logged-out").await;

    site.op.wait(Duration::from_mins(1));
    chrome.open(&site.page("/login")).await;
    chrome.sign_in(EMAIL, LAST).await;
    chrome.at("#mfa-form").await;
    look("second step").await;
    send(chrome, &[("code", "12345")], "#mfa-submit").await;
    chrome.at("#error-summary").await;
    look("second step with a mistake").await;
    chrome.click("#mfa-methods a").await;
    chrome.at("input[name=way][value=backup]").await;
    look("second step by a backup code").await;
    send(chrome, &[("code", "12345")], "#mfa-submit").await;
    chrome.at("#error-summary").await;
    look("second step by a backup code with a mistake").await;
    chrome.click("#mfa-methods a").await;
    chrome.at("input[name=way][value=totp]").await;
    chrome.click("#trust").await;
    send(chrome, &[("code", &phone.code(site.op.app.clock.now()))], "#mfa-submit").await;
    chrome.at("#logout-form").await;
    chrome.open(&site.page("/account/security")).await;
    chrome.at("#trusted").await;
    chrome.click("#email-on").await;
    chrome.at("#email-codes form").await;
    look("security with everything").await;
    site.op.mails().await;
    chrome.open(&site.page("/")).await;
    chrome.click("#logout-confirm").await;
    chrome.at("#logged-out").await;
    chrome.forget_cookies().await;
    chrome.open(&site.page("/login")).await;
    chrome.sign_in(EMAIL, LAST).await;
    chrome.click("#mfa-methods a[href*=email]").await;
    chrome.at("#mfa-send").await;
    look("second step by e-mail").await;
    chrome.click("#mfa-send").await;
    chrome.at("#mfa-sent").await;
    look("second step by e-mail, sent").await;
    let code = site.op.mails().await.pop().unwrap().code();
    send(chrome, &[("code", &code)], "#mfa-submit").await;
    chrome.at("#logout-form").await;
}

/// Wrong passwords, until the owner is told, and lets himself in again.
async fn unlock(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    site.op.mails().await;
    chrome.forget_cookies().await;
    for _ in 0..10 {
        site.op.wait(Duration::from_mins(1));
        chrome.open(&site.page("/login")).await;
        chrome.sign_in(EMAIL, "wrong").await;
        chrome.at("#error-summary").await;
    }
    chrome.open(&site.page("/login")).await;
    chrome.sign_in(EMAIL, "wrong").await;
    chrome.at("#error-summary").await;
    look("sign-in that has to wait").await;
    chrome.open(&site.letter().await.1).await;
    chrome.at("#unlock-form").await;
    look("unlock").await;
    chrome.click("#unlock-submit").await;
    chrome.at("#told").await;
    look("unlocked").await;
}
