use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, LAST_ID, Result, insert_all, on};
use crate::base::time::Ts;
use crate::model::change::{Batch, ChangeRow};
use crate::model::{BatchId, TenantId};
use crate::schema::{batch, change};

/// Adds so many changes to an act, which may be new; the position of the first of them.
pub async fn grow(conn: &mut Conn, row: &Batch) -> Result<i64> {
    let grown: Option<i64> = on!(conn, c => {
        diesel::update(batch::table.find((&row.tenant_id, &row.id)))
            .set(batch::changes.eq(batch::changes + row.changes))
            .returning(batch::changes)
            .get_result(c)
            .await
            .optional()
    })?;
    if let Some(changes) = grown {
        return Ok(changes - row.changes);
    }
    on!(conn, c => diesel::insert_into(batch::table).values(row).kept().execute(c).await)?;
    Ok(0)
}

pub async fn insert_all(conn: &mut Conn, rows: &[ChangeRow]) -> Result<()> {
    insert_all!(conn, change, rows);
    Ok(())
}

pub async fn find_batch(conn: &mut Conn, tenant: &TenantId, id: &BatchId) -> Result<Option<Batch>> {
    let row = on!(conn, c => batch::table.find((tenant, id)).select(Batch::as_select()).first(c).await.optional())?;
    Ok(row)
}

/// The newest first, from before `before` on, at most `limit`.
pub async fn list_batches(
    conn: &mut Conn,
    tenant: &TenantId,
    before: Option<&BatchId>,
    limit: i64,
) -> Result<Vec<Batch>> {
    let rows = on!(conn, c => {
        batch::table
            .filter(batch::tenant_id.eq(tenant))
            .filter(batch::id.lt(before.map_or(LAST_ID, BatchId::as_str)))
            .order(batch::id.desc())
            .limit(limit)
            .select(Batch::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// What belongs to an act, in the order in which it was done, from `from` on, at most `limit`.
pub async fn list(
    conn: &mut Conn,
    tenant: &TenantId,
    id: &BatchId,
    (from, limit): (i64, i64),
) -> Result<Vec<ChangeRow>> {
    let rows = on!(conn, c => {
        change::table
            .filter(change::tenant_id.eq(tenant))
            .filter(change::batch_id.eq(id))
            .filter(change::position.ge(from))
            .order(change::position)
            .limit(limit)
            .select(ChangeRow::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// The same from behind: those before `before`, the last one first.
pub async fn list_back(
    conn: &mut Conn,
    tenant: &TenantId,
    id: &BatchId,
    (before, limit): (i64, i64),
) -> Result<Vec<ChangeRow>> {
    let rows = on!(conn, c => {
        change::table
            .filter(change::tenant_id.eq(tenant))
            .filter(change::batch_id.eq(id))
            .filter(change::position.lt(before))
            .order(change::position.desc())
            .limit(limit)
            .select(ChangeRow::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Marks an act as taken back by another; `false` when it was before, it is too late, or it is for
/// good.
pub async fn undo(conn: &mut Conn, tenant: &TenantId, id: &BatchId, by: &BatchId, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let open = batch::table
            .find((tenant, id))
            .filter(batch::undone_by.is_null())
            .filter(batch::expires_at.gt(now))
            .filter(batch::is_final.eq(false));
        diesel::update(open).set(batch::undone_by.eq(by)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Lets an act be taken back once more, as whoever began has not come to the end of it.
pub async fn reopen(conn: &mut Conn, tenant: &TenantId, by: &BatchId) -> Result<()> {
    on!(conn, c => {
        let undone = batch::table.filter(batch::tenant_id.eq(tenant)).filter(batch::undone_by.eq(by));
        diesel::update(undone).set(batch::undone_by.eq(None::<BatchId>)).kept().execute(c).await
    })?;
    Ok(())
}

/// What was changed of one thing, so that it can be forgotten with it.
pub async fn forget(conn: &mut Conn, tenant: &TenantId, target: &str) -> Result<()> {
    on!(conn, c => {
        let own = change::table.filter(change::tenant_id.eq(tenant)).filter(change::target_id.eq(target));
        diesel::delete(own).kept().execute(c).await
    })?;
    Ok(())
}
