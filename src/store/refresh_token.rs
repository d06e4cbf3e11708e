use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::token::RefreshToken;
use crate::model::{ClientId, TenantId};
use crate::schema::refresh_token;

pub async fn insert(conn: &mut Conn, row: &RefreshToken) -> Result<()> {
    on!(conn, c => diesel::insert_into(refresh_token::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, hash: &str) -> Result<Option<RefreshToken>> {
    let row = on!(conn, c => {
        refresh_token::table.find((tenant, hash)).select(RefreshToken::as_select()).first(c).await.optional()
    })?;
    Ok(row)
}

/// Exchanges the token for its successor, in one statement, so that of two simultaneous requests one gets `None`.
pub async fn redeem(
    conn: &mut Conn,
    tenant: &TenantId,
    hash: &str,
    client_id: &ClientId,
    successor_hash: &str,
    now: Ts,
) -> Result<Option<RefreshToken>> {
    let row = on!(conn, c => {
        let live = refresh_token::table
            .find((tenant, hash))
            .filter(refresh_token::client_id.eq(client_id))
            .filter(refresh_token::used_at.is_null())
            .filter(refresh_token::expires_at.gt(now));
        diesel::update(live)
            .set((refresh_token::used_at.eq(now), refresh_token::successor_hash.eq(successor_hash)))
            .returning(RefreshToken::as_returning())
            .kept().get_result(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Takes an unused successor out of use, because its own answer got lost; whoever comes with it later is a second
/// holder. `false` when it was used already.
pub async fn replace(conn: &mut Conn, tenant: &TenantId, hash: &str, next_hash: &str, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(refresh_token::table.find((tenant, hash)).filter(refresh_token::used_at.is_null()))
            .set((
                refresh_token::used_at.eq(now),
                refresh_token::retried_at.eq(now),
                refresh_token::successor_hash.eq(next_hash),
            ))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Claims the one repetition that a lost answer is granted: the token was used at `since` or later and not yet
/// repeated. `None` to everybody else.
pub async fn retry(conn: &mut Conn, tenant: &TenantId, hash: &str, since: Ts, now: Ts) -> Result<Option<RefreshToken>> {
    let row = on!(conn, c => {
        let lost = refresh_token::table
            .find((tenant, hash))
            .filter(refresh_token::used_at.ge(since))
            .filter(refresh_token::retried_at.is_null());
        diesel::update(lost)
            .set(refresh_token::retried_at.eq(now))
            .returning(RefreshToken::as_returning())
            .kept().get_result(c)
            .await
            .optional()
    })?;
    Ok(row)
}
