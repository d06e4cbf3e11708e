//! The database. [`Db`] is the pools, [`Conn`] one connection of either backend.
//!
//! Every query is written once, inside `on!`, and compiled for both backends. A query function takes `&mut Conn`
//! and neither knows nor cares whether a transaction is open. It decides nothing.

pub mod acceptance;
pub mod access_token;
pub mod answered;
pub mod api_key;
pub mod audit;
pub mod audit_seal;
pub mod auth_code;
pub mod auth_request;
pub mod backup_code;
pub mod blob;
pub mod bulk;
pub mod challenge;
pub mod change;
pub mod client;
pub mod consent;
pub mod deletion;
pub mod epoch;
pub mod erase;
pub mod factor;
pub mod grant;
mod group;
mod in_place;
pub mod invitation;
pub mod job;
mod kept;
pub mod known_device;
pub mod lease;
pub mod logo;
mod open;
pub mod outbox;
pub mod people;
mod pg_tls;
pub mod profile;
pub mod purge;
pub mod refresh_token;
pub mod refusal;
pub mod revoked_token;
pub mod role;
pub mod seed;
pub mod session;
pub mod setting;
pub mod signing_key;
pub mod stats;
pub mod tenant;
pub mod trusted_device;
mod tx;
pub mod user;
pub mod user_word;

use diesel::result::{DatabaseErrorKind, Error as Diesel};
use diesel::sqlite::SqliteConnection;
use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::deadpool::{Object, Pool, PoolError};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;

use group::Writer;
use in_place::InPlace;
pub(crate) use kept::Keep;

pub(crate) type Lite = SyncConnectionWrapper<SqliteConnection, InPlace>;

#[derive(Clone)]
pub enum Db {
    Lite { readers: Pool<Lite>, writer: Writer },
    Pg(Pool<AsyncPgConnection>),
}

pub enum Conn {
    Lite(Object<Lite>),
    Pg(Box<Object<AsyncPgConnection>>),
}

/// Anything that went wrong below this layer. Callers can only report it, and say whether to come again later.
#[derive(Debug, thiserror::Error)]
#[error("database: {source}")]
pub struct Error {
    source: Box<dyn std::error::Error + Send + Sync>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Not reachable, too slow, locked, full: it may work later.
    Unavailable,
    /// A unique key is taken.
    Taken,
    Other,
}

impl Error {
    /// The same for another one who was struck by it.
    fn shared(&self) -> Self {
        Self { source: self.source.to_string().into(), kind: self.kind }
    }

    fn unavailable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: source.into(), kind: Kind::Unavailable }
    }

    pub(crate) fn other(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: source.into(), kind: Kind::Other }
    }

    pub fn is_unavailable(&self) -> bool {
        self.kind == Kind::Unavailable
    }

    /// A row with the same unique key is there already.
    pub fn is_taken(&self) -> bool {
        self.kind == Kind::Taken
    }
}

impl From<Diesel> for Error {
    fn from(source: Diesel) -> Self {
        let kind = match &source {
            Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Kind::Taken,
            Diesel::DatabaseError(
                DatabaseErrorKind::ClosedConnection
                | DatabaseErrorKind::UnableToSendCommand
                | DatabaseErrorKind::SerializationFailure
                | DatabaseErrorKind::ReadOnlyTransaction,
                _,
            )
            | Diesel::BrokenTransactionManager => Kind::Unavailable,
            Diesel::DatabaseError(_, info) if is_passing(info.message()) => Kind::Unavailable,
            _ => Kind::Other,
        };
        Self { source: source.into(), kind }
    }
}

/// What SQLite says of a lock, a full disk or a file that cannot be written, and PostgreSQL of an end that is near.
fn is_passing(message: &str) -> bool {
    const PASSING: [&str; 9] = [
        "deadlock detected",
        "database is locked",
        "database or disk is full",
        "readonly database",
        "disk I/O error",
        "unable to open database",
        "statement timeout",
        "terminating connection",
        "connection closed",
    ];
    PASSING.iter().any(|known| message.contains(known))
}

impl From<PoolError> for Error {
    fn from(source: PoolError) -> Self {
        Self::unavailable(source)
    }
}

/// Comes after every id, in whatever order of letters the database has.
const LAST_ID: &str = "ffffffff-ffff-ffff-ffff-ffffffffffff";

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Runs one expression against whichever backend `$conn` holds.
macro_rules! on {
    ($conn:expr, $c:ident => $query:expr) => {
        match $conn {
            $crate::store::Conn::Lite(object) => {
                let $c = &mut **object;
                $query
            }
            $crate::store::Conn::Pg(object) => {
                let $c = &mut ***object;
                $query
            }
        }
    };
}
pub(crate) use on;

/// Inserts rows of `$table`: many by one statement where each costs a round trip, one by one where the statement that is
/// kept is the fastest.
macro_rules! insert_all {
    ($conn:expr, $table:ident, $rows:expr) => {{
        let rows = $rows;
        match $conn {
            $crate::store::Conn::Lite(object) => {
                for row in rows {
                    diesel::insert_into($table::table).values(row).kept().execute(&mut **object).await?;
                }
            }
            $crate::store::Conn::Pg(object) => {
                for some in rows.chunks($crate::store::AT_ONCE) {
                    diesel::insert_into($table::table).values(some).execute(&mut ***object).await?;
                }
            }
        }
    }};
}
pub(crate) use insert_all;

/// Rows of one statement; PostgreSQL takes 65,535 values.
pub(crate) const AT_ONCE: usize = 1000;
