//! How it goes, as the console and the API tell it.

use std::time::Duration;

use serde_json::json;
use signet::spec::right::Right;
use signet::worker;

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
    signed_in(&op, "ada").await;
    let later = async || get(&op, &token, "/stats").await.json()["sign_ins"][29]["ok"].as_i64().unwrap();
    assert_eq!(later().await, 1, "for a minute it is not counted again");
    op.wait(Duration::from_mins(1));
    assert_eq!(later().await, 2);
    let none = key(&op, &[Right::UsersRead]).await;
    assert_eq!(get(&op, &none, "/stats").await.status, 403);

    let (_, page) = browser.open("/login?to=%2Fadmin").await.page();
    let (_, page) = browser.sign_in(&page, "boss", crate::support::PASSWORD).await.page();
    assert!(page.body.contains("id=\"chart\"") && page.body.contains("<rect class=\"bad\""), "{}", page.body);
}

#[actix_web::test]
async fn a_day_that_has_ended_is_counted_once() {
    let op = Op::start().await;
    op.user("ada").await;
    signed_in(&op, "ada").await;
    let token = key(&op, &[Right::StatsRead]).await;
    let ok = async || {
        op.wait(Duration::from_mins(1));
        let days = get(&op, &token, "/stats").await.json()["sign_ins"].clone();
        days.as_array().unwrap().iter().map(|day| day["ok"].as_i64().unwrap()).rev().take(3).collect::<Vec<_>>()
    };
    assert_eq!(ok().await, [1, 0, 0]);
    worker::tend_once(&op.app, "node").await;
    assert_eq!(op.sql("UPDATE sign_in_day SET ok = ok").await, 29, "those before today");
    op.wait(Duration::from_hours(24));
    signed_in(&op, "ada").await;
    assert_eq!(ok().await, [1, 1, 0]);
    worker::tend_once(&op.app, "node").await;
    op.sql("DELETE FROM audit").await;
    assert_eq!(ok().await, [0, 1, 0], "only today is counted again");
}

#[actix_web::test]
async fn what_needs_a_hand_leads_to_those_it_is_about() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    op.user("ada").await;
    crate::support::people::step(op.app.cx(), "ada", signet::spec::account_state::Step::Lock).await.unwrap();
    let (_, page) = browser.open("/admin").await.page();
    assert!(page.body.contains("href=\"/admin/people?state=locked\""), "{}", page.body);
}
