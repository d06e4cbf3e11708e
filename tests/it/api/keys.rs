//! Signing keys: seen, rotated, and taken away at once.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::admin::{Actor, How, undo};
use signet::model::BatchId;
use signet::spec::right::Right;

use super::{call, get, key};
use crate::support::browser::Browser;
use crate::support::{Op, authorize, redeem};

async fn boss(op: &Op) -> String {
    key(op, &[Right::KeysRead, Right::KeysWrite]).await
}

/// The keys of an algorithm: kid and stage.
async fn keys(op: &Op, boss: &str, alg: &str) -> Vec<(String, String)> {
    let list = get(op, boss, "/keys").await.json();
    let own = list["items"].as_array().unwrap().iter().filter(|key| key["alg"] == alg);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    own.map(|key| (text(&key["kid"]), text(&key["stage"]))).collect()
}

async fn published(op: &Op, kid: &str) -> bool {
    let keys = op.get("/oauth2/jwks").await.json()["keys"].clone();
    keys.as_array().unwrap().iter().any(|key| key["kid"] == kid)
}

async fn revoke(op: &Op, boss: &str, kid: &str) -> crate::support::Answer {
    call(op, boss, (Method::DELETE, &format!("/keys/{kid}")), Value::Null).await
}

#[actix_web::test]
async fn keys_are_listed_with_their_stage_and_rotated() {
    let op = Op::start().await;
    let boss = boss(&op).await;
    let all = get(&op, &boss, "/keys").await;
    assert_eq!(all.json()["items"].as_array().unwrap().len(), 8);
    assert!(!all.body.contains("private") && !all.body.contains("\"d\""));
    let first = get(&op, &boss, "/keys?limit=5").await.json();
    let rest = get(&op, &boss, &format!("/keys?limit=5&after={}", first["next"].as_str().unwrap())).await.json();
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (3, &Value::Null));
    op.wait(std::time::Duration::from_secs(1));
    let before = keys(&op, &boss, "ES256").await;
    let rotated = call(&op, &boss, (Method::POST, "/keys/rotate?alg=ES256"), Value::Null).await.json();
    assert_eq!(rotated["rotated"][0]["kid"], before[1].0);
    let stages: Vec<_> = keys(&op, &boss, "ES256").await.into_iter().map(|(_, stage)| stage).collect();
    assert_eq!(stages, ["retired", "current", "next"]);
    assert_eq!(keys(&op, &boss, "RS256").await.len(), 2);
    assert_eq!(call(&op, &boss, (Method::POST, "/keys/rotate?alg=none"), Value::Null).await.status, 422);
    let reader = key(&op, &[Right::KeysRead]).await;
    assert_eq!(call(&op, &reader, (Method::POST, "/keys/rotate"), Value::Null).await.status, 403);
}

#[actix_web::test]
async fn a_key_that_is_revoked_is_gone_at_once_and_the_next_one_signs() {
    let op = Op::start().await;
    op.user("ada").await;
    let (boss, client) = (boss(&op).await, op.client(json!({})).await);
    let mut browser = Browser::new(&op);
    let code = browser.code(&authorize(&client, &[]), "ada").await;
    let old = op.token(&client, &redeem(&code)).await.json()["access_token"].as_str().unwrap().to_owned();
    let userinfo = async |token: &str| {
        let request = TestRequest::get().uri("/oauth2/userinfo");
        op.call(request.insert_header(("authorization", format!("Bearer {token}")))).await.status
    };
    assert_eq!(userinfo(&old).await, 200);
    let before = keys(&op, &boss, "ES256").await;
    let (current, next) = (&before[0].0, &before[1].0);
    let looked = call(&op, &boss, (Method::DELETE, &format!("/keys/{current}?preview=true")), Value::Null).await;
    assert!(looked.json()["changes"].as_array().unwrap().iter().all(|change| change["final"] == true));
    assert!(published(&op, current).await, "a preview takes nothing away");
    let revoked = revoke(&op, &boss, current).await;
    assert_eq!((revoked.status, &revoked.json()["next"]["kid"]), (200, &json!(next)));
    assert!(!published(&op, current).await);
    assert_eq!(userinfo(&old).await, 401, "also what was verified before");
    let code = browser.code(&authorize(&client, &[]), "ada").await;
    let new = op.token(&client, &redeem(&code)).await.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(userinfo(&new).await, 200);
    let stages: Vec<_> = keys(&op, &boss, "ES256").await.into_iter().map(|(_, stage)| stage).collect();
    assert_eq!(stages, ["current", "next"], "there is a next one again");
    let batch = BatchId::from(revoked.header("signet-batch"));
    assert!(undo::undo(op.app.cx(), &Actor::operator(), How::Apply, &batch).await.is_err());
    assert_eq!(revoke(&op, &boss, current).await.status, 404);
}

#[actix_web::test]
async fn keys_that_do_not_sign_go_as_well() {
    let op = Op::start().await;
    let boss = boss(&op).await;
    let before = keys(&op, &boss, "EdDSA").await;
    let revoked = revoke(&op, &boss, &before[1].0).await.json();
    assert_eq!(revoked["next"], Value::Null, "the current one goes on");
    let now = keys(&op, &boss, "EdDSA").await;
    assert_eq!((&now[0], now[1].1.as_str()), (&before[0], "next"));
    assert_ne!(now[1].0, before[1].0);
    // one that is to take over soon does so now, when the one before it is taken away
    op.wait(std::time::Duration::from_secs(1));
    call(&op, &boss, (Method::POST, "/keys/rotate?alg=EdDSA"), Value::Null).await;
    assert_eq!(keys(&op, &boss, "EdDSA").await[0].1, "current", "the new one is not known everywhere yet");
    revoke(&op, &boss, &before[0].0).await;
    let after = keys(&op, &boss, "EdDSA").await;
    assert_eq!((after[0].0.as_str(), after[0].1.as_str()), (now[1].0.as_str(), "current"));
    let token = signet::flow::token::sign(
        op.app.cx(),
        signet::spec::client_meta::Alg::EdDsa,
        signet::crypto::jose::Typ::Jwt,
        &json!({}),
    );
    assert!(token.is_ok());
}
