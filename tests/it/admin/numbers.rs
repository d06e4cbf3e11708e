//! How it goes, as the console and the API tell it.

use std::time::Duration;

use serde_json::json;
use signet::spec::right::Right;

use super::boss;
use crate::account::signed_in;
use crate::api::{get, key};
use crate::support::Op;
use crate::support::browser::Browser;

#[actix_web::test]
async fn people_sessions_and_sign_ins_are_counted() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    op.user("ada").await;
    op.wait(Duration::from_hours(24));
    signed_in(&op, "ada").await;
    let mut stranger = Browser::new(&op);
    let (_, page) = stranger.open("/login").await.page();
    stranger.sign_in(&page, "ada", "wrong").await.page();

    let token = key(&op, &[Right::StatsRead]).await;
    let stats = get(&op, &token, "/stats").await.json();
    assert_eq!(stats["users"], json!({ "total": 2, "active": 2, "verified": 2, "locked": 0, "new": 2 }));
    let days = stats["sign_ins"].as_array().unwrap();
    assert_eq!(days.len(), 30);
    let count = |at: usize| (days[at]["ok"].as_i64().unwrap(), days[at]["failed"].as_i64().unwrap());
    assert_eq!((count(28), count(29), count(0)), ((1, 0), (1, 1), (0, 0)), "{days:?}");
    let none = key(&op, &[Right::UsersRead]).await;
    assert_eq!(get(&op, &none, "/stats").await.status, 403);

    let (_, page) = browser.open("/login?to=%2Fadmin").await.page();
    let (_, page) = browser.sign_in(&page, "boss", crate::support::PASSWORD).await.page();
    assert!(page.body.contains("id=\"chart\"") && page.body.contains("<rect class=\"bad\""), "{}", page.body);
}
