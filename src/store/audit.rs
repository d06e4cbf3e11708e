use std::time::Duration;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, LAST_ID, Result, insert_all, on};
use crate::base::time::Ts;
use crate::model::audit::{Action, Audit, Outcome, Party};
use crate::model::{BatchId, TenantId, UserId};
use crate::schema::{audit, client};

pub async fn insert(conn: &mut Conn, row: &Audit) -> Result<()> {
    on!(conn, c => diesel::insert_into(audit::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn insert_all(conn: &mut Conn, rows: &[Audit]) -> Result<()> {
    insert_all!(conn, audit, rows);
    Ok(())
}

/// What a person did, the newest first, at most `limit`: only these actions, and what came before the row `before`.
/// With the name of the client that it was about. A token that was issued or refreshed is not found here.
pub async fn of_person(
    conn: &mut Conn,
    tenant: &TenantId,
    user: &UserId,
    (actions, before): (&[Action], Option<&str>),
    limit: i64,
) -> Result<Vec<(Audit, Option<String>)>> {
    let rows = on!(conn, c => {
        let about = client::tenant_id.eq(audit::tenant_id).and(client::id.nullable().eq(audit::target_id));
        audit::table
            .left_join(client::table.on(about))
            .filter(audit::tenant_id.eq(tenant))
            .filter(audit::actor_id.eq(user.as_str()))
            .filter(audit::id.lt(before.unwrap_or(LAST_ID)))
            .filter(sql::<Bool>(INDEXED))
            .filter(audit::action.eq_any(actions))
            .filter(audit::actor_kind.eq(Party::User))
            .order(audit::id.desc())
            .limit(limit)
            .select((Audit::as_select(), client::name.nullable()))
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// As the index `audit_by_actor` has it, word by word: only then do both databases know that they may use it.
const INDEXED: &str = "action NOT IN ('token.issue', 'token.refresh')";

/// What is looked for; a member that is not given lets everything through.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub actor: Option<String>,
    pub target: Option<String>,
    pub action: Option<Action>,
    pub result: Option<Outcome>,
    pub address: Option<String>,
    pub batch: Option<BatchId>,
    pub since: Option<Ts>,
    pub until: Option<Ts>,
}

/// How far the order of ids and that of times may differ.
pub(super) const BLUR: Duration = Duration::from_mins(1);

/// What the filter lets through, the newest first, from before the row `before` on, at most `limit`. Tokens that were
/// issued and refreshed are found where they are asked for by name, or nothing is asked for but time.
pub async fn search(
    conn: &mut Conn,
    tenant: &TenantId,
    filter: &Filter,
    (before, limit): (Option<&str>, i64),
) -> Result<Vec<Audit>> {
    let first = match filter.since {
        Some(since) => {
            Some(edge(conn, tenant, (since.minus(BLUR), false)).await?.unwrap_or_else(|| LAST_ID.to_owned()))
        }
        None => None,
    };
    let last = match filter.until {
        Some(until) => Some(edge(conn, tenant, (until.plus(BLUR), true)).await?.unwrap_or_default()),
        None => None,
    };
    let routine = matches!(filter.action, Some(Action::TokenIssue | Action::TokenRefresh));
    let by_index =
        filter.actor.is_some() || filter.target.is_some() || filter.address.is_some() || filter.action.is_some();
    let rows = on!(conn, c => {
        let mut found = audit::table.filter(audit::tenant_id.eq(tenant)).select(Audit::as_select()).into_boxed();
        if by_index && !routine {
            found = found.filter(sql::<Bool>(INDEXED));
        }
        if let Some(actor) = &filter.actor {
            found = found.filter(audit::actor_id.eq(actor));
        }
        if let Some(target) = &filter.target {
            found = found.filter(audit::target_id.eq(target));
        }
        if let Some(action) = filter.action {
            found = found.filter(audit::action.eq(action));
        }
        // as the index `audit_failed` has it, word by word
        if filter.result == Some(Outcome::Failed) {
            found = found.filter(sql::<Bool>("result = 'failed'"));
        } else if let Some(result) = filter.result {
            found = found.filter(audit::result.eq(result));
        }
        if let Some(address) = &filter.address {
            found = found.filter(audit::address.eq(address));
        }
        if let Some(batch) = &filter.batch {
            found = found.filter(audit::batch_id.eq(batch));
        }
        if let (Some(since), Some(first)) = (filter.since, &first) {
            found = found.filter(audit::at.ge(since)).filter(audit::id.ge(first));
        }
        if let (Some(until), Some(last)) = (filter.until, &last) {
            found = found.filter(audit::at.lt(until)).filter(audit::id.le(last));
        }
        found.filter(audit::id.lt(before.unwrap_or(LAST_ID))).order(audit::id.desc()).limit(limit).load(c).await
    })?;
    Ok(rows)
}

/// The id of the first row from then on, or of the last one before.
pub(super) async fn edge(conn: &mut Conn, tenant: &TenantId, (at, is_last): (Ts, bool)) -> Result<Option<String>> {
    let id = on!(conn, c => {
        let own = audit::table.filter(audit::tenant_id.eq(tenant)).select(audit::id);
        match is_last {
            true => own.filter(audit::at.lt(at)).order(audit::at.desc()).first(c).await.optional(),
            false => own.filter(audit::at.ge(at)).order(audit::at).first(c).await.optional(),
        }
    })?;
    Ok(id)
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &str) -> Result<Option<Audit>> {
    let row = on!(conn, c => audit::table.find((tenant, id)).select(Audit::as_select()).first(c).await.optional())?;
    Ok(row)
}

/// How many rows are in no block yet.
pub async fn count_open(conn: &mut Conn, tenant: &TenantId) -> Result<i64> {
    let count = on!(conn, c => {
        audit::table.filter(audit::tenant_id.eq(tenant)).filter(sql::<Bool>("seal = 0")).count().get_result(c).await
    })?;
    Ok(count)
}
