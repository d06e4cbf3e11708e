use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::deletion::Deletion;
use crate::model::{TenantId, UserId};
use crate::schema::deletion;

pub async fn insert(conn: &mut Conn, row: &Deletion) -> Result<()> {
    on!(conn, c => diesel::insert_into(deletion::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, user: &UserId) -> Result<Option<Deletion>> {
    let row = on!(conn, c => {
        deletion::table.find((tenant, user)).select(Deletion::as_select()).first(c).await.optional()
    })?;
    Ok(row)
}

/// Takes a deletion away, to undo it or to do it; of many at once, for one.
pub async fn take(conn: &mut Conn, tenant: &TenantId, user: &UserId) -> Result<Option<Deletion>> {
    let row = on!(conn, c => {
        diesel::delete(deletion::table.find((tenant, user)))
            .returning(Deletion::as_returning())
            .get_result(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// The deletions whose time has come, the longest due first, at most `limit`.
pub async fn due(conn: &mut Conn, tenant: &TenantId, now: Ts, limit: i64) -> Result<Vec<Deletion>> {
    let rows = on!(conn, c => {
        deletion::table
            .filter(deletion::tenant_id.eq(tenant))
            .filter(deletion::due_at.le(now))
            .order(deletion::due_at)
            .limit(limit)
            .select(Deletion::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Lets the time of a deletion come now.
pub async fn hasten(conn: &mut Conn, tenant: &TenantId, user: &UserId, now: Ts) -> Result<()> {
    on!(conn, c => {
        diesel::update(deletion::table.find((tenant, user))).set(deletion::due_at.eq(now)).kept().execute(c).await
    })?;
    Ok(())
}
