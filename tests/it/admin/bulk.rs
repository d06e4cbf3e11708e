//! Many at once, by the forms of the console alone.

use actix_web::test::TestRequest;
use signet::flow::admin::{Actor, person};
use signet::flow::job;
use signet::model::user::UserState;

use super::{boss, fill, staff};
use crate::account::signed_in;
use crate::support::browser::{Browser, hidden};
use crate::support::{Answer, ISSUER, Op};

async fn work(op: &Op) {
    while job::run_bulk(&op.app).await.unwrap() {}
}

async fn state(op: &Op, name: &str) -> UserState {
    person::show(op.app.cx(), &Actor::operator(), name).await.unwrap().user.state
}

#[actix_web::test]
async fn those_who_are_ticked_are_looked_at_changed_and_brought_back() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let (ada, eve) = (op.user("ada").await, op.user("eve").await);
    let (_, page) = browser.open("/admin/people/bulk").await.page();
    let (_, wrong) = fill(&mut browser, &page, "bulk-form", &[("whom", "ticked")]).await.page();
    assert!(wrong.status == 400 && wrong.body.contains("id=\"action-mistake\""), "{}", wrong.body);
    let tick = format!("id-{}", ada.id);
    let chosen = [("action", "give_role"), ("whom", "ticked"), (tick.as_str(), "yes")];
    let (_, wrong) = fill(&mut browser, &wrong, "bulk-form", &chosen).await.page();
    assert!(wrong.status == 400 && wrong.body.contains("id=\"give-mistake\""), "{}", wrong.body);
    assert!(wrong.body.contains(&format!("name=\"{tick}\" value=\"yes\" checked")), "{}", wrong.body);
    let nobody = [("action", "suspend"), ("whom", "ticked")];
    assert_eq!(fill(&mut browser, &wrong, "bulk-form", &nobody).await.page().1.status, 400);

    let chosen = [("action", "suspend"), ("whom", "ticked"), (tick.as_str(), "yes")];
    let (_, told) = fill(&mut browser, &wrong, "bulk-form", &chosen).await.page();
    assert!(told.body.contains("id=\"confirm-form\"") && told.body.contains("ada"), "{}", told.body);
    assert_eq!(state(&op, "ada").await, UserState::Active, "it was only looked at");
    let (path, begun) = fill(&mut browser, &told, "confirm-form", &[]).await.page();
    assert!(path.starts_with("/admin/jobs/") && begun.body.contains("data-running"), "{path} {}", begun.body);
    work(&op).await;
    assert_eq!((state(&op, "ada").await, state(&op, "eve").await), (UserState::Suspended, UserState::Active));
    let (_, done) = browser.open(&path).await.page();
    assert!(done.body.contains("id=\"undo-form\"") && !done.body.contains("data-running"), "{}", done.body);
    let list = browser.open("/admin/jobs").await.page().1;
    assert!(list.body.contains(&path), "{}", list.body);

    let (_, told) = fill(&mut browser, &done, "undo-form", &[]).await.page();
    assert!(told.body.contains("id=\"confirm-form\""), "{}", told.body);
    let (path, _) = fill(&mut browser, &told, "confirm-form", &[]).await.page();
    assert!(path.starts_with("/admin/jobs/"), "{path}");
    work(&op).await;
    assert_eq!(state(&op, "ada").await, UserState::Active);
    drop(eve);
}

#[actix_web::test]
async fn all_who_fit_are_meant_and_a_job_is_stopped() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    op.user("ada").await;
    op.user("adam").await;
    op.user("eve").await;
    let (_, page) = browser.open("/admin/people/bulk?q=ada").await.page();
    assert!(page.body.contains("adam") && !page.body.contains("eve@"), "{}", page.body);
    let chosen = [("action", "deactivate"), ("whom", "all")];
    let (_, told) = fill(&mut browser, &page, "bulk-form", &chosen).await.page();
    let (path, begun) = fill(&mut browser, &told, "confirm-form", &[]).await.page();
    let (_, stopped) = fill(&mut browser, &begun, "stop-form", &[]).await.page();
    assert!(stopped.body.contains("id=\"job-why\""), "{path} {}", stopped.body);
    work(&op).await;
    assert_eq!(state(&op, "ada").await, UserState::Active);
    let (_, begun) = fill(&mut browser, &told, "confirm-form", &[]).await.page();
    assert!(begun.body.contains("data-running"), "{}", begun.body);
    work(&op).await;
    let seen = (state(&op, "ada").await, state(&op, "adam").await, state(&op, "eve").await);
    assert_eq!(seen, (UserState::Deactivated, UserState::Deactivated, UserState::Active));
}

#[actix_web::test]
async fn jobs_of_others_are_for_those_who_read_the_audit() {
    let op = Op::start().await;
    let mut boss = boss(&op).await;
    op.user("ada").await;
    let (_, page) = boss.open("/admin/people/bulk?q=ada").await.page();
    let (_, told) = fill(&mut boss, &page, "bulk-form", &[("action", "suspend"), ("whom", "all")]).await.page();
    let (path, _) = fill(&mut boss, &told, "confirm-form", &[]).await.page();
    staff(&op, "sue", "support").await;
    let mut sue = signed_in(&op, "sue").await;
    assert_eq!(sue.open(&path).await.page().1.status, 404);
    assert!(sue.open("/admin/jobs").await.page().1.body.contains("id=\"none\""));
}

async fn send(browser: &mut Browser<'_>, page: &Answer, file: &str) -> (String, Answer) {
    let token = hidden(&page.body).into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    let body = format!(
        "--XX\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--XX\r\ncontent-disposition: \
         form-data; name=\"file\"; filename=\"people.csv\"\r\ncontent-type: text/csv\r\n\r\n{file}\r\n--XX--\r\n"
    );
    let request = TestRequest::post().uri("/admin/people/import").insert_header(("origin", ISSUER));
    let request = request.insert_header(("content-type", "multipart/form-data; boundary=XX")).set_payload(body);
    let answer = browser.send(request).await;
    match answer.status {
        303 => browser.open(answer.header("location")).await.page(),
        _ => (String::new(), answer),
    }
}

#[actix_web::test]
async fn a_file_is_looked_at_and_then_its_people_are_invited() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let (_, page) = browser.open("/admin/people/import").await.page();
    let (_, wrong) = send(&mut browser, &page, "name\nAda\n").await;
    assert!(wrong.status == 400 && wrong.body.contains("id=\"file-mistake\""), "{}", wrong.body);
    let (path, _) = send(&mut browser, &page, "email;name\neve@example.com;=1+1\nnothing;\n").await;
    work(&op).await;
    let (_, looked) = browser.open(&path).await.page();
    assert!(looked.body.contains("eve@example.com") && looked.body.contains("no e-mail address"), "{}", looked.body);
    assert!(op.mails().await.is_empty());
    let (path, _) = fill(&mut browser, &looked, "apply-form", &[]).await.page();
    work(&op).await;
    assert!(browser.open(&path).await.page().1.body.contains("id=\"undo-form\""));
    assert_eq!(op.mail().await.to, "eve@example.com");
    let forged = TestRequest::post().uri("/admin/people/import").insert_header(("origin", "https://evil.test"));
    let forged = forged.insert_header(("content-type", "multipart/form-data; boundary=XX")).set_payload("--XX--\r\n");
    assert_eq!(browser.send(forged).await.status, 403);
}
