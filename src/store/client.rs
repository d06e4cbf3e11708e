use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Error, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::client::{Client, ClientRow, ClientSecret, RedirectUri};
use crate::model::{ClientId, TenantId};
use crate::schema::{client, client_secret, redirect_uri};

/// The client with its secrets and URIs.
pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &ClientId) -> Result<Option<Client>> {
    let row = on!(conn, c => {
        client::table.find((tenant, id)).select(ClientRow::as_select()).first(c).await.optional()
    })?;
    let Some(row) = row else { return Ok(None) };
    let secrets = on!(conn, c => {
        client_secret::table
            .filter(client_secret::tenant_id.eq(tenant))
            .filter(client_secret::client_id.eq(id))
            .order(client_secret::created_at)
            .select(ClientSecret::as_select())
            .load(c)
            .await
    })?;
    let uris = on!(conn, c => {
        redirect_uri::table
            .filter(redirect_uri::tenant_id.eq(tenant))
            .filter(redirect_uri::client_id.eq(id))
            .order((redirect_uri::kind, redirect_uri::position))
            .select(RedirectUri::as_select())
            .load(c)
            .await
    })?;
    Client::assemble(row, secrets, uris).map(Some).map_err(Error::other)
}

/// Those after `after` by id, at most `limit`, without secrets and URIs.
pub async fn list(conn: &mut Conn, tenant: &TenantId, after: &str, limit: i64) -> Result<Vec<ClientRow>> {
    let rows = on!(conn, c => {
        client::table
            .filter(client::tenant_id.eq(tenant))
            .filter(client::id.gt(after))
            .order(client::id)
            .limit(limit)
            .select(ClientRow::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

pub async fn insert(conn: &mut Conn, tenant: &TenantId, new: &Client) -> Result<()> {
    let (row, uris) = new.rows(tenant).map_err(Error::other)?;
    on!(conn, c => diesel::insert_into(client::table).values(&row).kept().execute(c).await)?;
    for uri in &uris {
        on!(conn, c => diesel::insert_into(redirect_uri::table).values(uri).kept().execute(c).await)?;
    }
    for secret in &new.secrets {
        insert_secret(conn, secret).await?;
    }
    Ok(())
}

pub async fn insert_secret(conn: &mut Conn, secret: &ClientSecret) -> Result<()> {
    on!(conn, c => diesel::insert_into(client_secret::table).values(secret).kept().execute(c).await)?;
    Ok(())
}

/// Lets the current secret of a client end at `end`, and those that were replaced before it at once: two live at most.
pub async fn replace_secret(conn: &mut Conn, tenant: &TenantId, id: &ClientId, end: Ts, now: Ts) -> Result<()> {
    on!(conn, c => {
        let of_client = client_secret::table.filter(client_secret::tenant_id.eq(tenant)).filter(client_secret::client_id.eq(id));
        let older = of_client.filter(client_secret::expires_at.gt(now));
        diesel::update(older).set(client_secret::expires_at.eq(now)).kept().execute(c).await?;
        let current = of_client.filter(client_secret::expires_at.is_null());
        diesel::update(current).set(client_secret::expires_at.eq(end)).kept().execute(c).await
    })?;
    Ok(())
}

/// Whether there was such a client.
pub async fn set_disabled(
    conn: &mut Conn,
    tenant: &TenantId,
    id: &ClientId,
    since: Option<Ts>,
    now: Ts,
) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(client::table.find((tenant, id)))
            .set((client::disabled_at.eq(since), client::updated_at.eq(now)))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}
