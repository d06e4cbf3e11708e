//! Deletes what has ended, in small batches, so that no lock is held for long.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Result, on};
use crate::base::time::Ts;
use crate::schema::{
    access_token, answered, auth_code, auth_request, batch, blob, bulk, bulk_row, challenge, change, grant, invitation,
    job, known_device, outbox, refresh_token, refusal, revoked_token, session, trusted_device,
};

/// Rows deleted in one transaction and table.
const BATCH: i64 = 1000;

/// Deletes one batch of the rows of `$table` whose `$column` lies before `$before`, found by `$key`. A key may be that of
/// other rows as well, and a row may have been renewed since it was looked at: both stay.
macro_rules! batch {
    ($conn:expr, $table:ident, $key:ident, $column:ident, $before:expr) => {
        on!($conn, c => {
            let ended: Vec<String> = $table::table
                .filter($table::$column.lt($before))
                .limit(BATCH)
                .select($table::$key)
                .load(c)
                .await?;
            let ended = $table::table.filter($table::$key.eq_any(ended)).filter($table::$column.lt($before));
            diesel::delete(ended).execute(c).await?
        })
    };
}

/// One batch of everything that ended before `before`, of requests under way before `now`, of letters given up, and
/// of work ended, before `dead`; says how many rows went. Zero: there is no more.
pub async fn expired(conn: &mut Conn, now: Ts, before: Ts, dead: Ts) -> Result<usize> {
    let unused = unredeemed(conn, before).await?;
    let rows = [
        batch!(conn, auth_code, hash, expires_at, before),
        batch!(conn, auth_request, id, expires_at, now),
        batch!(conn, challenge, id, expires_at, now),
        batch!(conn, access_token, hash, expires_at, before),
        batch!(conn, revoked_token, jti, expires_at, before),
        batch!(conn, refresh_token, hash, expires_at, before),
        batch!(conn, grant, id, expires_at, before),
        batch!(conn, session, hash, expires_at, before),
        batch!(conn, outbox, id, dead_at, dead),
        batch!(conn, job, id, ended_at, dead),
        batch!(conn, blob, id, expires_at, now),
        batch!(conn, trusted_device, hash, expires_at, before),
        batch!(conn, answered, key_hash, expires_at, now),
        acts(conn, now).await?,
        bulks(conn, dead).await?,
    ];
    Ok(unused + rows.iter().sum::<usize>())
}

/// Deletes one batch of what belongs to the rows of `$table` whose `$column` lies before `$before`, and then those of
/// them that nothing belongs to any more: what may be millions is not deleted by one statement.
macro_rules! with_parts {
    ($conn:expr, $table:ident, $column:ident, $before:expr, $part:ident, $owner:ident, $position:ident) => {
        on!($conn, c => {
            let ended = $table::table.filter($table::$column.lt($before));
            let key = ($table::tenant_id, $table::id);
            let found: Option<(String, String)> = ended.order($table::$column).select(key).first(c).await.optional()?;
            match found {
                None => 0,
                Some((tenant, id)) => {
                    let own = $part::table.filter($part::tenant_id.eq(&tenant)).filter($part::$owner.eq(&id));
                    let behind = own.order($part::$position).offset(BATCH).select($part::$position);
                    let behind: Option<i64> = behind.first(c).await.optional()?;
                    match behind {
                        Some(behind) => diesel::delete(own.filter($part::$position.lt(behind))).execute(c).await?,
                        None => diesel::delete($table::table.find((&tenant, &id))).execute(c).await?,
                    }
                }
            }
        })
    };
}

/// Acts that cannot be taken back any more, with what they changed.
async fn acts(conn: &mut Conn, now: Ts) -> Result<usize> {
    Ok(with_parts!(conn, batch, expires_at, now, change, batch_id, position))
}

/// What was done to many at once, with what became of each.
async fn bulks(conn: &mut Conn, dead: Ts) -> Result<usize> {
    Ok(with_parts!(conn, bulk, ended_at, dead, bulk_row, bulk_id, position))
}

/// Invitations that had their time until `before`, whatever became of them.
pub async fn invitations(conn: &mut Conn, before: Ts) -> Result<usize> {
    Ok(batch!(conn, invitation, id, expires_at, before))
}

/// Grants whose code nobody came for.
async fn unredeemed(conn: &mut Conn, before: Ts) -> Result<usize> {
    let count = on!(conn, c => {
        let unused: Vec<String> = auth_code::table
            .filter(auth_code::expires_at.lt(before))
            .filter(auth_code::used_at.is_null())
            .limit(BATCH)
            .select(auth_code::grant_id)
            .load(c)
            .await?;
        diesel::delete(grant::table.filter(grant::id.eq_any(unused))).execute(c).await?
    });
    Ok(count)
}

/// Browsers that their persons have not used since `before`. The last one of a person stays, as it says that the next
/// is not the first.
pub async fn known_devices(conn: &mut Conn, before: Ts) -> Result<usize> {
    let newer = diesel::alias!(known_device as newer);
    let count = on!(conn, c => {
        let later = newer
            .filter(newer.field(known_device::tenant_id).eq(known_device::tenant_id))
            .filter(newer.field(known_device::user_id).eq(known_device::user_id))
            .filter(newer.field(known_device::last_seen).gt(known_device::last_seen));
        let unseen: Vec<String> = known_device::table
            .filter(known_device::last_seen.lt(before))
            .filter(diesel::dsl::exists(later))
            .limit(BATCH)
            .select(known_device::hash)
            .load(c)
            .await?;
        diesel::delete(known_device::table.filter(known_device::hash.eq_any(unseen))).execute(c).await?
    });
    Ok(count)
}

/// Refusals older than `before`, and the oldest beyond `rows`.
pub async fn refusals(conn: &mut Conn, before: Ts, rows: i64) -> Result<usize> {
    let old = batch!(conn, refusal, reference, at, before);
    let beyond: Vec<String> = on!(conn, c => {
        refusal::table.order(refusal::at.desc()).offset(rows).limit(BATCH).select(refusal::reference).load(c).await?
    });
    let more = on!(conn, c => {
        diesel::delete(refusal::table.filter(refusal::reference.eq_any(beyond))).execute(c).await?
    });
    Ok(old + more)
}
