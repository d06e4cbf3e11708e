//! Work that goes on beside the requests, in steps that survive their node.

use diesel::prelude::*;

use super::{JobId, TenantId, UserId};
use crate::base::time::Ts;
use crate::schema::job;

crate::text_enum! {
    /// What is done.
    Kind {
        /// Gathers all that is kept of a person.
        Export = "export",
        /// Takes out of the audit what tells who somebody was.
        Forget = "forget",
        /// Writes down the words by which people are found, and the names by which clients are, that were there before
        /// these were kept.
        Words = "words",
        /// Takes back what all people have allowed a client.
        Withdraw = "withdraw",
        /// Does something to many at once: [`super::bulk::Bulk`].
        Bulk = "bulk",
    }
}

crate::text_enum! {
    State {
        /// Nobody has begun.
        Waiting = "waiting",
        /// Somebody has, and may have broken off.
        Running = "running",
        Done = "done",
        Failed = "failed",
    }
}

/// Tries that break off before a job is given up.
pub const MOST_TRIES: i32 = 6;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = job, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Job {
    pub tenant_id: TenantId,
    pub id: JobId,
    pub kind: Kind,
    pub user_id: Option<UserId>,
    /// What is to be done, as JSON.
    pub input: String,
    pub state: State,
    /// Where the next step begins.
    pub position: String,
    pub done: i64,
    pub total: Option<i64>,
    /// What has come of it: for an export, its blob.
    pub result: Option<String>,
    /// What went wrong last.
    pub error: Option<String>,
    /// Whoever tries counts it up; who finds another number has lost the job to another node.
    pub tries: i32,
    pub created_at: Ts,
    /// When to try next. Whoever tries moves it on.
    pub due_at: Ts,
    pub ended_at: Option<Ts>,
}

impl Job {
    pub fn new(tenant: &TenantId, kind: Kind, user: &UserId, now: Ts) -> Self {
        Self { user_id: Some(user.clone()), ..Self::of_nobody(tenant, kind, "{}".to_owned(), now) }
    }

    /// Work that is no one person's.
    pub fn of_nobody(tenant: &TenantId, kind: Kind, input: String, now: Ts) -> Self {
        Self {
            tenant_id: tenant.clone(),
            id: JobId::random(),
            kind,
            user_id: None,
            input,
            state: State::Waiting,
            position: String::new(),
            done: 0,
            total: None,
            result: None,
            error: None,
            tries: 0,
            created_at: now,
            due_at: now,
            ended_at: None,
        }
    }
}
