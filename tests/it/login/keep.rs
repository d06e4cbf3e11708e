//! "Keep me signed in": for how long, and through which steps.

use std::time::Duration;

use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;

use crate::factor::passkey::{ask, with_passkey};
use crate::factor::{sign_in, trust, with_app};
use crate::support::browser::{Browser, hidden, pairs};
use crate::support::{Answer, Op, PASSWORD, authorize};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_hours(24);
const KEPT: [(&str, &str); 3] = [("username", "ada"), ("password", PASSWORD), ("keep", "yes")];

/// The cookie of the session that an answer sets.
fn session(answer: &Answer) -> Cookie<'static> {
    let cookies = answer.headers.get_all("set-cookie").map(|header| header.to_str().unwrap().to_owned());
    let mut cookies = cookies.map(|text| Cookie::parse(text).unwrap());
    cookies.find(|cookie| cookie.name() == "signet_session").unwrap_or_else(|| panic!("{:?}", answer.headers))
}

/// How long the browser keeps it, in days.
fn days(cookie: &Cookie<'_>) -> Option<i64> {
    cookie.max_age().map(actix_web::cookie::time::Duration::whole_days)
}

/// Sends a form without going where it leads.
async fn send(browser: &mut Browser<'_>, path: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
    let form = page.body.split("<form").find(|form| form.contains(&format!("action=\"{path}\""))).unwrap();
    let mut form = hidden(form);
    form.retain(|(name, _)| fields.iter().all(|(given, _)| given != name));
    form.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    browser.send(TestRequest::post().uri(path).set_form(pairs(&form))).await
}

async fn enter(op: &Op, fields: &[(&str, &str)]) -> (Answer, String) {
    let mut browser = Browser::new(op);
    let (_, page) = browser.open("/login").await.page();
    let answer = send(&mut browser, "/login", &page, fields).await;
    let cookie = session(&answer).value().to_owned();
    (answer, cookie)
}

async fn is_live(op: &Op, cookie: &str) -> bool {
    signet::flow::session::current(op.app.cx(), Some(&cookie.into())).await.unwrap().is_some()
}

#[actix_web::test]
async fn the_cookie_ends_with_the_browser_unless_that_was_ticked() {
    let op = Op::start().await;
    op.user("ada").await;
    let (_, page) = Browser::new(&op).open("/login").await.page();
    assert!(page.body.contains("name=\"keep\"") && !page.body.contains(" checked"), "{}", page.body);
    assert_eq!(days(&session(&enter(&op, &KEPT[..2]).await.0)), None);
    let kept = session(&enter(&op, &KEPT).await.0);
    assert_eq!((days(&kept), kept.http_only()), (Some(90), Some(true)));
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    let wrong = [KEPT[0], ("password", "wrong"), KEPT[2]];
    assert!(send(&mut browser, "/login", &page, &wrong).await.body.contains(" checked"), "what was ticked is not lost");
}

#[actix_web::test]
async fn thirty_days_without_use_and_ninety_in_all() {
    let op = Op::start().await;
    op.user("ada").await;
    let (_, short) = enter(&op, &KEPT[..2]).await;
    let (_, idle) = enter(&op, &KEPT).await;
    op.wait(Duration::from_hours(13));
    assert!(!is_live(&op, &short).await, "the others end after twelve hours");
    assert!(is_live(&op, &idle).await);
    op.wait(30 * DAY);
    assert!(is_live(&op, &idle).await, "the last second");
    op.wait(30 * DAY + SECOND);
    assert!(!is_live(&op, &idle).await, "one more");

    let (_, used) = enter(&op, &KEPT).await;
    for _ in 0..3 {
        op.wait((30 * DAY).saturating_sub(SECOND));
        assert!(is_live(&op, &used).await);
    }
    op.wait(2 * SECOND);
    assert!(is_live(&op, &used).await, "the last second of ninety days");
    op.wait(SECOND);
    assert!(!is_live(&op, &used).await, "one more");
}

#[actix_web::test]
async fn the_list_of_devices_knows_both_kinds() {
    let op = Op::start().await;
    op.user("ada").await;
    enter(&op, &KEPT).await;
    enter(&op, &KEPT[..2]).await;
    op.wait(Duration::from_hours(13));
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    browser.sign_in(&page, "ada", PASSWORD).await.page();
    let (_, page) = browser.open("/account/sessions").await.page();
    assert_eq!(page.body.matches("name=\"end\"").count(), 1, "{}", page.body);
}

#[actix_web::test]
async fn the_wish_is_carried_through_the_second_step() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    for (fields, days_kept) in [(&KEPT[..2], None), (&KEPT[..], Some(90))] {
        op.wait(Duration::from_mins(1));
        let mut browser = Browser::new(&op);
        let (_, page) = browser.open("/login").await.page();
        let to = send(&mut browser, "/login", &page, fields).await;
        let (_, page) = browser.open(to.header("location")).await.page();
        let code = phone.code(op.app.clock.now());
        let answer = send(&mut browser, "/mfa", &page, &[("code", &code)]).await;
        assert_eq!(days(&session(&answer)), days_kept);
    }
}

#[actix_web::test]
async fn a_passkey_may_be_kept_too() {
    let op = Op::start().await;
    let mut device = with_passkey(&op, "ada").await;
    for (keep, days_kept) in [(&[][..], None), (&[KEPT[2]][..], Some(90))] {
        let mut browser = Browser::new(&op);
        let (_, page) = browser.open("/login").await.page();
        let (state, credential) = ask(&mut browser, &page, &mut device).await;
        let fields = [&[("passkey", state.as_str()), ("credential", credential.as_str())][..], keep].concat();
        let answer = send(&mut browser, "/login/passkey", &page, &fields).await;
        assert_eq!(days(&session(&answer)), days_kept);
    }
}

#[actix_web::test]
async fn who_has_to_prove_more_stays_as_before() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let client = op.client(serde_json::json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    trust(&op, &mut browser, &page, &phone).await;
    browser.forget("signet_session");
    op.wait(Duration::from_mins(1));
    let (_, page) = browser.open("/login").await.page();
    assert_eq!(days(&session(&send(&mut browser, "/login", &page, &KEPT).await)), Some(90), "trusted: one factor");
    let more = authorize(&client, &[("acr_values", "urn:signet:acr:mfa")]);
    let (_, page) = browser.open(&more).await.page();
    let code = phone.code(op.app.clock.now());
    let answer = send(&mut browser, "/mfa", &page, &[("code", &code)]).await;
    assert_eq!(days(&session(&answer)), Some(90), "a further factor");
    op.wait(Duration::from_mins(6));
    let (path, page) = browser.open("/account/security").await.page();
    assert!(path.starts_with("/login?to=") && page.body.contains("value=\"yes\" checked"), "{}", page.body);
}

#[actix_web::test]
async fn a_code_in_the_place_of_the_password_carries_the_wish_too() {
    let op = Op::with(|config| config.factor.alone = vec!["email".to_owned()]).await;
    op.user("ada").await;
    for (keep, days_kept) in [(&[][..], None), (&[KEPT[2]][..], Some(90))] {
        let mut browser = Browser::new(&op);
        let (_, page) = browser.open("/login").await.page();
        let fields = [&[KEPT[0], ("by", "email")][..], keep].concat();
        let to = send(&mut browser, "/login/code", &page, &fields).await;
        let (_, page) = browser.open(to.header("location")).await.page();
        let code = op.mail().await.code();
        let answer = send(&mut browser, "/login/code", &page, &[("code", &code)]).await;
        assert_eq!(days(&session(&answer)), days_kept);
    }
}
