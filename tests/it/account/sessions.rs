use std::time::Duration;

use actix_web::test::TestRequest;
use signet::base::random::Opaque;
use signet::flow::account::{password, sessions};
use signet::flow::session;
use signet::model::auth::Session;
use signet::model::{ChallengeId, SessionId};
use signet::store;

use super::{fill, is_in, signed_in};
use crate::factor::{add_app, sign_in};
use crate::support::Op;
use crate::support::browser::{Browser, hidden};

const CHROME: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/// The values of the buttons that end one session each.
fn buttons(page: &str) -> Vec<String> {
    let values = page.split("name=\"end\" value=\"").skip(1);
    values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn devices_are_shown_in_plain_words_and_one_can_be_ended() {
    let op = Op::start().await;
    op.user("ada").await;
    let (mut here, mut there) = (signed_in(&op, "ada").await, signed_in(&op, "ada").await);
    let (_, page) = here.open("/account/sessions").await.page();
    assert_eq!(page.body.matches("This device").count(), 1);
    let ends = buttons(&page.body);
    assert_eq!(ends.len(), 1);
    let (path, page) = fill(&mut here, "/account/sessions", &page, &[("end", &ends[0])]).await.page();
    assert_eq!(path, "/account/sessions?ended=yes");
    assert!(page.body.contains("id=\"sessions-ended\"") && buttons(&page.body).is_empty(), "{}", page.body);
    assert!(is_in(&mut here).await && !is_in(&mut there).await);
    let (_, page) = here.open("/account/activity").await.page();
    assert!(page.body.contains("You signed out another device"), "{}", page.body);
}

/// A sign-in that has used up its last step and has not been written yet belongs to what ends.
#[actix_web::test]
async fn what_is_just_becoming_a_session_ends_with_the_others() {
    for way in ["a password by an operator", "a password of one's own", "signing out elsewhere"] {
        let op = Op::start().await;
        op.user("ada").await;
        let mut browser = signed_in(&op, "ada").await;
        add_app(&op, &mut browser).await;
        let cookie = Opaque::from(browser.cookie("signet_session").unwrap());
        let live = session::current(op.app.cx(), Some(&cookie)).await.unwrap().unwrap();
        let (path, _) = sign_in(&mut Browser::new(&op), "ada").await.page();
        let id = ChallengeId::from(path.split("challenge=").nth(1).unwrap());

        let (app, begun) = (&op.app, tokio::sync::Notify::new());
        let nearly = async {
            let written = app.db.write(async |tx| {
                assert!(store::challenge::end(tx, &app.tenant, &id, app.clock.now()).await?);
                begun.notify_one();
                tokio::time::sleep(Duration::from_millis(300)).await;
                let (hash, id) = (Opaque::from("late").hash(), SessionId::random());
                store::session::insert(tx, &Session { hash, id, ..live.session.clone() }).await
            });
            written.await.unwrap();
        };
        let end = async {
            begun.notified().await;
            let next = "another good password";
            match way {
                "signing out elsewhere" => sessions::end_others(app.cx(), &live).await.unwrap(),
                "a password of one's own" => assert_eq!(password::change(app.cx(), &live, next).await.unwrap(), None),
                _ => op.set_password("ada", next).await,
            }
        };
        tokio::join!(nearly, end);
        let late = session::current(op.app.cx(), Some(&Opaque::from("late"))).await.unwrap();
        assert!(late.is_none(), "{way}");
    }
}

#[actix_web::test]
async fn the_browser_is_named_and_what_it_said_stands_behind() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open("/login?to=/account/sessions").await.page();
    let csrf = hidden(&page.body).into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    let form = [("csrf", csrf.as_str()), ("username", "ada"), ("password", crate::support::PASSWORD)];
    browser.send(TestRequest::post().uri("/login").insert_header(("user-agent", CHROME)).set_form(form)).await;
    let (_, page) = browser.open("/account/sessions").await.page();
    assert!(page.body.contains(&format!("title=\"{CHROME}\">Chrome on Windows<")), "{}", page.body);
    assert!(page.body.contains("127.0.0.1") && page.body.contains("datetime=\"2027-01-15T08:00:00Z\""));
}

#[actix_web::test]
async fn everywhere_else_is_ended_at_once_and_nobody_elses() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("bob").await;
    let mut bob = signed_in(&op, "bob").await;
    let (mut here, mut one, mut two) =
        (signed_in(&op, "ada").await, signed_in(&op, "ada").await, signed_in(&op, "ada").await);
    let (_, page) = here.open("/account/sessions").await.page();
    let foreign = buttons(&page.body)[0].clone();
    let (_, own) = bob.open("/account/sessions").await.page();
    fill(&mut bob, "/account/sessions", &own, &[("end", &foreign)]).await.page();
    assert!(is_in(&mut one).await && is_in(&mut two).await, "only one's own sessions can be ended");
    fill(&mut here, "/account/sessions", &page, &[("others", "yes")]).await.page();
    assert!(is_in(&mut here).await && is_in(&mut bob).await);
    assert!(!is_in(&mut one).await && !is_in(&mut two).await);
}

#[actix_web::test]
async fn a_hundred_sessions_fit_on_a_small_page() {
    let op = Op::with(|config| {
        config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()];
    })
    .await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open("/account/sessions").await.page();
    let csrf = hidden(&page.body)[0].1.clone();
    let browser_cookie = browser.cookie("signet_browser").unwrap().to_owned();
    for _ in 0..100 {
        let form = [("csrf", csrf.as_str()), ("username", "ada"), ("password", crate::support::PASSWORD)];
        let request = TestRequest::post().uri("/login").insert_header(("user-agent", CHROME)).set_form(form);
        let cookie = actix_web::cookie::Cookie::new("signet_browser", browser_cookie.clone());
        assert_eq!(op.call(request.cookie(cookie)).await.status, 303);
    }
    assert!(!is_in(&mut browser).await, "the oldest ends when there are too many");
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open("/account/sessions").await.page();
    assert_eq!(buttons(&page.body).len(), 99);
    assert!(page.body.len() < 60_000, "{}", page.body.len());
}

#[actix_web::test]
async fn what_is_over_is_not_shown() {
    let op = Op::start().await;
    op.user("ada").await;
    signed_in(&op, "ada").await;
    op.wait(Duration::from_hours(13));
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open("/account/sessions").await.page();
    assert!(buttons(&page.body).is_empty(), "{}", page.body);
}
