//! Why something was refused, and what would happen: told at the console.

use serde_json::json;
use signet::flow::admin::client;
use signet::flow::admin::client::Registered;
use signet::flow::admin::role::{self, Wanted};
use signet::flow::admin::{Actor, How};
use signet::model::audit::Action;

use super::{boss, relax, staff};
use crate::account::signed_in;
use crate::support::browser::Browser;
use crate::support::{Answer, Op, authorize, redeem};

async fn open(browser: &mut Browser<'_>, path: &str) -> Answer {
    let page = browser.open(path).await.page().1;
    assert_eq!(page.status, 200, "{path}: {}", page.body);
    page
}

/// The checks of a page that went so.
fn went(page: &Answer, how: &str) -> Vec<String> {
    let checks = page.body.split("data-check=\"").skip(1).filter(|check| check.contains(&format!(">{how}</span>")));
    checks.map(|check| check.split('"').next().unwrap().to_owned()).collect()
}

async fn refused(op: &Op, app: &Registered, change: &[(&str, &str)]) -> String {
    let reference = op.get(&authorize(app, change)).await.reference();
    op.settle().await;
    reference
}

#[actix_web::test]
async fn a_reference_leads_to_the_setting_that_decides() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let app = op.client(json!({ "client_name": "<i>Shop" })).await;
    let reference = refused(&op, &app, &[("redirect_uri", "https://rp.test/<typo>")]).await;
    let (path, page) = browser.open(&format!("/admin/refusals?reference=+{}+", reference.to_lowercase())).await.page();
    assert_eq!((path, page.status), (format!("/admin/refusals/{reference}"), 200));
    assert_eq!(went(&page, "failed"), ["redirect_uri.registered"]);
    assert_eq!(went(&page, "passed").first().unwrap(), "server.capacity");
    assert_eq!(went(&page, "not reached").last().unwrap(), "consent.decision");
    assert!(page.body.contains("https://rp.test/&#60;typo&#62;") && !page.body.contains("<i>Shop"), "{}", page.body);
    let setting = format!("id=\"setting\" href=\"/admin/apps/{}#redirect_uris\"", app.client.id);
    assert!(page.body.contains(&setting), "{}", page.body);
    let settings = open(&mut browser, &format!("/admin/apps/{}", app.client.id)).await;
    assert!(settings.body.contains("<textarea id=\"redirect_uris\"") && settings.body.contains(&reference), "its page");

    op.switch(&app, false).await;
    let reference = refused(&op, &app, &[]).await;
    let page = open(&mut browser, &format!("/admin/refusals/{reference}")).await;
    assert!(page.body.contains(&format!("/admin/apps/{}#state", app.client.id)), "{}", page.body);
    let unknown = refused(&op, &app, &[("client_id", "nobody")]).await;
    let page = open(&mut browser, &format!("/admin/refusals/{unknown}")).await;
    assert!(!page.body.contains("/admin/apps/nobody"), "there is nothing to be seen: {}", page.body);
}

#[actix_web::test]
async fn refusals_are_found_by_what_they_were() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let (app, other) = (op.client(json!({ "client_name": "Shop" })).await, op.client(json!({})).await);
    assert!(open(&mut browser, "/admin/refusals").await.body.contains("id=\"none\""));
    let first = refused(&op, &app, &[("redirect_uri", "https://evil.test/")]).await;
    op.wait(std::time::Duration::from_hours(24));
    op.token(&app, &redeem("nope")).await;
    let last = refused(&op, &other, &[("redirect_uri", "https://evil.test/")]).await;
    let mut browser = signed_in(&op, "boss").await;
    let list = open(&mut browser, "/admin/refusals").await;
    assert!(list.body.contains(&first) && list.body.contains(&last) && list.body.contains(">Shop<"), "{}", list.body);
    let count = |page: &Answer| page.body.matches("<th scope=\"row\">").count();
    let id = &app.client.id;
    for (query, found) in [
        (format!("client_id={id}"), 2),
        ("check=redirect_uri.registered".to_owned(), 2),
        (format!("client_id={id}&check=redirect_uri.registered"), 1),
        ("endpoint=token.authorization_code".to_owned(), 1),
        ("since=2027-01-16".to_owned(), 2),
        ("until=2027-01-15".to_owned(), 1),
    ] {
        assert_eq!(count(&open(&mut browser, &format!("/admin/refusals?{query}")).await), found, "{query}");
    }
    let (_, wrong) = browser.open("/admin/refusals?reference=AAAA-AAAA").await.page();
    assert!(wrong.status == 400 && wrong.body.contains("id=\"reference-mistake\""), "{}", wrong.body);
    assert!(wrong.body.contains("value=\"AAAA-AAAA\"") && count(&wrong) == 3, "the list stays");
    let (_, wrong) = browser.open("/admin/refusals?since=soon").await.page();
    assert!(wrong.status == 400 && wrong.body.contains("id=\"since-mistake\""), "{}", wrong.body);
    assert_eq!(browser.open("/admin/refusals/AAAA-AAAA").await.page().1.status, 404);
}

#[actix_web::test]
async fn pages_of_refusals_hold_each_once_and_are_small() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let app = op.client(json!({ "client_name": "Donau".repeat(25) })).await;
    for _ in 0..55 {
        op.token(&app, &redeem("nope")).await;
    }
    op.settle().await;
    let (mut seen, mut path) = (std::collections::HashSet::new(), "/admin/refusals".to_owned());
    loop {
        let page = open(&mut browser, &path).await;
        assert!(page.body.len() < 100 * 1024, "{}", page.body.len());
        for row in page.body.split("href=\"/admin/refusals/").skip(1) {
            assert!(seen.insert(row.split('"').next().unwrap().to_owned()));
        }
        let Some(next) = page.body.split("id=\"page-next\" href=\"").nth(1) else { break };
        path = next.split('"').next().unwrap().replace("&#38;", "&");
    }
    assert_eq!(seen.len(), 55);
}

#[actix_web::test]
async fn a_trial_tells_what_would_happen_and_issues_nothing() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    op.user("ada").await;
    let app = op.client(json!({ "client_name": "Shop" })).await;
    let ask = |query: &str| format!("/admin/trial?client_id={}{query}", app.client.id);
    let page = open(&mut browser, &ask("&user=ada&scope=openid+email")).await;
    assert!(page.body.contains("The person would get in") && page.body.contains("ada@example.com"), "{}", page.body);
    assert!(page.body.contains("id=\"id-token\"") && !page.body.contains("ada Example"), "only what was asked for");
    assert!(page.body.contains("No refresh token") && page.body.contains("the question for consent"));
    assert!(page.body.contains("value=\"openid email\""), "what was typed stays");
    let page = open(&mut browser, &ask("&user=ada&prompt=none")).await;
    assert_eq!(went(&page, "failed"), ["session"]);
    assert!(page.body.contains("login_required"), "{}", page.body);
    let page = open(&mut browser, &ask("&user=ada&redirect_uri=https://evil.test/")).await;
    assert!(page.body.contains(&format!("/admin/apps/{}#redirect_uris", app.client.id)), "{}", page.body);
    assert!(page.body.contains("<details open>"));
    let page = open(&mut browser, &ask("&session=now&user=ada&address=198.51.100.7")).await;
    assert!(page.body.contains("Nothing holds this address up."), "{}", page.body);
    let page = open(&mut browser, &ask("")).await;
    assert!(page.body.contains("The person would have to sign in") && !page.body.contains("id=\"claims-title\""));
    assert!(!open(&mut browser, "/admin/trial").await.body.contains("id=\"outcome\""));
    for (query, field) in [("user=nobody", "user"), ("client_id=nobody", "client_id"), ("address=here", "address")] {
        let path =
            if field == "client_id" { "/admin/trial?client_id=nobody".to_owned() } else { ask(&format!("&{query}")) };
        let (_, wrong) = browser.open(&path).await.page();
        assert!(wrong.status == 400 && wrong.body.contains(&format!("id=\"{field}-mistake\"")), "{}", wrong.body);
    }
    let access = client::access(op.app.cx(), &Actor::operator(), &app.client.id).await.unwrap();
    assert_eq!((access.grants, access.consents), (0, 0));
    let done = op.audit(50).await;
    assert!(done.iter().all(|row| !matches!(row.action, Action::ConsentGive | Action::TokenIssue)), "{done:?}");
}

#[actix_web::test]
async fn who_may_not_see_people_tries_without_naming_one() {
    let op = Op::start().await;
    relax(&op).await;
    op.user("ada").await;
    let app = op.client(json!({})).await;
    let wanted =
        Wanted { description: String::new(), needs_factor: false, permissions: vec!["admin:clients".to_owned()] };
    role::create(op.app.cx(), &Actor::operator(), How::Apply, ("smith", &wanted)).await.unwrap();
    staff(&op, "sam", "smith").await;
    let mut browser = signed_in(&op, "sam").await;
    let page = open(&mut browser, &format!("/admin/trial?client_id={}&user=ada", app.client.id)).await;
    assert!(!page.body.contains("name=\"user\"") && !page.body.contains("ada@example.com"), "{}", page.body);
    assert!(page.body.contains("The person would have to sign in"));
}
