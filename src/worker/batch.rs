//! Writes refusals and the audit of programs in one transaction.

use std::sync::atomic::Ordering::Relaxed;

use crate::app::App;
use crate::store::{audit, refusal};

/// Writes what has gathered. If the database is away, refusals are lost and the audit waits for the next batch.
pub async fn flush(app: &App) {
    let refusals = app.refusals.take();
    let programs = app.programs.take(app.cx());
    app.metrics.dropped.set(app.refusals.dropped.load(Relaxed).cast_signed());
    if refusals.is_empty() && programs.is_empty() {
        return;
    }
    let written = app.db.write(async |tx| {
        refusal::insert_all(tx, &refusals).await?;
        audit::insert_all(tx, &programs).await
    });
    if let Err(error) = written.await {
        tracing::error!(%error, refusals = refusals.len(), "a batch was not written");
        app.programs.give_back(programs);
    }
}
