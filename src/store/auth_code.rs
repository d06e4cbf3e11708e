use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::token::AuthCode;
use crate::model::{ClientId, TenantId};
use crate::schema::auth_code;

pub async fn insert(conn: &mut Conn, code: &AuthCode) -> Result<()> {
    on!(conn, c => diesel::insert_into(auth_code::table).values(code).kept().execute(c).await)?;
    Ok(())
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, hash: &str) -> Result<Option<AuthCode>> {
    let row = on!(conn, c => {
        auth_code::table.find((tenant, hash)).select(AuthCode::as_select()).first(c).await.optional()
    })?;
    Ok(row)
}

/// Marks the code used, in one statement, so that of two simultaneous requests one gets `None`.
pub async fn redeem(
    conn: &mut Conn,
    tenant: &TenantId,
    hash: &str,
    client_id: &ClientId,
    now: Ts,
) -> Result<Option<AuthCode>> {
    let row = on!(conn, c => {
        let live = auth_code::table
            .find((tenant, hash))
            .filter(auth_code::client_id.eq(client_id))
            .filter(auth_code::used_at.is_null())
            .filter(auth_code::expires_at.gt(now));
        diesel::update(live)
            .set(auth_code::used_at.eq(now))
            .returning(AuthCode::as_returning())
            .kept().get_result(c)
            .await
            .optional()
    })?;
    Ok(row)
}
