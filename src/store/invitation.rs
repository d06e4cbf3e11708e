use diesel::dsl::{exists, select};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, LAST_ID, Result, on};
use crate::base::time::Ts;
use crate::model::invitation::{Invitation, State};
use crate::model::{InvitationId, TenantId, UserId};
use crate::schema::invitation;

pub async fn insert(conn: &mut Conn, row: &Invitation) -> Result<()> {
    on!(conn, c => diesel::insert_into(invitation::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &InvitationId) -> Result<Option<Invitation>> {
    let row = on!(conn, c => {
        invitation::table.find((tenant, id)).select(Invitation::as_select()).first(c).await.optional()
    })?;
    Ok(row)
}

/// By the secret of its letter, if it can still be accepted.
pub async fn find_open(conn: &mut Conn, tenant: &TenantId, token: &str, now: Ts) -> Result<Option<Invitation>> {
    let row = on!(conn, c => {
        invitation::table
            .filter(invitation::tenant_id.eq(tenant))
            .filter(invitation::token_hash.eq(token))
            .filter(invitation::accepted_at.is_null())
            .filter(invitation::revoked_at.is_null())
            .filter(invitation::expires_at.gt(now))
            .select(Invitation::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Whether there is one to this address that can still be accepted.
pub async fn is_open_to(conn: &mut Conn, tenant: &TenantId, email_key: &str, now: Ts) -> Result<bool> {
    let found = on!(conn, c => {
        let open = invitation::table
            .filter(invitation::tenant_id.eq(tenant))
            .filter(invitation::email_key.eq(email_key))
            .filter(invitation::accepted_at.is_null())
            .filter(invitation::revoked_at.is_null())
            .filter(invitation::expires_at.gt(now));
        select(exists(open)).get_result(c).await
    })?;
    Ok(found)
}

/// Those after `after` by id, at most `limit`.
pub async fn list(conn: &mut Conn, tenant: &TenantId, after: &str, limit: i64) -> Result<Vec<Invitation>> {
    let rows = on!(conn, c => {
        invitation::table
            .filter(invitation::tenant_id.eq(tenant))
            .filter(invitation::id.gt(after))
            .order(invitation::id)
            .limit(limit)
            .select(Invitation::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Which ones are looked for; what is not given does not matter.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The whole address, in the form in which addresses are compared.
    pub email: Option<String>,
    pub state: Option<State>,
}

/// Those before the one with the id `before`, the latest first, at most `limit`.
pub async fn latest(
    conn: &mut Conn,
    tenant: &TenantId,
    wanted: &Wanted,
    (before, limit, now): (Option<&str>, i64, Ts),
) -> Result<Vec<Invitation>> {
    let rows = on!(conn, c => {
        let mut found = invitation::table
            .filter(invitation::tenant_id.eq(tenant))
            .filter(invitation::id.lt(before.unwrap_or(LAST_ID)))
            .order(invitation::id.desc())
            .limit(limit)
            .select(Invitation::as_select())
            .into_boxed();
        if let Some(email) = &wanted.email {
            found = found.filter(invitation::email_key.eq(email));
        }
        if matches!(wanted.state, Some(State::Open | State::Expired)) {
            found = found.filter(invitation::accepted_at.is_null()).filter(invitation::revoked_at.is_null());
        }
        found = match wanted.state {
            None => found,
            Some(State::Open) => found.filter(invitation::expires_at.gt(now)),
            Some(State::Expired) => found.filter(invitation::expires_at.le(now)),
            Some(State::Accepted) => found.filter(invitation::accepted_at.is_not_null()),
            Some(State::Revoked) => found.filter(invitation::revoked_at.is_not_null()),
        };
        found.load(c).await
    })?;
    Ok(rows)
}

/// Another letter with another secret; the one before is good for nothing more. `false` when it is no longer open.
pub async fn renew(conn: &mut Conn, row: &Invitation) -> Result<bool> {
    let count = on!(conn, c => {
        let open = invitation::table
            .find((&row.tenant_id, &row.id))
            .filter(invitation::accepted_at.is_null())
            .filter(invitation::revoked_at.is_null());
        diesel::update(open)
            .set((
                invitation::token_hash.eq(&row.token_hash),
                invitation::sent_at.eq(row.sent_at),
                invitation::expires_at.eq(row.expires_at),
            ))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Takes it back. `false` when it was accepted or taken back before.
pub async fn revoke(conn: &mut Conn, tenant: &TenantId, id: &InvitationId, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let open = invitation::table
            .find((tenant, id))
            .filter(invitation::accepted_at.is_null())
            .filter(invitation::revoked_at.is_null());
        diesel::update(open).set(invitation::revoked_at.eq(now)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Uses it up, once, for the person who comes of it. `false` when it can no longer be accepted.
pub async fn accept(conn: &mut Conn, row: &Invitation, user: &UserId, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let open = invitation::table
            .find((&row.tenant_id, &row.id))
            .filter(invitation::token_hash.eq(&row.token_hash))
            .filter(invitation::accepted_at.is_null())
            .filter(invitation::revoked_at.is_null())
            .filter(invitation::expires_at.gt(now));
        diesel::update(open)
            .set((invitation::accepted_at.eq(now), invitation::user_id.eq(user)))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Those to an address, or that somebody came of, so that they are forgotten with the person.
pub async fn forget(conn: &mut Conn, tenant: &TenantId, (email, user): (&str, &UserId)) -> Result<()> {
    // one after the other: each has an index
    on!(conn, c => {
        let own = invitation::table.filter(invitation::tenant_id.eq(tenant));
        diesel::delete(own.filter(invitation::email_key.eq(email))).kept().execute(c).await?;
        diesel::delete(own.filter(invitation::user_id.eq(user))).kept().execute(c).await
    })?;
    Ok(())
}
