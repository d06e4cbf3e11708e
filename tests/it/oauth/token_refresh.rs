//! `grant_type=refresh_token` (RFC 6749 §6, RFC 9700 §4.14.2).

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use signet::flow::admin::client::Registered;

use crate::support::browser::Browser;
use crate::support::people;
use crate::support::{Answer, Op, authorize, redeem};

async fn tokens(op: &Op, client: &Registered) -> Value {
    let path = authorize(client, &[("scope", "openid email offline_access")]);
    let code = Browser::new(op).code(&path, "ada").await;
    op.token(client, &redeem(&code)).await.json()
}

fn refresh_token(answer: &Value) -> String {
    answer["refresh_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

async fn refresh(op: &Op, client: &Registered, token: &str) -> Answer {
    op.token(client, &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
}

fn dead() -> (u16, String) {
    (400, "invalid_grant".to_owned())
}

#[actix_web::test]
async fn rotation_goes_on_and_reuse_revokes_the_family() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let first = refresh_token(&tokens(&op, &client).await);
    let second = refresh_token(&refresh(&op, &client, &first).await.json());
    let third = refresh_token(&refresh(&op, &client, &second).await.json());
    op.wait(Duration::from_secs(21));
    assert_eq!(refresh(&op, &client, &first).await.error(), dead(), "an old one");
    assert_eq!(refresh(&op, &client, &third).await.error(), dead(), "and with it the newest");
}

#[actix_web::test]
async fn a_lost_answer_may_be_asked_for_again_once() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let first = refresh_token(&tokens(&op, &client).await);
    let lost = refresh_token(&refresh(&op, &client, &first).await.json());
    op.wait(Duration::from_secs(20));
    let again = refresh(&op, &client, &first).await;
    assert_eq!(again.status, 200, "{}", again.body);
    let replacement = refresh_token(&again.json());
    let next = refresh_token(&refresh(&op, &client, &replacement).await.json());
    assert_eq!(
        refresh(&op, &client, &lost).await.error(),
        dead(),
        "the lost one was replaced; whoever has it is a second holder"
    );
    assert_eq!(refresh(&op, &client, &next).await.error(), dead(), "so nobody keeps anything");
}

#[actix_web::test]
async fn the_answer_that_was_replaced_is_never_good_again() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let first = refresh_token(&tokens(&op, &client).await);
    let lost = refresh_token(&refresh(&op, &client, &first).await.json());
    let replacement = refresh_token(&refresh(&op, &client, &first).await.json());
    assert_eq!(refresh(&op, &client, &lost).await.error(), dead(), "at once, and within the grace");
    assert_eq!(refresh(&op, &client, &replacement).await.error(), dead());
}

#[actix_web::test]
async fn the_grace_ends_with_the_first_use_of_the_successor() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let first = refresh_token(&tokens(&op, &client).await);
    let second = refresh_token(&refresh(&op, &client, &first).await.json());
    let third = refresh_token(&refresh(&op, &client, &second).await.json());
    assert_eq!(refresh(&op, &client, &first).await.error(), dead());
    assert_eq!(refresh(&op, &client, &third).await.error(), dead());
}

#[actix_web::test]
async fn of_many_at_once_no_two_live_tokens_remain() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let first = refresh_token(&tokens(&op, &client).await);
    let answers = join_all((0..16).map(|_| refresh(&op, &client, &first))).await;
    let won: Vec<_> =
        answers.iter().filter(|answer| answer.status == 200).map(|answer| refresh_token(&answer.json())).collect();
    // the first use, and at most the one repetition that a lost answer is granted
    assert!((1..=2).contains(&won.len()), "{}", won.len());
    for token in won {
        assert_eq!(refresh(&op, &client, &token).await.error(), dead(), "the reuse among them revoked all");
    }
}

#[actix_web::test]
async fn refusals() {
    let op = Op::start().await;
    op.user("ada").await;
    let (client, thief) = (op.client(json!({})).await, op.client(json!({})).await);
    let token = refresh_token(&tokens(&op, &client).await);
    assert_eq!(refresh(&op, &thief, &token).await.error(), dead(), "another client");
    assert_eq!(refresh(&op, &client, "sgt_rt_guess").await.error(), dead(), "a guess");
    let missing = op.token(&client, &[("grant_type", "refresh_token")]).await;
    assert_eq!(missing.error(), (400, "invalid_request".into()));
    let form = [("grant_type", "refresh_token"), ("refresh_token", &*token), ("scope", "openid profile")];
    assert_eq!(op.token(&client, &form).await.error(), (400, "invalid_scope".into()), "more than was granted");
    let form = [("grant_type", "refresh_token"), ("refresh_token", &*token), ("scope", "openid")];
    let narrow = op.token(&client, &form).await;
    assert_eq!(
        (narrow.status, &narrow.json()["scope"]),
        (200, &json!("openid")),
        "no refusal used it up; less is fine"
    );
    assert!(narrow.json()["id_token"].is_string());
    let wide = refresh(&op, &client, &refresh_token(&narrow.json())).await;
    assert_eq!(wide.json()["scope"], "openid email offline_access", "the grant is as wide as it was");
}

#[actix_web::test]
async fn what_a_refresh_stands_on_must_still_stand() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let token = refresh_token(&tokens(&op, &client).await);
    people::set_enabled(op.app.cx(), "ada", false).await.unwrap();
    assert_eq!(refresh(&op, &client, &token).await.error(), dead(), "a disabled person");
    people::set_enabled(op.app.cx(), "ada", true).await.unwrap();
    assert_eq!(refresh(&op, &client, &token).await.error(), dead(), "enabling does not bring tokens back");
    let token = refresh_token(&tokens(&op, &client).await);
    op.set_password("ada", crate::support::PASSWORD).await;
    assert_eq!(refresh(&op, &client, &token).await.error(), dead(), "a new password");
}

#[actix_web::test]
async fn a_refresh_token_ends_idle_and_absolutely() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let token = refresh_token(&tokens(&op, &client).await);
    op.wait(Duration::from_hours(30 * 24));
    assert_eq!(refresh(&op, &client, &token).await.error(), dead(), "idle");
    let mut token = refresh_token(&tokens(&op, &client).await);
    for _ in 0..3 {
        op.wait(Duration::from_hours(29 * 24));
        token = refresh_token(&refresh(&op, &client, &token).await.json());
    }
    op.wait(Duration::from_hours(4 * 24));
    assert_eq!(refresh(&op, &client, &token).await.error(), dead(), "ninety days");
}

#[actix_web::test]
async fn there_is_no_refresh_token_without_offline_access() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let code = Browser::new(&op).code(&authorize(&client, &[]), "ada").await;
    assert!(op.token(&client, &redeem(&code)).await.json()["refresh_token"].is_null());
    let without = op.client(json!({ "grant_types": ["authorization_code"] })).await;
    let path = authorize(&without, &[("scope", "openid offline_access")]);
    let code = Browser::new(&op).code(&path, "ada").await;
    let answer = op.token(&without, &redeem(&code)).await.json();
    assert_eq!((&answer["refresh_token"], &answer["scope"]), (&Value::Null, &json!("openid")));
}
