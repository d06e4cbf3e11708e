use diesel::dsl::{max, min};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::auth::{Grant, Standing};
use crate::model::user::User;
use crate::model::{ClientId, GrantId, TenantId, UserId};
use crate::schema::{client, grant, revoked_token, user};

/// Rows that are changed by one statement.
const BATCH: i64 = 1000;

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

/// Takes back everything that came from a grant; whether it was live until now.
pub async fn revoke(conn: &mut Conn, tenant: &TenantId, id: &GrantId, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(grant::table.find((tenant, id)).filter(grant::revoked_at.is_null()))
            .set(grant::revoked_at.eq(now))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Notes that new tokens come from a grant.
pub async fn touch(conn: &mut Conn, tenant: &TenantId, id: &GrantId, now: Ts) -> Result<()> {
    on!(conn, c => {
        diesel::update(grant::table.find((tenant, id))).set(grant::last_used_at.eq(now)).kept().execute(c).await
    })?;
    Ok(())
}

/// What the live grants of one person to one client come to.
#[derive(Debug, Clone, Queryable)]
pub struct Held {
    pub client_id: ClientId,
    pub name: String,
    pub scope: String,
    pub first: Option<Ts>,
    pub last: Option<Ts>,
    pub last_used: Option<Ts>,
}

/// The clients with live grants of this person, one row for each scope that was granted.
pub async fn held(conn: &mut Conn, tenant: &TenantId, user_id: &UserId, now: Ts, limit: i64) -> Result<Vec<Held>> {
    let rows = on!(conn, c => {
        grant::table
            .inner_join(client::table.on(client::tenant_id.eq(grant::tenant_id).and(client::id.eq(grant::client_id))))
            .filter(grant::tenant_id.eq(tenant))
            .filter(grant::user_id.eq(user_id))
            .filter(grant::revoked_at.is_null())
            .filter(grant::expires_at.gt(now))
            .filter(client::deleted_at.is_null())
            .group_by((grant::client_id, client::name, grant::scope))
            .order((client::name, grant::client_id))
            .limit(limit)
            .select((
                grant::client_id,
                client::name,
                grant::scope,
                min(grant::created_at),
                max(grant::created_at),
                max(grant::last_used_at),
            ))
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Takes back all grants of a person to one client; how many were live until now.
pub async fn revoke_of_client(
    conn: &mut Conn,
    tenant: &TenantId,
    user_id: &UserId,
    client_id: &ClientId,
    now: Ts,
) -> Result<usize> {
    let count = on!(conn, c => {
        let live = grant::table
            .filter(grant::tenant_id.eq(tenant))
            .filter(grant::user_id.eq(user_id))
            .filter(grant::client_id.eq(client_id))
            .filter(grant::revoked_at.is_null());
        diesel::update(live).set(grant::revoked_at.eq(now)).kept().execute(c).await
    })?;
    Ok(count)
}

/// How many grants to one client are live.
pub async fn count_of_client(conn: &mut Conn, tenant: &TenantId, client_id: &ClientId, now: Ts) -> Result<i64> {
    let count = on!(conn, c => {
        grant::table
            .filter(grant::tenant_id.eq(tenant))
            .filter(grant::client_id.eq(client_id))
            .filter(grant::revoked_at.is_null())
            .filter(grant::expires_at.gt(now))
            .count()
            .get_result(c)
            .await
    })?;
    Ok(count)
}

/// Takes back a batch of the live grants of all people to one client, of those made until `until`; how many.
pub async fn revoke_batch(
    conn: &mut Conn,
    tenant: &TenantId,
    client_id: &ClientId,
    (now, until): (Ts, Ts),
) -> Result<usize> {
    let count = on!(conn, c => {
        let live: Vec<GrantId> = grant::table
            .filter(grant::tenant_id.eq(tenant))
            .filter(grant::client_id.eq(client_id))
            .filter(grant::revoked_at.is_null())
            .filter(grant::expires_at.gt(now))
            .filter(grant::created_at.le(until))
            .limit(BATCH)
            .select(grant::id)
            .load(c)
            .await?;
        let rows = grant::table.filter(grant::tenant_id.eq(tenant)).filter(grant::id.eq_any(live));
        diesel::update(rows).set(grant::revoked_at.eq(now)).execute(c).await
    })?;
    Ok(count)
}

/// Takes back all grants of a person.
pub async fn revoke_all(conn: &mut Conn, tenant: &TenantId, user_id: &UserId, now: Ts) -> Result<()> {
    on!(conn, c => {
        let live = grant::table
            .filter(grant::tenant_id.eq(tenant))
            .filter(grant::user_id.eq(user_id))
            .filter(grant::revoked_at.is_null());
        diesel::update(live).set(grant::revoked_at.eq(now)).kept().execute(c).await
    })?;
    Ok(())
}
