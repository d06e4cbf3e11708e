use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::model::TenantId;
use crate::model::audit::Audit;
use crate::schema::audit;

pub async fn insert(conn: &mut Conn, row: &Audit) -> Result<()> {
    on!(conn, c => diesel::insert_into(audit::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn insert_all(conn: &mut Conn, rows: &[Audit]) -> Result<()> {
    for row in rows {
        insert(conn, row).await?;
    }
    Ok(())
}

/// The newest first, at most `limit`.
pub async fn list(conn: &mut Conn, tenant: &TenantId, limit: i64) -> Result<Vec<Audit>> {
    let rows = on!(conn, c => {
        audit::table
            .filter(audit::tenant_id.eq(tenant))
            .order(audit::id.desc())
            .limit(limit)
            .select(Audit::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}
