//! Numbers: how many there are, what happens, and what needs a hand.

use std::sync::Arc;
use std::time::Duration;

use super::Actor;
use crate::app::Cx;
use crate::base::time::Ts;
use crate::flow::key::{self, Stage};
use crate::flow::{Result, session};
use crate::model::stats::{Day, SignInDay, Stats};
use crate::model::user::UserState;
use crate::spec::right::Right;
use crate::store::{Conn, stats};

/// Days that are told of, today among them.
pub const DAYS: i64 = 30;
const DAY: i64 = 86_400;
/// A key that changes within that time is about to.
const SOON: Duration = Duration::from_hours(72);

/// How old numbers may be that are told.
const FRESH: Duration = Duration::from_mins(1);
/// What happened on a day is in the audit by then: rows about programs are written in batches.
const LATE: Duration = Duration::from_mins(10);

/// What is so just now, or was a minute ago.
pub async fn show(cx: Cx<'_>, by: &Actor) -> Result<Arc<Stats>> {
    by.require(Right::StatsRead)?;
    cx.app.stats.get((cx.now, FRESH), async || count(cx).await).await
}

async fn count(cx: Cx<'_>) -> Result<Stats> {
    let keys_due = keys_due(cx).await?;
    let conn = &mut cx.app.db.conn().await?;
    let states = stats::states(conn, cx.tenant).await?;
    let of = |state: UserState| states.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count);
    let people = states.iter().map(|(_, count)| count).sum();
    let (first, today) = span(cx);
    Ok(Stats {
        people,
        active: of(UserState::Active),
        verified: people - stats::unverified(conn, cx.tenant).await?,
        new: stats::made_since(conn, cx.tenant, Ts(first * DAY)).await?,
        locked: of(UserState::Locked),
        sessions: stats::sessions(conn, cx.tenant, (cx.now, session::seen(cx))).await?,
        dead_letters: stats::dead_letters(conn, cx.tenant).await?,
        keys_due,
        days: days(cx, conn, (first, today)).await?,
    })
}

/// The days that are told of, the first and the last, counted since 1970.
fn span(cx: Cx<'_>) -> (i64, i64) {
    let today = cx.now.0.div_euclid(DAY);
    (today - DAYS + 1, today)
}

/// Days that were counted when they had ended are looked up; those behind them are counted.
async fn days(cx: Cx<'_>, conn: &mut Conn, (first, today): (i64, i64)) -> Result<Vec<Day>> {
    let mut known = stats::days(conn, cx.tenant, first).await?;
    let from = (first..=today).find(|day| known.iter().all(|row| row.day != *day)).unwrap_or(today);
    known.retain(|row| row.day < from);
    known.extend(counted(cx, conn, (from, today)).await?);
    Ok(known.iter().map(|row| Day { at: Ts(row.day * DAY), sign_ins: row.ok, failed: row.failed }).collect())
}

/// Each of these days, from the audit.
async fn counted(cx: Cx<'_>, conn: &mut Conn, (from, to): (i64, i64)) -> Result<Vec<SignInDay>> {
    let rows = stats::sign_ins(conn, cx.tenant, Ts(from * DAY)).await?;
    let of = |day: i64, failed: bool| {
        rows.iter().filter(|row| row.day == day && row.is_failed() == failed).map(|row| row.count).sum()
    };
    let day = |day: i64| SignInDay { tenant_id: cx.tenant.clone(), day, ok: of(day, false), failed: of(day, true) };
    Ok((from..=to).map(day).collect())
}

/// Writes down the sign-ins of the days that have ended, so that they are counted once; how many days.
pub async fn tend(cx: Cx<'_>) -> Result<usize> {
    let (first, _) = span(cx);
    let ended = cx.now.minus(LATE).0.div_euclid(DAY) - 1;
    let conn = &mut cx.app.db.conn().await?;
    let known = stats::days(conn, cx.tenant, first).await?;
    let Some(from) = (first..=ended).find(|day| known.iter().all(|row| row.day != *day)) else { return Ok(0) };
    let rows = counted(cx, conn, (from, ended)).await?;
    cx.app.db.write(async |tx| stats::insert_days(tx, &rows).await).await?;
    Ok(rows.len())
}

async fn keys_due(cx: Cx<'_>) -> Result<i64> {
    let soon = cx.now.plus(SOON).minus(cx.app.config.keys.rotation);
    let keys = key::list(cx).await?;
    let due = keys.iter().filter(|(key, stage)| *stage == Stage::Current && key.active_at.is_some_and(|at| at <= soon));
    Ok(i64::try_from(due.count()).unwrap_or(i64::MAX))
}
