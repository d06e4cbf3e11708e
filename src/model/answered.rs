//! Answers to requests that may come twice.

use diesel::prelude::*;

use super::{BatchId, TenantId};
use crate::base::time::Ts;
use crate::schema::answered;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = answered, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Answered {
    pub tenant_id: TenantId,
    /// Whose request it was.
    pub actor: String,
    /// Of the `Idempotency-Key`.
    pub key_hash: String,
    /// Of what was asked for.
    pub request_hash: String,
    /// None while the first one is being worked on.
    pub status: Option<i32>,
    /// The answer's body, for [`Answered::place`].
    pub sealed: Option<Vec<u8>>,
    /// The act that came of it, written in the act's own transaction: whatever happens to the answer afterwards, it is
    /// not made again.
    pub batch_id: Option<BatchId>,
    pub expires_at: Ts,
}

impl Answered {
    pub fn place(&self) -> String {
        format!("answered:{}:{}", self.actor, self.key_hash)
    }
}
