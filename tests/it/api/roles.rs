//! Roles and permissions: made, changed, taken back; and nobody's power grows beyond that of who gave it.

use actix_web::http::Method;
use serde_json::{Value, json};
use signet::flow::admin::{Actor, How, person, undo};
use signet::model::BatchId;
use signet::spec::right::{Right, Rights};

use super::{call, get, key, master, post};
use crate::support::Op;

async fn put(op: &Op, token: &str, name: &str, body: Value) -> crate::support::Answer {
    call(op, token, (Method::PUT, &format!("/roles/{name}")), body).await
}

#[actix_web::test]
async fn a_role_is_made_changed_deleted_and_brought_back_with_its_holders() {
    let op = Op::start().await;
    let (boss, ada, by) = (master(&op).await, op.user("ada").await, Actor::operator());
    let new = json!({ "name": "teacher", "description": "Teaches", "permissions": ["users.read"] });
    assert_eq!(post(&op, &boss, "/roles", new.clone()).await.status, 201);
    assert_eq!(post(&op, &boss, "/roles", new).await.status, 409);
    person::grant_role(op.app.cx(), &by, How::Apply, (&ada.id, "teacher")).await.unwrap();
    let holders = get(&op, &boss, "/roles/teacher/users").await.json();
    assert_eq!(
        (&holders["items"][0]["username"], &holders["items"][0]["granted_by"]),
        (&json!("ada"), &json!("operator"))
    );
    let more = json!({ "permissions": ["clients.read", "users.read"] });
    assert_eq!(put(&op, &boss, "teacher", more).await.json()["permissions"], json!(["clients.read", "users.read"]));
    let gone = call(&op, &boss, (Method::DELETE, "/roles/teacher"), Value::Null).await;
    assert_eq!(get(&op, &boss, "/roles/teacher").await.status, 404);
    undo::undo(op.app.cx(), &by, How::Apply, &BatchId::from(gone.header("signet-batch"))).await.unwrap();
    assert_eq!(get(&op, &boss, "/roles/teacher").await.json()["permissions"], json!(["clients.read", "users.read"]));
    assert_eq!(get(&op, &boss, "/roles/teacher/users").await.json()["items"][0]["username"], "ada");
}

#[actix_web::test]
async fn a_change_of_a_role_counts_at_once() {
    let op = Op::start().await;
    let (boss, ada, by) = (master(&op).await, op.user("ada").await, Actor::operator());
    post(&op, &boss, "/roles", json!({ "name": "reader", "permissions": ["users.read"] })).await;
    person::grant_role(op.app.cx(), &by, How::Apply, (&ada.id, "reader")).await.unwrap();
    let may = async || Actor::person(op.app.cx(), &ada.id).await.unwrap().rights.has(Right::UsersRead);
    assert!(may().await);
    put(&op, &boss, "reader", json!({ "permissions": [] })).await;
    assert!(!may().await);
}

#[actix_web::test]
async fn permissions_of_apps_are_held_by_administrators_and_given_by_those_who_hold_them() {
    let op = Op::start().await;
    let by = Actor::operator();
    let (root, helper) = (op.user("root").await, op.user("helper").await);
    person::grant_role(op.app.cx(), &by, How::Apply, (&root.id, "admin")).await.unwrap();
    let boss = master(&op).await;
    assert_eq!(post(&op, &boss, "/permissions", json!({ "name": "orders:approve" })).await.status, 201);
    let root = Actor::person(op.app.cx(), &root.id).await.unwrap();
    assert!(root.permissions.iter().any(|name| name == "orders:approve"));
    let role = json!({ "name": "clerk", "permissions": ["orders:approve"] });
    assert_eq!(post(&op, &boss, "/roles", role).await.status, 403, "a key holds no permission of an app");
    let wanted = signet::flow::admin::role::Wanted { permissions: vec!["orders:approve".into()], ..Default::default() };
    signet::flow::admin::role::create(op.app.cx(), &root, How::Apply, ("clerk", &wanted)).await.unwrap();
    person::grant_role(op.app.cx(), &root, How::Apply, (&helper.id, "clerk")).await.unwrap();
    let helper = Actor::person(op.app.cx(), &helper.id).await.unwrap();
    assert_eq!(helper.rights, Rights::own(), "it means nothing here");
}

#[actix_web::test]
async fn what_signet_itself_needs_stays() {
    let op = Op::start().await;
    let boss = master(&op).await;
    for (path, status) in
        [("/roles/admin", 409), ("/roles/user", 409), ("/permissions/admin:users", 409), ("/roles/nothing", 404)]
    {
        assert_eq!(call(&op, &boss, (Method::DELETE, path), Value::Null).await.status, status, "{path}");
    }
    for (path, status) in [("/permissions/admin:users", 409), ("/permissions/no:thing", 404)] {
        let described = call(&op, &boss, (Method::PATCH, path), json!({ "description": "Mine" })).await;
        assert_eq!(described.status, status, "{path}");
    }
    assert_eq!(put(&op, &boss, "admin", json!({ "permissions": ["users.read"] })).await.status, 409);
    let unknown = json!({ "name": "x", "permissions": ["no:thing"] });
    assert_eq!(post(&op, &boss, "/roles", unknown).await.status, 422);
    let many: Vec<String> = (0..201).map(|number| format!("area:{number}")).collect();
    let refused = post(&op, &boss, "/roles", json!({ "name": "x", "permissions": many })).await;
    assert!(refused.status == 422 && refused.body.contains("at most 200"), "{}", refused.body);
    let twice = json!({ "name": "x", "permissions": ["users.read", "users.read"] });
    assert_eq!(post(&op, &boss, "/roles", twice).await.json()["permissions"], json!(["users.read"]));
}

/// P-06, in small: whatever somebody tries with roles, nobody ends up with more than whoever tried has.
#[actix_web::test]
async fn nobody_lifts_anybody_above_themselves() {
    let op = Op::start().await;
    let by = Actor::operator();
    let (mallory, friend) = (op.user("mallory").await, op.user("friend").await);
    let boss = master(&op).await;
    post(&op, &boss, "/roles", json!({ "name": "chief", "permissions": ["roles.read", "roles.write", "users.read"] }))
        .await;
    person::grant_role(op.app.cx(), &by, How::Apply, (&mallory.id, "chief")).await.unwrap();
    let mallory = Actor::person(op.app.cx(), &mallory.id).await.unwrap();
    let cx = op.app.cx();
    for role in ["admin", "support", "moderator"] {
        assert!(person::grant_role(cx, &mallory, How::Apply, (&friend.id, role)).await.is_err(), "{role}");
    }
    for name in Right::ALL.iter().map(|right| right.text()).chain(["admin:users", "write:all", "admin:system"]) {
        let wanted = signet::flow::admin::role::Wanted { permissions: vec![name.into()], ..Default::default() };
        let made = signet::flow::admin::role::create(cx, &mallory, How::Apply, ("own", &wanted)).await;
        if made.is_ok() {
            person::grant_role(cx, &mallory, How::Apply, (&friend.id, "own")).await.unwrap();
            signet::flow::admin::role::delete(cx, &mallory, How::Apply, "own").await.unwrap();
        }
        let friend = Actor::person(cx, &friend.id).await.unwrap();
        assert!(mallory.rights.and(Rights::own()).cover(friend.rights), "{name}: {}", friend.rights);
    }
    let helper = key(&op, &[Right::RolesWrite]).await;
    assert_eq!(
        post(&op, &helper, "/roles", json!({ "name": "all", "permissions": ["users.write"] })).await.status,
        403
    );
}
