use diesel::dsl::{exists, select};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::auth::Session;
use crate::model::user::User;
use crate::model::{SessionId, TenantId, UserId};
use crate::schema::{session, user, user_role};
use crate::spec::acr::Level;

pub async fn insert(conn: &mut Conn, row: &Session) -> Result<()> {
    on!(conn, c => diesel::insert_into(session::table).values(row).kept().execute(c).await)?;
    Ok(())
}

/// Since when a session must have been seen to be live: one that ends with the browser, and one that is kept.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub since: Ts,
    pub kept_since: Ts,
}

/// What [`Seen`] says, as a condition.
macro_rules! is_seen {
    ($seen:expr) => {
        (session::kept.eq(false).and(session::last_seen_at.ge($seen.since)))
            .or(session::kept.eq(true).and(session::last_seen_at.ge($seen.kept_since)))
    };
}

/// The session of a cookie with its person, unless it has ended or was idle for too long.
pub async fn find_live(
    conn: &mut Conn,
    tenant: &TenantId,
    hash: &str,
    now: Ts,
    seen: Seen,
) -> Result<Option<(Session, User)>> {
    let row = on!(conn, c => {
        session::table
            .inner_join(user::table.on(user::tenant_id.eq(session::tenant_id).and(user::id.eq(session::user_id))))
            .filter(session::tenant_id.eq(tenant))
            .filter(session::hash.eq(hash))
            .filter(session::ended_at.is_null())
            .filter(session::expires_at.gt(now))
            .filter(is_seen!(seen))
            .select((Session::as_select(), User::as_select()))
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// A session of a person by its public name, if it is live.
pub async fn find_by_id(
    conn: &mut Conn,
    tenant: &TenantId,
    (user_id, id): (&UserId, &SessionId),
    (now, seen): (Ts, Seen),
) -> Result<Option<Session>> {
    let row = on!(conn, c => {
        session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::id.eq(id))
            .filter(session::user_id.eq(user_id))
            .filter(session::ended_at.is_null())
            .filter(session::expires_at.gt(now))
            .filter(is_seen!(seen))
            .select(Session::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Gives a live session another value, once for each that it has; the one until now is good for nothing any more.
pub async fn renew(conn: &mut Conn, tenant: &TenantId, (hash, new): (&str, &str), now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(session::table.find((tenant, hash)).filter(session::ended_at.is_null()))
            .set((session::hash.eq(new), session::last_seen_at.eq(now)))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// When and where the person has signed in last, ended or not; latitude and longitude. None when no place is known.
pub async fn last_place(conn: &mut Conn, tenant: &TenantId, user_id: &UserId) -> Result<Option<(Ts, i32, i32)>> {
    let row = on!(conn, c => {
        session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq(user_id))
            .filter(session::latitude.is_not_null())
            .filter(session::longitude.is_not_null())
            .order((session::created_at.desc(), session::id.desc()))
            .select((session::created_at, session::latitude.assume_not_null(), session::longitude.assume_not_null()))
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Whether the person was ever signed in, as far as it is still known.
pub async fn has_any(conn: &mut Conn, tenant: &TenantId, user_id: &UserId) -> Result<bool> {
    let found = on!(conn, c => {
        let own = session::table.filter(session::tenant_id.eq(tenant)).filter(session::user_id.eq(user_id));
        select(exists(own)).get_result(c).await
    })?;
    Ok(found)
}

pub async fn touch(conn: &mut Conn, tenant: &TenantId, hash: &str, now: Ts) -> Result<()> {
    on!(conn, c => {
        diesel::update(session::table.find((tenant, hash))).set(session::last_seen_at.eq(now)).kept().execute(c).await
    })?;
    Ok(())
}

/// The console was used by a session.
pub async fn touch_admin(conn: &mut Conn, tenant: &TenantId, hash: &str, now: Ts) -> Result<()> {
    on!(conn, c => {
        diesel::update(session::table.find((tenant, hash))).set(session::admin_seen_at.eq(now)).kept().execute(c).await
    })?;
    Ok(())
}

/// Ends a session; whether it was live until now.
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
pub async fn end_oldest(conn: &mut Conn, tenant: &TenantId, user_id: &UserId, keep: i64, now: Ts) -> Result<()> {
    on!(conn, c => {
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
            return Ok(());
        }
        let oldest = session::table.filter(session::tenant_id.eq(tenant)).filter(session::hash.eq_any(beyond));
        diesel::update(oldest).set(session::ended_at.eq(now)).execute(c).await
    })?;
    Ok(())
}

/// The live sessions of a person, those seen last first.
pub async fn list_live(
    conn: &mut Conn,
    tenant: &TenantId,
    user_id: &UserId,
    (now, seen): (Ts, Seen),
    limit: i64,
) -> Result<Vec<Session>> {
    let rows = on!(conn, c => {
        session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq(user_id))
            .filter(session::ended_at.is_null())
            .filter(session::expires_at.gt(now))
            .filter(is_seen!(seen))
            .order((session::last_seen_at.desc(), session::id.desc()))
            .limit(limit)
            .select(Session::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// All of a person that are still remembered, ended ones too, the newest first, at most `limit`.
pub async fn list(conn: &mut Conn, tenant: &TenantId, user_id: &UserId, limit: i64) -> Result<Vec<Session>> {
    let rows = on!(conn, c => {
        session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq(user_id))
            .order((session::created_at.desc(), session::id.desc()))
            .limit(limit)
            .select(Session::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Ends a session of this person by its public name; whether it was live until now.
pub async fn end_one(conn: &mut Conn, tenant: &TenantId, user_id: &UserId, id: &SessionId, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let live = session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::id.eq(id))
            .filter(session::user_id.eq(user_id))
            .filter(session::ended_at.is_null());
        diesel::update(live).set(session::ended_at.eq(now)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Ends all sessions of a person but one; how many were live until now.
pub async fn end_others(conn: &mut Conn, tenant: &TenantId, kept: &Session, now: Ts) -> Result<usize> {
    let count = on!(conn, c => {
        let live = session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq(&kept.user_id))
            .filter(session::id.ne(&kept.id))
            .filter(session::ended_at.is_null());
        diesel::update(live).set(session::ended_at.eq(now)).kept().execute(c).await
    })?;
    Ok(count)
}

/// Holds the row of a session until the transaction ends; whether it is live still.
pub async fn hold(conn: &mut Conn, tenant: &TenantId, hash: &str, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let live = session::table.find((tenant, hash)).filter(session::ended_at.is_null());
        diesel::update(live).set(session::last_seen_at.eq(now)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Keeps what a session has proved since it began, as `row` says now. The cookie of `hash` names it no more.
pub async fn prove(conn: &mut Conn, hash: &str, row: &Session) -> Result<()> {
    on!(conn, c => {
        let own = session::table.find((&row.tenant_id, hash));
        let set = (
            session::hash.eq(&row.hash),
            session::acr.eq(&row.acr),
            session::amr.eq(&row.amr),
            session::needs_factor.eq(row.needs_factor),
        );
        diesel::update(own).set(set).kept().execute(c).await
    })?;
    Ok(())
}

/// A role of the person wants a second factor from now on: sessions that have shown none have to, before they are good
/// for more.
pub async fn demand_factor(conn: &mut Conn, tenant: &TenantId, user_id: &UserId) -> Result<()> {
    on!(conn, c => {
        let weak = session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq(user_id))
            .filter(session::ended_at.is_null())
            .filter(session::acr.eq(Level::Single.text()));
        diesel::update(weak).set(session::needs_factor.eq(true)).kept().execute(c).await
    })?;
    Ok(())
}

/// The same for all who hold a role.
pub async fn demand_factor_of(conn: &mut Conn, tenant: &TenantId, role: &str) -> Result<()> {
    on!(conn, c => {
        let holders = user_role::table
            .filter(user_role::tenant_id.eq(tenant))
            .filter(user_role::role.eq(role))
            .select(user_role::user_id);
        let weak = session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq_any(holders))
            .filter(session::ended_at.is_null())
            .filter(session::acr.eq(Level::Single.text()));
        diesel::update(weak).set(session::needs_factor.eq(true)).execute(c).await
    })?;
    Ok(())
}

/// The same for these people.
pub async fn demand_factor_of_all(conn: &mut Conn, tenant: &TenantId, people: &[UserId]) -> Result<()> {
    on!(conn, c => {
        let weak = session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq_any(people))
            .filter(session::ended_at.is_null())
            .filter(session::acr.eq(Level::Single.text()));
        diesel::update(weak).set(session::needs_factor.eq(true)).execute(c).await
    })?;
    Ok(())
}

/// Ends all sessions of a person.
pub async fn end_all(conn: &mut Conn, tenant: &TenantId, user_id: &UserId, now: Ts) -> Result<()> {
    on!(conn, c => {
        let live = session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq(user_id))
            .filter(session::ended_at.is_null());
        diesel::update(live).set(session::ended_at.eq(now)).kept().execute(c).await
    })?;
    Ok(())
}
