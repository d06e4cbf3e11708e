use std::time::Duration;

use super::{NEXT, sign_in, signs_in};
use crate::join::fill;
use crate::support::browser::Browser;
use crate::support::{Answer, Op, PASSWORD};

const CHANGE: &str = "/account/password";

/// Chooses another password, signed in.
async fn change(browser: &mut Browser<'_>, new: &str) -> (String, Answer) {
    let (_, page) = browser.open(CHANGE).await.page();
    fill(browser, CHANGE, &page, &[("new-password", new)]).await.page()
}

async fn is_changed(browser: &mut Browser<'_>, new: &str) -> bool {
    let (path, page) = change(browser, new).await;
    assert!(path.contains("changed") || page.body.contains("You have had this password lately"), "{}", page.body);
    path.contains("changed")
}

/// How many hashes of ada's are kept.
async fn kept(op: &Op) -> usize {
    let ada = signet::flow::user::show(op.app.cx(), "ada").await.unwrap().0;
    let conn = &mut op.app.db.conn().await.unwrap();
    signet::store::user::last_passwords(conn, &op.app.tenant, &ada.id, 1000).await.unwrap().len()
}

#[actix_web::test]
async fn none_of_the_last_five_is_chosen_again() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, PASSWORD).await;
    let others: Vec<String> = (1..=5).map(|n| format!("{NEXT} {n}")).collect();
    for other in &others[..4] {
        assert!(is_changed(&mut browser, other).await, "{other}");
    }
    for last in [PASSWORD].into_iter().chain(others[..4].iter().map(String::as_str)) {
        assert!(!is_changed(&mut browser, last).await, "{last}");
    }
    assert!(is_changed(&mut browser, &others[4]).await);
    op.wait(Duration::from_mins(1));
    assert!(is_changed(&mut browser, PASSWORD).await, "the sixth");
    assert_eq!(kept(&op).await, 5, "no more are kept than are needed");
    assert!(signs_in(&op, PASSWORD).await);
}

#[actix_web::test]
async fn as_many_as_are_set_and_without_any_even_that_of_today() {
    for (history, again) in [(0, [true, true]), (1, [false, true]), (2, [false, false])] {
        let op = Op::with(|config| config.password.history = history).await;
        op.user("ada").await;
        let mut browser = Browser::new(&op);
        sign_in(&mut browser, PASSWORD).await;
        assert_eq!(is_changed(&mut browser, PASSWORD).await, again[0], "that of today, of {history}");
        assert!(is_changed(&mut browser, NEXT).await);
        assert_eq!(is_changed(&mut browser, PASSWORD).await, again[1], "the one before, of {history}");
        assert_eq!(kept(&op).await, history.max(1), "of {history}");
    }
}

/// Each costs a hash for every one of the last.
#[actix_web::test]
async fn ten_may_be_tried_at_once() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, PASSWORD).await;
    for n in 0..10 {
        assert_eq!(change(&mut browser, PASSWORD).await.1.status, 400, "{n}");
    }
    let (_, often) = change(&mut browser, NEXT).await;
    assert_eq!((often.status, often.header("retry-after")), (429, "60"), "{}", often.body);
    assert!(often.body.contains("id=\"password-form\""), "the form is there again");
    op.wait(Duration::from_mins(1));
    assert!(is_changed(&mut browser, NEXT).await);
}

#[actix_web::test]
async fn a_forgotten_password_is_not_chosen_again_and_nothing_is_told_without_proof() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/forgot").await.page();
    let (_, asked) = fill(&mut browser, "/forgot", &page, &[("email", "ada@example.com")]).await.page();
    let (_, early) = fill(&mut browser, "/reset", &asked, &[("new-password", PASSWORD)]).await.page();
    assert!(early.status == 400 && !early.body.contains("lately"), "{}", early.body);
    let (_, proved) = fill(&mut browser, "/reset", &asked, &[("code", &op.mail().await.code())]).await.page();
    let (_, again) = fill(&mut browser, "/reset", &proved, &[("new-password", PASSWORD)]).await.page();
    assert!(again.status == 400 && again.body.contains("lately"), "{}", again.body);
    assert_eq!(fill(&mut browser, "/reset", &again, &[("new-password", NEXT)]).await.page().0, "/");
}

/// Whoever sets a password for somebody else does not learn what it was.
#[actix_web::test]
async fn an_operator_is_not_told_of_the_last_ones() {
    let op = Op::start().await;
    op.user("ada").await;
    op.set_password("ada", PASSWORD).await;
    op.set_password("ada", NEXT).await;
    op.set_password("ada", PASSWORD).await;
    assert!(signs_in(&op, PASSWORD).await);
}

#[actix_web::test]
async fn what_is_guessed_first_is_refused_wherever_one_is_chosen() {
    let op = Op::with(|config| config.password.classes = 3).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/signup").await.page();
    assert!(page.body.contains("At least 3 of these"), "{}", page.body);
    for (password, told) in [
        ("Password2026!", "guessed first"),
        ("1Qaz2wsx", "guessed first"),
        ("Ada.Lovelace1", "your own name"),
        ("Lovelace_1815", "your own name"),
        ("correct horse battery", "At least 3 of these"),
    ] {
        let fields = [("email", "ada.lovelace@example.com"), ("name", "Ada Lovelace"), ("password", password)];
        let (_, refused) = fill(&mut browser, "/signup", &page, &fields).await.page();
        assert_eq!(refused.status, 400, "{password}");
        let mistake = refused.body.split("id=\"password-mistake\"").nth(1).unwrap_or_default();
        assert!(mistake.split("</p>").next().unwrap().contains(told), "{password}: {}", refused.body);
    }
    let fields = [("email", "ada.lovelace@example.com"), ("name", "Ada"), ("password", "Correct horse battery")];
    assert!(fill(&mut browser, "/signup", &page, &fields).await.page().0.starts_with("/verify"));
}
