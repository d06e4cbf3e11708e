use diesel::dsl::{exists, select};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::model::TenantId;
use crate::model::token::RevokedToken;
use crate::schema::revoked_token;

/// Revoking twice is no error (RFC 7009 §2.2).
pub async fn insert(conn: &mut Conn, row: &RevokedToken) -> Result<()> {
    on!(conn, c => diesel::insert_into(revoked_token::table).values(row).on_conflict_do_nothing().kept().execute(c).await)?;
    Ok(())
}

pub async fn contains(conn: &mut Conn, tenant: &TenantId, jti: &str) -> Result<bool> {
    let found = on!(conn, c => select(exists(revoked_token::table.find((tenant, jti)))).get_result(c).await)?;
    Ok(found)
}
