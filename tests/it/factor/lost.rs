//! Everything that could be proved is lost.

use std::time::Duration;

use signet::flow::user;
use signet::model::user::{ADMIN, UserRole};
use signet::store;

use super::second::prove;
use super::{passkey, sign_in, with_app};
use crate::join::fill;
use crate::support::Op;
use crate::support::browser::{Browser, hidden, pairs};

const DAY: Duration = Duration::from_hours(24);

/// From the second step to where the removal is asked for.
async fn ask(op: &Op, browser: &mut Browser<'_>) {
    op.mails().await;
    let (_, step) = sign_in(browser, "ada").await.page();
    let href = step.body.split("id=\"to-lost\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (_, page) = browser.open(&href).await.page();
    let (_, told) = fill(browser, "/mfa/lost", &page, &[]).await.page();
    assert!(told.body.contains("id=\"told\""), "{}", told.body);
    let (_, again) = browser.open(&href).await.page();
    assert!(again.body.contains("id=\"told\""), "asked for already: {}", again.body);
}

#[actix_web::test]
async fn after_the_delay_the_factors_go_and_the_owner_was_told() {
    let op = Op::start().await;
    with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    ask(&op, &mut browser).await;
    let first = op.mail().await;
    assert!(first.subject.contains("to be removed"), "{first:?}");
    op.wait(DAY * 3);
    signet::worker::tend_once(&op.app, "test").await;
    assert!(op.mails().await.is_empty(), "nobody is pestered");
    op.wait(DAY);
    signet::worker::tend_once(&op.app, "test").await;
    signet::worker::tend_once(&op.app, "test").await;
    assert_eq!(op.mail().await.link(), first.link(), "one reminder, with the same way out");
    let (path, _) = sign_in(&mut Browser::new(&op), "ada").await.page();
    assert!(path.starts_with("/mfa"), "not yet: {path}");
    op.wait(DAY * 3);
    signet::worker::tend_once(&op.app, "test").await;
    assert!(op.mail().await.subject.contains("was removed"));
    assert_eq!(sign_in(&mut Browser::new(&op), "ada").await.page().0, "/");
}

#[actix_web::test]
async fn whoever_reads_the_letter_stops_it() {
    let op = Op::start().await;
    with_app(&op, "ada").await;
    ask(&op, &mut Browser::new(&op)).await;
    let link = op.mail().await.link();
    let mut reader = Browser::new(&op);
    let (_, page) = reader.open(&link).await.page();
    assert!(page.body.contains("id=\"confirm-submit\""), "a machine that opens links stops nothing: {}", page.body);
    fill(&mut reader, "/mfa/lost", &page, &[]).await.page();
    assert_eq!(reader.open(&link).await.page().1.status, 400, "once");
    op.wait(DAY * 8);
    signet::worker::tend_once(&op.app, "test").await;
    let (path, _) = sign_in(&mut Browser::new(&op), "ada").await.page();
    assert!(path.starts_with("/mfa"), "{path}");
}

#[actix_web::test]
async fn a_sign_in_with_a_factor_shows_that_nothing_is_lost() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    ask(&op, &mut Browser::new(&op)).await;
    let mut owner = Browser::new(&op);
    let (_, step) = sign_in(&mut owner, "ada").await.page();
    assert_eq!(prove(&mut owner, &step, &phone.code(op.app.clock.now())).await.page().0, "/");
    op.wait(DAY * 8);
    signet::worker::tend_once(&op.app, "test").await;
    let (path, _) = sign_in(&mut Browser::new(&op), "ada").await.page();
    assert!(path.starts_with("/mfa"), "{path}");
}

async fn become_administrator(op: &Op, name: &str) {
    let (user, _) = user::show(op.app.cx(), name).await.unwrap();
    let row = UserRole {
        tenant_id: op.app.tenant.clone(),
        user_id: user.id,
        role: ADMIN.to_owned(),
        granted_at: op.app.clock.now(),
        granted_by: "operator".to_owned(),
    };
    op.app.db.write(async |tx| store::user::grant_role(tx, &row).await).await.unwrap();
}

#[actix_web::test]
async fn whose_role_demands_a_factor_has_to_be_helped_by_somebody() {
    let op = Op::start().await;
    with_app(&op, "ada").await;
    become_administrator(&op, "ada").await;
    op.mails().await;
    let mut browser = Browser::new(&op);
    let (path, step) = sign_in(&mut browser, "ada").await.page();
    let lost = path.replace("/mfa?", "/mfa/lost?");
    let (_, refused) = browser.open(&lost).await.page();
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("An administrator has to help you"), "{}", refused.body);
    op.settle().await;
    let why = signet::flow::explain::explain(op.app.cx(), &refused.reference()).await.unwrap();
    let why = format!("{why:?}");
    assert!(why.contains("factor.reset_for_roles"), "{why}");
    let (_, refused) = fill(&mut browser, "/mfa", &step, &[]).await.page();
    assert_eq!(refused.status, 401);
    let mut form = hidden(&step.body);
    form.retain(|(name, _)| name == "csrf" || name == "challenge");
    assert_eq!(browser.submit("/mfa/lost", &pairs(&form)).await.page().1.status, 403);
    assert!(op.mails().await.is_empty());

    crate::support::people::reset_factors(op.app.cx(), "ada").await.unwrap();
    let (path, _) = sign_in(&mut Browser::new(&op), "ada").await.page();
    assert_eq!(path, "/account/security/start", "and a new one at once");
}

#[actix_web::test]
async fn a_role_that_came_since_keeps_the_factors() {
    for (allowed, next) in [(false, "/mfa?challenge="), (true, "/account/security/start")] {
        let op = Op::with(|config| config.factor.reset_for_roles = allowed).await;
        with_app(&op, "ada").await;
        ask(&op, &mut Browser::new(&op)).await;
        become_administrator(&op, "ada").await;
        op.wait(DAY * 7);
        signet::worker::tend_once(&op.app, "test").await;
        let (path, _) = sign_in(&mut Browser::new(&op), "ada").await.page();
        assert!(path.starts_with(next), "{allowed}: {path}");
    }
}

#[actix_web::test]
async fn a_passkey_alone_shows_it_as_well() {
    let op = Op::start().await;
    let mut device = passkey::with_passkey(&op, "ada").await;
    ask(&op, &mut Browser::new(&op)).await;
    assert_eq!(passkey::enter(&mut Browser::new(&op), &mut device).await.page().0, "/");
    op.wait(DAY * 8);
    signet::worker::tend_once(&op.app, "test").await;
    let (path, _) = sign_in(&mut Browser::new(&op), "ada").await.page();
    assert!(path.starts_with("/mfa"), "{path}");
}

/// As many as are under way of the one kind.
async fn open(op: &Op) -> Vec<signet::model::challenge::Challenge> {
    let conn = &mut op.app.db.conn().await.unwrap();
    signet::store::challenge::resets(conn, 10).await.unwrap()
}

#[actix_web::test]
async fn of_many_asked_for_at_once_there_is_one() {
    let op = Op::start().await;
    with_app(&op, "ada").await;
    let mut asking = Vec::new();
    for _ in 0..2 {
        let mut browser = Browser::new(&op);
        let (_, step) = sign_in(&mut browser, "ada").await.page();
        let href = step.body.split("id=\"to-lost\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let (_, page) = browser.open(&href).await.page();
        asking.push((browser, page));
    }
    // both have looked before either writes
    let (user, begun) = (signet::flow::user::show(op.app.cx(), "ada").await.unwrap().0, tokio::sync::Notify::new());
    let busy = op.app.db.write(async |tx| {
        signet::store::user::lock(tx, &op.app.tenant, &user.id).await?;
        begun.notify_one();
        tokio::time::sleep(Duration::from_millis(300)).await;
        Ok::<_, signet::store::Error>(())
    });
    let asked = async {
        begun.notified().await;
        let ask = async |(browser, page): &mut (Browser<'_>, _)| fill(browser, "/mfa/lost", page, &[]).await.page();
        futures_util::future::join_all(asking.iter_mut().map(ask)).await
    };
    let (busy, asked) = tokio::join!(busy, asked);
    busy.unwrap();
    assert!(asked.iter().all(|(_, told)| told.body.contains("id=\"told\"")), "both are told when");
    assert_eq!(open(&op).await.len(), 1);
}

/// The link of one letter stops what another letter was about.
#[actix_web::test]
async fn who_stops_it_stops_all_of_it() {
    let op = Op::start().await;
    with_app(&op, "ada").await;
    ask(&op, &mut Browser::new(&op)).await;
    let link = op.mail().await.link();
    another(&op, |_| {}).await;
    let mut reader = Browser::new(&op);
    let (_, page) = reader.open(&link).await.page();
    fill(&mut reader, "/mfa/lost", &page, &[]).await.page();
    assert!(open(&op).await.is_empty());
}

/// One more, beside the one that is under way.
async fn another(op: &Op, change: impl FnOnce(&mut signet::model::challenge::Challenge)) {
    let mut row = open(op).await.remove(0);
    row.id = signet::model::ChallengeId::from("another");
    "another".clone_into(&mut row.token_hash);
    change(&mut row);
    op.app.db.write(async |tx| signet::store::challenge::insert(tx, &row).await).await.unwrap();
}

#[actix_web::test]
async fn what_cannot_be_tended_keeps_no_other_from_it() {
    let op = Op::start().await;
    with_app(&op, "ada").await;
    ask(&op, &mut Browser::new(&op)).await;
    op.mails().await;
    // sealed for another place; and the first to be looked at
    another(&op, |row| row.code_expires_at = row.code_expires_at.minus(Duration::from_secs(1))).await;
    op.wait(DAY * 4);
    signet::worker::tend_once(&op.app, "test").await;
    assert!(op.mail().await.subject.contains("to be removed"));
}

#[actix_web::test]
async fn it_can_be_left_to_administrators() {
    let op = Op::with(|config| config.factor.reset_delay = Duration::ZERO).await;
    with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let (path, step) = sign_in(&mut browser, "ada").await.page();
    assert!(!step.body.contains("id=\"to-lost\""), "{}", step.body);
    let (_, refused) = browser.open(&path.replace("/mfa?", "/mfa/lost?")).await.page();
    assert_eq!(refused.status, 403);
}
