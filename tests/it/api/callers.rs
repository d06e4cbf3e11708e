//! Who may call, and how the others are told.

use std::time::Duration;

use actix_web::http::Method;
use serde_json::{Value, json};
use signet::flow::admin::api_key::{self, New};
use signet::flow::admin::{Actor, How};
use signet::spec::right::Right;

use super::{call, get, key, master};
use crate::support::Op;

#[actix_web::test]
async fn a_key_opens_what_it_has_rights_for() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let reader = key(&op, &[Right::UsersRead]).await;
    let answer = get(&op, &reader, "/users").await;
    assert_eq!((answer.status, answer.json()["items"][0]["email"].as_str()), (200, Some("ada@example.com")));
    let step = format!("/users/{}/suspend", ada.id);
    let refused = call(&op, &reader, (Method::POST, &step), Value::Null).await;
    assert_eq!(refused.status, 403);
    let problem = refused.json();
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!((problem["code"].as_str(), problem["status"].as_i64()), (Some("insufficient_scope"), Some(403)));
    op.settle().await;
    let why = signet::flow::explain::explain(op.app.cx(), problem["reference"].as_str().unwrap()).await.unwrap();
    assert_eq!(why.row.expected.as_deref(), Some("users.write"));
}

#[actix_web::test]
async fn nobody_comes_in_without_a_live_key() {
    let op = Op::start().await;
    let by = Actor::operator();
    let new = New {
        name: "Job".into(),
        rights: [Right::UsersRead].into_iter().collect(),
        networks: vec!["192.0.2.0/24".into()],
        expires_at: Some(op.app.clock.now().plus(Duration::from_mins(1))),
    };
    let elsewhere = api_key::create(op.app.cx(), &by, How::Apply, new.clone()).await.unwrap().value.1;
    let refused = get(&op, elsewhere.reveal(), "/users").await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (403, Some("access_denied")), "from another network");
    let here = New { networks: vec!["127.0.0.1".into()], ..new };
    let short = api_key::create(op.app.cx(), &by, How::Apply, here).await.unwrap().value.1;
    assert_eq!(get(&op, short.reveal(), "/users").await.status, 200);
    op.wait(Duration::from_mins(1));
    assert_eq!(get(&op, short.reveal(), "/users").await.status, 401, "expired");
    let live = key(&op, &[Right::UsersRead]).await;
    let none = op.get("/api/v1/users").await;
    assert_eq!((none.status, none.header("www-authenticate")), (401, "Bearer realm=\"signet\""));
    assert_eq!(get(&op, "sgt_key_guess", "/users").await.status, 401);
    assert_eq!(get(&op, &format!("{live}x"), "/users").await.status, 401);
}

#[actix_web::test]
async fn a_revoked_key_ends_at_once() {
    let op = Op::start().await;
    let (boss, other) = (master(&op).await, key(&op, &[Right::UsersRead]).await);
    let keys = get(&op, &boss, "/api-keys").await.json();
    let found = keys["items"].as_array().unwrap().iter().find(|row| row["rights"] == json!(["users.read"])).unwrap();
    assert!(found.get("key").is_none() && found.get("hash").is_none(), "{found}");
    let path = format!("/api-keys/{}", found["id"].as_str().unwrap());
    assert_eq!(call(&op, &boss, (Method::DELETE, &path), Value::Null).await.status, 200);
    assert_eq!(get(&op, &other, "/users").await.status, 401);
}

#[actix_web::test]
async fn a_key_cannot_make_one_that_may_do_more() {
    let op = Op::start().await;
    let smith = key(&op, &[Right::ApiKeysWrite]).await;
    let new = json!({ "name": "More", "rights": ["users.write"] });
    let refused = call(&op, &smith, (Method::POST, "/api-keys"), new).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (403, Some("access_denied")));
    let same = json!({ "name": "Same", "rights": ["api-keys.write"] });
    assert_eq!(call(&op, &smith, (Method::POST, "/api-keys"), same).await.status, 201);
}
