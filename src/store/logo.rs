use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::model::TenantId;
use crate::model::setting::Logo;
use crate::schema::logo;

/// Keeps one; the same picture twice is one.
pub async fn insert(conn: &mut Conn, row: &Logo) -> Result<()> {
    on!(conn, c => diesel::insert_into(logo::table).values(row).on_conflict_do_nothing().kept().execute(c).await)?;
    Ok(())
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &str) -> Result<Option<Vec<u8>>> {
    let bytes = on!(conn, c => logo::table.find((tenant, id)).select(logo::bytes).first(c).await.optional())?;
    Ok(bytes)
}

/// Deletes all but the newest, at most `most` of them; the one in use stays.
pub async fn keep(conn: &mut Conn, tenant: &TenantId, (used, most): (&str, i64)) -> Result<()> {
    on!(conn, c => {
        let own = logo::table.filter(logo::tenant_id.eq(tenant)).filter(logo::id.ne(used));
        // a limit, as SQLite knows no offset without one
        let old: Vec<String> = own
            .order((logo::created_at.desc(), logo::id))
            .offset(most)
            .limit(1000)
            .select(logo::id)
            .load(c)
            .await?;
        let old = logo::table.filter(logo::tenant_id.eq(tenant)).filter(logo::id.eq_any(old));
        diesel::delete(old).kept().execute(c).await
    })?;
    Ok(())
}
