use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Error, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::client::{Client, ClientRow, ClientSecret, ClientState, RedirectUri};
use crate::model::{ClientId, TenantId};
use crate::schema::{client, client_secret, redirect_uri};

/// The client with its secrets and URIs. One that was deleted is not there.
pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &ClientId) -> Result<Option<Client>> {
    Ok(find_any(conn, tenant, id).await?.filter(|client| client.deleted_at.is_none()))
}

/// The same, also one that was deleted.
pub async fn find_any(conn: &mut Conn, tenant: &TenantId, id: &ClientId) -> Result<Option<Client>> {
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

/// Lets others who change the client wait until the end of the transaction.
pub async fn lock(conn: &mut Conn, tenant: &TenantId, id: &ClientId) -> Result<()> {
    on!(conn, c => {
        diesel::update(client::table.find((tenant, id)))
            .set(client::updated_at.eq(client::updated_at))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// Which clients are asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// How the name begins, in the form in which names are compared.
    pub prefix: String,
    /// All but the deleted ones, if none is named.
    pub state: Option<ClientState>,
}

impl Wanted {
    /// For `LIKE`, with a backslash before what would stand for something else.
    fn pattern(&self) -> String {
        let plain = self.prefix.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        format!("{plain}%")
    }
}

/// Those after `after` by id, at most `limit`, without secrets and URIs.
pub async fn list(
    conn: &mut Conn,
    tenant: &TenantId,
    wanted: &Wanted,
    after: &str,
    limit: i64,
) -> Result<Vec<ClientRow>> {
    let rows = on!(conn, c => {
        let mut query = client::table
            .filter(client::tenant_id.eq(tenant))
            .filter(client::id.gt(after))
            .order(client::id)
            .limit(limit)
            .select(ClientRow::as_select())
            .into_boxed();
        if !wanted.prefix.is_empty() {
            query = query.filter(client::name_key.like(wanted.pattern()).escape('\\'));
        }
        query = match wanted.state {
            Some(ClientState::Deleted) => query.filter(client::deleted_at.is_not_null()),
            _ => query.filter(client::deleted_at.is_null()),
        };
        query = match wanted.state {
            Some(ClientState::Enabled) => query.filter(client::disabled_at.is_null()),
            Some(ClientState::Disabled) => query.filter(client::disabled_at.is_not_null()),
            _ => query,
        };
        query.load(c).await
    })?;
    Ok(rows)
}

/// The names of these clients by their ids, also of those that were deleted.
pub async fn names(conn: &mut Conn, tenant: &TenantId, ids: &[ClientId]) -> Result<HashMap<String, String>> {
    let rows: Vec<(String, String)> = on!(conn, c => {
        client::table
            .filter(client::tenant_id.eq(tenant))
            .filter(client::id.eq_any(ids))
            .select((client::id, client::name))
            .load(c)
            .await
    })?;
    Ok(rows.into_iter().collect())
}

pub async fn insert(conn: &mut Conn, tenant: &TenantId, new: &Client) -> Result<()> {
    let (row, uris) = new.rows(tenant).map_err(Error::other)?;
    on!(conn, c => diesel::insert_into(client::table).values(&row).kept().execute(c).await)?;
    insert_uris(conn, &uris).await?;
    for secret in &new.secrets {
        insert_secret(conn, secret).await?;
    }
    Ok(())
}

/// Writes all but the secrets anew.
pub async fn update(conn: &mut Conn, tenant: &TenantId, changed: &Client) -> Result<()> {
    let (row, uris) = changed.rows(tenant).map_err(Error::other)?;
    on!(conn, c => {
        diesel::update(client::table.find((tenant, &row.id)))
            .set((
                client::name.eq(&row.name),
                client::name_key.eq(&row.name_key),
                client::metadata.eq(&row.metadata),
                client::updated_at.eq(row.updated_at),
                client::disabled_at.eq(row.disabled_at),
                client::deleted_at.eq(row.deleted_at),
            ))
            .kept().execute(c)
            .await?;
        let old = redirect_uri::table
            .filter(redirect_uri::tenant_id.eq(tenant))
            .filter(redirect_uri::client_id.eq(&row.id));
        diesel::delete(old).kept().execute(c).await
    })?;
    insert_uris(conn, &uris).await
}

async fn insert_uris(conn: &mut Conn, uris: &[RedirectUri]) -> Result<()> {
    for uri in uris {
        on!(conn, c => diesel::insert_into(redirect_uri::table).values(uri).kept().execute(c).await)?;
    }
    Ok(())
}

pub async fn insert_secret(conn: &mut Conn, secret: &ClientSecret) -> Result<()> {
    on!(conn, c => diesel::insert_into(client_secret::table).values(secret).kept().execute(c).await)?;
    Ok(())
}

/// Lets the current secret of a client end at `end`, and those that were replaced before it at once: two live at most.
pub async fn replace_secret(conn: &mut Conn, tenant: &TenantId, id: &ClientId, end: Ts, now: Ts) -> Result<()> {
    end_replaced(conn, tenant, id, now).await?;
    on!(conn, c => {
        let of_client = client_secret::table.filter(client_secret::tenant_id.eq(tenant)).filter(client_secret::client_id.eq(id));
        let current = of_client.filter(client_secret::expires_at.is_null());
        diesel::update(current).set(client_secret::expires_at.eq(end)).kept().execute(c).await
    })?;
    Ok(())
}

/// Lets the secrets that were replaced end now; how many still counted.
pub async fn end_replaced(conn: &mut Conn, tenant: &TenantId, id: &ClientId, now: Ts) -> Result<usize> {
    let count = on!(conn, c => {
        let of_client = client_secret::table.filter(client_secret::tenant_id.eq(tenant)).filter(client_secret::client_id.eq(id));
        let older = of_client.filter(client_secret::expires_at.gt(now));
        diesel::update(older).set(client_secret::expires_at.eq(now)).kept().execute(c).await
    })?;
    Ok(count)
}

/// Ids, names, and what the names are found by: those after `after` by id, at most `limit`.
pub async fn name_keys(
    conn: &mut Conn,
    tenant: &TenantId,
    after: &str,
    limit: i64,
) -> Result<Vec<(ClientId, String, String)>> {
    let rows = on!(conn, c => {
        client::table
            .filter(client::tenant_id.eq(tenant))
            .filter(client::id.gt(after))
            .order(client::id)
            .limit(limit)
            .select((client::id, client::name, client::name_key))
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Has a client be found by `key`, unless it got another name meanwhile.
pub async fn set_name_key(conn: &mut Conn, tenant: &TenantId, id: &ClientId, (name, key): (&str, &str)) -> Result<()> {
    on!(conn, c => {
        let same = client::table.find((tenant, id)).filter(client::name.eq(name));
        diesel::update(same).set(client::name_key.eq(key)).kept().execute(c).await
    })?;
    Ok(())
}
