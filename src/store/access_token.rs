use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::TenantId;
use crate::model::token::OpaqueToken;
use crate::schema::access_token;

pub async fn insert(conn: &mut Conn, row: &OpaqueToken) -> Result<()> {
    on!(conn, c => diesel::insert_into(access_token::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn find_live(conn: &mut Conn, tenant: &TenantId, hash: &str, now: Ts) -> Result<Option<OpaqueToken>> {
    let row = on!(conn, c => {
        access_token::table
            .find((tenant, hash))
            .filter(access_token::expires_at.gt(now))
            .select(OpaqueToken::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}
