use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::auth::PendingRequest;
use crate::model::{RequestId, SessionId, TenantId};
use crate::schema::auth_request;

pub async fn insert(conn: &mut Conn, row: &PendingRequest) -> Result<()> {
    on!(conn, c => diesel::insert_into(auth_request::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &RequestId) -> Result<Option<PendingRequest>> {
    let row = on!(conn, c => {
        auth_request::table.find((tenant, id)).select(PendingRequest::as_select()).first(c).await.optional()
    })?;
    Ok(row)
}

/// Notes that Allow was pressed, and in which session.
pub async fn consent(conn: &mut Conn, tenant: &TenantId, id: &RequestId, session: &SessionId) -> Result<()> {
    on!(conn, c => {
        diesel::update(auth_request::table.find((tenant, id)))
            .set(auth_request::consented_in.eq(session))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// Ends the request; of two that try at once, one gets `false`.
pub async fn end(conn: &mut Conn, tenant: &TenantId, id: &RequestId, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(auth_request::table.find((tenant, id)).filter(auth_request::ended_at.is_null()))
            .set(auth_request::ended_at.eq(now))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}
