//! Inviting: a letter, one account, as it was meant.

use std::time::Duration;

use actix_web::http::Method;
use serde_json::{Value, json};
use signet::spec::right::Right;

use super::{call, get, key, master, post};
use crate::support::Op;
use crate::support::browser::{Browser, hidden, pairs};

/// The path of the link in the latest letter.
async fn link(op: &Op) -> String {
    op.mails().await.pop().unwrap().link()
}

async fn accept(browser: &mut Browser<'_>, path: &str, name: &str) -> crate::support::browser::Stop {
    let (_, page) = browser.open(path).await.page();
    if page.status == 410 {
        return crate::support::browser::Stop::Page { path: path.to_owned(), answer: page };
    }
    let mut form = hidden(&page.body);
    for (field, value) in [("username", name), ("name", "Ada Lovelace"), ("password", crate::support::PASSWORD)] {
        form.push((field.into(), value.into()));
    }
    browser.submit("/invitation", &pairs(&form)).await
}

#[actix_web::test]
async fn whoever_is_invited_becomes_who_was_meant_and_lands_in_the_app() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let app = op.client(json!({ "client_uri": "https://app.test/" })).await;
    let new = json!({ "email": "ada@example.com", "name": "Ada", "roles": ["moderator"], "client_id": app.client.id });
    let made = post(&op, &boss, "/invitations", new).await;
    assert_eq!((made.status, made.json()["state"].as_str()), (201, Some("open")), "{}", made.body);
    let path = link(&op).await;
    let to = accept(&mut Browser::new(&op), &path, "ada").await.away();
    assert_eq!(to.as_str(), "https://app.test/");
    let ada = get(&op, &boss, "/users/ada").await.json();
    assert_eq!((&ada["email"], &ada["email_verified"]), (&json!("ada@example.com"), &json!(true)));
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let seen = get(&op, &boss, &format!("/invitations/{id}")).await.json();
    assert_eq!((&seen["state"], &seen["user_id"]), (&json!("accepted"), &ada["id"]));
    let again = Browser::new(&op).open(&path).await.page().1;
    assert_eq!(again.status, 410);
}

#[actix_web::test]
async fn a_link_ends_by_time_by_another_letter_and_when_it_is_taken_back() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let invite = async |email: &str| {
        let made = post(&op, &boss, "/invitations", json!({ "email": email, "expires_in": 3600 })).await.json();
        (made["id"].as_str().unwrap().to_owned(), link(&op).await)
    };
    let status = async |path: &str| op.get(path).await.status;
    let (_, old) = invite("a@example.com").await;
    op.wait(Duration::from_hours(1));
    assert_eq!(status(&old).await, 410, "time");
    let (id, first) = invite("b@example.com").await;
    assert_eq!(post(&op, &boss, &format!("/invitations/{id}/resend"), Value::Null).await.status, 200);
    let second = link(&op).await;
    assert_eq!((status(&first).await, status(&second).await), (410, 200), "another letter");
    let path = format!("/invitations/{id}");
    assert_eq!(call(&op, &boss, (Method::DELETE, &path), Value::Null).await.json()["state"], "revoked");
    assert_eq!(status(&second).await, 410, "taken back");
    assert_eq!(call(&op, &boss, (Method::DELETE, &path), Value::Null).await.status, 409);
}

#[actix_web::test]
async fn nobody_is_invited_to_more_than_whoever_invites_has() {
    let op = Op::start().await;
    op.user("ada").await;
    let host = key(&op, &[Right::InvitationsWrite, Right::RolesWrite]).await;
    let invite = async |body: Value| post(&op, &host, "/invitations", body).await.status;
    assert_eq!(invite(json!({ "email": "x@example.com", "roles": ["admin"] })).await, 403);
    assert_eq!(invite(json!({ "email": "x@example.com", "roles": ["nothing"] })).await, 404);
    assert_eq!(invite(json!({ "email": "ada@example.com" })).await, 409);
    assert_eq!(invite(json!({ "email": "x" })).await, 422);
    assert_eq!(invite(json!({ "email": "x@example.com", "expires_in": 0 })).await, 422);
    assert_eq!(invite(json!({ "email": "x@example.com" })).await, 201);
}

#[actix_web::test]
async fn of_many_who_follow_the_same_link_one_gets_in() {
    let op = Op::start().await;
    let boss = master(&op).await;
    post(&op, &boss, "/invitations", json!({ "email": "ada@example.com" })).await;
    let path = link(&op).await;
    let one = async |n: usize| {
        let mut browser = Browser::new(&op);
        accept(&mut browser, &path, &format!("ada{n}")).await.page().1.status
    };
    let done = futures_util::future::join_all((0..8).map(one)).await;
    let made = get(&op, &boss, "/users").await.json()["items"].as_array().unwrap().len();
    assert_eq!((made, done.iter().filter(|status| **status == 200).count()), (1, 1), "{done:?}");
}
