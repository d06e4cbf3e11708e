//! Numbers about an installation, as they were at one moment.

use diesel::prelude::*;

use super::TenantId;
use crate::base::time::Ts;
use crate::schema::sign_in_day;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    pub people: i64,
    pub active: i64,
    /// Whose address is proved.
    pub verified: i64,
    /// Made in the last 30 days.
    pub new: i64,
    pub locked: i64,
    /// Sessions that are live.
    pub sessions: i64,
    /// Letters and messages that were given up.
    pub dead_letters: i64,
    /// Algorithms whose signing key changes within three days.
    pub keys_due: i64,
    /// One for each day, the oldest first.
    pub days: Vec<Day>,
}

/// What was signed in on one day (UTC).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Day {
    /// When it began.
    pub at: Ts,
    pub sign_ins: i64,
    pub failed: i64,
}

/// A day that has ended, counted once.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_in_day, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct SignInDay {
    pub tenant_id: TenantId,
    /// In days since 1970 (UTC).
    pub day: i64,
    pub ok: i64,
    pub failed: i64,
}
