//! Transactions.

use std::time::Duration;

use diesel::connection::AnsiTransactionManager;
use diesel::result::Error as Diesel;
use diesel_async::pooled_connection::deadpool::Object;
use diesel_async::{AsyncConnection, AsyncPgConnection, TransactionManager};
use futures_util::FutureExt as _;

use super::{Conn, Db, Error, Lite, Result};

/// How often, and how far apart, the write lock is asked for while another process holds it: a second and a half in all.
const TRIES: u32 = 75;
const PAUSE: Duration = Duration::from_millis(20);

impl Db {
    /// A connection for reading.
    pub async fn conn(&self) -> Result<Conn> {
        match self {
            Self::Lite { readers, .. } => Ok(Conn::Lite(readers.get().await?)),
            Self::Pg(pool) => Ok(Conn::Pg(Box::new(pool.get().await?))),
        }
    }

    pub(super) async fn writer(&self) -> Result<Conn> {
        match self {
            Self::Lite { writer, .. } => Ok(Conn::Lite(writer.get().await?)),
            Self::Pg(_) => self.conn().await,
        }
    }

    /// Runs `work` in one transaction: `Ok` commits, `Err` rolls back.
    ///
    /// A refusal that must leave a trace (a replayed code, a failed login) is therefore an `Ok` value that the caller
    /// turns into an error afterwards.
    pub async fn write<T, E: From<Error>>(&self, work: impl AsyncFnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut open = Open(Some(self.writer().await?));
        open.begin().await?;
        match work(open.conn()).await {
            Ok(value) => {
                open.end(End::Commit).await?;
                Ok(value)
            }
            Err(error) => {
                // a full disk has rolled back already; why it failed matters more than that it cannot be done twice
                if let Err(again) = open.end(End::Rollback).await {
                    tracing::debug!(error = %again, "not rolled back; the connection was closed");
                }
                Err(error)
            }
        }
    }

    /// Connections in use and at most, for metrics.
    pub fn pool_status(&self) -> (usize, usize) {
        let status = match self {
            Self::Lite { readers, .. } => readers.status(),
            Self::Pg(pool) => pool.status(),
        };
        (status.size.saturating_sub(status.available), status.max_size)
    }
}

/// An open transaction. Dropped before its end (the client hung up, and with it our future), it closes the connection
/// instead of giving it back: the pool would keep it, lock and all.
struct Open(Option<Conn>);

#[derive(Clone, Copy)]
enum End {
    Commit,
    Rollback,
}

impl Open {
    #[expect(clippy::expect_used, reason = "emptied only by end, which takes self")]
    fn conn(&mut self) -> &mut Conn {
        self.0.as_mut().expect("open transaction")
    }

    async fn begin(&mut self) -> Result<()> {
        match self.conn() {
            Conn::Lite(object) => begin_lite(object).await,
            Conn::Pg(object) => {
                <AsyncPgConnection as AsyncConnection>::TransactionManager::begin_transaction(&mut ***object).await?;
                Ok(())
            }
        }
    }

    async fn end(mut self, how: End) -> Result<()> {
        match self.0.take() {
            // the fsync of a commit is the one thing here that really waits, so it leaves the thread of the requests
            Some(Conn::Lite(mut object)) => {
                let run = tokio::task::spawn_blocking(move || {
                    let done = end(&mut *object, how).now_or_never();
                    if !matches!(done, Some(Ok(()))) {
                        drop(Object::take(object));
                    }
                    done.unwrap_or(Err(Diesel::RollbackTransaction))
                });
                run.await.map_err(Error::other)??;
            }
            Some(Conn::Pg(mut object)) => {
                if let Err(error) = end(&mut **object, how).await {
                    drop(Object::take(*object));
                    return Err(error.into());
                }
            }
            None => {}
        }
        Ok(())
    }
}

/// IMMEDIATE takes the write lock now; a later upgrade could fail with `SQLITE_BUSY`. Another process (a command,
/// while the server runs) may hold it; waiting inside of SQLite would block this thread, so it happens here.
async fn begin_lite(object: &mut Object<Lite>) -> Result<()> {
    for _ in 0..TRIES {
        let sql = "BEGIN IMMEDIATE";
        match object.spawn_blocking(move |conn| AnsiTransactionManager::begin_transaction_sql(conn, sql)).await {
            Err(Diesel::DatabaseError(_, info)) if info.message().contains("locked") => {
                tokio::time::sleep(PAUSE).await;
            }
            other => return Ok(other?),
        }
    }
    Err(Error::unavailable("another process holds the write lock"))
}

async fn end<C: AsyncConnection>(conn: &mut C, how: End) -> diesel::QueryResult<()> {
    match how {
        End::Commit => C::TransactionManager::commit_transaction(conn).await,
        End::Rollback => C::TransactionManager::rollback_transaction(conn).await,
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        match self.0.take() {
            Some(Conn::Lite(object)) => drop(Object::take(object)),
            Some(Conn::Pg(object)) => drop(Object::take(*object)),
            None => {}
        }
    }
}
