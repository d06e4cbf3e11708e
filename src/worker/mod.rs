//! What goes on beside the requests: batches that are written, memory that is brought up to date, keys that are
//! rotated, rows that have ended, work that somebody waits for.

mod batch;
mod jobs;
mod post;
mod tend;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::app::App;
use crate::base::random;
use crate::store::lease;

const BATCH: Duration = Duration::from_millis(250);
const WATCH: Duration = Duration::from_millis(500);
const TEND: Duration = Duration::from_mins(1);
/// How long a row of the audit may be rewritten unseen.
const SEAL: Duration = Duration::from_secs(5);

/// The jobs of this node.
pub struct Workers {
    app: Arc<App>,
    holder: String,
    /// May be cut off anywhere.
    tasks: Vec<JoinHandle<()>>,
    /// Has rows in hand, so it ends by itself when it is told.
    batch: JoinHandle<()>,
    stop: Arc<Notify>,
}

impl Workers {
    pub fn start(app: &Arc<App>) -> Self {
        let holder = random::id();
        let stop = Arc::new(Notify::new());
        let tasks = vec![
            tokio::spawn(watch(app.clone())),
            tokio::spawn(tend(app.clone(), holder.clone())),
            tokio::spawn(seal(app.clone(), holder.clone())),
            tokio::spawn(post::post(app.clone())),
            tokio::spawn(jobs::jobs(app.clone())),
            tokio::spawn(jobs::bulk(app.clone())),
        ];
        let batch = tokio::spawn(batch(app.clone(), stop.clone()));
        Self { app: app.clone(), holder, tasks, batch, stop }
    }

    /// Ends the jobs, writes what waits, and gives back what this node holds.
    pub async fn stop(self) {
        for task in &self.tasks {
            task.abort();
        }
        self.stop.notify_one();
        self.batch.await.ok();
        let released = self.app.db.write(async |tx| lease::release_all(tx, &self.holder).await).await;
        if let Err(error) = released {
            tracing::warn!(%error, "leases not given back; they end by themselves");
        }
    }
}

async fn batch(app: Arc<App>, stop: Arc<Notify>) {
    loop {
        let last = tokio::time::timeout(BATCH, stop.notified()).await.is_ok();
        batch::flush(&app).await;
        if last {
            return;
        }
    }
}

async fn watch(app: Arc<App>) {
    let mut seen = watch::Seen::default();
    loop {
        watch::look(&app, &mut seen).await;
        tokio::time::sleep(WATCH).await;
    }
}

async fn tend(app: Arc<App>, holder: String) {
    loop {
        tend::tend(&app, &holder).await;
        tokio::time::sleep(TEND).await;
    }
}

async fn seal(app: Arc<App>, holder: String) {
    loop {
        tokio::time::sleep(SEAL).await;
        tend::seal(&app, &holder).await;
    }
}

pub use batch::flush;
pub use tend::{seal as seal_once, tend as tend_once};
pub use watch::{Seen, look};
