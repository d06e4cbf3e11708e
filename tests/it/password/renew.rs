use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;
use signet::flow::admin::access::{Given, Then};
use signet::model::audit::Action;

use super::{NEXT, sign_in, signs_in};
use crate::factor::{claims, passkey, prove, trust, with_app};
use crate::join::fill;
use crate::support::browser::{Browser, Stop, hidden, pairs, param};
use crate::support::people;
use crate::support::{Answer, Op, PASSWORD, authorize, redeem};

const RENEW: &str = "/new-password";

async fn require(op: &Op) {
    people::require_password_change(op.app.cx(), "ada").await.unwrap();
}

async fn choose(browser: &mut Browser<'_>, page: &Answer, new: &str) -> Stop {
    fill(browser, RENEW, page, &[("new-password", new)]).await
}

/// To the page that demands another password.
async fn stopped<'a>(op: &'a Op, password: &str) -> (Browser<'a>, Answer) {
    let mut browser = Browser::new(op);
    let (path, page) = sign_in(&mut browser, password).await.page();
    assert!(path.starts_with("/new-password?challenge="), "{path} {}", page.body);
    (browser, page)
}

#[actix_web::test]
async fn no_session_and_no_code_before_another_is_chosen_and_then_on_to_the_app() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut laptop = Browser::new(&op);
    let code = laptop.code(&authorize(&client, &[("scope", "openid offline_access")]), "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    require(&op).await;
    assert_eq!(laptop.open("/").await.page().0, "/", "it ends nothing by itself");

    let mut browser = Browser::new(&op);
    let (_, login) = browser.open(&authorize(&client, &[])).await.page();
    let (path, page) = browser.sign_in(&login, "ada", PASSWORD).await.page();
    assert!(path.starts_with("/new-password?challenge=") && page.body.contains("Demo"), "{path} {}", page.body);
    assert!(browser.cookie("signet_session").is_none());
    let silent = browser.open(&authorize(&client, &[("prompt", "none")])).await.away();
    assert_eq!(param(&silent, "error").as_deref(), Some("login_required"));
    for (bad, told) in [(PASSWORD, "lately"), ("short", "at least 8"), ("password1", "guessed first")] {
        let (_, again) = choose(&mut browser, &page, bad).await.page();
        assert!(again.status == 400 && again.body.contains(told), "{bad}: {}", again.body);
        assert!(browser.cookie("signet_session").is_none());
    }
    assert!(op.mails().await.is_empty());
    let back = choose(&mut browser, &page, NEXT).await.away();
    let claims = claims(&op, &client, &param(&back, "code").unwrap()).await;
    assert_eq!((&claims["amr"], &claims["acr"]), (&json!(["pwd"]), &json!("urn:signet:acr:1fa")));

    assert!(laptop.open("/").await.page().0.starts_with("/login"), "signed out elsewhere");
    let form = [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())];
    assert_eq!(op.token(&client, &form).await.error(), (400, "invalid_grant".into()));
    assert!(op.mail().await.subject.contains("was changed"));
    assert_eq!(choose(&mut browser, &page, "one more good password").await.page().1.status, 400, "once");
    assert!(!signs_in(&op, PASSWORD).await);
    assert!(signs_in(&op, NEXT).await, "and not asked again");
    let rows = op.audit(100).await;
    let set = rows.iter().find(|row| row.action == Action::PasswordSet).unwrap();
    assert_eq!(set.detail, "had to be changed");
}

#[actix_web::test]
async fn a_password_grows_old() {
    let (age, moment) = (Duration::from_hours(24 * 90), Duration::from_secs(1));
    let nearly = age.saturating_sub(moment);
    let op = Op::with(|config| config.password.max_age = age).await;
    op.user("ada").await;
    op.wait(nearly);
    assert!(signs_in(&op, PASSWORD).await);
    op.wait(moment);
    let (mut browser, page) = stopped(&op, PASSWORD).await;
    assert!(page.body.contains("too old"), "{}", page.body);
    assert_eq!(choose(&mut browser, &page, NEXT).await.page().0, "/");
    op.wait(nearly);
    assert!(signs_in(&op, NEXT).await);
}

/// Without a history the password of today could stay for ever.
#[actix_web::test]
async fn it_has_to_be_another_also_where_former_ones_are_no_matter() {
    let op = Op::with(|config| config.password.history = 0).await;
    op.user("ada").await;
    require(&op).await;
    let (mut browser, page) = stopped(&op, PASSWORD).await;
    assert_eq!(choose(&mut browser, &page, PASSWORD).await.page().1.status, 400);
    assert_eq!(choose(&mut browser, &page, NEXT).await.page().0, "/");
}

/// Nor by the page of an account where one chooses another without need.
#[actix_web::test]
async fn who_is_signed_in_chooses_another_as_well() {
    let op = Op::with(|config| config.password.history = 0).await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, PASSWORD).await.page();
    let change = async |browser: &mut Browser<'_>, new: &str| {
        let (_, form) = browser.open("/account/password").await.page();
        fill(browser, "/account/password", &form, &[("new-password", new)]).await.page().1.status
    };
    assert_eq!(change(&mut browser, PASSWORD).await, 200, "as the settings are");
    require(&op).await;
    assert_eq!(change(&mut browser, PASSWORD).await, 400);
    assert_eq!(change(&mut browser, NEXT).await, 200);
    assert!(signs_in(&op, NEXT).await);
}

/// The way back into an account that is being left is no way around it.
#[actix_web::test]
async fn who_keeps_the_account_chooses_another_first() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut leaving = Browser::new(&op);
    sign_in(&mut leaving, PASSWORD).await.page();
    let (_, page) = leaving.open("/account/privacy").await.page();
    let form = hidden(page.body.split("delete-form").nth(1).unwrap());
    assert_eq!(leaving.submit("/account/privacy", &pairs(&form)).await.page().0, "/leaving");
    require(&op).await;

    let mut late = Browser::new(&op);
    let (_, question) = sign_in(&mut late, PASSWORD).await.page();
    op.wait(Duration::from_mins(11));
    assert_eq!(fill(&mut late, "/leaving", &question, &[]).await.page().1.status, 400, "too late");
    let (path, _) = sign_in(&mut late, PASSWORD).await.page();
    op.wait(Duration::from_mins(11));
    assert_eq!(late.open(&path).await.page().1.status, 400, "to be seen as well");

    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let (_, login) = browser.open(&authorize(&client, &[])).await.page();
    let (path, question) = browser.sign_in(&login, "ada", PASSWORD).await.page();
    assert!(path.starts_with("/leaving?challenge="), "{path}");
    let (path, page) = fill(&mut browser, "/leaving", &question, &[]).await.page();
    assert!(path.starts_with("/new-password?challenge="), "{path}");
    assert!(browser.cookie("signet_session").is_none());
    let back = choose(&mut browser, &page, NEXT).await.away();
    assert!(param(&back, "code").is_some(), "on to the app");
}

#[actix_web::test]
async fn a_password_of_an_operator_may_be_for_one_sign_in() {
    let op = Op::start().await;
    op.user("ada").await;
    people::set_password(op.app.cx(), "ada", Given::Plain(NEXT), Then::Change).await.unwrap();
    let (mut browser, page) = stopped(&op, NEXT).await;
    assert!(page.body.contains("Before you go on"), "{}", page.body);
    assert_eq!(choose(&mut browser, &page, "one more good password").await.page().0, "/");
    // one that is chosen after a letter was chosen by the person as well
    require(&op).await;
    let mut browser = Browser::new(&op);
    op.mails().await;
    let (_, page) = browser.open("/forgot").await.page();
    fill(&mut browser, "/forgot", &page, &[("email", "ada@example.com")]).await.page();
    let (_, page) = browser.open(&op.mail().await.link()).await.page();
    assert_eq!(fill(&mut browser, "/reset", &page, &[("new-password", "by letter this time")]).await.page().0, "/");
    assert!(signs_in(&op, "by letter this time").await);
}

#[actix_web::test]
async fn the_second_factor_comes_first_and_its_trust_lasts() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    require(&op).await;
    let mut browser = Browser::new(&op);
    let (_, login) = browser.open(&authorize(&client, &[])).await.page();
    let (path, page) = browser.sign_in(&login, "ada", PASSWORD).await.page();
    assert!(path.starts_with("/mfa?challenge="), "{path}");
    let (path, page) = trust(&op, &mut browser, &page, &phone).await;
    assert!(path.starts_with("/new-password?challenge=") && page.body.contains("Demo"), "{path}");
    assert!(browser.cookie("signet_session").is_none() && browser.cookie("signet_trusted").is_none());
    let back = choose(&mut browser, &page, NEXT).await.away();
    let claims = claims(&op, &client, &param(&back, "code").unwrap()).await;
    assert_eq!(claims["amr"], json!(["pwd", "otp", "mfa"]));
    browser.forget("signet_session");
    assert_eq!(sign_in(&mut browser, NEXT).await.page().0, "/", "the browser is trusted");
    let (path, page) = sign_in(&mut Browser::new(&op), NEXT).await.page();
    assert!(path.starts_with("/mfa"), "others are not: {path} {}", page.body);
}

/// The password has no part in it.
#[actix_web::test]
async fn a_passkey_is_not_held_up() {
    let op = Op::with(|config| config.password.max_age = Duration::from_hours(1)).await;
    let mut device = passkey::with_passkey(&op, "ada").await;
    op.wait(Duration::from_hours(2));
    require(&op).await;
    assert_eq!(passkey::enter(&mut Browser::new(&op), &mut device).await.page().0, "/");
}

/// A session that is made surer has begun before.
#[actix_web::test]
async fn a_step_up_is_not_held_up() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, PASSWORD).await.page();
    trust(&op, &mut browser, &page, &phone).await;
    browser.forget("signet_session");
    op.wait(Duration::from_mins(1));
    assert_eq!(sign_in(&mut browser, PASSWORD).await.page().0, "/");
    require(&op).await;
    let asked = authorize(&client, &[("acr_values", "urn:signet:acr:mfa")]);
    let (path, page) = browser.open(&asked).await.page();
    assert!(path.starts_with("/mfa"), "{path}");
    let back = prove(&mut browser, &page, &phone.code(op.app.clock.now())).await.away();
    assert!(param(&back, "code").is_some(), "{back}");
}

#[actix_web::test]
async fn the_step_belongs_to_its_browser_and_ends() {
    let op = Op::start().await;
    op.user("ada").await;
    require(&op).await;
    let mut browser = Browser::new(&op);
    let (path, page) = sign_in(&mut browser, PASSWORD).await.page();
    let mut other = Browser::new(&op);
    other.open("/login").await;
    assert_eq!(other.open(&path).await.page().1.status, 400);
    op.wait(Duration::from_mins(10));
    assert_eq!(choose(&mut browser, &page, NEXT).await.page().1.status, 400);
    assert!(!signs_in(&op, NEXT).await);
    let (mut browser, page) = stopped(&op, PASSWORD).await;
    op.wait(Duration::from_secs(599));
    assert_eq!(choose(&mut browser, &page, NEXT).await.page().0, "/");
}

#[actix_web::test]
async fn whoever_changes_the_password_meanwhile_has_the_last_word() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut owner = Browser::new(&op);
    sign_in(&mut owner, PASSWORD).await;
    require(&op).await;
    let (mut thief, page) = stopped(&op, PASSWORD).await;
    let (_, form) = owner.open("/account/password").await.page();
    fill(&mut owner, "/account/password", &form, &[("new-password", NEXT)]).await.page();
    assert_eq!(choose(&mut thief, &page, "of the thief alone").await.page().1.status, 400);
    assert!(signs_in(&op, NEXT).await);

    require(&op).await;
    let (mut late, page) = stopped(&op, NEXT).await;
    people::set_enabled(op.app.cx(), "ada", false).await.unwrap();
    assert_eq!(choose(&mut late, &page, "one more good password").await.page().1.status, 400);
}

/// Not only by ending the challenge: the password that was proved must be the one that is replaced.
#[actix_web::test]
async fn the_password_that_was_right_must_still_be_the_one() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    require(&op).await;
    let (mut browser, page) = stopped(&op, PASSWORD).await;
    let row = signet::model::user::Password {
        tenant_id: ada.tenant_id,
        user_id: ada.id,
        phc: op.app.passwords.hash(NEXT).await.unwrap(),
        changed_at: op.app.clock.now(),
        must_change: false,
    };
    op.app.db.write(async |tx| signet::store::user::set_password(tx, &row, 0).await).await.unwrap();
    assert_eq!(choose(&mut browser, &page, "one more good password").await.page().1.status, 400);
    assert!(signs_in(&op, NEXT).await);
}

/// A second step that waits has begun with the password until now.
#[actix_web::test]
async fn another_password_ends_sign_ins_that_are_half_done() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let mut owner = Browser::new(&op);
    let (_, page) = sign_in(&mut owner, PASSWORD).await.page();
    prove(&mut owner, &page, &phone.code(op.app.clock.now())).await.page();
    op.wait(Duration::from_mins(1));
    let mut thief = Browser::new(&op);
    let (_, half) = sign_in(&mut thief, PASSWORD).await.page();
    let (_, form) = owner.open("/account/password").await.page();
    fill(&mut owner, "/account/password", &form, &[("new-password", NEXT)]).await.page();
    assert_eq!(prove(&mut thief, &half, &phone.code(op.app.clock.now())).await.page().1.status, 400);
}

#[actix_web::test]
async fn of_many_at_once_one_wins() {
    let op = Op::with(|config| config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()]).await;
    op.user("ada").await;
    require(&op).await;
    let mut waiting = Vec::new();
    for n in 0..8 {
        let (browser, page) = stopped(&op, PASSWORD).await;
        waiting.push((browser, page, format!("{NEXT} {n}")));
    }
    let tries = waiting
        .into_iter()
        .map(async |(mut browser, page, new)| (choose(&mut browser, &page, &new).await.page().0 == "/").then_some(new));
    let won: Vec<String> = join_all(tries).await.into_iter().flatten().collect();
    assert_eq!(won.len(), 1, "{won:?}");
    assert!(signs_in(&op, &won[0]).await);
}
