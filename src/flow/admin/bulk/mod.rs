//! What is done to many at once. Somebody begins it; a job does it in steps, each one transaction; it is told of each what
//! became of it; and all of it is one act, which is taken back as a whole.
//!
//! A step asks anew what whoever has begun may do, holds its people by one question, checks them by a few more, and
//! writes what changes, what becomes of each and how far it has come together: wherever the server is stopped, nobody is
//! left out and nobody met twice.

pub mod back;
mod forecast;
pub mod import;
mod lines;
mod people;
mod run;

use std::collections::HashSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::people::{Filter, Sort};
use super::{Actor, person, wrong};
use crate::app::Cx;
use crate::base::random::base64url;
use crate::base::time::Ts;
use crate::flow::{Error, Result, missing};
use crate::model::audit::{Action, Party};
use crate::model::bulk::{Bulk, BulkRow, Kind, Outcome, State};
use crate::model::job::{Job, Kind as Work};
use crate::model::user::USER;
use crate::model::{BatchId, JobId, UserId};
use crate::shared::limit::Rate;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::right::Right;
use crate::store::{self, Conn, audit, change};

pub use forecast::{Forecast, Reason, Wanted, forecast};
pub(in crate::flow) use run::{give_up, run};

/// People that can be named one by one.
pub const MOST_IDS: usize = 10_000;
/// What somebody may begin.
const BEGUN: Rate = Rate { burst: 20, interval: Duration::from_secs(10) };

/// What somebody wants done to many people.
#[derive(Debug, Clone)]
pub struct Order {
    pub kind: Kind,
    /// For those that are about one.
    pub role: Option<String>,
    pub whom: Whom,
}

/// To whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Whom {
    Ids(Vec<UserId>),
    /// All who fit, and were there when it began.
    All(Box<Filter>),
    /// Line by line.
    File(lines::File),
    /// What an act has changed, the last change first.
    Act(BatchId),
}

/// What a job has to know.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Plan {
    role: Option<String>,
    /// The right that it takes.
    right: Right,
    whom: Whom,
}

/// Begins what a job is going to do. Fails where it could not be done to anybody.
pub async fn begin(cx: Cx<'_>, by: &Actor, order: Order) -> Result<Bulk> {
    cx.limit("bulk", by.name(), BEGUN)?;
    let plan = plan(cx, by, order.clone()).await?;
    let row = row(cx, by, (order.kind, false), &plan)?;
    cx.app.db.write(async |tx| put(cx, tx, &row).await).await?;
    Ok(row)
}

/// Checks what does not depend on the people.
async fn plan(cx: Cx<'_>, by: &Actor, order: Order) -> Result<Plan> {
    let Order { kind, role, whom } = order;
    by.require(kind.right())?;
    let role = match (kind.is_of_role(), role) {
        (true, Some(name)) => Some(checked(cx, by, kind, name).await?),
        (true, None) => return Err(wrong("role", "which one?").into()),
        (false, Some(_)) => return Err(wrong("role", format!("{kind} is about none")).into()),
        (false, None) => None,
    };
    let whom = match whom {
        Whom::Ids(ids) => Whom::Ids(each_once(ids)?),
        Whom::All(mut filter) => {
            by.require(Right::UsersRead)?;
            // who comes while it goes on is not meant
            let end = Ts(cx.now.0.saturating_add(1));
            filter.created.before = Some(filter.created.before.map_or(end, |before| before.min(end)));
            Whom::All(filter)
        }
        Whom::File(_) | Whom::Act(_) => return Err(wrong("whom", "people").into()),
    };
    Ok(Plan { role, right: kind.right(), whom })
}

async fn checked(cx: Cx<'_>, by: &Actor, kind: Kind, name: String) -> Result<String> {
    if kind == Kind::TakeRole && name == USER {
        return Err(wrong("role", "everybody has this one").into());
    }
    let conn = &mut cx.app.db.conn().await?;
    store::role::find(conn, cx.tenant, &name).await?.ok_or_else(|| missing("role", &name))?;
    let held = store::role::permissions(conn, cx.tenant, &name).await?;
    by.expect_to_hold(&format!("the role {name}"), held.iter().map(String::as_str))?;
    Ok(name)
}

fn each_once(mut ids: Vec<UserId>) -> Result<Vec<UserId>, Refusal> {
    if ids.is_empty() || ids.len() > MOST_IDS || ids.iter().any(|id| id.0.len() > 64 || id.0.contains('\0')) {
        return Err(wrong("ids", format!("1 to {MOST_IDS} ids of people")));
    }
    let mut met = HashSet::new();
    ids.retain(|id| met.insert(id.clone()));
    Ok(ids)
}

fn row(cx: Cx<'_>, by: &Actor, (kind, is_preview): (Kind, bool), plan: &Plan) -> Result<Bulk> {
    let id = JobId::random();
    Ok(Bulk {
        tenant_id: cx.tenant.clone(),
        actor_kind: by.kind,
        actor_id: by.id.clone(),
        rights: by.rights.to_string(),
        kind,
        sealed: cx.app.master_key.seal(&Bulk::place(&id), &serde_json::to_vec(plan)?)?,
        is_preview,
        state: State::Waiting,
        why: None,
        total: match &plan.whom {
            Whom::Ids(ids) => i64::try_from(ids.len()).ok(),
            _ => None,
        },
        done: 0,
        changed: 0,
        skipped: 0,
        failed: 0,
        batch_id: BatchId::random(),
        created_at: cx.now,
        ended_at: None,
        id,
    })
}

fn open(cx: Cx<'_>, row: &Bulk) -> Result<Plan> {
    Ok(serde_json::from_slice(&cx.app.master_key.open(&Bulk::place(&row.id), &row.sealed)?)?)
}

async fn put(cx: Cx<'_>, tx: &mut Conn, row: &Bulk) -> Result<()> {
    store::bulk::insert(tx, row).await?;
    start(cx, tx, row).await
}

/// The job that does it, and a row of the audit that says who wanted it.
async fn start(cx: Cx<'_>, tx: &mut Conn, row: &Bulk) -> Result<()> {
    let new = Job::new(cx.tenant, Work::Bulk, &UserId::nobody(), cx.now);
    store::job::insert(tx, &Job { id: row.id.clone(), user_id: None, ..new }).await?;
    let what = if row.is_preview { format!("{}, only looked at", row.kind) } else { row.kind.to_string() };
    let event = cx.audit(Action::Bulk, row.actor_kind, row.actor_id.as_deref());
    Ok(audit::insert(tx, &event.on(Party::Job, row.id.as_str()).detail(what)).await?)
}

/// The role that it is about.
pub fn role(cx: Cx<'_>, row: &Bulk) -> Result<Option<String>> {
    Ok(open(cx, row)?.role)
}

/// One that somebody may see: whoever has begun it, and whoever may read what all have done.
pub async fn show(cx: Cx<'_>, by: &Actor, id: &JobId) -> Result<Bulk> {
    let found = store::bulk::find(&mut cx.app.db.conn().await?, cx.tenant, id).await?;
    let is_own = |row: &Bulk| row.actor_kind == by.kind && row.actor_id == by.id;
    let found = found.filter(|row| by.rights.has(Right::AuditRead) || is_own(row));
    found.ok_or_else(|| missing("job", id.as_str()))
}

/// Those that somebody may see, the newest first, from before one of them on, at most `limit`.
pub async fn list(cx: Cx<'_>, by: &Actor, before: Option<&JobId>, limit: i64) -> Result<Vec<Bulk>> {
    let only = (!by.rights.has(Right::AuditRead)).then(|| by.name());
    Ok(store::bulk::list(&mut cx.app.db.conn().await?, cx.tenant, only, (before, limit)).await?)
}

/// What became of each, in order: after the position `after`, at most `limit`; only what ended so.
pub async fn rows(
    cx: Cx<'_>,
    by: &Actor,
    (id, outcome): (&JobId, Option<Outcome>),
    part: (i64, i64),
) -> Result<Vec<BulkRow>> {
    let row = show(cx, by, id).await?;
    Ok(store::bulk::rows(&mut cx.app.db.conn().await?, cx.tenant, (&row.id, outcome), part).await?)
}

/// Stops one after the step that it is at; what was done stays, and can be taken back. Fails with 409 when it has ended.
pub async fn stop(cx: Cx<'_>, by: &Actor, id: &JobId) -> Result<Bulk> {
    let row = show(cx, by, id).await?;
    by.require(open(cx, &row)?.right)?;
    let stopped = cx.app.db.write(async |tx| {
        let why = format!("stopped by {} {}", by.kind, by.name());
        if !store::bulk::end(tx, cx.tenant, id, (State::Stopped, Some(&why)), cx.now).await? {
            let refusal = Code::InvalidRequest.because("the job has ended already").with_status(409);
            return Err(Error::from(refusal.at(Check::Current, "a job that goes on", row.state.text())));
        }
        store::job::stop(tx, cx.tenant, id, cx.now).await?;
        reopen(cx, tx, &row).await?;
        let event = cx.audit(Action::Bulk, by.kind, by.id.as_deref()).on(Party::Job, id.as_str());
        Ok(audit::insert(tx, &event.detail("stopped")).await?)
    });
    stopped.await?;
    show(cx, by, id).await
}

/// What was not taken back to its end can be taken back once more.
async fn reopen(cx: Cx<'_>, tx: &mut Conn, row: &Bulk) -> Result<()> {
    if row.kind == Kind::Undo {
        change::reopen(tx, cx.tenant, &row.batch_id).await?;
    }
    Ok(())
}

/// By which lines to an address are found, without telling it.
pub(in crate::flow) fn label_key(cx: Cx<'_>, email_key: &str) -> String {
    base64url(cx.app.master_key.mac("lines to an address", email_key.as_bytes()))
}

/// The role, if it is there and whoever acts may give it.
async fn expect_role(act: &mut super::Act<'_>, name: &str) -> Result<crate::model::role::Role> {
    let found = store::role::find(act.tx, act.cx.tenant, name).await?;
    let role = found.ok_or_else(|| missing("role", name))?;
    person::expect_to_give(act, std::slice::from_ref(&role.name)).await?;
    Ok(role)
}

/// Where a walk through people goes on.
fn place(text: &str) -> Option<store::people::Place> {
    if text.is_empty() { None } else { Sort::Created.parse_place(text) }
}
