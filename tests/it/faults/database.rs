//! A database that is locked or full: 503 within two seconds, everything that needs no write goes on, and normal
//! service afterwards without a hand (security.md S-5, S-8, F-10, F-11). SQLite; PostgreSQL keeps its own disk.

use std::time::Duration;

use diesel_async::RunQueryDsl as _;
use serde_json::json;
use signet::flow::admin::client::Registered;
use signet::store::{Conn, Db, Error};
use tokio::sync::oneshot;

use crate::support::browser::Browser;
use crate::support::{Op, PASSWORD, db};

const FORM: [(&str, &str); 1] = [("grant_type", "client_credentials")];

/// A program whose tokens need a row.
async fn writer(op: &Op) -> Registered {
    op.program(json!({ "access_token_format": "opaque" })).await
}

async fn reads_go_on(op: &Op) {
    for path in ["/login", "/oauth2/jwks", "/.well-known/openid-configuration", "/healthz"] {
        assert_eq!(op.get(path).await.status, 200, "{path}");
    }
}

#[actix_web::test]
async fn a_database_that_another_process_holds_is_waited_for_and_then_given_up() {
    if db::postgres().is_some() {
        return;
    }
    let op = Op::start().await;
    let program = writer(&op).await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    browser.sign_in(&page, "ada", PASSWORD).await.page();
    // long enough ago for the session to be marked as seen again
    op.wait(Duration::from_mins(6));
    let other = Db::open(&op.app.config.database, "", 1).unwrap();
    let (held, locked) = oneshot::channel();
    let (release, released) = oneshot::channel::<()>();
    let holder = async {
        let hold = other.write(async |_| {
            held.send(()).unwrap();
            released.await.ok();
            Ok::<_, Error>(())
        });
        hold.await.unwrap();
    };
    let asker = async {
        locked.await.unwrap();
        let answer = tokio::time::timeout(Duration::from_secs(2), op.token(&program, &FORM)).await.unwrap();
        assert_eq!(answer.error(), (503, "temporarily_unavailable".into()));
        assert!(!answer.header("retry-after").is_empty());
        reads_go_on(&op).await;
        assert_eq!(browser.open("/").await.page().1.status, 200, "a signed-in person reads on");
        release.send(()).unwrap();
    };
    futures_util::future::join(holder, asker).await;
    assert_eq!(op.token(&program, &FORM).await.status, 200);
}

#[actix_web::test]
async fn a_full_disk_refuses_writes_and_nothing_else() {
    if db::postgres().is_some() {
        return;
    }
    let op = Op::start().await;
    let program = writer(&op).await;
    // the least that SQLite takes is what the file has already
    most_pages(&op, 1).await;
    let mut issued = Vec::new();
    let refused = loop {
        let answer = op.token(&program, &FORM).await;
        if answer.status != 200 {
            break answer;
        }
        issued.push(answer.json()["access_token"].as_str().unwrap().to_owned());
        assert!(issued.len() < 1000, "the disk does not fill");
    };
    assert_eq!(refused.error(), (503, "temporarily_unavailable".into()));
    reads_go_on(&op).await;
    most_pages(&op, 1_000_000).await;
    assert_eq!(op.token(&program, &FORM).await.status, 200);
    for token in issued {
        let known = op.authenticated("/oauth2/introspect", &program, &[("token", &token)]).await.json();
        assert_eq!(known["active"], true, "what was acknowledged is kept");
    }
}

/// There is one connection for writing, so what is set on it stays.
async fn most_pages(op: &Op, pages: u32) {
    let set = op.app.db.write(async |tx| {
        let Conn::Lite(conn) = tx else { panic!("SQLite") };
        diesel::sql_query(format!("PRAGMA max_page_count = {pages}")).execute(&mut **conn).await?;
        Ok::<_, Error>(())
    });
    set.await.unwrap();
}
