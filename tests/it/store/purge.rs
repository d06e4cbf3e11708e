//! What has ended goes, and nothing else.

use std::time::Duration;

use serde_json::json;
use signet::worker;

use crate::support::browser::{Browser, param};
use crate::support::{Op, authorize, redeem};

#[actix_web::test]
async fn what_is_in_use_outlives_the_purge() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    let path = authorize(&client, &[("scope", "openid offline_access")]);
    let code = browser.code(&path, "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    let unredeemed = browser.code(&path, "ada").await;
    op.wait(Duration::from_hours(11));
    worker::tend_once(&op.app, "node").await;
    assert!(param(&browser.open(&authorize(&client, &[("scope", "openid")])).await.away(), "code").is_some());
    op.wait(Duration::from_hours(48));
    worker::tend_once(&op.app, "node").await;
    let form = [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())];
    assert_eq!(op.token(&client, &form).await.status, 200, "a redeemed grant stays");
    let error = op.token(&client, &redeem(&unredeemed)).await;
    assert_eq!(error.error(), (400, "invalid_grant".into()));
}

#[actix_web::test]
async fn one_node_does_the_work() {
    let op = Op::start().await;
    let take = async |holder: &str| {
        let (now, until) = (op.app.clock.now(), op.app.clock.now().plus(Duration::from_mins(5)));
        op.app.db.write(async |tx| signet::store::lease::take(tx, "purge", holder, now, until).await).await.unwrap()
    };
    assert!(take("a").await && take("a").await);
    assert!(!take("b").await);
    op.wait(Duration::from_mins(5));
    assert!(take("b").await && !take("a").await);
    op.app.db.write(async |tx| signet::store::lease::release_all(tx, "b").await).await.unwrap();
    assert!(take("a").await);
}
