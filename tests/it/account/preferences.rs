//! What people want: on the page, and as the document that apps change.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use signet::deliver;
use signet::flow::account::{export, preferences};
use signet::flow::{Error, job};
use signet::spec::preferences::Letter;
use signet::store::profile as rows;

use super::{fill, signed_in};
use crate::support::Op;

const PAGE: &str = "/account/preferences";

#[actix_web::test]
async fn what_is_chosen_holds_on_every_page_of_the_person_and_on_no_other() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open(PAGE).await.page();
    assert!(
        page.body.contains("content=\"light dark\"") && page.body.contains("media=\"(prefers-color-scheme: dark)\"")
    );
    assert!(
        page.body.contains(
            "id=\"letter-export-ready\" name=\"letter-export-ready\" type=\"checkbox\" value=\"yes\" checked"
        )
    );
    for (theme, scheme, sheet) in
        [("dark", "content=\"dark\"", Some("media=\"all\"")), ("light", "content=\"light\"", None)]
    {
        let (_, page) = browser.open(PAGE).await.page();
        let (path, page) = fill(&mut browser, PAGE, &page, &[("theme", theme)]).await.page();
        assert_eq!(path, "/account/preferences?saved=yes");
        assert!(page.body.contains(&format!("<option value=\"{theme}\" selected>")), "{}", page.body);
        for at in ["/", PAGE, "/account/profile", "/account/security"] {
            let (_, page) = browser.open(at).await.page();
            assert!(page.body.contains(scheme), "{at}: {}", page.body);
            assert_eq!(page.body.contains("/static/dark-"), sheet.is_some(), "{at}");
            assert!(sheet.is_none_or(|sheet| page.body.contains(sheet)), "{at}");
        }
    }
    let (_, page) = crate::support::browser::Browser::new(&op).open("/login").await.page();
    assert!(page.body.contains("content=\"light dark\""), "nobody is known there");
    let (_, page) = browser.open(PAGE).await.page();
    let (_, refused) = fill(&mut browser, PAGE, &page, &[("theme", "pink")]).await.page();
    assert_eq!(refused.status, 400);
    fill(&mut browser, PAGE, &page, &[("theme", "system")]).await.page();
    assert!(browser.open("/").await.page().1.body.contains("content=\"light dark\""));
}

#[actix_web::test]
async fn a_letter_that_is_not_wanted_is_not_written() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    for wanted in [false, true] {
        let (_, page) = browser.open(PAGE).await.page();
        let fields: &[_] = if wanted { &[("letter-export-ready", "yes")] } else { &[] };
        fill(&mut browser, PAGE, &page, fields).await.page();
        op.mails().await;
        let (_, page) = browser.open("/account/privacy").await.page();
        fill(&mut browser, "/account/privacy", &page, &[("do", "export")]).await.page();
        while job::run_due(&op.app).await.unwrap() > 0 {}
        assert_eq!(op.mails().await.len(), usize::from(wanted));
        let (ada, _) = signet::flow::user::show(op.app.cx(), "ada").await.unwrap();
        assert!(matches!(export::state(op.app.cx(), &ada).await.unwrap(), export::State::Ready(..)));
        op.wait(Duration::from_hours(25));
        browser = signed_in(&op, "ada").await;
    }
    for letter in Letter::ALL {
        assert!(deliver::Kind::parse(letter.text()).is_some(), "{letter}");
    }
}

#[actix_web::test]
async fn apps_change_their_part_and_leave_the_others() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let cx = op.app.cx();
    assert_eq!(preferences::get(cx, &ada.id).await.unwrap().len(), 0);
    preferences::merge(cx, &ada.id, &json!({ "shop": { "columns": ["name", "price"], "open": true } })).await.unwrap();
    let after = preferences::merge(cx, &ada.id, &json!({ "shop": { "open": null }, "mail": { "size": 2 } })).await;
    let expected = json!({ "shop": { "columns": ["name", "price"] }, "mail": { "size": 2 } });
    assert_eq!(Value::Object(after.unwrap()), expected);
    for bad in [
        json!([]),
        json!({ "shop": "x".repeat(9000) }),
        json!({ "signet": { "theme": "pink" } }),
        json!({ "signet": { "letters": { "locked": false } } }),
    ] {
        match preferences::merge(cx, &ada.id, &bad).await {
            Err(Error::Refused(refusal)) => assert_eq!(refusal.status, 400),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(Value::Object(preferences::get(cx, &ada.id).await.unwrap()), expected, "nothing was half done");
    preferences::merge(cx, &ada.id, &json!({ "signet": { "theme": "dark" } })).await.unwrap();
    let page = signed_in(&op, "ada").await.open("/").await.page().1;
    assert!(page.body.contains("content=\"dark\""), "{}", page.body);
    preferences::merge(cx, &ada.id, &json!({ "signet": null, "shop": null, "mail": null })).await.unwrap();
    let row = rows::find(&mut op.app.db.conn().await.unwrap(), &op.app.tenant, &ada.id).await.unwrap().unwrap();
    assert!(row.sealed_preferences.is_none());
    assert!(signed_in(&op, "ada").await.open("/").await.page().1.body.contains("content=\"light dark\""));
}

#[actix_web::test]
async fn of_many_changes_at_once_none_is_lost() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let cx = op.app.cx();
    let changes = (0..16).map(|n| {
        let id = &ada.id;
        async move {
            preferences::merge(cx, id, &json!({ format!("app{n}"): n })).await.unwrap();
        }
    });
    join_all(changes).await;
    assert_eq!(preferences::get(cx, &ada.id).await.unwrap().len(), 16);
}

#[actix_web::test]
async fn they_lie_sealed_and_are_changed_only_so_often() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let cx = op.app.cx();
    preferences::merge(cx, &ada.id, &json!({ "diary": "Hush" })).await.unwrap();
    let row = rows::find(&mut op.app.db.conn().await.unwrap(), &op.app.tenant, &ada.id).await.unwrap().unwrap();
    let sealed = row.sealed_preferences.unwrap();
    assert!(!String::from_utf8_lossy(&sealed).contains("Hush"));
    assert!(op.app.master_key.open(&format!("user/{}/preferences", ada.id), &sealed).is_ok());
    for _ in 0..59 {
        preferences::merge(cx, &ada.id, &json!({ "diary": "Hush" })).await.unwrap();
    }
    match preferences::merge(cx, &ada.id, &json!({})).await {
        Err(Error::Refused(refusal)) => assert_eq!(refusal.status, 429),
        other => panic!("{other:?}"),
    }
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open(PAGE).await.page();
    for _ in 0..2 {
        let (_, page) = fill(&mut browser, PAGE, &page, &[("theme", "dark")]).await.page();
        if page.status == 429 {
            assert!(page.body.contains("<option value=\"dark\" selected>"), "what was chosen is not lost");
            assert!(!page.body.contains("value=\"yes\" checked"));
            return;
        }
    }
    panic!("no limit");
}
