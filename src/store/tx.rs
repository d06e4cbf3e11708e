//! Transactions.

use diesel::QueryResult;
use diesel::dsl::{select, sql};
use diesel::result::{DatabaseErrorKind, Error as Diesel};
use diesel::sql_types::Text;
use diesel_async::pooled_connection::deadpool::Object;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl as _, TransactionManager};

use super::group::Turn;
use super::{Conn, Db, Error, Result};

type PgManager = <AsyncPgConnection as AsyncConnection>::TransactionManager;

impl Db {
    /// A connection for reading.
    pub async fn conn(&self) -> Result<Conn> {
        match self {
            Self::Lite { readers, .. } => Ok(Conn::Lite(readers.get().await?)),
            Self::Pg(pool) => Ok(Conn::Pg(Box::new(pool.get().await?))),
        }
    }

    /// Runs `work` in one transaction: `Ok` commits, `Err` rolls back.
    ///
    /// A refusal that must leave a trace (a replayed code, a failed login) is therefore an `Ok` value that the caller
    /// turns into an error afterwards.
    pub async fn write<T, E: From<Error>>(&self, work: impl AsyncFnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut open = self.begin().await?;
        match work(open.conn()).await {
            Ok(value) => {
                open.commit().await?;
                Ok(value)
            }
            Err(error) => {
                open.rollback().await;
                Err(error)
            }
        }
    }

    async fn begin(&self) -> Result<Open> {
        match self {
            Self::Lite { writer, .. } => Ok(Open::Lite(writer.turn().await?)),
            Self::Pg(pool) => {
                let mut open = PgOpen(Some(Conn::Pg(Box::new(pool.get().await?))));
                open.run(PgManager::begin_transaction).await?;
                Ok(Open::Pg(open))
            }
        }
    }

    /// Whether something could be written now; writes nothing.
    pub async fn check_writable(&self) -> Result<()> {
        match self {
            Self::Lite { writer, .. } => drop(writer.turn().await?),
            Self::Pg(pool) => takes_writes(&mut *pool.get().await?).await?,
        }
        Ok(())
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

/// An open transaction.
enum Open {
    Lite(Turn),
    Pg(PgOpen),
}

impl Open {
    #[expect(clippy::expect_used, reason = "emptied only by commit and rollback, which take self")]
    fn conn(&mut self) -> &mut Conn {
        let conn = match self {
            Self::Lite(turn) => turn.conn(),
            Self::Pg(open) => open.0.as_mut(),
        };
        conn.expect("open transaction")
    }

    async fn commit(self) -> Result<()> {
        match self {
            Self::Lite(turn) => turn.commit().await,
            Self::Pg(open) => open.end(PgManager::commit_transaction).await,
        }
    }

    /// Why the work failed matters more than that it cannot be taken back as well; its connection is closed then.
    async fn rollback(self) {
        match self {
            Self::Lite(turn) => drop(turn),
            Self::Pg(open) => {
                if let Err(error) = open.give_up().await {
                    tracing::debug!(%error, "not rolled back; the connection was closed");
                }
            }
        }
    }
}

/// Dropped before its end (the client hung up, and with it our future), it closes the connection instead of giving it
/// back: the pool would keep it, locks and all.
struct PgOpen(Option<Conn>);

impl PgOpen {
    async fn run(&mut self, what: impl AsyncFnOnce(&mut AsyncPgConnection) -> QueryResult<()>) -> Result<()> {
        match &mut self.0 {
            Some(Conn::Pg(object)) => Ok(what(object).await?),
            _ => Ok(()),
        }
    }

    /// A connection that takes no writes, because the server follows another one now, is not given back: the pool opens
    /// another, which may lead to the one that does.
    async fn give_up(mut self) -> Result<()> {
        self.run(PgManager::rollback_transaction).await?;
        self.run(takes_writes).await?;
        drop(self.0.take());
        Ok(())
    }

    async fn end(mut self, how: impl AsyncFnOnce(&mut AsyncPgConnection) -> QueryResult<()>) -> Result<()> {
        self.run(how).await?;
        drop(self.0.take());
        Ok(())
    }
}

async fn takes_writes(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    let setting = sql::<Text>("current_setting('transaction_read_only')");
    match select(setting).get_result::<String>(conn).await? {
        on if on == "on" => {
            let why = Box::new("the database takes no writes".to_owned());
            Err(Diesel::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, why))
        }
        _ => Ok(()),
    }
}

impl Drop for PgOpen {
    fn drop(&mut self) {
        if let Some(Conn::Pg(object)) = self.0.take() {
            drop(Object::take(*object));
        }
    }
}
