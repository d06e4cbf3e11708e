//! What is done at the console, by its forms alone.

use signet::flow::admin::How;
use signet::flow::admin::access;
use signet::flow::admin::person;
use signet::flow::admin::{Actor, role};
use signet::model::user::UserState;

use super::{boss, fill, relax, staff};
use crate::account::signed_in;
use crate::support::Op;

async fn state(op: &Op, name: &str) -> UserState {
    person::show(op.app.cx(), &Actor::operator(), name).await.unwrap().user.state
}

#[actix_web::test]
async fn a_person_is_made_suspended_and_brought_back() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let (_, page) = browser.open("/admin/people/new").await.page();
    let (_, wrong) = fill(&mut browser, &page, "person-form", &[("email", "eve@"), ("name", "Eve")]).await.page();
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains("id=\"email-mistake\"") && wrong.body.contains("value=\"Eve\""), "{}", wrong.body);
    let (_, taken) = fill(&mut browser, &wrong, "person-form", &[("email", "boss@example.com")]).await.page();
    assert_eq!(taken.status, 400);
    assert!(taken.body.contains("id=\"error-summary\""), "{}", taken.body);

    let fields = [("email", "eve@example.com"), ("name", "<b>Eve</b>"), ("verified", "yes"), ("role-support", "yes")];
    let (path, made) = fill(&mut browser, &taken, "person-form", &fields).await.page();
    assert!(path.starts_with("/admin/people/") && path.contains("?done="), "{path}");
    assert!(made.body.contains("id=\"admin-done\"") && !made.body.contains("<b>Eve"), "{}", made.body);
    let seen = person::show(op.app.cx(), &Actor::operator(), "eve").await.unwrap();
    assert!(seen.roles.contains(&"support".to_owned()) && seen.user.email_verified_at.is_some());

    let (_, preview) = fill(&mut browser, &made, "state-form", &[("step", "suspend")]).await.page();
    assert!(preview.body.contains("id=\"confirm-form\"") && preview.body.contains("suspended"), "{}", preview.body);
    assert_eq!(state(&op, "eve").await, UserState::Active, "it was only looked at");
    let (path, done) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(path.contains("?done="), "{path}");
    assert_eq!(state(&op, "eve").await, UserState::Suspended);

    let (_, preview) = fill(&mut browser, &done, "undo", &[]).await.page();
    assert!(preview.body.contains("id=\"confirm-form\""), "{}", preview.body);
    assert_eq!(state(&op, "eve").await, UserState::Suspended, "it was only looked at");
    let (path, done) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(path.starts_with("/admin/people/"), "{path}");
    assert_eq!(state(&op, "eve").await, UserState::Active);

    let changes = browser.open("/admin/changes").await.page().1;
    assert!(changes.body.contains("Account suspended") && changes.body.contains(">undone<"), "{}", changes.body);
    let (_, same) = fill(&mut browser, &done, "person-form", &typed("eve", "<b>Eve</b>")).await.page();
    assert!(same.body.contains("id=\"admin-same\""), "{}", same.body);
    let (_, changed) = fill(&mut browser, &done, "person-form", &typed("eva", "Eva")).await.page();
    assert!(changed.body.contains("id=\"admin-done\"") && changed.body.contains("value=\"Eva\""), "{}", changed.body);
    let (_, wrong) = fill(&mut browser, &changed, "person-form", &typed("a b", "Eva")).await.page();
    assert!(wrong.status == 400 && wrong.body.contains("id=\"username-mistake\""), "{}", wrong.body);
}

fn typed<'a>(username: &'a str, name: &'a str) -> [(&'a str, &'a str); 4] {
    [("username", username), ("email", "eve@example.com"), ("email_verified", "yes"), ("name", name)]
}

#[actix_web::test]
async fn a_role_is_made_changed_given_and_deleted() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let ada = op.user("ada").await;
    let (_, page) = browser.open("/admin/roles/new").await.page();
    let (_, wrong) = fill(&mut browser, &page, "role-form", &[("name", "No Such")]).await.page();
    assert!(wrong.status == 400 && wrong.body.contains("id=\"name-mistake\""), "{}", wrong.body);
    let fields = [("name", "clerk"), ("description", "At the desk"), ("permission-users.read", "yes")];
    let (path, made) = fill(&mut browser, &wrong, "role-form", &fields).await.page();
    assert!(path.starts_with("/admin/roles/clerk?done="), "{path}");

    let (_, person) = browser.open(&format!("/admin/people/{}", ada.id)).await.page();
    let (_, given) = fill(&mut browser, &person, "give-form", &[("give", "clerk")]).await.page();
    assert!(given.body.contains("id=\"take-clerk\""), "{}", given.body);

    let fields = [("description", "At the desk"), ("permission-users.read", "yes"), ("permission-audit.read", "yes")];
    let (_, preview) = fill(&mut browser, &made, "role-form", &fields).await.page();
    assert!(preview.body.contains("audit.read, users.read"), "{}", preview.body);
    let held = async || role::show(op.app.cx(), &Actor::operator(), "clerk").await.unwrap().permissions;
    assert_eq!(held().await, ["users.read"]);
    let (path, done) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(path.starts_with("/admin/roles/clerk?done="), "{path}");
    assert_eq!(held().await, ["audit.read", "users.read"]);
    assert!(done.body.contains("ada"), "those who hold it: {}", done.body);

    let (_, preview) = fill(&mut browser, &done, "delete-form", &[]).await.page();
    assert!(preview.body.contains("Held by") && preview.body.contains(">1<"), "how many it concerns: {}", preview.body);
    let (path, gone) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(path.starts_with("/admin/roles?done="), "{path}");
    assert!(!gone.body.contains("/admin/roles/clerk"));
    let (_, preview) = fill(&mut browser, &gone, "undo", &[]).await.page();
    let (_, back) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(back.body.contains("/admin/roles/clerk"), "{}", back.body);
    let seen = person::show(op.app.cx(), &Actor::operator(), "ada").await.unwrap();
    assert!(seen.roles.contains(&"clerk".to_owned()), "with those who held it");
}

#[actix_web::test]
async fn a_key_is_shown_once_and_revoked() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let (_, page) = browser.open("/admin/api-keys/new").await.page();
    let (_, wrong) = fill(&mut browser, &page, "key-form", &[("name", "export"), ("days", "30")]).await.page();
    assert!(wrong.status == 400 && wrong.body.contains("value=\"export\""), "{}", wrong.body);
    let fields = [("name", "export"), ("days", "30"), ("right-users.read", "yes")];
    let (_, made) = fill(&mut browser, &wrong, "key-form", &fields).await.page();
    let key = made.body.split("id=\"api-key\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(crate::api::get(&op, &key, "/users").await.status, 200);
    let (_, list) = browser.open("/admin/api-keys").await.page();
    assert!(list.body.contains("export") && !list.body.contains(&key));
    let id = list.body.split("id=\"revoke-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (path, _) = fill(&mut browser, &list, &format!("revoke-{id}"), &[]).await.page();
    assert!(path.starts_with("/admin/api-keys?done="), "{path}");
    assert_eq!(crate::api::get(&op, &key, "/users").await.status, 401);
}

#[actix_web::test]
async fn what_happened_is_found_and_told() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let ada = op.user("ada").await;
    person::grant_role(op.app.cx(), &Actor::operator(), How::Apply, (&ada.id, "moderator")).await.unwrap();
    let (_, found) = browser.open("/admin/audit?target=ada&action=role.grant").await.page();
    let id = found.body.split("/admin/audit/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (_, event) = browser.open(&format!("/admin/audit/{id}")).await.page();
    assert!(event.body.contains("moderator") && event.body.contains("id=\"event-change\""), "{}", event.body);
    let (_, none) = browser.open("/admin/audit?since=2030-01-01").await.page();
    assert!(!none.body.contains("id=\"events\""));
    assert_eq!(browser.open("/admin/audit?since=soon").await.page().1.status, 422);
    assert_eq!(browser.open("/admin/audit/nothing").await.page().1.status, 404);
}

#[actix_web::test]
async fn nobody_changes_whoever_holds_more() {
    let op = Op::start().await;
    relax(&op).await;
    let boss = staff(&op, "boss", "admin").await;
    staff(&op, "sue", "support").await;
    let mut browser = signed_in(&op, "sue").await;
    let (_, page) = browser.open(&format!("/admin/people/{}", boss.id)).await.page();
    let (_, refused) = fill(&mut browser, &page, "state-form", &[("step", "suspend"), ("confirm", "yes")]).await.page();
    assert_eq!(refused.status, 403);
    assert_eq!(state(&op, "boss").await, UserState::Active);
}

#[actix_web::test]
async fn what_is_for_good_is_not_offered_to_be_undone() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let (ada, by) = (op.user("ada").await, Actor::operator());
    let reset = access::reset_factors(op.app.cx(), &by, How::Apply, &ada.id).await.unwrap();
    let (_, page) = browser.open(&format!("/admin/changes/{}", reset.batch)).await.page();
    assert!(page.body.contains("cannot be undone") && !page.body.contains("id=\"undo-form\""), "{}", page.body);
    let (_, page) = browser.open(&format!("/admin?done={}&final=yes", reset.batch)).await.page();
    assert!(page.body.contains("id=\"admin-done\"") && !page.body.contains("id=\"undo\""), "{}", page.body);
    let given = person::grant_role(op.app.cx(), &by, How::Apply, (&ada.id, "support")).await.unwrap();
    let (_, page) = browser.open(&format!("/admin/changes/{}", given.batch)).await.page();
    assert!(page.body.contains("id=\"undo-form\""), "{}", page.body);
}
