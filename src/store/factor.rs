use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::factor::{Factor, Kind};
use crate::model::{FactorId, TenantId, UserId};
use crate::schema::factor;

pub async fn insert(conn: &mut Conn, row: &Factor) -> Result<()> {
    on!(conn, c => diesel::insert_into(factor::table).values(row).kept().execute(c).await)?;
    Ok(())
}

/// All of a person, the oldest first.
pub async fn list(conn: &mut Conn, tenant: &TenantId, user: &UserId) -> Result<Vec<Factor>> {
    let rows = on!(conn, c => {
        factor::table
            .filter(factor::tenant_id.eq(tenant))
            .filter(factor::user_id.eq(user))
            .order(factor::id)
            .select(Factor::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// By what a passkey says of itself.
pub async fn find_by_handle(conn: &mut Conn, tenant: &TenantId, handle: &str) -> Result<Option<Factor>> {
    let row = on!(conn, c => {
        factor::table
            .filter(factor::tenant_id.eq(tenant))
            .filter(factor::handle.eq(handle))
            .select(Factor::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Uses a time step, once: later ones only count from now on. `false` to all others who come with it.
pub async fn use_step(conn: &mut Conn, row: &Factor, step: i64, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let unused = factor::table.find((&row.tenant_id, &row.id)).filter(factor::step.lt(step));
        diesel::update(unused).set((factor::step.eq(step), factor::last_used_at.eq(now))).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Keeps a passkey as it is after its use, which changes its counter. `false` when it is gone, or was used since it was
/// read.
pub async fn touch(conn: &mut Conn, row: &Factor, sealed: &[u8], now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let unchanged = factor::table.find((&row.tenant_id, &row.id)).filter(factor::sealed.eq(&row.sealed));
        diesel::update(unchanged)
            .set((factor::sealed.eq(sealed), factor::last_used_at.eq(now)))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Notes that a code of this kind was used, of which a person has one factor at most.
pub async fn used(conn: &mut Conn, tenant: &TenantId, user: &UserId, kind: Kind, now: Ts) -> Result<()> {
    on!(conn, c => {
        let own = factor::table
            .filter(factor::tenant_id.eq(tenant))
            .filter(factor::user_id.eq(user))
            .filter(factor::kind.eq(kind));
        diesel::update(own).set(factor::last_used_at.eq(now)).kept().execute(c).await
    })?;
    Ok(())
}

/// Calls one of the person's factors by another name. Nothing happens when it is not theirs.
pub async fn rename(conn: &mut Conn, tenant: &TenantId, user: &UserId, id: &FactorId, name: &str) -> Result<()> {
    on!(conn, c => {
        let own = factor::table.find((tenant, id)).filter(factor::user_id.eq(user));
        diesel::update(own).set(factor::name.eq(name)).kept().execute(c).await
    })?;
    Ok(())
}

/// Takes one of the person's factors away; whether it was there.
pub async fn delete(conn: &mut Conn, tenant: &TenantId, user: &UserId, id: &FactorId) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::delete(factor::table.find((tenant, id)).filter(factor::user_id.eq(user))).execute(c).await
    })?;
    Ok(count == 1)
}

pub async fn delete_all(conn: &mut Conn, tenant: &TenantId, user: &UserId) -> Result<()> {
    on!(conn, c => {
        let own = factor::table.filter(factor::tenant_id.eq(tenant)).filter(factor::user_id.eq(user));
        diesel::delete(own).execute(c).await
    })?;
    Ok(())
}
