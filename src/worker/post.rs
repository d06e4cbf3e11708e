//! Sends what waits in the outbox.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::flow::post;

/// What another node or a command has written, or what has to be tried again, waits no longer than this.
const ROUND: Duration = Duration::from_secs(2);

/// At once when a letter was written here, and by the clock. A server that is stopped in the middle sends a letter
/// twice rather than not at all.
pub async fn post(app: Arc<App>) {
    loop {
        let _rung = tokio::time::timeout(ROUND, app.posted.notified()).await;
        match post::deliver(&app).await {
            Ok(0) => {}
            // there may be more
            Ok(_) => app.posted.notify_one(),
            Err(error) => tracing::warn!(%error, "the outbox cannot be read or written"),
        }
    }
}
