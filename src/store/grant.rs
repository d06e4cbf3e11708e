use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::auth::{Grant, Standing};
use crate::model::user::User;
use crate::model::{GrantId, TenantId, UserId};
use crate::schema::{grant, revoked_token, user};

pub async fn insert(conn: &mut Conn, row: &Grant) -> Result<()> {
    on!(conn, c => diesel::insert_into(grant::table).values(row).kept().execute(c).await)?;
    Ok(())
}

/// The grant with its person, whatever state either is in.
pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &GrantId) -> Result<Option<(Grant, User)>> {
    let row = on!(conn, c => {
        grant::table
            .inner_join(user::table.on(user::tenant_id.eq(grant::tenant_id).and(user::id.eq(grant::user_id))))
            .filter(grant::tenant_id.eq(tenant))
            .filter(grant::id.eq(id))
            .select((Grant::as_select(), User::as_select()))
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Whether the grant stands, and for whom, unless the token `jti` that came from it was revoked by itself.
pub async fn find_unrevoked(
    conn: &mut Conn,
    tenant: &TenantId,
    id: &GrantId,
    jti: &str,
) -> Result<Option<(Standing, User)>> {
    let row = on!(conn, c => {
        grant::table
            .inner_join(user::table.on(user::tenant_id.eq(grant::tenant_id).and(user::id.eq(grant::user_id))))
            .left_join(revoked_token::table.on(revoked_token::tenant_id.eq(grant::tenant_id).and(revoked_token::jti.eq(jti))))
            .filter(grant::tenant_id.eq(tenant))
            .filter(grant::id.eq(id))
            .filter(revoked_token::jti.nullable().is_null())
            .select((Standing::as_select(), User::as_select()))
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Takes back everything that came from a grant. Whether it was live until now.
pub async fn revoke(conn: &mut Conn, tenant: &TenantId, id: &GrantId, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(grant::table.find((tenant, id)).filter(grant::revoked_at.is_null()))
            .set(grant::revoked_at.eq(now))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// All grants of a person.
pub async fn revoke_all(conn: &mut Conn, tenant: &TenantId, user_id: &UserId, now: Ts) -> Result<usize> {
    let count = on!(conn, c => {
        let live = grant::table
            .filter(grant::tenant_id.eq(tenant))
            .filter(grant::user_id.eq(user_id))
            .filter(grant::revoked_at.is_null());
        diesel::update(live).set(grant::revoked_at.eq(now)).kept().execute(c).await
    })?;
    Ok(count)
}
