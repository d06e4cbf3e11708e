//! What credentials of people do not open: by another spelling of an address, by an app that was given less, by a
//! sign-in that is too old or not sure enough.

use std::time::Duration;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::admin::role::{self, Wanted};
use signet::flow::admin::{Actor, How, person};
use signet::model::user::User;
use signet::web::routes::{Access, ROUTES};

use super::auth::signed_in;
use super::{call, get, master, patch, post};
use crate::account::signed_in as at_browser;
use crate::admin::{relax, staff};
use crate::factor::with_app;
use crate::support::browser::Browser;
use crate::support::{Op, PASSWORD, authorize, redeem};
use signet::flow::admin::client::Registered;

const OTHERS: &str = "openid signet:users.read signet:users.write";

/// An app that asks for rights about others.
async fn app(op: &Op, change: Value) -> Registered {
    let mut wanted = json!({ "scope": OTHERS });
    wanted.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    op.client(wanted).await
}

/// What the app gets from somebody who lets it do all that it asks for.
async fn token(op: &Op, app: &Registered, name: &str) -> String {
    let code = Browser::new(op).code(&authorize(app, &[("scope", OTHERS)]), name).await;
    let answer = op.token(app, &redeem(&code)).await;
    answer.json()["access_token"].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
}

/// A role of one's own making, without a demand for a factor.
async fn helper(op: &Op, name: &str) -> User {
    let user = op.user(name).await;
    let (cx, by) = (op.app.cx(), Actor::operator());
    let permissions = ["users.read", "users.write"].map(str::to_owned).to_vec();
    let wanted = Wanted { permissions, ..Wanted::default() };
    role::create(cx, &by, How::Apply, ("helper", &wanted)).await.unwrap();
    person::grant_role(cx, &by, How::Apply, (&user.id, "helper")).await.unwrap();
    user
}

/// The same path with one letter written as its code.
fn spelt(path: &str) -> String {
    let at = path.find(|letter: char| letter.is_ascii_alphabetic()).unwrap();
    format!("{}%{:02x}{}", &path[..at], path.as_bytes()[at], &path[at + 1..])
}

#[actix_web::test]
async fn another_spelling_of_an_address_opens_nothing_more() {
    let op = Op::with(|config| config.limits.api_rate = 10_000).await;
    op.user("ada").await;
    let (session, mut browser) = (signed_in(&op, "ada").await, at_browser(&op, "ada").await);
    op.wait(Duration::from_hours(1));
    // whoever may call at all may sign out, or go on under another token, which ends what is looked with
    let free = |access| matches!(access, Access::Anyone | Access::Caller);
    let ends = |path: &str| path.ends_with("/auth/logout") || path.ends_with("/auth/refresh");
    let closed = ROUTES.iter().filter(|route| !free(route.access) && route.path != "/" && !ends(route.path));
    let mut looked_at = 0;
    for route in closed {
        let path = route.path.replace(['{', '}'], "");
        let mut told = Vec::new();
        for path in [path.clone(), spelt(&path)] {
            let request = || TestRequest::default().method(route.method.clone()).uri(&path);
            let call = op.call(request().insert_header(("authorization", format!("Bearer {session}")))).await;
            let page = browser.send(request()).await;
            told.push((call.status, page.status));
        }
        assert_eq!(told[0], told[1], "{} {path}", route.method);
        looked_at += 1;
    }
    assert!(looked_at > 100, "{looked_at}");
}

#[actix_web::test]
async fn a_stale_sign_in_changes_no_password_by_another_spelling() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = at_browser(&op, "ada").await;
    op.wait(Duration::from_mins(6));
    for path in ["/account/password", "/account/p%61ssword"] {
        let form = browser.send(TestRequest::get().uri(path)).await;
        assert_eq!((form.status, form.header("location").starts_with("/login")), (303, true), "{path}");
    }
    let session = signed_in(&op, "ada").await;
    let other = op.client(json!({ "scope": "openid" })).await;
    let code = Browser::new(&op).code(&authorize(&other, &[("scope", "openid")]), "ada").await;
    let token = op.token(&other, &redeem(&code)).await.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(get(&op, &session, "/%75sers/me").await.status, 200);
    assert_eq!(get(&op, &token, "/users/me").await.status, 403);
    assert_eq!(get(&op, &token, "/%75sers/me").await.status, 403);
}

#[actix_web::test]
async fn an_app_does_not_change_the_account_of_the_administrator_whose_token_it_has() {
    let op = Op::with(|config| config.limits.login_burst = 100).await;
    relax(&op).await;
    let (boss, ada) = (staff(&op, "boss", "admin").await, op.user("ada").await);
    let token = token(&op, &app(&op, json!({})).await, "boss").await;
    let named = json!({ "name": "Somebody" });
    assert_eq!(patch(&op, &token, &format!("/users/{}", ada.id), named.clone()).await.status, 200);
    let refused = patch(&op, &token, &format!("/users/{}", boss.id), json!({ "email": "evil@example.com" })).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (403, Some("access_denied")), "{}", refused.body);
    let reset = post(&op, &token, &format!("/users/{}/reset-factors", boss.id), Value::Null).await;
    assert_eq!(reset.status, 403);
    let own = signed_in(&op, "boss").await;
    assert_eq!(patch(&op, &own, &format!("/users/{}", boss.id), named).await.status, 200);
}

#[actix_web::test]
async fn an_app_of_the_house_asks_before_it_may_do_something_here() {
    let op = Op::start().await;
    helper(&op, "ada").await;
    let house = app(&op, json!({ "first_party": true })).await;
    let mut browser = at_browser(&op, "ada").await;
    let (path, page) = browser.open(&authorize(&house, &[("scope", OTHERS)])).await.page();
    assert!(path.starts_with("/consent"), "{path}");
    browser.consent(&page, "allow").await.param("code");
    browser.open(&authorize(&house, &[("scope", OTHERS)])).await.param("code");
    let plain = op.client(json!({ "first_party": true })).await;
    browser.open(&authorize(&plain, &[])).await.param("code");
}

#[actix_web::test]
async fn strangers_are_counted_by_where_they_are() {
    let op = Op::with(|config| config.limits.login_burst = 3).await;
    let boss = master(&op).await;
    for _ in 0..3 {
        assert_eq!(get(&op, &"x".repeat(43), "/users").await.status, 401);
    }
    assert_eq!(get(&op, &"y".repeat(43), "/users").await.status, 429);
    assert_eq!(get(&op, &boss, "/users").await.status, 200, "whoever is known is not kept out");
}

#[actix_web::test]
async fn rights_about_others_last_no_longer_than_the_console_is_open() {
    let op = Op::with(|config| config.limits.login_burst = 100).await;
    helper(&op, "ada").await;
    let token = signed_in(&op, "ada").await;
    let new = json!({ "username": "berta", "email": "berta@example.com" });
    assert_eq!(post(&op, &token, "/users?preview=true", new.clone()).await.status, 200);
    op.wait(Duration::from_mins(20));
    assert_eq!(get(&op, &token, "/users").await.status, 200);
    let refused = post(&op, &token, "/users", new).await;
    assert!(refused.status == 403 && refused.body.contains("sign in again"), "{}", refused.body);
    op.wait(Duration::from_mins(20));
    assert_eq!(get(&op, &token, "/users").await.status, 200, "it was used meanwhile");
    op.wait(Duration::from_mins(31));
    let refused = get(&op, &token, "/users").await;
    assert!(refused.status == 403 && refused.body.contains("too old"), "{}", refused.body);
    assert_eq!(get(&op, &token, "/users/me").await.status, 200, "the own account stays open");
}

#[actix_web::test]
async fn a_trusted_device_is_not_enough_to_change_others() {
    let op = Op::with(|config| config.limits.login_burst = 100).await;
    let (phone, _) = with_app(&op, "ada").await;
    let (cx, by) = (op.app.cx(), Actor::operator());
    let (ada, _) = signet::flow::user::show(cx, "ada").await.unwrap();
    let wanted = Wanted { permissions: vec!["users.read".into(), "users.write".into()], ..Wanted::default() };
    role::create(cx, &by, How::Apply, ("helper", &wanted)).await.unwrap();
    person::grant_role(cx, &by, How::Apply, (&ada.id, "helper")).await.unwrap();
    let login = |trust: Value| json!({ "username": "ada", "password": PASSWORD, "trust_token": trust });
    let open = |body: Value| async {
        let request = TestRequest::post().uri("/api/v1/auth/login").set_json(body);
        op.call(request).await.json()
    };
    let begun = open(login(Value::Null)).await;
    let verify = json!({ "challenge": begun["challenge"], "challenge_token": begun["challenge_token"],
        "code": phone.code(op.app.clock.now()), "trust": true });
    let surely = op.call(TestRequest::post().uri("/api/v1/auth/2fa/verify").set_json(verify)).await.json();
    let trusted = open(login(surely["trust_token"].clone())).await;
    let new = json!({ "username": "berta", "email": "berta@example.com" });
    let made = post(&op, surely["session_token"].as_str().unwrap(), "/users?preview=true", new.clone()).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let token = trusted["session_token"].as_str().unwrap();
    assert_eq!(get(&op, token, "/users").await.status, 200);
    let refused = post(&op, token, "/users", new).await;
    assert!(refused.status == 403 && refused.body.contains("second factor"), "{}", refused.body);
}

#[actix_web::test]
async fn a_role_that_wants_a_factor_wants_it_of_tokens_that_are_there_already() {
    let op = Op::start().await;
    let ada = helper(&op, "ada").await;
    let token = token(&op, &app(&op, json!({})).await, "ada").await;
    assert_eq!(get(&op, &token, "/users").await.status, 200);
    let by = Actor::operator();
    person::grant_role(op.app.cx(), &by, How::Apply, (&ada.id, "support")).await.unwrap();
    let refused = get(&op, &token, "/users").await;
    assert!(refused.status == 403 && refused.body.contains("second factor"), "{}", refused.body);
}

#[actix_web::test]
async fn what_was_sent_in_the_wrong_type_is_not_repeated() {
    let op = Op::start().await;
    let body = json!({ "username": "ada", "password": 271_828_182 });
    let refused = op.call(TestRequest::post().uri("/api/v1/auth/login").set_json(body)).await;
    assert!(refused.status == 422 && !refused.body.contains("271828182"), "{}", refused.body);
    op.settle().await;
    let why = signet::flow::explain::explain(op.app.cx(), refused.json()["reference"].as_str().unwrap()).await.unwrap();
    assert!(!format!("{:?}", why.row).contains("271828182"));
}

#[actix_web::test]
async fn whoever_may_not_give_roles_makes_nobody_with_one() {
    let op = Op::start().await;
    let maker = super::key(&op, &[signet::spec::right::Right::UsersWrite]).await;
    let with = |roles: Value| json!({ "username": "berta", "email": "berta@example.com", "roles": roles });
    assert_eq!(call(&op, &maker, (Method::POST, "/users"), with(json!(["moderator"]))).await.status, 403);
    assert_eq!(call(&op, &maker, (Method::POST, "/users"), with(json!([]))).await.status, 201);
}
