//! What one node does for all, every minute: keys, lost factors, accounts that are erased, days that are counted, and
//! purging.

use std::time::Duration;

use crate::app::App;
use crate::flow::account::delete::erase;
use crate::flow::admin::{audit, stats};
use crate::flow::factor::lost;
use crate::flow::{familiar, key};
use crate::store::{self, lease, purge};

const LEASE: Duration = Duration::from_mins(5);
/// Used codes are remembered so long, to know a replay when it comes.
const MEMORY: Duration = Duration::from_hours(24);
/// Letters that were given up, and work that has ended, can be looked at for so long.
const DEAD: Duration = Duration::from_hours(7 * 24);
/// An invitation can be looked at, and sent again, for so long after its time.
const INVITATION: Duration = Duration::from_hours(30 * 24);

/// Looks after keys, lost factors, accounts that are left, and old rows, if no other node does.
pub async fn tend(app: &App, holder: &str) {
    if held(app, "rotate", holder).await
        && let Err(error) = key::tend(app.cx()).await
    {
        tracing::error!(%error, "signing keys not looked after");
    }
    if held(app, "factor-reset", holder).await
        && let Err(error) = lost::tend(app.cx()).await
    {
        tracing::error!(%error, "lost second factors not looked after");
    }
    erase(app, holder).await;
    if held(app, "purge", holder).await
        && let Err(error) = stats::tend(app.cx()).await
    {
        tracing::error!(%error, "sign-ins not counted");
    }
    if held(app, "purge", holder).await
        && let Err(error) = purge_all(app).await
    {
        tracing::error!(%error, "old rows not deleted");
    }
}

/// Erases the accounts whose time has come, if no other node does.
async fn erase(app: &App, holder: &str) {
    if !held(app, "erase", holder).await {
        return;
    }
    while let count @ 1.. = erase::due(app.cx()).await.unwrap_or_else(|error| {
        tracing::error!(%error, "accounts not erased");
        0
    }) {
        tracing::info!(count, "accounts were erased");
    }
}

/// Seals what was written to the audit since, if no other node does.
pub async fn seal(app: &App, holder: &str) {
    // most of the time nothing happens, and then nothing is written
    if !audit::is_open(app.cx()).await.unwrap_or(false) || !held(app, "seal", holder).await {
        return;
    }
    while let count @ 1.. = audit::seal(app).await.unwrap_or_else(|error| {
        tracing::error!(%error, "the audit was not sealed");
        0
    }) {
        tracing::debug!(count, "audit rows were sealed");
    }
}

async fn held(app: &App, name: &str, holder: &str) -> bool {
    let (now, until) = (app.cx().now, app.cx().now.plus(LEASE));
    let taken = app.db.write(async |tx| lease::take(tx, name, holder, now, until).await).await;
    taken.unwrap_or_else(|error: store::Error| {
        tracing::warn!(%error, name, "lease not taken");
        false
    })
}

async fn purge_all(app: &App) -> store::Result<()> {
    let now = app.cx().now;
    let (before, dead) = (now.minus(MEMORY), now.minus(DEAD));
    while app.db.write(async |tx| purge::expired(tx, now, before, dead).await).await? > 0 {
        tokio::task::yield_now().await;
    }
    let over = now.minus(INVITATION);
    while app.db.write(async |tx| purge::invitations(tx, over).await).await? > 0 {
        tokio::task::yield_now().await;
    }
    let unseen = now.minus(familiar::TTL);
    while app.db.write(async |tx| purge::known_devices(tx, unseen).await).await? > 0 {
        tokio::task::yield_now().await;
    }
    let settings = &app.config.refusals;
    let (before, rows) = (now.minus(settings.keep), i64::from(settings.rows));
    while app.db.write(async |tx| purge::refusals(tx, before, rows).await).await? > 0 {
        tokio::task::yield_now().await;
    }
    Ok(())
}
