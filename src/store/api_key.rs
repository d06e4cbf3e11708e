use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::api_key::ApiKey;
use crate::model::{ApiKeyId, TenantId};
use crate::schema::api_key;

pub async fn insert(conn: &mut Conn, row: &ApiKey) -> Result<()> {
    on!(conn, c => diesel::insert_into(api_key::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &ApiKeyId) -> Result<Option<ApiKey>> {
    let row = on!(conn, c => api_key::table.find((tenant, id)).select(ApiKey::as_select()).first(c).await.optional())?;
    Ok(row)
}

pub async fn find_by_hash(conn: &mut Conn, tenant: &TenantId, hash: &str) -> Result<Option<ApiKey>> {
    let row = on!(conn, c => {
        api_key::table
            .filter(api_key::tenant_id.eq(tenant))
            .filter(api_key::hash.eq(hash))
            .select(ApiKey::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Those after `after` by id, at most `limit`.
pub async fn list(conn: &mut Conn, tenant: &TenantId, after: &str, limit: i64) -> Result<Vec<ApiKey>> {
    let rows = on!(conn, c => {
        api_key::table
            .filter(api_key::tenant_id.eq(tenant))
            .filter(api_key::id.gt(after))
            .order(api_key::id)
            .limit(limit)
            .select(ApiKey::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Notes that it was used, and from where.
pub async fn touch(conn: &mut Conn, tenant: &TenantId, id: &ApiKeyId, (at, address): (Ts, Option<&str>)) -> Result<()> {
    on!(conn, c => {
        diesel::update(api_key::table.find((tenant, id)))
            .set((api_key::last_used_at.eq(at), api_key::last_address.eq(address)))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// Ends it since then, or lets it live again. `false` when it was so before.
pub async fn set_revoked(conn: &mut Conn, tenant: &TenantId, id: &ApiKeyId, since: Option<Ts>) -> Result<bool> {
    let count = on!(conn, c => {
        let key = api_key::table.find((tenant, id));
        match since {
            Some(_) => diesel::update(key.filter(api_key::revoked_at.is_null())).set(api_key::revoked_at.eq(since)).kept().execute(c).await,
            None => diesel::update(key.filter(api_key::revoked_at.is_not_null())).set(api_key::revoked_at.eq(since)).kept().execute(c).await,
        }
    })?;
    Ok(count == 1)
}
