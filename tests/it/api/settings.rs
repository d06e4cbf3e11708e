//! Settings that are changed while the server runs.

use serde_json::{Value, json};
use signet::app::App;
use signet::config::{Config, KEYS, Source};
use signet::flow::admin::{Actor, How, undo};
use signet::model::BatchId;
use signet::model::setting::Setting;
use signet::spec::right::Right;
use signet::store::setting;
use signet::worker;

use super::{call, get, key, master, patch, post};
use crate::support::{Answer, Op};

async fn set(op: &Op, token: &str, body: Value) -> Answer {
    patch(op, token, "/settings", body).await
}

/// One setting as the API shows it.
async fn one(op: &Op, token: &str, key: &str) -> Value {
    get(op, token, &format!("/settings/{key}")).await.json()
}

async fn undo(op: &Op, changed: &Answer) -> signet::flow::Result<()> {
    let id = BatchId::from(changed.header("signet-batch"));
    undo::undo(op.app.cx(), &Actor::operator(), How::Apply, &id).await.map(drop)
}

/// A row as an older version may have left it.
async fn kept(op: &Op, name: &str, value: &str) {
    let row = Setting {
        tenant_id: op.app.tenant.clone(),
        name: name.to_owned(),
        value: value.to_owned(),
        changed_at: op.app.clock.now(),
        changed_by: "operator".to_owned(),
    };
    op.app.db.write(async |tx| setting::put(tx, &row).await).await.unwrap();
}

#[actix_web::test]
async fn all_are_told_with_what_says_so() {
    let op = Op::with(|config| config.sources.extend([("session.idle".to_owned(), Source::File)])).await;
    let boss = master(&op).await;
    let all = get(&op, &boss, "/settings").await.json();
    assert_eq!(all["items"].as_array().unwrap().len(), KEYS.len());
    assert_eq!(one(&op, &boss, "session.idle").await["source"], "file");
    let length = one(&op, &boss, "password.min_length").await;
    assert_eq!(
        (&length["value"], &length["source"], &length["allowed"]),
        (&json!(8), &json!("default"), &json!("8 to 128"))
    );
    assert_eq!(one(&op, &boss, "branding.name").await["value"], "Signet");
    for gone in ["issuer", "password.memory_kib", "mail.smtp_url", "password"] {
        assert_eq!(get(&op, &boss, &format!("/settings/{gone}")).await.status, 404, "{gone}");
    }
}

#[actix_web::test]
async fn a_change_counts_for_the_next_request_and_is_taken_back() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let path = format!("/users/{}/password", ada.id);
    let choose = async || post(&op, &boss, &path, json!({ "password": "elf letters" })).await.status;
    assert_eq!(choose().await, 200);
    let changed = set(&op, &boss, json!({ "password.min_length": 12 })).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(choose().await, 422);
    let shown = one(&op, &boss, "password.min_length").await;
    assert_eq!((&shown["value"], &shown["without"], &shown["source"]), (&json!(12), &json!(8), &json!("database")));
    assert!(shown["changed_by"].is_string() && shown["changed_at"].is_i64());
    undo(&op, &changed).await.unwrap();
    assert_eq!(one(&op, &boss, "password.min_length").await["source"], "default");
    assert_eq!(op.app.config().password.min_length, 8);
}

#[actix_web::test]
async fn what_the_file_may_not_say_is_refused_in_its_words() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let told = Config::load("[password]\nmin_length = 7", std::iter::empty()).unwrap_err().to_string();
    let refused = set(&op, &boss, json!({ "password.min_length": 7 })).await;
    assert_eq!(refused.status, 422);
    assert!(refused.json()["detail"].as_str().unwrap().contains(&told), "{told} in {}", refused.body);
    for bad in [
        json!({ "password.min_length": "12" }),
        json!({ "password.min_length": 12, "password.classes": 5 }),
        json!({ "password.memory_kib": 65536 }),
        json!({ "issuer": "https://evil.test" }),
        json!({ "registration.terms_uri": "https://terms.example" }),
        json!({ "branding.accent": "#ffff00" }),
        json!({ "branding.logo": "nothing-of-this-name" }),
        json!({ "limits.login_burst": { "a": 1 } }),
    ] {
        assert_eq!(set(&op, &boss, bad.clone()).await.status, 422, "{bad}");
    }
    assert_eq!(op.app.config().password.min_length, 8, "all or nothing");
}

#[actix_web::test]
async fn several_that_need_each_other_change_and_go_back_together() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let terms = json!({ "registration.terms_uri": "https://terms.example", "registration.terms_version": "2" });
    let changed = set(&op, &boss, terms).await;
    assert!(op.app.config().registration.has_terms());
    assert_eq!(set(&op, &boss, json!({ "registration.terms_version": null })).await.status, 422);
    undo(&op, &changed).await.unwrap();
    assert!(!op.app.config().registration.has_terms());
}

#[actix_web::test]
async fn what_would_be_wrong_beside_another_is_not_taken_back() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let version = set(&op, &boss, json!({ "registration.terms_version": "2" })).await;
    set(&op, &boss, json!({ "registration.terms_uri": "https://terms.example" })).await;
    assert!(undo(&op, &version).await.is_err());
    assert!(op.app.config().registration.has_terms());
    assert_eq!(op.app.config().registration.terms_version, "2");
}

#[actix_web::test]
async fn what_was_set_again_since_is_not_taken_back() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let first = set(&op, &boss, json!({ "password.history": 3 })).await;
    let second = set(&op, &boss, json!({ "password.history": 4 })).await;
    assert!(undo(&op, &first).await.is_err());
    undo(&op, &second).await.unwrap();
    assert_eq!(op.app.config().password.history, 3, "the value before, not the default");
    undo(&op, &first).await.unwrap();
    assert_eq!(one(&op, &boss, "password.history").await["source"], "default");
}

#[actix_web::test]
async fn null_lets_the_file_count_again() {
    let op = Op::with(|config| config.password.history = 7).await;
    let boss = master(&op).await;
    set(&op, &boss, json!({ "password.history": 0 })).await;
    assert_eq!(op.app.config().password.history, 0);
    let reset = set(&op, &boss, json!({ "password.history": null })).await;
    assert_eq!(op.app.config().password.history, 7);
    undo(&op, &reset).await.unwrap();
    assert_eq!(op.app.config().password.history, 0);
}

#[actix_web::test]
async fn the_environment_has_the_last_word() {
    let op = Op::with(|config| config.sources.extend([("password.history".to_owned(), Source::Environment)])).await;
    let boss = master(&op).await;
    let refused = set(&op, &boss, json!({ "password.history": 1 })).await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("SIGNET__PASSWORD__HISTORY"), "{}", refused.body);
    assert_eq!(one(&op, &boss, "password.history").await["source"], "environment");
    // set before the environment said anything
    kept(&op, "password.history", "1").await;
    op.app.reload_settings().await.unwrap();
    assert_eq!(op.app.config().password.history, 5);
}

#[actix_web::test]
async fn other_nodes_follow() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let other = App::open(op.app.config.clone(), op.app.clock.clone()).await.unwrap();
    let mut seen = worker::Seen::default();
    worker::look(&other, &mut seen).await;
    set(&op, &boss, json!({ "registration.mode": "closed" })).await;
    assert_eq!(other.config().registration.mode, "open");
    worker::look(&other, &mut seen).await;
    assert_eq!(other.config().registration.mode, "closed");
    let late = App::open(op.app.config.clone(), op.app.clock.clone()).await.unwrap();
    assert_eq!(late.config().registration.mode, "closed", "nor does a start forget it");
}

#[actix_web::test]
async fn what_is_not_allowed_any_more_is_left_out_and_told() {
    let op = Op::start().await;
    kept(&op, "password.min_length", "4").await;
    kept(&op, "password.classes", "3").await;
    kept(&op, "session.idle", "no JSON").await;
    let late = App::open(op.app.config.clone(), op.app.clock.clone()).await.unwrap();
    assert_eq!((late.config().password.min_length, late.config().password.classes), (8, 3));
    op.app.reload_settings().await.unwrap();
    let boss = master(&op).await;
    let shown = one(&op, &boss, "password.min_length").await;
    assert_eq!((&shown["value"], &shown["source"]), (&json!(8), &json!("default")));
    assert!(shown["left_out"].as_str().unwrap().contains("8 to 128"), "{shown}");
    // it does not stand in the way of others
    assert_eq!(set(&op, &boss, json!({ "password.classes": 1 })).await.status, 200);
    assert_eq!(set(&op, &boss, json!({ "password.min_length": null })).await.status, 200);
    assert_eq!(one(&op, &boss, "password.min_length").await["left_out"], Value::Null);
}

#[actix_web::test]
async fn who_has_read_something_else_does_not_write_over_it() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let tag = get(&op, &boss, "/settings").await.header("etag").to_owned();
    let request = |value: u32| {
        let request = actix_web::test::TestRequest::patch().uri("/api/v1/settings");
        let request = request.insert_header(("authorization", format!("Bearer {boss}")));
        request.insert_header(("if-match", tag.clone())).set_json(json!({ "password.history": value }))
    };
    assert_eq!(op.call(request(1)).await.status, 200);
    assert_eq!(op.call(request(2)).await.status, 412);
    assert_eq!(op.app.config().password.history, 1);
}

#[actix_web::test]
async fn a_preview_changes_nothing() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let told = patch(&op, &boss, "/settings?preview=true", json!({ "password.history": 1 })).await.json();
    assert_eq!(told["changes"][0]["target"], json!({ "kind": "setting", "id": "password.history" }));
    assert_eq!(told["changes"][0]["after"], json!({ "value": 1, "source": "database" }));
    assert_eq!(op.app.config().password.history, 5);
}

#[actix_web::test]
async fn it_takes_the_right_and_is_in_the_audit() {
    let op = Op::start().await;
    let (boss, reader) = (master(&op).await, key(&op, &[Right::SettingsRead]).await);
    assert_eq!(get(&op, &reader, "/settings").await.status, 200);
    assert_eq!(set(&op, &reader, json!({ "password.history": 1 })).await.status, 403);
    let none = key(&op, &[Right::UsersRead]).await;
    assert_eq!(call(&op, &none, (actix_web::http::Method::GET, "/settings"), Value::Null).await.status, 403);
    set(&op, &boss, json!({ "password.history": 1 })).await;
    let audit = get(&op, &boss, "/audit?action=setting.change").await.json();
    let row = &audit["items"][0];
    assert_eq!((&row["target_kind"], &row["target_id"]), (&json!("setting"), &json!("password.history")), "{row}");
    assert_eq!(
        (&row["changes"]["before"]["value"], &row["changes"]["after"]["value"]),
        (&json!(5), &json!(1)),
        "{row}"
    );
}
