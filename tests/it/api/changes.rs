//! Changes: looked at before, found in the audit, taken back afterwards; nobody's is lost.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::admin::{Actor, How, person, undo};
use signet::model::BatchId;
use signet::spec::right::Right;

use super::{call, get, key, master, patch, post};
use crate::support::{Answer, Op};

fn batch(answer: &Answer) -> BatchId {
    BatchId::from(answer.header("signet-batch"))
}

#[actix_web::test]
async fn a_preview_tells_and_changes_nothing() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let path = format!("/users/{}", ada.id);
    let seen = patch(&op, &boss, &format!("{path}?preview=true"), json!({ "name": "Eve" })).await.json();
    assert_eq!(seen["changes"][0]["before"], json!({ "name": "ada Example" }));
    assert_eq!(seen["changes"][0]["after"], json!({ "name": "Eve" }));
    assert_eq!(get(&op, &boss, &path).await.json()["name"], "ada Example");
}

#[actix_web::test]
async fn an_act_is_taken_back_unless_it_was_changed_since() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let (path, by) = (format!("/users/{}", ada.id), Actor::operator());
    let first = patch(&op, &boss, &path, json!({ "name": "Eve" })).await;
    let second = patch(&op, &boss, &path, json!({ "name": "Mia" })).await;
    let undone = undo::undo(op.app.cx(), &by, How::Apply, &batch(&first)).await;
    assert!(undone.unwrap_err().to_string().contains("changed again since"));
    undo::undo(op.app.cx(), &by, How::Apply, &batch(&second)).await.unwrap();
    undo::undo(op.app.cx(), &by, How::Apply, &batch(&first)).await.unwrap();
    assert_eq!(get(&op, &boss, &path).await.json()["name"], "ada Example");
    assert!(undo::undo(op.app.cx(), &by, How::Apply, &batch(&first)).await.is_err(), "once");
}

#[actix_web::test]
async fn states_and_roles_go_back_as_well() {
    let op = Op::start().await;
    let (boss, ada, by) = (master(&op).await, op.user("ada").await, Actor::operator());
    let path = format!("/users/{}", ada.id);
    let suspended = call(&op, &boss, (Method::POST, &format!("{path}/suspend")), Value::Null).await;
    assert_eq!(suspended.json()["state"], "suspended");
    undo::undo(op.app.cx(), &by, How::Apply, &batch(&suspended)).await.unwrap();
    assert_eq!(get(&op, &boss, &path).await.json()["state"], "active");
    let given = person::grant_role(op.app.cx(), &by, How::Apply, (&ada.id, "support")).await.unwrap();
    undo::undo(op.app.cx(), &by, How::Apply, &given.batch).await.unwrap();
    let seen = person::show(op.app.cx(), &by, "ada").await.unwrap();
    assert_eq!(seen.roles, ["user"]);
}

#[actix_web::test]
async fn of_two_who_change_the_same_one_learns_of_the_other() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let path = format!("/users/{}", ada.id);
    let tag = get(&op, &boss, &path).await.header("etag").to_owned();
    let change = |name: &str| {
        let request = TestRequest::patch().uri(&format!("/api/v1{path}")).set_json(json!({ "name": name }));
        request.insert_header(("authorization", format!("Bearer {boss}"))).insert_header(("if-match", tag.clone()))
    };
    assert_eq!(op.call(change("Eve")).await.status, 200);
    assert_eq!(op.call(change("Mia")).await.status, 412);
    assert_eq!(get(&op, &boss, &path).await.json()["name"], "Eve");
}

#[actix_web::test]
async fn only_what_may_be_set_is_set() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let path = format!("/users/{}", ada.id);
    for body in [
        json!({ "state": "active" }),
        json!({ "id": "x" }),
        json!({ "tenant_id": "other" }),
        json!({ "roles": ["admin"] }),
    ] {
        assert_eq!(patch(&op, &boss, &path, body.clone()).await.status, 422, "{body}");
    }
    let new = json!({ "email": "eve@example.com", "is_admin": true });
    let refused = post(&op, &boss, "/users", new).await;
    assert_eq!(refused.status, 422);
    assert!(refused.json()["detail"].as_str().unwrap().contains("is_admin"));
}

#[actix_web::test]
async fn nobody_changes_whoever_holds_more() {
    let op = Op::start().await;
    let helper = key(&op, &[Right::UsersRead, Right::UsersWrite]).await;
    let (ada, root) = (op.user("ada").await, op.user("root").await);
    person::grant_role(op.app.cx(), &Actor::operator(), How::Apply, (&root.id, "admin")).await.unwrap();
    let rename = |id: &str| format!("/users/{id}");
    assert_eq!(patch(&op, &helper, &rename(ada.id.as_str()), json!({ "name": "A" })).await.status, 200);
    assert_eq!(patch(&op, &helper, &rename(root.id.as_str()), json!({ "name": "A" })).await.status, 403);
    let boss = json!({ "email": "boss@example.com", "roles": ["admin"] });
    assert_eq!(post(&op, &helper, "/users", boss).await.status, 403);
}
