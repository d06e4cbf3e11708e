//! Group commit on SQLite: transactions that come one after the other share the `fsync` that makes them last.
//!
//! There is one connection that writes, and who holds its lock has his turn. A turn that went well leaves the
//! transaction open, and whoever waits next adds to it, behind a savepoint of his own, so that a failure takes back
//! nothing but itself. The first of a group calls a thread that waits for the lock as well, behind those who wait already;
//! it commits for all of them. Nobody is answered before that, and those who come meanwhile make the next group.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use diesel::connection::AnsiTransactionManager;
use diesel::result::Error as Diesel;
use diesel_async::pooled_connection::deadpool::{Object, Pool};
use diesel_async::{AsyncConnection, TransactionManager};
use futures_util::FutureExt as _;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::{Conn, Error, Lite, Result};

/// How often, and how far apart, the write lock is asked for while another process holds it: 1.5 s in all.
const TRIES: u32 = 75;
const PAUSE: Duration = Duration::from_millis(20);
/// How long a request waits for its turn.
const WAIT: Duration = Duration::from_secs(1);

type Manager = <Lite as AsyncConnection>::TransactionManager;

/// The writing connection of an SQLite database.
#[derive(Clone)]
pub struct Writer {
    pool: Pool<Lite>,
    group: Arc<Mutex<Group>>,
    calls: Sender<()>,
}

/// Those who share the open transaction. Without a member none is open.
#[derive(Default)]
struct Group {
    conn: Option<Conn>,
    members: Vec<oneshot::Sender<Result<()>>>,
}

impl Writer {
    /// `pool` holds one connection. Fails when no thread can be had.
    pub(super) fn new(pool: Pool<Lite>) -> Result<Self> {
        let group = Arc::<Mutex<Group>>::default();
        let (calls, called) = channel();
        let work = group.clone();
        // its own thread, not one of a runtime: a server that stops ends its runtimes one by one, and a group that
        // nobody commits would keep all who joined it waiting
        let spawned = thread::Builder::new().name("commit".to_owned()).spawn(move || commit_all(&work, &called));
        spawned.map_err(Error::other)?;
        Ok(Self { pool, group, calls })
    }

    /// Waits for the lock, and opens what is taken back when this turn fails.
    pub(super) async fn turn(&self) -> Result<Turn> {
        let lock = Arc::clone(&self.group).lock_owned();
        let mut group = tokio::time::timeout(WAIT, lock).await.map_err(Error::unavailable)?;
        if group.members.is_empty() {
            let mut object = self.pool.get().await?;
            begin(&mut object).await?;
            group.conn = Some(Conn::Lite(object));
        } else if let Err(error) = group.savepoint() {
            group.fail(&error);
            return Err(error);
        }
        Ok(Turn { group: Some(group), calls: self.calls.clone() })
    }
}

/// Commits whenever it is called. Ends with the last writer.
fn commit_all(group: &Mutex<Group>, called: &Receiver<()>) {
    while called.recv().is_ok() {
        group.blocking_lock().commit();
    }
}

/// One transaction. Dropped without a commit (it failed, or the client hung up and with it our future), it takes back
/// what it did.
pub struct Turn {
    group: Option<OwnedMutexGuard<Group>>,
    calls: Sender<()>,
}

impl Turn {
    pub(super) fn conn(&mut self) -> Option<&mut Conn> {
        self.group.as_mut()?.conn.as_mut()
    }

    /// Returns when the work of this turn has reached the disk.
    pub(super) async fn commit(mut self) -> Result<()> {
        let Some(mut group) = self.group.take() else { return Ok(()) };
        if !group.members.is_empty()
            && let Err(error) = group.end(End::Commit)
        {
            group.fail(&error);
            return Err(error);
        }
        let (done, committed) = oneshot::channel();
        group.members.push(done);
        if group.members.len() == 1 {
            // the fsync is the one thing here that really waits, so it leaves the thread of the requests
            self.calls.send(()).map_err(Error::other)?;
        }
        drop(group);
        committed.await.map_err(Error::other)?
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(mut group) = self.group.take() else { return };
        match group.end(End::Rollback) {
            Ok(()) if group.members.is_empty() => group.conn = None,
            Ok(()) => {}
            // a full disk has rolled back everything already
            Err(error) => group.fail(&error),
        }
    }
}

#[derive(Clone, Copy)]
enum End {
    Commit,
    Rollback,
}

impl Group {
    fn savepoint(&mut self) -> Result<()> {
        self.at_once(|object| Manager::begin_transaction(object).now_or_never())
    }

    /// Ends the innermost: the savepoint of a turn, or the transaction.
    fn end(&mut self, how: End) -> Result<()> {
        self.at_once(|object| match how {
            End::Commit => Manager::commit_transaction(object).now_or_never(),
            End::Rollback => Manager::rollback_transaction(object).now_or_never(),
        })
    }

    /// SQLite answers in place, so no future here is ever pending.
    fn at_once(&mut self, run: impl FnOnce(&mut Lite) -> Option<diesel::QueryResult<()>>) -> Result<()> {
        match &mut self.conn {
            Some(Conn::Lite(object)) => Ok(run(object).unwrap_or(Err(Diesel::BrokenTransactionManager))?),
            _ => Err(Diesel::BrokenTransactionManager.into()),
        }
    }

    /// Makes the work of all members last, and tells them.
    fn commit(&mut self) {
        match self.end(End::Commit) {
            Ok(()) => {
                self.conn = None;
                for member in self.members.drain(..) {
                    let _gone = member.send(Ok(()));
                }
            }
            Err(error) => self.fail(&error),
        }
    }

    /// The transaction is lost, for everybody who was part of it; what is left of it ends with its connection.
    fn fail(&mut self, error: &Error) {
        if let Some(Conn::Lite(object)) = self.conn.take() {
            drop(Object::take(object));
        }
        for member in self.members.drain(..) {
            let _gone = member.send(Err(error.shared()));
        }
    }
}

/// IMMEDIATE takes the write lock now; a later upgrade could fail with `SQLITE_BUSY`. Another process (a command,
/// while the server runs) may hold it; waiting inside of SQLite would block this thread, so it happens here.
async fn begin(object: &mut Object<Lite>) -> Result<()> {
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
