//! Signing in by the API: what the pages do, with the same limits and the same answers.

use std::time::Duration;

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::user;

use super::get;
use crate::factor::{Phone, with_app};
use crate::support::{Answer, Op, PASSWORD, people};

const NEW: &str = "grace@example.com";
const NEXT: &str = "another long password";

/// A request without any credentials.
pub async fn post(op: &Op, path: &str, body: Value) -> Answer {
    op.call(TestRequest::post().uri(&format!("/api/v1{path}")).set_json(body)).await
}

async fn login(op: &Op, name: &str, password: &str) -> Answer {
    post(op, "/auth/login", json!({ "username": name, "password": password })).await
}

/// The session token of somebody who signs in by the password alone.
pub async fn signed_in(op: &Op, name: &str) -> String {
    let answer = login(op, name, PASSWORD).await;
    answer.json()["session_token"].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
}

/// What an answer has begun, with more beside it.
fn go_on(begun: &Value, more: Value) -> Value {
    let mut body = json!({ "challenge": begun["challenge"], "challenge_token": begun["challenge_token"] });
    let Value::Object(more) = more else { panic!("{more}") };
    body.as_object_mut().unwrap().extend(more);
    body
}

/// Status, and what is said, without what differs each time.
fn said(answer: &Answer) -> (u16, Value) {
    let mut body = answer.json();
    for name in ["reference", "challenge", "challenge_token"] {
        if let Some(value) = body.get_mut(name) {
            *value = json!("…");
        }
    }
    (answer.status, body)
}

#[actix_web::test]
async fn a_password_gives_a_session_token() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    for name in ["ada", "ADA@example.com"] {
        let answer = login(&op, name, PASSWORD).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (200, ""), "{}", answer.body);
        let body = answer.json();
        assert_eq!((&body["user"]["id"], &body["needs_factor"]), (&json!(ada.id), &json!(false)));
        assert!(body["expires_at"].as_i64().unwrap() > op.app.clock.now().0);
        assert_eq!(get(&op, body["session_token"].as_str().unwrap(), "/users/me").await.status, 200);
    }
    for body in
        [json!({ "username": "ada" }), json!({ "username": "ada", "password": PASSWORD, "acr": "mfa" }), json!([])]
    {
        assert_eq!(post(&op, "/auth/login", body.clone()).await.status, 422, "{body}");
    }
}

#[actix_web::test]
async fn who_is_unknown_is_told_what_a_wrong_password_is_told() {
    let op = Op::with(|config| {
        config.limits.login_burst = 1000;
        config.limits.names_per_address = 1000;
        config.limits.account_failures = 6;
    })
    .await;
    op.user("ada").await;
    op.user("berta").await;
    people::set_enabled(op.app.cx(), "berta", false).await.unwrap();
    for _ in 0..12 {
        let known = login(&op, "ada", "a wrong password").await;
        let unknown = login(&op, "nobody", "a wrong password").await;
        let shut = login(&op, "berta", "a wrong password").await;
        assert_eq!(said(&known), said(&unknown));
        assert_eq!(said(&known), said(&shut));
        assert_eq!(known.header("retry-after"), unknown.header("retry-after"));
    }
    assert_eq!(login(&op, "ada", PASSWORD).await.status, 429);
    // under the other name of the person nothing tells that the two belong together
    let other = login(&op, "ada@example.com", "a wrong password").await;
    let nobody = login(&op, "nobody@example.com", "a wrong password").await;
    assert_eq!(said(&other), said(&nobody));
}

#[actix_web::test]
async fn an_account_that_is_shut_is_told_only_to_whoever_has_the_password() {
    let op = Op::start().await;
    op.user("ada").await;
    people::set_enabled(op.app.cx(), "ada", false).await.unwrap();
    assert_eq!(login(&op, "ada", "a wrong password").await.status, 401);
    assert_eq!(login(&op, "ada", PASSWORD).await.status, 403);
}

#[actix_web::test]
async fn an_address_has_its_limit() {
    let op = Op::start().await;
    let mut last = login(&op, "nobody", "x").await;
    for _ in 0..10 {
        last = login(&op, "nobody", "x").await;
    }
    assert_eq!((last.status, last.header("retry-after").is_empty()), (429, false));
}

async fn second(op: &Op, name: &str) -> Value {
    let answer = login(op, name, PASSWORD).await;
    let body = answer.json();
    assert_eq!((&body["requires_2fa"], body.get("session_token")), (&json!(true), None), "{body}");
    body
}

fn code(op: &Op, phone: &Phone) -> String {
    phone.code(op.app.clock.now())
}

#[actix_web::test]
async fn the_second_step_belongs_to_whoever_took_the_first() {
    let op = Op::with(|config| config.limits.login_burst = 100).await;
    let (phone, codes) = with_app(&op, "ada").await;
    let begun = second(&op, "ada").await;
    assert_eq!(begun["ways"], json!(["totp", "backup"]));
    let right = code(&op, &phone);
    let stolen = json!({ "challenge": begun["challenge"], "challenge_token": "guess", "code": right });
    assert_eq!(post(&op, "/auth/2fa/verify", stolen).await.status, 400);
    let wrong = post(&op, "/auth/2fa/verify", go_on(&begun, json!({ "code": "000000" }))).await;
    assert_eq!(wrong.status, 401);
    let done = post(&op, "/auth/2fa/verify", go_on(&begun, json!({ "code": right }))).await;
    let token = done.json()["session_token"].as_str().unwrap().to_owned();
    let seen = get(&op, &token, "/users/me/sessions").await.json();
    let acr: Vec<_> = seen["items"].as_array().unwrap().iter().filter(|row| row["current"] == true).collect();
    assert_eq!(acr[0]["acr"], "urn:signet:acr:mfa");
    assert_eq!(post(&op, "/auth/2fa/verify", go_on(&begun, json!({ "code": right }))).await.status, 400, "once");
    let begun = second(&op, "ada").await;
    let backup = go_on(&begun, json!({ "way": "backup", "code": codes[0] }));
    assert_eq!(post(&op, "/auth/2fa/verify", backup).await.status, 200);
}

#[actix_web::test]
async fn a_trusted_device_needs_no_second_step() {
    let op = Op::with(|config| config.limits.login_burst = 100).await;
    let (phone, _) = with_app(&op, "ada").await;
    let begun = second(&op, "ada").await;
    let verify = go_on(&begun, json!({ "code": code(&op, &phone), "trust": true }));
    let done = post(&op, "/auth/2fa/verify", verify).await.json();
    let trusted = |token: &Value| json!({ "username": "ada", "password": PASSWORD, "trust_token": token });
    let again = post(&op, "/auth/login", trusted(&done["trust_token"])).await.json();
    assert!(again["session_token"].is_string(), "{again}");
    let guess = post(&op, "/auth/login", trusted(&json!("a".repeat(43)))).await.json();
    assert_eq!(guess["requires_2fa"], true);
}

#[actix_web::test]
async fn a_code_by_mail_is_sent_where_the_person_has_that_way() {
    let op = Op::with(|config| config.limits.login_burst = 100).await;
    op.user("ada").await;
    let token = signed_in(&op, "ada").await;
    let live = signet::flow::session::current(op.app.cx(), Some(&token.as_str().into())).await.unwrap().unwrap();
    signet::flow::factor::sent::add(op.app.cx(), &live, signet::model::factor::Kind::Email).await.unwrap();
    op.mails().await;
    let begun = second(&op, "ada").await;
    let send = |way: &str| go_on(&begun, json!({ "way": way }));
    assert_eq!(post(&op, "/auth/2fa/send", send("sms")).await.status, 400);
    let sent = post(&op, "/auth/2fa/send", send("email")).await;
    assert_eq!(sent.status, 202);
    assert!(!sent.body.contains("ada@example.com"), "as its owner knows it: {}", sent.body);
    let verify = go_on(&begun, json!({ "way": "email", "code": op.mail().await.code() }));
    assert!(post(&op, "/auth/2fa/verify", verify).await.json()["session_token"].is_string());
}

#[actix_web::test]
async fn a_token_is_renewed_and_ended() {
    let op = Op::start().await;
    op.user("ada").await;
    let first = signed_in(&op, "ada").await;
    let renewed = super::post(&op, &first, "/auth/refresh", Value::Null).await;
    let second = renewed.json()["session_token"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    assert_eq!(get(&op, &first, "/users/me").await.status, 401);
    assert_eq!(super::post(&op, &first, "/auth/refresh", Value::Null).await.status, 401);
    assert_eq!(get(&op, &second, "/users/me/sessions").await.json()["items"].as_array().unwrap().len(), 1);
    assert_eq!(super::post(&op, &second, "/auth/logout", Value::Null).await.status, 204);
    assert_eq!(get(&op, &second, "/users/me").await.status, 401);
    let key = super::master(&op).await;
    assert_eq!(super::post(&op, &key, "/auth/refresh", Value::Null).await.status, 403);
}

async fn sign_up(op: &Op, email: &str) -> Answer {
    post(op, "/auth/register", json!({ "email": email, "name": "Grace", "password": PASSWORD })).await
}

#[actix_web::test]
async fn signing_up_tells_nobody_who_has_an_account() {
    let op = Op::with(|config| config.limits.sign_ups_per_hour = 100).await;
    op.user("ada").await;
    let (known, unknown) = (sign_up(&op, "ada@example.com").await, sign_up(&op, NEW).await);
    assert_eq!(known.status, 202);
    assert_eq!(said(&known), said(&unknown));
    assert_eq!(op.mails().await.len(), 2, "the letter tells");
    let guess = go_on(&known.json(), json!({ "code": "000000" }));
    let other = go_on(&unknown.json(), json!({ "code": "000000" }));
    let (known, unknown) = (post(&op, "/auth/verify-email", guess).await, post(&op, "/auth/verify-email", other).await);
    assert_eq!(said(&known), said(&unknown));
}

#[actix_web::test]
async fn the_code_of_the_letter_makes_the_account() {
    let op = Op::start().await;
    let begun = sign_up(&op, NEW).await.json();
    assert!(user::show(op.app.cx(), NEW).await.is_err(), "nobody before the address is proved");
    let code = op.mail().await.code();
    let elsewhere = json!({ "challenge": begun["challenge"], "challenge_token": "guess", "code": code });
    assert_eq!(post(&op, "/auth/verify-email", elsewhere).await.status, 400);
    let done = post(&op, "/auth/verify-email", go_on(&begun, json!({ "code": code }))).await.json();
    assert_eq!(done["user"]["email_verified"], true);
    assert_eq!(get(&op, done["session_token"].as_str().unwrap(), "/users/me").await.json()["roles"], json!(["user"]));
    for body in [
        json!({ "email": NEW, "password": "short" }),
        json!({ "email": "no address", "password": PASSWORD }),
        json!({ "email": NEW, "password": PASSWORD, "roles": ["admin"] }),
        json!({ "email": NEW, "password": PASSWORD, "email_verified": true }),
    ] {
        assert_eq!(post(&op, "/auth/register", body.clone()).await.status, 422, "{body}");
    }
}

#[actix_web::test]
async fn the_link_of_the_letter_takes_the_password_that_was_chosen() {
    let op = Op::with(|config| config.limits.login_burst = 100).await;
    let begun = sign_up(&op, NEW).await.json();
    assert_eq!(post(&op, "/auth/resend", go_on(&begun, json!({}))).await.status, 202);
    let mails = op.mails().await;
    let link = mails.last().unwrap().link();
    let token = link.split("token=").nth(1).unwrap();
    let wrong = json!({ "token": token, "password": "some other words" });
    assert_eq!(post(&op, "/auth/verify-email", wrong).await.status, 401);
    let right = json!({ "token": token, "password": PASSWORD });
    assert!(post(&op, "/auth/verify-email", right).await.json()["session_token"].is_string());
    let gone_on = post(&op, "/auth/verify-email", go_on(&begun, json!({}))).await.json();
    assert!(gone_on["session_token"].is_string(), "where it began goes on: {gone_on}");
}

#[actix_web::test]
async fn who_waits_for_an_administrator_is_told_so() {
    let op = Op::with(|config| config.registration.mode = "approval".into()).await;
    let begun = sign_up(&op, NEW).await.json();
    let code = op.mail().await.code();
    let done = post(&op, "/auth/verify-email", go_on(&begun, json!({ "code": code }))).await.json();
    assert_eq!(done, json!({ "waiting": true }));
    let closed = Op::with(|config| config.registration.mode = "closed".into()).await;
    assert_eq!(sign_up(&closed, NEW).await.status, 403);
}

async fn forgot(op: &Op, email: &str) -> Answer {
    post(op, "/auth/forgot-password", json!({ "email": email })).await
}

#[actix_web::test]
async fn a_forgotten_password_tells_nobody_who_has_an_account() {
    let op = Op::with(|config| config.limits.recoveries_per_hour = 100).await;
    op.user("ada").await;
    let (known, unknown) = (forgot(&op, "ada@example.com").await, forgot(&op, NEW).await);
    assert_eq!(known.status, 202);
    assert_eq!(said(&known), said(&unknown));
    assert_eq!(op.mails().await.len(), 1);
    let guess = json!({ "code": "000000", "new_password": NEXT });
    let known = post(&op, "/auth/reset-password", go_on(&known.json(), guess.clone())).await;
    let unknown = post(&op, "/auth/reset-password", go_on(&unknown.json(), guess)).await;
    assert_eq!(said(&known), said(&unknown));
}

#[actix_web::test]
async fn a_forgotten_password_is_replaced_and_ends_what_was_open() {
    let op = Op::with(|config| config.limits.login_burst = 100).await;
    op.user("ada").await;
    let before = signed_in(&op, "ada").await;
    let begun = forgot(&op, "ada@example.com").await.json();
    let code = op.mail().await.code();
    let reset = |new: &str| go_on(&begun, json!({ "code": code, "new_password": new }));
    assert_eq!(post(&op, "/auth/reset-password", reset("short")).await.status, 422);
    let done = post(&op, "/auth/reset-password", reset(NEXT)).await;
    assert!(done.json()["session_token"].is_string(), "the same code after a mistake: {}", done.body);
    assert_eq!(get(&op, &before, "/users/me").await.status, 401);
    assert_eq!(post(&op, "/auth/reset-password", reset("a third long password")).await.status, 400, "once");
    assert_eq!((login(&op, "ada", PASSWORD).await.status, login(&op, "ada", NEXT).await.status), (401, 200));
}

#[actix_web::test]
async fn a_password_that_has_to_be_another_is_chosen_before_the_session() {
    let op = Op::with(|config| config.limits.login_burst = 100).await;
    op.user("ada").await;
    people::require_password_change(op.app.cx(), "ada").await.unwrap();
    let begun = login(&op, "ada", PASSWORD).await.json();
    assert_eq!((&begun["requires_new_password"], begun.get("session_token")), (&json!(true), None));
    let choose = |new: &str| go_on(&begun, json!({ "new_password": new }));
    assert_eq!(post(&op, "/auth/new-password", choose(PASSWORD)).await.status, 422);
    assert!(post(&op, "/auth/new-password", choose(NEXT)).await.json()["session_token"].is_string());
    assert_eq!(login(&op, "ada", NEXT).await.status, 200);
}

#[actix_web::test]
async fn an_app_is_set_up_used_and_taken_away() {
    let op = Op::with(|config| config.limits.login_burst = 100).await;
    op.user("ada").await;
    op.user("berta").await;
    let (token, other) = (signed_in(&op, "ada").await, signed_in(&op, "berta").await);
    let begun = super::post(&op, &token, "/auth/mfa/setup", Value::Null).await.json();
    let phone = Phone::new(begun["secret"].as_str().unwrap());
    assert!(begun["uri"].as_str().unwrap().starts_with("otpauth://totp/"));
    let first = go_on(&begun, json!({ "code": code(&op, &phone) }));
    assert!(super::post(&op, &other, "/auth/mfa/confirm", first.clone()).await.status >= 400, "somebody else's");
    let wrong = go_on(&begun, json!({ "code": "000000" }));
    assert_eq!(super::post(&op, &token, "/auth/mfa/confirm", wrong).await.status, 401);
    let done = super::post(&op, &token, "/auth/mfa/confirm", first).await.json();
    assert_eq!(done["backup_codes"].as_array().unwrap().len(), 10);
    assert_eq!(
        get(&op, &token, "/users/me").await.status,
        401,
        "whoever has the token until now does not become surer"
    );
    let token = done["session_token"].as_str().unwrap().to_owned();
    second(&op, "ada").await;
    let held = get(&op, &token, "/users/me/factors").await;
    assert!(!held.body.contains(begun["secret"].as_str().unwrap()), "{}", held.body);
    let gone = json!({ "factor": held.json()["factors"][0]["id"] });
    assert_eq!(super::post(&op, &other, "/auth/mfa/disable", gone.clone()).await.status, 404);
    assert_eq!(super::post(&op, &token, "/auth/mfa/disable", gone).await.status, 204);
    assert_eq!(login(&op, "ada", PASSWORD).await.json()["requires_2fa"], Value::Null);
    op.wait(Duration::from_mins(6));
    let stale = super::post(&op, &token, "/auth/mfa/setup", Value::Null).await;
    assert_eq!((stale.status, stale.json()["code"].as_str()), (403, Some("login_required")));
}

#[actix_web::test]
async fn where_it_is_off_nobody_signs_in_by_it() {
    let op = Op::with(|config| config.api.sign_in = false).await;
    op.user("ada").await;
    let refused = login(&op, "ada", PASSWORD).await;
    assert_eq!((refused.status, refused.json().get("session_token")), (403, None));
    assert_eq!(sign_up(&op, NEW).await.status, 403);
    assert_eq!(forgot(&op, "ada@example.com").await.status, 403);
}
