use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::auth::Consent;
use crate::model::{ClientId, TenantId, UserId};
use crate::schema::{client, consent};

/// Rows that are changed by one statement.
const BATCH: i64 = 1000;

pub async fn find(conn: &mut Conn, tenant: &TenantId, user: &UserId, client: &ClientId) -> Result<Option<Consent>> {
    let row = on!(conn, c => {
        consent::table.find((tenant, user, client)).select(Consent::as_select()).first(c).await.optional()
    })?;
    Ok(row)
}

/// Gives or widens a consent.
pub async fn upsert(conn: &mut Conn, row: &Consent) -> Result<()> {
    on!(conn, c => {
        diesel::insert_into(consent::table)
            .values(row)
            .on_conflict((consent::tenant_id, consent::user_id, consent::client_id))
            .do_update()
            .set((consent::scope.eq(&row.scope), consent::updated_at.eq(row.updated_at)))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// What this person has allowed, with the names of the clients.
pub async fn list(conn: &mut Conn, tenant: &TenantId, user: &UserId, limit: i64) -> Result<Vec<(Consent, String)>> {
    let rows = on!(conn, c => {
        consent::table
            .inner_join(client::table.on(client::tenant_id.eq(consent::tenant_id).and(client::id.eq(consent::client_id))))
            .filter(consent::tenant_id.eq(tenant))
            .filter(consent::user_id.eq(user))
            .filter(client::deleted_at.is_null())
            .order((client::name, client::id))
            .limit(limit)
            .select((Consent::as_select(), client::name))
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Takes a consent back; whether there was one.
pub async fn delete(conn: &mut Conn, tenant: &TenantId, user: &UserId, client: &ClientId) -> Result<bool> {
    let count = on!(conn, c => diesel::delete(consent::table.find((tenant, user, client))).kept().execute(c).await)?;
    Ok(count == 1)
}

/// How many people have allowed something to a client.
pub async fn count_of_client(conn: &mut Conn, tenant: &TenantId, client: &ClientId) -> Result<i64> {
    let count = on!(conn, c => {
        consent::table
            .filter(consent::tenant_id.eq(tenant))
            .filter(consent::client_id.eq(client))
            .count()
            .get_result(c)
            .await
    })?;
    Ok(count)
}

/// Takes a batch of the consents to a client back, of those given until `until`; how many.
pub async fn delete_batch(conn: &mut Conn, tenant: &TenantId, client: &ClientId, until: Ts) -> Result<usize> {
    let count = on!(conn, c => {
        let rows = consent::table.filter(consent::tenant_id.eq(tenant)).filter(consent::client_id.eq(client));
        let rows = rows.filter(consent::updated_at.le(until));
        let people: Vec<UserId> = rows.limit(BATCH).select(consent::user_id).load(c).await?;
        diesel::delete(rows.filter(consent::user_id.eq_any(people))).execute(c).await
    })?;
    Ok(count)
}

/// The names of the clients that hold a consent of this person.
pub async fn client_names(conn: &mut Conn, tenant: &TenantId, user: &UserId) -> Result<Vec<String>> {
    let names = on!(conn, c => {
        consent::table
            .inner_join(client::table.on(client::tenant_id.eq(consent::tenant_id).and(client::id.eq(consent::client_id))))
            .filter(consent::tenant_id.eq(tenant))
            .filter(consent::user_id.eq(user))
            .order(client::name)
            .limit(100)
            .select(client::name)
            .load(c)
            .await
    })?;
    Ok(names)
}
