use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::model::TenantId;
use crate::model::setting::Setting;
use crate::schema::setting;

/// All of them: there are not more than there are keys.
pub async fn list(conn: &mut Conn, tenant: &TenantId) -> Result<Vec<Setting>> {
    let rows = on!(conn, c => {
        setting::table
            .filter(setting::tenant_id.eq(tenant))
            .order(setting::name)
            .select(Setting::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Sets it, whether it was set before or not.
pub async fn put(conn: &mut Conn, row: &Setting) -> Result<()> {
    on!(conn, c => {
        diesel::insert_into(setting::table)
            .values(row)
            .on_conflict((setting::tenant_id, setting::name))
            .do_update()
            .set((
                setting::value.eq(&row.value),
                setting::changed_at.eq(row.changed_at),
                setting::changed_by.eq(&row.changed_by),
            ))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

pub async fn delete(conn: &mut Conn, tenant: &TenantId, name: &str) -> Result<()> {
    on!(conn, c => diesel::delete(setting::table.find((tenant, name))).kept().execute(c).await)?;
    Ok(())
}
