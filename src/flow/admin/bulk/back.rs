//! Taking back what was done to many: as a job too. Whatever was changed since is left alone, and told.

use std::collections::HashSet;

use serde_json::Value;

use super::super::undo::{self, Kept};
use super::super::{Act, Actor};
use super::people::{Able, Own, Verdict, able, give, take, verdict};
use super::{BEGUN, Plan, Whom, open, put, row};
use crate::app::Cx;
use crate::flow::{Result, missing};
use crate::model::audit::Party;
use crate::model::bulk::{Bulk, Kind};
use crate::model::user::ADMIN;
use crate::model::{BatchId, UserId};
use crate::spec::check::Check;
use crate::spec::error::Code;
use crate::spec::right::Right;
use crate::store::{self, change};

/// Whether an act was done to many, so that it is taken back by a job.
pub async fn is_of_many(cx: Cx<'_>, id: &BatchId) -> Result<bool> {
    Ok(store::bulk::of_batch(&mut cx.app.db.conn().await?, cx.tenant, id).await?.is_some())
}

/// Begins to take an act back. Fails with 409 when it still goes on, was taken back before, or is too old.
pub async fn begin(cx: Cx<'_>, by: &Actor, id: &BatchId) -> Result<Bulk> {
    cx.limit("bulk", by.name(), BEGUN)?;
    let (plan, total) = plan(cx, by, id).await?;
    let row = Bulk { total: Some(total), ..row(cx, by, (Kind::Undo, false), &plan)? };
    let begun = cx.app.db.write(async |tx| {
        let batch = change::find_batch(tx, cx.tenant, id).await?.ok_or_else(|| missing("act", id.as_str()))?;
        if !change::undo(tx, cx.tenant, id, &row.batch_id, cx.now).await? {
            return Err(undo::closed(cx, &batch).into());
        }
        put(cx, tx, &row).await
    });
    begun.await?;
    Ok(row)
}

/// What it takes to take an act back, and how much that is.
pub(super) async fn plan(cx: Cx<'_>, by: &Actor, id: &BatchId) -> Result<(Plan, i64)> {
    let conn = &mut cx.app.db.conn().await?;
    let batch = change::find_batch(conn, cx.tenant, id).await?.ok_or_else(|| missing("act", id.as_str()))?;
    let of = store::bulk::of_batch(conn, cx.tenant, id).await?.ok_or_else(|| missing("job of", id.as_str()))?;
    let right = open(cx, &of)?.right;
    by.require(right)?;
    if of.ended_at.is_none() {
        let refusal = Code::InvalidRequest.because("it still goes on: stop it first").with_status(409);
        return Err(refusal.at(Check::Undo, "an act that has ended", of.state.text()).into());
    }
    if batch.undone_by.is_some() || batch.is_final || batch.expires_at <= cx.now {
        return Err(undo::closed(cx, &batch).into());
    }
    Ok((Plan { role: None, right, whom: Whom::Act(id.clone()) }, batch.changes))
}

/// Takes these changes back, each only if what it left is still there. Those that are about one role go together.
pub(super) async fn treat(act: &mut Act<'_>, rows: Vec<Kept>) -> Result<Vec<Verdict>> {
    let roles: HashSet<Option<Role>> = rows.iter().map(role).collect();
    let only = if roles.len() == 1 { roles.into_iter().flatten().next() } else { None };
    match only {
        Some(role) if role.name() != ADMIN => of_role(act, &role, &rows).await,
        _ => {
            let mut verdicts = Vec::with_capacity(rows.len());
            for kept in rows {
                verdicts.push(one(act, kept).await?);
            }
            Ok(verdicts)
        }
    }
}

/// A role that was given or taken.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Role {
    Given(String),
    Taken(String),
}

impl Role {
    fn name(&self) -> &str {
        match self {
            Self::Given(name) | Self::Taken(name) => name,
        }
    }
}

fn role(kept: &Kept) -> Option<Role> {
    let name = |side: &Option<serde_json::Map<String, Value>>| {
        side.as_ref()?.get("role").and_then(Value::as_str).map(str::to_owned)
    };
    if kept.row.target_kind != Party::User || kept.row.is_final {
        return None;
    }
    match (name(&kept.changed.before), name(&kept.changed.after)) {
        (None, Some(given)) => Some(Role::Given(given)),
        (Some(taken), None) => Some(Role::Taken(taken)),
        _ => None,
    }
}

async fn of_role(act: &mut Act<'_>, role: &Role, rows: &[Kept]) -> Result<Vec<Verdict>> {
    act.by.require(Right::RolesWrite)?;
    let ids: Vec<UserId> = rows.iter().map(|kept| UserId::from(kept.row.target_id.as_str())).collect();
    let Able { people, mut verdicts } = able(act, &ids, Own::Treated).await?;
    let changed = match role {
        Role::Given(name) => take(act, name, &people).await?,
        Role::Taken(name) => give(act, name, &people).await?,
    };
    for (at, user) in &people {
        verdicts[*at] = match changed.contains(&user.id) {
            true => Verdict::Changed,
            false => Verdict::Refused(undo::meanwhile(&rows[*at].row)),
        };
    }
    Ok(verdicts)
}

async fn one(act: &mut Act<'_>, kept: Kept) -> Result<Verdict> {
    let (before, row) = (act.changes.len(), kept.row.clone());
    let done = Box::pin(undo::take_back(act, kept)).await;
    Ok(match verdict(done, act.changes.len() > before)? {
        Verdict::Same => Verdict::Refused(undo::meanwhile(&row)),
        other => other,
    })
}
