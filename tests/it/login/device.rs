//! Signing in at a browser that the person has not used before.

use std::time::Duration;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::test::TestRequest;
use signet::worker;

use crate::factor::{sign_in, with_app};
use crate::join::fill;
use crate::support::browser::{Browser, hidden, pairs};
use crate::support::mail::Mail;
use crate::support::{Answer, Op, PASSWORD};

const DAY: Duration = Duration::from_hours(24);
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

fn exempt(config: &mut signet::config::Config) {
    config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()];
}

/// Signs in once more; the letters about it.
async fn letters(op: &Op, browser: &mut Browser<'_>, name: &str) -> Vec<Mail> {
    browser.forget("signet_session");
    assert_eq!(sign_in(browser, name).await.page().0, "/");
    op.every_mail().await
}

/// The one letter that has left.
async fn one_mail(op: &Op) -> Mail {
    let mut mails = op.every_mail().await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    mails.remove(0)
}

fn mark(answer: &Answer) -> Cookie<'static> {
    let cookies = answer.headers.get_all("set-cookie").map(|header| header.to_str().unwrap().to_owned());
    let mut cookies = cookies.map(|text| Cookie::parse(text).unwrap());
    cookies.find(|cookie| cookie.name() == "signet_device").unwrap()
}

#[actix_web::test]
async fn a_browser_that_is_new_to_the_person_is_told_once() {
    let op = Op::with(exempt).await;
    op.user("ada").await;
    let (mut home, mut work) = (Browser::new(&op), Browser::new(&op));
    assert!(letters(&op, &mut home, "ada").await.is_empty(), "the first of all");
    assert!(letters(&op, &mut home, "ada").await.is_empty());
    let mails = letters(&op, &mut work, "ada").await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].to.as_str(), mails[0].link().as_str()), ("ada@example.com", "/account/sessions"));
    assert!(mails[0].subject.contains("New sign-in"), "{}", mails[0].subject);
    for _ in 0..2 {
        assert!(letters(&op, &mut work, "ada").await.is_empty(), "known from now on");
        assert!(letters(&op, &mut home, "ada").await.is_empty());
    }
    work.forget("signet_device");
    assert_eq!(letters(&op, &mut work, "ada").await.len(), 1, "cookies were deleted");
}

/// As after an upgrade from a version that noted no browsers.
#[actix_web::test]
async fn who_was_signed_in_before_browsers_were_noted_is_told_of_the_first() {
    use diesel_async::RunQueryDsl as _;
    let op = Op::with(exempt).await;
    op.user("ada").await;
    assert!(letters(&op, &mut Browser::new(&op), "ada").await.is_empty());
    let forget = op.app.db.write(async |tx| {
        let query = diesel::sql_query("DELETE FROM known_device");
        let count = match tx {
            signet::store::Conn::Lite(conn) => query.execute(&mut **conn).await,
            signet::store::Conn::Pg(conn) => query.execute(&mut ***conn).await,
        };
        Ok::<_, signet::store::Error>(count?)
    });
    assert_eq!(forget.await.unwrap(), 1);
    assert_eq!(letters(&op, &mut Browser::new(&op), "ada").await.len(), 1);
}

#[actix_web::test]
async fn the_letter_says_when_where_and_with_what() {
    let op = Op::with(exempt).await;
    op.user("ada").await;
    letters(&op, &mut Browser::new(&op), "ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    let mut form = hidden(&page.body);
    form.extend([("username", "ada"), ("password", PASSWORD)].map(|(name, value)| (name.to_owned(), value.to_owned())));
    let request = TestRequest::post().uri("/login").peer_addr("192.0.2.7:1".parse().unwrap());
    let answer = browser.send(request.insert_header(("user-agent", FIREFOX)).set_form(pairs(&form))).await;
    let cookie = mark(&answer);
    assert_eq!((cookie.http_only(), cookie.same_site()), (Some(true), Some(SameSite::Lax)));
    assert_eq!(cookie.max_age().unwrap().whole_days(), 400);
    let mail = one_mail(&op).await;
    for part in ["2027-01-15 08:00:00 UTC", "192.0.2.7", "Firefox on Linux"] {
        assert!(mail.text.contains(part) && mail.html.contains(part), "{part} in {}", mail.text);
    }
}

#[actix_web::test]
async fn persons_who_share_a_browser_share_no_knowledge() {
    let op = Op::with(exempt).await;
    op.user("ada").await;
    op.user("bob").await;
    let mut shared = Browser::new(&op);
    letters(&op, &mut shared, "ada").await;
    let before = shared.cookie("signet_device").unwrap().to_owned();
    letters(&op, &mut Browser::new(&op), "bob").await;
    assert_eq!(letters(&op, &mut shared, "bob").await.len(), 1, "known to ada is not known to bob");
    assert_eq!(shared.cookie("signet_device"), Some(before.as_str()), "one mark");
    assert!(letters(&op, &mut shared, "ada").await.is_empty());
}

/// Whoever knows only the password has not signed in yet.
#[actix_web::test]
async fn it_is_told_after_the_second_step_and_not_before() {
    let op = Op::with(exempt).await;
    let (phone, _) = with_app(&op, "ada").await;
    op.every_mail().await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    assert!(op.every_mail().await.is_empty());
    fill(&mut browser, "/mfa", &page, &[("code", &phone.code(op.app.clock.now()))]).await.page();
    assert_eq!(op.every_mail().await.len(), 1);
}

#[actix_web::test]
async fn fifty_browsers_are_known_and_none_that_was_not_seen_for_400_days() {
    let op = Op::with(exempt).await;
    op.user("ada").await;
    let (mut old, mut kept) = (Browser::new(&op), Browser::new(&op));
    letters(&op, &mut old, "ada").await;
    op.wait(Duration::from_secs(1));
    letters(&op, &mut kept, "ada").await;
    for _ in 0..49 {
        op.wait(Duration::from_mins(10));
        letters(&op, &mut Browser::new(&op), "ada").await;
    }
    op.wait(Duration::from_mins(10));
    assert!(letters(&op, &mut kept, "ada").await.is_empty());
    op.wait(Duration::from_mins(10));
    assert_eq!(letters(&op, &mut old, "ada").await.len(), 1, "the one that was not seen for longest");

    op.wait(399 * DAY);
    worker::tend_once(&op.app, "node").await;
    assert!(letters(&op, &mut kept, "ada").await.is_empty());
    op.wait(2 * DAY);
    worker::tend_once(&op.app, "node").await;
    assert_eq!(letters(&op, &mut old, "ada").await.len(), 1, "forgotten");
    op.wait(500 * DAY);
    worker::tend_once(&op.app, "node").await;
    assert_eq!(letters(&op, &mut Browser::new(&op), "ada").await.len(), 1, "and the next is not taken for the first");
}

#[actix_web::test]
async fn nobody_fills_a_mailbox_by_signing_in() {
    let op = Op::with(exempt).await;
    op.user("ada").await;
    let mut count = 0;
    for _ in 0..15 {
        count += letters(&op, &mut Browser::new(&op), "ada").await.len();
    }
    assert_eq!(count, 10);
}
