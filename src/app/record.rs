//! What is written beside the requests, in batches: refusals, which may be dropped, and the audit of programs'
//! tokens, which is summed up.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use super::Cx;
use crate::model::audit::{Action, Audit, Party};
use crate::model::refusal::RefusalRow;

/// Refusals that wait at most; more at once are dropped and counted.
const WAITING: usize = 1000;
/// Different programs in one batch at most; then they share a row.
const PROGRAMS: usize = 10_000;

/// Refusals on their way to the table.
#[derive(Default)]
pub struct Refusals {
    rows: Mutex<Vec<RefusalRow>>,
    pub dropped: AtomicU64,
}

impl Refusals {
    /// Takes a refusal; under a flood it is dropped, so that refused requests cannot fill the disk.
    pub fn push(&self, row: RefusalRow) {
        let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        if rows.len() < WAITING {
            rows.push(row);
        } else {
            self.dropped.fetch_add(1, Relaxed);
        }
    }

    pub fn take(&self) -> Vec<RefusalRow> {
        std::mem::take(&mut *self.rows.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Tokens that programs fetched since the last batch: one audit row for each client, address and scope says how many.
#[derive(Default)]
pub struct Programs {
    counts: Mutex<HashMap<Fetched, u64>>,
    /// Rows of an earlier batch that the database did not take.
    unwritten: Mutex<Vec<Audit>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Fetched {
    client: String,
    address: Option<std::net::IpAddr>,
    scope: String,
}

impl Programs {
    pub fn count(&self, cx: Cx<'_>, client: &str, scope: &str) {
        let mut fetched =
            Fetched { client: client.to_owned(), address: cx.peer.map(|peer| peer.address), scope: scope.to_owned() };
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= PROGRAMS && !counts.contains_key(&fetched) {
            // bounded: the address is what is given up
            fetched.address = None;
        }
        *counts.entry(fetched).or_insert(0) += 1;
    }

    /// Keeps rows for the next batch. As many as programs are counted at most; the oldest stay, and the log tells what
    /// had to go.
    pub fn give_back(&self, rows: Vec<Audit>) {
        let mut unwritten = self.unwritten.lock().unwrap_or_else(PoisonError::into_inner);
        unwritten.extend(rows);
        let kept = unwritten.len().min(PROGRAMS);
        for row in unwritten.drain(kept..) {
            tracing::error!(
                client.id = row.actor_id,
                detail = row.detail,
                "audit not written: the database is away too long"
            );
        }
    }

    /// The rows of one batch.
    pub fn take(&self, cx: Cx<'_>) -> Vec<Audit> {
        let mut rows = std::mem::take(&mut *self.unwritten.lock().unwrap_or_else(PoisonError::into_inner));
        let counts = std::mem::take(&mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner));
        let row = |(fetched, count): (Fetched, u64)| {
            let row = cx.audit(Action::TokenIssue, Party::Client, Some(&fetched.client));
            let scope = if fetched.scope.is_empty() { "no scope".to_owned() } else { fetched.scope };
            let row = row.detail(format!("{count} by client_credentials, {scope}"));
            Audit { address: fetched.address.map(|address| address.to_string()), ..row }
        };
        rows.extend(counts.into_iter().map(row));
        rows
    }
}
