use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::model::TenantId;
use crate::model::refusal::RefusalRow;
use crate::schema::refusal;

/// A batch, written beside the requests that were refused. A reference that is taken is left as it is.
pub async fn insert_all(conn: &mut Conn, rows: &[RefusalRow]) -> Result<()> {
    for row in rows {
        on!(conn, c => diesel::insert_into(refusal::table).values(row).on_conflict_do_nothing().kept().execute(c).await)?;
    }
    Ok(())
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, reference: &str) -> Result<Option<RefusalRow>> {
    let row = on!(conn, c => {
        refusal::table.find((tenant, reference)).select(RefusalRow::as_select()).first(c).await.optional()
    })?;
    Ok(row)
}
