//! What would happen: told by the checks of the real endpoint, with nothing issued.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::base::random::from_base64url;
use signet::flow::explain;
use signet::spec::right::Right;

use super::{call, get, key, post};
use crate::support::browser::{Browser, param};
use crate::support::{Op, authorize, redeem};
use signet::flow::admin::client::Registered;

async fn reader(op: &Op) -> String {
    key(op, &[Right::ClientsRead, Right::UsersRead]).await
}

async fn attempt(op: &Op, token: &str, client: &Registered, body: Value) -> Value {
    let answer = post(op, token, &format!("/clients/{}/dry-run", client.client.id), body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// The checks with this result.
fn went(trial: &Value, result: &str) -> Vec<String> {
    let checks = trial["checks"].as_array().unwrap().iter().filter(|check| check["result"] == result);
    checks.map(|check| check["check"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn it_fails_where_the_real_endpoint_fails() {
    let op = Op::start().await;
    let (reader, client) = (reader(&op).await, op.client(json!({})).await);
    for (name, value) in [
        ("redirect_uri", "https://evil.test/"),
        ("response_type", "token"),
        ("scope", "openid a\"b"),
        ("request", "e30"),
        ("response_mode", "fragment"),
        ("code_challenge", "short"),
        ("prompt", "maybe"),
        ("max_age", "-1"),
        ("claims", "x"),
        ("id_token_hint", "x"),
        ("scope", "openid admin"),
        ("prompt", "none"),
    ] {
        let trial = attempt(&op, &reader, &client, json!({ "parameters": { name: value } })).await;
        let real = op.get(&authorize(&client, &[(name, value)])).await;
        let location = url::Url::parse(real.header("location")).ok();
        let told = location.map_or(real.body, |url| param(&url, "error_description").unwrap());
        let at = told.find("reference").unwrap();
        let reference = told[at..]
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .find(|word| word.len() == 9 && word.contains('-'));
        op.settle().await;
        let explained = explain::explain(op.app.cx(), reference.unwrap()).await.unwrap();
        let expected = explained.row.check_name.unwrap().text();
        assert_eq!(went(&trial, "failed"), [expected], "{name}={value}");
        assert_eq!(trial["refusal"]["code"], explained.row.code, "{name}={value}");
        assert_eq!(trial["refusal"]["expected"].as_str(), explained.row.expected.as_deref(), "{name}={value}");
        assert_eq!((&trial["outcome"], &trial["tokens"]), (&json!("refused"), &Value::Null));
    }
    let missing = attempt(&op, &reader, &client, json!({ "parameters": { "code_challenge": "" } })).await;
    assert_eq!(went(&missing, "failed"), ["pkce.challenge"], "an empty one takes it away");
    op.switch(&client, false).await;
    let disabled = attempt(&op, &reader, &client, json!({})).await;
    let change = format!("signet client enable {}", client.client.id);
    assert_eq!(disabled["refusal"]["setting"]["change"], change);
}

#[actix_web::test]
async fn it_tells_the_pages_and_the_claims_and_writes_nothing() {
    let op = Op::start().await;
    op.user("ada").await;
    let (reader, client) = (reader(&op).await, op.client(json!({})).await);
    let ask = json!({ "user": "ada", "parameters": { "scope": "openid email offline_access", "nonce": "n" } });
    let trial = attempt(&op, &reader, &client, ask.clone()).await;
    assert_eq!((&trial["outcome"], &trial["pages"]), (&json!("issued"), &json!(["login", "consent"])));
    assert_eq!(went(&trial, "not_tried"), ["server.capacity", "request.browser", "consent.decision"]);
    assert_eq!(went(&trial, "passed").len() + 3, trial["checks"].as_array().unwrap().len());
    let again = attempt(&op, &reader, &client, ask).await;
    assert_eq!(again["pages"], trial["pages"], "nothing was remembered");
    let access = get(&op, &reader, &format!("/clients/{}/access", client.client.id)).await.json();
    assert_eq!(access, json!({ "grants": 0, "consents": 0 }));

    // what a real sign-in brings says the same
    let mut browser = Browser::new(&op);
    let query = [("scope", "openid email offline_access"), ("nonce", "n")];
    let code = browser.code(&authorize(&client, &query), "ada").await;
    let real = op.token(&client, &redeem(&code)).await.json();
    let payload = |token: &Value| -> Value {
        let part = token.as_str().unwrap().split('.').nth(1).unwrap().to_owned();
        serde_json::from_slice(&from_base64url(&part).unwrap()).unwrap()
    };
    let tokens = &trial["tokens"];
    for (told, real) in [("id_token", payload(&real["id_token"])), ("access_token", payload(&real["access_token"]))] {
        let names =
            |claims: &Value| claims.as_object().unwrap().keys().cloned().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(names(&tokens[told]), names(&real), "{told}");
        for (name, value) in real.as_object().unwrap() {
            let told = &tokens[told][name];
            assert!(told == value || told == "…", "{name}: {told} is not {value}");
        }
    }
    let bearer = format!("Bearer {}", real["access_token"].as_str().unwrap());
    let info = op.call(TestRequest::get().uri("/oauth2/userinfo").insert_header(("authorization", bearer))).await;
    assert_eq!(tokens["userinfo"], info.json());
    assert_eq!((&tokens["refresh_token"], real["refresh_token"].is_string()), (&json!(true), true));

    let silent =
        json!({ "user": "ada", "parameters": { "prompt": "none", "scope": "openid email" }, "session": { "age": 60 } });
    assert_eq!(attempt(&op, &reader, &client, silent).await["outcome"], "issued", "consent is there by now");
    let old = json!({ "user": "ada", "parameters": { "prompt": "none", "max_age": "59" }, "session": { "age": 60 } });
    assert_eq!(went(&attempt(&op, &reader, &client, old).await, "failed"), ["session"]);
    let new = json!({ "user": "ada", "parameters": { "prompt": "none", "scope": "openid profile" }, "session": {} });
    assert_eq!(went(&attempt(&op, &reader, &client, new).await, "failed"), ["consent"]);
}

#[actix_web::test]
async fn factors_and_states_of_a_person_count() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let boss = key(&op, &[Right::ClientsRead, Right::UsersRead, Right::UsersWrite]).await;
    let strict = op.client(json!({ "require_factor": true, "first_party": true })).await;
    let trial = attempt(&op, &boss, &strict, json!({ "user": "ada" })).await;
    assert_eq!(trial["pages"], json!(["login", "set_up_factor"]));
    assert_eq!(trial["tokens"]["id_token"]["acr"], "urn:signet:acr:mfa");
    let sure = json!({ "user": "ada", "session": { "acr": "urn:signet:acr:mfa" } });
    assert_eq!(attempt(&op, &boss, &strict, sure).await["pages"], json!([]));
    let path = format!("/users/{}/suspend", ada.id);
    call(&op, &boss, (Method::POST, &path), Value::Null).await;
    let shut = attempt(&op, &boss, &strict, json!({ "user": "ada" })).await;
    assert_eq!(went(&shut, "failed"), ["account.state"]);
}

#[actix_web::test]
async fn without_a_person_it_ends_at_the_sign_in() {
    let op = Op::start().await;
    op.user("ada").await;
    let (apps, client) = (key(&op, &[Right::ClientsRead]).await, op.client(json!({})).await);
    let trial = attempt(&op, &apps, &client, json!({ "address": "127.0.0.1" })).await;
    assert_eq!((&trial["outcome"], &trial["pages"]), (&json!("login"), &json!(["login"])));
    assert_eq!(went(&trial, "not_reached"), ["account.state", "session", "acr_values", "consent"]);
    assert_eq!((&trial["address"]["exempt"], &trial["address"]["refusal"]), (&json!(false), &Value::Null));
    let path = format!("/clients/{}/dry-run", client.client.id);
    assert_eq!(post(&op, &apps, &path, json!({ "user": "ada" })).await.status, 403, "needs the right to see people");
    assert_eq!(post(&op, &apps, &path, json!({ "person": "ada" })).await.status, 422);
    assert_eq!(post(&op, &apps, "/clients/nobody/dry-run", json!({})).await.status, 404);
    let twice = json!({ "parameters": { "state": "s".repeat(2049) } });
    assert_eq!(went(&attempt(&op, &apps, &client, twice).await, "failed"), ["request.form"]);
}

#[actix_web::test]
async fn what_a_person_would_get_is_told_by_person() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let (helper, client) = (key(&op, &[Right::UsersRead]).await, op.client(json!({})).await);
    let ask = |query: &str| format!("/users/{}/claims?client_id={}{query}", ada.id, client.client.id);
    let told = get(&op, &helper, &ask("&scope=openid%20email")).await.json();
    assert_eq!(told["tokens"]["userinfo"]["email"], "ada@example.com");
    assert!(told["tokens"]["userinfo"].get("name").is_none());
    let all = get(&op, &helper, &ask("")).await.json();
    assert_eq!(all["tokens"]["userinfo"]["name"], "ada Example", "all that the client may have");
    let beyond = get(&op, &helper, &ask("&scope=openid%20admin")).await.json();
    assert_eq!(beyond["refusal"]["check"], "scope.allowed");
    assert_eq!(get(&op, &helper, &format!("/users/{}/claims", ada.id)).await.status, 422);
    assert_eq!(get(&op, &helper, &format!("/users/{}/claims?client_id=x", ada.id)).await.status, 422);
    assert_eq!(get(&op, &helper, &format!("/users/nobody/claims?client_id={}", client.client.id)).await.status, 404);
}
