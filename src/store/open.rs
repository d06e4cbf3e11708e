//! Opening the pools and bringing the schema up to date.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use deadpool::Runtime;
use diesel::ConnectionError;
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::group::Writer;
use super::{Conn, Db, Error, Lite, Result, pg_tls};

/// A migration may take longer than a request.
const LOCK: &str = "SET statement_timeout = 0; SELECT pg_advisory_lock(7143)";
const UNLOCK: &str = "SELECT pg_advisory_unlock(7143); SET statement_timeout = '5s'";
const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/common");

/// A request waits this long for a connection, then it is told to come again.
const WAIT: Duration = Duration::from_secs(1);
const PG_SETUP: &str = "SET statement_timeout = '5s'; SET idle_in_transaction_session_timeout = '30s'; \
                        SET synchronous_commit = on";

/// `busy_timeout` comes first: switching to WAL may itself have to wait for a lock.
const LITE_SETUP: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                          PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000";
/// The writer waits for its lock without blocking a thread, see `group`. Fewer checkpoints write each page less often;
/// the log stays below 17 MB.
const WRITER_SETUP: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                            PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000; PRAGMA wal_autocheckpoint = 4000; \
                            PRAGMA busy_timeout = 0";

/// What bringing the schema up to date did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    pub applied: usize,
}

impl Db {
    /// Opens `postgres://…`, or `sqlite:PATH`, or a path. Nothing is connected to yet. `ca_file` holds the authorities
    /// to believe about PostgreSQL's certificate; empty for those of the system.
    pub fn open(url: &str, ca_file: &str, size: usize) -> Result<Self> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return pool(pg(url, ca_file)?, size).map(Self::Pg);
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        let writer = Writer::new(pool(lite(path, WRITER_SETUP), 1)?)?;
        Ok(Self::Lite { readers: pool(lite(path, LITE_SETUP), size)?, writer })
    }

    /// The file of an SQLite database, by its URL.
    pub fn file(url: &str) -> Option<&Path> {
        let server = url.starts_with("postgres:") || url.starts_with("postgresql:");
        (!server).then(|| Path::new(url.strip_prefix("sqlite:").unwrap_or(url)))
    }

    /// Applies pending migrations. Nodes that start together take turns. Fails when the database is newer than this
    /// program.
    pub async fn migrate(&self) -> Result<Migrated> {
        let mut conn = self.conn().await?;
        if let Conn::Pg(object) = &mut conn {
            object.batch_execute(LOCK).await?;
        }
        // diesel's migration code is not async, and its async harness needs a multi-threaded runtime
        let run = tokio::task::spawn_blocking(move || match conn {
            Conn::Lite(object) => apply(&mut AsyncConnectionWrapper::<_>::from(object)),
            Conn::Pg(object) => {
                let mut conn = AsyncConnectionWrapper::<_>::from(*object);
                let applied = apply(&mut conn);
                diesel::connection::SimpleConnection::batch_execute(&mut conn, UNLOCK)?;
                applied
            }
        });
        run.await.map_err(Error::other)?.map_err(Error::other)
    }
}

fn apply<DB: diesel::backend::Backend>(conn: &mut impl MigrationHarness<DB>) -> diesel::migration::Result<Migrated> {
    let known: Vec<Box<dyn Migration<DB>>> = MIGRATIONS.migrations()?;
    let known: Vec<MigrationVersion<'_>> = known.iter().map(|migration| migration.name().version()).collect();
    let applied = conn.applied_migrations()?;
    if let Some(newer) = applied.iter().find(|version| !known.contains(version)) {
        let message = format!(
            "the database has the migration {newer}, which this version of Signet does not know: \
             start the version that made it, or a newer one"
        );
        return Err(message.into());
    }
    for _ in 0..known.len() {
        // SQLite has no advisory lock: another process may have made the same tables while this one waited
        let before = conn.pending_migrations(MIGRATIONS)?.len();
        let done = conn.run_pending_migrations(MIGRATIONS).map(|applied| applied.len());
        match done {
            Ok(applied) => return Ok(Migrated { applied }),
            Err(error) if conn.pending_migrations(MIGRATIONS)?.len() == before => return Err(error),
            Err(_) => {}
        }
    }
    Ok(Migrated { applied: conn.run_pending_migrations(MIGRATIONS)?.len() })
}

fn pool<C>(manager: AsyncDieselConnectionManager<C>, size: usize) -> Result<Pool<C>>
where
    AsyncDieselConnectionManager<C>: deadpool::managed::Manager<Type = C>,
{
    let builder = deadpool::managed::Pool::builder(manager).max_size(size).runtime(Runtime::Tokio1);
    builder.wait_timeout(Some(WAIT)).create_timeout(Some(WAIT * 5)).build().map_err(Error::other)
}

fn pg(url: &str, ca_file: &str) -> Result<AsyncDieselConnectionManager<AsyncPgConnection>> {
    let server = Arc::new(pg_tls::Server::new(url, ca_file).map_err(Error::other)?);
    let mut config = ManagerConfig::<AsyncPgConnection>::default();
    // a closed connection is noticed without asking; a query would cost each request a round trip
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(move |_| {
        let server = server.clone();
        Box::pin(async move {
            let mut conn = server.connect().await?;
            conn.batch_execute(PG_SETUP).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(conn)
        })
    });
    Ok(AsyncDieselConnectionManager::new_with_config(url, config))
}

fn lite(path: &str, setup: &'static str) -> AsyncDieselConnectionManager<Lite> {
    let mut config = ManagerConfig::<Lite>::default();
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(move |path| {
        let path = path.to_owned();
        Box::pin(async move {
            let mut conn = Lite::establish(&path).await?;
            conn.batch_execute(setup).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(conn)
        })
    });
    AsyncDieselConnectionManager::new_with_config(path, config)
}
