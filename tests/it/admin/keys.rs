//! Signing keys and permissions at the console.

use std::time::Duration;

use signet::flow::admin::{Actor, How, key, role};
use signet::flow::key::Stage;

use super::{boss, fill, staff};
use crate::account::signed_in;
use crate::support::Op;

async fn current(op: &Op, alg: &str) -> String {
    let keys = key::list(op.app.cx(), &Actor::operator()).await.unwrap();
    let found = keys.iter().find(|(key, stage)| key.alg.text() == alg && *stage == Stage::Current);
    found.unwrap().0.kid.clone()
}

#[actix_web::test]
async fn keys_are_listed_and_changed_once_that_is_confirmed() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let (_, page) = browser.open("/admin/keys").await.page();
    let old = current(&op, "ES256").await;
    assert!(
        page.body.contains(&old) && page.body.contains("signs now") && page.body.contains(">next<"),
        "{}",
        page.body
    );
    let (_, preview) = fill(&mut browser, &page, "rotate-ES256", &[]).await.page();
    assert!(preview.body.contains("No token fails"), "{}", preview.body);
    let (path, page) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(path.starts_with("/admin/keys?done=") && path.ends_with("&final=yes"), "{path}");
    assert!(page.body.contains("published until"), "the old one has an end: {}", page.body);
    op.wait(Duration::from_mins(10));
    assert_ne!(current(&op, "ES256").await, old);
}

#[actix_web::test]
async fn what_retiring_a_key_breaks_is_said_before() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let (_, page) = browser.open("/admin/keys").await.page();
    let old = current(&op, "ES256").await;
    let (_, preview) = fill(&mut browser, &page, &format!("retire-{old}"), &[]).await.page();
    assert!(
        preview.body.contains("counts no more") && preview.body.contains("refresh tokens stay"),
        "{}",
        preview.body
    );
    assert_eq!(current(&op, "ES256").await, old, "it was only looked at");
    let (_, page) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    let row = format!("<code>{old}</code>");
    assert!(!page.body.contains(&row), "{}", page.body);
    assert_ne!(current(&op, "ES256").await, old);
    let (_, gone) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert_eq!(gone.status, 404);
}

#[actix_web::test]
async fn permissions_are_made_described_and_deleted() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let (_, page) = browser.open("/admin/permissions").await.page();
    assert!(page.body.contains("users.read") && page.body.contains("/admin/roles/support"), "{}", page.body);
    let (_, wrong) =
        fill(&mut browser, &page, "permission-form", &[("name", "orders"), ("description", "x")]).await.page();
    assert!(wrong.status == 400 && wrong.body.contains("id=\"name-mistake\""), "{}", wrong.body);
    let fields = [("name", "orders:approve"), ("description", "Approve orders")];
    let (path, made) = fill(&mut browser, &wrong, "permission-form", &fields).await.page();
    assert!(path.starts_with("/admin/permissions?done=") && made.body.contains("Approve orders"), "{path}");
    let (_, taken) = fill(&mut browser, &made, "permission-form", &fields).await.page();
    assert!(taken.status == 400 && taken.body.contains("id=\"name-mistake\""), "{}", taken.body);

    let (_, one) = browser.open("/admin/permissions/orders:approve").await.page();
    let (path, done) = fill(&mut browser, &one, "permission-form", &[("description", "Say yes")]).await.page();
    assert!(path.contains("?done=") && done.body.contains("Say yes"), "{path}");
    let (_, late) = fill(&mut browser, &one, "permission-form", &[("description", "Say no")]).await.page();
    assert!(late.status == 409 && late.body.contains("value=\"Say no\"") && late.body.contains("id=\"conflict\""));
    let (_, preview) = fill(&mut browser, &done, "undo", &[]).await.page();
    let (_, back) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(back.body.contains("value=\"Approve orders\""), "{}", back.body);

    let (_, preview) = fill(&mut browser, &back, "delete-form", &[]).await.page();
    assert!(preview.body.contains("admin"), "whose it is: {}", preview.body);
    let (_, gone) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(!gone.body.contains("/admin/permissions/orders:approve"), "{}", gone.body);
    let (_, preview) = fill(&mut browser, &gone, "undo", &[]).await.page();
    let (_, back) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(back.body.contains("/admin/permissions/orders:approve"), "{}", back.body);

    let (_, own) = browser.open("/admin/permissions/users.read").await.page();
    assert!(own.body.contains("built in") && !own.body.contains("id=\"delete-form\""), "{}", own.body);
    let (by, same) = (Actor::operator(), |_: &_| Ok(()));
    let own = role::describe_permission(op.app.cx(), &by, How::Apply, ("users.read", Some("x")), same).await;
    assert!(own.is_err());
    assert_eq!(browser.open("/admin/permissions/nothing").await.page().1.status, 404);
}

#[actix_web::test]
async fn nobody_describes_what_they_do_not_hold() {
    let op = Op::start().await;
    let mut first = boss(&op).await;
    let (_, page) = first.open("/admin/permissions").await.page();
    fill(&mut first, &page, "permission-form", &[("name", "orders:approve")]).await.page();
    let (_, page) = first.open("/admin/roles/new").await.page();
    let fields = [("name", "clerk"), ("permission-roles.read", "yes"), ("permission-roles.write", "yes")];
    fill(&mut first, &page, "role-form", &fields).await.page();
    staff(&op, "sue", "clerk").await;
    let mut clerk = signed_in(&op, "sue").await;
    let (_, page) = clerk.open("/admin/permissions/orders:approve").await.page();
    let (_, refused) = fill(&mut clerk, &page, "permission-form", &[("description", "Mine")]).await.page();
    assert_eq!(refused.status, 403, "{}", refused.body);
}
