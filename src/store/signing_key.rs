use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::TenantId;
use crate::model::key::SigningKey;
use crate::schema::signing_key;

pub async fn list(conn: &mut Conn, tenant: &TenantId) -> Result<Vec<SigningKey>> {
    let rows = on!(conn, c => {
        signing_key::table
            .filter(signing_key::tenant_id.eq(tenant))
            .order((signing_key::alg, signing_key::generation))
            .select(SigningKey::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Fails with [`super::Error::is_taken`] when another node made this generation.
pub async fn insert(conn: &mut Conn, row: &SigningKey) -> Result<()> {
    on!(conn, c => diesel::insert_into(signing_key::table).values(row).kept().execute(c).await)?;
    Ok(())
}

/// Sets when a waiting key begins to sign; of two that try at once, one gets `false`.
pub async fn activate(conn: &mut Conn, tenant: &TenantId, kid: &str, from: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(signing_key::table.find((tenant, kid)).filter(signing_key::active_at.is_null()))
            .set(signing_key::active_at.eq(from))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Sets when a key begins to sign, whatever was said of it before.
pub async fn set_active(conn: &mut Conn, tenant: &TenantId, kid: &str, from: Ts) -> Result<()> {
    on!(conn, c => {
        diesel::update(signing_key::table.find((tenant, kid)))
            .set(signing_key::active_at.eq(from))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

pub async fn delete(conn: &mut Conn, tenant: &TenantId, kid: &str) -> Result<()> {
    on!(conn, c => diesel::delete(signing_key::table.find((tenant, kid))).kept().execute(c).await)?;
    Ok(())
}
