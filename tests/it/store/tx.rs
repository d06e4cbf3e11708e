//! Transactions: what is rolled back, and what a client that hangs up leaves behind.

use std::time::Duration;

use futures_util::future::try_join_all;
use signet::store::{self, Db, tenant};
use tokio::time::timeout;

use crate::support::{Op, START};

#[actix_web::test]
async fn an_error_rolls_back() {
    let op = Op::start().await;
    let failed = op.app.db.write(async |tx| {
        tenant::set_up(tx, &op.app.tenant, START).await?;
        Err::<(), _>(store::Error::from(diesel::result::Error::RollbackTransaction))
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

#[actix_web::test]
async fn many_writers_all_get_their_turn() {
    let op = Op::start().await;
    let write = |n: usize| {
        let op = &op;
        async move {
            let row =
                op.app.cx().audit(signet::model::audit::Action::SignIn, signet::model::audit::Party::System, None);
            let row = row.detail(n.to_string());
            op.app.db.write(async |tx| store::audit::insert(tx, &row).await).await
        }
    };
    for written in futures_util::future::join_all((0..100).map(write)).await {
        written.unwrap();
    }
    let rows = store::audit::list(&mut op.app.db.conn().await.unwrap(), &op.app.tenant, 1000).await.unwrap();
    assert_eq!(rows.len(), 100);
}
