//! The userinfo endpoint (OIDC Core §5.3, RFC 6750).

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::admin::client::Registered;

use crate::support::browser::Browser;
use crate::support::{ISSUER, Op, authorize, redeem};

async fn token(op: &Op, client: &Registered, scope: &str) -> String {
    let code = Browser::new(op).code(&authorize(client, &[("scope", scope)]), "ada").await;
    op.token(client, &redeem(&code)).await.json()["access_token"].as_str().unwrap().to_owned()
}

fn get(token: &str) -> TestRequest {
    TestRequest::get().uri("/oauth2/userinfo").insert_header(("authorization", format!("Bearer {token}")))
}

fn post() -> TestRequest {
    TestRequest::post().uri("/oauth2/userinfo")
}

#[actix_web::test]
async fn it_answers_by_get_and_by_post_with_the_token_in_one_place() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let client = op.client(json!({})).await;
    let token = token(&op, &client, "openid email").await;
    let bearer = ("authorization", format!("bearer {token}"));
    let expected = json!({ "sub": ada.id, "email": "ada@example.com", "email_verified": true });
    for (name, request) in [
        ("get", get(&token)),
        ("post, header", post().insert_header(bearer.clone())),
        ("post, form", post().set_form([("access_token", &token)])),
    ] {
        let answer = op.call(request).await;
        assert_eq!((answer.status, answer.json()), (200, expected.clone()), "{name}");
        assert_eq!(answer.header("content-type"), "application/json", "{name}");
    }
    let twice = op.call(post().insert_header(bearer).set_form([("access_token", &token)])).await;
    assert_eq!(twice.error(), (400, "invalid_request".into()));
}

#[actix_web::test]
async fn refusals_say_how_to_ask() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "scope": "openid profile read" })).await;
    let none = op.get("/oauth2/userinfo").await;
    assert_eq!((none.status, none.header("www-authenticate")), (401, "Bearer realm=\"signet\""));
    let wrong = op.call(get("x")).await;
    assert_eq!(wrong.error(), (401, "invalid_token".into()));
    assert!(wrong.header("www-authenticate").contains("error=\"invalid_token\""));
    let narrow = op.call(get(&token(&op, &client, "read").await)).await;
    assert_eq!(narrow.error(), (403, "insufficient_scope".into()));
    let program = op.program(json!({})).await;
    let own = op.token(&program, &[("grant_type", "client_credentials")]).await.json();
    let own = op.call(get(own["access_token"].as_str().unwrap())).await;
    assert_eq!(own.error(), (403, "insufficient_scope".into()), "a program is nobody");
}

#[actix_web::test]
async fn an_id_token_is_no_access_token() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let code = Browser::new(&op).code(&authorize(&client, &[]), "ada").await;
    let answer = op.token(&client, &redeem(&code)).await.json();
    let answer = op.call(get(answer["id_token"].as_str().unwrap())).await;
    assert_eq!(answer.error(), (401, "invalid_token".into()));
}

#[actix_web::test]
async fn a_client_may_register_for_a_signed_answer() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "userinfo_signed_response_alg": "RS256" })).await;
    let answer = op.call(get(&token(&op, &client, "openid").await)).await;
    assert_eq!(answer.header("content-type"), "application/jwt");
    let keys = op.app.keys.load();
    let claims = keys.verify(&answer.body, signet::crypto::jose::Typ::Jwt).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!(ISSUER), &json!(client.client.id)));
    assert!(claims["nonce"].is_null());
}

#[actix_web::test]
async fn scripts_of_other_origins_may_ask_where_no_cookie_counts() {
    let op = Op::start().await;
    for path in ["/oauth2/userinfo", "/oauth2/token", "/oauth2/jwks", "/.well-known/openid-configuration"] {
        let asked = TestRequest::default().method(actix_web::http::Method::OPTIONS).uri(path);
        let answer = op.call(asked.insert_header(("origin", "https://spa.test"))).await;
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (204, "*"), "{path}");
        assert!(answer.header("access-control-allow-credentials").is_empty(), "{path}");
    }
    for path in ["/login", "/oauth2/authorize", "/oauth2/introspect"] {
        assert!(op.get(path).await.header("access-control-allow-origin").is_empty(), "{path}");
    }
}

#[actix_web::test]
async fn what_a_person_may_do_is_told_where_the_app_may_know_it() {
    use signet::flow::admin::{Actor, How, person};
    let op = Op::start().await;
    let ada = op.user("ada").await;
    person::grant_role(op.app.cx(), &Actor::operator(), How::Apply, (&ada.id, "moderator")).await.unwrap();
    let client = op.client(json!({ "scope": "openid roles permissions" })).await;
    let code = Browser::new(&op).code(&authorize(&client, &[("scope", "openid roles permissions")]), "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    let part = |token: &str| -> Value {
        let body = token.split('.').nth(1).unwrap();
        serde_json::from_slice(&signet::base::random::from_base64url(body).unwrap()).unwrap()
    };
    let access = tokens["access_token"].as_str().unwrap();
    for (name, claims) in [
        ("access token", part(access)),
        ("ID token", part(tokens["id_token"].as_str().unwrap())),
        ("userinfo", op.call(get(access)).await.json()),
    ] {
        assert_eq!(claims["roles"], json!(["moderator", "user"]), "{name}");
        assert!(claims["permissions"].as_array().unwrap().contains(&json!("write:all")), "{name}");
    }
    let token = token(&op, &client, "openid roles").await;
    assert!(part(&token).get("permissions").is_none(), "what was not asked for");
}
