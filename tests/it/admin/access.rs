//! Who may see what, and when.

use std::time::Duration;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use signet::flow::admin::Actor;
use signet::spec::right::Rights;
use signet::web::routes::{Access, ROUTES, Route};

use super::{boss, fill, relax, staff};
use crate::account::signed_in;
use crate::api::filled;
use crate::support::browser::{Browser, hidden};
use crate::support::{Answer, ISSUER, Op, PASSWORD};

/// The routes of the console.
fn console() -> Vec<&'static Route> {
    let own = ROUTES.iter().filter(|route| matches!(route.access, Access::Admin(_) | Access::Console));
    own.collect()
}

/// Asks for a route, with a form that has nothing but its token.
async fn ask(browser: &mut Browser<'_>, route: &Route) -> Answer {
    let path = filled(route.path, "nothing");
    if route.method == Method::GET {
        return browser.send(TestRequest::get().uri(&path)).await;
    }
    let page = browser.open("/").await.page().1;
    let token = hidden(&page.body).into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    let request = TestRequest::post().uri(&path).insert_header(("origin", ISSUER));
    browser.send(request.set_form([("csrf", token.as_str())])).await
}

#[actix_web::test]
async fn each_page_is_for_those_whom_the_table_names() {
    let op = Op::start().await;
    relax(&op).await;
    let people = [
        op.user("ada").await,
        staff(&op, "sue", "support").await,
        staff(&op, "boss", "admin").await,
        staff(&op, "mia", "moderator").await,
    ];
    let mut allowed = [0; 4];
    for (at, user) in people.iter().enumerate() {
        let rights = Actor::person(op.app.cx(), &user.id).await.unwrap().rights;
        let mut browser = signed_in(&op, &user.username).await;
        for route in console() {
            let may = match route.access {
                Access::Admin(right) => rights.has(right),
                _ => !rights.beyond(Rights::own()).is_empty(),
            };
            let answer = ask(&mut browser, route).await;
            let refused = answer.status == 403 && answer.body.contains("insufficient_scope");
            assert_eq!(refused, !may, "{} {} {}: {}", user.username, route.method, route.path, answer.status);
            assert!(answer.status < 500, "{} {}", route.method, route.path);
            assert!(!answer.header("location").starts_with("/login"), "{} {}", route.method, route.path);
            allowed[at] += usize::from(may);
        }
    }
    assert_eq!((allowed[0], allowed[2]), (0, console().len()));
    for some in [allowed[1], allowed[3]] {
        assert!(some > 3 && some < console().len(), "{allowed:?}");
    }
}

#[actix_web::test]
async fn whoever_is_not_signed_in_goes_to_sign_in_and_comes_back() {
    let op = Op::start().await;
    relax(&op).await;
    staff(&op, "boss", "admin").await;
    let mut browser = Browser::new(&op);
    browser.open("/login").await.page();
    for route in console() {
        let answer = ask(&mut browser, route).await;
        assert_eq!(answer.status, 303, "{} {}", route.method, route.path);
        assert!(answer.header("location").starts_with("/login?to=%2Fadmin"), "{}", answer.header("location"));
    }
    let (_, page) = browser.open("/admin/audit?result=failed").await.page();
    assert_eq!(browser.sign_in(&page, "boss", PASSWORD).await.page().0, "/admin/audit?result=failed");
}

#[actix_web::test]
async fn the_way_in_is_shown_to_those_who_may() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    assert!(browser.open("/").await.page().1.body.contains("id=\"to-console\" href=\"/admin\""));
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    assert!(!browser.open("/").await.page().1.body.contains("to-console"));
}

#[actix_web::test]
async fn after_five_minutes_everything_can_be_read_and_nothing_changed() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let (_, fresh) = browser.open("/admin/people/new").await.page();
    assert!(!fresh.body.contains("admin-locked") && !fresh.body.contains(" disabled"));
    op.wait(Duration::from_secs(301));
    assert_eq!(browser.open("/admin/people").await.page().1.status, 200);
    let (path, page) = browser.open("/admin/people/new").await.page();
    assert_eq!(path, "/admin/people/new");
    assert!(page.body.contains("id=\"admin-locked\"") && page.body.contains("<fieldset class=\"stack\" disabled>"));
    let (path, login) = fill(&mut browser, &fresh, "person-form", &[("email", "eve@example.com")]).await.page();
    assert_eq!(path, "/login?to=%2Fadmin%2Fpeople%2Fnew");
    assert!(login.body.contains("id=\"reauth-notice\""));
    let (path, page) = browser.sign_in(&login, "boss", PASSWORD).await.page();
    assert_eq!(path, "/admin/people/new");
    assert!(!page.body.contains("admin-locked"));
    let (_, found) = browser.open("/admin/people?q=eve%40example.com").await.page();
    assert!(found.body.contains("id=\"none\""), "nobody was made: {}", found.body);
}

#[actix_web::test]
async fn a_console_that_nobody_uses_closes() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    op.wait(Duration::from_mins(31));
    assert_eq!(browser.open("/").await.page().0, "/", "the own account stays open");
    let (path, login) = browser.open("/admin/roles").await.page();
    assert_eq!(path, "/login?to=%2Fadmin%2Froles");
    assert_eq!(browser.sign_in(&login, "boss", PASSWORD).await.page().0, "/admin/roles");
    // used now and then it stays open for eight hours
    for _ in 0..19 {
        op.wait(Duration::from_mins(25));
        assert_eq!(browser.open("/admin/roles").await.page().0, "/admin/roles");
    }
    op.wait(Duration::from_mins(25));
    assert_eq!(browser.open("/admin/roles").await.page().0, "/login?to=%2Fadmin%2Froles");
}

#[actix_web::test]
async fn whose_role_demands_a_factor_shows_it_first() {
    let op = Op::start().await;
    staff(&op, "boss", "admin").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    browser.sign_in(&page, "boss", PASSWORD).await.page();
    let (path, _) = browser.open("/admin/people").await.page();
    assert_eq!(path, "/account/security/start?to=%2Fadmin%2Fpeople");
}
