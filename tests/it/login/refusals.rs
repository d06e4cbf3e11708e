//! What a person is told who cannot sign in, and what is never told.

use std::time::Duration;

use actix_web::test::TestRequest;
use serde_json::json;
use signet::flow::user;

use crate::support::browser::{Browser, hidden, pairs};
use crate::support::people;
use crate::support::{Op, PASSWORD, authorize};

#[actix_web::test]
async fn known_and_unknown_accounts_look_the_same() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut pages = Vec::new();
    for name in ["ada", "nobody"] {
        let mut browser = Browser::new(&op);
        let (_, page) = browser.open("/login").await.page();
        let (_, page) = browser.sign_in(&page, name, "wrong").await.page();
        let plain = hidden(&page.body).iter().fold(page.body.clone(), |body, (_, value)| body.replace(value, ""));
        let nonce = page.header("content-security-policy").split("nonce-").nth(1).unwrap()[..22].to_owned();
        pages.push((page.status, plain.replace(name, "").replace(&nonce, "")));
    }
    assert_eq!(pages[0].0, 401);
    assert_eq!(pages[0], pages[1]);
}

#[actix_web::test]
async fn what_was_typed_is_not_lost_and_mistakes_stand_beside_the_field() {
    let op = Op::start().await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    let (_, page) = browser.sign_in(&page, "ada@example.com", "").await.page();
    assert_eq!(page.status, 400);
    assert!(page.body.contains("value=\"ada@example.com\"") && page.body.contains("Enter your password."));
}

#[actix_web::test]
async fn wrong_passwords_in_a_row_have_to_wait() {
    let op = Op::with(|config| config.limits.login_burst = 1000).await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    for _ in 0..4 {
        let (_, denied) = browser.sign_in(&page, "ada", "wrong").await.page();
        assert_eq!(denied.status, 401);
    }
    let (_, locked) = browser.sign_in(&page, "ADA", PASSWORD).await.page();
    assert_eq!(locked.status, 429, "also with the right password, and in other letters");
    assert!(locked.body.contains("Wait"), "{}", locked.body);
    let (_, other) = browser.sign_in(&page, "nobody", "wrong").await.page();
    assert_eq!(other.status, 401, "other names are free");
    op.wait(Duration::from_secs(2));
    let (path, _) = browser.sign_in(&page, "ada", PASSWORD).await.page();
    assert_eq!(path, "/");
}

#[actix_web::test]
async fn exempt_networks_have_no_limit_per_address() {
    let op = Op::with(|config| config.limits.exempt_networks = vec!["127.0.0.0/8".into()]).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    for n in 0..15 {
        assert_eq!(browser.sign_in(&page, &format!("name{n}"), "wrong").await.page().1.status, 401, "{n}");
    }
}

#[actix_web::test]
async fn a_disabled_account_is_out_at_once() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    browser.walk(&authorize(&client, &[]), "ada").await;
    people::set_enabled(op.app.cx(), "ada", false).await.unwrap();
    let (path, page) = browser.open(&authorize(&client, &[])).await.page();
    assert!(path.starts_with("/login"), "the session is gone: {path}");
    let (_, denied) = browser.sign_in(&page, "ada", PASSWORD).await.page();
    assert_eq!(denied.status, 403);
    let (_, wrong) = browser.sign_in(&page, "ada", "wrong").await.page();
    assert_eq!(wrong.status, 401, "whoever does not know the password does not learn it");
    people::set_enabled(op.app.cx(), "ada", true).await.unwrap();
    browser.sign_in(&page, "ada", PASSWORD).await.away();
}

#[actix_web::test]
async fn a_form_from_elsewhere_is_refused() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    let form = hidden(&page.body);
    let mut good: Vec<_> = pairs(&form);
    good.extend([("username", "ada"), ("password", PASSWORD)]);
    let cookie = actix_web::cookie::Cookie::new("signet_browser", browser.cookie("signet_browser").unwrap().to_owned());
    let post = || TestRequest::post().uri("/login");
    let cases = [
        (
            "another origin",
            post().cookie(cookie.clone()).insert_header(("origin", "https://evil.test")).set_form(&good),
        ),
        ("another site", post().cookie(cookie.clone()).insert_header(("sec-fetch-site", "cross-site")).set_form(&good)),
        ("no cookie", post().set_form(&good)),
        ("no token", post().cookie(cookie.clone()).set_form(&good[1..])),
        ("another browser's token", post().cookie(cookie.clone()).set_form([("csrf", "x")])),
    ];
    for (name, request) in cases {
        let answer = op.call(request).await;
        assert_eq!(answer.status, 403, "{name}");
        assert!(answer.body.contains("id=\"error-page\""), "{name}");
    }
    assert_eq!(op.call(post().cookie(cookie).set_form(&good)).await.status, 303, "the form itself is good");
}

#[actix_web::test]
async fn a_sign_in_belongs_to_its_browser() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let (mut victim, mut attacker) = (Browser::new(&op), Browser::new(&op));
    let (path, _) = attacker.open(&authorize(&client, &[])).await.page();
    victim.open("/login").await.page();
    let (_, page) = victim.open(&path).await.page();
    assert_eq!(page.status, 400);
    assert!(page.body.contains("another browser"), "{}", page.body);
    op.wait(Duration::from_mins(31));
    let (_, late) = attacker.open(&path).await.page();
    assert!(late.status == 400 && late.body.contains("took too long"), "{}", late.body);
}

#[actix_web::test]
async fn the_session_value_changes_at_every_sign_in() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let mut seen = std::collections::HashSet::new();
    for _ in 0..2 {
        let (_, page) = browser.open("/login").await.page();
        browser.sign_in(&page, "ada", PASSWORD).await.page();
        assert!(seen.insert(browser.cookie("signet_session").unwrap().to_owned()));
        browser.forget("signet_session");
    }
}

#[actix_web::test]
async fn a_password_changed_while_the_old_one_is_being_checked_has_the_last_word() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let old = op.stored("ada").await;
    op.set_password("ada", "another long password").await;
    let row = signet::model::user::Password {
        tenant_id: ada.tenant_id.clone(),
        user_id: ada.id.clone(),
        phc: "a fresh hash of the old password".to_owned(),
        changed_at: op.app.clock.now(),
        must_change: false,
    };
    let confirm = async |verified: &str| {
        let verified = verified.to_owned();
        op.app
            .db
            .write(async |tx| signet::store::user::confirm_password(tx, &row, (&verified, ada.state)).await)
            .await
            .unwrap()
    };
    assert!(!confirm(&old).await, "the verified one is no longer the password");
    let new = op.stored("ada").await;
    assert_ne!(new, row.phc);
    people::set_enabled(op.app.cx(), "ada", false).await.unwrap();
    assert!(!confirm(&new).await, "nor does a shut account begin a session");
    people::set_enabled(op.app.cx(), "ada", true).await.unwrap();
    assert!(confirm(&new).await);
}

#[actix_web::test]
async fn a_weaker_hash_is_replaced_at_sign_in() {
    let op = Op::with(|config| config.password.memory_kib = 128).await;
    op.user("ada").await;
    let weaker = signet::config::Password {
        memory_kib: 64,
        iterations: 1,
        parallelism: 1,
        threads: 1,
        queue: 1,
        ..Default::default()
    };
    let phc = signet::crypto::password::Pool::start(&weaker).unwrap().hash(PASSWORD).await.unwrap();
    let (ada, _) = user::show(op.app.cx(), "ada").await.unwrap();
    let row = signet::model::user::Password {
        tenant_id: ada.tenant_id,
        user_id: ada.id,
        phc,
        changed_at: op.app.clock.now(),
        must_change: false,
    };
    op.app.db.write(async |tx| signet::store::user::set_password(tx, &row, 0).await).await.unwrap();
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    assert_eq!(browser.sign_in(&page, "ada", PASSWORD).await.page().0, "/");
    assert!(op.stored("ada").await.contains("m=128"));
}

#[actix_web::test]
async fn a_person_has_at_most_a_hundred_sessions() {
    let op = Op::with(|config| config.limits.exempt_networks = vec!["127.0.0.1".into()]).await;
    op.user("ada").await;
    let mut cookies = Vec::new();
    for _ in 0..101 {
        let mut browser = Browser::new(&op);
        let (_, page) = browser.open("/login").await.page();
        browser.sign_in(&page, "ada", PASSWORD).await.page();
        cookies.push(browser.cookie("signet_session").unwrap().to_owned());
        op.wait(Duration::from_secs(1));
    }
    let live =
        async |cookie: &str| signet::flow::session::current(op.app.cx(), Some(&cookie.into())).await.unwrap().is_some();
    assert!(!live(&cookies[0]).await, "the oldest has ended");
    assert!(live(&cookies[1]).await && live(&cookies[100]).await);
}
