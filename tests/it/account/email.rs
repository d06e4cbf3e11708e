use std::time::Duration;

use futures_util::future::join_all;
use signet::flow::user;

use super::{fill, signed_in};
use crate::support::browser::Browser;
use crate::support::{Answer, Op, PASSWORD};

const NEW: &str = "countess@example.org";

/// From the page of the address to the one that asks for the code.
async fn ask(browser: &mut Browser<'_>, email: &str) -> Answer {
    let (_, page) = browser.open("/account/email").await.page();
    let (path, page) = fill(browser, "/account/email", &page, &[("email", email)]).await.page();
    assert!(path.starts_with("/account/email?challenge="), "{path}: {}", page.body);
    page
}

async fn address(op: &Op) -> String {
    user::show(op.app.cx(), "ada").await.unwrap().0.email
}

#[actix_web::test]
async fn the_new_address_counts_when_its_code_was_typed_and_the_old_one_is_told() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let page = ask(&mut browser, NEW).await;
    assert_eq!(address(&op).await, "ada@example.com", "nothing is changed before it is proved");
    let mail = op.mail().await;
    assert_eq!(mail.to, NEW);
    let (path, page) = fill(&mut browser, "/account/email", &page, &[("code", &mail.code())]).await.page();
    assert_eq!(path, "/account/email?changed=yes");
    assert!(page.body.contains(NEW) && page.body.contains("id=\"email-changed\""), "{}", page.body);
    assert_eq!(address(&op).await, NEW);
    let notice = op.mail().await;
    assert_eq!(notice.to, "ada@example.com");
    assert!(notice.subject.contains("was changed") && !notice.text.contains(NEW), "{notice:?}");
    let mut other = Browser::new(&op);
    let (_, login_page) = other.open("/login").await.page();
    assert_eq!(other.sign_in(&login_page, NEW, PASSWORD).await.page().0, "/");
    let (_, page) = browser.open("/account/activity?kind=changes").await.page();
    assert!(page.body.contains("You changed your e-mail address"), "{}", page.body);
}

#[actix_web::test]
async fn the_link_works_anywhere_but_only_for_its_owner_and_once() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("bob").await;
    ask(&mut signed_in(&op, "ada").await, NEW).await;
    let link = op.mail().await.link();
    let mut bob = signed_in(&op, "bob").await;
    assert_eq!(bob.open(&link).await.page().1.status, 400);
    let mut phone = Browser::new(&op);
    let (path, login) = phone.open(&link).await.page();
    assert!(path.starts_with("/login?to="), "{path}");
    let (_, page) = phone.sign_in(&login, "ada", PASSWORD).await.page();
    assert!(page.body.contains("id=\"confirm-submit\""), "{}", page.body);
    assert_eq!(address(&op).await, "ada@example.com", "a machine that opens links changes nothing");
    let (path, _) = fill(&mut phone, "/account/email", &page, &[]).await.page();
    assert_eq!(path, "/account/email?changed=yes");
    assert_eq!(address(&op).await, NEW);
    assert_eq!(phone.open(&link).await.page().1.status, 400);
}

#[actix_web::test]
async fn whether_an_address_is_taken_only_its_mailbox_learns() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("bob").await;
    let mut browser = signed_in(&op, "ada").await;
    let free = ask(&mut browser, NEW).await;
    let taken = ask(&mut browser, "Bob@Example.com").await;
    let neutral = |page: &Answer, email: &str| {
        let body = page.body.replace(email, "EMAIL");
        let strip = |body: String, tag: &str| {
            let mut parts = body.split(tag);
            let first = parts.next().unwrap().to_owned();
            parts.fold(first, |text, part| text + part.split_once('"').unwrap().1)
        };
        strip(strip(body, "nonce=\""), "name=\"challenge\" value=\"")
    };
    assert_eq!((free.status, neutral(&free, NEW)), (taken.status, neutral(&taken, "Bob@Example.com")));
    let mails = op.mails().await;
    assert_eq!((mails[0].to.as_str(), mails[1].to.to_lowercase().as_str()), (NEW, "bob@example.com"));
    assert!(mails[1].subject.contains("already") && mails[1].link() == "/login", "{:?}", mails[1]);
    assert!(!mails[1].text.contains("ada"), "{:?}", mails[1]);
}

#[actix_web::test]
async fn what_cannot_be_is_refused_beside_the_field() {
    let op = Op::with(|config| config.registration.domains = vec!["example.com".into(), "example.org".into()]).await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open("/account/email").await.page();
    for (email, told) in [
        ("no address", "Enter an e-mail address"),
        ("ADA@example.com", "already your address"),
        ("ada@else.where", "example.com, example.org"),
    ] {
        let (_, again) = fill(&mut browser, "/account/email", &page, &[("email", email)]).await.page();
        assert_eq!(again.status, 400, "{email}");
        assert!(again.body.contains(told) && again.body.contains("id=\"email-mistake\""), "{}", again.body);
    }
    assert!(op.mails().await.is_empty());
}

#[actix_web::test]
async fn wrong_codes_end_the_tries_and_time_ends_the_right_one() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let mut page = ask(&mut browser, NEW).await;
    let right = op.mail().await.code();
    let wrong = if right == "000000" { "111111" } else { "000000" };
    for _ in 0..5 {
        page = fill(&mut browser, "/account/email", &page, &[("code", wrong)]).await.page().1;
        assert!(page.body.contains("This code is wrong"), "{}", page.body);
    }
    let (_, page) = fill(&mut browser, "/account/email", &page, &[("code", &right)]).await.page();
    assert!(page.body.contains("cannot be used any more"), "{}", page.body);
    let (_, page) = fill(&mut browser, "/account/email", &page, &[("resend", "yes")]).await.page();
    let right = op.mail().await.code();
    op.wait(Duration::from_mins(30));
    let (path, login) = browser.open("/account/email").await.page();
    assert!(path.starts_with("/login"), "{path}");
    browser.sign_in(&login, "ada", PASSWORD).await.page();
    let (_, page) = fill(&mut browser, "/account/email", &page, &[("code", &right)]).await.page();
    assert!(page.body.contains("cannot be used any more"), "{}", page.body);
    assert_eq!(address(&op).await, "ada@example.com");
}

#[actix_web::test]
async fn of_two_who_prove_one_address_the_first_has_it() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("bob").await;
    let (mut ada, mut bob) = (signed_in(&op, "ada").await, signed_in(&op, "bob").await);
    let of_ada = ask(&mut ada, NEW).await;
    let code = op.mail().await.code();
    let of_bob = ask(&mut bob, NEW).await;
    let bobs = op.mail().await.code();
    fill(&mut ada, "/account/email", &of_ada, &[("code", &code)]).await.page();
    let (_, page) = fill(&mut bob, "/account/email", &of_bob, &[("code", &bobs)]).await.page();
    assert_eq!(page.status, 400);
    assert!(page.body.contains("Somebody else has this address"), "{}", page.body);
    assert_eq!(address(&op).await, NEW);
}

#[actix_web::test]
async fn of_many_at_once_one_changes_it() {
    let op = Op::with(|config| config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()]).await;
    op.user("ada").await;
    ask(&mut signed_in(&op, "ada").await, NEW).await;
    let link = op.mail().await.link();
    let mut phones = Vec::new();
    for _ in 0..16 {
        let mut phone = signed_in(&op, "ada").await;
        let page = phone.open(&link).await.page().1;
        phones.push((phone, page));
    }
    let confirm = async |(mut phone, page): (Browser<'_>, Answer)| {
        fill(&mut phone, "/account/email", &page, &[]).await.page().0 == "/account/email?changed=yes"
    };
    let won = join_all(phones.into_iter().map(confirm)).await;
    assert_eq!(won.into_iter().filter(|won| *won).count(), 1);
    assert_eq!(op.mails().await.len(), 1);
}

#[actix_web::test]
async fn changes_have_their_limit() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    for n in 0..3 {
        ask(&mut browser, &format!("new{n}@example.org")).await;
    }
    let (_, page) = browser.open("/account/email").await.page();
    let (_, refused) = fill(&mut browser, "/account/email", &page, &[("email", NEW)]).await.page();
    assert_eq!((refused.status, refused.header("retry-after")), (429, "1200"));
}

/// Guesses are bounded by letters: one that was not sent has no code that could be guessed.
#[actix_web::test]
async fn a_letter_that_was_not_sent_proves_nothing() {
    let op = Op::start().await;
    for name in ["ada", "bob", "eve"] {
        op.user(name).await;
    }
    for name in ["ada", "bob"] {
        ask(&mut signed_in(&op, name).await, NEW).await;
    }
    let mut eve = signed_in(&op, "eve").await;
    ask(&mut eve, NEW).await;
    assert_eq!(op.mails().await.len(), 3);
    let page = ask(&mut eve, NEW).await;
    assert!(op.mails().await.is_empty(), "the mailbox has had enough");
    let id = crate::support::browser::hidden(&page.body).into_iter().find(|(name, _)| name == "challenge").unwrap().1;
    let conn = &mut op.app.db.conn().await.unwrap();
    let row = signet::store::challenge::find(conn, &op.app.tenant, &id.as_str().into()).await.unwrap().unwrap();
    assert!(row.code_hash.is_empty());
}

/// Whoever reads the new address need not know the person, so nothing of his stands in the letter.
#[actix_web::test]
async fn a_letter_to_an_unproved_address_holds_nothing_that_was_typed() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open("/account/profile").await.page();
    let fields = [("name", "Pay at https://evil.test/ now"), ("username", "ada")];
    fill(&mut browser, "/account/profile", &page, &fields).await.page();
    ask(&mut browser, NEW).await;
    let mail = op.mail().await;
    assert!(!mail.text.contains("evil") && !mail.html.contains("evil") && mail.text.contains("countess"), "{mail:?}");
}
