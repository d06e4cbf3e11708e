//! Leaving: what ends at once, how to come back, and what is left when the time is over.

use std::time::Duration;

use actix_web::test::TestRequest;
use diesel::QueryDsl as _;
use diesel_async::RunQueryDsl as _;
use futures_util::future::join_all;
use serde_json::{Value, json};
use signet::flow::account::delete::erase;
use signet::flow::job;
use signet::flow::user::{self, New};
use signet::schema::audit;
use signet::spec::account_state::Step;
use signet::store::Conn;
use signet::worker;

use super::{fill, is_in, signed_in};
use crate::factor::{add_app, sign_in, with_app};
use crate::support::browser::{Browser, hidden, pairs};
use crate::support::people;
use crate::support::{Answer, Op, PASSWORD, authorize, redeem};

const DAY: Duration = Duration::from_hours(24);

/// Presses the button of the page.
async fn leave(browser: &mut Browser<'_>) -> (String, Answer) {
    let (path, page) = browser.open("/account/privacy").await.page();
    assert_eq!(path, "/account/privacy", "{}", page.body);
    fill(browser, "/account/privacy", &page, &[("do", "delete")]).await.page()
}

async fn state(op: &Op) -> String {
    match user::show(op.app.cx(), "ada").await {
        Ok((user, _)) => user.state.to_string(),
        Err(_) => "gone".to_owned(),
    }
}

/// A page of the sign-in whose password was right.
async fn come(browser: &mut Browser<'_>) -> (String, Answer) {
    let (_, login) = browser.open("/login").await.page();
    browser.sign_in(&login, "ada", PASSWORD).await.page()
}

async fn press(browser: &mut Browser<'_>, page: &Answer) -> (String, Answer) {
    browser.submit("/leaving", &pairs(&hidden(&page.body))).await.page()
}

async fn tokens(op: &Op, browser: &mut Browser<'_>) -> (signet::flow::admin::client::Registered, Value) {
    let client = op.client(json!({ "first_party": true })).await;
    let code = browser.code(&authorize(&client, &[("scope", "openid offline_access")]), "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    (client, tokens)
}

async fn userinfo(op: &Op, tokens: &Value) -> u16 {
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    op.call(TestRequest::get().uri("/oauth2/userinfo").insert_header(("authorization", bearer))).await.status
}

#[actix_web::test]
async fn everything_ends_at_once_and_the_letter_brings_it_back() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut laptop = Browser::new(&op);
    let (client, tokens) = tokens(&op, &mut laptop).await;
    assert_eq!(userinfo(&op, &tokens).await, 200);
    let mut browser = signed_in(&op, "ada").await;
    let (path, page) = leave(&mut browser).await;
    assert_eq!(path, "/leaving");
    assert!(page.body.contains("erased in 14 days"), "{}", page.body);
    assert!(browser.cookie("signet_session").is_none() && !is_in(&mut browser).await && !is_in(&mut laptop).await);
    assert_eq!(userinfo(&op, &tokens).await, 401);
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    assert_eq!(op.token(&client, &form).await.error(), (400, "invalid_grant".into()));
    assert_eq!(state(&op).await, "deleting");

    let mail = op.mail().await;
    assert_eq!(mail.to, "ada@example.com");
    assert!(mail.text.contains("2027-01-29 08:00:00 UTC"), "{}", mail.text);
    let mut phone = Browser::new(&op);
    let (_, question) = phone.open(&mail.link()).await.page();
    assert!(question.body.contains("ada Example") && question.body.contains("2027-01-29T08:00:00Z"));
    assert_eq!(state(&op).await, "deleting", "a link that is opened by a machine decides nothing");
    let (path, page) = press(&mut phone, &question).await;
    assert_eq!(path, "/leaving?kept=yes");
    assert!(page.body.contains("Your account stays"));
    assert_eq!(state(&op).await, "active");
    assert!(!is_in(&mut phone).await, "the link signs nobody in");
    assert!(!is_in(&mut laptop).await && userinfo(&op, &tokens).await == 401, "what has ended stays ended");
    let (_, again) = press(&mut phone, &question).await;
    assert_eq!(again.status, 400, "once");
    assert!(op.mail().await.subject.contains("stays"));
    assert!(is_in(&mut signed_in(&op, "ada").await).await);
}

#[actix_web::test]
async fn signing_in_asks_first_whether_to_stay_and_goes_on_to_the_app() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    leave(&mut signed_in(&op, "ada").await).await;
    op.wait(13 * DAY);
    let mut browser = Browser::new(&op);
    let (_, login) = browser.open(&authorize(&client, &[])).await.page();
    let (path, question) = browser.sign_in(&login, "ada", PASSWORD).await.page();
    assert!(path.starts_with("/leaving?challenge="), "{path}");
    assert!(question.body.contains("Keep my account"));
    for page in ["/", "/account/profile", "/account/privacy"] {
        assert!(browser.open(page).await.page().0.starts_with("/login"), "{page}");
    }
    let mut thief = Browser::new(&op);
    thief.open("/login").await;
    let (_, refused) = thief.open(&path).await.page();
    assert_eq!(refused.status, 400, "another browser has no part in it");
    let url = browser.submit("/leaving", &pairs(&hidden(&question.body))).await.away();
    assert!(url.query_pairs().any(|(name, _)| name == "code"), "{url}");
    assert_eq!(state(&op).await, "active");
    let (_, page) = browser.open("/account/activity?kind=changes").await.page();
    assert!(page.body.contains("You kept your account") && page.body.contains("to be deleted"), "{}", page.body);
}

/// Where codes stand in the place of passwords, they lead back as well.
#[actix_web::test]
async fn a_code_in_the_place_of_the_password_asks_whether_to_stay() {
    let op = Op::with(|config| config.factor.alone = vec!["email".to_owned()]).await;
    op.user("ada").await;
    leave(&mut signed_in(&op, "ada").await).await;
    op.mails().await;
    let mut browser = Browser::new(&op);
    let (_, login) = browser.open("/login").await.page();
    let mut form = hidden(&login.body);
    form.extend([("username", "ada"), ("by", "email")].map(|(name, value)| (name.to_owned(), value.to_owned())));
    let (_, page) = browser.submit("/login/code", &pairs(&form)).await.page();
    let code = op.mail().await.code();
    let (path, page) = fill(&mut browser, "/login/code", &page, &[("code", &code)]).await.page();
    assert!(path.starts_with("/leaving"), "{path}");
    press(&mut browser, &page).await;
    assert_eq!(state(&op).await, "active");
}

#[actix_web::test]
async fn a_second_factor_comes_before_the_question() {
    let op = Op::start().await;
    let (phone, _) = with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let step = async |browser: &mut Browser<'_>| {
        let (path, page) = sign_in(browser, "ada").await.page();
        assert!(path.starts_with("/mfa"), "{path}");
        op.wait(Duration::from_mins(1));
        let code = phone.code(op.app.clock.now());
        fill(browser, "/mfa", &page, &[("code", &code), ("trust", "yes")]).await.page()
    };
    step(&mut browser).await;
    leave(&mut browser).await;
    let (path, page) = step(&mut browser).await;
    assert!(path.starts_with("/leaving?challenge="), "{path}");
    assert!(browser.cookie("signet_session").is_none());
    assert_eq!(press(&mut browser, &page).await.0, "/");
    assert_eq!(state(&op).await, "active");
}

#[actix_web::test]
async fn of_many_at_once_one_keeps_it() {
    let op = Op::with(|config| config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()]).await;
    op.user("ada").await;
    leave(&mut signed_in(&op, "ada").await).await;
    op.mails().await;
    let mut browsers = Vec::new();
    for _ in 0..16 {
        let mut browser = Browser::new(&op);
        let page = come(&mut browser).await.1;
        browsers.push((browser, page));
    }
    let kept = browsers.into_iter().map(async |(mut browser, page)| press(&mut browser, &page).await.0 == "/");
    assert_eq!(join_all(kept).await.into_iter().filter(|kept| *kept).count(), 1);
    assert_eq!(op.mails().await.len(), 1);
}

/// All rows of the audit, with what could tell who somebody was.
async fn told(op: &Op) -> String {
    type Row = (Option<String>, Option<String>, Option<String>, Option<String>, String);
    let query = audit::table.select((audit::actor_id, audit::target_id, audit::address, audit::device, audit::detail));
    let rows: Vec<Row> = match op.app.db.conn().await.unwrap() {
        Conn::Lite(mut conn) => query.load(&mut *conn).await.unwrap(),
        Conn::Pg(mut conn) => query.load(&mut **conn).await.unwrap(),
    };
    rows.iter().map(|row| format!("{row:?}")).collect::<Vec<_>>().join("\n")
}

#[actix_web::test]
async fn when_the_time_has_come_nothing_is_left_but_a_pseudonym() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    op.user("bob").await;
    with_profile(&op).await;
    let mut browser = Browser::new(&op);
    tokens(&op, &mut browser).await;
    signed_in(&op, "bob").await;
    leave(&mut signed_in(&op, "ada").await).await;
    let link = op.mail().await.link();
    let question = Browser::new(&op).open(&link).await.page().1;
    op.wait(13 * DAY + Duration::from_secs(86_399));
    worker::tend_once(&op.app, "node").await;
    assert_eq!(state(&op).await, "deleting");
    op.wait(Duration::from_secs(1));
    let late = Browser::new(&op).open(&link).await.page().1;
    assert_eq!(late.status, 400);
    let (_, refused) = come(&mut Browser::new(&op)).await;
    assert_eq!(refused.status, 403, "too late to come back");
    assert!(question.body.contains("leaving-keep"));
    assert!(told(&op).await.contains("ada to Countess"));
    worker::tend_once(&op.app, "node").await;
    assert_eq!(state(&op).await, "gone");
    assert_eq!(job::run_due(&op.app).await.unwrap(), 1);
    let mail = op.mail().await;
    assert!(mail.to == "ada@example.com" && mail.subject.contains("is deleted"), "{mail:?}");

    let left = told(&op).await;
    assert!(!left.contains("Countess") && left.contains(ada.id.as_str()), "{left}");
    for line in left.lines().filter(|line| line.contains(ada.id.as_str())) {
        assert!(!line.contains("127.0.0.1") && line.ends_with("\"\")"), "{line}");
    }
    assert!(left.contains("127.0.0.1"), "others are not touched: {left}");
    assert_empty(&op, ada.id.as_str()).await;
    assert!(!is_in(&mut browser).await);
    op.user("ada").await;
    assert_eq!(state(&op).await, "active", "name and address are free");
}

async fn with_profile(op: &Op) {
    let mut browser = signed_in(op, "ada").await;
    let (_, page) = browser.open("/account/profile").await.page();
    let fields = [("name", "Ada"), ("username", "Countess"), ("phone", "+44 20 7946 0958")];
    fill(&mut browser, "/account/profile", &page, &fields).await.page();
    let (_, page) = browser.open("/account/profile").await.page();
    fill(&mut browser, "/account/profile", &page, &[("username", "ada"), ("phone", "+44 20 7946 0958")]).await.page();
    let (ada, _) = signet::flow::user::show(op.app.cx(), "ada").await.unwrap();
    let patch = serde_json::json!({ "shop": { "open": true } });
    signet::flow::account::preferences::merge(op.app.cx(), &ada.id, &patch).await.unwrap();
}

/// No table that names people by a column has a row of this one; work that is over, and the audit, know the id.
async fn assert_empty(op: &Op, id: &str) {
    #[derive(diesel::QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let schema = include_str!("../../../src/schema.rs");
    let tables = schema.split("diesel::table!").skip(1).filter(|table| table.contains(" user_id ->"));
    let names: Vec<_> =
        tables.map(|table| table.trim_start_matches([' ', '{', '\n']).split(' ').next().unwrap()).collect();
    assert!(names.len() >= 12, "{names:?}");
    for name in names.into_iter().filter(|name| *name != "job").chain(["user"]) {
        let column = if name == "user" { "id" } else { "user_id" };
        let query = diesel::sql_query(format!("SELECT count(*) AS count FROM \"{name}\" WHERE {column} = '{id}'"));
        let found: Count = match op.app.db.conn().await.unwrap() {
            Conn::Lite(mut conn) => query.get_result(&mut *conn).await.unwrap(),
            Conn::Pg(mut conn) => query.get_result(&mut **conn).await.unwrap(),
        };
        assert_eq!(found.count, 0, "{name}");
    }
}

#[actix_web::test]
async fn the_last_administrator_stays() {
    let op = Op::start().await;
    let admin = |name: &str| New {
        email: format!("{name}@example.com"),
        username: name.to_owned(),
        password: Some(PASSWORD.to_owned()),
        verified: true,
        roles: vec!["admin".to_owned()],
        ..New::default()
    };
    let cx = op.app.cx();
    people::create(cx, admin("ada")).await.unwrap();
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await;
    add_app(&op, &mut browser).await;
    op.mails().await;
    let (_, refused) = leave(&mut browser).await;
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("You are the last administrator"), "{}", refused.body);
    assert!(is_in(&mut browser).await && op.mails().await.is_empty());
    let told = people::step(cx, "ada", Step::Delete).await.unwrap_err().to_string();
    assert!(told.contains("last administrator"), "{told}");
    assert!(people::erase(cx, "ada").await.is_err());
    people::create(cx, admin("bob")).await.unwrap();
    people::set_enabled(cx, "bob", false).await.unwrap();
    assert!(people::step(cx, "ada", Step::Delete).await.is_err(), "one who may not sign in lets nobody in");
    people::set_enabled(cx, "bob", true).await.unwrap();
    let both = join_all(["ada", "bob"].map(|name| people::step(cx, name, Step::Delete))).await;
    assert_eq!(both.iter().filter(|begun| begun.is_ok()).count(), 1, "of two at once one stays");
}

#[actix_web::test]
async fn what_a_manager_began_only_a_manager_undoes_and_it_comes_back_as_it_was() {
    let op = Op::start().await;
    op.user("ada").await;
    let cx = op.app.cx();
    people::set_enabled(cx, "ada", false).await.unwrap();
    let ada = people::step(cx, "ada", Step::Delete).await.unwrap();
    let due = signet::flow::account::delete::due_at(cx, &ada.id).await.unwrap();
    assert_eq!(due.unwrap(), op.app.clock.now().plus(14 * DAY));
    let mail = op.mail().await;
    assert!(!mail.text.contains("http") && mail.text.contains("2027-01-29"), "{}", mail.text);
    assert_eq!(come(&mut Browser::new(&op)).await.1.status, 403);
    for refused in [
        people::set_enabled(cx, "ada", true).await.map(drop),
        people::set_enabled(cx, "ada", false).await.map(drop),
        people::step(cx, "ada", Step::Delete).await.map(drop),
    ] {
        assert!(refused.unwrap_err().to_string().contains("deleting"));
    }
    assert_eq!(people::step(cx, "ada", Step::Restore).await.unwrap().state.text(), "deactivated");
    assert!(people::step(cx, "ada", Step::Restore).await.is_err());
    assert!(op.mail().await.subject.contains("stays"));
    people::reset_factors(cx, "ada").await.unwrap();
    people::set_enabled(cx, "ada", true).await.unwrap();
    assert!(is_in(&mut signed_in(&op, "ada").await).await);
}

#[actix_web::test]
async fn one_that_is_kept_is_not_erased_and_one_can_be_erased_at_once() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let cx = op.app.cx();
    leave(&mut signed_in(&op, "ada").await).await;
    people::step(cx, "ada", Step::Restore).await.unwrap();
    op.wait(15 * DAY);
    assert_eq!(erase::due(op.app.cx()).await.unwrap(), 0);
    assert_eq!(state(&op).await, "active");
    people::erase(op.app.cx(), "ada").await.unwrap();
    assert_eq!(state(&op).await, "gone");
    assert!(!told(&op).await.contains("127.0.0.1"), "{}", told(&op).await);
    assert_empty(&op, ada.id.as_str()).await;
    assert!(people::erase(op.app.cx(), "ada").await.is_err());
}

#[actix_web::test]
async fn what_broke_off_is_gone_on_with() {
    let op = Op::start().await;
    op.user("ada").await;
    signed_in(&op, "ada").await;
    people::step(op.app.cx(), "ada", Step::Delete).await.unwrap();
    op.wait(14 * DAY);
    assert_eq!(erase::due(op.app.cx()).await.unwrap(), 1);
    let conn = &mut op.app.db.conn().await.unwrap();
    let row = signet::store::job::due(conn, &op.app.tenant, op.app.clock.now(), 9).await.unwrap().remove(0);
    // a node took it, and was killed
    let until = op.app.clock.now().plus(Duration::from_mins(5));
    let taken = op.app.db.write(async |tx| signet::store::job::claim(tx, &row, until).await).await.unwrap().unwrap();
    assert_eq!(job::run_due(&op.app).await.unwrap(), 0);
    assert!(told(&op).await.contains("127.0.0.1"));
    op.wait(Duration::from_mins(5));
    assert_eq!(job::run_due(&op.app).await.unwrap(), 1);
    assert!(!told(&op).await.contains("127.0.0.1"));
    let own = op.app.db.write(async |tx| signet::store::job::go_on(tx, &taken, until).await).await.unwrap();
    assert!(!own, "the first one has lost it");
    assert_eq!(job::run_due(&op.app).await.unwrap(), 0);
}
