//! What is asked for twice with one key is done once.

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::spec::right::Right;

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
    op.wait(std::time::Duration::from_hours(25));
    assert_eq!(create(&op, &boss, "a", json!({ "name": "later" })).await.status, 201, "a day later");
}

#[actix_web::test]
async fn what_failed_can_be_asked_for_again_with_the_same_key() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let role = json!({ "name": "clerk", "permissions": ["orders:approve"] });
    assert!(create(&op, &boss, "a", role.clone()).await.status >= 400);
    let role = json!({ "name": "clerk" });
    assert_eq!(create(&op, &boss, "a", role).await.status, 201);
}

#[actix_web::test]
async fn of_many_at_once_one_is_done() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let one = || create(&op, &boss, "a", json!({ "name": "clerk" }));
    let answers = futures_util::future::join_all((0..8).map(|_| one())).await;
    assert!(answers.iter().all(|answer| [201, 409].contains(&answer.status)));
    assert!(answers.iter().any(|answer| answer.status == 201));
    let roles = get(&op, &boss, "/roles").await.json();
    assert_eq!(roles["items"].as_array().unwrap().iter().filter(|role| role["name"] == "clerk").count(), 1);
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
