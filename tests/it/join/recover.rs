use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;

use super::fill;
use crate::support::browser::{Browser, Stop, hidden, param};
use crate::support::{Answer, Op, PASSWORD, authorize, redeem};

const NEXT: &str = "another good password";

/// From the page of a forgotten password to the one that asks for the code.
async fn forget(browser: &mut Browser<'_>, start: &str, email: &str) -> Answer {
    let (_, page) = browser.open(start).await.page();
    let (path, page) = fill(browser, "/forgot", &page, &[("email", email)]).await.page();
    assert!(path.starts_with("/reset?challenge="), "{path}: {}", page.body);
    page
}

/// Whether a password signs in.
async fn signs_in(op: &Op, password: &str) -> bool {
    let mut browser = Browser::new(op);
    let (_, login) = browser.open("/login").await.page();
    browser.sign_in(&login, "ada", password).await.page().0 == "/"
}

#[actix_web::test]
async fn by_code_back_to_the_app_and_out_everywhere_else() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut laptop = Browser::new(&op);
    let code = laptop.code(&authorize(&client, &[("scope", "openid offline_access")]), "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    let refresh = tokens["refresh_token"].as_str().unwrap();

    let mut browser = Browser::new(&op);
    let (path, _) = browser.open(&authorize(&client, &[])).await.page();
    let request = path.split("request=").nth(1).unwrap();
    let page = forget(&mut browser, &format!("/forgot?request={request}"), "ADA@example.com").await;
    let (path, page) = fill(&mut browser, "/reset", &page, &[("code", &op.mail().await.code())]).await.page();
    assert!(path.starts_with("/reset?challenge="), "{path}");
    let (_, again) = fill(&mut browser, "/reset", &page, &[("new-password", "short")]).await.page();
    assert_eq!(again.status, 400);
    let back = fill(&mut browser, "/reset", &again, &[("new-password", NEXT)]).await.away();
    assert!(param(&back, "code").is_some(), "{back}");

    assert!(signs_in(&op, NEXT).await && !signs_in(&op, PASSWORD).await);
    assert!(matches!(laptop.open("/").await, Stop::Page { path, .. } if path.starts_with("/login")));
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    assert_eq!(op.token(&client, &form).await.error(), (400, "invalid_grant".to_owned()));
    let notice = op.mail().await;
    assert!(notice.subject.contains("was changed") && notice.link() == "/forgot", "{notice:?}");
}

#[actix_web::test]
async fn by_link_once() {
    let op = Op::start().await;
    op.user("ada").await;
    forget(&mut Browser::new(&op), "/forgot", "ada@example.com").await;
    let link = op.mail().await.link();
    let reset = async |password: &str| {
        let mut browser = Browser::new(&op);
        let page = browser.open(&link).await.page().1;
        if page.status != 200 {
            return false;
        }
        fill(&mut browser, "/reset", &page, &[("new-password", password)]).await.page().0 == "/"
    };
    let passwords: Vec<String> = (0..16).map(|n| format!("{NEXT} {n}")).collect();
    let won = join_all(passwords.iter().map(|password| reset(password))).await;
    let winner = won.iter().position(|won| *won).unwrap();
    assert_eq!(won.into_iter().filter(|won| *won).count(), 1);
    assert!(signs_in(&op, &passwords[winner]).await);
}

#[actix_web::test]
async fn an_unknown_address_looks_the_same_and_gets_nothing() {
    let op = Op::start().await;
    op.user("ada").await;
    let neutral = |page: &Answer, email: &str| {
        let changing = hidden(&page.body).into_iter().map(|(_, value)| value);
        let text = changing.fold(page.body.replace(email, "EMAIL"), |text, value| text.replace(&value, "…"));
        text.split("nonce=\"")
            .map(|part| part.split_once('"').map_or("", |(_, rest)| rest).to_owned())
            .collect::<String>()
    };
    let mut browser = Browser::new(&op);
    let unknown = forget(&mut browser, "/forgot", "nobody@example.com").await;
    assert!(op.mails().await.is_empty());
    let known = forget(&mut Browser::new(&op), "/forgot", "ada@example.com").await;
    assert_eq!(neutral(&known, "ada@example.com"), neutral(&unknown, "nobody@example.com"));
    let (_, wrong) = fill(&mut browser, "/reset", &unknown, &[("code", "123456")]).await.page();
    assert_eq!(wrong.status, 400);
}

/// The letter was for the account as it was then.
#[actix_web::test]
async fn a_password_changed_meanwhile_ends_the_letter() {
    let op = Op::start().await;
    op.user("ada").await;
    forget(&mut Browser::new(&op), "/forgot", "ada@example.com").await;
    let link = op.mail().await.link();
    op.set_password("ada", "set by somebody else").await;
    let refused = Browser::new(&op).open(&link).await.page().1;
    assert_eq!(refused.status, 400, "{}", refused.body);
    assert!(signs_in(&op, "set by somebody else").await);
}

#[actix_web::test]
async fn a_new_password_needs_the_proof() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let page = forget(&mut browser, "/forgot", "ada@example.com").await;
    let (_, refused) = fill(&mut browser, "/reset", &page, &[("new-password", NEXT)]).await.page();
    assert_eq!(refused.status, 400);
    op.wait(Duration::from_mins(30));
    let code = op.mails().await;
    assert!(code.is_empty(), "what has ended is not sent");
    assert!(signs_in(&op, PASSWORD).await);
}

#[actix_web::test]
async fn nobody_is_flooded_with_letters() {
    let op = Op::with(|config| config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()]).await;
    op.user("ada").await;
    for _ in 0..5 {
        forget(&mut Browser::new(&op), "/forgot", "ada@example.com").await;
    }
    assert_eq!(op.mails().await.len(), 3);
    op.wait(Duration::from_hours(1));
    forget(&mut Browser::new(&op), "/forgot", "ada@example.com").await;
    assert_eq!(op.mails().await.len(), 1);
}

/// Otherwise guesses from many addresses would add up: each challenge has its own tries.
#[actix_web::test]
async fn a_code_that_nobody_was_told_cannot_be_guessed() {
    let op = Op::with(|config| config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()]).await;
    op.user("ada").await;
    let codes = async |email: &str| {
        let page = forget(&mut Browser::new(&op), "/forgot", email).await;
        let id = hidden(&page.body).into_iter().find(|(name, _)| name == "challenge").unwrap().1;
        let conn = &mut op.app.db.conn().await.unwrap();
        let row = signet::store::challenge::find(conn, &op.app.tenant, &id.as_str().into()).await.unwrap().unwrap();
        !row.code_hash.is_empty()
    };
    for told in [true, true, true, false, false] {
        assert_eq!(codes("ada@example.com").await, told);
    }
    assert!(!codes("nobody@example.com").await);
}

/// What looks like the address in small letters may be another mailbox.
#[actix_web::test]
async fn the_letter_goes_to_the_address_as_it_is_kept() {
    let op = Op::start().await;
    op.user("mike").await;
    for typed in ["MIKE@EXAMPLE.COM", "mi\u{212a}e@example.com"] {
        let mut browser = Browser::new(&op);
        let (_, page) = browser.open("/forgot").await.page();
        fill(&mut browser, "/forgot", &page, &[("email", typed)]).await.page();
    }
    assert_eq!(op.mail().await.to, "mike@example.com", "and nothing for what only looks the same");
}

/// Somebody who signs up again and again in another's name keeps nobody from a new password.
#[actix_web::test]
async fn letters_about_other_things_do_not_use_up_those_for_a_new_password() {
    let op = Op::with(|config| config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()]).await;
    op.user("ada").await;
    for _ in 0..5 {
        let mut stranger = Browser::new(&op);
        let (_, page) = stranger.open("/signup").await.page();
        let fields = [("email", "ada@example.com"), ("name", ""), ("password", PASSWORD)];
        fill(&mut stranger, "/signup", &page, &fields).await.page();
    }
    assert_eq!(op.mails().await.len(), 3);
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/forgot").await.page();
    fill(&mut browser, "/forgot", &page, &[("email", "ada@example.com")]).await.page();
    assert!(op.mail().await.subject.contains("new password"));
}

/// A hash costs the server dearly: nobody gets one before anything is proved.
#[actix_web::test]
async fn a_password_is_set_only_after_the_proof() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/forgot").await.page();
    let (_, page) = fill(&mut browser, "/forgot", &page, &[("email", "ada@example.com")]).await.page();
    let (_, refused) = fill(&mut browser, "/reset", &page, &[("new-password", "three other words")]).await.page();
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("does not work any more"), "{}", refused.body);
    let mut other = Browser::new(&op);
    let (_, login) = other.open("/login").await.page();
    assert_eq!(other.sign_in(&login, "ada", PASSWORD).await.page().0, "/", "the old one counts");
}

#[actix_web::test]
async fn a_code_to_the_phone_gives_a_new_password_as_well() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("bob").await;
    crate::account::phone::prove(&op, &mut crate::account::signed_in(&op, "ada").await, "+442079460958").await;
    op.mails().await;
    let ask = async |browser: &mut Browser<'_>, email: &str| {
        let (_, page) = browser.open("/forgot").await.page();
        fill(browser, "/forgot", &page, &[("email", email), ("by", "sms")]).await.page().1
    };
    for without in ["bob@example.com", "nobody@example.com"] {
        let page = ask(&mut Browser::new(&op), without).await;
        assert!(page.status == 200 && page.body.contains("and a phone number"), "the same for all: {}", page.body);
    }
    let mut browser = Browser::new(&op);
    let page = ask(&mut browser, "ada@example.com").await;
    let sms = op.sms().await;
    assert_eq!(sms.to, "+442079460958");
    let (_, page) = fill(&mut browser, "/reset", &page, &[("code", &sms.code())]).await.page();
    assert_eq!(fill(&mut browser, "/reset", &page, &[("new-password", NEXT)]).await.page().0, "/");
    let mails = op.mails().await;
    assert!(mails.iter().any(|mail| mail.subject.contains("password")), "the owner is told: {mails:?}");
}

#[actix_web::test]
async fn where_no_code_may_go_the_page_is_not_offered() {
    let op = Op::with(|config| config.factor.recover.clear()).await;
    let mut browser = Browser::new(&op);
    let (_, login) = browser.open("/login").await.page();
    assert!(!login.body.contains("id=\"to-forgot\""), "{}", login.body);
    let (_, page) = browser.open("/forgot").await.page();
    let (_, refused) = fill(&mut browser, "/forgot", &page, &[("email", "ada@example.com")]).await.page();
    assert_eq!(refused.status, 403);
}

/// Each holds one connection at a time: more people than connections wait for one another, not for ever.
#[actix_web::test]
async fn a_crowd_that_has_forgotten_is_larger_than_the_pool() {
    let op = Op::with(|config| {
        config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()];
        config.factor.alone = vec!["email".to_owned()];
        config.store.connections = 2;
    })
    .await;
    op.user("ada").await;
    let ask = async |path: &str, field: (&str, &str), to: &str| {
        let mut browser = Browser::new(&op);
        let (_, page) = browser.open(path).await.page();
        let csrf = hidden(&page.body).into_iter().find(|(name, _)| name == "csrf").unwrap().1;
        let (at, _) = browser.submit(to, &[("csrf", csrf.as_str()), field, ("by", "email")]).await.page();
        at.contains("challenge=")
    };
    let forgotten = (0..16).map(|_| ask("/forgot", ("email", "ada@example.com"), "/forgot"));
    assert!(join_all(forgotten).await.into_iter().all(|asked| asked));
    let codes = (0..16).map(|_| ask("/login", ("username", "ada"), "/login/code"));
    assert!(join_all(codes).await.into_iter().all(|asked| asked));
}
