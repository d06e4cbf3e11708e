use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;
use signet::flow::user;

use super::fill;
use crate::support::browser::{Browser, param};
use crate::support::{Answer, Op, PASSWORD, authorize};

const NEW: &str = "grace@example.com";

/// From the sign-up page to the page that asks for the code.
async fn sign_up(browser: &mut Browser<'_>, start: &str, email: &str) -> Answer {
    let (_, page) = browser.open(start).await.page();
    let fields = [("email", email), ("name", "Grace"), ("password", PASSWORD)];
    let (path, page) = fill(browser, "/signup", &page, &fields).await.page();
    assert!(path.starts_with("/verify?challenge="), "{path}: {}", page.body);
    page
}

#[actix_web::test]
async fn somebody_new_comes_back_to_the_app_by_the_code() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    let (path, login) = browser.open(&authorize(&client, &[])).await.page();
    let request = path.split("request=").nth(1).unwrap();
    assert!(login.body.contains(&format!("/signup?request={request}")));

    let page = sign_up(&mut browser, &format!("/signup?request={request}"), NEW).await;
    assert!(page.body.contains("Demo"), "the app stays in sight");
    let mail = op.mail().await;
    assert_eq!(mail.to, NEW);
    assert!(mail.subject.contains("Signet") && mail.html.contains(&mail.code()), "{mail:?}");
    assert!(user::show(op.app.cx(), NEW).await.is_err(), "nobody exists before the address is proved");

    let (path, page) = fill(&mut browser, "/verify", &page, &[("code", &mail.code())]).await.page();
    assert!(path.starts_with("/consent"), "{path}");
    let back = browser.consent(&page, "allow").await.away();
    assert!(param(&back, "code").is_some(), "{back}");
    let (user, roles) = user::show(op.app.cx(), NEW).await.unwrap();
    assert_eq!((user.username.as_str(), user.name.as_deref()), ("grace", Some("Grace")));
    assert!(user.email_verified_at.is_some());
    assert_eq!(roles, ["user"]);
}

#[actix_web::test]
async fn the_link_works_in_another_browser_and_the_first_goes_on() {
    let op = Op::start().await;
    let client = op.client(json!({ "first_party": true })).await;
    let (mut browser, mut phone) = (Browser::new(&op), Browser::new(&op));
    let (path, _) = browser.open(&authorize(&client, &[])).await.page();
    let request = path.split("request=").nth(1).unwrap();
    let page = sign_up(&mut browser, &format!("/signup?request={request}"), NEW).await;
    let link = op.mail().await.link();

    let (_, confirm) = phone.open(&link).await.page();
    assert!(user::show(op.app.cx(), NEW).await.is_err(), "a machine that opens links proves nothing");
    let (_, refused) = fill(&mut phone, "/verify", &confirm, &[("password", "some other words")]).await.page();
    assert_eq!(refused.status, 400);
    assert!(phone.cookie("signet_session").is_none(), "a mailbox alone signs nobody in");
    assert!(user::show(op.app.cx(), NEW).await.is_err(), "nor makes it an account of what a stranger has typed");
    assert_eq!(fill(&mut phone, "/verify", &refused, &[("password", PASSWORD)]).await.page().0, "/");

    let challenge = super::hidden(&page.body).into_iter().find(|(name, _)| name == "challenge").unwrap().1;
    let (_, confirmed) = browser.open(&format!("/verify?challenge={challenge}")).await.page();
    let back = fill(&mut browser, "/verify", &confirmed, &[]).await.away();
    assert!(param(&back, "code").is_some(), "{back}");

    let (_, used) = phone.open(&link).await.page();
    assert_eq!(used.status, 400);
    assert!(used.body.contains("used already"), "{}", used.body);
}

/// The page is the same for an address that has an account; only its owner learns of it.
#[actix_web::test]
async fn whether_an_address_is_taken_only_its_mailbox_learns() {
    let op = Op::start().await;
    op.user("ada").await;
    let neutral = |page: &Answer, email: &str| {
        let text = page.body.replace(email, "EMAIL");
        let changing = super::hidden(&page.body).into_iter().map(|(_, value)| value);
        changing
            .fold(text, |text, value| text.replace(&value, "…"))
            .split("nonce=\"")
            .map(|part| part.split_once('"').map_or(part, |(_, rest)| rest).to_owned())
            .collect::<String>()
    };
    let mut pages = Vec::new();
    for email in [NEW, "ada@example.com", "ADA@example.com"] {
        let page = sign_up(&mut Browser::new(&op), "/signup", email).await;
        pages.push((page.status, neutral(&page, email)));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0].0, pages[2].0);
    let mails = op.mails().await;
    assert!(mails[1].subject.contains("already") && !mails[1].text.contains("Grace"), "{:?}", mails[1]);
    assert!(mails[1].link().starts_with("/login"));
}

#[actix_web::test]
async fn wrong_codes_end_the_tries_and_another_letter_helps() {
    let op = Op::start().await;
    let mut browser = Browser::new(&op);
    let mut page = sign_up(&mut browser, "/signup", NEW).await;
    let right = op.mail().await.code();
    let wrong = if right == "000000" { "111111" } else { "000000" };
    for _ in 0..5 {
        page = fill(&mut browser, "/verify", &page, &[("code", wrong)]).await.page().1;
        assert_eq!(page.status, 400);
        assert!(page.body.contains("This code is wrong"), "{}", page.body);
    }
    let (_, page) = fill(&mut browser, "/verify", &page, &[("code", &right)]).await.page();
    assert!(page.body.contains("cannot be used any more"), "{}", page.body);

    let form = [("resend", "yes"), ("email", NEW)];
    let (path, page) = fill(&mut browser, "/verify", &page, &form).await.page();
    assert!(path.contains("again=yes"), "{path}");
    let (path, _) = fill(&mut browser, "/verify", &page, &[("code", &op.mail().await.code())]).await.page();
    assert_eq!(path, "/");
}

#[actix_web::test]
async fn a_mistyped_address_can_be_mended_and_the_first_code_ends() {
    let op = Op::start().await;
    let mut browser = Browser::new(&op);
    let page = sign_up(&mut browser, "/signup", "grcae@example.com").await;
    let first = op.mail().await;
    let (_, page) = fill(&mut browser, "/verify", &page, &[("resend", "yes"), ("email", "no address")]).await.page();
    assert_eq!(page.status, 400);
    let (_, page) = fill(&mut browser, "/verify", &page, &[("resend", "yes"), ("email", NEW)]).await.page();
    assert!(page.body.contains(NEW));
    assert_eq!(Browser::new(&op).open(&first.link()).await.page().1.status, 400);
    let mail = op.mail().await;
    assert_eq!(mail.to, NEW);
    fill(&mut browser, "/verify", &page, &[("code", &mail.code())]).await.page();
    assert!(user::show(op.app.cx(), NEW).await.is_ok());
}

#[actix_web::test]
async fn of_many_at_once_one_makes_the_account() {
    let op = Op::start().await;
    let mut browser = Browser::new(&op);
    sign_up(&mut browser, "/signup", NEW).await;
    let link = op.mail().await.link();
    let follow = async || {
        let mut browser = Browser::new(&op);
        let page = browser.open(&link).await.page().1;
        if page.status != 200 {
            return false;
        }
        fill(&mut browser, "/verify", &page, &[("password", PASSWORD)]).await.page().0 == "/"
    };
    let won = join_all((0..4).map(|_| follow())).await;
    assert_eq!(won.into_iter().filter(|won| *won).count(), 1);
}

#[actix_web::test]
async fn what_may_not_sign_up_is_told_why() {
    let op = Op::with(|config| {
        config.registration.domains = vec!["example.com".to_owned()];
        config.registration.terms_uri = "https://example.com/terms".to_owned();
        config.registration.terms_version = "2026-01".to_owned();
        config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()];
    })
    .await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/signup").await.page();
    for (fields, told) in [
        ([("email", "x"), ("password", PASSWORD), ("terms", "yes")], "Enter an e-mail address"),
        ([("email", "a@else.where"), ("password", PASSWORD), ("terms", "yes")], "example.com"),
        ([("email", NEW), ("password", "short"), ("terms", "yes")], "at least 8 characters"),
        ([("email", NEW), ("password", "grace"), ("terms", "yes")], "at least"),
        ([("email", NEW), ("password", PASSWORD), ("other", "yes")], "Accept the terms"),
    ] {
        let (_, again) = fill(&mut browser, "/signup", &page, &fields).await.page();
        assert_eq!(again.status, 400, "{fields:?}");
        assert!(again.body.contains(told), "{told}: {}", again.body);
    }
    assert!(op.mails().await.is_empty());
    let fields = [("email", NEW), ("password", PASSWORD), ("terms", "yes")];
    fill(&mut browser, "/signup", &page, &fields).await.page();
    assert_eq!(op.mails().await.len(), 1);
}

#[actix_web::test]
async fn closed_means_closed_and_approval_has_to_wait() {
    let op = Op::with(|config| config.registration.mode = "closed".to_owned()).await;
    assert_eq!(op.get("/signup").await.status, 403);
    assert!(!op.get("/login").await.body.contains("/signup"));

    let op = Op::with(|config| config.registration.mode = "approval".to_owned()).await;
    let mut browser = Browser::new(&op);
    let page = sign_up(&mut browser, "/signup", NEW).await;
    let (_, told) = fill(&mut browser, "/verify", &page, &[("code", &op.mail().await.code())]).await.page();
    assert!(told.body.contains("An administrator has to let you in"), "{}", told.body);
    assert!(browser.cookie("signet_session").is_none());
    let (_, login) = browser.open("/login").await.page();
    assert_eq!(browser.sign_in(&login, NEW, PASSWORD).await.page().1.status, 403);
}

#[actix_web::test]
async fn a_code_ends_and_belongs_to_its_browser() {
    let op = Op::start().await;
    let mut browser = Browser::new(&op);
    let page = sign_up(&mut browser, "/signup", NEW).await;
    let mail = op.mail().await;
    let mut other = Browser::new(&op);
    other.open("/login").await;
    let challenge = super::hidden(&page.body).into_iter().find(|(name, _)| name == "challenge").unwrap().1;
    assert_eq!(other.open(&format!("/verify?challenge={challenge}")).await.page().1.status, 400);
    op.wait(Duration::from_hours(24));
    let (_, over) = fill(&mut browser, "/verify", &page, &[("code", &mail.code())]).await.page();
    assert!(over.body.contains("cannot be used any more"), "{}", over.body);
    assert_eq!(Browser::new(&op).open(&mail.link()).await.page().1.status, 400);
}

#[actix_web::test]
async fn signing_up_has_its_limits() {
    let op = Op::start().await;
    for n in 0..3 {
        sign_up(&mut Browser::new(&op), "/signup", &format!("new{n}@example.com")).await;
    }
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/signup").await.page();
    let fields = [("email", NEW), ("name", "Grace"), ("password", PASSWORD)];
    let (_, refused) = fill(&mut browser, "/signup", &page, &fields).await.page();
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "1200");
}

/// The tab where somebody signed up is no way around what was added to the account since.
#[actix_web::test]
async fn going_on_where_it_began_asks_for_a_second_factor() {
    let op = Op::start().await;
    let mut browser = Browser::new(&op);
    let page = sign_up(&mut browser, "/signup", NEW).await;
    let challenge = super::hidden(&page.body).into_iter().find(|(name, _)| name == "challenge").unwrap().1;
    let mut phone = Browser::new(&op);
    let (_, confirm) = phone.open(&op.mail().await.link()).await.page();
    fill(&mut phone, "/verify", &confirm, &[("password", PASSWORD)]).await.page();
    crate::factor::add_app(&op, &mut phone).await;
    let at = format!("/verify?challenge={challenge}");
    let (_, confirmed) = browser.open(&at).await.page();
    let (path, _) = fill(&mut browser, "/verify", &confirmed, &[]).await.page();
    assert!(path.starts_with("/mfa"), "{path}");
    assert!(browser.cookie("signet_session").is_none());
}

#[actix_web::test]
async fn going_on_where_it_began_ends_soon_after_the_proof() {
    let op = Op::start().await;
    let mut browser = Browser::new(&op);
    let page = sign_up(&mut browser, "/signup", NEW).await;
    let challenge = super::hidden(&page.body).into_iter().find(|(name, _)| name == "challenge").unwrap().1;
    let mut phone = Browser::new(&op);
    let (_, confirm) = phone.open(&op.mail().await.link()).await.page();
    fill(&mut phone, "/verify", &confirm, &[("password", PASSWORD)]).await.page();
    let (_, confirmed) = browser.open(&format!("/verify?challenge={challenge}")).await.page();
    op.wait(Duration::from_mins(30));
    assert_eq!(fill(&mut browser, "/verify", &confirmed, &[]).await.page().1.status, 400);
    assert!(browser.cookie("signet_session").is_none());
}

/// A mistyped address is mended a few times, not written to all the world.
#[actix_web::test]
async fn each_address_that_is_written_to_counts() {
    let op = Op::start().await;
    let mut browser = Browser::new(&op);
    let mut page = sign_up(&mut browser, "/signup", "first@example.com").await;
    for n in 0..2 {
        let fields = [("resend", "yes"), ("email", &format!("other{n}@example.com"))];
        page = fill(&mut browser, "/verify", &page, &fields).await.page().1;
        assert_eq!(page.status, 200);
    }
    op.wait(Duration::from_mins(10));
    let fields = [("resend", "yes"), ("email", "other9@example.com")];
    assert_eq!(fill(&mut browser, "/verify", &page, &fields).await.page().1.status, 429);
    assert_eq!(op.mails().await.len(), 3);
}

/// Looking at what was typed is work as well.
#[actix_web::test]
async fn sign_ups_with_mistakes_have_their_limit() {
    let op = Op::start().await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/signup").await.page();
    let fields = [("email", NEW), ("name", "Grace"), ("password", "short")];
    for n in 0..30 {
        assert_eq!(fill(&mut browser, "/signup", &page, &fields).await.page().1.status, 400, "{n}");
    }
    assert_eq!(fill(&mut browser, "/signup", &page, &fields).await.page().1.status, 429);
    op.wait(Duration::from_secs(10));
    let good = [("email", NEW), ("name", "Grace"), ("password", PASSWORD)];
    assert!(fill(&mut browser, "/signup", &page, &good).await.page().0.starts_with("/verify?challenge="));
}
