//! The own account by the API: with a session token, or an app's access token.

use std::time::Duration;

use actix_web::http::Method;
use serde_json::{Value, json};
use signet::flow::job;
use signet::spec::right::Right;

use super::auth::signed_in;
use super::{call, get, key, patch, post};
use crate::factor::with_app;
use crate::support::browser::Browser;
use crate::support::{Answer, Op, PASSWORD, authorize, redeem};

const OWN: &str = "openid signet:self.read signet:self.write";

async fn delete(op: &Op, token: &str, path: &str) -> Answer {
    call(op, token, (Method::DELETE, path), Value::Null).await
}

/// What an app gets that the person lets in.
async fn access_token(op: &Op, name: &str, scope: &str) -> String {
    let client = op.client(json!({ "scope": OWN, "client_name": "Side door" })).await;
    let code = Browser::new(op).code(&authorize(&client, &[("scope", scope)]), name).await;
    let answer = op.token(&client, &redeem(&code)).await;
    answer.json()["access_token"].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
}

#[actix_web::test]
async fn both_kinds_of_tokens_open_the_own_account_and_no_others() {
    let op = Op::start().await;
    let (ada, berta) = (op.user("ada").await, op.user("berta").await);
    let session = signed_in(&op, "ada").await;
    let app = access_token(&op, "ada", OWN).await;
    for token in [&session, &app] {
        for path in ["/users/me", "/users/profile"] {
            let me = get(&op, token, path).await;
            assert_eq!((me.status, me.json()["id"].as_str()), (200, Some(ada.id.as_str())), "{}", me.body);
            assert_eq!(me.json()["roles"], json!(["user"]));
        }
        assert_eq!(get(&op, token, &format!("/users/{}", berta.id)).await.status, 403);
        assert_eq!(get(&op, token, "/users").await.status, 403);
    }
    let reads = access_token(&op, "ada", "openid signet:self.read").await;
    assert_eq!(get(&op, &reads, "/users/me").await.status, 200);
    assert_eq!(patch(&op, &reads, "/users/me", json!({ "name": "A" })).await.status, 403);
    let nothing = access_token(&op, "ada", "openid").await;
    assert_eq!(get(&op, &nothing, "/users/me").await.status, 403);
    let program = key(&op, &[Right::UsersRead, Right::UsersWrite]).await;
    assert_eq!(get(&op, &program, "/users/me").await.status, 403, "no person stands behind it");
}

#[actix_web::test]
async fn people_tell_about_themselves_and_nothing_more() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("berta").await;
    let token = signed_in(&op, "ada").await;
    let changed =
        patch(&op, &token, "/users/me", json!({ "nickname": "Countess", "address": { "country": "GB" } })).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!((&changed.json()["nickname"], &changed.json()["name"]), (&json!("Countess"), &json!("ada Example")));
    let put = call(&op, &token, (Method::PUT, "/users/me"), json!({ "username": "ada", "name": "Ada" })).await.json();
    assert_eq!((&put["nickname"], &put["address"], &put["name"]), (&Value::Null, &Value::Null, &json!("Ada")));
    for body in [
        json!({ "roles": ["admin"] }),
        json!({ "state": "active" }),
        json!({ "email": "eve@example.com" }),
        json!({ "email_verified": true }),
        json!({ "id": "x" }),
        json!({ "tenant_id": "x" }),
        json!({ "birthdate": "tomorrow" }),
        json!({ "fields": { "department": "Sales" } }),
        json!({ "username": "berta" }),
        json!({ "name": 1 }),
    ] {
        assert_eq!(patch(&op, &token, "/users/me", body.clone()).await.status, 422, "{body}");
    }
    let two = patch(&op, &token, "/users/me", json!({ "birthdate": "x", "website": "y" })).await.json();
    let detail = two["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("birthdate") && detail.contains("website"), "all that is wrong at once: {detail}");
}

#[actix_web::test]
async fn preferences_are_changed_piece_by_piece() {
    let op = Op::start().await;
    op.user("ada").await;
    let token = signed_in(&op, "ada").await;
    let path = "/users/me/preferences";
    patch(&op, &token, path, json!({ "shop": { "size": "M", "list": true } })).await;
    let kept = patch(&op, &token, path, json!({ "shop": { "list": null } })).await;
    assert_eq!((kept.status, kept.json()), (200, json!({ "shop": { "size": "M" } })));
    assert_eq!(get(&op, &token, path).await.json(), kept.json());
    assert!(patch(&op, &token, path, json!({ "signet": { "theme": "loud" } })).await.status >= 400);
}

#[actix_web::test]
async fn a_password_takes_the_old_one_and_a_fresh_sign_in() {
    let op = Op::with(|config| config.limits.login_burst = 100).await;
    op.user("ada").await;
    let other = signed_in(&op, "ada").await;
    let token = signed_in(&op, "ada").await;
    let change = async |token: &str, old: &str, new: &str| {
        post(&op, token, "/users/me/password", json!({ "old_password": old, "new_password": new })).await
    };
    let wrong = change(&token, "not the password", "another long one").await;
    assert_eq!((wrong.status, wrong.json()["detail"].as_str()), (401, Some("user name or password is wrong")));
    assert_eq!(change(&token, PASSWORD, "short").await.status, 422);
    let missing = json!({ "new_password": "another long one" });
    assert_eq!(post(&op, &token, "/users/me/password", missing).await.status, 422);
    assert_eq!(change(&token, PASSWORD, "another long one").await.status, 204);
    assert_eq!(get(&op, &token, "/users/me").await.status, 200, "here the person stays");
    assert_eq!(get(&op, &other, "/users/me").await.status, 401, "elsewhere not");
    op.wait(Duration::from_mins(6));
    let stale = change(&token, "another long one", "yet another long one").await;
    let problem = stale.json();
    assert_eq!((stale.status, problem["code"].as_str()), (403, Some("login_required")));
    assert!(problem["detail"].as_str().unwrap().contains("sign in again"), "{problem}");
}

#[actix_web::test]
async fn guesses_at_the_old_password_count() {
    let op = Op::with(|config| {
        config.limits.login_burst = 100;
        config.limits.account_failures = 6;
    })
    .await;
    op.user("ada").await;
    let token = signed_in(&op, "ada").await;
    let mut last = 0;
    for _ in 0..12 {
        let typed = json!({ "old_password": "a guess", "new_password": "another long one" });
        last = post(&op, &token, "/users/me/password", typed).await.status;
    }
    assert_eq!(last, 429);
}

#[actix_web::test]
async fn what_is_sensitive_takes_a_fresh_sign_in_of_an_app_as_well() {
    let op = Op::start().await;
    op.user("ada").await;
    let app = access_token(&op, "ada", OWN).await;
    assert_eq!(post(&op, &app, "/users/me/export", Value::Null).await.status, 202);
    op.wait(Duration::from_mins(6));
    let refused = post(&op, &app, "/users/me/export", Value::Null).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (403, Some("login_required")));
    assert_eq!(delete(&op, &app, "/users/me").await.status, 403);
    assert_eq!(get(&op, &app, "/users/me").await.json()["state"], "active");
}

#[actix_web::test]
async fn a_trusted_device_is_not_enough_for_what_is_sensitive() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    op.wait(Duration::from_mins(2));
    let first = super::auth::post(&op, "/auth/login", json!({ "username": "ada", "password": PASSWORD })).await.json();
    let verify = json!({
        "challenge": first["challenge"],
        "challenge_token": first["challenge_token"],
        "code": phone.code(op.app.clock.now()),
        "trust": true,
    });
    let verified = super::auth::post(&op, "/auth/2fa/verify", verify).await.json();
    let trust = &verified["trust_token"];
    let login = json!({ "username": "ada", "password": PASSWORD, "trust_token": trust });
    let again = super::auth::post(&op, "/auth/login", login).await.json();
    let token = again["session_token"].as_str().unwrap_or_else(|| panic!("{again}"));
    let refused = delete(&op, token, "/users/me").await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (403, Some("unmet_authentication_requirements")));
}

#[actix_web::test]
async fn sessions_and_apps_are_ones_own() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("berta").await;
    let (mine, hers) = (signed_in(&op, "ada").await, signed_in(&op, "berta").await);
    let second = signed_in(&op, "ada").await;
    let seen = get(&op, &mine, "/users/me/sessions").await.json();
    let items = seen["items"].as_array().unwrap();
    assert_eq!((items.len(), items.iter().filter(|row| row["current"] == true).count()), (2, 1));
    let other = get(&op, &hers, "/users/me/sessions").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(delete(&op, &mine, &format!("/users/me/sessions/{other}")).await.status, 404);
    assert_eq!(get(&op, &hers, "/users/me").await.status, 200, "somebody else's stays");
    assert_eq!(delete(&op, &mine, "/users/me/sessions").await.status, 204);
    assert_eq!((get(&op, &second, "/users/me").await.status, get(&op, &mine, "/users/me").await.status), (401, 200));
    let app = access_token(&op, "berta", OWN).await;
    let apps = get(&op, &hers, "/users/me/consents").await.json();
    assert_eq!(apps["items"][0]["name"], "Side door");
    let path = format!("/users/me/consents/{}", apps["items"][0]["client_id"].as_str().unwrap());
    assert_eq!(delete(&op, &mine, &path).await.status, 404);
    assert_eq!(get(&op, &app, "/users/me").await.status, 200);
    assert_eq!(delete(&op, &hers, &path).await.status, 204);
    assert_eq!(get(&op, &app, "/users/me").await.status, 401);
    let told = get(&op, &hers, "/users/me/activity?topic=apps").await.json();
    let actions: Vec<_> = told["items"].as_array().unwrap().iter().map(|row| row["action"].clone()).collect();
    assert!(actions.contains(&json!("consent.withdraw")), "{told}");
    let own = get(&op, &mine, "/users/me/activity").await;
    assert!(!own.body.contains("consent.withdraw"), "{}", own.body);
}

#[actix_web::test]
async fn an_export_is_begun_made_and_fetched() {
    let op = Op::start().await;
    op.user("ada").await;
    let token = signed_in(&op, "ada").await;
    assert_eq!(get(&op, &token, "/users/me/export").await.json()["state"], "none");
    assert_eq!(get(&op, &token, "/users/me/export/file").await.status, 404);
    assert_eq!(post(&op, &token, "/users/me/export", Value::Null).await.json()["state"], "running");
    job::run_due(&op.app).await.unwrap();
    assert_eq!(get(&op, &token, "/users/me/export").await.json()["state"], "ready");
    let file = get(&op, &token, "/users/me/export/file").await;
    assert_eq!((file.status, file.bytes.starts_with(b"PK")), (200, true));
    assert_eq!(delete(&op, &token, "/users/me/export").await.status, 204);
    assert_eq!(get(&op, &token, "/users/me/export").await.json()["state"], "none");
}

#[actix_web::test]
async fn an_account_is_ended_and_kept_after_all() {
    let op = Op::start().await;
    op.user("ada").await;
    let token = signed_in(&op, "ada").await;
    let ended = delete(&op, &token, "/users/me").await;
    assert_eq!((ended.status, ended.json()["state"].as_str()), (202, Some("deleting")));
    assert_eq!(get(&op, &token, "/users/me").await.status, 401);
    let come = super::auth::post(&op, "/auth/login", json!({ "email": "ada@example.com", "password": PASSWORD })).await;
    let come = come.json();
    assert_eq!((&come["requires_decision"], come.get("session_token")), (&json!(true), None));
    let under = json!({ "challenge": come["challenge"], "challenge_token": come["challenge_token"] });
    let kept = super::auth::post(&op, "/auth/keep", under.clone()).await.json();
    let token = kept["session_token"].as_str().unwrap();
    assert_eq!(get(&op, token, "/users/me").await.json()["state"], "active");
    assert_eq!(super::auth::post(&op, "/auth/keep", under).await.status, 400, "once");
}
