use std::time::Duration;

use super::{add_app, passkey, sign_in, text, trust, with_app};
use crate::join::fill;
use crate::support::Op;
use crate::support::browser::Browser;

#[actix_web::test]
async fn an_app_is_added_by_its_first_code_and_brings_backup_codes() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await;
    let (_, page) = browser.open("/account/security").await.page();
    let (path, set_up) = fill(&mut browser, "/account/security/totp", &page, &[]).await.page();
    assert!(path.starts_with("/account/security/totp?challenge="), "{path}");
    assert!(set_up.body.contains("data:image/svg+xml;base64,"), "{}", set_up.body);
    let (_, wrong) =
        fill(&mut browser, "/account/security/totp", &set_up, &[("code", "000000"), ("name", "Phone")]).await.page();
    assert_eq!(wrong.status, 400);
    assert_eq!(text(&wrong, "totp-secret"), text(&set_up, "totp-secret"), "a typing error costs nothing");
    assert!(sign_in(&mut Browser::new(&op), "ada").await.page().0 == "/", "nothing counts before the first code");

    let (_, codes) = add_app(&op, &mut browser).await;
    assert_eq!(codes.len(), 10);
    assert!(codes.iter().all(|code| code.len() == 9), "{codes:?}");
    let (_, page) = browser.open("/account/security").await.page();
    assert!(page.body.contains("Phone") && page.body.contains("10 codes are left"), "{}", page.body);
    let subjects: Vec<_> = op.mails().await.into_iter().map(|mail| mail.subject).collect();
    assert!(subjects.iter().any(|subject| subject.contains("second factor was added")), "{subjects:?}");
}

#[actix_web::test]
async fn factors_change_only_after_a_fresh_sign_in() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await;
    let (_, page) = browser.open("/account/security").await.page();
    op.wait(Duration::from_secs(301));
    let (path, login) = fill(&mut browser, "/account/security/totp", &page, &[]).await.page();
    assert!(path.starts_with("/login"), "{path}");
    let (path, _) = browser.sign_in(&login, "ada", crate::support::PASSWORD).await.page();
    assert!(path.starts_with("/account"), "{path}");
}

#[actix_web::test]
async fn the_last_factor_takes_its_backup_codes_and_trust_along() {
    let op = Op::start().await;
    let (phone, codes) = with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    trust(&op, &mut browser, &page, &phone).await;
    let (_, page) = browser.open("/account/security").await.page();
    assert!(page.body.contains("id=\"trusted\""), "{}", page.body);
    super::remove(&mut browser, &page).await;
    assert_eq!(sign_in(&mut Browser::new(&op), "ada").await.page().0, "/", "no second step any more");

    let mut again = Browser::new(&op);
    sign_in(&mut again, "ada").await;
    add_app(&op, &mut again).await;
    let (path, _) = sign_in(&mut Browser::new(&op), "ada").await.page();
    assert!(path.starts_with("/mfa"), "{path}");
    browser.forget("signet_session");
    let (path, _) = sign_in(&mut browser, "ada").await.page();
    assert!(path.starts_with("/mfa"), "the old trust has ended: {path}");
    let (_, page) = browser.open(&format!("{path}&way=backup")).await.page();
    let (_, refused) = fill(&mut browser, "/mfa", &page, &[("code", &codes[0])]).await.page();
    assert_eq!(refused.status, 401, "codes of the old list");
}

/// Somebody who has lost the phone and the list asks for help.
#[actix_web::test]
async fn an_administrator_takes_lost_factors_away() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    fill(&mut browser, "/mfa", &page, &[("code", &phone.code(op.app.clock.now()))]).await.page();
    let (_, half) = sign_in(&mut Browser::new(&op), "ada").await.page();
    crate::support::people::reset_factors(op.app.cx(), "ada").await.unwrap();
    assert!(browser.open("/").await.page().0.starts_with("/login"), "sessions end");
    assert!(half.body.contains("id=\"mfa-form\""));
    assert_eq!(sign_in(&mut Browser::new(&op), "ada").await.page().0, "/");
    let subjects: Vec<_> = op.mails().await.into_iter().map(|mail| mail.subject).collect();
    assert!(subjects.iter().any(|subject| subject.contains("was removed")), "{subjects:?}");
}

/// A trusted browser spares the second step, not what keeps others out of the account.
#[actix_web::test]
async fn a_trusted_browser_has_to_prove_more_before_it_changes_what_protects() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    trust(&op, &mut browser, &page, &phone).await;
    browser.forget("signet_session");
    assert_eq!(sign_in(&mut browser, "ada").await.page().0, "/", "trusted");
    op.wait(Duration::from_mins(1));
    for path in ["/account/security", "/account/password", "/account/email", "/account/phone"] {
        let (at, _) = browser.open(path).await.page();
        assert!(at.starts_with("/mfa?challenge=") && at.contains("to="), "{path}: {at}");
    }
    let (_, page) = browser.open("/account/security").await.page();
    let code = phone.code(op.app.clock.now());
    let (at, _) = fill(&mut browser, "/mfa", &page, &[("code", &code)]).await.page();
    assert_eq!(at, "/account/security", "and comes back to where it wanted to go");
    assert_eq!(browser.open("/account/password").await.page().0, "/account/password");
}

/// Whoever has the cookie of before has a session of one factor, and should not come to have one of two.
#[actix_web::test]
async fn a_session_that_becomes_surer_has_another_cookie() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("eve").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await;
    let mut thief = Browser::new(&op);
    thief.remember("signet_session", browser.cookie("signet_session").unwrap());
    assert_eq!(thief.open("/account/security").await.page().0, "/account/security");
    let (_, codes) = add_app(&op, &mut browser).await;
    assert_eq!(codes.len(), 10, "with the codes that come along");
    assert_eq!(thief.open("/").await.page().0, "/login", "the old value is nobody's");
    assert_eq!(browser.open("/account/security").await.page().0, "/account/security");

    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "eve").await;
    let before = browser.cookie("signet_session").unwrap().to_owned();
    passkey::add(&mut browser, &mut super::device::Device::new()).await;
    assert_ne!(browser.cookie("signet_session").unwrap(), before);
    assert_eq!(browser.open("/account/security").await.page().0, "/account/security");
}
