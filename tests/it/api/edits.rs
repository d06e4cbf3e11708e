//! Changes that come at once: none is lost unseen.

use std::time::Duration;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use futures_util::future::join_all;
use serde_json::{Value, json};
use signet::flow::admin::{Actor, How, person};

use super::auth::signed_in;
use super::{call, get, master, patch, post};
use crate::support::{Answer, Op};

const AT_ONCE: usize = 8;

/// Who changes what, how, and to what.
type Case<'a> = (&'a str, &'a str, Method, &'a dyn Fn(&str) -> Value);

async fn edit(op: &Op, token: &str, (method, path): (Method, &str), tag: &str, body: Value) -> Answer {
    let request = TestRequest::default().method(method).uri(&format!("/api/v1{path}")).set_json(body);
    let request = request.insert_header(("authorization", format!("Bearer {token}")));
    op.call(request.insert_header(("if-match", tag))).await
}

fn statuses(answers: &[Answer]) -> Vec<u16> {
    let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    statuses
}

#[actix_web::test]
async fn of_many_who_have_read_the_same_one_changes_it() {
    let op = Op::with(|config| config.limits.api_rate = 1000).await;
    let (boss, ada, app) = (master(&op).await, op.user("ada").await, op.client(json!({})).await);
    let own = signed_in(&op, "ada").await;
    post(&op, &boss, "/roles", json!({ "name": "clerk" })).await;
    let (person, client) = (format!("/users/{}", ada.id), format!("/clients/{}", app.client.id));
    let metadata = |name: &str| json!({ "client_name": name, "redirect_uris": ["https://rp.test/cb"] });
    let cases: [Case<'_>; 7] = [
        (&boss, &person, Method::PATCH, &|name| json!({ "name": name })),
        (&boss, &person, Method::PUT, &|name| json!({ "username": "ada", "email": "ada@example.com", "name": name })),
        (&boss, &client, Method::PATCH, &|name| json!({ "client_name": name })),
        (&boss, &client, Method::PUT, &metadata),
        (&boss, "/roles/clerk", Method::PUT, &|name| json!({ "description": name, "permissions": [] })),
        (&own, "/users/me", Method::PATCH, &|name| json!({ "nickname": name })),
        (&own, "/users/me", Method::PUT, &|name| json!({ "username": "ada", "nickname": name })),
    ];
    for (token, path, method, body) in cases {
        let tag = get(&op, token, path).await.header("etag").to_owned();
        let one = |n: usize| edit(&op, token, (method.clone(), path), &tag, body(&format!("{method} {n}")));
        let answers = join_all((0..AT_ONCE).map(one)).await;
        assert_eq!(statuses(&answers), [&[200][..], &[412; AT_ONCE - 1]].concat(), "{method} {path}");
        let won = answers.iter().position(|answer| answer.status == 200).unwrap();
        assert!(get(&op, token, path).await.body.contains(&format!("\"{method} {won}\"")), "{method} {path}");
    }
}

#[actix_web::test]
async fn those_who_change_something_else_each_have_their_way() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let own = signed_in(&op, "ada").await;
    let members = ["nickname", "given_name", "middle_name", "family_name", "gender", "bio"];
    let path = format!("/users/{}", ada.id);
    let mine = members.iter().map(|name| patch(&op, &own, "/users/me", json!({ *name: "mine" })));
    let (mine, theirs) = tokio::join!(join_all(mine), patch(&op, &boss, &path, json!({ "zoneinfo": "Europe/London" })));
    assert!(mine.iter().chain([&theirs]).all(|answer| answer.status == 200), "{:?}", statuses(&mine));
    let me = get(&op, &own, "/users/me").await.json();
    for name in members {
        assert_eq!(me[name], "mine", "{name}: {me}");
    }
    assert_eq!(me["zoneinfo"], "Europe/London");
    // and into what is inside of a member
    patch(&op, &own, "/users/me", json!({ "address": { "country": "GB", "locality": "London" } })).await;
    let inner = patch(&op, &own, "/users/me", json!({ "address": { "locality": "Ockham" } })).await.json();
    assert_eq!((&inner["address"]["country"], &inner["address"]["locality"]), (&json!("GB"), &json!("Ockham")));
    let gone = patch(&op, &own, "/users/me", json!({ "address": null })).await.json();
    assert_eq!(gone["address"], Value::Null);
}

#[actix_web::test]
async fn somebody_who_was_there_again_is_still_as_was_read() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let path = format!("/users/{}", ada.id);
    let tag = get(&op, &boss, &path).await.header("etag").to_owned();
    op.wait(Duration::from_hours(1));
    signed_in(&op, "ada").await;
    let done = edit(&op, &boss, (Method::PATCH, &path), &tag, json!({ "name": "Ada" })).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let stale = edit(&op, &boss, (Method::PATCH, &path), &tag, json!({ "name": "Eve" })).await;
    assert_eq!(stale.status, 412);
    let other = TestRequest::patch().uri(&format!("/api/v1{path}")).set_json(json!({ "name": "Eve" }));
    let other = other.insert_header(("authorization", format!("Bearer {boss}")));
    let other = op.call(other.insert_header(("if-match", &b"\"\xff\""[..]))).await;
    assert_eq!(other.status, 412, "what cannot be read is no leave to change");
}

#[actix_web::test]
async fn an_act_is_taken_back_once() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let done = patch(&op, &boss, &format!("/users/{}", ada.id), json!({ "name": "Eve" })).await;
    let path = format!("/changes/{}/undo", done.header("signet-batch"));
    let answers = join_all((0..AT_ONCE).map(|_| post(&op, &boss, &path, Value::Null))).await;
    assert_eq!(statuses(&answers), [&[200][..], &[409; AT_ONCE - 1]].concat());
}

#[actix_web::test]
async fn of_two_administrators_who_go_at_once_one_stays() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let by = Actor::operator();
    for (round, way) in ["role", "state", "both"].into_iter().enumerate() {
        let mut paths = Vec::new();
        for at in 0..2 {
            let user = op.user(&format!("admin{round}{at}")).await;
            person::grant_role(op.app.cx(), &by, How::Apply, (&user.id, "admin")).await.unwrap();
            paths.push(format!("/users/{}", user.id));
        }
        // those of the round before go first
        for at in (0..2).filter(|_| round > 0) {
            let before = person::show(op.app.cx(), &by, &format!("admin{}{at}", round - 1)).await.unwrap().user.id;
            person::revoke_role(op.app.cx(), &by, How::Apply, (&before, "admin")).await.unwrap();
        }
        let go = async |at: usize| {
            let path = &paths[at];
            match (way, at) {
                ("role", _) | ("both", 0) => {
                    call(&op, &boss, (Method::DELETE, &format!("{path}/roles/admin")), Value::Null).await
                }
                _ => post(&op, &boss, &format!("{path}/suspend"), Value::Null).await,
            }
        };
        let (one, other) = tokio::join!(go(0), go(1));
        assert_eq!(statuses(&[one, other]), [200, 409], "{way}");
    }
}
