//! Writing to people. A letter is put into the outbox in the transaction of its cause, and delivered beside it.

use std::time::Duration;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

use super::Result;
use crate::app::{App, Cx};
use crate::base::random;
use crate::base::text;
use crate::base::time::Ts;
use crate::deliver::{Failed, Letter};
use crate::model::outbox::Outgoing;
use crate::shared::limit::Rate;
use crate::store::{Conn, outbox};

/// Letters looked at in one round.
const ROUND: i64 = 50;
/// A receiver that is slow must not keep the others waiting.
const AT_ONCE: usize = 8;
/// Letters to one address before the hourly rate counts.
const AT_FIRST: u32 = 3;
/// How long one attempt may take; afterwards any node tries again.
const ATTEMPT: Duration = Duration::from_mins(1);
/// What carries no code of its own is worth sending for so long.
const WORTH: Duration = Duration::from_hours(24);
const FIRST_PAUSE: Duration = Duration::from_secs(10);
const LONGEST_PAUSE: Duration = Duration::from_hours(6);

/// Puts a letter into the outbox. `until`: when what it carries ends; None if it stays true.
pub(super) async fn write(cx: Cx<'_>, tx: &mut Conn, letter: &Letter, until: Option<Ts>) -> Result<()> {
    let id = random::id();
    let sealed = cx.app.master_key.seal(&Outgoing::place(&id), &serde_json::to_vec(letter)?)?;
    let row = Outgoing {
        tenant_id: cx.tenant.clone(),
        id,
        channel: letter.channel.text().to_owned(),
        kind: letter.kind.text().to_owned(),
        sealed,
        created_at: cx.now,
        due_at: cx.now,
        expires_at: until.unwrap_or(cx.now.plus(WORTH)),
        attempts: 0,
        error: None,
        dead_at: None,
    };
    outbox::insert(tx, &row).await?;
    Ok(())
}

/// Whether somebody who is not signed in may have one more letter sent to this address.
pub(super) fn may_write_to(cx: Cx<'_>, email: &str) -> bool {
    let rate = Rate::per_hour(AT_FIRST, cx.app.config.limits.letters_per_hour);
    cx.limit("letter", &random::sha256(&text::key(email)), rate).is_ok()
}

/// Delivers what is due, one round; says how many letters there were.
pub async fn deliver(app: &App) -> Result<usize> {
    let rows = outbox::due(&mut app.db.conn().await?, app.clock.now(), ROUND).await?;
    let count = rows.len();
    let attempts = stream::iter(rows).map(|row| attempt(app, row)).buffer_unordered(AT_ONCE);
    attempts.try_collect::<()>().await?;
    Ok(count)
}

async fn attempt(app: &App, row: Outgoing) -> Result<()> {
    let row = &row;
    let now = app.clock.now();
    if !app.db.write(async |tx| outbox::claim(tx, row, now.plus(ATTEMPT)).await).await? {
        return Ok(());
    }
    let sent = match row.expires_at <= now {
        true => Err(Failed::Never("it was too late for it".to_owned())),
        false => send(app, row).await,
    };
    match &sent {
        Ok(()) => app.metrics.letters.with_label_values(&["sent"]).inc(),
        Err(Failed::Later(error)) => {
            app.metrics.letters.with_label_values(&["delayed"]).inc();
            tracing::warn!(letter.id = row.id, letter.kind = row.kind, %error, "a letter has to wait");
        }
        Err(Failed::Never(error)) => {
            app.metrics.letters.with_label_values(&["dead"]).inc();
            tracing::error!(letter.id = row.id, letter.kind = row.kind, %error, "a letter was given up");
        }
    }
    let now = app.clock.now();
    app.db
        .write(async |tx| match &sent {
            Ok(()) => outbox::delete(tx, row).await,
            Err(Failed::Later(error)) => outbox::failed(tx, row, error, now.plus(pause(row.attempts)), None).await,
            Err(Failed::Never(error)) => outbox::failed(tx, row, error, now, Some(now)).await,
        })
        .await?;
    Ok(())
}

async fn send(app: &App, row: &Outgoing) -> Result<(), Failed> {
    let lost = |error: &dyn std::fmt::Display| Failed::Never(format!("the letter cannot be read: {error}"));
    let plain = app.master_key.open(&Outgoing::place(&row.id), &row.sealed).map_err(|error| lost(&error))?;
    let letter: Letter = serde_json::from_slice(&plain).map_err(|error| lost(&error))?;
    let sent = tokio::time::timeout(ATTEMPT / 2, app.deliver.deliver(&app.name, &row.id, &letter)).await;
    sent.unwrap_or_else(|_| Err(Failed::Later("it took too long".to_owned())))
}

/// Doubles with each attempt, and differs a little from letter to letter, so that they do not all come back at once.
fn pause(attempts: i32) -> Duration {
    let doubled = FIRST_PAUSE.saturating_mul(1 << attempts.clamp(0, 12)).min(LONGEST_PAUSE);
    let [share] = random::bytes::<1>();
    doubled + doubled * u32::from(share) / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit() {
        for (attempts, least) in [(0, 10), (1, 20), (5, 320), (11, 20_480), (12, 21_600), (i32::MAX, 21_600)] {
            let pause = pause(attempts).as_secs();
            assert!((least..=least * 5 / 4).contains(&pause), "{attempts}: {pause}");
        }
    }
}
