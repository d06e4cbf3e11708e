use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::factor::TrustedDevice;
use crate::model::{TenantId, UserId};
use crate::schema::trusted_device;

pub async fn insert(conn: &mut Conn, row: &TrustedDevice) -> Result<()> {
    on!(conn, c => diesel::insert_into(trusted_device::table).values(row).kept().execute(c).await)?;
    Ok(())
}

/// Whether this browser is trusted for this person; notes that it was used.
pub async fn use_one(conn: &mut Conn, tenant: &TenantId, user: &UserId, hash: &str, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let live = trusted_device::table
            .find((tenant, hash))
            .filter(trusted_device::user_id.eq(user))
            .filter(trusted_device::expires_at.gt(now));
        diesel::update(live).set(trusted_device::last_used_at.eq(now)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// The live ones of a person, the newest first.
pub async fn list(conn: &mut Conn, tenant: &TenantId, user: &UserId, now: Ts) -> Result<Vec<TrustedDevice>> {
    let rows = on!(conn, c => {
        trusted_device::table
            .filter(trusted_device::tenant_id.eq(tenant))
            .filter(trusted_device::user_id.eq(user))
            .filter(trusted_device::expires_at.gt(now))
            .order(trusted_device::id.desc())
            .select(TrustedDevice::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Trusts one of the person's browsers no more. Nothing happens when it is not theirs.
pub async fn delete(conn: &mut Conn, tenant: &TenantId, user: &UserId, id: &str) -> Result<()> {
    on!(conn, c => {
        let own = trusted_device::table
            .filter(trusted_device::tenant_id.eq(tenant))
            .filter(trusted_device::user_id.eq(user))
            .filter(trusted_device::id.eq(id));
        diesel::delete(own).execute(c).await
    })?;
    Ok(())
}

pub async fn delete_all(conn: &mut Conn, tenant: &TenantId, user: &UserId) -> Result<()> {
    on!(conn, c => {
        let own = trusted_device::table
            .filter(trusted_device::tenant_id.eq(tenant))
            .filter(trusted_device::user_id.eq(user));
        diesel::delete(own).execute(c).await
    })?;
    Ok(())
}
