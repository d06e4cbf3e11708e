//! What is known of people beside what everybody tells: their kind, the tenant's own fields, some words.

use std::collections::BTreeMap;

use futures_util::future::join;
use serde_json::{Value, json};
use signet::config::{Config, Field, FieldEditor, FieldKind, Label};
use signet::flow::account::profile::{self, Typed};
use signet::flow::{attribute, user};
use signet::store::profile as rows;

use super::profile::{userinfo, whole};
use super::{fill, signed_in};
use crate::support::browser::Browser;
use crate::support::{Op, authorize, people, redeem};

const PAGE: &str = "/account/profile";

fn field(name: &str, kind: FieldKind) -> Field {
    Field {
        name: name.to_owned(),
        kind,
        label: Label::Each(BTreeMap::from([
            ("en".to_owned(), format!("The {name}")),
            ("de".to_owned(), format!("Das {name}")),
        ])),
        choices: Vec::new(),
        required: false,
        editor: FieldEditor::Person,
        claim: format!("own_{name}"),
        scope: "profile".to_owned(),
    }
}

fn fields() -> Vec<Field> {
    let choices = vec!["Sales".to_owned(), "Service & more".to_owned()];
    vec![
        Field { choices, required: true, ..field("department", FieldKind::Choice) },
        Field { claim: String::new(), ..field("motto", FieldKind::Text) },
        field("floor", FieldKind::Number),
        field("remote", FieldKind::Bool),
        field("since", FieldKind::Date),
        Field { editor: FieldEditor::Administrator, scope: "staff".to_owned(), ..field("badge", FieldKind::Number) },
    ]
}

pub fn company(config: &mut Config) {
    config.profile.types = vec!["employee".to_owned(), "guest".to_owned()];
    config.profile.fields = fields();
}

const GOOD: [(&str, &str); 7] = [
    ("username", "ada"),
    ("bio", "I write notes.\r\nOn engines."),
    ("own-department", "Service & more"),
    ("own-motto", "<b>on</b>"),
    ("own-floor", "-1.5"),
    ("own-remote", "yes"),
    ("own-since", "2020-02-29"),
];

async fn save(browser: &mut Browser<'_>, fields: &[(&str, &str)]) -> (String, crate::support::Answer) {
    let (_, page) = browser.open(PAGE).await.page();
    fill(browser, PAGE, &page, fields).await.page()
}

async fn kept(op: &Op) -> Value {
    let (ada, _) = user::show(op.app.cx(), "ada").await.unwrap();
    Value::Object(attribute::of(op.app.cx(), &ada).await.unwrap())
}

#[actix_web::test]
async fn a_person_fills_them_in_and_apps_get_them_as_their_type() {
    let op = Op::with(company).await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let (path, page) = save(&mut browser, &GOOD).await;
    assert_eq!(path, "/account/profile?saved=yes", "{}", page.body);
    assert!(page.body.contains("The department") && !page.body.contains("The badge"), "{}", page.body);
    assert!(page.body.contains("<option value=\"Service &#38; more\" selected>"), "{}", page.body);
    assert!(page.body.contains("value=\"&#60;b&#62;on&#60;/b&#62;\""), "{}", page.body);
    assert!(page.body.contains("I write notes.\r\nOn engines.</textarea>"), "{}", page.body);
    let info = userinfo(&op, "openid profile").await;
    assert_eq!(
        (&info["own_department"], &info["own_floor"], &info["own_remote"], &info["own_since"], &info["bio"]),
        (
            &json!("Service & more"),
            &json!(-1.5),
            &json!(true),
            &json!("2020-02-29"),
            &json!("I write notes.\r\nOn engines.")
        )
    );
    assert!(info["own_motto"].is_null() && info["motto"].is_null(), "it has no claim: {info}");
    assert_eq!(userinfo(&op, "openid").await.as_object().unwrap().len(), 1);

    let (path, _) = save(&mut browser, &[("username", "ada"), ("own-department", "Sales")]).await;
    assert_eq!(path, "/account/profile?saved=yes");
    assert_eq!(kept(&op).await, json!({ "department": "Sales" }), "what is left empty is gone");
}

#[actix_web::test]
async fn what_does_not_fit_stands_beside_its_field_and_nothing_is_kept() {
    let op = Op::with(company).await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let long = "é".repeat(501);
    let bio = "x".repeat(1001);
    for (name, value) in [
        ("own-department", ""),
        ("own-department", "Elsewhere"),
        ("own-motto", long.as_str()),
        ("own-floor", "ground"),
        ("own-remote", "perhaps"),
        ("own-since", "2021-02-29"),
        ("bio", bio.as_str()),
    ] {
        let fields: Vec<_> = GOOD.into_iter().filter(|(good, _)| *good != name).chain([(name, value)]).collect();
        let (path, again) = save(&mut browser, &fields).await;
        assert_eq!((path.as_str(), again.status), (PAGE, 400), "{name}={value}");
        assert!(again.body.contains(&format!("href=\"#{name}\"")), "{name}={value}: {}", again.body);
        assert!(again.body.contains(&format!("id=\"{name}-mistake\"")), "{name}={value}: {}", again.body);
        assert!(name == "own-motto" || again.body.contains("&#60;b&#62;on"), "what was typed comes back");
    }
    assert_eq!(kept(&op).await, json!({}));
}

#[actix_web::test]
async fn what_administrators_note_is_shown_and_cannot_be_changed_by_the_person() {
    let op = Op::with(company).await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open(PAGE).await.page();
    assert!(!page.body.contains("profile-facts"), "{}", page.body);
    let cx = op.app.cx();
    people::set_kind(cx, "ada", Some("employee")).await.unwrap();
    people::set_field(cx, "ada", ("badge", Some("4711"))).await.unwrap();
    let (_, page) = browser.open(PAGE).await.page();
    let facts = page.body.split("id=\"profile-facts\"").nth(1).unwrap().split("</dl>").next().unwrap();
    assert!(facts.contains("employee") && facts.contains("The badge") && facts.contains("4711"), "{facts}");
    let mine: Vec<_> = GOOD.into_iter().chain([("own-badge", "1"), ("kind", "guest")]).collect();
    assert_eq!(save(&mut browser, &mine).await.0, "/account/profile?saved=yes");
    assert_eq!(kept(&op).await["badge"], 4711);
    let info = userinfo(&op, "openid profile").await;
    assert_eq!((&info["user_type"], &info["own_badge"]), (&json!("employee"), &Value::Null));

    let client = op.client(json!({ "first_party": true, "scope": "openid staff" })).await;
    let asked = authorize(&client, &[("scope", "openid staff"), ("claims", r#"{"id_token": {"own_badge": null}}"#)]);
    let code = Browser::new(&op).code(&asked, "ada").await;
    let claims = crate::factor::claims_of(&op.token(&client, &redeem(&code)).await);
    assert_eq!((&claims["own_badge"], &claims["user_type"]), (&json!(4711), &Value::Null), "its own scope brings it");

    people::set_kind(cx, "ada", None).await.unwrap();
    people::set_field(cx, "ada", ("badge", None)).await.unwrap();
    assert!(userinfo(&op, "openid profile").await["user_type"].is_null());
    for refused in [
        people::set_kind(cx, "ada", Some("pirate")).await,
        people::set_field(cx, "ada", ("rank", Some("1"))).await,
        people::set_field(cx, "ada", ("badge", Some("gold"))).await,
        people::set_field(cx, "nobody", ("badge", Some("1"))).await,
    ] {
        assert!(refused.is_err());
    }
}

#[actix_web::test]
async fn an_app_asks_for_one_of_them_only_with_the_scope_that_brings_it() {
    let op = Op::with(company).await;
    op.user("ada").await;
    people::set_field(op.app.cx(), "ada", ("badge", Some("4711"))).await.unwrap();
    let client = op.client(json!({ "first_party": true, "scope": "openid profile" })).await;
    let claims = r#"{"id_token": {"own_badge": null}}"#;
    let asked = authorize(&client, &[("scope", "openid profile"), ("claims", claims)]);
    let code = Browser::new(&op).code(&asked, "ada").await;
    assert!(crate::factor::claims_of(&op.token(&client, &redeem(&code)).await)["own_badge"].is_null());

    let client = op.client(json!({ "scope": "openid staff" })).await;
    let asked = authorize(&client, &[("scope", "openid"), ("claims", claims)]);
    let (path, page) = signed_in(&op, "ada").await.open(&asked).await.page();
    assert!(path.starts_with("/consent") && page.body.contains("data-scope=\"staff\""), "{path}: {}", page.body);
}

/// What was kept before the settings were changed is neither lost nor given to anybody as what it is not.
#[actix_web::test]
async fn other_settings_hand_out_nothing_that_does_not_fit() {
    let op = Op::with(|config| {
        company(config);
        config.profile.fields[2] = Field { ..field("floor", FieldKind::Date) };
    })
    .await;
    let ada = op.user("ada").await;
    let mut row = signet::model::profile::Profile::empty(op.app.tenant.clone(), ada.id.clone(), op.app.clock.now());
    let place = signet::model::profile::Profile::fields_place(&ada.id);
    let old = json!({ "floor": 3, "department": "Closed", "shoe": 42 }).to_string();
    row.sealed_fields = Some(op.app.master_key.seal(&place, old.as_bytes()).unwrap());
    op.app.db.write(async |tx| rows::set_fields(tx, &row).await).await.unwrap();
    let info = userinfo(&op, "openid profile").await;
    assert!(info["own_floor"].is_null() && info["own_department"].is_null(), "{info}");
    assert_eq!(
        save(&mut signed_in(&op, "ada").await, &[("username", "ada"), ("own-department", "Sales")]).await.1.status,
        200
    );
    assert_eq!(kept(&op).await, json!({ "department": "Sales", "shoe": 42 }));
}

#[actix_web::test]
async fn they_lie_sealed_each_in_its_place() {
    let op = Op::with(company).await;
    let ada = op.user("ada").await;
    let own = BTreeMap::from([("department".to_owned(), "Sales".to_owned()), ("motto".to_owned(), "Hush".to_owned())]);
    assert!(profile::save(op.app.cx(), &ada, &Typed { own, ..whole() }).await.unwrap().is_empty());
    let row = rows::find(&mut op.app.db.conn().await.unwrap(), &op.app.tenant, &ada.id).await.unwrap().unwrap();
    let key = &op.app.master_key;
    for (place, sealed, secret) in [("bio", &row.sealed_bio, "I write notes."), ("fields", &row.sealed_fields, "Hush")]
    {
        let sealed = sealed.as_ref().unwrap();
        assert!(!String::from_utf8_lossy(sealed).contains(secret), "{place}");
        let plain = key.open(&format!("user/{}/{place}", ada.id), sealed).unwrap();
        assert!(String::from_utf8_lossy(&plain).contains(secret), "{place}");
        assert!(key.open("user/other/bio", sealed).is_err());
    }
}

#[actix_web::test]
async fn neither_loses_what_the_other_writes_at_once() {
    let op = Op::with(company).await;
    let ada = op.user("ada").await;
    let cx = op.app.cx();
    for n in 0..8 {
        let own = BTreeMap::from([("department".to_owned(), "Sales".to_owned()), ("floor".to_owned(), n.to_string())]);
        let typed = Typed { own, ..whole() };
        let badge = n.to_string();
        let (saved, set) =
            join(profile::save(cx, &ada, &typed), people::set_field(cx, "ada", ("badge", Some(&badge)))).await;
        assert!(saved.unwrap().is_empty() && set.is_ok());
        let kept = kept(&op).await;
        assert_eq!((&kept["floor"], &kept["badge"]), (&json!(n), &json!(n)));
    }
}

#[actix_web::test]
async fn labels_speak_the_language_of_the_page() {
    let op = Op::with(company).await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let german: Vec<_> = GOOD.into_iter().chain([("locale", "de")]).collect();
    let (_, page) = save(&mut browser, &german).await;
    assert!(page.body.contains("Das department") && page.body.contains(">Ja<"), "{}", page.body);
}
