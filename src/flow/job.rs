//! Work beside the requests. A job is one node's while it is tried; each step says how far it has come, and takes care
//! that it stays that node's.

use std::time::Duration;

use super::account::delete::erase;
use super::account::export;
use super::admin::bulk;
use super::admin::withdraw;
use super::{Error, Fault, Result, missing, user};
use crate::app::{App, Cx};
use crate::base::time::Ts;
use crate::model::JobId;
use crate::model::job::{Job, Kind, MOST_TRIES, State};
use crate::store::{self, Conn, job};

/// How long a job is one node's from each step on; afterwards any goes on with it.
const LEASE: Duration = Duration::from_mins(5);
const FIRST_PAUSE: Duration = Duration::from_secs(30);
/// Jobs looked at in one round.
const ROUND: i64 = 20;

/// Does what is due, one after the other, one round; how many were tried.
pub async fn run_due(app: &App) -> Result<usize> {
    let cx = app.cx();
    let rows = job::due(&mut app.db.conn().await?, cx.tenant, cx.now, ROUND).await?;
    let mut count = 0;
    for row in &rows {
        count += usize::from(attempt(app.cx(), row).await?);
    }
    Ok(count)
}

/// Does what is due to many at once, one job to its end; whether there was one. It may take long, and keeps no other
/// work waiting.
pub async fn run_bulk(app: &App) -> Result<bool> {
    let cx = app.cx();
    match job::due_bulk(&mut app.db.conn().await?, cx.tenant, cx.now).await? {
        Some(row) => attempt(cx, &row).await,
        None => Ok(false),
    }
}

/// Does one job at once, if nobody else does.
pub(super) async fn run(cx: Cx<'_>, id: &JobId) -> Result<()> {
    let row = job::find(&mut cx.app.db.conn().await?, cx.tenant, id).await?;
    let row = row.ok_or_else(|| missing("job", id.as_str()))?;
    attempt(cx, &row).await.map(drop)
}

/// Until when a job is this node's, from a step that is made now.
pub(super) fn until(cx: Cx<'_>) -> Ts {
    cx.app.clock.now().plus(LEASE)
}

/// Keeps how far a job has come, and the job for this node. Fails when it is no longer this try's.
pub(super) async fn go_on(cx: Cx<'_>, tx: &mut Conn, row: &Job) -> Result<()> {
    match job::go_on(tx, row, until(cx)).await? {
        true => Ok(()),
        false => Err(lost()),
    }
}

/// Marks a job as done that has no more to say.
pub(super) async fn end(cx: Cx<'_>, row: &Job) -> Result<()> {
    let now = cx.app.clock.now();
    cx.app.db.write(async |tx| job::end(tx, row, State::Done, now).await).await?;
    Ok(())
}

/// The job is no longer this try's: it took too long, or what it was for is gone. Whoever has it goes on.
pub(super) fn lost() -> Error {
    Fault::Engine("the job is no longer this node's").into()
}

/// Whether it was ours to try.
async fn attempt(cx: Cx<'_>, row: &Job) -> Result<bool> {
    let claimed = cx.app.db.write(async |tx| job::claim(tx, row, until(cx)).await).await?;
    let Some(row) = claimed else { return Ok(false) };
    let done = match row.kind {
        Kind::Forget => erase::forget(cx, row.clone()).await,
        Kind::Export => Box::pin(export::run(cx, row.clone())).await,
        Kind::Words => user::write_words(cx, row.clone()).await,
        Kind::Withdraw => withdraw::run(cx, row.clone()).await,
        Kind::Bulk => Box::pin(bulk::run(cx, row.clone())).await,
    };
    if let Err(error) = done {
        broke_off(cx, row, &error).await?;
    }
    Ok(true)
}

/// Tried again later, a few times.
async fn broke_off(cx: Cx<'_>, mut row: Job, error: &Error) -> Result<(), store::Error> {
    let now = cx.app.clock.now();
    if row.tries < MOST_TRIES {
        tracing::warn!(job.id = %row.id, job.kind = %row.kind, %error, "a job has to wait");
        let pause = FIRST_PAUSE.saturating_mul(1 << row.tries.clamp(0, 10));
        let error = error.to_string();
        return cx.app.db.write(async |tx| job::again(tx, &row, &error, now.plus(pause)).await).await;
    }
    tracing::error!(job.id = %row.id, job.kind = %row.kind, %error, "a job was given up");
    row.error = Some(error.to_string());
    cx.app
        .db
        .write(async |tx| {
            if row.kind == Kind::Bulk {
                bulk::give_up(cx, tx, &row.id).await?;
            }
            job::end(tx, &row, State::Failed, now).await
        })
        .await?;
    Ok(())
}
