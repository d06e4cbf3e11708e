//! Accounts that are to be erased.

use diesel::prelude::*;

use super::{TenantId, UserId};
use crate::base::time::Ts;
use crate::schema::deletion;
use crate::spec::account_state::{By, State};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = deletion, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Deletion {
    pub tenant_id: TenantId,
    pub user_id: UserId,
    /// Where the account stood, and comes back to.
    pub before: State,
    pub begun_by: By,
    pub begun_at: Ts,
    /// From here on it is erased, and nobody undoes it.
    pub due_at: Ts,
}

impl Deletion {
    /// Whether the account's person may still keep it.
    pub fn is_own_to_undo(&self, now: Ts) -> bool {
        self.begun_by == By::Person && now < self.due_at
    }
}
