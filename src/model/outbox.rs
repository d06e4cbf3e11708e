//! Letters that wait to leave.

use diesel::prelude::*;

use super::TenantId;
use crate::base::time::Ts;
use crate::schema::outbox;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = outbox, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Outgoing {
    pub tenant_id: TenantId,
    pub id: String,
    pub channel: String,
    pub kind: String,
    /// Receiver and words, as JSON, sealed for [`Outgoing::place`].
    pub sealed: Vec<u8>,
    pub created_at: Ts,
    /// When to try next. Whoever tries moves it on, so that no other node does.
    pub due_at: Ts,
    /// Nobody is helped by it later.
    pub expires_at: Ts,
    pub attempts: i32,
    /// What went wrong last.
    pub error: Option<String>,
    /// Given up; kept for an administrator to see.
    pub dead_at: Option<Ts>,
    /// Keyed, of the receiver: finds a person's letters. Empty in what an older version wrote.
    pub recipient_hash: String,
}

impl Outgoing {
    pub fn place(id: &str) -> String {
        format!("outbox/{id}")
    }
}
