//! Codes by e-mail and short message as second factors.

use serde_json::json;

use std::time::Duration;

use super::second::{claims, prove};
use super::{sign_in, with_app};
use crate::account::phone;
use crate::join::fill;
use crate::support::browser::{Browser, Stop, param};
use crate::support::{Answer, Op, PASSWORD, authorize};

/// Turns codes of a kind on for somebody who is signed in.
async fn turn_on(browser: &mut Browser<'_>, kind: &str) {
    let (_, page) = browser.open("/account/security").await.page();
    let form = page.body.split("<form").find(|form| form.contains(&format!("name=\"add\" value=\"{kind}\""))).unwrap();
    let hidden = crate::support::browser::hidden(form);
    browser.submit("/account/security/factor", &crate::support::browser::pairs(&hidden)).await.page();
}

/// Somebody who gets codes by e-mail, with the letters about it taken out.
async fn by_email(op: &Op) {
    op.user("ada").await;
    let mut browser = Browser::new(op);
    sign_in(&mut browser, "ada").await;
    turn_on(&mut browser, "email").await;
    op.mails().await;
}

#[actix_web::test]
async fn a_code_by_e_mail_is_a_second_factor() {
    let op = Op::start().await;
    by_email(&op).await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let (_, login) = browser.open(&authorize(&client, &[])).await.page();
    let (path, page) = browser.sign_in(&login, "ada", PASSWORD).await.page();
    assert!(path.starts_with("/mfa?challenge=") && page.body.contains("id=\"mfa-send\""), "{}", page.body);
    assert!(op.mails().await.is_empty(), "nobody is written to before it is asked for");
    let (_, page) = fill(&mut browser, "/mfa", &page, &[("send", "yes")]).await.page();
    assert!(page.body.contains("a•••@example.com") && !page.body.contains("ada@example.com"), "{}", page.body);
    let mail = op.mail().await;
    assert!(mail.subject.contains("code"), "{mail:?}");
    let wrong = if mail.code() == "000000" { "111111" } else { "000000" };
    let (_, page) = prove(&mut browser, &page, wrong).await.page();
    assert_eq!(page.status, 401);
    let back = prove(&mut browser, &page, &mail.code()).await.away();
    let claims = claims(&op, &client, &param(&back, "code").unwrap()).await;
    assert_eq!((&claims["acr"], &claims["amr"]), (&json!("urn:signet:acr:mfa"), &json!(["pwd", "otp", "mfa"])));
}

#[actix_web::test]
async fn a_code_to_the_phone_says_so() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await;
    let (_, page) = browser.open("/account/security").await.page();
    assert!(page.body.contains("id=\"to-phone\"") && !page.body.contains("id=\"sms-on\""), "{}", page.body);
    phone::prove(&op, &mut browser, "+442079460958").await;
    turn_on(&mut browser, "sms").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut other = Browser::new(&op);
    let (_, login) = other.open(&authorize(&client, &[])).await.page();
    let (_, page) = other.sign_in(&login, "ada", PASSWORD).await.page();
    let (_, page) = fill(&mut other, "/mfa", &page, &[("send", "yes")]).await.page();
    assert!(page.body.contains("+44•••58"), "{}", page.body);
    let back = prove(&mut other, &page, &op.sms().await.code()).await.away();
    let claims = claims(&op, &client, &param(&back, "code").unwrap()).await;
    assert_eq!(claims["amr"], json!(["pwd", "sms", "mfa"]));

    // with the number go its codes
    let (path, _) = browser.open("/account/phone").await.page();
    assert!(path.starts_with("/mfa"), "a session that has shown less may not take it away: {path}");
    let (_, page) = other.open("/account/phone").await.page();
    fill(&mut other, "/account/phone", &page, &[("remove", "yes")]).await.page();
    assert_eq!(sign_in(&mut Browser::new(&op), "ada").await.page().0, "/", "no second step any more");
}

/// Each costs money, and whoever has the password can ask for them.
#[actix_web::test]
async fn a_number_gets_so_many_codes_a_day() {
    let op = Op::with(|config| config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()]).await;
    op.user("ada").await;
    let mut ada = Browser::new(&op);
    sign_in(&mut ada, "ada").await;
    phone::prove(&op, &mut ada, "+442079460958").await;
    turn_on(&mut ada, "sms").await;
    let mut sent = 0;
    for _ in 0..30 {
        let mut browser = Browser::new(&op);
        let (_, page) = sign_in(&mut browser, "ada").await.page();
        let (_, page) = fill(&mut browser, "/mfa", &page, &[("send", "yes")]).await.page();
        sent += op.texts().await.len();
        assert_eq!(page.status, if sent <= 20 && page.status == 200 { 200 } else { 429 });
        op.wait(Duration::from_mins(2));
    }
    assert_eq!(sent, 20, "and none of them within the hour that it took");
}

/// One mailbox is one factor, whatever is read there.
#[actix_web::test]
async fn a_mailbox_that_was_shown_is_not_shown_a_second_time() {
    let op = Op::start().await;
    let (app, _) = with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    prove(&mut browser, &page, &app.code(op.app.clock.now())).await.page();
    turn_on(&mut browser, "email").await;
    op.mails().await;
    let mut thief = Browser::new(&op);
    let (_, page) = thief.open("/forgot").await.page();
    let (_, page) = fill(&mut thief, "/forgot", &page, &[("email", "ada@example.com")]).await.page();
    let code = op.mail().await.code();
    let (_, page) = fill(&mut thief, "/reset", &page, &[("code", &code)]).await.page();
    let (path, page) = fill(&mut thief, "/reset", &page, &[("new-password", "three words here")]).await.page();
    assert!(path.starts_with("/mfa"), "{path}");
    assert!(!page.body.contains("way=email") && !page.body.contains("id=\"mfa-send\""), "{}", page.body);
    let (_, refused) = fill(&mut thief, "/mfa", &page, &[("send", "yes"), ("way", "email")]).await.page();
    assert_eq!(refused.status, 400, "{}", refused.body);
}

/// Asks for a new password, as far as the page where the code is typed.
async fn forget<'a>(op: &'a Op, name: &str, by: &str) -> (Browser<'a>, Answer) {
    let mut browser = Browser::new(op);
    let (_, page) = browser.open("/forgot").await.page();
    let email = format!("{name}@example.com");
    let (path, page) = fill(&mut browser, "/forgot", &page, &[("email", &email), ("by", by)]).await.page();
    assert!(path.starts_with("/reset?challenge="), "{path}: {}", page.body);
    (browser, page)
}

/// Types the code, and another password.
async fn reset(browser: &mut Browser<'_>, page: &Answer, code: &str) -> Stop {
    let (_, page) = fill(browser, "/reset", page, &[("code", code)]).await.page();
    fill(browser, "/reset", &page, &[("new-password", "three words here")]).await
}

/// Whoever has the phone would have everything: the code for another password, and the codes that keep others out.
#[actix_web::test]
async fn a_phone_that_is_the_second_factor_is_not_the_first_as_well() {
    let op = Op::start().await;
    let user = op.user("ada").await;
    op.user("bob").await;
    let mut ada = Browser::new(&op);
    sign_in(&mut ada, "ada").await;
    phone::prove(&op, &mut ada, "+442079460958").await;
    let (mut early, early_page) = forget(&op, "ada", "sms").await;
    let early_code = op.sms().await.code();
    turn_on(&mut ada, "sms").await;
    op.mails().await;
    let (_, refused) = reset(&mut early, &early_page, &early_code).await.page();
    assert_eq!(refused.status, 400, "sent before the codes were turned on: {}", refused.body);
    let (_, stranger) = forget(&op, "bob", "sms").await;
    for _ in ["with backup codes", "and without"] {
        let (_, page) = forget(&op, "ada", "sms").await;
        assert!(op.texts().await.is_empty());
        let words = |page: &Answer, name: &str| page.body.split("<main").nth(1).unwrap().replace(name, "").len();
        assert_eq!(words(&page, "ada"), words(&stranger, "bob"), "it looks the same: {}", page.body);
        op.wait(Duration::from_hours(1));
        let all = async |tx: &mut _| signet::store::backup_code::delete_all(tx, &op.app.tenant, &user.id).await;
        op.app.db.write(all).await.unwrap();
    }
    let (mut browser, page) = forget(&op, "ada", "email").await;
    let (path, page) = reset(&mut browser, &page, &op.mail().await.code()).await.page();
    assert!(path.starts_with("/mfa") && page.body.contains("id=\"mfa-send\""), "{path}: {}", page.body);
}

/// The mailbox has been the way back into the account before it was a factor.
#[actix_web::test]
async fn a_mailbox_that_is_all_there_is_gives_a_new_password_unless_a_role_wants_two() {
    let op = Op::start().await;
    by_email(&op).await;
    let (mut browser, page) = forget(&op, "ada", "email").await;
    assert_eq!(reset(&mut browser, &page, &op.mail().await.code()).await.page().0, "/");
    op.mails().await;
    let admin = signet::model::user::UserRole {
        tenant_id: op.app.tenant.clone(),
        user_id: signet::flow::user::show(op.app.cx(), "ada").await.unwrap().0.id,
        role: "admin".to_owned(),
        granted_at: op.app.clock.now(),
        granted_by: "a test".to_owned(),
    };
    op.app.db.write(async |tx| signet::store::user::grant_role(tx, &admin).await).await.unwrap();
    forget(&op, "ada", "email").await;
    assert!(op.mails().await.is_empty());
}

/// A letter is no way to guess more often.
#[actix_web::test]
async fn wrong_codes_lock_whatever_letter_they_are_for() {
    let op = Op::start().await;
    by_email(&op).await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    let mut page = fill(&mut browser, "/mfa", &page, &[("send", "yes")]).await.page().1;
    let right = op.mail().await.code();
    let wrong = if right == "000000" { "111111" } else { "000000" };
    for _ in 0..5 {
        page = prove(&mut browser, &page, wrong).await.page().1;
        assert_eq!(page.status, 401);
    }
    let (_, locked) = prove(&mut browser, &page, &right).await.page();
    assert_eq!(locked.status, 429);
    assert!(op.mail().await.subject.contains("trying codes"), "the owner is told");
    let (_, page) = fill(&mut browser, "/mfa", &locked, &[("send", "yes")]).await.page();
    let newer = op.mail().await.code();
    assert_eq!(prove(&mut browser, &page, &newer).await.page().1.status, 429, "another letter opens nothing");
}

#[actix_web::test]
async fn what_is_switched_off_cannot_be_turned_on() {
    let op = Op::with(|config| config.factor.second.clear()).await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await;
    let (_, page) = browser.open("/account/security").await.page();
    assert!(!page.body.contains("id=\"email-on\"") && !page.body.contains("id=\"to-phone\""), "{}", page.body);
    let (_, refused) = fill(&mut browser, "/account/security/totp", &page, &[]).await.page();
    assert_eq!(refused.status, 200);
    let csrf = crate::support::browser::hidden(&page.body).into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    let stop = browser.submit("/account/security/factor", &[("csrf", csrf.as_str()), ("add", "email")]).await;
    let (_, refused) = stop.page();
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("id=\"error-page\""), "{}", refused.body);
}
