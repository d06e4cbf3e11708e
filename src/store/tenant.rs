use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::TenantId;
use crate::schema::tenant;

pub async fn name(conn: &mut Conn, id: &TenantId) -> Result<Option<String>> {
    let name = on!(conn, c => tenant::table.find(id).select(tenant::name).first(c).await.optional())?;
    Ok(name)
}

/// Whether the first administrator exists.
pub async fn is_set_up(conn: &mut Conn, id: &TenantId) -> Result<bool> {
    let at: Option<Option<Ts>> =
        on!(conn, c => tenant::table.find(id).select(tenant::set_up_at).first(c).await.optional())?;
    Ok(at.flatten().is_some())
}

/// Uses the link of the first start up; of two that try at once, one gets `false`.
pub async fn set_up(conn: &mut Conn, id: &TenantId, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(tenant::table.find(id).filter(tenant::set_up_at.is_null()))
            .set(tenant::set_up_at.eq(now))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}
