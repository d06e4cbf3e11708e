use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::TenantId;
use crate::model::refusal::RefusalRow;
use crate::schema::refusal;
use crate::spec::check::{Check, Endpoint};

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

/// Which refusals are asked for; what is not named does not matter.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub client_id: Option<String>,
    pub code: Option<String>,
    pub check: Option<Check>,
    pub endpoint: Option<Endpoint>,
    pub since: Option<Ts>,
    pub until: Option<Ts>,
    /// Time and reference of the one that the list goes on after.
    pub before: Option<(Ts, String)>,
}

/// The latest first, at most `limit`.
pub async fn list(conn: &mut Conn, tenant: &TenantId, wanted: &Wanted, limit: i64) -> Result<Vec<RefusalRow>> {
    let rows = on!(conn, c => {
        let mut query = refusal::table
            .filter(refusal::tenant_id.eq(tenant))
            .order((refusal::at.desc(), refusal::reference.desc()))
            .limit(limit)
            .select(RefusalRow::as_select())
            .into_boxed();
        if let Some(id) = &wanted.client_id {
            query = query.filter(refusal::client_id.eq(id));
        }
        if let Some(code) = &wanted.code {
            query = query.filter(refusal::code.eq(code));
        }
        if let Some(check) = wanted.check {
            query = query.filter(refusal::check_name.eq(check));
        }
        if let Some(endpoint) = wanted.endpoint {
            query = query.filter(refusal::endpoint.eq(endpoint));
        }
        if let Some(since) = wanted.since {
            query = query.filter(refusal::at.ge(since));
        }
        if let Some(until) = wanted.until {
            query = query.filter(refusal::at.lt(until));
        }
        if let Some((at, reference)) = &wanted.before {
            let same = refusal::at.eq(*at).and(refusal::reference.lt(reference));
            query = query.filter(refusal::at.lt(*at).or(same));
        }
        query.load(c).await
    })?;
    Ok(rows)
}
