//! `grant_type=client_credentials` (RFC 6749 §4.4) and JWT access tokens (RFC 9068).

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::support::{ISSUER, Op};

const FORM: [(&str, &str); 1] = [("grant_type", "client_credentials")];

#[actix_web::test]
async fn a_program_gets_a_signed_token_for_itself() {
    let op = Op::start().await;
    let program = op.program(json!({})).await;
    let answer = op.token(&program, &FORM).await;
    assert_eq!((answer.status, &answer.json()["scope"]), (200, &json!("read write")));
    assert!(answer.json()["refresh_token"].is_null() && answer.json()["id_token"].is_null());
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    let parts: Vec<Value> = token
        .split('.')
        .take(2)
        .map(|part| serde_json::from_slice(&signet::base::random::from_base64url(part).unwrap()).unwrap())
        .collect();
    assert_eq!((&parts[0]["typ"], &parts[0]["alg"]), (&json!("at+jwt"), &json!("ES256")));
    let id = program.client.id.as_str();
    assert_eq!((&parts[1]["iss"], &parts[1]["sub"], &parts[1]["client_id"]), (&json!(ISSUER), &json!(id), &json!(id)));
    assert_eq!(parts[1]["exp"].as_i64().unwrap() - parts[1]["iat"].as_i64().unwrap(), 600);
    assert!(parts[1]["jti"].as_str().unwrap().len() >= 16);
}

#[actix_web::test]
async fn scopes_are_those_of_the_client() {
    let op = Op::start().await;
    let program = op.program(json!({ "scope": "read write openid" })).await;
    let ask = async |scope| op.token(&program, &[FORM[0], ("scope", scope)]).await;
    assert_eq!(ask("read").await.json()["scope"], "read");
    assert_eq!(ask("admin").await.error(), (400, "invalid_scope".into()));
    assert_eq!(ask("re\"ad").await.error(), (400, "invalid_scope".into()));
    assert_eq!(ask("openid").await.error(), (400, "invalid_scope".into()), "there is no person");
}

#[actix_web::test]
async fn an_opaque_token_can_be_recognised_by_its_form() {
    let op = Op::start().await;
    let program = op.program(json!({ "access_token_format": "opaque" })).await;
    let token = op.token(&program, &FORM).await.json()["access_token"].as_str().unwrap().to_owned();
    assert!(token.starts_with("sgt_at_"), "{token}");
    assert!(signet::base::random::Opaque::from(token).is(signet::base::random::Kind::AccessToken));
}

#[actix_web::test]
async fn rs256_on_request() {
    let op = Op::start().await;
    let program = op.program(json!({ "access_token_signed_response_alg": "RS256" })).await;
    let token = op.token(&program, &FORM).await.json()["access_token"].as_str().unwrap().to_owned();
    let header = signet::base::random::from_base64url(token.split('.').next().unwrap()).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&header).unwrap()["alg"], "RS256");
}

#[actix_web::test]
async fn tokens_of_programs_are_audited_in_sum() {
    let op = Op::start().await;
    let program = op.program(json!({})).await;
    for _ in 0..3 {
        op.token(&program, &FORM).await;
    }
    op.settle().await;
    let rows = op.audit(10).await;
    let row = rows.iter().find(|row| row.action == signet::model::audit::Action::TokenIssue).unwrap();
    assert_eq!(row.actor_id.as_deref(), Some(program.client.id.as_str()));
    assert_eq!(
        (row.detail.as_str(), row.address.as_deref()),
        ("3 by client_credentials, read write", Some("127.0.0.1"))
    );
}

#[actix_web::test]
async fn nobody_shuts_out_the_users_of_a_public_client() {
    let op = Op::with(|config| config.limits.token_client_burst = 5).await;
    let public = op.client(json!({ "token_endpoint_auth_method": "none" })).await;
    let ask = async |address: &str| {
        let form = [("client_id", public.client.id.as_str()), ("grant_type", "authorization_code")];
        let request = TestRequest::post().uri("/oauth2/token").peer_addr(format!("{address}:1").parse().unwrap());
        op.call(request.set_form(form)).await.status
    };
    for _ in 0..5 {
        assert_eq!(ask("192.0.2.1").await, 400);
    }
    assert_eq!((ask("192.0.2.1").await, ask("192.0.2.2").await), (429, 400));
}

#[actix_web::test]
async fn audit_that_could_not_be_written_waits_for_the_next_batch() {
    let op = Op::start().await;
    let program = op.program(json!({})).await;
    op.token(&program, &FORM).await;
    let rows = op.app.programs.take(op.app.cx());
    assert_eq!(rows.len(), 1);
    op.app.programs.give_back(rows);
    op.settle().await;
    let rows = op.audit(10).await;
    assert_eq!(rows.iter().filter(|row| row.action == signet::model::audit::Action::TokenIssue).count(), 1);
}
