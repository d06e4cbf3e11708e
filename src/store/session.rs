use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::auth::Session;
use crate::model::user::User;
use crate::model::{TenantId, UserId};
use crate::schema::{session, user};

pub async fn insert(conn: &mut Conn, row: &Session) -> Result<()> {
    on!(conn, c => diesel::insert_into(session::table).values(row).kept().execute(c).await)?;
    Ok(())
}

/// The session of a cookie with its person, unless it has ended or was idle since before `idle_since`.
pub async fn find_live(
    conn: &mut Conn,
    tenant: &TenantId,
    hash: &str,
    now: Ts,
    idle_since: Ts,
) -> Result<Option<(Session, User)>> {
    let row = on!(conn, c => {
        session::table
            .inner_join(user::table.on(user::tenant_id.eq(session::tenant_id).and(user::id.eq(session::user_id))))
            .filter(session::tenant_id.eq(tenant))
            .filter(session::hash.eq(hash))
            .filter(session::ended_at.is_null())
            .filter(session::expires_at.gt(now))
            .filter(session::last_seen_at.ge(idle_since))
            .select((Session::as_select(), User::as_select()))
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

pub async fn touch(conn: &mut Conn, tenant: &TenantId, hash: &str, now: Ts) -> Result<()> {
    on!(conn, c => {
        diesel::update(session::table.find((tenant, hash))).set(session::last_seen_at.eq(now)).kept().execute(c).await
    })?;
    Ok(())
}

/// Whether it was live until now.
pub async fn end(conn: &mut Conn, tenant: &TenantId, hash: &str, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(session::table.find((tenant, hash)).filter(session::ended_at.is_null()))
            .set(session::ended_at.eq(now))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Ends the oldest sessions of a person beyond the newest `keep`.
pub async fn end_oldest(conn: &mut Conn, tenant: &TenantId, user_id: &UserId, keep: i64, now: Ts) -> Result<usize> {
    let count = on!(conn, c => {
        let beyond: Vec<String> = session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq(user_id))
            .filter(session::ended_at.is_null())
            .order((session::created_at.desc(), session::id.desc()))
            .offset(keep)
            .limit(i64::MAX)
            .select(session::hash)
            .load(c)
            .await?;
        if beyond.is_empty() {
            return Ok(0);
        }
        let oldest = session::table.filter(session::tenant_id.eq(tenant)).filter(session::hash.eq_any(beyond));
        diesel::update(oldest).set(session::ended_at.eq(now)).execute(c).await
    })?;
    Ok(count)
}

pub async fn end_all(conn: &mut Conn, tenant: &TenantId, user_id: &UserId, now: Ts) -> Result<usize> {
    let count = on!(conn, c => {
        let live = session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq(user_id))
            .filter(session::ended_at.is_null());
        diesel::update(live).set(session::ended_at.eq(now)).kept().execute(c).await
    })?;
    Ok(count)
}
