//! Discovery says what runs: everything it claims is exercised here or in the test that is named.

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::account::profile::{self, Typed};

use crate::account;
use crate::support::browser::{Browser, param};
use crate::support::{ISSUER, Op, authorize, people, redeem, rp};

async fn document(op: &Op) -> Value {
    op.get("/.well-known/openid-configuration").await.json()
}

fn list<'a>(document: &'a Value, name: &str) -> Vec<&'a str> {
    document[name].as_array().unwrap_or_else(|| panic!("{name}")).iter().map(|value| value.as_str().unwrap()).collect()
}

#[actix_web::test]
async fn the_document_is_well_formed_and_the_same_at_both_places() {
    let op = Op::start().await;
    rp::discover(&op).await;
    let answer = op.get("/.well-known/openid-configuration").await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.json()["issuer"], ISSUER);
    assert!(list(&answer.json(), "id_token_signing_alg_values_supported").contains(&"RS256"));
    assert_eq!(op.get("/.well-known/oauth-authorization-server").await.json(), answer.json());
    let again = TestRequest::get().uri("/.well-known/openid-configuration");
    let again = op.call(again.insert_header(("if-none-match", answer.header("etag")))).await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[actix_web::test]
async fn every_endpoint_that_is_named_answers() {
    let op = Op::start().await;
    let document = document(&op).await;
    let endpoints =
        document.as_object().unwrap().iter().filter(|(name, _)| name.ends_with("_endpoint") || *name == "jwks_uri");
    let mut seen = 0;
    for (name, address) in endpoints {
        let path = address.as_str().unwrap().strip_prefix(ISSUER).unwrap();
        let (get, post) = (op.get(path).await.status, op.post(path, &[]).await.status);
        assert!(get != 404 && post != 404 && (get != 405 || post != 405), "{name}: {get} {post}");
        seen += 1;
    }
    assert_eq!(seen, 6);
}

#[actix_web::test]
async fn the_key_set_has_distinct_public_keys_of_every_algorithm() {
    let op = Op::start().await;
    let answer = op.get("/oauth2/jwks").await;
    let keys = answer.json()["keys"].as_array().unwrap().clone();
    let kids: std::collections::HashSet<_> = keys.iter().map(|key| key["kid"].as_str().unwrap()).collect();
    assert_eq!(kids.len(), keys.len());
    for alg in list(&document(&op).await, "id_token_signing_alg_values_supported") {
        assert_eq!(keys.iter().filter(|key| key["alg"] == alg).count(), 2, "{alg}: the current and the next");
    }
    for key in &keys {
        assert_eq!(key["use"], "sig");
        for private in ["d", "p", "q", "dp", "dq", "qi"] {
            assert!(key[private].is_null(), "{private}");
        }
    }
    assert_eq!(answer.header("cache-control"), "public, max-age=60");
}

/// Algorithms are exercised by `login::flow`, prompts by `login::policy`, `form_post` by `login::flow`.
#[actix_web::test]
async fn every_scope_and_claim_that_is_named_is_given() {
    let op = Op::with(account::fields::company).await;
    let ada = op.user("ada").await;
    let own = [("department", "Sales"), ("floor", "3"), ("remote", "no"), ("since", "2020-02-29")];
    let own = own.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let whole = Typed { own, ..account::profile::whole() };
    assert!(profile::save(op.app.cx(), &ada, &whole).await.unwrap().is_empty());
    people::set_kind(op.app.cx(), "ada", Some("guest")).await.unwrap();
    people::set_field(op.app.cx(), "ada", ("badge", Some("4711"))).await.unwrap();
    account::phone::prove(&op, &mut account::signed_in(&op, "ada").await, "+442079460958").await;
    let document = document(&op).await;
    let scope = list(&document, "scopes_supported").join(" ");
    let client = op.client(json!({ "scope": scope })).await;
    let code = Browser::new(&op).code(&authorize(&client, &[("scope", &scope)]), "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    assert!(tokens["refresh_token"].is_string(), "offline_access");
    let payload = tokens["id_token"].as_str().unwrap().split('.').nth(1).unwrap().to_owned();
    let id_token: Value = serde_json::from_slice(&signet::base::random::from_base64url(&payload).unwrap()).unwrap();
    let request = TestRequest::get().uri("/oauth2/userinfo");
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let info = op.call(request.insert_header(("authorization", bearer))).await.json();
    for claim in list(&document, "claims_supported") {
        assert!(!id_token[claim].is_null() || !info[claim].is_null(), "{claim}");
    }
    let claims = list(&document, "claims_supported");
    for claim in id_token.as_object().unwrap().keys().chain(info.as_object().unwrap().keys()) {
        assert!(claims.contains(&claim.as_str()), "{claim} is given, but not named");
    }
    assert_eq!(id_token["acr"], document["acr_values_supported"][0]);
}

#[actix_web::test]
async fn types_and_own_fields_are_named_where_there_are_some() {
    let claims = |document: &Value| list(document, "claims_supported").join(" ");
    let plain = document(&Op::start().await).await;
    assert!(!claims(&plain).contains("user_type") && !claims(&plain).contains("own_"), "{plain}");
    let rich = document(&Op::with(account::fields::company).await).await;
    for claim in ["user_type", "own_department", "own_badge"] {
        assert!(claims(&rich).contains(claim), "{claim}");
    }
    assert!(list(&rich, "scopes_supported").contains(&"staff"));
    assert!(!claims(&rich).contains("motto"), "no app gets it");
}

#[actix_web::test]
async fn every_language_that_is_named_is_spoken() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    for tag in list(&document(&op).await, "ui_locales_supported") {
        let (path, page) = Browser::new(&op).open(&authorize(&client, &[("ui_locales", tag)])).await.page();
        assert!(path.starts_with("/login") && page.body.contains(&format!("<html lang=\"{tag}\"")), "{tag}");
        assert_eq!(page.header("content-language"), tag);
    }
}

#[actix_web::test]
async fn every_grant_and_authentication_that_is_named_works() {
    let op = Op::start().await;
    op.user("ada").await;
    let document = document(&op).await;
    assert_eq!(list(&document, "grant_types_supported"), ["authorization_code", "refresh_token", "client_credentials"]);
    for method in list(&document, "token_endpoint_auth_methods_supported") {
        let client = op.client(json!({ "token_endpoint_auth_method": method })).await;
        let code = Browser::new(&op).code(&authorize(&client, &[]), "ada").await;
        let form = redeem(&code);
        let mut posted = form.to_vec();
        posted.push(("client_id", client.client.id.as_str()));
        let answer = match (method, &client.secret) {
            ("client_secret_basic", _) => op.token(&client, &form).await,
            ("client_secret_post", Some(secret)) => {
                posted.push(("client_secret", secret.reveal()));
                op.post("/oauth2/token", &posted).await
            }
            ("none", None) => op.post("/oauth2/token", &posted).await,
            other => panic!("{other:?}"),
        };
        assert_eq!(answer.status, 200, "{method}: {}", answer.body);
    }
    let modes = list(&document, "response_modes_supported");
    assert_eq!(modes, ["query", "form_post"]);
    let client = op.client(json!({})).await;
    let url =
        Browser::new(&op).open(&authorize(&client, &[("response_mode", "query"), ("prompt", "none")])).await.away();
    assert!(param(&url, "error").is_some());
}
