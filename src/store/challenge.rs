use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::challenge::{Challenge, Kind, MOST_TRIES};
use crate::model::{ChallengeId, TenantId, UserId};
use crate::schema::challenge;

pub async fn insert(conn: &mut Conn, row: &Challenge) -> Result<()> {
    on!(conn, c => diesel::insert_into(challenge::table).values(row).kept().execute(c).await)?;
    Ok(())
}

/// The same, of many at once for one: `false` when there is one with this id.
pub async fn insert_once(conn: &mut Conn, row: &Challenge) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::insert_into(challenge::table).values(row).on_conflict_do_nothing().kept().execute(c).await
    })?;
    Ok(count == 1)
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &ChallengeId) -> Result<Option<Challenge>> {
    let row = on!(conn, c => {
        challenge::table.find((tenant, id)).select(Challenge::as_select()).first(c).await.optional()
    })?;
    Ok(row)
}

/// By the link that was sent, as long as it may be used.
pub async fn find_by_token(conn: &mut Conn, tenant: &TenantId, hash: &str, now: Ts) -> Result<Option<Challenge>> {
    let row = on!(conn, c => {
        challenge::table
            .filter(challenge::tenant_id.eq(tenant))
            .filter(challenge::token_hash.eq(hash))
            .filter(challenge::code_expires_at.gt(now))
            .filter(challenge::proved_at.is_null())
            .filter(challenge::ended_at.is_null())
            .select(Challenge::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// One of this kind that a person has under way.
pub async fn find_open(
    conn: &mut Conn,
    tenant: &TenantId,
    user: &UserId,
    kind: Kind,
    now: Ts,
) -> Result<Option<Challenge>> {
    let row = on!(conn, c => {
        challenge::table
            .filter(challenge::tenant_id.eq(tenant))
            .filter(challenge::user_id.eq(user))
            .filter(challenge::kind.eq(kind))
            .filter(challenge::ended_at.is_null())
            .filter(challenge::code_expires_at.gt(now))
            .select(Challenge::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// The removals of second factors that are under way, of all tenants, the next due first.
pub async fn resets(conn: &mut Conn, limit: i64) -> Result<Vec<Challenge>> {
    let rows = on!(conn, c => {
        challenge::table
            .filter(sql::<Bool>(RESET))
            .filter(challenge::ended_at.is_null())
            .order(challenge::code_expires_at)
            .limit(limit)
            .select(Challenge::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// As the index `challenge_reset` has it, word by word: with a bound value no database would know that it may use it.
const RESET: &str = "kind = 'factor_reset'";

/// Notes that the owner is reminded of a challenge whose code nobody types; of many at once, for one.
pub async fn remind(conn: &mut Conn, tenant: &TenantId, id: &ChallengeId) -> Result<bool> {
    let count = on!(conn, c => {
        let first = challenge::table
            .find((tenant, id))
            .filter(challenge::tries.eq(0))
            .filter(challenge::ended_at.is_null());
        diesel::update(first).set(challenge::tries.eq(1)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Ends what a person has under way of one kind.
pub async fn end_kind(conn: &mut Conn, tenant: &TenantId, user: &UserId, kind: Kind, now: Ts) -> Result<()> {
    on!(conn, c => {
        let open = challenge::table
            .filter(challenge::tenant_id.eq(tenant))
            .filter(challenge::user_id.eq(user))
            .filter(challenge::kind.eq(kind))
            .filter(challenge::ended_at.is_null());
        diesel::update(open).set(challenge::ended_at.eq(now)).kept().execute(c).await
    })?;
    Ok(())
}

/// Counts a try with a code, before anybody looks whether it is the right one. `false` when there are none left, or
/// nothing is to be proved any more.
pub async fn count_try(conn: &mut Conn, tenant: &TenantId, id: &ChallengeId, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let open = challenge::table
            .find((tenant, id))
            .filter(challenge::code_expires_at.gt(now))
            .filter(challenge::proved_at.is_null())
            .filter(challenge::ended_at.is_null())
            .filter(challenge::tries.lt(MOST_TRIES));
        diesel::update(open).set(challenge::tries.eq(challenge::tries + 1)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Marks a challenge as proved; of many at once, for one.
pub async fn prove(conn: &mut Conn, tenant: &TenantId, id: &ChallengeId, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let open = challenge::table
            .find((tenant, id))
            .filter(challenge::code_expires_at.gt(now))
            .filter(challenge::proved_at.is_null())
            .filter(challenge::ended_at.is_null());
        diesel::update(open).set(challenge::proved_at.eq(now)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Marks a challenge as ended: what it was for has happened; of many at once, for one.
pub async fn end(conn: &mut Conn, tenant: &TenantId, id: &ChallengeId, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let open = challenge::table.find((tenant, id)).filter(challenge::ended_at.is_null());
        diesel::update(open).set(challenge::ended_at.eq(now)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Ends all that a person has begun: whatever was proved for them was proved of another state of the account.
pub async fn end_all(conn: &mut Conn, tenant: &TenantId, user: &UserId, now: Ts) -> Result<()> {
    on!(conn, c => {
        let open = challenge::table
            .filter(challenge::tenant_id.eq(tenant))
            .filter(challenge::user_id.eq(user))
            .filter(challenge::ended_at.is_null());
        diesel::update(open).set(challenge::ended_at.eq(now)).kept().execute(c).await
    })?;
    Ok(())
}

/// Gives a challenge to the person whose it has become.
pub async fn set_user(conn: &mut Conn, tenant: &TenantId, id: &ChallengeId, user: &UserId) -> Result<()> {
    on!(conn, c => {
        diesel::update(challenge::table.find((tenant, id))).set(challenge::user_id.eq(user)).kept().execute(c).await
    })?;
    Ok(())
}

/// Another code and link in the place of those that were sent, for somebody who has not got them; also for another
/// address, which then is in `sealed`.
pub async fn renew(conn: &mut Conn, row: &Challenge) -> Result<bool> {
    let count = on!(conn, c => {
        let open = challenge::table
            .find((&row.tenant_id, &row.id))
            .filter(challenge::proved_at.is_null())
            .filter(challenge::ended_at.is_null());
        diesel::update(open)
            .set((
                challenge::sealed.eq(&row.sealed),
                challenge::code_hash.eq(&row.code_hash),
                challenge::token_hash.eq(&row.token_hash),
                challenge::code_expires_at.eq(row.code_expires_at),
                challenge::tries.eq(0),
            ))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}
