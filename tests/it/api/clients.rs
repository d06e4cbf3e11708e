//! Apps: registered, changed, ended and brought back; nobody lends himself rights by one.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::admin::{Actor, How, undo};
use signet::model::BatchId;
use signet::spec::right::Right;

use super::{call, get, key, master, patch, post};
use crate::support::browser::{Browser, param};
use crate::support::{Answer, CALLBACK, Op, authorize, redeem};

fn new(change: &Value) -> Value {
    let mut metadata = json!({ "client_name": "Shop", "redirect_uris": [CALLBACK] });
    for (name, value) in change.as_object().unwrap() {
        metadata[name] = value.clone();
    }
    metadata
}

async fn made(op: &Op, boss: &str, change: Value) -> (String, Value) {
    let answer = post(op, boss, "/clients", new(&change)).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let app = answer.json();
    (format!("/clients/{}", app["client_id"].as_str().unwrap()), app)
}

async fn undo(op: &Op, answer: &Answer) -> Result<(), String> {
    let batch = BatchId::from(answer.header("signet-batch"));
    let undone = undo::undo(op.app.cx(), &Actor::operator(), How::Apply, &batch).await;
    undone.map(drop).map_err(|error| error.to_string())
}

/// Status of the authorization endpoint for this app.
async fn status(op: &Op, id: &str) -> u16 {
    let query = [
        ("client_id", id),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid"),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
    ];
    op.get(&format!("/oauth2/authorize?{}", serde_urlencoded::to_string(query).unwrap())).await.status
}

#[actix_web::test]
async fn an_app_is_registered_with_a_secret_that_is_shown_once() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let (path, app) = made(&op, &boss, json!({})).await;
    assert!(app["client_secret"].as_str().unwrap().starts_with("sgt_cs_"));
    assert_eq!((&app["client_secret_expires_at"], &app["state"]), (&json!(0), &json!("enabled")));
    let shown = get(&op, &boss, &path).await;
    assert!(!shown.body.contains("sgt_cs_") && !shown.body.contains("hash"), "{}", shown.body);
    assert_eq!(shown.json()["redirect_uris"], json!([CALLBACK]));
    let public = post(&op, &boss, "/clients", new(&json!({ "token_endpoint_auth_method": "none" }))).await.json();
    assert!(public.get("client_secret").is_none());
    for (change, code, named) in [
        (json!({ "jwks_uri": "https://rp.test/jwks" }), "invalid_request", "jwks_uri"),
        (json!({ "redirect_uris": ["http://rp.test/"] }), "invalid_redirect_uri", "https"),
        (json!({ "scope": "signet:everything" }), "invalid_client_metadata", "signet:everything"),
    ] {
        let refused = post(&op, &boss, "/clients", new(&change)).await;
        let problem = refused.json();
        assert_eq!(problem["code"], code, "{change}");
        assert!(problem["detail"].as_str().unwrap().contains(named), "{problem}");
    }
}

#[actix_web::test]
async fn nobody_lends_himself_rights_by_an_app() {
    let op = Op::start().await;
    let smith = key(&op, &[Right::ClientsRead, Right::ClientsWrite]).await;
    let (boss, beyond) = (master(&op).await, json!({ "scope": "openid signet:users.write" }));
    let refused = post(&op, &smith, "/clients", new(&beyond)).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (403, Some("access_denied")));
    let (own, _) = made(&op, &smith, json!({ "scope": "openid signet:clients.read signet:self.read" })).await;
    assert_eq!(patch(&op, &smith, &own, beyond.clone()).await.status, 403);
    let (strong, _) = made(&op, &boss, beyond).await;
    let uris = json!({ "redirect_uris": ["https://evil.test/"] });
    assert_eq!(patch(&op, &smith, &strong, uris.clone()).await.status, 403, "its people's tokens");
    let rotate = format!("{strong}/rotate-secret");
    assert_eq!(call(&op, &smith, (Method::POST, &rotate), Value::Null).await.status, 403, "its own tokens");
    assert_eq!(get(&op, &smith, &strong).await.status, 200);
    assert_eq!(patch(&op, &boss, &strong, uris).await.status, 200);
}

#[actix_web::test]
async fn metadata_change_as_a_whole_or_by_member_and_go_back() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let (path, app) = made(&op, &boss, json!({ "contacts": ["ada@example.com"] })).await;
    let first = patch(&op, &boss, &path, json!({ "client_name": "Store", "contacts": null })).await;
    assert_eq!((first.status, &first.json()["client_name"]), (200, &json!("Store")));
    assert!(first.json().get("contacts").is_none());
    assert_eq!(first.json()["redirect_uris"], app["redirect_uris"], "what is not named stays");
    let whole = call(
        &op,
        &boss,
        (Method::PUT, &path),
        new(&json!({ "redirect_uris": ["https://b.test/", "https://a.test/"] })),
    )
    .await;
    assert_eq!(whole.json()["redirect_uris"], json!(["https://b.test/", "https://a.test/"]));
    let wrong = patch(&op, &boss, &path, json!({ "client_id": "other" })).await;
    assert_eq!(wrong.json()["code"], "invalid_client_metadata");
    assert!(undo(&op, &first).await.unwrap_err().contains("changed again since"));
    undo(&op, &whole).await.unwrap();
    undo(&op, &first).await.unwrap();
    let now = get(&op, &boss, &path).await.json();
    assert_eq!((&now["client_name"], &now["contacts"]), (&json!("Shop"), &json!(["ada@example.com"])));
    assert_eq!(now["redirect_uris"], json!([CALLBACK]));
}

#[actix_web::test]
async fn of_two_who_change_an_app_one_learns_of_the_other() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let (path, _) = made(&op, &boss, json!({})).await;
    let tag = get(&op, &boss, &path).await.header("etag").to_owned();
    let change = |name: &str| {
        let request = TestRequest::patch().uri(&format!("/api/v1{path}")).set_json(json!({ "client_name": name }));
        request.insert_header(("authorization", format!("Bearer {boss}"))).insert_header(("if-match", tag.clone()))
    };
    assert_eq!(op.call(change("One")).await.status, 200);
    assert_eq!(op.call(change("Two")).await.status, 412);
    assert_eq!(get(&op, &boss, &path).await.json()["client_name"], "One");
}

#[actix_web::test]
async fn a_change_counts_for_the_next_request() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let (path, app) = made(&op, &boss, json!({})).await;
    let id = app["client_id"].as_str().unwrap();
    assert_eq!(status(&op, id).await, 303);
    patch(&op, &boss, &path, json!({ "redirect_uris": ["https://other.test/"] })).await;
    assert_eq!(status(&op, id).await, 400, "at once, though the app was in memory");
    patch(&op, &boss, &path, json!({ "redirect_uris": [CALLBACK] })).await;
    let looked =
        patch(&op, &boss, &format!("{path}?preview=true"), json!({ "redirect_uris": ["https://x.test/"] })).await;
    assert_eq!(looked.json()["changes"][0]["after"], json!({ "redirect_uris": ["https://x.test/"] }));
    assert_eq!(status(&op, id).await, 303, "a preview changes nothing");
}

#[actix_web::test]
async fn disabled_and_deleted_apps_are_shut_out_and_come_back() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let (path, app) = made(&op, &boss, json!({})).await;
    let id = app["client_id"].as_str().unwrap();
    let step =
        async |method: Method, step: &str| call(&op, &boss, (method, &format!("{path}{step}")), Value::Null).await;
    let disabled = step(Method::POST, "/disable").await;
    assert_eq!((status(&op, id).await, disabled.json()["state"].as_str()), (400, Some("disabled")));
    undo(&op, &disabled).await.unwrap();
    assert_eq!(status(&op, id).await, 303);
    step(Method::POST, "/disable").await;
    assert_eq!(step(Method::POST, "/enable").await.json()["state"], "enabled");
    let deleted = step(Method::DELETE, "").await;
    assert_eq!((status(&op, id).await, deleted.json()["state"].as_str()), (400, Some("deleted")));
    assert_eq!(step(Method::POST, "/enable").await.status, 409);
    assert_eq!(patch(&op, &boss, &path, json!({ "client_name": "X" })).await.status, 409);
    undo(&op, &deleted).await.unwrap();
    assert_eq!(status(&op, id).await, 303);
    step(Method::DELETE, "").await;
    assert_eq!(step(Method::POST, "/restore").await.json()["state"], "enabled");
    assert_eq!(status(&op, id).await, 303);
    let fresh = post(&op, &boss, "/clients", new(&json!({}))).await;
    undo(&op, &fresh).await.unwrap();
    assert_eq!(status(&op, fresh.json()["client_id"].as_str().unwrap()).await, 400, "unmade");
}

#[actix_web::test]
async fn what_belongs_to_a_deleted_app_counts_no_more() {
    let op = Op::start().await;
    op.user("ada").await;
    let (boss, client) = (master(&op).await, op.client(json!({})).await);
    let code = Browser::new(&op).code(&authorize(&client, &[("scope", "openid offline_access")]), "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    let userinfo = async || {
        let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        op.call(TestRequest::get().uri("/oauth2/userinfo").insert_header(("authorization", bearer))).await.status
    };
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())];
    assert_eq!(userinfo().await, 200);
    let path = format!("/clients/{}", client.client.id);
    call(&op, &boss, (Method::DELETE, &path), Value::Null).await;
    assert_eq!(userinfo().await, 401);
    assert_eq!(op.token(&client, &refresh).await.error(), (401, "invalid_client".into()));
    call(&op, &boss, (Method::POST, &format!("{path}/restore")), Value::Null).await;
    assert_eq!(userinfo().await, 200);
    assert_eq!(op.token(&client, &refresh).await.status, 200);
}

#[actix_web::test]
async fn two_secrets_count_at_a_time_and_the_old_one_can_be_ended() {
    let op = Op::start().await;
    let (boss, program) = (master(&op).await, op.program(json!({})).await);
    let path = format!("/clients/{}", program.client.id);
    let form = [("grant_type", "client_credentials")];
    let rotated = call(&op, &boss, (Method::POST, &format!("{path}/rotate-secret")), Value::Null).await.json();
    assert_eq!(rotated["secrets"].as_array().unwrap().len(), 2);
    let secret = rotated["client_secret"].as_str().unwrap().into();
    let renewed = signet::flow::admin::client::Registered { client: program.client.clone(), secret: Some(secret) };
    assert_eq!((op.token(&program, &form).await.status, op.token(&renewed, &form).await.status), (200, 200));
    let ended = call(&op, &boss, (Method::DELETE, &format!("{path}/old-secret")), Value::Null).await;
    assert_eq!(ended.json()["secrets"].as_array().unwrap().len(), 1);
    assert_eq!((op.token(&program, &form).await.status, op.token(&renewed, &form).await.status), (401, 200));
    assert!(undo(&op, &ended).await.is_err(), "nothing brings a secret back");
    let again = call(&op, &boss, (Method::DELETE, &format!("{path}/old-secret")), Value::Null).await;
    assert_eq!(again.json()["secrets"].as_array().unwrap().len(), 1, "the current one stays");
    let public = op.client(json!({ "token_endpoint_auth_method": "none" })).await;
    let refused = format!("/clients/{}/rotate-secret", public.client.id);
    assert_eq!(call(&op, &boss, (Method::POST, &refused), Value::Null).await.json()["code"], "invalid_client_metadata");
}

#[actix_web::test]
async fn what_people_allowed_is_counted_and_taken_back() {
    let op = Op::start().await;
    let (boss, client, other) = (master(&op).await, op.client(json!({})).await, op.client(json!({})).await);
    let mut browsers = Vec::new();
    for name in ["ada", "eve"] {
        op.user(name).await;
        let mut browser = Browser::new(&op);
        browser.code(&authorize(&client, &[]), name).await;
        browser.code(&authorize(&other, &[]), name).await;
        browsers.push(browser);
    }
    let path = format!("/clients/{}/access", client.client.id);
    assert_eq!(get(&op, &boss, &path).await.json(), json!({ "grants": 2, "consents": 2 }));
    let taken = call(&op, &boss, (Method::DELETE, &path), Value::Null).await;
    assert_eq!(taken.json(), json!({ "grants": 2, "consents": 2 }));
    assert_eq!(get(&op, &boss, &path).await.json(), json!({ "grants": 0, "consents": 0 }));
    let url = browsers[0].open(&authorize(&client, &[("prompt", "none")])).await.away();
    assert_eq!(param(&url, "error").as_deref(), Some("consent_required"));
    let url = browsers[0].open(&authorize(&other, &[("prompt", "none")])).await.away();
    assert!(param(&url, "code").is_some(), "others keep what they were allowed");
    assert!(undo(&op, &taken).await.is_err());
}

#[actix_web::test]
async fn apps_are_found_by_name_and_state_a_page_at_a_time() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let mut paths = Vec::new();
    for name in ["Shop", "shop window", "100% Wool", "1000 Things", "Über uns"] {
        paths.push(made(&op, &boss, json!({ "client_name": name })).await.0);
    }
    call(&op, &boss, (Method::POST, &format!("{}/disable", paths[1])), Value::Null).await;
    call(&op, &boss, (Method::DELETE, &paths[3]), Value::Null).await;
    let names = async |query: &str| -> Vec<String> {
        let list = get(&op, &boss, &format!("/clients?{query}")).await.json();
        list["items"].as_array().unwrap().iter().map(|app| app["client_name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("name=SHOP").await, ["Shop", "shop window"]);
    assert_eq!(names("name=100%25").await, ["100% Wool"], "no sign stands for others");
    assert_eq!(names("name=%C3%BCber").await, ["Über uns"]);
    assert_eq!(names("state=disabled").await, ["shop window"]);
    assert_eq!(names("state=deleted").await, ["1000 Things"]);
    assert_eq!(names("state=enabled&name=shop").await, ["Shop"]);
    let first = get(&op, &boss, "/clients?limit=3").await;
    assert!(first.header("link").contains("rel=\"next\""));
    let next = first.json()["next"].as_str().unwrap().to_owned();
    assert_eq!(names(&format!("limit=3&after={next}")).await, ["Über uns"]);
    assert_eq!(get(&op, &boss, "/clients?state=odd").await.status, 422);
    assert_eq!(get(&op, &boss, "/clients/nobody").await.status, 404);
}

#[actix_web::test]
async fn what_very_many_have_allowed_is_taken_back_in_steps() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let ada = op.user("ada").await;
    let client = op.client(json!({})).await;
    let path = format!("/clients/{}/access", client.client.id);
    Browser::new(&op).code(&authorize(&client, &[("scope", "openid offline_access")]), "ada").await;
    op.crowd(&ada, 2500).await;
    let columns =
        "client_id, session_id, scope, claims, auth_time, acr, amr, created_at, expires_at, revoked_at, last_used_at";
    op.sql(&format!(
        "INSERT INTO \"grant\" (tenant_id, id, user_id, {columns}) \
         SELECT g.tenant_id, g.id || u.id, u.id, {} FROM \"grant\" g, \"user\" u WHERE u.id <> '{}'",
        columns.split(", ").map(|column| format!("g.{column}")).collect::<Vec<_>>().join(", "),
        ada.id
    ))
    .await;
    op.sql(&format!(
        "INSERT INTO consent (tenant_id, user_id, client_id, scope, given_at, updated_at) \
         SELECT u.tenant_id, u.id, c.client_id, c.scope, c.given_at, c.updated_at FROM consent c, \"user\" u WHERE u.id <> '{}'",
        ada.id
    ))
    .await;
    let all = json!({ "grants": 2501, "consents": 2501 });
    assert_eq!(get(&op, &boss, &path).await.json(), all);
    let seen = call(&op, &boss, (Method::DELETE, &format!("{path}?preview=true")), Value::Null).await;
    assert_eq!((seen.status, get(&op, &boss, &path).await.json()), (200, all.clone()), "it was only looked at");
    let begun = call(&op, &boss, (Method::DELETE, &path), Value::Null).await;
    assert_eq!((begun.status, begun.json()), (202, all));
    assert_eq!(get(&op, &boss, &path).await.json(), json!({ "grants": 1501, "consents": 1501 }), "a step at once");
    op.wait(std::time::Duration::from_secs(1));
    let mut late = Browser::new(&op);
    late.code(&authorize(&client, &[("scope", "openid offline_access")]), "ada").await;
    assert_eq!(signet::flow::job::run_due(&op.app).await.unwrap(), 1);
    let left = get(&op, &boss, &path).await.json();
    assert_eq!(left["grants"], 1, "what was allowed since stays: {left}");
    assert_eq!(signet::flow::job::run_due(&op.app).await.unwrap(), 0);
}

#[actix_web::test]
async fn apps_from_before_are_found_in_whichever_letters() {
    let op = Op::start().await;
    let boss = master(&op).await;
    made(&op, &boss, json!({ "client_name": "\u{c4}RGER" })).await;
    // as an upgrade leaves it where the database knows small letters of English alone
    op.sql("UPDATE client SET name_key = '\u{c4}rger'").await;
    let words = "INSERT INTO job (tenant_id, id, kind, input, state, position, done, tries, created_at, due_at) \
         SELECT id, 'words', 'words', '{}', 'waiting', '', 0, 0, 0, 0 FROM tenant";
    let found = async || get(&op, &boss, "/clients?name=%C3%A4rg").await.json()["items"].as_array().unwrap().len();
    assert_eq!(found().await, 0);
    op.sql(words).await;
    signet::flow::job::run_due(&op.app).await.unwrap();
    assert_eq!(found().await, 1);
}
