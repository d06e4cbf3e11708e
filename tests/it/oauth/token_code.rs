//! `grant_type=authorization_code` (RFC 6749 §4.1.3).

use std::time::Duration;

use actix_web::test::TestRequest;
use base64::Engine as _;
use futures_util::future::join_all;
use serde_json::json;

use crate::support::browser::Browser;
use crate::support::{CALLBACK, Op, VERIFIER, authorize, basic, redeem};

#[actix_web::test]
async fn replay_is_refused_and_revokes() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let code = Browser::new(&op).code(&authorize(&client, &[("scope", "openid offline_access")]), "ada").await;
    let first = op.token(&client, &redeem(&code)).await;
    assert_eq!(
        (first.status, &first.json()["expires_in"], &first.json()["token_type"]),
        (200, &json!(600), &json!("Bearer"))
    );
    assert_eq!((first.header("cache-control"), first.header("pragma")), ("no-store", "no-cache"));

    assert_eq!(op.token(&client, &redeem(&code)).await.error(), (400, "invalid_grant".into()));
    let bearer = format!("Bearer {}", first.json()["access_token"].as_str().unwrap());
    let userinfo = TestRequest::get().uri("/oauth2/userinfo").insert_header(("authorization", bearer));
    assert_eq!(op.call(userinfo).await.status, 401, "the access token is dead");
    let token = first.json()["refresh_token"].as_str().unwrap().to_owned();
    let refresh = op.token(&client, &[("grant_type", "refresh_token"), ("refresh_token", &token)]).await;
    assert_eq!(refresh.error(), (400, "invalid_grant".into()), "so is the refresh token");
}

#[actix_web::test]
async fn of_many_simultaneous_requests_one_wins() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let code = Browser::new(&op).code(&authorize(&client, &[]), "ada").await;
    let form = redeem(&code);
    let answers = join_all((0..16).map(|_| op.token(&client, &form))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
}

#[actix_web::test]
async fn refusals() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let code = Browser::new(&op).code(&authorize(&client, &[]), "ada").await;
    let good = redeem(&code);
    let guess = "another-verifier-that-has-forty-three-characters";
    let cases = [
        ("unknown code", 1, "nope", "invalid_grant"),
        ("no code", 1, "", "invalid_request"),
        ("other redirect_uri", 2, "https://rp.test/evil", "invalid_grant"),
        ("no redirect_uri", 2, "", "invalid_request"),
        ("no URI", 2, "x", "invalid_request"),
        ("wrong verifier", 3, guess, "invalid_grant"),
        ("short verifier", 3, "guess", "invalid_grant"),
        ("no verifier", 3, "", "invalid_grant"),
        ("other grant", 0, "password", "unsupported_grant_type"),
        ("no grant", 0, "", "invalid_request"),
        ("a grant that is not its own", 0, "client_credentials", "unauthorized_client"),
    ];
    for (name, field, value, error) in cases {
        let mut form = good;
        form[field].1 = value;
        assert_eq!(op.token(&client, &form).await.error(), (400, error.into()), "{name}");
    }
    let thief = op.client(json!({})).await;
    assert_eq!(op.token(&thief, &good).await.error(), (400, "invalid_grant".into()), "another client");
    let answer = op.token(&client, &good).await;
    assert_eq!(answer.status, 200, "no refusal above used the code up: {}", answer.body);
}

#[actix_web::test]
async fn a_verifier_without_a_challenge_is_refused() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "require_pkce": false })).await;
    let path = authorize(&client, &[("code_challenge", ""), ("code_challenge_method", "")]);
    let code = Browser::new(&op).code(&path, "ada").await;
    assert_eq!(op.token(&client, &redeem(&code)).await.error(), (400, "invalid_grant".into()));
    let plain = [("grant_type", "authorization_code"), ("code", &*code), ("redirect_uri", CALLBACK)];
    assert_eq!(op.token(&client, &plain).await.status, 200);
}

#[actix_web::test]
async fn a_code_expires() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    let code = browser.code(&authorize(&client, &[]), "ada").await;
    op.wait(Duration::from_secs(59));
    assert_eq!(op.token(&client, &redeem(&code)).await.status, 200, "the last second");
    let code = browser.code(&authorize(&client, &[]), "ada").await;
    op.wait(Duration::from_mins(1));
    assert_eq!(op.token(&client, &redeem(&code)).await.error(), (400, "invalid_grant".into()));
}

fn encode(pair: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(pair)
}

#[actix_web::test]
async fn redirect_uris_are_compared_letter_by_letter() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "redirect_uris": ["http://127.0.0.1:5555/cb"] })).await;
    let path = authorize(&client, &[("redirect_uri", "http://127.0.0.1:5555/cb")]);
    let code = Browser::new(&op).code(&path, "ada").await;
    let mut form = redeem(&code);
    for (uri, status) in [("HTTP://127.0.0.1:5555/cb", 400), ("http://127.0.0.1:5555/cb", 200)] {
        form[2].1 = uri;
        assert_eq!(op.token(&client, &form).await.status, status, "{uri}");
    }
}

#[actix_web::test]
async fn clients_prove_who_they_are_in_the_way_they_registered() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let other = op.client(json!({})).await;
    let (id, secret) = (client.client.id.as_str(), client.secret.as_ref().unwrap().reveal());
    let form = |extra: &[(&'static str, &str)]| -> Vec<(String, String)> {
        let all = [
            ("grant_type", "authorization_code"),
            ("code", "x"),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        all.iter().chain(extra).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let post = |form: Vec<(String, String)>| TestRequest::post().uri("/oauth2/token").set_form(form);
    let header = |value: String, form| post(form).insert_header(("authorization", value));
    let wrong = basic(&other).replace("Basic ", "Basic x");
    let cases = [
        ("nothing at all", post(form(&[])), 401, "invalid_client"),
        ("only its name", post(form(&[("client_id", id)])), 401, "invalid_client"),
        (
            "by post instead of basic",
            post(form(&[("client_id", id), ("client_secret", secret)])),
            401,
            "invalid_client",
        ),
        ("unknown", post(form(&[("client_id", "nobody"), ("client_secret", "x")])), 401, "invalid_client"),
        (
            "both ways",
            header(basic(&client), form(&[("client_id", id), ("client_secret", secret)])),
            400,
            "invalid_request",
        ),
        ("two names", header(basic(&client), form(&[("client_id", "other")])), 400, "invalid_request"),
        ("NUL", header(format!("Basic {}", encode("a\0b:x")), form(&[])), 401, "invalid_client"),
        ("no base64", header(wrong, form(&[])), 401, "invalid_client"),
        ("bearer", header("Bearer x".into(), form(&[])), 401, "invalid_client"),
    ];
    for (name, request, status, error) in cases {
        let answer = op.call(request).await;
        assert_eq!(answer.error(), (status, error.to_owned()), "{name}");
        assert_eq!(answer.header("www-authenticate").starts_with("Basic "), status == 401, "{name}");
    }
    let named = op.call(header(basic(&client), form(&[("client_id", id)]))).await;
    assert_eq!(named.error(), (400, "invalid_grant".into()), "naming itself twice is fine");
}

#[actix_web::test]
async fn a_rotated_secret_and_a_disabled_client_take_effect() {
    let op = Op::start().await;
    let program = op.program(json!({})).await;
    let form = [("grant_type", "client_credentials")];
    assert_eq!(op.token(&program, &form).await.status, 200);
    let renewed = op.rotate_secret(&program).await;
    assert_eq!(op.token(&renewed, &form).await.status, 200);
    assert_eq!(op.token(&program, &form).await.status, 200, "two at once");
    op.wait(signet::flow::admin::client::OVERLAP);
    assert_eq!(op.token(&program, &form).await.error(), (401, "invalid_client".into()));
    assert_eq!(op.token(&renewed, &form).await.status, 200);
    op.switch(&program, false).await;
    assert_eq!(op.token(&renewed, &form).await.error(), (401, "invalid_client".into()));
    op.switch(&program, true).await;
    assert_eq!(op.token(&renewed, &form).await.status, 200);
}

#[actix_web::test]
async fn guessing_secrets_is_limited_by_address_and_does_not_shut_out_the_client() {
    let op = Op::start().await;
    let program = op.program(json!({})).await;
    let wrong =
        signet::flow::admin::client::Registered { client: program.client.clone(), secret: Some("sgt_cs_x".into()) };
    let form = [("grant_type", "client_credentials")];
    for _ in 0..10 {
        assert_eq!(op.token(&wrong, &form).await.status, 401);
    }
    let limited = op.token(&wrong, &form).await;
    assert_eq!(limited.error(), (429, "temporarily_unavailable".into()));
    assert!(!limited.header("retry-after").is_empty());
    assert_eq!(op.token(&program, &form).await.status, 200);
}
