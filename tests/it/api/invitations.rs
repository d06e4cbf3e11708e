//! Inviting: a letter, one account, as it was meant.

use std::time::Duration;

use actix_web::http::Method;
use serde_json::{Value, json};
use signet::spec::right::Right;
use signet::worker;

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
    futures_util::future::join_all((0..8).map(one)).await;
    let made = get(&op, &boss, "/users").await.json()["items"].as_array().unwrap().len();
    let accepted = op.audit(200).await.into_iter().filter(|row| row.action.text() == "invitation.accept").count();
    assert_eq!((made, accepted), (1, 1));
}

/// Two addresses cannot be the same person, so nothing but the invitation itself keeps the second one out.
#[actix_web::test]
async fn an_invitation_is_used_up_once() {
    let op = Op::start().await;
    let boss = master(&op).await;
    post(&op, &boss, "/invitations", json!({ "email": "ada@example.com" })).await;
    let path = link(&op).await;
    assert_eq!(accept(&mut Browser::new(&op), &path, "ada").await.page().1.status, 200);
    op.sql("UPDATE \"user\" SET email = 'moved@example.com', email_key = 'moved@example.com'").await;
    assert_eq!(accept(&mut Browser::new(&op), &path, "eve").await.page().1.status, 410);
}

#[actix_web::test]
async fn a_role_that_was_deleted_since_keeps_nobody_out() {
    let op = Op::start().await;
    let boss = master(&op).await;
    post(&op, &boss, "/roles", json!({ "name": "clerk" })).await;
    post(&op, &boss, "/invitations", json!({ "email": "ada@example.com", "roles": ["clerk", "moderator"] })).await;
    call(&op, &boss, (Method::DELETE, "/roles/clerk"), Value::Null).await;
    let path = link(&op).await;
    assert_eq!(accept(&mut Browser::new(&op), &path, "ada").await.page().1.status, 200);
    let seen = signet::flow::admin::person::show(op.app.cx(), &signet::flow::admin::Actor::operator(), "ada").await;
    assert_eq!(seen.unwrap().roles, ["moderator", "user"]);
}

#[actix_web::test]
async fn whoever_has_an_account_by_then_is_told_to_sign_in() {
    let op = Op::start().await;
    let boss = master(&op).await;
    post(&op, &boss, "/invitations", json!({ "email": "ada@example.com" })).await;
    let path = link(&op).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open(&path).await.page();
    op.user("ada").await;
    let mut form = hidden(&page.body);
    for (field, value) in [("username", "other"), ("name", "Ada"), ("password", crate::support::PASSWORD)] {
        form.push((field.into(), value.into()));
    }
    let (_, told) = browser.submit("/invitation", &pairs(&form)).await.page();
    assert!(told.body.contains("id=\"told\"") && told.body.contains("href=\"/login\""), "{}", told.body);
    let (_, told) = browser.open(&path).await.page();
    assert!(told.body.contains("id=\"told\""), "{}", told.body);
}

#[actix_web::test]
async fn whom_it_was_for_is_forgotten_and_the_invitation_goes() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let new = json!({ "email": "eve.secret@example.com", "name": "Eve Secret", "roles": ["moderator"] });
    let made = post(&op, &boss, "/invitations", new.clone()).await.json();
    let all = op.audit(100).await;
    assert!(all.iter().any(|row| row.changes.as_deref().is_some_and(|text| text.contains("moderator"))));
    assert!(all.iter().all(|row| !format!("{row:?}").to_lowercase().contains("secret")), "{all:?}");
    let path = format!("/invitations/{}", made["id"].as_str().unwrap());
    let expires = u64::try_from(made["expires_at"].as_i64().unwrap() - op.app.clock.now().0).unwrap();
    let count = async || {
        worker::tend_once(&op.app, "node").await;
        let boss = master(&op).await;
        get(&op, &boss, &path).await.status
    };
    op.wait(Duration::from_secs(expires) + Duration::from_hours(29 * 24));
    assert_eq!(count().await, 200, "it can be looked at, and sent again");
    op.wait(Duration::from_hours(25));
    assert_eq!(count().await, 404);
}
