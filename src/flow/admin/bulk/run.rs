//! The job: one step after the other, until nobody is left or somebody stops it.

use std::time::Duration;

use super::super::undo::{self, Kept};
use super::super::{Act, Actor, Stop};
use super::lines::Line;
use super::people::Verdict;
use super::{Plan, Whom, back, import, lines, open, people, place, reopen};
use crate::app::Cx;
use crate::flow::{Error, Result, job as jobs, lockout};
use crate::model::audit::{Action, Party};
use crate::model::bulk::{Bulk, BulkRow, Kind, Outcome, State};
use crate::model::job::Job;
use crate::model::{ApiKeyId, BatchId, ClientId, JobId, UserId};
use crate::spec::account_state::Use;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::right::{Right, Rights};
use crate::store::{self, Conn, api_key, change, client, role, user};

/// People of one step: what it writes keeps others from writing for some hundredths of a second.
const STEP: usize = 250;
/// Lines of one step; each has a letter.
const LINES: usize = 100;
/// People who are met in one go when they are counted.
const COUNTED: i64 = 5_000;
/// How long the job is this node's from each step on.
const LEASE: Duration = Duration::from_secs(30);

/// What a step is about, and where the next one begins.
pub struct Portion {
    pub what: What,
    pub next: String,
}

pub enum What {
    People(Vec<UserId>),
    Changes(Vec<Kept>),
    Lines(Vec<Line>),
}

impl What {
    pub fn len(&self) -> i64 {
        let count = match self {
            Self::People(ids) => ids.len(),
            Self::Changes(rows) => rows.len(),
            Self::Lines(lines) => lines.len(),
        };
        i64::try_from(count).unwrap_or(i64::MAX)
    }
}

/// What became of one.
#[derive(Debug)]
pub struct Row {
    pub position: i64,
    pub target: (Party, Option<String>),
    /// The address of a line, and by which it is found again.
    pub label: (String, Option<String>),
    pub verdict: Verdict,
}

impl Row {
    pub fn keep(self, bulk: &Bulk) -> BulkRow {
        let (outcome, reason, why) = match self.verdict {
            Verdict::Changed => (Outcome::Changed, None, String::new()),
            Verdict::Same => (Outcome::Skipped, None, String::new()),
            Verdict::Refused(refusal) => {
                let check = refusal.why.map_or(Check::Value, |why| why.check);
                (Outcome::Failed, Some(check), refusal.reason.into_owned())
            }
        };
        BulkRow {
            tenant_id: bulk.tenant_id.clone(),
            bulk_id: bulk.id.clone(),
            position: self.position,
            target_kind: self.target.0,
            target_id: self.target.1,
            label: self.label.0,
            label_key: self.label.1,
            outcome,
            reason,
            why,
        }
    }
}

/// Does it, from where another try has stopped.
pub(in crate::flow) async fn run(cx: Cx<'_>, mut job: Job) -> Result<()> {
    let found = store::bulk::find(&mut cx.app.db.conn().await?, cx.tenant, &job.id).await?;
    let Some(bulk) = found.filter(|bulk| bulk.ended_at.is_none()) else { return jobs::end(cx, &job).await };
    let plan = open(cx, &bulk)?;
    let total = match bulk.total {
        Some(total) => Some(total),
        None => count(cx, &plan).await?,
    };
    loop {
        let cx = Cx { now: cx.app.clock.now(), ..cx };
        let Some(Portion { what, next }) = portion(cx, &plan, &job.position).await? else {
            return finish(cx, &job, &plan).await;
        };
        job.position = next;
        job.done += what.len();
        match step(cx, (&bulk, &plan), (&job, total), what).await {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(Error::Refused(refusal)) => return halt(cx, &bulk, &refusal).await,
            Err(fault) => return Err(fault),
        }
        tokio::task::yield_now().await;
    }
}

/// How many there are, met without a change; None where nobody can know.
async fn count(cx: Cx<'_>, plan: &Plan) -> Result<Option<i64>> {
    let Whom::All(filter) = &plan.whom else { return Ok(None) };
    let (mut total, mut after) = (0, None);
    loop {
        let conn = &mut cx.app.db.conn().await?;
        let (ids, last) = store::people::walk(conn, cx.tenant, filter, after.as_ref(), COUNTED).await?;
        total += i64::try_from(ids.len()).unwrap_or(i64::MAX);
        if last.is_none() {
            return Ok(Some(total));
        }
        after = last;
        tokio::task::yield_now().await;
    }
}

/// What the step that begins at `from` is about; None behind the last.
pub async fn portion(cx: Cx<'_>, plan: &Plan, from: &str) -> Result<Option<Portion>> {
    let conn = &mut cx.app.db.conn().await?;
    match &plan.whom {
        Whom::Ids(ids) => {
            let at: usize = from.parse().unwrap_or_default();
            let some: Vec<UserId> = ids.iter().skip(at).take(STEP).cloned().collect();
            let next = (at + some.len()).to_string();
            Ok((!some.is_empty()).then_some(Portion { what: What::People(some), next }))
        }
        Whom::All(filter) => {
            let limit = i64::try_from(STEP).unwrap_or(i64::MAX);
            let (ids, last) = store::people::walk(conn, cx.tenant, filter, place(from).as_ref(), limit).await?;
            Ok(last.map(|last| Portion { what: What::People(ids), next: last.to_string() }))
        }
        Whom::Act(batch) => {
            let before = from.parse().unwrap_or(i64::MAX);
            let limit = i64::try_from(STEP).unwrap_or(i64::MAX);
            let rows = change::list_back(conn, cx.tenant, batch, (before, limit)).await?;
            let Some(next) = rows.last().map(|row| row.position.to_string()) else { return Ok(None) };
            let rows = rows.into_iter().map(|row| undo::open(cx, row)).collect::<Result<_>>()?;
            Ok(Some(Portion { what: What::Changes(rows), next }))
        }
        Whom::File(file) => {
            let (lines, next) = lines::read(cx, conn, file, (from, LINES)).await?;
            Ok((!lines.is_empty()).then_some(Portion { what: What::Lines(lines), next }))
        }
    }
}

/// Does to them what is to be done; `first`: the position of the first one.
pub async fn treat(act: &mut Act<'_>, plan: &Plan, (bulk, first): (&Bulk, i64), what: What) -> Result<Vec<Row>> {
    match what {
        What::People(ids) => {
            let verdicts = people::treat(act, (bulk.kind, plan.role.as_deref()), &ids).await?;
            let targets = ids.into_iter().map(|id| (Party::User, id.0));
            Ok(numbered(first, targets, verdicts))
        }
        What::Changes(rows) => {
            let targets: Vec<_> = rows.iter().map(|kept| (kept.row.target_kind, kept.row.target_id.clone())).collect();
            let verdicts = back::treat(act, rows).await?;
            Ok(numbered(first, targets, verdicts))
        }
        What::Lines(lines) => import::treat(act, &bulk.id, lines).await,
    }
}

fn numbered(first: i64, targets: impl IntoIterator<Item = (Party, String)>, verdicts: Vec<Verdict>) -> Vec<Row> {
    let row = |((position, (kind, id)), verdict)| Row {
        position,
        target: (kind, Some(id)),
        label: (String::new(), None),
        verdict,
    };
    (first..).zip(targets).zip(verdicts).map(row).collect()
}

/// One step, which also notes how far it has come; `false` when somebody has stopped it. What is refused as a whole is an
/// error.
async fn step(cx: Cx<'_>, (bulk, plan): (&Bulk, &Plan), (job, total): (&Job, Option<i64>), what: What) -> Result<bool> {
    let first = job.done - what.len() + 1;
    // a preview is taken back before it is told
    let (what, looked) = match bulk.is_preview {
        true => (None, Some(look(cx, (bulk, plan), first, what).await?)),
        false => (Some(what), None),
    };
    let stepped = cx.app.db.write(async |tx| {
        let Some(bulk) = store::bulk::hold(tx, cx.tenant, &job.id).await? else { return Ok(None) };
        if !store::job::go_on(tx, job, cx.now.plus(LEASE)).await? {
            return Err(jobs::lost());
        }
        let rows = match (what, looked) {
            (Some(what), _) => {
                let by = actor(cx, tx, &bulk).await?;
                by.require(plan.right)?;
                let mut act = Act::part(cx, &by, tx, (&bulk.batch_id, plan.undoes()));
                let rows = treat(&mut act, plan, (&bulk, first), what).await?;
                act.keep(if plan.undoes().is_some() { Action::Undo } else { Action::Bulk }).await?;
                rows
            }
            (None, rows) => rows.unwrap_or_default(),
        };
        note(tx, Bulk { total, ..bulk }, rows).await.map(Some)
    });
    let Some(changed) = stepped.await? else { return Ok(false) };
    cx.app.posted.notify_one();
    if bulk.kind == Kind::Unlock && !bulk.is_preview {
        forget_tries(cx, &changed).await?;
    }
    Ok(true)
}

/// Tries a step and takes it back.
pub async fn look(cx: Cx<'_>, (bulk, plan): (&Bulk, &Plan), first: i64, what: What) -> Result<Vec<Row>> {
    let looked: Result<(), Stop<Vec<Row>>> = cx
        .app
        .db
        .write(async |tx| {
            let looked = async {
                let by = actor(cx, tx, bulk).await?;
                by.require(plan.right)?;
                let mut act = Act::part(cx, &by, tx, (&bulk.batch_id, plan.undoes()));
                treat(&mut act, plan, (bulk, first), what).await
            };
            match looked.await {
                Ok(rows) => Err(Stop::Previewed(rows)),
                Err(error) => Err(Stop::Error(error)),
            }
        })
        .await;
    match looked {
        Ok(()) => Ok(Vec::new()),
        Err(Stop::Previewed(rows)) => Ok(rows),
        Err(Stop::Error(error)) => Err(error),
    }
}

/// Puts down what became of each, and how far it has come; the ids of those who were changed.
async fn note(tx: &mut Conn, mut bulk: Bulk, rows: Vec<Row>) -> Result<Vec<String>> {
    let rows: Vec<BulkRow> = rows.into_iter().map(|row| row.keep(&bulk)).collect();
    for row in &rows {
        bulk.done += 1;
        match row.outcome {
            Outcome::Changed => bulk.changed += 1,
            Outcome::Skipped => bulk.skipped += 1,
            Outcome::Failed => bulk.failed += 1,
        }
    }
    // who goes while it is under way was counted before
    bulk.total = bulk.total.map(|total| total.max(bulk.done));
    store::bulk::insert_rows(tx, &rows).await?;
    store::bulk::advance(tx, &bulk).await?;
    let changed = rows.into_iter().filter(|row| row.outcome == Outcome::Changed);
    Ok(changed.filter_map(|row| row.target_id).collect())
}

/// Whoever is unlocked can try anew.
async fn forget_tries(cx: Cx<'_>, ids: &[String]) -> Result<()> {
    let conn = &mut cx.app.db.conn().await?;
    for id in ids {
        if let Some(user) = user::find(conn, cx.tenant, &UserId::from(id.as_str())).await? {
            lockout::forget(cx, &user);
        }
    }
    Ok(())
}

/// Who began it, with what may be done now and could be done then.
pub async fn actor(cx: Cx<'_>, tx: &mut Conn, bulk: &Bulk) -> Result<Actor> {
    let id = bulk.actor_id.as_deref().unwrap_or_default();
    let (rights, permissions): (Rights, Vec<String>) = match bulk.actor_kind {
        Party::Operator => return Ok(Actor::operator()),
        Party::User => {
            let id = UserId::from(id);
            let user = user::find(tx, cx.tenant, &id).await?.filter(|user| user.may(Use::Session));
            user.ok_or_else(gone)?;
            let permissions = role::permissions_of(tx, cx.tenant, &id).await?;
            (Rights::of_permissions(permissions.iter().map(String::as_str)), permissions)
        }
        Party::ApiKey => {
            let key = api_key::find(tx, cx.tenant, &ApiKeyId::from(id)).await?.filter(|key| key.is_live(cx.now));
            (key.ok_or_else(gone)?.rights(), Vec::new())
        }
        Party::Client => {
            let found = client::find(tx, cx.tenant, &ClientId::from(id)).await?;
            let found = found.filter(|client| client.disabled_at.is_none() && client.deleted_at.is_none());
            (found.ok_or_else(gone)?.metadata.scope.iter().filter_map(Right::of_scope).collect(), Vec::new())
        }
        _ => return Err(gone().into()),
    };
    let by = Actor { kind: bulk.actor_kind, id: bulk.actor_id.clone(), rights, permissions, held_back: None };
    Ok(by.within(bulk.rights(), "there were fewer when it was begun"))
}

fn gone() -> Refusal {
    let refusal = Code::AccessDenied.because("whoever has begun it may not act any more").with_status(403);
    refusal.at(Check::Right, "somebody who may", "nobody who is there and let in")
}

/// It cannot go on: what was done stays.
async fn halt(cx: Cx<'_>, bulk: &Bulk, refusal: &Refusal) -> Result<()> {
    let halted = cx.app.db.write(async |tx| {
        let why = (State::Stopped, Some(refusal.reason.as_ref()));
        if store::bulk::end(tx, cx.tenant, &bulk.id, why, cx.now).await? {
            store::job::stop(tx, cx.tenant, &bulk.id, cx.now).await?;
            reopen(cx, tx, bulk).await?;
        }
        Ok::<_, Error>(())
    });
    halted.await
}

/// Nobody is left.
async fn finish(cx: Cx<'_>, job: &Job, plan: &Plan) -> Result<()> {
    let finished = cx.app.db.write(async |tx| {
        let Some(bulk) = store::bulk::hold(tx, cx.tenant, &job.id).await? else { return Ok(None) };
        if !store::job::end(tx, job, crate::model::job::State::Done, cx.now).await? {
            return Err(jobs::lost());
        }
        store::bulk::advance(tx, &Bulk { total: Some(bulk.done), ..bulk.clone() }).await?;
        store::bulk::end(tx, cx.tenant, &job.id, (State::Done, None), cx.now).await?;
        if bulk.changed == 0 {
            reopen(cx, tx, &bulk).await?;
        }
        Ok(Some(bulk))
    });
    let Some(bulk) = finished.await? else { return Ok(()) };
    match &plan.whom {
        // a file that was only looked at may still be meant
        Whom::File(file) if !bulk.is_preview => lines::discard(cx, file).await,
        _ => Ok(()),
    }
}

/// The job was given up, and with it what it was to do.
pub(in crate::flow) async fn give_up(cx: Cx<'_>, tx: &mut Conn, id: &JobId) -> store::Result<()> {
    let why = Some("it broke off too often; the log of the server says why");
    store::bulk::end(tx, cx.tenant, id, (State::Failed, why), cx.app.clock.now()).await?;
    match store::bulk::find(tx, cx.tenant, id).await? {
        Some(bulk) if bulk.kind == Kind::Undo => change::reopen(tx, cx.tenant, &bulk.batch_id).await,
        _ => Ok(()),
    }
}

impl Plan {
    fn undoes(&self) -> Option<&BatchId> {
        match &self.whom {
            Whom::Act(id) => Some(id),
            _ => None,
        }
    }
}
