//! Numbers: how many there are, what happens, and what needs a hand.

use std::time::Duration;

use super::Actor;
use crate::app::Cx;
use crate::base::time::Ts;
use crate::flow::key::{self, Stage};
use crate::flow::{Result, session};
use crate::model::user::UserState;
use crate::spec::right::Right;
use crate::store::stats;

/// Days that are told of, today among them.
pub const DAYS: i64 = 30;
const DAY: i64 = 86_400;
/// A key that changes within that time is about to.
const SOON: Duration = Duration::from_hours(72);

/// The numbers of one moment.
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

/// What is so just now.
pub async fn show(cx: Cx<'_>, by: &Actor) -> Result<Stats> {
    by.require(Right::StatsRead)?;
    let today = cx.now.0.div_euclid(DAY);
    let first = Ts((today - DAYS + 1) * DAY);
    let keys_due = keys_due(cx).await?;
    let conn = &mut cx.app.db.conn().await?;
    let states = stats::states(conn, cx.tenant).await?;
    let of = |state: UserState| states.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count);
    let people = states.iter().map(|(_, count)| count).sum();
    let counted = stats::sign_ins(conn, cx.tenant, first).await?;
    let day = |number: i64| {
        let of = |failed: bool| {
            let found = counted.iter().filter(|row| row.day == number && row.is_failed() == failed);
            found.map(|row| row.count).sum()
        };
        Day { at: Ts(number * DAY), sign_ins: of(false), failed: of(true) }
    };
    Ok(Stats {
        people,
        active: of(UserState::Active),
        verified: people - stats::unverified(conn, cx.tenant).await?,
        new: stats::made_since(conn, cx.tenant, first).await?,
        locked: of(UserState::Locked),
        sessions: stats::sessions(conn, cx.tenant, (cx.now, session::seen(cx))).await?,
        dead_letters: stats::dead_letters(conn, cx.tenant).await?,
        keys_due,
        days: (today - DAYS + 1..=today).map(day).collect(),
    })
}

async fn keys_due(cx: Cx<'_>) -> Result<i64> {
    let soon = cx.now.plus(SOON).minus(cx.app.config.keys.rotation);
    let keys = key::list(cx).await?;
    let due = keys.iter().filter(|(key, stage)| *stage == Stage::Current && key.active_at.is_some_and(|at| at <= soon));
    Ok(i64::try_from(due.count()).unwrap_or(i64::MAX))
}
