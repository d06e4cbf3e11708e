use diesel::dsl::{exists, select};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::factor::KnownDevice;
use crate::model::{TenantId, UserId};
use crate::schema::known_device;

/// Whether the person knows this browser; notes that it was used.
pub async fn touch(conn: &mut Conn, tenant: &TenantId, user: &UserId, hash: &str, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(known_device::table.find((tenant, user, hash)))
            .set(known_device::last_seen.eq(now))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// The same for somebody who only wants to know.
pub async fn is_known(conn: &mut Conn, tenant: &TenantId, user: &UserId, hash: &str) -> Result<bool> {
    let found = on!(conn, c => select(exists(known_device::table.find((tenant, user, hash)))).get_result(c).await)?;
    Ok(found)
}

/// Whether the person knows any browser.
pub async fn has_any(conn: &mut Conn, tenant: &TenantId, user: &UserId) -> Result<bool> {
    let found = on!(conn, c => {
        let own = known_device::table.filter(known_device::tenant_id.eq(tenant)).filter(known_device::user_id.eq(user));
        select(exists(own)).get_result(c).await
    })?;
    Ok(found)
}

/// Of many at once for one: `false` when it is known already.
pub async fn insert(conn: &mut Conn, row: &KnownDevice) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::insert_into(known_device::table).values(row).on_conflict_do_nothing().kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Forgets those of a person that were not seen for longest, beyond the newest `keep`.
pub async fn delete_beyond(conn: &mut Conn, tenant: &TenantId, user: &UserId, keep: i64) -> Result<()> {
    on!(conn, c => {
        let own = || known_device::table
            .filter(known_device::tenant_id.eq(tenant))
            .filter(known_device::user_id.eq(user));
        let beyond: Vec<String> = own()
            .order((known_device::last_seen.desc(), known_device::hash))
            .offset(keep)
            .limit(i64::MAX)
            .select(known_device::hash)
            .load(c)
            .await?;
        if beyond.is_empty() {
            return Ok(());
        }
        diesel::delete(own().filter(known_device::hash.eq_any(beyond))).execute(c).await
    })?;
    Ok(())
}
