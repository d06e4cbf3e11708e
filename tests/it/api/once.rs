//! What is asked for twice with one key is done once.

use std::time::Duration;

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::app::Cx;
use signet::flow::admin::once::{self, Claim};
use signet::flow::admin::{Actor, How, client};
use signet::model::answered::Answered;
use signet::spec::client_meta::Metadata;
use signet::spec::right::Right;
use signet::store::client::Wanted;
use signet::worker;

use super::{get, key, master};
use crate::support::{Answer, Op};

async fn create(op: &Op, token: &str, once: &str, body: Value) -> Answer {
    let request = TestRequest::post().uri("/api/v1/roles").insert_header(("authorization", format!("Bearer {token}")));
    op.call(request.insert_header(("idempotency-key", once)).set_json(body)).await
}

#[actix_web::test]
async fn the_first_answer_comes_again() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let role = json!({ "name": "clerk" });
    let first = create(&op, &boss, "a", role.clone()).await;
    let again = create(&op, &boss, "a", role.clone()).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!((first.body, first.headers.get("location")), (again.body.clone(), again.headers.get("location")));
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(create(&op, &boss, "b", role.clone()).await.status, 409, "another key asks anew");
    assert_eq!(create(&op, &boss, "a", json!({ "name": "other" })).await.status, 422, "another request");
    let other = key(&op, &[Right::RolesWrite]).await;
    assert_eq!(create(&op, &other, "a", json!({ "name": "own" })).await.status, 201, "another caller");
    op.wait(Duration::from_hours(25));
    assert_eq!(create(&op, &boss, "a", json!({ "name": "later" })).await.status, 201, "a day later");
}

#[actix_web::test]
async fn what_failed_can_be_asked_for_again_with_the_same_key() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let role = json!({ "name": "clerk", "permissions": ["orders:approve"] });
    assert_eq!(create(&op, &boss, "a", role).await.status, 422);
    let role = json!({ "name": "clerk" });
    assert_eq!(create(&op, &boss, "a", role).await.status, 201);
}

/// Apps may have the same name, so nothing but the key keeps the second from being made.
#[actix_web::test]
async fn of_many_at_once_one_is_done() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let app = json!({ "client_name": "Shop", "redirect_uris": [crate::support::CALLBACK] });
    let one = async |key: String| {
        let request = TestRequest::post().uri("/api/v1/clients");
        let request = request.insert_header(("authorization", format!("Bearer {boss}")));
        op.call(request.insert_header(("idempotency-key", key)).set_json(app.clone())).await
    };
    let count = async || get(&op, &boss, "/clients").await.json()["items"].as_array().unwrap().len();
    let answers = futures_util::future::join_all((0..8).map(|_| one("a".to_owned()))).await;
    assert!(answers.iter().all(|answer| [201, 409].contains(&answer.status)));
    assert!(answers.iter().any(|answer| answer.status == 201));
    assert_eq!(count().await, 1);
    futures_util::future::join_all((0..3).map(|n| one(format!("own {n}")))).await;
    assert_eq!(count().await, 4, "without the same key each is done");
}

fn shop() -> Metadata {
    Metadata::from_json(&json!({ "client_name": "Shop", "redirect_uris": [crate::support::CALLBACK] }).to_string())
        .unwrap()
}

async fn claim(op: &Op) -> Result<Answered, String> {
    match once::claim(op.app.cx(), "somebody", ("key", "request")).await {
        Ok(Claim::First(row)) => Ok(row),
        Ok(Claim::Again(status, _)) => panic!("answered with {status}"),
        Err(error) => Err(error.to_string()),
    }
}

#[actix_web::test]
async fn what_was_done_is_not_done_again_when_its_answer_was_lost() {
    let op = Op::start().await;
    let by = Actor::operator();
    let row = claim(&op).await.unwrap();
    let cx = Cx { once: Some(&row), ..op.app.cx() };
    let made = client::register(cx, &by, How::Apply, shop()).await.unwrap();
    for wait in [0, 120, 23 * 3600] {
        op.wait(Duration::from_secs(wait));
        let error = claim(&op).await.unwrap_err();
        assert!(error.contains("answer was lost") && error.contains(made.batch.as_str()), "{error}");
    }
    once::end(op.app.cx(), row, None).await.unwrap();
    assert!(claim(&op).await.is_err(), "it is not free again, whatever the answer was");
}

#[actix_web::test]
async fn whoever_takes_too_long_does_nothing_beside_the_next_one() {
    let op = Op::start().await;
    let by = Actor::operator();
    let slow = claim(&op).await.unwrap();
    assert!(claim(&op).await.is_err());
    op.wait(Duration::from_secs(61));
    let next = claim(&op).await.unwrap();
    let made = async |row| client::register(Cx { once: Some(row), ..op.app.cx() }, &by, How::Apply, shop()).await;
    assert!(made(&slow).await.unwrap_err().to_string().contains("took so long"));
    once::end(op.app.cx(), slow.clone(), None).await.unwrap();
    made(&next).await.unwrap();
    assert!(claim(&op).await.is_err());
    let apps = client::list(op.app.cx(), &by, &Wanted::default(), "", 10).await.unwrap();
    assert_eq!(apps.len(), 1);
}

#[actix_web::test]
async fn a_key_that_is_over_takes_that_of_nobody_else_along() {
    let op = Op::start().await;
    let (boss, other) = (master(&op).await, key(&op, &[Right::RolesWrite]).await);
    create(&op, &boss, "a", json!({ "name": "first" })).await;
    op.wait(Duration::from_hours(20));
    create(&op, &other, "a", json!({ "name": "second" })).await;
    op.wait(Duration::from_hours(5));
    worker::tend_once(&op.app, "node").await;
    let again = create(&op, &other, "a", json!({ "name": "second" })).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, "true"));
    assert_eq!(op.sql("DELETE FROM answered").await, 1, "and the one that was over is gone");
}

#[actix_web::test]
async fn callers_learn_what_is_left_of_their_limit() {
    let op = Op::with(|config| config.limits.api_rate = 2).await;
    let boss = master(&op).await;
    let first = get(&op, &boss, "/roles").await;
    assert_eq!((first.header("ratelimit"), first.header("ratelimit-policy")), ("\"api\";r=1;t=1", "\"api\";q=2;w=1"));
    get(&op, &boss, "/roles").await;
    let refused = get(&op, &boss, "/roles").await;
    assert_eq!(
        (refused.status, refused.header("retry-after"), refused.header("ratelimit")),
        (429, "1", "\"api\";r=0;t=1")
    );
}
