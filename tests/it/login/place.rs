//! Where people sign in, and when they cannot have got there.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::time::Duration;

use actix_web::test::TestRequest;
use signet::app::Atlas;

use crate::factor::with_app;
use crate::support::atlas::{self, Place, berlin, nuremberg, sydney};
use crate::support::browser::{Browser, hidden, pairs};
use crate::support::mail::Mail;
use crate::support::{Answer, Op, PASSWORD};

const BERLIN: &str = "192.0.2.1";
const NUREMBERG: &str = "192.0.2.201";
const SYDNEY: &str = "198.51.100.1";
/// Only its country is known.
const SOMEWHERE: &str = "203.0.113.1";
const NOWHERE: &str = "10.0.0.1";

const fn net(a: u8, b: u8, c: u8, d: u8, length: u32) -> (Ipv4Addr, u32) {
    (Ipv4Addr::new(a, b, c, d), length)
}

fn places() -> Vec<Place> {
    let somewhere = Place { network: net(203, 0, 113, 0, 24), city: None, country: ("France", "Frankreich"), at: None };
    let (home, near) = (berlin(net(192, 0, 2, 0, 25)), nuremberg(net(192, 0, 2, 128, 25)));
    vec![home, near, sydney(net(198, 51, 100, 0, 24)), somewhere]
}

/// A server that knows places; also where its file lies.
async fn op() -> (Op, PathBuf) {
    let mut path = PathBuf::new();
    let op = Op::with(|config| {
        std::fs::create_dir_all(&config.data).unwrap();
        path = config.data.join("places.mmdb");
        atlas::write(&path, &places());
        config.place.database = path.display().to_string();
        config.limits.exempt_networks = vec!["0.0.0.0/0".to_owned()];
    })
    .await;
    (op, path)
}

/// Sends the form of a page from an address.
async fn send(browser: &mut Browser<'_>, (path, page): (&str, &Answer), fields: &[(&str, &str)], from: &str) -> Answer {
    let mut form = hidden(&page.body);
    form.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let request = TestRequest::post().uri(path).peer_addr(format!("{from}:1").parse().unwrap());
    browser.send(request.set_form(pairs(&form))).await
}

/// Signs in from an address; where that leads.
async fn sign_in(browser: &mut Browser<'_>, from: &str) -> String {
    browser.forget("signet_session");
    let (_, page) = browser.open("/login").await.page();
    let answer = send(browser, ("/login", &page), &[("username", "ada"), ("password", PASSWORD)], from).await;
    answer.header("location").to_owned()
}

/// The one letter that has left.
async fn one_mail(op: &Op) -> Mail {
    let mut mails = op.every_mail().await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    mails.remove(0)
}

async fn subjects(op: &Op) -> Vec<String> {
    op.every_mail().await.into_iter().map(|mail| mail.subject).collect()
}

#[actix_web::test]
async fn devices_activity_and_letters_name_the_place() {
    let (op, _) = op().await;
    let ada = op.user("ada").await;
    for (language, home, near, somewhere) in [
        ("en", "Berlin, Germany", "Nuremberg, Germany", "France"),
        ("de", "Berlin, Deutschland", "Nürnberg, Deutschland", "Frankreich"),
    ] {
        op.complete(&ada, language).await;
        let mut browser = Browser::new(&op);
        sign_in(&mut browser, BERLIN).await;
        op.every_mail().await;
        sign_in(&mut Browser::new(&op), NUREMBERG).await;
        let mail = one_mail(&op).await;
        assert!(mail.text.contains(&format!("{near} ({NUREMBERG})")), "{}", mail.text);
        sign_in(&mut Browser::new(&op), SOMEWHERE).await;
        assert!(one_mail(&op).await.text.contains(&format!("{somewhere} ({SOMEWHERE})")));
        sign_in(&mut Browser::new(&op), NOWHERE).await;
        assert!(one_mail(&op).await.text.contains(&format!(" {NOWHERE} ")));
        for page in ["/account/sessions", "/account/activity"] {
            let (_, page) = browser.open(page).await.page();
            for place in [home, near, somewhere] {
                assert!(page.body.contains(&format!("<bdi>{place}</bdi>")), "{place} in {}", page.body);
            }
        }
        op.wait(Duration::from_hours(48));
    }
}

#[actix_web::test]
async fn a_place_whose_name_is_not_known_in_the_language_is_named_in_english() {
    let (op, _) = op().await;
    let ada = op.user("ada").await;
    op.complete(&ada, "ar").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, BERLIN).await;
    let (_, page) = browser.open("/account/sessions").await.page();
    assert!(page.body.contains("Berlin") && page.body.contains("Germany"), "{}", page.body);
}

#[actix_web::test]
async fn a_bad_file_is_told_at_the_start_and_a_new_one_is_read() {
    for bad in ["/no/such/file.mmdb", file!()] {
        let error = Atlas::open(bad).err().unwrap();
        assert!(error.contains("place.database") && error.contains(bad), "{error}");
    }
    let (op, path) = op().await;
    op.user("ada").await;
    let place = || op.app.atlas.find(BERLIN.parse().unwrap(), signet::locale::Locale::En).map(|place| place.name);
    std::fs::write(&path, "not a file of places").unwrap();
    op.settle().await;
    assert_eq!(place().as_deref(), Some("Berlin, Germany"), "the old one stays in use");
    atlas::write(&path, &[sydney(net(192, 0, 2, 0, 24))]);
    assert_eq!(place().as_deref(), Some("Berlin, Germany"));
    op.settle().await;
    assert_eq!(place().as_deref(), Some("Sydney, Australia"));
    assert_eq!(op.app.atlas.find("2001:db8::1".parse().unwrap(), signet::locale::Locale::En), None);
}

#[actix_web::test]
async fn a_sign_in_further_away_than_anybody_travels_is_told() {
    let (op, _) = op().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, BERLIN).await;
    assert_eq!(sign_in(&mut browser, NUREMBERG).await, "/");
    assert!(subjects(&op).await.is_empty(), "places so near are not told apart");
    op.wait(Duration::from_hours(15));
    assert_eq!(sign_in(&mut browser, SYDNEY).await, "/", "without a factor the letter is all");
    let mail = one_mail(&op).await;
    assert!(mail.subject.starts_with("Sign-in from far away"), "{}", mail.subject);
    assert!(mail.text.contains("Sydney, Australia") && mail.link() == "/account/sessions", "{}", mail.text);
    let (_, activity) = browser.open("/account/activity?kind=sign-ins").await.page();
    assert_eq!(activity.body.matches("The sign-in was far away from the one before").count(), 1);
    op.wait(Duration::from_hours(17));
    sign_in(&mut browser, BERLIN).await;
    assert!(subjects(&op).await.is_empty(), "there was time to come back");
    sign_in(&mut Browser::new(&op), SYDNEY).await;
    assert_eq!(subjects(&op).await.len(), 1, "one letter says both");
    sign_in(&mut browser, NOWHERE).await;
    sign_in(&mut browser, SOMEWHERE).await;
    assert!(subjects(&op).await.is_empty(), "who knows where that is");
}

#[actix_web::test]
async fn a_trusted_browser_that_cannot_be_here_is_asked_all_the_same() {
    let (op, _) = op().await;
    let (phone, _) = with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let to = sign_in(&mut browser, BERLIN).await;
    let (_, page) = browser.open(&to).await.page();
    let code = phone.code(op.app.clock.now());
    assert_eq!(send(&mut browser, ("/mfa", &page), &[("code", &code), ("trust", "yes")], BERLIN).await.status, 303);
    op.every_mail().await;
    op.wait(Duration::from_mins(1));
    assert_eq!(sign_in(&mut browser, BERLIN).await, "/", "trusted");
    op.wait(Duration::from_mins(1));
    let to = sign_in(&mut browser, SYDNEY).await;
    assert!(to.starts_with("/mfa"), "{to}");
    assert!(subjects(&op).await.is_empty(), "not in yet");
    let (_, page) = browser.open(&to).await.page();
    let code = phone.code(op.app.clock.now());
    assert_eq!(send(&mut browser, ("/mfa", &page), &[("code", &code)], SYDNEY).await.status, 303);
    assert!(subjects(&op).await[0].starts_with("Sign-in from far away"));
    op.wait(Duration::from_mins(1));
    assert_eq!(sign_in(&mut browser, SYDNEY).await, "/", "the trust has not ended");
}
