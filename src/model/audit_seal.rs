//! Blocks of audit rows, each bound to the one before it by a keyed hash. Whoever changes, takes out or puts in a row
//! afterwards would need the master key to make the blocks fit again.

use diesel::prelude::*;
use serde_json::json;

use super::TenantId;
use super::audit::Audit;
use crate::base::time::Ts;
use crate::schema::audit_seal;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_seal, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct AuditSeal {
    pub tenant_id: TenantId,
    /// Counts from 1, without a gap.
    pub number: i64,
    pub at: Ts,
    /// The rows lie from this id on to the last one.
    pub first_id: String,
    pub last_id: String,
    pub count: i64,
    /// [`DIGEST`] bytes for each row: of what may have to be forgotten of it.
    pub personal: Vec<u8>,
    pub hash: String,
}

/// Bytes of a digest that are kept.
pub const DIGEST: usize = 16;

impl Audit {
    /// What stays of a row whatever becomes of its person.
    pub fn lasting(&self) -> String {
        let target = (self.target_kind, &self.target_id);
        json!([self.id, self.at, self.action, self.actor_kind, self.actor_id, target, self.result, self.batch_id])
            .to_string()
    }

    /// What is taken out of a row when its person is erased.
    pub fn personal(&self) -> String {
        json!([self.address, self.device, self.detail, self.changes]).to_string()
    }

    /// Whether nothing personal is left in the row's words.
    pub fn is_forgotten(&self) -> bool {
        self.detail.is_empty() && self.changes.is_none()
    }
}
