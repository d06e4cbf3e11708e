//! Does what waits in the table of jobs.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::flow::job;

/// What was begun here, by another node or by a command waits no longer than this.
const ROUND: Duration = Duration::from_secs(2);

/// By the clock. A server that is stopped in the middle of a job leaves it to another, which goes on where it stopped.
pub async fn jobs(app: Arc<App>) {
    loop {
        tokio::time::sleep(ROUND).await;
        if let Err(error) = job::run_due(&app).await {
            tracing::warn!(%error, "the jobs cannot be read or written");
        }
    }
}

/// The same for what is done to many at once: it may take minutes, and nothing else waits for it.
pub async fn bulk(app: Arc<App>) {
    loop {
        match job::run_bulk(&app).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the jobs cannot be read or written"),
        }
        tokio::time::sleep(ROUND).await;
    }
}
