use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::model::challenge::Acceptance;
use crate::model::{TenantId, UserId};
use crate::schema::acceptance;

pub async fn insert(conn: &mut Conn, row: &Acceptance) -> Result<()> {
    on!(conn, c => {
        diesel::insert_into(acceptance::table).values(row).on_conflict_do_nothing().kept().execute(c).await
    })?;
    Ok(())
}

/// All of a person, the oldest first, at most `limit`.
pub async fn list(conn: &mut Conn, tenant: &TenantId, user: &UserId, limit: i64) -> Result<Vec<Acceptance>> {
    let rows = on!(conn, c => {
        acceptance::table
            .filter(acceptance::tenant_id.eq(tenant))
            .filter(acceptance::user_id.eq(user))
            .order(acceptance::accepted_at)
            .limit(limit)
            .select(Acceptance::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}
