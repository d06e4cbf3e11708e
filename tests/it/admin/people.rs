//! People at the console: found, and each of them with all that is theirs.

use std::time::Duration;

use actix_web::test::TestRequest;
use serde_json::json;
use signet::flow::admin::access;
use signet::flow::admin::person;
use signet::flow::admin::{Actor, How, attribute};
use signet::model::audit::{Action, Party};
use signet::model::user::{User, UserState};
use signet::spec::account_state::Step;

use super::{boss, fill, relax, staff};
use crate::account::fields::company;
use crate::account::signed_in;
use crate::factor::with_app;
use crate::support::browser::Browser;
use crate::support::{Answer, Op, people};

async fn open(browser: &mut Browser<'_>, path: &str) -> Answer {
    browser.open(path).await.page().1
}

async fn user(op: &Op, name: &str) -> User {
    person::show(op.app.cx(), &Actor::operator(), name).await.unwrap().user
}

/// The user names of the table, in their order.
fn found(page: &Answer) -> Vec<String> {
    let rows = page.body.split("<th scope=\"row\">").skip(1);
    rows.map(|row| row.split("<bdi>").nth(1).unwrap().split('<').next().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn each_filter_finds_whom_it_means_and_they_are_sorted() {
    let op = Op::with(company).await;
    let mut browser = boss(&op).await;
    op.wait(Duration::from_hours(48));
    with_app(&op, "ada").await;
    op.user("bob").await;
    people::set_kind(op.app.cx(), "bob", Some("guest")).await.unwrap();
    people::step(op.app.cx(), "bob", Step::Suspend).await.unwrap();
    staff(&op, "cleo", "moderator").await;
    let mut browser = {
        let (_, page) = browser.open("/login?to=%2Fadmin%2Fpeople").await.page();
        browser.sign_in(&page, "boss", crate::support::PASSWORD).await.page();
        browser
    };
    let today = op.app.clock.now().exact().chars().take(10).collect::<String>();
    for (query, wanted) in [
        ("q=ad", vec!["ada"]),
        ("state=suspended", vec!["bob"]),
        ("role=moderator", vec!["cleo"]),
        ("type=guest", vec!["bob"]),
        ("factor=yes", vec!["ada"]),
        ("factor=no&role=user&sort=username", vec!["bob", "boss", "cleo"]),
        ("verified=no", vec![]),
        (format!("created-from={today}&sort=username").as_str(), vec!["ada", "bob", "cleo"]),
        (format!("created-to={today}&state=active&sort=-username").as_str(), vec!["cleo", "boss", "ada"]),
        (format!("seen-from={today}&sort=username").as_str(), vec!["ada", "boss"]),
        ("seen-to=2000-01-01&sort=username", vec!["bob", "cleo"]),
    ] {
        let page = open(&mut browser, &format!("/admin/people?{query}")).await;
        assert_eq!(found(&page), wanted, "{query}: {}", page.body);
        let count = match wanted.len() {
            1 => "One person".to_owned(),
            count => format!("{count} people"),
        };
        assert!(page.body.contains(&format!("role=\"status\">{count}<")), "{query}: {}", page.body);
    }
    let sorted = open(&mut browser, "/admin/people?sort=username&state=active").await;
    assert!(sorted.body.contains("aria-sort=\"ascending\""), "{}", sorted.body);
    assert!(sorted.body.contains("/admin/people?state=active&#38;sort=-username"), "the other way: {}", sorted.body);
    assert!(sorted.body.contains("name=\"sort\" value=\"username\""), "the form keeps the order: {}", sorted.body);
    assert_eq!(open(&mut browser, "/admin/people?created-from=soon").await.status, 422);
}

#[actix_web::test]
async fn a_script_gets_the_table_alone() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    op.user("ada").await;
    let request = TestRequest::get().uri("/admin/people?q=ad").insert_header(("signet-part", "found"));
    let part = browser.send(request).await;
    assert_eq!(part.status, 200);
    assert!(part.body.trim_start().starts_with("<div id=\"found\" data-count=\"One person\">"), "{}", part.body);
    assert!(!part.body.contains("<html") && found(&part) == ["ada"], "{}", part.body);
    let stranger = op.call(TestRequest::get().uri("/admin/people").insert_header(("signet-part", "found"))).await;
    assert_eq!(stranger.status, 303);
}

#[actix_web::test]
async fn of_two_who_change_the_same_person_the_second_is_told() {
    let op = Op::start().await;
    let mut first = boss(&op).await;
    staff(&op, "vice", "admin").await;
    let mut second = signed_in(&op, "vice").await;
    let path = format!("/admin/people/{}", op.user("ada").await.id);
    let (one, other) = (open(&mut first, &path).await, open(&mut second, &path).await);
    let typed = |name: &'static str| {
        [("username", "ada"), ("email", "ada@example.com"), ("email_verified", "yes"), ("name", name)]
    };
    let (saved, _) = fill(&mut first, &one, "person-form", &typed("Ada King")).await.page();
    assert!(saved.contains("?done="), "{saved}");
    let (_, told) = fill(&mut second, &other, "person-form", &typed("Countess")).await.page();
    assert_eq!(told.status, 409);
    assert!(told.body.contains("id=\"conflict\"") && told.body.contains("Ada King"), "{}", told.body);
    assert!(told.body.contains("ada Example"), "what it was: {}", told.body);
    assert!(told.body.contains("value=\"Countess\""), "what was typed: {}", told.body);
    assert_eq!(user(&op, "ada").await.name.as_deref(), Some("Ada King"));
    let (saved, _) = fill(&mut second, &told, "person-form", &typed("Countess")).await.page();
    assert!(saved.contains("?done="), "having seen it: {saved}");
    assert_eq!(user(&op, "ada").await.name.as_deref(), Some("Countess"));
}

#[actix_web::test]
async fn of_two_who_change_the_same_role_the_second_is_told() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let page = open(&mut browser, "/admin/roles/moderator").await;
    let (_, preview) = fill(&mut browser, &page, "role-form", &[("description", "One")]).await.page();
    let (_, late) = fill(&mut browser, &page, "role-form", &[("description", "Two")]).await.page();
    fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    let (_, told) = fill(&mut browser, &late, "confirm-form", &[]).await.page();
    assert!(told.status == 409 && told.body.contains("id=\"conflict\""), "{}", told.body);
    assert!(told.body.contains("value=\"Two\"") && told.body.contains("<bdi>One</bdi>"), "{}", told.body);
    let (_, preview) = fill(&mut browser, &told, "role-form", &[("description", "Two")]).await.page();
    let (path, _) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(path.contains("?done="), "having seen it: {path}");
}

#[actix_web::test]
async fn kind_and_own_fields_are_noted_compared_and_taken_back() {
    let op = Op::with(company).await;
    let mut browser = boss(&op).await;
    let ada = op.user("ada").await;
    let path = format!("/admin/people/{}", ada.id);
    let page = open(&mut browser, &path).await;
    assert!(page.body.contains("The badge") && page.body.contains("The motto"), "{}", page.body);
    let wrong = [("user_type", "guest"), ("own-badge", "gold"), ("own-motto", "<b>on</b>")];
    let (_, again) = fill(&mut browser, &page, "noted-form", &wrong).await.page();
    assert_eq!(again.status, 400);
    assert!(again.body.contains("id=\"own-badge-mistake\"") && again.body.contains("value=\"gold\""), "{}", again.body);
    assert!(again.body.contains("&#60;b&#62;on"), "{}", again.body);

    let good = [("user_type", "guest"), ("own-badge", "4711"), ("own-motto", "On")];
    let (saved, done) = fill(&mut browser, &again, "noted-form", &good).await.page();
    assert!(saved.contains("?done="), "{saved}: {}", done.body);
    let kept = async || attribute::show(op.app.cx(), &Actor::operator(), &user(&op, "ada").await).await.unwrap();
    assert_eq!(json!(kept().await), json!({ "badge": 4711, "motto": "On" }));
    assert_eq!(user(&op, "ada").await.kind.as_deref(), Some("guest"));
    let rows = op.audit(20).await;
    let told = rows.iter().find(|row| row.action == Action::FieldChange).unwrap().changes.clone().unwrap();
    assert!(told.contains("badge") && !told.contains("4711"), "what lies sealed is not in the audit: {told}");

    // somebody else notes something before this page comes back
    people::set_field(op.app.cx(), "ada", ("floor", Some("3"))).await.unwrap();
    let (_, told) = fill(&mut browser, &done, "noted-form", &good).await.page();
    assert!(told.status == 409 && told.body.contains("id=\"conflict\""), "{}", told.body);
    let conflict = told.body.split("id=\"conflict\"").nth(1).unwrap().split("</table>").next().unwrap();
    assert!(conflict.contains("The floor") && !conflict.contains("The badge"), "{conflict}");

    let (_, preview) = fill(&mut browser, &done, "undo", &[]).await.page();
    assert!(preview.body.contains("4711") && preview.body.contains("guest"), "{}", preview.body);
    fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert_eq!(json!(kept().await), json!({ "floor": 3 }), "only what that change left");
    assert_eq!(user(&op, "ada").await.kind, None);
}

#[actix_web::test]
async fn sessions_are_ended_one_and_all() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let ada = op.user("ada").await;
    let (mut here, mut there) = (signed_in(&op, "ada").await, signed_in(&op, "ada").await);
    let path = format!("/admin/people/{}/sessions", ada.id);
    let page = open(&mut browser, &path).await;
    let by = Actor::operator();
    let one = access::list_sessions(op.app.cx(), &by, &ada.id).await.unwrap().remove(0).id;
    let (_, preview) = fill(&mut browser, &page, "sessions-form", &[("end", one.as_str())]).await.page();
    assert!(
        preview.body.contains("id=\"confirm-form\"") && preview.body.contains("Nothing brings"),
        "{}",
        preview.body
    );
    let (back, done) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(back.starts_with(&format!("{path}?done=")) && back.ends_with("&final=yes"), "{back}");
    assert!(done.body.contains("id=\"admin-done\"") && !done.body.contains("id=\"undo\""), "{}", done.body);
    let in_here = here.open("/").await.page().0 == "/";
    let in_there = there.open("/").await.page().0 == "/";
    assert!(in_here != in_there, "one of the two");
    let (_, preview) = fill(&mut browser, &done, "sessions-all-form", &[("all", "yes")]).await.page();
    let (_, done) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(done.body.contains("id=\"sessions-none\""), "{}", done.body);
}

#[actix_web::test]
async fn an_app_loses_its_access() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let ada = op.user("ada").await;
    let client = op.client(json!({ "client_name": "Shop" })).await;
    Browser::new(&op).code(&crate::support::authorize(&client, &[]), "ada").await;
    let page = open(&mut browser, &format!("/admin/people/{}/apps", ada.id)).await;
    assert!(page.body.contains("Shop") && page.body.contains("data-scope=\"email\""), "{}", page.body);
    let id = client.client.id.as_str();
    let (_, preview) = fill(&mut browser, &page, "apps-form", &[("withdraw", id)]).await.page();
    let (_, done) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(done.body.contains("id=\"apps-none\""), "{}", done.body);
    let (_, again) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert_eq!(again.status, 404);
}

#[actix_web::test]
async fn factors_are_removed_one_and_all_and_the_person_is_told() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    with_app(&op, "ada").await;
    let ada = user(&op, "ada").await;
    let path = format!("/admin/people/{}/factors", ada.id);
    let page = open(&mut browser, &path).await;
    assert!(page.body.contains("Authenticator app") && page.body.contains("<bdi>Phone</bdi>"), "{}", page.body);
    let (held, _) = access::factors(op.app.cx(), &Actor::operator(), &ada.id).await.unwrap();
    let id = held.factors[0].id.to_string();
    op.mails().await;
    let (_, preview) = fill(&mut browser, &page, "factors-form", &[("factor", &id)]).await.page();
    assert!(preview.body.contains("gets a letter"), "what it means: {}", preview.body);
    assert!(op.mails().await.is_empty(), "it was only looked at");
    let (_, done) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(done.body.contains("There is no second factor"), "{}", done.body);
    let letters = op.mails().await;
    assert!(letters.len() == 1 && letters[0].to.contains("ada@example.com"), "the person is told");
    let (held, _) = access::factors(op.app.cx(), &Actor::operator(), &ada.id).await.unwrap();
    assert_eq!((held.factors.len(), held.backup_codes), (0, 0), "the codes stand in for nothing any more");

    let (_, gone) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert_eq!(gone.status, 404);
}

#[actix_web::test]
async fn another_password_is_asked_for_and_wrong_tries_are_forgotten() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let ada = op.user("ada").await;
    let path = format!("/admin/people/{}/factors", ada.id);
    let page = open(&mut browser, &path).await;
    let (_, done) = fill(&mut browser, &page, "password-form", &[("do", "password")]).await.page();
    assert!(done.body.contains("has to be changed") && done.body.contains("id=\"undo\""), "{}", done.body);
    let (_, preview) = fill(&mut browser, &done, "undo", &[]).await.page();
    let (_, back) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(!back.body.contains("has to be changed"), "{}", back.body);

    people::step(op.app.cx(), "ada", Step::Lock).await.unwrap();
    let (_, done) = fill(&mut browser, &back, "tries-form", &[("do", "tries")]).await.page();
    assert_eq!(user(&op, "ada").await.state, UserState::Active, "{}", done.body);
    let (_, wrong) = fill(&mut browser, &done, "tries-form", &[("do", "nothing")]).await.page();
    assert_eq!(wrong.status, 422);
}

#[actix_web::test]
async fn activity_tells_what_others_did_to_those_who_may_know() {
    let op = Op::start().await;
    relax(&op).await;
    let boss = staff(&op, "boss", "admin").await;
    staff(&op, "sue", "support").await;
    let ada = op.user("ada").await;
    signed_in(&op, "ada").await;
    let by = Actor::person(op.app.cx(), &boss.id).await.unwrap();
    person::grant_role(op.app.cx(), &by, How::Apply, (&ada.id, "moderator")).await.unwrap();
    let path = format!("/admin/people/{}/activity", ada.id);
    let whole = open(&mut signed_in(&op, "boss").await, &path).await;
    assert!(whole.body.contains("Role given") && whole.body.contains("Sign-in"), "{}", whole.body);
    assert!(whole.body.contains(&format!("/admin/people/{}\"><bdi>boss", boss.id)), "by whom: {}", whole.body);
    let own = open(&mut signed_in(&op, "sue").await, &path).await;
    assert!(!own.body.contains("Role given") && own.body.contains("Sign-in"), "{}", own.body);
    let roles = open(&mut signed_in(&op, "boss").await, &format!("/admin/people/{}", ada.id)).await;
    let held = roles.body.split("<bdi>moderator</bdi>").nth(1).unwrap().split("</li>").next().unwrap();
    assert!(held.contains("<bdi>boss</bdi>") && held.contains("<time"), "since when and by whom: {held}");
}

#[actix_web::test]
async fn what_apps_would_get_is_told_and_nothing_issued() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let ada = op.user("ada").await;
    let client = op.client(json!({ "client_name": "Shop" })).await;
    op.client(json!({ "client_name": "Twin" })).await;
    op.client(json!({ "client_name": "Twin" })).await;
    let path = format!("/admin/people/{}/claims", ada.id);
    let page = open(&mut browser, &path).await;
    assert!(page.body.contains("id=\"claims-form\"") && !page.body.contains("id=\"claims\""), "{}", page.body);
    let before = op.audit(1).await.remove(0).id;
    for app in [client.client.id.as_str(), "shop"] {
        let told = open(&mut browser, &format!("{path}?app={app}")).await;
        assert!(told.body.contains("<code>email</code>") && told.body.contains("ada@example.com"), "{}", told.body);
        assert!(told.body.contains("the page that asks for consent"), "{}", told.body);
    }
    let less = open(&mut browser, &format!("{path}?app=Shop&scope=openid")).await;
    assert!(less.body.contains("<code>sub</code>") && !less.body.contains("<code>email</code>"), "{}", less.body);
    let refused = open(&mut browser, &format!("{path}?app=Shop&scope=nothing")).await;
    assert!(refused.body.contains("id=\"claims-refused\""), "{}", refused.body);
    for unknown in ["Twin", "nothing"] {
        let wrong = open(&mut browser, &format!("{path}?app={unknown}")).await;
        assert!(wrong.status == 400 && wrong.body.contains("id=\"app-mistake\""), "{}", wrong.body);
        assert!(wrong.body.contains(&format!("value=\"{unknown}\"")), "{}", wrong.body);
    }
    assert_eq!(op.audit(1).await.remove(0).id, before, "nothing happened");
}

#[actix_web::test]
async fn whoever_holds_more_is_left_alone_on_every_page() {
    let op = Op::with(company).await;
    relax(&op).await;
    let boss = staff(&op, "boss", "admin").await;
    staff(&op, "sue", "support").await;
    signed_in(&op, "boss").await;
    let mut browser = signed_in(&op, "sue").await;
    let home = format!("/admin/people/{}", boss.id);
    let confirmed = ("confirm", "yes");
    for (page, form, fields) in [
        ("", "noted-form", vec![("user_type", "guest")]),
        ("/sessions", "sessions-all-form", vec![("all", "yes"), confirmed]),
        ("/factors", "password-form", vec![("do", "password")]),
        ("/factors", "tries-form", vec![("do", "tries")]),
        ("/factors", "tries-form", vec![("do", "reset"), confirmed]),
    ] {
        let shown = open(&mut browser, &format!("{home}{page}")).await;
        let (_, refused) = fill(&mut browser, &shown, form, &fields).await.page();
        assert_eq!(refused.status, 403, "{page} {form}: {}", refused.body);
    }
    let rows = op.audit(30).await;
    let done = rows.iter().find(|row| row.target_kind == Some(Party::User) && row.batch_id.is_some());
    assert!(done.is_none_or(|row| row.action == Action::RoleGrant), "{done:?}");
}
