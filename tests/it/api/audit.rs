//! The audit is found, carried away, and cannot be rewritten unseen.

use std::time::Duration;

use diesel_async::RunQueryDsl as _;
use serde_json::json;
use signet::flow::admin::Actor;
use signet::flow::admin::audit::{self, Verified};
use signet::spec::right::Right;
use signet::store::{Conn, Error};
use signet::worker;

use super::{get, key, master, patch};
use crate::support::Op;

async fn sql(op: &Op, text: &str) -> usize {
    let done = op.app.db.write(async |tx| {
        let count = match tx {
            Conn::Lite(conn) => diesel::sql_query(text).execute(&mut **conn).await,
            Conn::Pg(conn) => diesel::sql_query(text).execute(&mut ***conn).await,
        };
        Ok::<_, Error>(count?)
    });
    done.await.unwrap()
}

async fn verify(op: &Op, expected: Option<(i64, &str)>) -> Verified {
    audit::verify(op.app.cx(), &Actor::operator(), expected).await.unwrap()
}

/// A server with two blocks of audit.
async fn sealed() -> Op {
    let op = Op::start().await;
    op.user("ada").await;
    worker::seal_once(&op.app, "node").await;
    op.user("eve").await;
    op.set_password("eve", "another correct horse").await;
    worker::seal_once(&op.app, "node").await;
    op
}

#[actix_web::test]
async fn what_was_written_fits() {
    let op = sealed().await;
    let found = verify(&op, None).await;
    assert_eq!((found.wrong.as_slice(), found.blocks, found.open), (&[][..], 2, 0));
    assert!(found.rows >= 3);
    let (number, hash) = found.head.unwrap();
    op.user("mia").await;
    worker::seal_once(&op.app, "node").await;
    assert_eq!(verify(&op, Some((number, &hash))).await.wrong, Vec::<String>::new());
}

#[actix_web::test]
async fn what_was_rewritten_is_found() {
    for (name, text) in [
        ("another actor", "UPDATE audit SET actor_id = 'somebody' WHERE action = 'password.set'"),
        ("other words", "UPDATE audit SET detail = 'nothing' WHERE action = 'password.set'"),
        (
            "words blanked",
            "UPDATE audit SET detail = '', changes = NULL, address = '192.0.2.1' WHERE action = 'user.create'",
        ),
        ("a row taken out", "DELETE FROM audit WHERE action = 'password.set'"),
        ("a block taken out", "DELETE FROM audit_seal WHERE number = 1"),
        ("a row moved", "UPDATE audit SET seal = 1 WHERE action = 'password.set'"),
        ("a hash", "UPDATE audit_seal SET hash = 'x' WHERE number = 1"),
    ] {
        let op = sealed().await;
        assert!(sql(&op, text).await > 0, "{name}");
        assert!(!verify(&op, None).await.wrong.is_empty(), "{name}");
    }
}

#[actix_web::test]
async fn what_was_cut_off_is_found_by_the_head_that_was_noted() {
    let op = sealed().await;
    let (number, hash) = verify(&op, None).await.head.unwrap();
    sql(&op, "DELETE FROM audit WHERE seal = 2").await;
    sql(&op, "DELETE FROM audit_seal WHERE number = 2").await;
    assert!(verify(&op, None).await.wrong.is_empty(), "nothing tells by itself");
    assert!(!verify(&op, Some((number, &hash))).await.wrong.is_empty());
}

#[actix_web::test]
async fn whoever_is_erased_is_forgotten_and_the_rest_still_fits() {
    let op = sealed().await;
    let boss = master(&op).await;
    let eve = get(&op, &boss, "/users/eve").await.json()["id"].as_str().unwrap().to_owned();
    patch(&op, &boss, &format!("/users/{eve}"), json!({ "name": "Eve Secret" })).await;
    worker::seal_once(&op.app, "node").await;
    crate::support::people::erase(op.app.cx(), "eve").await.unwrap();
    worker::seal_once(&op.app, "node").await;
    assert_eq!(verify(&op, None).await.wrong, Vec::<String>::new());
    let rows = op.audit(100).await;
    assert!(rows.iter().all(|row| row.changes.as_deref().is_none_or(|text| !text.contains("Secret"))));
}

#[actix_web::test]
async fn events_are_found_by_who_what_whom_and_when() {
    let op = sealed().await;
    let reader = key(&op, &[Right::AuditRead]).await;
    let count = async |query: &str| {
        let answer = get(&op, &reader, &format!("/audit?{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["items"].as_array().unwrap().len()
    };
    let eve = op.audit(100).await.into_iter().find(|row| row.action.text() == "password.set").unwrap();
    let eve = eve.target_id.unwrap();
    assert_eq!(count(&format!("target={eve}")).await, 2);
    assert_eq!(count(&format!("target={eve}&action=password.set")).await, 1);
    assert_eq!(count("action=user.create").await, 2);
    assert_eq!(count("result=failed").await, 0);
    let now = op.app.clock.now().0;
    assert_eq!(count(&format!("since={}", now + 120)).await, 0);
    assert!(count(&format!("since={now}")).await >= 3);
    op.wait(Duration::from_mins(10));
    op.user("late").await;
    assert_eq!(count(&format!("since={}&action=user.create", now + 300)).await, 1);
    assert_eq!(count(&format!("until={}&action=user.create", now + 300)).await, 2);
    assert_eq!(get(&op, &reader, "/audit?action=nothing").await.status, 422);
    let first = get(&op, &reader, "/audit?limit=2").await.json();
    let next = get(&op, &reader, &format!("/audit?limit=2&after={}", first["next"].as_str().unwrap())).await.json();
    assert_ne!(first["items"][1]["id"], next["items"][0]["id"]);
}

#[actix_web::test]
async fn it_is_carried_away_as_lines_and_as_a_table() {
    let op = sealed().await;
    let reader = key(&op, &[Right::AuditRead]).await;
    let lines = get(&op, &reader, "/audit/export?action=user.create").await;
    assert_eq!((lines.status, lines.header("content-type")), (200, "application/x-ndjson"));
    let rows: Vec<serde_json::Value> = lines.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.iter().map(|row| row["action"].as_str().unwrap()).collect::<Vec<_>>(), ["user.create"; 2]);
    let table = get(&op, &reader, "/audit/export?format=csv&action=user.create").await;
    assert_eq!(table.body.lines().count(), 3);
    assert!(table.header("content-disposition").contains("audit.csv"));
    let noted = |rows: &[signet::model::audit::Audit]| {
        let exports = rows.iter().filter(|row| row.action.text() == "audit.export");
        exports.map(|row| row.detail.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        noted(&op.audit(10).await),
        ["format=csv&action=user.create", "action=user.create"],
        "what was asked for"
    );
    assert_eq!(get(&op, &reader, "/audit/export?action=nothing").await.status, 422);
    assert_eq!(noted(&op.audit(10).await).len(), 2, "nothing was carried away");
    assert_eq!(get(&op, &key(&op, &[Right::UsersRead]).await, "/audit/export").await.status, 403);
}
