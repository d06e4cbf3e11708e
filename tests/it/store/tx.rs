//! Transactions: what is rolled back, and what a client that hangs up leaves behind.

use std::pin::pin;
use std::time::Duration;

use diesel::result::Error::RollbackTransaction;
use futures_util::future::{Either, join_all, select, try_join_all};
use signet::model::audit::{Action, Party};
use signet::store::{self, Db, tenant};
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::support::{Op, START};

#[actix_web::test]
async fn an_error_rolls_back() {
    let op = Op::start().await;
    let failed = op.app.db.write(async |tx| {
        tenant::set_up(tx, &op.app.tenant, START).await?;
        Err::<(), _>(store::Error::from(RollbackTransaction))
    });
    assert!(failed.await.is_err());
    assert!(sets_up_at_once(&op).await);
}

/// A client that hangs up drops our future in the middle of a transaction.
#[actix_web::test]
async fn an_abandoned_write_rolls_back_and_frees_the_lock() {
    let op = Op::start().await;
    let db: &Db = &op.app.db;
    // fill the pool: a single idle connection would be recycled next, and hide the fault
    drop(try_join_all((0..4).map(|_| db.conn())).await.unwrap());
    let stuck = db.write(async |tx| {
        tenant::set_up(tx, &op.app.tenant, START).await?;
        std::future::pending::<store::Result<()>>().await
    });
    assert!(timeout(Duration::from_millis(50), stuck).await.is_err());
    assert!(sets_up_at_once(&op).await);
}

/// Whether nothing was kept and no lock has to be waited for.
async fn sets_up_at_once(op: &Op) -> bool {
    let next = op.app.db.write(async |tx| tenant::set_up(tx, &op.app.tenant, START).await);
    timeout(Duration::from_secs(1), next).await.is_ok_and(|done| done.unwrap())
}

/// On SQLite they share commits, and still each keeps or takes back nothing but its own.
#[actix_web::test]
async fn of_many_writers_each_keeps_or_takes_back_its_own() {
    let op = Op::start().await;
    let write = |n: usize| {
        let op = &op;
        let row = op.app.cx().audit(Action::SignIn, Party::System, None).detail(n.to_string());
        let (half_done, hang_up) = oneshot::channel::<()>();
        async move {
            let work = op.app.db.write(async |tx| {
                store::audit::insert(tx, &row).await?;
                match n % 4 {
                    0 => Err(store::Error::from(RollbackTransaction)),
                    1 => {
                        half_done.send(()).unwrap();
                        std::future::pending().await
                    }
                    _ => Ok(()),
                }
            });
            let gone = async {
                if hang_up.await.is_err() {
                    std::future::pending::<()>().await;
                }
            };
            match select(pin!(work), pin!(gone)).await {
                Either::Left((done, _)) => assert_eq!(done.is_ok(), n % 4 > 1, "{n}"),
                Either::Right(_) => assert_eq!(n % 4, 1),
            }
        }
    };
    join_all((0..40).map(write)).await;
    let rows = op.audit(1000).await;
    let mut found: Vec<usize> = rows.iter().map(|row| row.detail.parse().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(found, (0..40).filter(|n| n % 4 > 1).collect::<Vec<_>>());
    assert!(sets_up_at_once(&op).await);
}

#[actix_web::test]
async fn many_writers_all_get_their_turn() {
    let op = Op::start().await;
    let write = |n: usize| {
        let op = &op;
        async move {
            let row = op.app.cx().audit(Action::SignIn, Party::System, None);
            let row = row.detail(n.to_string());
            op.app.db.write(async |tx| store::audit::insert(tx, &row).await).await
        }
    };
    for written in join_all((0..100).map(write)).await {
        written.unwrap();
    }
    let rows = op.audit(1000).await;
    assert_eq!(rows.len(), 100);
}
