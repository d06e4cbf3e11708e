//! Many at once: begun, done in steps, told for each, stopped, and taken back.

use std::time::Duration;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::admin::{Actor, How, api_key, person, undo};
use signet::flow::{job, seed};
use signet::model::user::{User, UserState};
use signet::model::{ApiKeyId, BatchId, JobId};
use signet::spec::right::Right;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{call, get, key, master, post};
use crate::support::process::Installation;
use crate::support::{Answer, Op};

/// What the jobs of a node do.
async fn work(op: &Op) {
    while job::run_bulk(&op.app).await.unwrap() {}
}

async fn begin(op: &Op, token: &str, body: Value) -> Value {
    let answer = post(op, token, "/users/bulk-operation", body).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    let job = answer.json();
    assert_eq!(answer.header("location"), format!("/api/v1/jobs/{}", job["id"].as_str().unwrap()));
    job
}

async fn job_of(op: &Op, token: &str, job: &Value) -> Value {
    get(op, token, &format!("/jobs/{}", job["id"].as_str().unwrap())).await.json()
}

/// Begun and done.
async fn done(op: &Op, token: &str, body: Value) -> Value {
    let job = begin(op, token, body).await;
    work(op).await;
    job_of(op, token, &job).await
}

async fn rows(op: &Op, token: &str, job: &Value, query: &str) -> Vec<Value> {
    let path = format!("/jobs/{}/rows?{query}", job["id"].as_str().unwrap());
    get(op, token, &path).await.json()["items"].as_array().unwrap().clone()
}

fn counts(job: &Value) -> (i64, i64, i64, i64) {
    let count = |name: &str| job[name].as_i64().unwrap();
    (count("done"), count("changed"), count("skipped"), count("failed"))
}

async fn people(op: &Op, names: &[&str]) -> Vec<User> {
    let mut all = Vec::new();
    for name in names {
        all.push(op.user(name).await);
    }
    all
}

fn ids(people: &[User]) -> Value {
    json!(people.iter().map(|user| user.id.as_str()).collect::<Vec<_>>())
}

async fn give(op: &Op, user: &User, role: &str) {
    person::grant_role(op.app.cx(), &Actor::operator(), How::Apply, (&user.id, role)).await.unwrap();
}

async fn roles(op: &Op, name: &str) -> Vec<String> {
    person::show(op.app.cx(), &Actor::operator(), name).await.unwrap().roles
}

async fn state(op: &Op, name: &str) -> UserState {
    person::show(op.app.cx(), &Actor::operator(), name).await.unwrap().user.state
}

#[actix_web::test]
async fn it_is_told_of_each_what_became_of_it_and_all_is_one_act() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let all = people(&op, &["ada", "eve", "mia"]).await;
    give(&op, &all[1], "support").await;
    let mut wanted = ids(&all);
    wanted.as_array_mut().unwrap().extend([json!("nobody"), json!(all[0].id.as_str())]);
    let job = done(&op, &boss, json!({ "action": "give_role", "role": "support", "ids": wanted })).await;
    assert_eq!((counts(&job), job["state"].as_str().unwrap()), ((4, 2, 1, 1), "done"), "{job}");
    assert_eq!(job["total"], 4, "each once");
    let rows = rows(&op, &boss, &job, "").await;
    let told: Vec<_> = rows.iter().map(|row| row["outcome"].as_str().unwrap()).collect();
    assert_eq!(told, ["changed", "skipped", "changed", "failed"]);
    assert_eq!(rows[3]["check"], "target.known", "{}", rows[3]);
    assert_eq!(roles(&op, "mia").await, ["support", "user"]);

    let batch = job["change"].as_str().unwrap();
    let act = get(&op, &boss, &format!("/changes/{batch}")).await.json();
    assert_eq!((&act["action"], &act["changes"]), (&json!("bulk"), &json!(2)), "{act}");
    let audit = get(&op, &boss, &format!("/audit?batch={batch}")).await.json();
    assert_eq!(audit["items"].as_array().unwrap().len(), 2, "{audit}");
    assert_eq!(audit["items"][0]["action"], "role.grant");
}

#[actix_web::test]
async fn it_is_taken_back_and_what_was_changed_since_is_left_alone() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let all = people(&op, &["ada", "eve", "mia"]).await;
    let job = done(&op, &boss, json!({ "action": "give_role", "role": "support", "ids": ids(&all) })).await;
    person::revoke_role(op.app.cx(), &Actor::operator(), How::Apply, (&all[1].id, "support")).await.unwrap();
    let undo = format!("/changes/{}/undo", job["change"].as_str().unwrap());
    let told = post(&op, &boss, &format!("{undo}?preview=true"), Value::Null).await;
    assert_eq!((told.status, &told.json()["changed"], &told.json()["failed"]), (200, &json!(2), &json!(1)));
    let answer = post(&op, &boss, &undo, Value::Null).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    assert_eq!(post(&op, &boss, &undo, Value::Null).await.status, 409, "once");
    work(&op).await;
    let undone = job_of(&op, &boss, &answer.json()).await;
    assert_eq!((counts(&undone), &undone["action"]), ((3, 2, 0, 1), &json!("undo")), "{undone}");
    let failed = rows(&op, &boss, &undone, "outcome=failed").await;
    assert_eq!((&failed[0]["target_id"], &failed[0]["check"]), (&json!(all[1].id), &json!("target.current")));
    assert_eq!(roles(&op, "ada").await, ["user"]);

    // an undo is an act like any other
    let again = post(&op, &boss, &format!("/changes/{}/undo", undone["change"].as_str().unwrap()), Value::Null).await;
    assert_eq!(again.status, 202, "{}", again.body);
    work(&op).await;
    assert_eq!(
        (roles(&op, "ada").await, roles(&op, "eve").await),
        (vec!["support".into(), "user".into()], vec!["user".to_owned()])
    );
}

#[actix_web::test]
async fn states_go_there_and_back_and_sessions_end() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let all = people(&op, &["ada", "eve"]).await;
    let ada = crate::account::signed_in(&op, "ada").await;
    drop(ada);
    let ended = done(&op, &boss, json!({ "action": "end_sessions", "ids": ids(&all) })).await;
    assert_eq!(counts(&ended), (2, 1, 1, 0), "{ended}");
    let final_ = post(&op, &boss, &format!("/changes/{}/undo", ended["change"].as_str().unwrap()), Value::Null).await;
    assert_eq!(final_.status, 409, "nothing brings a session back: {}", final_.body);

    let suspended = done(&op, &boss, json!({ "action": "suspend", "ids": ids(&all) })).await;
    assert_eq!(counts(&suspended), (2, 2, 0, 0), "{suspended}");
    assert_eq!(state(&op, "ada").await, UserState::Suspended);
    assert_eq!(counts(&done(&op, &boss, json!({ "action": "suspend", "ids": ids(&all) })).await), (2, 0, 2, 0));
    let locked = done(&op, &boss, json!({ "action": "lock", "ids": ids(&all) })).await;
    assert_eq!(counts(&locked), (2, 0, 0, 2), "nobody locks what is suspended");
    let answer =
        post(&op, &boss, &format!("/changes/{}/undo", suspended["change"].as_str().unwrap()), Value::Null).await;
    work(&op).await;
    assert_eq!(counts(&job_of(&op, &boss, &answer.json()).await), (2, 2, 0, 0));
    assert_eq!(state(&op, "ada").await, UserState::Active);

    for (action, there) in [
        ("delete", UserState::Deleting),
        ("restore", UserState::Active),
        ("deactivate", UserState::Deactivated),
        ("activate", UserState::Active),
        ("lock", UserState::Locked),
        ("unlock", UserState::Active),
    ] {
        let job = done(&op, &boss, json!({ "action": action, "ids": ids(&all) })).await;
        assert_eq!(counts(&job), (2, 2, 0, 0), "{job}");
        assert_eq!(state(&op, "eve").await, there, "{action}");
    }
    let demanded = done(&op, &boss, json!({ "action": "require_password_change", "ids": ids(&all) })).await;
    assert_eq!(counts(&demanded), (2, 2, 0, 0), "{demanded}");
}

#[actix_web::test]
async fn all_who_fit_are_met_once_in_many_steps_and_told_in_pages() {
    let op = Op::start().await;
    let boss = master(&op).await;
    seed::people(&op.app, 700, |_| {}).await.unwrap();
    let filter = json!({ "verified": true });
    let told = post(
        &op,
        &boss,
        "/users/bulk-operation?preview=true",
        json!({ "action": "give_role", "role": "moderator", "filter": filter }),
    )
    .await
    .json();
    let fit = told["total"].as_i64().unwrap();
    assert!(
        fit > 500 && told["more"] == false && told["looked_at"] == fit && told["changed"].as_i64().unwrap() > 500,
        "{told}"
    );
    assert_eq!(told["rows"].as_array().unwrap().len(), 50);
    let job = done(&op, &boss, json!({ "action": "give_role", "role": "moderator", "filter": filter })).await;
    assert_eq!((&job["total"], &job["done"], &job["changed"]), (&json!(fit), &json!(fit), &told["changed"]), "{job}");
    let held = get(&op, &boss, "/users?role=moderator&verified=true").await.json();
    assert_eq!(held["count"], fit);

    let (mut after, mut met) = (String::new(), std::collections::HashSet::new());
    loop {
        let path = format!("/jobs/{}/rows?limit=200&after={after}", job["id"].as_str().unwrap());
        let page = get(&op, &boss, &path).await.json();
        for row in page["items"].as_array().unwrap() {
            assert!(met.insert(row["target_id"].as_str().unwrap().to_owned()), "{row}");
        }
        let Some(next) = page["next"].as_str() else { break };
        next.clone_into(&mut after);
    }
    assert_eq!(i64::try_from(met.len()).unwrap(), fit);
    let answer = post(&op, &boss, &format!("/changes/{}/undo", job["change"].as_str().unwrap()), Value::Null).await;
    work(&op).await;
    assert_eq!(job_of(&op, &boss, &answer.json()).await["changed"], told["changed"]);
}

/// A step that breaks off leaves nothing, and the next try goes on where the last one was done.
#[actix_web::test]
async fn a_job_that_breaks_off_goes_on_without_loss_and_without_doubles() {
    let op = Op::start().await;
    let boss = master(&op).await;
    seed::people(&op.app, 600, |_| {}).await.unwrap();
    let job = begin(&op, &boss, json!({ "action": "give_role", "role": "support", "filter": {} })).await;
    let id = JobId::from(job["id"].as_str().unwrap());
    // cut off wherever it is just waiting, as if the server were killed there
    for pause in 0..40 {
        let broken = async {
            for _ in 0..pause * 400 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            () = broken => {}
            done = job::run_bulk(&op.app) => { done.unwrap(); }
        }
        op.wait(Duration::from_mins(6));
    }
    // what the last one has begun may just be reaching the disk, and then it is that one's for a while
    for _ in 0..3 {
        work(&op).await;
        op.wait(Duration::from_mins(6));
    }
    let job = job_of(&op, &boss, &job).await;
    let all = get(&op, &boss, "/users?role=support").await.json()["count"].as_i64().unwrap();
    assert_eq!((&job["state"], &job["done"], all), (&json!("done"), &json!(600), 600), "{job}");
    let conn = &mut op.app.db.conn().await.unwrap();
    let rows = signet::store::bulk::rows(conn, &op.app.tenant, (&id, None), (0, 1000)).await.unwrap();
    assert_eq!(rows.len(), 600);
    let batch = BatchId::from(job["change"].as_str().unwrap());
    let act = signet::store::change::find_batch(conn, &op.app.tenant, &batch).await.unwrap().unwrap();
    assert_eq!(act.changes, job["changed"].as_i64().unwrap());
    let changes = undo::show(op.app.cx(), &Actor::operator(), &batch, (0, 1000)).await.unwrap().1;
    assert_eq!(i64::try_from(changes.len()).unwrap(), act.changes);
}

#[actix_web::test]
async fn whoever_loses_the_right_meanwhile_goes_no_further() {
    let op = Op::start().await;
    let (boss, clerk) = (master(&op).await, key(&op, &[Right::UsersRead, Right::UsersWrite]).await);
    let all = people(&op, &["ada"]).await;
    let job = begin(&op, &clerk, json!({ "action": "suspend", "ids": ids(&all) })).await;
    let keys = get(&op, &boss, "/api-keys").await.json();
    let id = keys["items"].as_array().unwrap().iter().find(|row| row["rights"] == json!(["users.read", "users.write"]));
    let id = ApiKeyId::from(id.unwrap()["id"].as_str().unwrap());
    api_key::revoke(op.app.cx(), &Actor::operator(), How::Apply, &id).await.unwrap();
    work(&op).await;
    let job = job_of(&op, &boss, &job).await;
    assert_eq!((&job["state"], &job["done"]), (&json!("stopped"), &json!(0)), "{job}");
    assert!(job["why"].as_str().unwrap().contains("may not act any more"), "{job}");
    assert_eq!(state(&op, "ada").await, UserState::Active);
}

#[actix_web::test]
async fn it_is_stopped_and_nobody_else_sees_it() {
    let op = Op::start().await;
    let (boss, clerk, other) = (
        master(&op).await,
        key(&op, &[Right::UsersRead, Right::UsersWrite]).await,
        key(&op, &[Right::UsersRead, Right::UsersWrite]).await,
    );
    let all = people(&op, &["ada"]).await;
    let job = begin(&op, &clerk, json!({ "action": "suspend", "ids": ids(&all) })).await;
    let path = format!("/jobs/{}", job["id"].as_str().unwrap());
    for path in [path.clone(), format!("{path}/rows")] {
        assert_eq!(get(&op, &other, &path).await.status, 404);
        assert_eq!(get(&op, &boss, &path).await.status, 200, "who may read the audit");
    }
    assert_eq!(post(&op, &other, &format!("{path}/stop"), Value::Null).await.status, 404);
    assert_eq!(get(&op, &other, "/jobs").await.json()["items"], json!([]));
    assert_eq!(get(&op, &clerk, "/jobs").await.json()["items"].as_array().unwrap().len(), 1);
    let stopped = post(&op, &clerk, &format!("{path}/stop"), Value::Null).await;
    assert_eq!((stopped.status, &stopped.json()["state"]), (200, &json!("stopped")), "{}", stopped.body);
    assert_eq!(post(&op, &clerk, &format!("{path}/stop"), Value::Null).await.status, 409);
    work(&op).await;
    assert_eq!(state(&op, "ada").await, UserState::Active);
}

#[actix_web::test]
async fn an_undo_that_was_stopped_is_begun_again() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let all = people(&op, &["ada", "eve"]).await;
    let job = begin(&op, &boss, json!({ "action": "suspend", "ids": ids(&all) })).await;
    work(&op).await;
    let job = job_of(&op, &boss, &job).await;
    let undo = format!("/changes/{}/undo", job["change"].as_str().unwrap());
    let first = post(&op, &boss, &undo, Value::Null).await.json();
    let stop = format!("/jobs/{}/stop", first["id"].as_str().unwrap());
    assert_eq!(post(&op, &boss, &stop, Value::Null).await.status, 200);
    assert_eq!(post(&op, &boss, &undo, Value::Null).await.status, 202);
    work(&op).await;
    assert_eq!(state(&op, "eve").await, UserState::Active);
}

#[actix_web::test]
async fn nobody_changes_whoever_holds_more_and_the_last_administrator_stays() {
    let op = Op::start().await;
    let (boss, clerk) = (master(&op).await, key(&op, &[Right::UsersRead, Right::UsersWrite]).await);
    let all = people(&op, &["ada", "root", "more"]).await;
    give(&op, &all[1], "admin").await;
    give(&op, &all[2], "admin").await;
    let job = done(&op, &clerk, json!({ "action": "suspend", "ids": ids(&all) })).await;
    assert_eq!(counts(&job), (3, 1, 0, 2), "{job}");
    let failed = rows(&op, &clerk, &job, "outcome=failed").await;
    assert!(failed.iter().all(|row| row["check"] == "caller.holds"), "{failed:?}");
    assert_eq!(
        post(&op, &clerk, "/users/bulk-operation", json!({ "action": "give_role", "role": "admin", "ids": ids(&all) }))
            .await
            .status,
        403
    );

    let job = done(&op, &boss, json!({ "action": "give_role", "role": "admin", "ids": ids(&all) })).await;
    assert_eq!(job.get("detail"), None, "{job}");
    let operator = Actor::operator();
    for (kind, role) in [("take_role", Some("admin")), ("deactivate", None)] {
        let order = signet::flow::admin::bulk::Order {
            kind: signet::model::bulk::Kind::parse(kind).unwrap(),
            role: role.map(str::to_owned),
            whom: signet::flow::admin::bulk::Whom::Ids(all.iter().map(|user| user.id.clone()).collect()),
        };
        let row = signet::flow::admin::bulk::begin(op.app.cx(), &operator, order).await.unwrap();
        work(&op).await;
        let told = rows(&op, &boss, &json!({ "id": row.id }), "outcome=failed").await;
        assert_eq!(told.len(), 1, "{kind}: {told:?}");
        assert_eq!(told[0]["check"], "account.last_administrator");
    }
}

#[actix_web::test]
async fn what_cannot_be_is_told_before_anything_begins() {
    let op = Op::start().await;
    let (boss, reader) = (master(&op).await, key(&op, &[Right::UsersRead]).await);
    let ada = op.user("ada").await;
    let one = json!([ada.id.as_str()]);
    for (body, status) in [
        (json!({ "action": "explode", "ids": one }), 422),
        (json!({ "action": "invite", "ids": one }), 422),
        (json!({ "action": "give_role", "ids": one }), 422),
        (json!({ "action": "suspend", "role": "support", "ids": one }), 422),
        (json!({ "action": "take_role", "role": "user", "ids": one }), 422),
        (json!({ "action": "give_role", "role": "nothing", "ids": one }), 404),
        (json!({ "action": "suspend" }), 422),
        (json!({ "action": "suspend", "ids": [] }), 422),
        (json!({ "action": "suspend", "ids": one, "filter": {} }), 422),
        (json!({ "action": "suspend", "filter": { "limit": 5 } }), 422),
        (json!({ "action": "suspend", "filter": { "state": "asleep" } }), 422),
        (json!({ "action": "suspend", "ids": vec!["x"; 10_001] }), 422),
    ] {
        let answer = post(&op, &boss, "/users/bulk-operation", body.clone()).await;
        assert_eq!(answer.status, status, "{body} {}", answer.body);
    }
    let answer = post(&op, &reader, "/users/bulk-operation", json!({ "action": "suspend", "ids": one })).await;
    assert_eq!(answer.status, 403);
    assert_eq!(get(&op, &boss, "/jobs/nothing").await.status, 404);
}

const FILE: &str = "email,name,roles,type,app,locale\r\n\
    eve@example.com,\"Eve, the first\",support,,,de\r\n\
    =cmd@example.com,=1+1,,,,\r\n\
    nothing,Nobody,,,,\r\n\
    ada@example.com,Ada,,,,\r\n\
    EVE@example.com,Eve again,,,,\r\n\
    mia@example.com,Mia,nothing,,,\r\n\
    leo@example.com,Leo,,,,tlh\r\n\
    leo@example.com,Leo,,,,\r\n\
    x@example.com,a,b,c,d,e,f\r\n";

async fn upload(op: &Op, token: &str, path: &str, file: impl Into<actix_web::web::Bytes>) -> Answer {
    let request = TestRequest::post().uri(&format!("/api/v1{path}"));
    let request = request.insert_header(("authorization", format!("Bearer {token}")));
    op.call(request.insert_header(("content-type", "text/csv")).set_payload(file)).await
}

#[actix_web::test]
async fn people_are_invited_line_by_line_after_a_look() {
    let op = Op::start().await;
    let boss = master(&op).await;
    op.user("ada").await;
    let looked = upload(&op, &boss, "/invitations/bulk?preview=true", FILE).await;
    assert_eq!(looked.status, 202, "{}", looked.body);
    work(&op).await;
    let looked = job_of(&op, &boss, &looked.json()).await;
    assert_eq!(
        (counts(&looked), &looked["total"], &looked["change"]),
        ((9, 3, 0, 6), &json!(9), &Value::Null),
        "{looked}"
    );
    assert_eq!(get(&op, &boss, "/invitations").await.json()["items"], json!([]), "it was only looked at");
    let told = rows(&op, &boss, &looked, "").await;
    let why = |line: i64| {
        let row = told.iter().find(|row| row["position"] == line).unwrap();
        row["why"].as_str().unwrap_or_default().to_owned()
    };
    assert!(why(2).is_empty() && why(3).is_empty() && why(9).is_empty(), "{told:?}");
    for (line, word) in [
        (4, "no e-mail address"),
        (5, "account"),
        (6, "in the file before"),
        (7, "nothing"),
        (8, "language"),
        (10, "cells"),
    ] {
        assert!(why(line).contains(word), "{line}: {told:?}");
    }

    let apply = format!("/jobs/{}/apply", looked["id"].as_str().unwrap());
    let begun = post(&op, &boss, &apply, Value::Null).await;
    assert_eq!(begun.status, 202, "{}", begun.body);
    work(&op).await;
    let invited = job_of(&op, &boss, &begun.json()).await;
    assert_eq!(counts(&invited), (9, 3, 0, 6), "{invited}");
    let found = get(&op, &boss, "/invitations").await.json();
    let names: Vec<_> =
        found["items"].as_array().unwrap().iter().map(|row| (row["email"].clone(), row["name"].clone())).collect();
    assert_eq!(names[0], (json!("eve@example.com"), json!("Eve, the first")));
    assert_eq!(names[1], (json!("=cmd@example.com"), json!("=1+1")), "data and nothing else");
    assert_eq!(op.mails().await.len(), 3);

    let answer = post(&op, &boss, &format!("/changes/{}/undo", invited["change"].as_str().unwrap()), Value::Null).await;
    work(&op).await;
    assert_eq!(counts(&job_of(&op, &boss, &answer.json()).await), (3, 3, 0, 0));
    let found = get(&op, &boss, "/invitations").await.json();
    assert!(found["items"].as_array().unwrap().iter().all(|row| row["state"] == "revoked"), "{found}");
}

#[actix_web::test]
async fn a_file_that_cannot_be_read_is_refused_at_once() {
    let op = Op::with(|config| config.limits.import_bytes = 300_000).await;
    let (boss, clerk) = (master(&op).await, key(&op, &[Right::UsersWrite]).await);
    for (file, status) in [("", 422), ("name\nAda\n", 422), ("email,email\n", 422), ("email;Name\na@b.de;A\n", 202)] {
        assert_eq!(upload(&op, &boss, "/invitations/bulk", file).await.status, status, "{file:?}");
    }
    let large = format!("email\n{}", "a@example.com\n".repeat(25_000));
    assert_eq!(upload(&op, &boss, "/invitations/bulk", large).await.status, 413);
    let jobs = get(&op, &boss, "/jobs").await.json();
    assert_eq!(jobs["items"].as_array().unwrap().len(), 1, "nothing of it is left: {jobs}");
    assert_eq!(upload(&op, &clerk, "/invitations/bulk", "email\n").await.status, 403);
    assert_eq!(call(&op, &boss, (Method::POST, "/invitations/bulk"), json!({})).await.status, 415);
}

/// The most memory that a process has had, in KiB.
fn peak(signet: &Installation) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", signet.id().as_raw_pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Sends so many lines of a megabyte each, without saying before how many there are; how the answer begins.
async fn pour(signet: &Installation, key: &str, megabytes: usize) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", signet.port)).await.unwrap();
    let head = format!(
        "POST /api/v1/invitations/bulk HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\n\
         content-type: text/csv\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n6\r\nemail\n\r\n"
    );
    let line = format!("100001\r\n{}\n\r\n", "x".repeat(1024 * 1024));
    let (mut from, mut to) = stream.split();
    let send = async {
        to.write_all(head.as_bytes()).await.unwrap();
        for _ in 0..megabytes {
            to.write_all(line.as_bytes()).await.unwrap();
        }
        to.write_all(b"0\r\n\r\n").await.unwrap();
        std::future::pending::<()>().await;
    };
    let receive = async {
        let mut answer = String::new();
        let mut some = [0; 4096];
        // whoever is refused is answered before the end
        while !answer.ends_with('}') {
            let count = from.read(&mut some).await.unwrap();
            assert!(count > 0, "{answer}");
            answer.push_str(std::str::from_utf8(&some[..count]).unwrap());
        }
        answer
    };
    tokio::select! {
        answer = receive => answer,
        () = send => unreachable!(),
    }
}

#[actix_web::test]
async fn a_file_of_a_hundred_megabytes_is_never_held_in_memory() {
    let mut signet = Installation::new().await;
    signet.serve().await;
    let args = ["api-key", "create", "--name", "x", "--right", "invitations.write", "--right", "audit.read"];
    let key = signet.json(&args, "")["key"].as_str().unwrap().to_owned();
    let answer = pour(&signet, &key, 1).await;
    assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    let before = peak(&signet);
    let answer = pour(&signet, &key, 100).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let answer = pour(&signet, &key, 24).await;
    assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    let job: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(job["total"], 24, "{job}");
    let path = format!("/api/v1/jobs/{}", job["id"].as_str().unwrap());
    let mut job = Value::Null;
    for _ in 0..600 {
        job = signet.get_with(&path, &format!("authorization: Bearer {key}\r\n")).await.unwrap().json();
        if !job["ended_at"].is_null() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!((&job["state"], &job["failed"]), (&json!("done"), &json!(24)), "each line is too long: {job}");
    let grown = peak(&signet).saturating_sub(before);
    assert!(grown < 16 * 1024, "{grown} KiB more than for one megabyte");
}
