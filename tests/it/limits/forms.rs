//! A form that was sent too often comes back as it was, and says when it may be sent again.

use signet::config::Config;

use crate::account::signed_in;
use crate::factor::{sign_in, with_app};
use crate::join::fill;
use crate::support::browser::{Browser, hidden, pairs};
use crate::support::{Answer, Op, PASSWORD};

fn refused(page: &Answer, name: &str) {
    assert_eq!(page.status, 429, "{name}: {}", page.body);
    assert!(page.body.contains("id=\"error-summary\""), "{name}: {}", page.body);
    assert!(page.header("retry-after").parse::<u64>().unwrap() > 0, "{name}");
}

/// Asks for another code as often as may be, and once more.
async fn resend(browser: &mut Browser<'_>, path: &str, page: Answer, (most, fields): (usize, &[(&str, &str)])) {
    let mut page = page;
    for n in 0..most {
        page = fill(browser, path, &page, fields).await.page().1;
        assert_eq!(page.status, 200, "{path}: {n}");
    }
    let (at, page) = fill(browser, path, &page, fields).await.page();
    refused(&page, path);
    assert!(page.body.contains("name=\"challenge\"") && page.body.contains("name=\"code\""), "{at}: {}", page.body);
}

#[actix_web::test]
async fn another_code_asked_for_too_often_leaves_the_page_for_the_code() {
    let op = Op::with(|config| config.factor.alone = vec!["email".to_owned()]).await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/signup").await.page();
    let fields = [("email", "grace@example.com"), ("name", "Grace"), ("password", PASSWORD)];
    let (_, page) = fill(&mut browser, "/signup", &page, &fields).await.page();
    let again = [("resend", "yes"), ("email", "hopper@example.com")];
    resend(&mut browser, "/verify", page, (2, &again)).await;

    let (_, page) = browser.open("/forgot").await.page();
    let (_, page) = fill(&mut browser, "/forgot", &page, &[("email", "ada@example.com")]).await.page();
    resend(&mut browser, "/reset", page, (2, &[("resend", "yes")])).await;

    let (_, page) = browser.open("/login").await.page();
    let mut form = hidden(&page.body);
    form.extend([("username", "ada"), ("by", "email")].map(|(name, value)| (name.to_owned(), value.to_owned())));
    let (_, page) = browser.submit("/login/code", &pairs(&form)).await.page();
    resend(&mut browser, "/login/code", page, (2, &[("resend", "yes")])).await;

    let mut browser = signed_in(&op, "ada").await;
    for (path, field, value) in
        [("/account/phone", "phone", "+442079460958"), ("/account/email", "email", "new@example.com")]
    {
        let (_, page) = browser.open(path).await.page();
        let (_, page) = fill(&mut browser, path, &page, &[(field, value)]).await.page();
        resend(&mut browser, path, page, (2, &[("resend", "yes")])).await;
    }
}

#[actix_web::test]
async fn a_mistyped_address_is_mended_on_the_page_that_comes_back() {
    let op = Op::start().await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/signup").await.page();
    let fields = [("email", "grace@example.com"), ("name", "Grace"), ("password", PASSWORD)];
    let (_, mut page) = fill(&mut browser, "/signup", &page, &fields).await.page();
    for _ in 0..3 {
        let fields = [("resend", "yes"), ("email", "hopper@example.com")];
        page = fill(&mut browser, "/verify", &page, &fields).await.page().1;
    }
    refused(&page, "verify");
    assert!(page.body.contains("value=\"hopper@example.com\""), "{}", page.body);
}

#[actix_web::test]
async fn a_second_step_sent_for_too_often_can_still_be_typed() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await.page();
    let (_, page) = browser.open("/account/security").await.page();
    let form = page.body.split("<form").find(|form| form.contains("name=\"add\" value=\"email\"")).unwrap();
    browser.submit("/account/security/factor", &pairs(&hidden(form))).await.page();
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    resend(&mut browser, "/mfa", page, (2, &[("send", "yes")])).await;
}

/// Two tries at once from one address.
fn strict(config: &mut Config) {
    config.limits.login_burst = 2;
}

#[actix_web::test]
async fn a_code_that_was_not_looked_at_need_not_be_typed_again() {
    let op = Op::with(strict).await;
    let (phone, codes) = with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    op.wait(std::time::Duration::from_mins(1));
    let (path, _) = sign_in(&mut browser, "ada").await.page();
    for way in ["totp", "backup"] {
        let code = if way == "totp" { phone.code(op.app.clock.now()) } else { codes[0].clone() };
        let (_, page) = browser.open(&format!("{path}&way={way}")).await.page();
        let mut last = page;
        for _ in 0..3 {
            last = fill(&mut browser, "/mfa", &last, &[("code", "1")]).await.page().1;
        }
        let (_, page) = fill(&mut browser, "/mfa", &last, &[("code", &code), ("trust", "yes")]).await.page();
        refused(&page, way);
        assert!(page.body.contains(&format!("value=\"{code}\"")), "{way}: {}", page.body);
        assert!(page.body.contains("value=\"yes\" checked"), "{way}: {}", page.body);
    }
}

#[actix_web::test]
async fn a_new_password_sent_too_often_is_typed_again_on_the_same_page() {
    let op = Op::with(strict).await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/forgot").await.page();
    fill(&mut browser, "/forgot", &page, &[("email", "ada@example.com")]).await.page();
    let (_, mut page) = browser.open(&op.mail().await.link()).await.page();
    for _ in 0..3 {
        page = fill(&mut browser, "/reset", &page, &[("new-password", "short")]).await.page().1;
    }
    refused(&page, "reset");
    assert!(page.body.contains("id=\"new-password\"") && !page.body.contains("value=\"short\""), "{}", page.body);
}
