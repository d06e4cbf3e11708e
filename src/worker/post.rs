//! Sends what waits in the outbox.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use crate::app::App;
use crate::deliver::Channel;
use crate::flow::post;

/// What another node or a command has written, or what has to be tried again, waits no longer than this.
const ROUND: Duration = Duration::from_secs(2);
/// Rounds of one channel at once: what is written while a letter is slow goes with the next.
const ROUNDS: usize = 4;

/// At once when a letter was written here, and by the clock. A server that is stopped in the middle sends a letter
/// twice rather than not at all.
pub async fn post(app: Arc<App>) {
    // a mail server that is slow must not keep short messages waiting; dropped, a set ends its rounds
    let mut rounds: Vec<_> = Channel::ALL.iter().map(|channel| (*channel, JoinSet::new())).collect();
    loop {
        let _rung = tokio::time::timeout(ROUND, app.posted.notified()).await;
        for (channel, rounds) in &mut rounds {
            while rounds.try_join_next().is_some() {}
            if rounds.len() < ROUNDS {
                rounds.spawn(deliver(app.clone(), *channel));
            }
        }
    }
}

/// Until nothing is due.
async fn deliver(app: Arc<App>, channel: Channel) {
    loop {
        match post::deliver_by(&app, channel).await {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => return tracing::warn!(%error, "the outbox cannot be read or written"),
        }
    }
}
