//! The link of the first start.

use signet::flow::setup;

use crate::support::browser::{Browser, hidden, pairs};
use crate::support::{ISSUER, Op, PASSWORD};

async fn link(op: &Op) -> Option<String> {
    let link = setup::link(op.app.cx()).await.unwrap()?;
    Some(link.strip_prefix(ISSUER).unwrap().to_owned())
}

#[actix_web::test]
async fn the_first_administrator_is_made_once() {
    let op = Op::start().await;
    let path = link(&op).await.unwrap();
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open(&path).await.page();
    let form = hidden(&page.body);
    let mut short = pairs(&form);
    short.extend([("email", "root@example.com"), ("username", "root"), ("name", "Root"), ("password", "short")]);
    let (_, again) = browser.submit("/setup", &short).await.page();
    assert!(again.status == 400 && again.body.contains("at least 8"), "{}", again.body);
    assert!(again.body.contains("value=\"root@example.com\""), "nothing typed is lost");

    let mut good = short.clone();
    *good.last_mut().unwrap() = ("password", PASSWORD);
    let (path_then, _) = browser.submit("/setup", &good).await.page();
    assert_eq!(path_then, "/account/security/start", "an administrator needs a second factor");
    let (_, home) = browser.open("/").await.page();
    assert!(home.body.contains("admin"), "{}", home.body);
    assert_eq!(link(&op).await, None);
    let (_, used) = Browser::new(&op).open(&path).await.page();
    assert!(used.status == 403 && used.body.contains("has been used"), "{}", used.body);
    let (_, twice) = browser.submit("/setup", &good).await.page();
    assert_eq!(twice.status, 403);
}

#[actix_web::test]
async fn a_guessed_link_opens_nothing() {
    let op = Op::start().await;
    for path in ["/setup", "/setup?token=guess"] {
        assert_eq!(op.get(path).await.status, 403, "{path}");
    }
}

#[actix_web::test]
async fn of_many_at_once_one_becomes_administrator() {
    let op = Op::start().await;
    let path = link(&op).await.unwrap();
    let token = path.split_once("token=").unwrap().1.to_owned();
    let make = |n: usize| {
        let (op, token) = (&op, token.clone());
        async move {
            let new = signet::flow::user::New {
                email: format!("root{n}@example.com"),
                password: Some(PASSWORD.to_owned()),
                ..Default::default()
            };
            setup::create(op.app.cx(), &token, new, None).await.is_ok()
        }
    };
    let made = futures_util::future::join_all((0..16).map(make)).await;
    assert_eq!(made.iter().filter(|made| **made).count(), 1);
}
