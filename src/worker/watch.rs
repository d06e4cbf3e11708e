//! Notices what other nodes and commands have changed, and forgets what this one remembers of it.

use crate::app::App;
use crate::store::epoch::{self, Numbers};

/// The numbers seen last.
#[derive(Debug, Default)]
pub struct Seen(Numbers);

/// Looks once. A database that is away changes nothing: what is in memory stays good.
pub async fn look(app: &App, seen: &mut Seen) {
    let (used, most) = app.db.pool_status();
    app.metrics.pool_used.set(i64::try_from(used).unwrap_or(i64::MAX));
    app.metrics.pool_size.set(i64::try_from(most).unwrap_or(i64::MAX));
    app.metrics.hash_queue.set(i64::try_from(app.passwords.waiting()).unwrap_or(i64::MAX));
    if app.atlas.has_changed() {
        let atlas = app.atlas.clone();
        tokio::task::spawn_blocking(move || atlas.look()).await.ok();
    }
    let Ok(now) = async { epoch::read(&mut app.db.conn().await?).await }.await else { return };
    let Seen(seen) = seen;
    if now.clients != seen.clients {
        app.clients.clear();
        seen.clients = now.clients;
    }
    if now.keys != seen.keys {
        match app.reload_keys().await {
            Ok(()) => seen.keys = now.keys,
            Err(error) => tracing::error!(%error, "signing keys not read again"),
        }
    }
    if now.settings != seen.settings {
        match app.reload_settings().await {
            Ok(()) => seen.settings = now.settings,
            Err(error) => tracing::error!(%error, "settings not read again"),
        }
    }
}
