//! What is done to many at once: its progress, its rows, and what it needs to know of many people by one question.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, LAST_ID, Result, insert_all, on};
use crate::base::time::Ts;
use crate::model::bulk::{Bulk, BulkPart, BulkRow, Outcome, State};
use crate::model::user::{User, UserRole};
use crate::model::{BatchId, JobId, TenantId, UserId};
use crate::schema::{bulk, bulk_part, bulk_row, session, user, user_role};
use crate::spec::acr::Level;

pub async fn insert(conn: &mut Conn, row: &Bulk) -> Result<()> {
    on!(conn, c => diesel::insert_into(bulk::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &JobId) -> Result<Option<Bulk>> {
    let row = on!(conn, c => bulk::table.find((tenant, id)).select(Bulk::as_select()).first(c).await.optional())?;
    Ok(row)
}

/// The one that an act came of.
pub async fn of_batch(conn: &mut Conn, tenant: &TenantId, batch: &BatchId) -> Result<Option<Bulk>> {
    let row = on!(conn, c => {
        bulk::table
            .filter(bulk::tenant_id.eq(tenant))
            .filter(bulk::batch_id.eq(batch))
            .select(Bulk::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// The newest first, of everybody or of one, from before `before` on, at most `limit`.
pub async fn list(
    conn: &mut Conn,
    tenant: &TenantId,
    actor: Option<&str>,
    (before, limit): (Option<&JobId>, i64),
) -> Result<Vec<Bulk>> {
    let before = before.map_or(LAST_ID, JobId::as_str);
    let rows = on!(conn, c => {
        let mut found = bulk::table.filter(bulk::tenant_id.eq(tenant)).select(Bulk::as_select()).into_boxed();
        if let Some(actor) = actor {
            found = found.filter(bulk::actor_id.eq(actor));
        }
        found.filter(bulk::id.lt(before)).order(bulk::id.desc()).limit(limit).load(c).await
    })?;
    Ok(rows)
}

/// Holds one that goes on until the transaction ends; None once it has ended.
pub async fn hold(conn: &mut Conn, tenant: &TenantId, id: &JobId) -> Result<Option<Bulk>> {
    let row = on!(conn, c => {
        diesel::update(bulk::table.find((tenant, id)).filter(bulk::ended_at.is_null()))
            .set(bulk::state.eq(State::Running))
            .returning(Bulk::as_returning())
            .get_result(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Puts down how far one has come that is held.
pub async fn advance(conn: &mut Conn, row: &Bulk) -> Result<()> {
    on!(conn, c => {
        diesel::update(bulk::table.find((&row.tenant_id, &row.id)))
            .set((
                bulk::total.eq(row.total),
                bulk::done.eq(row.done),
                bulk::changed.eq(row.changed),
                bulk::skipped.eq(row.skipped),
                bulk::failed.eq(row.failed),
            ))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// Ends one; `false` when it has ended before.
pub async fn end(
    conn: &mut Conn,
    tenant: &TenantId,
    id: &JobId,
    (state, why): (State, Option<&str>),
    now: Ts,
) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(bulk::table.find((tenant, id)).filter(bulk::ended_at.is_null()))
            .set((bulk::state.eq(state), bulk::why.eq(why), bulk::ended_at.eq(now)))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Its file is whole, and it can begin.
pub async fn open(conn: &mut Conn, tenant: &TenantId, id: &JobId) -> Result<()> {
    on!(conn, c => {
        diesel::update(bulk::table.find((tenant, id)))
            .set((bulk::state.eq(State::Waiting), bulk::why.eq(None::<String>), bulk::ended_at.eq(None::<Ts>)))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

pub async fn delete(conn: &mut Conn, tenant: &TenantId, id: &JobId) -> Result<()> {
    on!(conn, c => diesel::delete(bulk::table.find((tenant, id))).kept().execute(c).await)?;
    Ok(())
}

pub async fn insert_rows(conn: &mut Conn, rows: &[BulkRow]) -> Result<()> {
    insert_all!(conn, bulk_row, rows);
    Ok(())
}

/// What became of each, in order: after the position `after`, at most `limit`; only what ended so.
pub async fn rows(
    conn: &mut Conn,
    tenant: &TenantId,
    (id, outcome): (&JobId, Option<Outcome>),
    (after, limit): (i64, i64),
) -> Result<Vec<BulkRow>> {
    let rows = on!(conn, c => {
        let mut found = bulk_row::table
            .filter(bulk_row::tenant_id.eq(tenant))
            .filter(bulk_row::bulk_id.eq(id))
            .select(BulkRow::as_select())
            .into_boxed();
        if let Some(outcome) = outcome {
            found = found.filter(bulk_row::outcome.eq(outcome));
        }
        found.filter(bulk_row::position.gt(after)).order(bulk_row::position).limit(limit).load(c).await
    })?;
    Ok(rows)
}

/// Those of these keys to which lines of it have led before.
pub async fn seen(conn: &mut Conn, tenant: &TenantId, id: &JobId, keys: &[String]) -> Result<HashSet<String>> {
    let found: Vec<Option<String>> = on!(conn, c => {
        bulk_row::table
            .filter(bulk_row::tenant_id.eq(tenant))
            .filter(bulk_row::bulk_id.eq(id))
            .filter(bulk_row::label_key.eq_any(keys))
            .filter(bulk_row::outcome.eq(Outcome::Changed))
            .select(bulk_row::label_key)
            .load(c)
            .await
    })?;
    Ok(found.into_iter().flatten().collect())
}

/// Takes an address out of all lines that had it.
pub async fn forget(conn: &mut Conn, tenant: &TenantId, key: &str) -> Result<()> {
    on!(conn, c => {
        let lines = bulk_row::table.filter(bulk_row::tenant_id.eq(tenant)).filter(bulk_row::label_key.eq(key));
        diesel::update(lines).set(bulk_row::label.eq("")).kept().execute(c).await
    })?;
    Ok(())
}

pub async fn insert_part(conn: &mut Conn, row: &BulkPart) -> Result<()> {
    on!(conn, c => diesel::insert_into(bulk_part::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn part(conn: &mut Conn, tenant: &TenantId, id: &JobId, number: i32) -> Result<Option<Vec<u8>>> {
    let bytes = on!(conn, c => {
        bulk_part::table.find((tenant, id, number)).select(bulk_part::sealed).first(c).await.optional()
    })?;
    Ok(bytes)
}

/// Deletes a batch of the parts of a file that is needed no more; how many.
pub async fn delete_parts(conn: &mut Conn, tenant: &TenantId, id: &JobId, limit: i64) -> Result<usize> {
    let count = on!(conn, c => {
        let own = bulk_part::table.filter(bulk_part::tenant_id.eq(tenant)).filter(bulk_part::bulk_id.eq(id));
        let some: Vec<i32> = own.select(bulk_part::number).limit(limit).load(c).await?;
        diesel::delete(own.filter(bulk_part::number.eq_any(some))).execute(c).await?
    });
    Ok(count)
}

/// The people of these ids, as they are now, by their ids; nobody else changes what belongs to them until the transaction
/// ends. On SQLite nobody could in any case.
pub async fn hold_people(conn: &mut Conn, tenant: &TenantId, ids: &[UserId]) -> Result<HashMap<UserId, User>> {
    let rows: Vec<User> = match conn {
        Conn::Lite(object) => {
            let some = user::table.filter(user::tenant_id.eq(tenant)).filter(user::id.eq_any(ids));
            some.select(User::as_select()).load(&mut **object).await?
        }
        Conn::Pg(object) => {
            let some = user::table.filter(user::tenant_id.eq(tenant)).filter(user::id.eq_any(ids));
            some.order(user::id).select(User::as_select()).for_update().load(&mut ***object).await?
        }
    };
    Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
}

/// Which of these people hold one of these roles, and which.
pub async fn holders(
    conn: &mut Conn,
    tenant: &TenantId,
    ids: &[UserId],
    roles: &[String],
) -> Result<Vec<(UserId, String)>> {
    let rows = on!(conn, c => {
        user_role::table
            .filter(user_role::tenant_id.eq(tenant))
            .filter(user_role::user_id.eq_any(ids))
            .filter(user_role::role.eq_any(roles))
            .select((user_role::user_id, user_role::role))
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Gives roles to people who do not hold them.
pub async fn give_roles(conn: &mut Conn, rows: &[UserRole]) -> Result<()> {
    insert_all!(conn, user_role, rows);
    Ok(())
}

/// Takes a role from all of these people.
pub async fn take_role(conn: &mut Conn, tenant: &TenantId, ids: &[UserId], role: &str) -> Result<()> {
    on!(conn, c => {
        let held = user_role::table
            .filter(user_role::tenant_id.eq(tenant))
            .filter(user_role::role.eq(role))
            .filter(user_role::user_id.eq_any(ids));
        diesel::delete(held).execute(c).await
    })?;
    Ok(())
}

/// Which of these people have a session that has not ended.
pub async fn signed_in(conn: &mut Conn, tenant: &TenantId, ids: &[UserId], now: Ts) -> Result<HashSet<UserId>> {
    let found: Vec<UserId> = on!(conn, c => {
        session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq_any(ids))
            .filter(session::ended_at.is_null())
            .filter(session::expires_at.gt(now))
            .select(session::user_id)
            .distinct()
            .load(c)
            .await
    })?;
    Ok(found.into_iter().collect())
}

/// The sessions of these people have to show a second factor before they are good for more, if they have not.
pub async fn demand_factor(conn: &mut Conn, tenant: &TenantId, ids: &[UserId]) -> Result<()> {
    on!(conn, c => {
        let weak = session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq_any(ids))
            .filter(session::ended_at.is_null())
            .filter(session::acr.eq(Level::Single.text()));
        diesel::update(weak).set(session::needs_factor.eq(true)).execute(c).await
    })?;
    Ok(())
}
