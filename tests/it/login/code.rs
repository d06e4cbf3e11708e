//! A code or a link in the place of the password.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;
use signet::config::Config;

use crate::account::{phone, signed_in};
use crate::factor::claims_of;
use crate::join::fill;
use crate::support::browser::{Browser, hidden, pairs, param};
use crate::support::{Answer, Op, authorize, redeem};

fn allowed(config: &mut Config) {
    config.factor.alone = vec!["email".to_owned(), "sms".to_owned()];
}

/// From the sign-in page to the one that asks for the code.
async fn ask(browser: &mut Browser<'_>, at: &str, name: &str, by: &str) -> Answer {
    let (_, page) = browser.open(at).await.page();
    let mut form = hidden(&page.body);
    form.extend([("username".to_owned(), name.to_owned()), ("by".to_owned(), by.to_owned())]);
    let (path, page) = browser.submit("/login/code", &pairs(&form)).await.page();
    assert!(path.starts_with("/login/code?challenge="), "{path}: {}", page.body);
    page
}

#[actix_web::test]
async fn a_code_by_e_mail_signs_in_to_the_app_and_says_what_it_is_worth() {
    let op = Op::with(allowed).await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let page = ask(&mut browser, &authorize(&client, &[]), "ada", "email").await;
    let mail = op.mail().await;
    assert_eq!(mail.to, "ada@example.com");
    let wrong = if mail.code() == "000000" { "111111" } else { "000000" };
    let (_, page) = fill(&mut browser, "/login/code", &page, &[("code", wrong)]).await.page();
    assert_eq!(page.status, 400);
    let back = fill(&mut browser, "/login/code", &page, &[("code", &mail.code())]).await.away();
    let claims = claims_of(&op.token(&client, &redeem(&param(&back, "code").unwrap())).await);
    assert_eq!((&claims["acr"], &claims["amr"]), (&json!("urn:signet:acr:1fa"), &json!(["otp"])));
}

#[actix_web::test]
async fn a_code_to_the_phone_signs_in() {
    let op = Op::with(allowed).await;
    op.user("ada").await;
    phone::prove(&op, &mut signed_in(&op, "ada").await, "+442079460958").await;
    let mut browser = Browser::new(&op);
    let page = ask(&mut browser, "/login", "ada", "sms").await;
    let code = op.sms().await.code();
    assert_eq!(fill(&mut browser, "/login/code", &page, &[("code", &code)]).await.page().0, "/");
}

#[actix_web::test]
async fn the_link_signs_in_only_where_it_was_asked_for() {
    let op = Op::with(allowed).await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    ask(&mut browser, "/login", "ada", "email").await;
    let link = op.mail().await.link();
    let mut other = Browser::new(&op);
    let (_, told) = other.open(&link).await.page();
    assert!(told.body.contains("id=\"told\"") && !told.body.contains("confirm-submit"), "{}", told.body);
    let (_, page) = browser.open(&link).await.page();
    let mut form = hidden(page.body.split("id=\"confirm-form\"").nth(1).unwrap());
    // the token alone is not enough, wherever it is sent from
    let (_, login) = other.open("/login").await.page();
    let csrf = hidden(&login.body).into_iter().find(|(name, _)| name == "csrf").unwrap();
    let stolen: Vec<_> = form.iter().map(|pair| if pair.0 == "csrf" { csrf.clone() } else { pair.clone() }).collect();
    assert_eq!(other.submit("/login/code", &pairs(&stolen)).await.page().1.status, 400);
    assert!(other.cookie("signet_session").is_none());
    form.retain(|(name, _)| name != "request");
    assert_eq!(browser.submit("/login/code", &pairs(&form)).await.page().0, "/");
    assert_eq!(browser.open(&link).await.page().1.status, 400, "used");
}

/// The page tells nobody who has an account.
#[actix_web::test]
async fn an_unknown_name_looks_the_same_and_gets_no_letter() {
    let op = Op::with(allowed).await;
    op.user("ada").await;
    let shape = |page: &Answer, name: &str| {
        let body = page.body.replace(name, "NAME");
        let cut = |body: String, tag: &str| {
            let mut parts = body.split(tag);
            let first = parts.next().unwrap().to_owned();
            parts.fold(first, |text, part| text + part.split_once('"').unwrap().1)
        };
        cut(cut(cut(body, "nonce=\""), "name=\"challenge\" value=\""), "name=\"csrf\" value=\"")
    };
    let known = ask(&mut Browser::new(&op), "/login", "ada@example.com", "email").await;
    let unknown = ask(&mut Browser::new(&op), "/login", "bob@example.com", "email").await;
    let without = ask(&mut Browser::new(&op), "/login", "ada@example.com", "sms").await;
    assert_eq!((known.status, shape(&known, "ada@example.com")), (unknown.status, shape(&unknown, "bob@example.com")));
    assert_eq!(without.status, 200, "whether there is a number is told to nobody either");
    assert_eq!(op.mail().await.to, "ada@example.com");
}

#[actix_web::test]
async fn it_is_off_unless_it_is_switched_on() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    assert!(!page.body.contains("/login/code"), "{}", page.body);
    let mut form = hidden(&page.body);
    form.extend([("username".to_owned(), "ada".to_owned()), ("by".to_owned(), "email".to_owned())]);
    let (_, refused) = browser.submit("/login/code", &pairs(&form)).await.page();
    assert_eq!(refused.status, 403);
    assert!(op.mails().await.is_empty());
}

#[actix_web::test]
async fn of_many_at_once_one_gets_in_and_time_ends_it() {
    let op = Op::with(|config| {
        allowed(config);
        config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()];
    })
    .await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let page = ask(&mut browser, "/login", "ada", "email").await;
    let code = op.mail().await.code();
    let cookie = browser.cookie("signet_browser").unwrap().to_owned();
    let tries = (0..4).map(async |_| {
        let mut same = Browser::new(&op);
        same.remember("signet_browser", &cookie);
        fill(&mut same, "/login/code", &page, &[("code", &code)]).await.page().0 == "/"
    });
    assert_eq!(join_all(tries).await.into_iter().filter(|won| *won).count(), 1);
    let page = ask(&mut browser, "/login?to=/account/email", "ada", "email").await;
    let code = op.mail().await.code();
    op.wait(Duration::from_mins(10));
    let (_, over) = fill(&mut Browser::new(&op), "/login/code", &page, &[("code", &code)]).await.page();
    assert_eq!(over.status, 403, "another browser's form");
    let (_, over) = fill(&mut browser, "/login/code", &page, &[("code", &code)]).await.page();
    assert_eq!(over.status, 400);
}
