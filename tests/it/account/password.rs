use std::time::Duration;

use serde_json::json;

use super::{fill, is_in, signed_in};
use crate::factor::trust;
use crate::support::browser::Browser;
use crate::support::{Op, PASSWORD, authorize, redeem};

const NEXT: &str = "another good password";

#[actix_web::test]
async fn another_password_ends_everything_else_and_the_owner_is_told() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut laptop = Browser::new(&op);
    let code = laptop.code(&authorize(&client, &[("scope", "openid offline_access")]), "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open("/account/password").await.page();
    let (path, page) = fill(&mut browser, "/account/password", &page, &[("new-password", NEXT)]).await.page();
    assert_eq!(path, "/account/password?changed=yes");
    assert!(page.body.contains("id=\"password-changed\""));
    assert!(is_in(&mut browser).await && !is_in(&mut laptop).await);
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    assert_eq!(op.token(&client, &form).await.error(), (400, "invalid_grant".into()));
    let (_, login) = laptop.open("/login").await.page();
    assert_eq!(laptop.sign_in(&login, "ada", PASSWORD).await.page().1.status, 401);
    assert_eq!(laptop.sign_in(&login, "ada", NEXT).await.page().0, "/");
    let mail = op.mail().await;
    assert_eq!(mail.to, "ada@example.com");
    assert!(mail.subject.contains("was changed"), "{mail:?}");
    let (_, page) = browser.open("/account/activity?kind=changes").await.page();
    assert!(page.body.contains("You changed your password"), "{}", page.body);
}

#[actix_web::test]
async fn a_weak_one_is_refused_with_the_reason() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open("/account/password").await.page();
    for (weak, told) in [("short", "at least 8 characters"), ("ada@example.com", "your own name or address")] {
        let (_, again) = fill(&mut browser, "/account/password", &page, &[("new-password", weak)]).await.page();
        assert_eq!(again.status, 400);
        assert!(again.body.contains(told) && again.body.contains("new-password-mistake"), "{}", again.body);
    }
    signed_in(&op, "ada").await;
    assert!(op.mails().await.is_empty());
}

/// Whoever knew the old password may be half way in.
#[actix_web::test]
async fn a_changed_password_ends_what_was_begun_with_the_old_one() {
    let op = Op::start().await;
    let (app, _) = crate::factor::with_app(&op, "ada").await;
    let mut thief = Browser::new(&op);
    let (_, login) = thief.open("/login").await.page();
    let (path, step) = thief.sign_in(&login, "ada", PASSWORD).await.page();
    assert!(path.starts_with("/mfa"), "{path}");
    let mut ada = Browser::new(&op);
    let (_, login) = ada.open("/login").await.page();
    let (_, page) = ada.sign_in(&login, "ada", PASSWORD).await.page();
    trust(&op, &mut ada, &page, &app).await;
    let (_, page) = ada.open("/account/password").await.page();
    fill(&mut ada, "/account/password", &page, &[("new-password", "three other words")]).await.page();
    op.wait(Duration::from_mins(1));
    let (_, refused) = fill(&mut thief, "/mfa", &step, &[("code", &app.code(op.app.clock.now()))]).await.page();
    assert_eq!(refused.status, 400, "{}", refused.body);
    ada.forget("signet_session");
    let (_, login) = ada.open("/login").await.page();
    let (path, _) = ada.sign_in(&login, "ada", "three other words").await.page();
    assert!(path.starts_with("/mfa"), "the trust of a browser has ended as well: {path}");
}
