//! What would become of many, told before it is begun: of the first thousand, as nobody reads more.

use std::collections::BTreeMap;

use super::super::Actor;
use super::run::{self, Portion, Row};
use super::{Order, Whom, back, plan, row};
use crate::app::Cx;
use crate::flow::Result;
use crate::model::BatchId;
use crate::model::bulk::{BulkRow, Kind, Outcome};
use crate::spec::check::Check;
use crate::store::people::{self, Count, Sort};

/// People who are looked at.
const MOST: i64 = 1_000;
/// Of whom it is told one by one.
const TOLD: usize = 50;

/// What would become of them.
#[derive(Debug)]
pub struct Forecast {
    pub kind: Kind,
    /// How many there are in all.
    pub total: Count,
    /// How many of them were looked at, and what would become of these.
    pub looked_at: i64,
    pub changed: i64,
    pub skipped: i64,
    pub failed: i64,
    /// Why some would be left as they are, the most frequent first.
    pub reasons: Vec<Reason>,
    pub rows: Vec<BulkRow>,
}

#[derive(Debug, Clone)]
pub struct Reason {
    pub check: Check,
    /// In English, of the first of them.
    pub why: String,
    pub count: i64,
}

/// What an order would do, or taking an act back.
#[derive(Debug, Clone)]
pub enum Wanted {
    Order(Order),
    Undo(BatchId),
}

/// Tries it on the first thousand, and takes it back.
pub async fn forecast(cx: Cx<'_>, by: &Actor, wanted: Wanted) -> Result<Forecast> {
    let (kind, plan, counted) = match wanted {
        Wanted::Order(order) => (order.kind, plan(cx, by, order).await?, None),
        Wanted::Undo(id) => {
            let (plan, changes) = back::plan(cx, by, &id).await?;
            (Kind::Undo, plan, Some(Count { people: changes, more: false }))
        }
    };
    let bulk = row(cx, by, (kind, true), &plan)?;
    let total = match (&plan.whom, counted) {
        (_, Some(count)) => count,
        (Whom::All(filter), None) => {
            let conn = &mut cx.app.db.conn().await?;
            let found = people::find(conn, cx.tenant, filter, (Sort::Created, None), 1).await?;
            found.count.unwrap_or(Count { people: 0, more: true })
        }
        _ => Count { people: bulk.total.unwrap_or_default(), more: false },
    };
    let (mut rows, mut from): (Vec<BulkRow>, _) = (Vec::new(), String::new());
    let mut looked_at = 0;
    while looked_at < MOST
        && let Some(Portion { what, next }) = run::portion(cx, &plan, &from).await?
    {
        let first = looked_at + 1;
        looked_at += what.len();
        from = next;
        rows.extend(run::look(cx, (&bulk, &plan), first, what).await?.into_iter().map(|row: Row| row.keep(&bulk)));
        tokio::task::yield_now().await;
    }
    let count = |outcome| i64::try_from(rows.iter().filter(|row| row.outcome == outcome).count()).unwrap_or(i64::MAX);
    let (changed, skipped, failed) = (count(Outcome::Changed), count(Outcome::Skipped), count(Outcome::Failed));
    let reasons = reasons(&rows);
    rows.truncate(TOLD);
    Ok(Forecast { kind, total, looked_at, changed, skipped, failed, reasons, rows })
}

fn reasons(rows: &[BulkRow]) -> Vec<Reason> {
    let mut found: BTreeMap<&str, Reason> = BTreeMap::new();
    for row in rows {
        let Some(check) = row.reason else { continue };
        let new = || Reason { check, why: row.why.clone(), count: 0 };
        found.entry(check.text()).or_insert_with(new).count += 1;
    }
    let mut reasons: Vec<Reason> = found.into_values().collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
    reasons
}
