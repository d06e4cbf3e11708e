//! Signet plays the relying party against itself.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use actix_web::http::Method;
use serde_json::{Value, json};
use signet::flow::admin::client::Registered;
use signet::spec::client_meta::Alg;
use signet::spec::right::Right;

use super::{call, get, key};
use crate::support::Op;

const LOCAL: &str = "http://127.0.0.1:9/cb";

async fn run(op: &Op, boss: &str, client: &Registered) -> Vec<Value> {
    let path = format!("/clients/{}/self-test", client.client.id);
    let answer = call(op, boss, (Method::POST, &path), Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let tests = answer.json()["tests"].as_array().unwrap().clone();
    assert!(tests.iter().all(|test| !test["clause"].as_str().unwrap().is_empty()));
    let failed = tests.iter().any(|test| test["result"] == "fail");
    assert_eq!(answer.json()["ok"], !failed);
    tests
}

/// The tests with this result.
fn went<'a>(tests: &'a [Value], result: &str) -> Vec<&'a str> {
    tests.iter().filter(|test| test["result"] == result).map(|test| test["test"].as_str().unwrap()).collect()
}

async fn boss(op: &Op) -> String {
    key(op, &[Right::ClientsRead, Right::ClientsWrite]).await
}

#[actix_web::test]
async fn a_client_that_is_registered_well_passes_and_nothing_is_left() {
    let op = Op::start().await;
    let boss = boss(&op).await;
    for alg in Alg::ALL {
        let client = op.client(json!({ "redirect_uris": [LOCAL], "id_token_signed_response_alg": alg })).await;
        let tests = run(&op, &boss, &client).await;
        assert_eq!(went(&tests, "fail"), [""; 0], "{alg}: {tests:#?}");
        let passed = went(&tests, "pass");
        for name in [
            "discovery.support",
            "id_token.signature",
            "access_token.signature",
            "token.code",
            "token.wrong_verifier",
            "token.code_replay",
            "id_token.claims",
            "userinfo.sub",
            "token.refresh",
            "token.refresh_reuse",
            "token.refresh_revoked",
        ] {
            assert!(passed.contains(&name), "{alg}: {name} in {tests:#?}");
        }
        let skipped = went(&tests, "skipped");
        assert!(skipped.contains(&"redirect_uri.reachable") && skipped.contains(&"client.authentication"));
        let access = get(&op, &boss, &format!("/clients/{}/access", client.client.id)).await.json();
        assert_eq!(access, json!({ "grants": 0, "consents": 0 }));
    }
    let reader = key(&op, &[Right::UsersRead]).await;
    assert_eq!(get(&op, &reader, "/users").await.json()["items"], json!([]), "the person is gone");
}

#[actix_web::test]
async fn every_form_of_client_can_be_tested() {
    let op = Op::start().await;
    let boss = boss(&op).await;
    let public = json!({ "redirect_uris": ["com.example.app:/cb"], "token_endpoint_auth_method": "none", "access_token_format": "opaque" });
    let tests = run(&op, &boss, &op.client(public).await).await;
    assert_eq!(went(&tests, "fail"), [""; 0], "{tests:#?}");
    assert!(went(&tests, "skipped").contains(&"client.secret"));
    let program = run(&op, &boss, &op.program(json!({})).await).await;
    assert_eq!(went(&program, "fail"), [""; 0], "{program:#?}");
    assert!(went(&program, "pass").contains(&"token.client_credentials"));
    assert!(went(&program, "skipped").contains(&"authorize"));
    let loose = run(&op, &boss, &op.client(json!({ "redirect_uris": [LOCAL], "require_pkce": false })).await).await;
    assert_eq!(went(&loose, "fail"), [""; 0], "{loose:#?}");
    assert!(went(&loose, "skipped").contains(&"client.pkce"), "whether the app compares nonce cannot be seen");
}

#[actix_web::test]
async fn what_is_wrong_is_named() {
    let op = Op::start().await;
    let boss = boss(&op).await;
    for (change, named) in [
        (json!({ "scope": "openid" }), "client.refresh"),
        (json!({ "grant_types": ["authorization_code"] }), "client.refresh"),
        (json!({ "redirect_uris": ["https://nowhere.invalid/cb"] }), "redirect_uri.reachable"),
    ] {
        let mut metadata = json!({ "redirect_uris": [LOCAL] });
        metadata.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let tests = run(&op, &boss, &op.client(metadata).await).await;
        assert_eq!(went(&tests, "fail"), [named], "{change}: {tests:#?}");
    }
    let disabled = op.client(json!({ "redirect_uris": [LOCAL] })).await;
    op.switch(&disabled, false).await;
    let tests = run(&op, &boss, &disabled).await;
    assert_eq!(went(&tests, "fail"), ["client.enabled", "authorize"]);
    let path = format!("/clients/{}/self-test", disabled.client.id);
    run(&op, &boss, &disabled).await;
    assert_eq!(call(&op, &boss, (Method::POST, &path), Value::Null).await.status, 429, "each calls others");
    let reader = key(&op, &[Right::ClientsRead]).await;
    assert_eq!(call(&op, &reader, (Method::POST, &path), Value::Null).await.status, 403);
}

/// Answers one request with this status; its port.
fn app(status: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        assert!(stream.read(&mut [0; 1024]).unwrap() > 0);
        write!(stream, "HTTP/1.1 {status}\r\nlocation: https://evil.test/\r\ncontent-length: 0\r\n\r\n").unwrap();
    });
    port
}

#[actix_web::test]
async fn an_app_is_called_where_that_is_allowed() {
    let op = Op::with(|config| config.server.outgoing_networks = vec!["127.0.0.0/8".into()]).await;
    let boss = boss(&op).await;
    for (status, result) in
        [("400 Bad Request", "pass"), ("302 Found", "pass"), ("404 Not Found", "fail"), ("503 No", "fail")]
    {
        let uri = format!("http://127.0.0.1:{}/cb", app(status));
        let tests = run(&op, &boss, &op.client(json!({ "redirect_uris": [uri] })).await).await;
        let reached = tests.iter().find(|test| test["test"] == "redirect_uri.reachable").unwrap();
        assert_eq!(reached["result"], result, "{status}: {reached}");
    }
    let inside = op.client(json!({ "redirect_uris": ["https://10.0.0.1/cb", "https://[fd00::1]/cb"] })).await;
    let tests = run(&op, &boss, &inside).await;
    let reached: Vec<_> = tests.iter().filter(|test| test["test"] == "redirect_uri.reachable").collect();
    assert!(reached.iter().all(|test| test["result"] == "skipped"), "{reached:#?}");
    assert!(reached[0]["detail"].as_str().unwrap().contains("server.outgoing_networks"));
}
