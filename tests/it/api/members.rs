//! What is not documented is not set, however it is asked for.

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::web::routes::ROUTES;

use super::auth::signed_in;
use super::document::{body, operations};
use super::sample::sample;
use super::{get, master};
use crate::support::Op;

/// What somebody would try who knows how such things are stored.
const WANTED: [&str; 24] = [
    "id",
    "tenant_id",
    "tenant",
    "state",
    "roles",
    "role",
    "is_admin",
    "admin",
    "permissions",
    "rights",
    "scope",
    "email_verified",
    "email_verified_at",
    "user_id",
    "client_id",
    "client_secret",
    "hash",
    "password_hash",
    "phc",
    "built_in",
    "created_at",
    "created_by",
    "deleted_at",
    "__proto__",
];

#[actix_web::test]
async fn no_body_takes_what_it_does_not_name() {
    let op = Op::with(|config| config.limits.api_rate = 1_000_000).await;
    let (boss, ada, app) = (master(&op).await, op.user("ada").await, op.client(json!({})).await);
    let (own, ask) = (signed_in(&op, "ada").await, op.service().await);
    let before = (get(&op, &boss, "/users/ada").await.body, get(&op, &own, "/users/me").await.body);
    let mut tried = 0;
    for (name, operation) in operations() {
        let Some(schema) = body(operation).filter(|schema| schema["additionalProperties"] == false) else { continue };
        let route = ROUTES.iter().find(|route| format!("{} {}", route.method, route.path) == name).unwrap();
        let id = if name.contains("/clients/") { app.client.id.as_str() } else { ada.id.as_str() };
        let token = if operation["security"][0]["bearer"][0].as_str().is_some_and(|right| right.starts_with("self.")) {
            &own
        } else {
            &boss
        };
        let path = super::matrix::filled(route.path, id);
        let ask_with = |body: &Value| {
            let request = TestRequest::default().method(route.method.clone()).uri(&path).set_json(body);
            ask(request.insert_header(("authorization", format!("Bearer {token}"))))
        };
        // by the order of the members
        let list: Vec<Value> = sample(schema).as_object().unwrap().values().cloned().collect();
        assert_eq!(ask_with(&json!(list)).await.status, 422, "{name} {list:?}");
        for member in WANTED.iter().filter(|member| schema["properties"].get(**member).is_none()) {
            let mut sent = sample(schema);
            sent[*member] = json!("admin");
            let answer = ask_with(&sent).await;
            assert!([400, 422].contains(&answer.status), "{name} {sent}: {} {}", answer.status, answer.body);
            assert!(answer.json()["detail"].as_str().unwrap().contains(member), "{name} {member}: {}", answer.body);
            tried += 1;
        }
    }
    assert!(tried > 300, "{tried}");
    let after = (get(&op, &boss, "/users/ada").await.body, get(&op, &own, "/users/me").await.body);
    assert_eq!(without_time(&after.0), without_time(&before.0));
    assert_eq!(without_time(&after.1), without_time(&before.1));
}

fn without_time(body: &str) -> Value {
    let mut body: Value = serde_json::from_str(body).unwrap();
    body.as_object_mut().unwrap().remove("last_seen_at");
    body
}

#[actix_web::test]
async fn a_preview_is_asked_for_in_one_way_and_nothing_else_passes_for_it() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let suspend = async |query: &str| {
        super::post(&op, &boss, &format!("/users/{}/suspend?{query}", ada.id), Value::Null).await.status
    };
    for query in ["preview=1", "preview=True", "preview=yes", "preview=tru%65x", "preview=true&preview=false"] {
        assert!([400, 422].contains(&suspend(query).await), "{query}");
    }
    assert_eq!(suspend("preview=tru%65").await, 200, "the same in other letters");
    assert_eq!(get(&op, &boss, "/users/ada").await.json()["state"], "active");
    assert_eq!(suspend("preview=false").await, 200);
    assert_eq!(get(&op, &boss, "/users/ada").await.json()["state"], "suspended");
}

/// No database keeps that one character.
#[actix_web::test]
async fn nul_is_refused_wherever_it_stands() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    for path in ["/users/%00", "/users?search=%00", "/clients?name=a%00", "/audit/x%00", "/users?after=%00"] {
        assert_eq!(get(&op, &boss, path).await.status, 400, "{path}");
    }
    let path = format!("/users/{}", ada.id);
    assert_eq!(super::patch(&op, &boss, &path, json!({ "name": "a\0b" })).await.status, 400);
    let search = super::post(&op, &boss, "/users/search", json!({ "role": "\0" })).await;
    assert_eq!(search.status, 400, "{}", search.body);
    assert_eq!(op.get("/admin/people/%00").await.status, 400);
}
