//! Introspection (RFC 7662) and revocation (RFC 7009) of every kind of token.

use std::time::Duration;

use serde_json::{Value, json};
use signet::flow::admin::client::Registered;

use crate::support::browser::Browser;
use crate::support::people;
use crate::support::{Op, authorize, redeem};

async fn tokens(op: &Op, client: &Registered) -> Value {
    let path = authorize(client, &[("scope", "openid offline_access")]);
    let code = Browser::new(op).code(&path, "ada").await;
    op.token(client, &redeem(&code)).await.json()
}

async fn introspect(op: &Op, client: &Registered, token: &str) -> Value {
    let answer = op.authenticated("/oauth2/introspect", client, &[("token", token)]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

async fn revoke(op: &Op, client: &Registered, token: &str) -> u16 {
    op.authenticated("/oauth2/revoke", client, &[("token", token)]).await.status
}

#[actix_web::test]
async fn every_kind_of_token_is_known_until_it_is_revoked() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let api = op.program(json!({})).await;
    for format in ["jwt", "opaque"] {
        let client = op.client(json!({ "access_token_format": format })).await;
        let answer = tokens(&op, &client).await;
        let (access, refresh) = (answer["access_token"].as_str().unwrap(), answer["refresh_token"].as_str().unwrap());
        let known = introspect(&op, &api, access).await;
        assert_eq!((&known["active"], &known["sub"]), (&json!(true), &json!(ada.id)), "{format}");
        assert_eq!((&known["username"], &known["token_type"]), (&json!("ada"), &json!("Bearer")), "{format}");
        assert_eq!(known["exp"].as_i64().unwrap(), op.app.clock.now().0 + 600, "{format}");
        assert_eq!(introspect(&op, &client, refresh).await["active"], true, "{format}");
        assert_eq!(introspect(&op, &api, refresh).await, json!({ "active": false }), "only its own client");

        assert_eq!(revoke(&op, &client, access).await, 200);
        assert_eq!(introspect(&op, &api, access).await, json!({ "active": false }), "{format}");
        assert_eq!(introspect(&op, &client, refresh).await["active"], true, "the rest stays");
        assert_eq!(revoke(&op, &client, refresh).await, 200);
        assert_eq!(introspect(&op, &client, refresh).await, json!({ "active": false }), "{format}");
        assert_eq!(revoke(&op, &client, refresh).await, 200, "twice is no error");
    }
}

#[actix_web::test]
async fn revoking_a_refresh_token_takes_its_access_tokens_along() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let answer = tokens(&op, &client).await;
    assert_eq!(revoke(&op, &client, answer["refresh_token"].as_str().unwrap()).await, 200);
    assert_eq!(introspect(&op, &client, answer["access_token"].as_str().unwrap()).await, json!({ "active": false }));
}

#[actix_web::test]
async fn a_programs_own_token_is_known_without_a_row() {
    let op = Op::start().await;
    let program = op.program(json!({})).await;
    let answer = op.token(&program, &[("grant_type", "client_credentials")]).await.json();
    let token = answer["access_token"].as_str().unwrap();
    let known = introspect(&op, &program, token).await;
    assert_eq!((&known["active"], &known["client_id"]), (&json!(true), &json!(program.client.id)));
    assert!(known["username"].is_null());
    assert_eq!(revoke(&op, &program, token).await, 200);
    assert_eq!(introspect(&op, &program, token).await, json!({ "active": false }));
}

#[actix_web::test]
async fn what_no_longer_stands_is_not_active() {
    let op = Op::start().await;
    op.user("ada").await;
    let (client, api) = (op.client(json!({})).await, op.program(json!({})).await);
    let token = async || tokens(&op, &client).await["access_token"].as_str().unwrap().to_owned();
    let inactive = json!({ "active": false });

    let old = token().await;
    op.wait(Duration::from_mins(10));
    assert_eq!(introspect(&op, &api, &old).await, inactive, "expired");
    let shut = token().await;
    people::set_enabled(op.app.cx(), "ada", false).await.unwrap();
    assert_eq!(introspect(&op, &api, &shut).await, inactive, "person disabled");
    people::set_enabled(op.app.cx(), "ada", true).await.unwrap();
    let orphan = token().await;
    op.switch(&client, false).await;
    assert_eq!(introspect(&op, &api, &orphan).await, inactive, "client disabled");
    for junk in ["x", "a.b.c", "sgt_at_x", "eyJhbGciOiJub25lIn0.e30."] {
        assert_eq!(introspect(&op, &api, junk).await, inactive, "{junk}");
    }
}

#[actix_web::test]
async fn strangers_learn_and_revoke_nothing() {
    let op = Op::start().await;
    op.user("ada").await;
    let (client, other) = (op.client(json!({})).await, op.client(json!({})).await);
    let public = op.client(json!({ "token_endpoint_auth_method": "none" })).await;
    let answer = tokens(&op, &client).await;
    let token = answer["access_token"].as_str().unwrap();
    assert_eq!(op.post("/oauth2/introspect", &[("token", token)]).await.error(), (401, "invalid_client".into()));
    let named = [("token", token), ("client_id", public.client.id.as_str())];
    assert_eq!(op.post("/oauth2/introspect", &named).await.error(), (401, "invalid_client".into()), "a public client");
    for token in [token, answer["refresh_token"].as_str().unwrap()] {
        let answer = op.authenticated("/oauth2/revoke", &other, &[("token", token)]).await;
        assert_eq!(answer.error(), (400, "unauthorized_client".into()));
    }
    assert_eq!(introspect(&op, &client, token).await["active"], true);
    let empty = op.authenticated("/oauth2/introspect", &client, &[]).await;
    assert_eq!(empty.error(), (400, "invalid_request".into()));
}
