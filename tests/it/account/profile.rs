use std::collections::BTreeMap;

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::account::profile::{self, Typed};
use signet::flow::user;
use signet::store::profile as rows;

use super::{fill, signed_in};
use crate::support::browser::Browser;
use crate::support::{Op, authorize, redeem};

/// Everything that can be told.
pub fn whole() -> Typed {
    let text = str::to_owned;
    Typed {
        name: text("Ada Lovelace"),
        given_name: text("Ada"),
        middle_name: text("King"),
        family_name: text("Lovelace"),
        nickname: text("Countess"),
        username: text("ada"),
        profile: text("https://example.com/ada"),
        website: text("https://example.com/"),
        picture: text("https://example.com/ada.png"),
        own_picture: None,
        gender: text("female"),
        birthdate: text("1915-12-10"),
        bio: text("I write notes.\r\nOn engines."),
        own: BTreeMap::new(),
        zone: text("Europe/London"),
        locale: text("en"),
        street: text("12 St James's Square"),
        locality: text("London"),
        region: text("England"),
        postal_code: text("SW1Y 4JH"),
        country: text("United Kingdom"),
    }
}

pub async fn userinfo(op: &Op, scope: &str) -> Value {
    let client = op.client(json!({ "first_party": true, "scope": "openid profile email address phone" })).await;
    let code = Browser::new(op).code(&authorize(&client, &[("scope", scope)]), "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    op.call(TestRequest::get().uri("/oauth2/userinfo").insert_header(("authorization", bearer))).await.json()
}

#[actix_web::test]
async fn what_is_saved_comes_back_on_the_page_and_goes_to_the_apps_that_may_see_it() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open("/account/profile").await.page();
    let fields = [
        ("name", "Ada Lovelace"),
        ("username", "Countess"),
        ("nickname", " Ada "),
        ("birthdate", "1915-12-10"),
        ("zone", "Europe/Berlin"),
        ("locale", "de"),
        ("street", "12 St James's Square"),
        ("locality", "London"),
    ];
    let (path, page) = fill(&mut browser, "/account/profile", &page, &fields).await.page();
    assert_eq!(path, "/account/profile?saved=yes");
    assert!(page.body.contains("lang=\"de\"") && page.body.contains("Ihr Profil ist gespeichert"), "{}", page.body);
    assert!(page.body.contains("<option selected>Europe/Berlin<"));
    assert!(page.body.len() < 60_000, "{}", page.body.len());
    let (_, page) = browser.open("/account/activity").await.page();
    assert!(
        page.body.contains("Sie haben Ihren Benutzernamen geändert") && page.body.contains(" CET<"),
        "{}",
        page.body
    );

    let (user, _) = user::show(op.app.cx(), "countess").await.unwrap();
    assert_eq!((user.username.as_str(), user.name.as_deref()), ("Countess", Some("Ada Lovelace")));
    assert!(user::show(op.app.cx(), "ada").await.is_err(), "the old user name is free again");
}

#[actix_web::test]
async fn each_scope_brings_its_own() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    assert!(profile::save(op.app.cx(), &ada, &whole()).await.unwrap().is_empty());
    let info = userinfo(&op, "openid").await;
    assert_eq!(info, json!({ "sub": ada.id }));
    let info = userinfo(&op, "openid profile").await;
    for (claim, value) in [
        ("given_name", "Ada"),
        ("middle_name", "King"),
        ("nickname", "Countess"),
        ("preferred_username", "ada"),
        ("profile", "https://example.com/ada"),
        ("gender", "female"),
        ("birthdate", "1915-12-10"),
        ("zoneinfo", "Europe/London"),
        ("locale", "en"),
    ] {
        assert_eq!(info[claim], value, "{claim}");
    }
    assert!(info["address"].is_null());
    let info = userinfo(&op, "openid address phone").await;
    assert_eq!(info["address"]["postal_code"], "SW1Y 4JH");
    assert_eq!(info["address"]["formatted"], "12 St James's Square\nSW1Y 4JH London\nEngland\nUnited Kingdom");
    assert!(info["gender"].is_null());
}

#[actix_web::test]
async fn an_id_token_holds_a_detail_only_if_it_was_asked_for_there() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    profile::save(op.app.cx(), &ada, &whole()).await.unwrap();
    let client = op.client(json!({ "first_party": true, "scope": "openid profile" })).await;
    let claims = r#"{"id_token": {"birthdate": null, "nickname": null}}"#;
    let asked = authorize(&client, &[("scope", "openid profile"), ("claims", claims)]);
    let code = Browser::new(&op).code(&asked, "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    let payload = tokens["id_token"].as_str().unwrap().split('.').nth(1).unwrap().to_owned();
    let token: Value = serde_json::from_slice(&signet::base::random::from_base64url(&payload).unwrap()).unwrap();
    assert_eq!((&token["birthdate"], &token["nickname"]), (&json!("1915-12-10"), &json!("Countess")));
    assert!(token["gender"].is_null());
}

#[actix_web::test]
async fn an_address_lies_sealed() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    profile::save(op.app.cx(), &ada, &whole()).await.unwrap();
    let conn = &mut op.app.db.conn().await.unwrap();
    let row = rows::find(conn, &op.app.tenant, &ada.id).await.unwrap().unwrap();
    let kept = format!("{row:?}");
    for secret in ["SW1Y", "James"] {
        assert!(!kept.contains(secret), "{secret} in {kept}");
        assert!(!String::from_utf8_lossy(row.sealed_address.as_ref().unwrap()).contains(secret));
    }
    let key = &op.app.master_key;
    assert!(key.open(&format!("user/{}/address", ada.id), row.sealed_address.as_ref().unwrap()).is_ok());
    assert!(key.open("user/other/address", row.sealed_address.as_ref().unwrap()).is_err());

    let (ada, _) = user::show(op.app.cx(), "ada").await.unwrap();
    let less = Typed { street: String::new(), ..whole() };
    profile::save(op.app.cx(), &ada, &less).await.unwrap();
    let row = rows::find(&mut op.app.db.conn().await.unwrap(), &op.app.tenant, &ada.id).await.unwrap().unwrap();
    assert!(row.sealed_address.is_some(), "what is left of it");
}

#[actix_web::test]
async fn what_is_wrong_stands_beside_its_field_and_nothing_is_kept() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("bob").await;
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open("/account/profile").await.page();
    let long = "x".repeat(129);
    for (field, value) in [
        ("username", "bob"),
        ("username", "BOB"),
        ("username", "a b"),
        ("username", ""),
        ("name", long.as_str()),
        ("birthdate", "1990-02-30"),
        ("birthdate", "2027-01-16"),
        ("birthdate", "12/31/1990"),
        ("zone", "Europe/Nowhere"),
        ("locale", "tlh"),
        ("website", "javascript:alert(1)"),
        ("picture", "no address"),
        ("country", "a\u{7}b"),
    ] {
        let fields = [("username", "ada"), ("nickname", "Lost"), (field, value)];
        let fields: Vec<_> = fields.into_iter().filter(|(name, kept)| *name != field || *kept == value).collect();
        let (path, again) = fill(&mut browser, "/account/profile", &page, &fields).await.page();
        assert_eq!((path.as_str(), again.status), ("/account/profile", 400), "{field}={value}");
        assert!(again.body.contains(&format!("id=\"{field}-mistake\"")), "{field}={value}: {}", again.body);
        assert!(again.body.contains("value=\"Lost\""), "what was typed comes back");
    }
    let (_, page) = browser.open("/account/profile").await.page();
    assert!(!page.body.contains("Lost") && page.body.contains("value=\"ada\""));
}
