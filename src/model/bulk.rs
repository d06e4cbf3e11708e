//! What is done to many at once, and what became of each.

use diesel::prelude::*;

use super::audit::Party;
use super::{BatchId, JobId, TenantId};
use crate::base::time::Ts;
use crate::schema::{bulk, bulk_part, bulk_row};
use crate::spec::check::Check;
use crate::spec::right::{Right, Rights};

crate::text_enum! {
    /// What is done.
    Kind {
        Activate = "activate",
        Lock = "lock",
        Unlock = "unlock",
        Suspend = "suspend",
        Deactivate = "deactivate",
        Delete = "delete",
        Restore = "restore",
        GiveRole = "give_role",
        TakeRole = "take_role",
        EndSessions = "end_sessions",
        RequirePassword = "require_password_change",
        /// People are invited, line by line of a file.
        Invite = "invite",
        /// What was done to many is taken back.
        Undo = "undo",
    }
}

impl Kind {
    /// What can be done to people who are there.
    pub const TO_PEOPLE: [Self; 11] = [
        Self::GiveRole,
        Self::TakeRole,
        Self::Activate,
        Self::Suspend,
        Self::Deactivate,
        Self::Lock,
        Self::Unlock,
        Self::Delete,
        Self::Restore,
        Self::EndSessions,
        Self::RequirePassword,
    ];

    /// The right that it takes; taking something back takes that of what was done.
    pub const fn right(self) -> Right {
        match self {
            Self::GiveRole | Self::TakeRole => Right::RolesWrite,
            Self::Invite => Right::InvitationsWrite,
            _ => Right::UsersWrite,
        }
    }

    /// Whether it is about a role.
    pub const fn is_of_role(self) -> bool {
        matches!(self, Self::GiveRole | Self::TakeRole)
    }
}

crate::text_enum! {
    /// How far it has come.
    State {
        /// Nobody has begun.
        Waiting = "waiting",
        Running = "running",
        Done = "done",
        /// Somebody has stopped it, or whoever began may not do it any more.
        Stopped = "stopped",
        Failed = "failed",
    }
}

crate::text_enum! {
    /// What became of one of them; of a preview: what would.
    Outcome {
        Changed = "changed",
        /// It was so already.
        Skipped = "skipped",
        /// Refused; the row says why.
        Failed = "failed",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bulk, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Bulk {
    pub tenant_id: TenantId,
    /// That of its job as well.
    pub id: JobId,
    pub actor_kind: Party,
    pub actor_id: Option<String>,
    /// What the actor could do when it began; names of rights, separated by spaces.
    pub rights: String,
    pub kind: Kind,
    /// To whom, and with what: JSON, sealed for [`Bulk::place`].
    pub sealed: Vec<u8>,
    /// All is tried and told, and nothing done.
    pub is_preview: bool,
    pub state: State,
    /// Why it did not come to its end.
    pub why: Option<String>,
    /// None until it is counted.
    pub total: Option<i64>,
    pub done: i64,
    pub changed: i64,
    pub skipped: i64,
    pub failed: i64,
    /// The act that all of it is kept under.
    pub batch_id: BatchId,
    pub created_at: Ts,
    pub ended_at: Option<Ts>,
}

impl Bulk {
    pub fn place(id: &JobId) -> String {
        format!("bulk:{id}")
    }

    pub fn rights(&self) -> Rights {
        self.rights.split(' ').filter_map(Right::parse).collect()
    }
}

/// What became of one person or line.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bulk_row, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct BulkRow {
    pub tenant_id: TenantId,
    pub bulk_id: JobId,
    /// From 1 on; of a line, its number in the file.
    pub position: i64,
    pub target_kind: Party,
    /// None for a line of which nothing came.
    pub target_id: Option<String>,
    /// Of a line, the address in it.
    pub label: String,
    /// By which lines to the same address are found, without telling it.
    pub label_key: Option<String>,
    pub outcome: Outcome,
    /// The check that was not passed.
    pub reason: Option<Check>,
    /// The same in English words.
    pub why: String,
}

/// Bytes of one part of a file.
pub const PART: usize = 256 * 1024;

/// A part of the file that it goes through.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bulk_part, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct BulkPart {
    pub tenant_id: TenantId,
    pub bulk_id: JobId,
    /// From 0 on.
    pub number: i32,
    /// Sealed for [`BulkPart::place`].
    pub sealed: Vec<u8>,
}

impl BulkPart {
    pub fn place(id: &JobId, number: i32) -> String {
        format!("bulk_part:{id}:{number}")
    }
}
