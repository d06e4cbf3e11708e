//! Refusals that can be explained by their reference.

use diesel::prelude::*;

use super::TenantId;
use crate::base::time::Ts;
use crate::schema::refusal;
use crate::spec::check::{Check, Endpoint};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = refusal, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct RefusalRow {
    pub tenant_id: TenantId,
    pub reference: String,
    pub at: Ts,
    pub endpoint: Endpoint,
    pub code: String,
    pub reason: String,
    pub client_id: Option<String>,
    pub address: String,
    pub check_name: Option<Check>,
    pub expected: Option<String>,
    pub received: Option<String>,
    pub setting: Option<String>,
}
