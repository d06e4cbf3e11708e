//! All that is kept of a person, gathered by a job into an archive that the person fetches within a day.

mod archive;
mod gather;

use std::time::Duration;

use archive::Archive;

use super::preferences;
use crate::app::Cx;
use crate::base::time::Ts;
use crate::deliver::{Kind as Wording, Letter};
use crate::flow::session::{self, Live};
use crate::flow::{Error, Fault, Result, job as jobs, post};
use crate::model::audit::Action;
use crate::model::blob::{Blob, Kind as File, Part};
use crate::model::job::{self, Job};
use crate::model::user::User;
use crate::spec::check::Check;
use crate::spec::error::Code;
use crate::spec::paths;
use crate::spec::preferences::Letter as About;
use crate::store::{self, Conn, audit, blob, user};

/// Exports of one person in a day.
const MOST: usize = 3;
const DAY: Duration = Duration::from_hours(24);

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    None,
    Running,
    /// To be fetched until then; so many bytes.
    Ready(Ts, i64),
    /// The last one could not be made.
    Failed,
}

pub async fn state(cx: Cx<'_>, user: &User) -> Result<State> {
    let conn = &mut cx.app.db.conn().await?;
    let last = lately(cx, conn, user).await?.into_iter().next();
    match (last.map(|job| job.state), ready(cx, conn, user).await?) {
        (Some(job::State::Waiting | job::State::Running), _) => Ok(State::Running),
        (_, Some(blob)) => Ok(State::Ready(blob.expires_at.unwrap_or(cx.now), blob.size)),
        (Some(job::State::Failed), None) => Ok(State::Failed),
        (Some(job::State::Done) | None, None) => Ok(State::None),
    }
}

/// Those begun in the last day, the newest first.
async fn lately(cx: Cx<'_>, conn: &mut Conn, user: &User) -> Result<Vec<Job>> {
    let asked = (job::Kind::Export, cx.now.minus(DAY));
    Ok(store::job::of_person(conn, cx.tenant, &user.id, asked, 10).await?)
}

/// The one that can be fetched.
async fn ready(cx: Cx<'_>, conn: &mut Conn, user: &User) -> Result<Option<Blob>> {
    Ok(blob::of_person(conn, cx.tenant, &user.id, (File::Export, cx.now)).await?)
}

/// Begins one. While one is being made, or waits to be fetched, it stays the only one. Fails when it is asked for too
/// often (429).
pub async fn begin(cx: Cx<'_>, live: &Live) -> Result<()> {
    let begun = cx.app.db.write(async |tx| {
        session::hold(cx, tx, live).await?;
        if ready(cx, tx, &live.user).await?.is_some() {
            return Ok(());
        }
        let lately = lately(cx, tx, &live.user).await?;
        if lately.len() >= MOST {
            let first = lately.last().map_or(cx.now, |job| job.created_at);
            let refusal = Code::TemporarilyUnavailable.because("too many exports in a day; come again tomorrow");
            let refusal = refusal.at(Check::Limit, format!("{MOST} exports in a day"), "one more").with_status(429);
            return Err(refusal.retry_after(first.plus(DAY).since(cx.now)).into());
        }
        store::job::insert(tx, &Job::new(cx.tenant, job::Kind::Export, &live.user.id, cx.now)).await?;
        audit::insert(tx, &cx.audit_own(Action::ExportBegin, &live.user.id)).await?;
        Ok::<_, Error>(())
    });
    match begun.await {
        // somebody was faster, in another tab
        Err(Error::Fault(Fault::Store(error))) if error.is_taken() => Ok(()),
        begun => begun,
    }
}

/// Takes the one away that waits to be fetched.
pub async fn discard(cx: Cx<'_>, live: &Live) -> Result<()> {
    cx.app.db.write(async |tx| blob::delete_of(tx, cx.tenant, &live.user.id, File::Export).await).await?;
    Ok(())
}

/// What is under way and what waits goes with the account.
pub(super) async fn end_all(cx: Cx<'_>, tx: &mut Conn, user: &User) -> Result<()> {
    store::job::delete_of(tx, cx.tenant, &user.id, job::Kind::Export).await?;
    blob::delete_of(tx, cx.tenant, &user.id, File::Export).await?;
    Ok(())
}

/// The one that can be fetched, if there is one; it is noted that it was.
pub async fn fetch(cx: Cx<'_>, live: &Live) -> Result<Option<Blob>> {
    let found = ready(cx, &mut cx.app.db.conn().await?, &live.user).await?;
    let Some(found) = found else { return Ok(None) };
    let event = cx.audit_own(Action::ExportFetch, &live.user.id);
    cx.app.db.write(async |tx| audit::insert(tx, &event).await).await?;
    Ok(Some(found))
}

/// One part of what was fetched; None behind the last.
pub async fn part(cx: Cx<'_>, blob: &Blob, number: i32) -> Result<Option<Vec<u8>>> {
    let sealed = store::blob::part(&mut cx.app.db.conn().await?, cx.tenant, &blob.id, number).await?;
    let Some(sealed) = sealed else { return Ok(None) };
    Ok(Some(cx.app.master_key.open(&Part::place(&blob.id, number), &sealed)?))
}

/// Makes the archive. A try that broke off has left one behind that nobody can use.
pub(in crate::flow) async fn run(cx: Cx<'_>, job: Job) -> Result<()> {
    let user = match &job.user_id {
        Some(id) => user::find(&mut cx.app.db.conn().await?, cx.tenant, id).await?,
        None => None,
    };
    let Some(user) = user else { return jobs::end(cx, &job).await };
    let mut archive = Archive::begin(cx, job, &user).await?;
    gather::all(cx, &mut archive, &user).await?;
    let (job, mut made) = archive.finish().await?;
    let now = cx.app.clock.now();
    let until = now.plus(cx.config().account.export_ttl);
    made.expires_at = Some(until);
    let letter = Letter::mail(Wording::ExportReady, user.language().unwrap_or_default(), &user.email);
    let letter = letter.with("name", user.called()).with("at", &until.readable());
    let letter = letter.link(cx.address(paths::PRIVACY));
    let ended = cx.app.db.write(async |tx| {
        if !store::job::end(tx, &job, job::State::Done, now).await? {
            return Err(jobs::lost());
        }
        blob::finish(tx, &made).await?;
        match preferences::wants(cx, tx, &user.id, About::ExportReady).await? {
            true => post::write(cx, tx, &letter, Some(until)).await,
            false => Ok(()),
        }
    });
    ended.await?;
    cx.app.posted.notify_one();
    Ok(())
}
