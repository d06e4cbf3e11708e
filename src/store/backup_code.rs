use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::factor::BackupCode;
use crate::model::{TenantId, UserId};
use crate::schema::backup_code;

/// Puts new codes in the place of all that there were.
pub async fn replace(conn: &mut Conn, tenant: &TenantId, user: &UserId, rows: &[BackupCode]) -> Result<()> {
    delete_all(conn, tenant, user).await?;
    for row in rows {
        on!(conn, c => diesel::insert_into(backup_code::table).values(row).kept().execute(c).await)?;
    }
    Ok(())
}

pub async fn delete_all(conn: &mut Conn, tenant: &TenantId, user: &UserId) -> Result<()> {
    on!(conn, c => {
        let own = backup_code::table.filter(backup_code::tenant_id.eq(tenant)).filter(backup_code::user_id.eq(user));
        diesel::delete(own).execute(c).await
    })?;
    Ok(())
}

/// Uses a code, once.
pub async fn redeem(conn: &mut Conn, tenant: &TenantId, user: &UserId, hash: &str, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let unused = backup_code::table.find((tenant, user, hash)).filter(backup_code::used_at.is_null());
        diesel::update(unused).set(backup_code::used_at.eq(now)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// How many are left.
pub async fn left(conn: &mut Conn, tenant: &TenantId, user: &UserId) -> Result<i64> {
    let count = on!(conn, c => {
        backup_code::table
            .filter(backup_code::tenant_id.eq(tenant))
            .filter(backup_code::user_id.eq(user))
            .filter(backup_code::used_at.is_null())
            .count()
            .get_result(c)
            .await
    })?;
    Ok(count)
}
