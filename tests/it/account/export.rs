//! Getting one's data: asked for, gathered beside, fetched for a day.

use std::io::{Cursor, Read as _};
use std::time::Duration;

use actix_web::test::TestRequest;
use futures_util::future::join_all;
use serde_json::{Value, json};
use signet::flow::account::{preferences, profile};
use signet::flow::{job, user};
use signet::model::audit::{Action, Party};
use signet::model::blob::PART;
use signet::store::audit;
use signet::worker;
use zip::ZipArchive;

use super::{fill, signed_in};
use crate::factor::{sign_in, with_app};
use crate::support::browser::Browser;
use crate::support::{Answer, Op, authorize, people};

const PAGE: &str = "/account/privacy";
const FILE: &str = "/account/privacy/data.zip";
const DAY: Duration = Duration::from_hours(24);

async fn press(browser: &mut Browser<'_>, what: &str) -> (String, Answer) {
    let (path, page) = browser.open(PAGE).await.page();
    assert_eq!(path, PAGE, "{}", page.body);
    fill(browser, PAGE, &page, &[("do", what)]).await.page()
}

async fn work(op: &Op) {
    while job::run_due(&op.app).await.unwrap() > 0 {}
}

async fn fetch(browser: &mut Browser<'_>) -> Answer {
    browser.send(TestRequest::get().uri(FILE)).await
}

type Files = ZipArchive<Cursor<Vec<u8>>>;

fn open(answer: &Answer) -> Files {
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/zip"), "{}", answer.body);
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"signet-data.zip\"");
    ZipArchive::new(Cursor::new(answer.bytes.clone())).unwrap()
}

fn read(files: &mut Files, name: &str) -> Value {
    let mut text = String::new();
    files.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}: {text}"))
}

#[actix_web::test]
async fn everything_that_is_kept_and_no_secret() {
    let op = Op::with(super::fields::company).await;
    let (phone, codes) = with_app(&op, "ada").await;
    let (ada, _) = user::show(op.app.cx(), "ada").await.unwrap();
    let own = [("department".to_owned(), "Sales".to_owned())].into();
    profile::save(op.app.cx(), &ada, &profile::Typed { own, ..super::profile::whole() }).await.unwrap();
    people::set_kind(op.app.cx(), "ada", Some("guest")).await.unwrap();
    preferences::merge(op.app.cx(), &ada.id, &json!({ "shop": { "open": true } })).await.unwrap();
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    fill(&mut browser, "/mfa", &page, &[("code", &phone.code(op.app.clock.now()))]).await.page();
    let (_, page) = browser.open(&authorize(&client, &[])).await.page();
    browser.consent(&page, "allow").await.away();
    op.mails().await;

    assert_eq!(press(&mut browser, "export").await.0, PAGE);
    let (_, page) = browser.open(PAGE).await.page();
    assert!(page.body.contains("export-running") && !page.body.contains("export-submit"), "{}", page.body);
    assert_eq!(fetch(&mut browser).await.header("location"), PAGE, "nothing to fetch yet");
    work(&op).await;
    let mail = op.mail().await;
    assert_eq!((mail.to.as_str(), mail.link().as_str()), ("ada@example.com", PAGE));
    assert!(mail.text.contains("2027-01-16"), "a day later: {}", mail.text);
    let (_, page) = browser.open(PAGE).await.page();
    assert!(page.body.contains("export-ready"), "{}", page.body);
    let answer = fetch(&mut browser).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let mut files = open(&answer);

    let about = read(&mut files, "profile.json");
    assert_eq!((&about["username"], &about["email"]), (&json!("ada"), &json!("ada@example.com")));
    assert_eq!((&about["birthdate"], &about["address"]["locality"]), (&json!("1915-12-10"), &json!("London")));
    assert_eq!(about["roles"], json!(["user"]));
    assert_eq!((&about["type"], &about["fields"]), (&json!("guest"), &json!({ "department": "Sales" })));
    assert!(about["bio"].as_str().unwrap().contains("engines"), "{about}");
    assert_eq!(read(&mut files, "preferences.json"), json!({ "shop": { "open": true } }));
    let factors = read(&mut files, "factors.json");
    assert_eq!((&factors["factors"][0]["name"], &factors["backup_codes_left"]), (&json!("Phone"), &json!(10)));
    assert_eq!(read(&mut files, "sessions.json").as_array().unwrap().len(), 2);
    let apps = read(&mut files, "apps.json");
    assert_eq!((&apps[0]["name"], &apps[0]["scope"]), (&json!("Demo"), &json!("openid profile email")));
    assert_eq!(read(&mut files, "acceptances.json"), json!([]));
    assert_eq!(read(&mut files, "letters.json"), json!([]));
    let activity = read(&mut files, "activity.json");
    let actions: Vec<_> = activity.as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap()).collect();
    for action in ["export.begin", "consent.give", "sign_in", "factor.add", "profile.change"] {
        assert!(actions.contains(&action), "{action} in {actions:?}");
    }
    assert_eq!(actions[0], "export.begin", "the newest first");
    let mut all = String::new();
    for at in 0..files.len() {
        files.by_index(at).unwrap().read_to_string(&mut all).unwrap();
    }
    for secret in codes.iter().map(String::as_str).chain(["$argon2", browser.cookie("signet_session").unwrap()]) {
        assert!(!all.contains(secret), "{secret}");
    }
    let rows = op.audit(100).await;
    assert!(rows.iter().any(|row| row.action == Action::ExportFetch));
}

#[actix_web::test]
async fn it_lies_sealed_belongs_to_one_person_and_is_gone_after_a_day() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("bob").await;
    let mut browser = signed_in(&op, "ada").await;
    press(&mut browser, "export").await;
    work(&op).await;
    let whole = fetch(&mut browser).await.bytes;
    assert!(whole.starts_with(b"PK"));
    for part in parts(&op).await {
        let holds = |mark: &[u8]| part.windows(mark.len()).any(|bytes| bytes == mark);
        assert!(!holds(b"PK\x03\x04") && !holds(b".json"), "sealed");
    }
    let mut bob = signed_in(&op, "bob").await;
    assert_eq!(fetch(&mut bob).await.header("location"), PAGE);
    assert_eq!(fetch(&mut Browser::new(&op)).await.header("location"), "/login?to=%2Faccount%2Fprivacy%2Fdata.zip");
    op.wait(Duration::from_mins(6));
    assert!(fetch(&mut browser).await.header("location").starts_with("/login"), "a sign-in of the last five minutes");
    op.wait(Duration::from_mins(24 * 60 - 7));
    let mut late = signed_in(&op, "ada").await;
    assert_eq!(fetch(&mut late).await.bytes, whole);
    op.wait(Duration::from_mins(1));
    assert_eq!(fetch(&mut late).await.header("location"), PAGE);
    op.wait(Duration::from_secs(1));
    worker::tend_once(&op.app, "node").await;
    assert!(parts(&op).await.is_empty());
}

/// All that lies in the table of parts.
async fn parts(op: &Op) -> Vec<Vec<u8>> {
    use diesel::QueryDsl as _;
    use diesel_async::RunQueryDsl as _;
    use signet::schema::blob_part;
    use signet::store::Conn;
    match op.app.db.conn().await.unwrap() {
        Conn::Lite(mut conn) => blob_part::table.select(blob_part::bytes).load(&mut *conn).await.unwrap(),
        Conn::Pg(mut conn) => blob_part::table.select(blob_part::bytes).load(&mut **conn).await.unwrap(),
    }
}

#[actix_web::test]
async fn one_at_a_time_and_three_a_day() {
    let op = Op::with(|config| config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()]).await;
    op.user("ada").await;
    let mut browsers = Vec::new();
    for _ in 0..16 {
        let mut browser = signed_in(&op, "ada").await;
        let page = browser.open(PAGE).await.page().1;
        browsers.push((browser, page));
    }
    let asked = browsers
        .into_iter()
        .map(async |(mut browser, page)| fill(&mut browser, PAGE, &page, &[("do", "export")]).await.page().1.status);
    assert_eq!(join_all(asked).await, [200; 16]);
    let mut browser = signed_in(&op, "ada").await;
    for _ in 0..3 {
        press(&mut browser, "export").await;
        assert_eq!(job::run_due(&op.app).await.unwrap(), 1, "one of all that were asked for");
        press(&mut browser, "export").await;
        assert_eq!(job::run_due(&op.app).await.unwrap(), 0, "the one that is ready is enough");
        assert_eq!(op.mails().await.len(), 1);
        press(&mut browser, "discard").await;
        assert!(parts(&op).await.is_empty());
    }
    let (_, refused) = press(&mut browser, "export").await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "86400"));
    assert!(refused.body.contains("three times in a day"), "{}", refused.body);
    op.wait(DAY);
    press(&mut signed_in(&op, "ada").await, "export").await;
    assert_eq!(job::run_due(&op.app).await.unwrap(), 1);
}

#[actix_web::test]
async fn a_long_life_comes_in_many_pages_and_parts() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    // words that no compression makes small
    let noise = || (0..40).map(|_| signet::base::random::id()).collect::<String>();
    let rows: Vec<_> = (0..1203)
        .map(|_| op.app.cx().audit(Action::ProfileChange, Party::User, Some(ada.id.as_str())).detail(noise()))
        .collect();
    op.app.db.write(async |tx| audit::insert_all(tx, &rows).await).await.unwrap();
    let mut browser = signed_in(&op, "ada").await;
    press(&mut browser, "export").await;
    work(&op).await;
    let parts = parts(&op).await;
    assert!(parts.len() > 1 && parts.iter().all(|part| part.len() < PART + 64), "{}", parts.len());
    let answer = fetch(&mut browser).await;
    assert_eq!(answer.header("content-length"), answer.bytes.len().to_string());
    let activity = read(&mut open(&answer), "activity.json");
    let mut ids: Vec<_> = activity.as_array().unwrap().iter().filter(|event| event["detail"] != "").collect();
    assert_eq!(ids.len(), 1203 + 1, "all of them, and the sign-in");
    ids.dedup();
    assert_eq!(ids.len(), 1204, "each of them once");
}

#[actix_web::test]
async fn what_broke_off_begins_anew_and_what_never_works_is_given_up() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    press(&mut browser, "export").await;
    let conn = &mut op.app.db.conn().await.unwrap();
    let row = signet::store::job::due(conn, &op.app.tenant, op.app.clock.now(), 9).await.unwrap().remove(0);
    let until = op.app.clock.now().plus(Duration::from_mins(5));
    let taken = op.app.db.write(async |tx| signet::store::job::claim(tx, &row, until).await).await.unwrap();
    assert_eq!(taken.unwrap().tries, 1);
    op.wait(Duration::from_mins(4));
    assert_eq!(job::run_due(&op.app).await.unwrap(), 0, "another node has it");
    op.wait(Duration::from_mins(1));
    // that node was killed; its number of tries is all that is left of it
    damage(&op).await;
    for _ in 1..6 {
        assert_eq!(job::run_due(&op.app).await.unwrap(), 1);
        op.wait(Duration::from_hours(1));
    }
    assert_eq!(job::run_due(&op.app).await.unwrap(), 0);
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open(PAGE).await.page();
    assert!(
        page.body.contains("export-failed") && page.body.contains("export-submit"),
        "it can be asked for again: {}",
        page.body
    );
    mend(&op).await;
    press(&mut browser, "export").await;
    work(&op).await;
    open(&fetch(&mut browser).await);
}

/// A row that cannot be read: the profile was sealed with another key.
async fn damage(op: &Op) {
    let (ada, _) = user::show(op.app.cx(), "ada").await.unwrap();
    profile::save(op.app.cx(), &ada, &super::profile::whole()).await.unwrap();
    set_address(op, Some(vec![1, 2, 3])).await;
}

async fn mend(op: &Op) {
    set_address(op, None).await;
}

async fn set_address(op: &Op, sealed: Option<Vec<u8>>) {
    let (ada, _) = user::show(op.app.cx(), "ada").await.unwrap();
    let found = signet::store::profile::find(&mut op.app.db.conn().await.unwrap(), &op.app.tenant, &ada.id).await;
    let mut row = found.unwrap().unwrap();
    row.sealed_address = sealed;
    op.app.db.write(async |tx| signet::store::profile::upsert(tx, &row).await).await.unwrap();
}

#[actix_web::test]
async fn whoever_leaves_takes_it_along() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    press(&mut browser, "export").await;
    work(&op).await;
    assert!(!parts(&op).await.is_empty());
    assert_eq!(press(&mut browser, "delete").await.0, "/leaving");
    assert!(parts(&op).await.is_empty());
}
