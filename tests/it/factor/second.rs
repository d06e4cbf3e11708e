use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{Phone, sign_in, trust, with_app};
use crate::join::fill;
use crate::support::browser::{Browser, Stop, hidden, pairs, param};
use crate::support::{Answer, Op, PASSWORD, authorize, redeem};

/// The claims of the ID token that a code gives.
pub async fn claims(op: &Op, client: &signet::flow::admin::client::Registered, code: &str) -> Value {
    claims_of(&op.token(client, &redeem(code)).await)
}

/// The claims of the ID token in an answer of the token endpoint.
pub fn claims_of(answer: &Answer) -> Value {
    let tokens = answer.json();
    let payload = tokens["id_token"].as_str().unwrap().split('.').nth(1).unwrap().to_owned();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

/// Sixteen sign-ins from one address are none too many.
fn exempt(config: &mut signet::config::Config) {
    config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()];
}

/// Goes on from the second step.
pub async fn prove(browser: &mut Browser<'_>, page: &crate::support::Answer, code: &str) -> Stop {
    fill(browser, "/mfa", page, &[("code", code)]).await
}

#[actix_web::test]
async fn an_app_learns_of_the_second_factor() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let (_, login) = browser.open(&authorize(&client, &[])).await.page();
    let (path, page) = browser.sign_in(&login, "ada", PASSWORD).await.page();
    assert!(path.starts_with("/mfa?challenge=") && page.body.contains("Demo"), "{path}");
    assert!(browser.cookie("signet_session").is_none(), "the password alone is no session");
    let (_, wrong) = prove(&mut browser, &page, "000000").await.page();
    assert_eq!(wrong.status, 401);
    let back = prove(&mut browser, &wrong, &phone.code(op.app.clock.now())).await.away();
    let claims = claims(&op, &client, &param(&back, "code").unwrap()).await;
    assert_eq!(claims["acr"], "urn:signet:acr:mfa");
    assert_eq!(claims["amr"], json!(["pwd", "otp", "mfa"]));
}

#[actix_web::test]
async fn a_code_of_the_app_counts_once() {
    let op = Op::with(exempt).await;
    let (phone, _) = with_app(&op, "ada").await;
    assert_eq!(winners(&op, &phone.code(op.app.clock.now()), "totp").await, 1);
    op.wait(Duration::from_mins(15));
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    let earlier = signet::base::time::Ts(op.app.clock.now().0 - 60);
    assert_eq!(prove(&mut browser, &page, &phone.code(earlier)).await.page().1.status, 401, "too old");
    assert_eq!(prove(&mut browser, &page, &phone.code(op.app.clock.now())).await.page().0, "/");
}

#[actix_web::test]
async fn a_backup_code_counts_once() {
    let op = Op::with(exempt).await;
    let (_, codes) = with_app(&op, "ada").await;
    assert_eq!(winners(&op, &codes[3].to_uppercase().replace('-', " "), "backup").await, 1);
    op.wait(Duration::from_mins(15));
    let mut browser = Browser::new(&op);
    let (path, _) = sign_in(&mut browser, "ada").await.page();
    let (_, page) = browser.open(&format!("{path}&way=backup")).await.page();
    assert_eq!(prove(&mut browser, &page, &codes[3]).await.page().1.status, 401);
    assert_eq!(prove(&mut browser, &page, &codes[4]).await.page().0, "/");
}

/// How many of sixteen browsers get in with the same code at the same time.
async fn winners(op: &Op, code: &str, way: &str) -> usize {
    let mut waiting = Vec::new();
    for _ in 0..16 {
        let mut browser = Browser::new(op);
        let (path, _) = sign_in(&mut browser, "ada").await.page();
        let (_, page) = browser.open(&format!("{path}&way={way}")).await.page();
        waiting.push((browser, page));
    }
    let count = format!("factor {}", signet::flow::user::show(op.app.cx(), "ada").await.unwrap().0.id);
    let tries = waiting.into_iter().map(async |(mut browser, page)| {
        // the delay after wrong codes is another promise
        op.app.failures.people.forget(&count);
        prove(&mut browser, &page, code).await.page().0 == "/"
    });
    join_all(tries).await.into_iter().filter(|won| *won).count()
}

#[actix_web::test]
async fn a_trusted_browser_is_not_asked_for_a_month() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    trust(&op, &mut browser, &page, &phone).await;
    browser.forget("signet_session");
    op.wait(Duration::from_hours(24 * 30 - 1));
    assert_eq!(sign_in(&mut browser, "ada").await.page().0, "/");
    assert!(sign_in(&mut Browser::new(&op), "ada").await.page().0.starts_with("/mfa"), "another browser");
    browser.forget("signet_session");
    op.wait(Duration::from_hours(1));
    assert!(sign_in(&mut browser, "ada").await.page().0.starts_with("/mfa"));
}

#[actix_web::test]
async fn trust_is_for_one_person() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    with_app(&op, "eve").await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    trust(&op, &mut browser, &page, &phone).await;
    browser.forget("signet_session");
    assert!(sign_in(&mut browser, "eve").await.page().0.starts_with("/mfa"));
}

#[actix_web::test]
async fn five_wrong_codes_cost_a_quarter_of_an_hour() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    for _ in 0..5 {
        assert_eq!(prove(&mut browser, &page, "000000").await.page().1.status, 401);
    }
    let (_, locked) = prove(&mut browser, &page, &phone.code(op.app.clock.now())).await.page();
    assert_eq!((locked.status, locked.header("retry-after")), (429, "900"));
    // a new sign-in does not help
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    assert_eq!(prove(&mut browser, &page, &phone.code(op.app.clock.now())).await.page().1.status, 429);
    op.wait(Duration::from_mins(15));
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    assert_eq!(prove(&mut browser, &page, &phone.code(op.app.clock.now())).await.page().0, "/");
}

#[actix_web::test]
async fn the_step_belongs_to_its_browser_and_ends() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let (path, page) = sign_in(&mut browser, "ada").await.page();
    let mut other = Browser::new(&op);
    other.open("/login").await;
    assert_eq!(other.open(&path).await.page().1.status, 400);
    let mut form = hidden(&other.open("/login").await.page().1.body);
    form.extend(hidden(&page.body).into_iter().filter(|(name, _)| name == "challenge"));
    form.push(("code".to_owned(), phone.code(op.app.clock.now())));
    assert_eq!(other.submit("/mfa", &pairs(&form)).await.page().1.status, 400);
    op.wait(Duration::from_mins(41));
    assert_eq!(prove(&mut browser, &page, &phone.code(op.app.clock.now())).await.page().1.status, 400);
}

#[actix_web::test]
async fn a_new_password_does_not_take_the_second_factor_away() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    op.mails().await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/forgot").await.page();
    fill(&mut browser, "/forgot", &page, &[("email", "ada@example.com")]).await.page();
    let (_, page) = browser.open(&op.mail().await.link()).await.page();
    let form = [("new-password", "another good password")];
    let (path, page) = fill(&mut browser, "/reset", &page, &form).await.page();
    assert!(path.starts_with("/mfa"), "{path}");
    assert!(browser.cookie("signet_session").is_none());
    assert_eq!(prove(&mut browser, &page, &phone.code(op.app.clock.now())).await.page().0, "/");
}

#[actix_web::test]
async fn a_secret_is_nowhere_in_plain() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await;
    let (_, page) = browser.open("/account/security").await.page();
    let (_, set_up) = fill(&mut browser, "/account/security/totp", &page, &[]).await.page();
    let secret = super::text(&set_up, "totp-secret").replace(' ', "");
    let phone = Phone::new(&secret);
    let code = phone.code(op.app.clock.now());
    let (_, codes) =
        fill(&mut browser, "/account/security/totp", &set_up, &[("code", &code), ("name", "Phone")]).await.page();
    let backup = codes.body.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let user = signet::flow::user::show(op.app.cx(), "ada").await.unwrap().0;
    let conn = &mut op.app.db.conn().await.unwrap();
    let factors = signet::store::factor::list(conn, &op.app.tenant, &user.id).await.unwrap();
    let kept = String::from_utf8_lossy(&factors[0].sealed).into_owned();
    assert!(!kept.contains(&secret) && !kept.contains(&backup));
}
