//! Taking back: only what is still as it was left, by whoever could have done it, as often as there is something to take
//! back.

use actix_web::http::Method;
use serde_json::{Value, json};
use signet::flow::admin::access::{self, Given, Then};
use signet::flow::admin::{Actor, How, person, undo};
use signet::model::BatchId;
use signet::spec::right::Right;

use super::{call, get, key, master, patch, post};
use crate::support::{Answer, CALLBACK, Op, PASSWORD};

/// The id of what took it back, or why it was not.
async fn back(op: &Op, id: &str) -> Result<String, String> {
    let undone = undo::undo(op.app.cx(), &Actor::operator(), How::Apply, &BatchId::from(id)).await;
    undone.map(|done| done.batch.0).map_err(|error| error.to_string())
}

fn batch(answer: &Answer) -> &str {
    assert!(answer.status < 300, "{}", answer.body);
    answer.header("signet-batch")
}

async fn put(op: &Op, token: &str, path: &str, body: Value) -> Answer {
    call(op, token, (Method::PUT, path), body).await
}

async fn delete(op: &Op, token: &str, path: &str) -> Answer {
    call(op, token, (Method::DELETE, path), Value::Null).await
}

#[actix_web::test]
async fn what_was_made_stays_when_it_was_changed_since() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let app = json!({ "client_name": "Shop", "redirect_uris": [CALLBACK] });
    for (area, new, member, change) in [
        ("/users", json!({ "email": "eve@example.com" }), "id", json!({ "name": "Eve" })),
        ("/clients", app, "client_id", json!({ "client_name": "Other" })),
    ] {
        let made = post(&op, &boss, area, new).await;
        let path = format!("{area}/{}", made.json()[member].as_str().unwrap());
        let changed = patch(&op, &boss, &path, change).await;
        let refused = back(&op, batch(&made)).await.unwrap_err();
        assert!(refused.contains("changed again since"), "{area}: {refused}");
        back(&op, batch(&changed)).await.unwrap();
        back(&op, batch(&made)).await.unwrap();
    }
    let made = post(&op, &boss, "/roles", json!({ "name": "clerk", "permissions": ["users.read"] })).await;
    let changed = put(&op, &boss, "/roles/clerk", json!({ "permissions": [] })).await;
    assert!(back(&op, batch(&made)).await.unwrap_err().contains("changed again since"));
    assert_eq!(get(&op, &boss, "/roles/clerk").await.status, 200);
    back(&op, batch(&changed)).await.unwrap();
    back(&op, batch(&made)).await.unwrap();
    assert_eq!(get(&op, &boss, "/roles/clerk").await.status, 404);
}

#[actix_web::test]
async fn somebody_who_was_made_and_was_given_a_role_since_stays() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let made = post(&op, &boss, "/users", json!({ "email": "eve@example.com", "roles": ["support"] })).await;
    let path = format!("/users/{}", made.json()["id"].as_str().unwrap());
    let given = put(&op, &boss, &format!("{path}/roles/moderator"), Value::Null).await;
    assert!(back(&op, batch(&made)).await.unwrap_err().contains("changed again since"));
    let taken = delete(&op, &boss, &format!("{path}/roles/moderator")).await;
    assert!(back(&op, batch(&given)).await.unwrap_err().contains("changed again since"), "it is not held any more");
    let back_again = back(&op, batch(&taken)).await.unwrap();
    assert!(back(&op, batch(&taken)).await.is_err(), "once");
    back(&op, &back_again).await.unwrap();
    back(&op, batch(&made)).await.unwrap();
    assert_eq!(get(&op, &boss, &path).await.json()["state"], "deleting");
}

#[actix_web::test]
async fn a_password_that_was_set_since_is_not_asked_for_again() {
    let op = Op::start().await;
    let (ada, by) = (op.user("ada").await, Actor::operator());
    let wanted = access::require_password_change(op.app.cx(), &by, How::Apply, &ada.id).await.unwrap();
    op.set_password("ada", "another long password").await;
    assert!(back(&op, wanted.batch.as_str()).await.unwrap_err().contains("changed again since"));
    let wanted = access::require_password_change(op.app.cx(), &by, How::Apply, &ada.id).await.unwrap();
    back(&op, wanted.batch.as_str()).await.unwrap();
    let (_, password) = access::factors(op.app.cx(), &by, &ada.id).await.unwrap();
    assert!(!password.unwrap().must_change);
}

#[actix_web::test]
async fn a_key_is_revoked_lives_again_and_is_revoked_again() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let made = post(&op, &boss, "/api-keys", json!({ "name": "Job", "rights": ["users.read"] })).await;
    let (token, id) = (made.json()["key"].as_str().unwrap().to_owned(), made.json()["id"].as_str().unwrap().to_owned());
    let status = async || get(&op, &token, "/users").await.status;
    let path = format!("/api-keys/{id}");
    let revoked = delete(&op, &boss, &path).await;
    assert!(back(&op, batch(&made)).await.unwrap_err().contains("changed again since"));
    op.wait(std::time::Duration::from_mins(5));
    assert_eq!(delete(&op, &boss, &path).await.json()["revoked_at"], revoked.json()["revoked_at"], "as it was before");
    assert_eq!(status().await, 401);
    let lives = back(&op, batch(&revoked)).await.unwrap();
    assert_eq!(status().await, 200);
    back(&op, &lives).await.unwrap();
    assert_eq!(status().await, 401);
    assert!(back(&op, batch(&made)).await.unwrap_err().contains("changed again since"));
}

/// Sessions that have to show a second factor before they are good for more.
async fn demanded(op: &Op) -> usize {
    op.sql("UPDATE session SET needs_factor = needs_factor WHERE needs_factor").await
}

#[actix_web::test]
async fn a_role_comes_back_with_all_who_held_it_and_with_what_it_demands() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    post(&op, &boss, "/roles", json!({ "name": "teacher", "needs_factor": true })).await;
    op.crowd(&ada, 2500).await;
    let held = "INSERT INTO user_role (tenant_id, user_id, role, granted_at, granted_by) \
         SELECT tenant_id, id, 'teacher', 0, 'test' FROM \"user\"";
    assert_eq!(op.sql(held).await, 2501);
    let gone = delete(&op, &boss, "/roles/teacher").await;
    let told = get(&op, &boss, &format!("/changes/{}", batch(&gone))).await.json();
    assert_eq!(
        (told["changed"].as_array().unwrap().len(), &told["changed"][0]["before"]["holders"]),
        (1, &json!(2501))
    );
    let event = op.audit(1).await.remove(0);
    assert!(event.changes.as_ref().unwrap().contains("\"holders\":2501"), "a number: {:?}", event.changes);
    crate::account::signed_in(&op, "ada").await;
    op.sql(&format!("DELETE FROM \"user\" WHERE id = '{}-1'", ada.id)).await;
    assert_eq!(demanded(&op).await, 0);
    let again = back(&op, batch(&gone)).await.unwrap();
    assert_eq!(demanded(&op).await, 1);
    assert_eq!(op.sql("UPDATE user_role SET role = role WHERE role = 'teacher'").await, 2500, "but for who is gone");
    back(&op, &again).await.unwrap();
    assert_eq!(get(&op, &boss, "/roles/teacher").await.status, 404);
}

#[actix_web::test]
async fn a_permission_comes_back_by_somebody_who_holds_what_its_roles_hold() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let (root, helper, by) = (op.user("root").await, op.user("helper").await, Actor::operator());
    person::grant_role(op.app.cx(), &by, How::Apply, (&root.id, "admin")).await.unwrap();
    post(&op, &boss, "/roles", json!({ "name": "chief", "permissions": ["roles.read", "roles.write"] })).await;
    person::grant_role(op.app.cx(), &by, How::Apply, (&helper.id, "chief")).await.unwrap();
    post(&op, &boss, "/permissions", json!({ "name": "orders:approve" })).await;
    let gone =
        signet::flow::admin::role::delete_permission(op.app.cx(), &by, How::Apply, "orders:approve").await.unwrap();
    let helper = Actor::person(op.app.cx(), &helper.id).await.unwrap();
    let refused = undo::undo(op.app.cx(), &helper, How::Apply, &gone.batch).await.unwrap_err().to_string();
    assert!(refused.contains("the role admin holds"), "{refused}");
    let root = Actor::person(op.app.cx(), &root.id).await.unwrap();
    undo::undo(op.app.cx(), &root, How::Apply, &gone.batch).await.unwrap();
}

#[actix_web::test]
async fn what_is_for_good_says_so() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let by = Actor::operator();
    let set = access::set_password(op.app.cx(), &by, How::Apply, (&ada.id, Given::Plain(PASSWORD), Then::Keep)).await;
    let id = set.unwrap().batch;
    let shown = get(&op, &boss, &format!("/changes/{id}")).await.json();
    assert_eq!((&shown["is_final"], &shown["changed"][0]["is_final"]), (&json!(true), &json!(true)));
    assert!(back(&op, id.as_str()).await.unwrap_err().contains("nothing brings back"));
    let renamed = patch(&op, &boss, &format!("/users/{}", ada.id), json!({ "name": "Ada" })).await;
    assert_eq!(get(&op, &boss, &format!("/changes/{}", batch(&renamed))).await.json()["is_final"], false);
}

#[actix_web::test]
async fn a_key_makes_none_that_reaches_or_lives_further_than_itself() {
    let op = Op::start().await;
    let boss = key(&op, &[Right::ApiKeysWrite, Right::ApiKeysRead]).await;
    let end = op.app.clock.now().0 + 86_400;
    let smith =
        json!({ "name": "Smith", "rights": ["api-keys.write"], "networks": ["127.0.0.0/8"], "expires_at": end });
    let smith = post(&op, &boss, "/api-keys", smith).await.json()["key"].as_str().unwrap().to_owned();
    let make = async |networks: Value, expires_at: Value| {
        let new =
            json!({ "name": "More", "rights": ["api-keys.write"], "networks": networks, "expires_at": expires_at });
        post(&op, &smith, "/api-keys", new).await.status
    };
    assert_eq!(make(json!(["127.0.0.1"]), json!(end)).await, 201);
    assert_eq!(make(json!([]), json!(end)).await, 403, "from everywhere");
    assert_eq!(make(json!(["127.0.0.1", "192.0.2.1"]), json!(end)).await, 403);
    assert_eq!(make(json!(["0.0.0.0/0"]), json!(end)).await, 403);
    assert_eq!(make(json!(["127.0.0.1"]), json!(end + 1)).await, 403);
    assert_eq!(make(json!(["127.0.0.1"]), Value::Null).await, 403, "for ever");
}
