use serde_json::json;
use signet::store::profile as rows;

use super::profile::userinfo;
use super::{fill, signed_in};
use crate::support::Op;
use crate::support::browser::Browser;

/// Proves a number for the person who is signed in.
pub async fn prove(op: &Op, browser: &mut Browser<'_>, number: &str) {
    let (_, page) = browser.open("/account/phone").await.page();
    let (path, page) = fill(browser, "/account/phone", &page, &[("phone", number)]).await.page();
    assert!(path.starts_with("/account/phone?challenge="), "{path}: {}", page.body);
    let code = op.sms().await.code();
    let (path, _) = fill(browser, "/account/phone", &page, &[("code", &code)]).await.page();
    assert_eq!(path, "/account/phone?changed=yes");
}

#[actix_web::test]
async fn a_number_counts_when_the_code_that_went_there_was_typed() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open("/account/phone").await.page();
    let (_, wrong) = fill(&mut browser, "/account/phone", &page, &[("phone", "020 7946 0958")]).await.page();
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains("id=\"phone-mistake\"") && wrong.body.contains("020 7946 0958"), "{}", wrong.body);
    let (_, page) = fill(&mut browser, "/account/phone", &wrong, &[("phone", "+44 (20) 7946-0958")]).await.page();
    let sms = op.sms().await;
    assert_eq!(sms.to, "+442079460958");
    let other = if sms.code() == "000000" { "111111" } else { "000000" };
    let (_, page) = fill(&mut browser, "/account/phone", &page, &[("code", other)]).await.page();
    assert_eq!(page.status, 400);
    assert!(userinfo(&op, "openid phone").await["phone_number"].is_null(), "not before it is proved");
    let (path, page) = fill(&mut browser, "/account/phone", &page, &[("code", &sms.code())]).await.page();
    assert_eq!(path, "/account/phone?changed=yes");
    assert!(page.body.contains("+442079460958"), "{}", page.body);
    let told = userinfo(&op, "openid phone").await;
    assert_eq!((&told["phone_number"], &told["phone_number_verified"]), (&json!("+442079460958"), &json!(true)));
    let notice = op.mail().await;
    assert!(notice.subject.contains("phone number") && !notice.text.contains("7946"), "{notice:?}");

    let row = rows::find(&mut op.app.db.conn().await.unwrap(), &op.app.tenant, &ada.id).await.unwrap().unwrap();
    assert!(!String::from_utf8_lossy(row.sealed_phone.as_ref().unwrap()).contains("2079460958"));
    assert_eq!(row.phone_hash, Some(op.app.master_key.token("phone +442079460958")));
    let (_, page) = browser.open("/account/activity?kind=changes").await.page();
    assert!(page.body.contains("You changed your phone number"), "{}", page.body);
}

#[actix_web::test]
async fn the_profile_leaves_the_number_alone_and_it_can_be_removed() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    prove(&op, &mut browser, "+442079460958").await;
    let (_, page) = browser.open("/account/profile").await.page();
    fill(&mut browser, "/account/profile", &page, &[("nickname", "Countess"), ("username", "ada")]).await.page();
    assert_eq!(userinfo(&op, "openid phone").await["phone_number"], "+442079460958");
    let (_, page) = browser.open("/account/phone").await.page();
    fill(&mut browser, "/account/phone", &page, &[("remove", "yes")]).await.page();
    let row = rows::find(&mut op.app.db.conn().await.unwrap(), &op.app.tenant, &ada.id).await.unwrap().unwrap();
    assert!(row.sealed_phone.is_none() && row.phone_hash.is_none() && row.phone_verified_at.is_none());
    assert_eq!(row.nickname.as_deref(), Some("Countess"));
}

#[actix_web::test]
async fn somebody_elses_code_proves_nothing_and_numbers_cannot_be_tried_at_will() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("bob").await;
    let mut ada = signed_in(&op, "ada").await;
    let (_, page) = ada.open("/account/phone").await.page();
    let (path, page) = fill(&mut ada, "/account/phone", &page, &[("phone", "+442079460958")]).await.page();
    let sms = op.sms().await;
    let mut bob = signed_in(&op, "bob").await;
    assert_eq!(bob.open(&path).await.page().1.status, 400);
    for _ in 0..2 {
        let (_, again) = ada.open("/account/phone").await.page();
        assert_eq!(fill(&mut ada, "/account/phone", &again, &[("phone", "+442079460958")]).await.page().1.status, 200);
    }
    let (_, often) = ada.open("/account/phone").await.page();
    let (_, often) = fill(&mut ada, "/account/phone", &often, &[("phone", "+442079460959")]).await.page();
    assert_eq!(often.status, 429);
    assert!(often.body.contains("+442079460959"), "what was typed is not lost");
    assert_eq!(
        fill(&mut ada, "/account/phone", &page, &[("code", &sms.code())]).await.page().0,
        "/account/phone?changed=yes"
    );
}
