//! Writing to people. A letter is put into the outbox in the transaction of its cause, and delivered beside it.

use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};

use super::{Result, device, profile};
use crate::app::{App, Cx};
use crate::base::random;
use crate::base::text;
use crate::base::time::Ts;
use crate::config::Carrier;
use crate::deliver::{Channel, Failed, Kind, Letter};
use crate::locale::Text;
use crate::model::outbox::Outgoing;
use crate::model::user::User;
use crate::shared::limit::Rate;
use crate::spec::paths;
use crate::store::{self, Conn, outbox};

/// Letters looked at in one round.
const ROUND: i64 = 50;
/// A receiver that is slow must not keep the others waiting.
const AT_ONCE: usize = 8;
/// Letters to one address before the hourly rate counts.
const AT_FIRST: u32 = 3;
/// How long a letter is one node's; afterwards any tries again. An attempt must have ended before.
const CLAIM: Duration = Duration::from_mins(2);
const ATTEMPT: Duration = Duration::from_secs(100);
/// What cannot be delivered for so long is given up.
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
        recipient_hash: recipient(cx, &letter.to),
    };
    outbox::insert(tx, &row).await?;
    Ok(())
}

/// Finds the letters to an address again, without telling whose they are.
pub(super) fn recipient(cx: Cx<'_>, to: &str) -> String {
    cx.app.master_key.token(&format!("letters to {}", text::key(to)))
}

/// Tells a person that something about the account has changed; it may have been somebody else.
pub(super) async fn notice(cx: Cx<'_>, tx: &mut Conn, user: &User, kind: Kind) -> Result<()> {
    let letter = to(cx, user, kind);
    // a letter to a changed address no longer gets anybody a new password
    let path = match kind {
        Kind::EmailChanged => paths::EMAIL,
        Kind::PhoneChanged => paths::PHONE,
        _ => paths::FORGOT,
    };
    write(cx, tx, &letter.link(cx.address(path)), None).await
}

/// The person's own address, or proved number.
pub(super) async fn receiver(cx: Cx<'_>, conn: &mut Conn, user: &User, by: Carrier) -> Result<Option<String>> {
    match by {
        Carrier::Email => Ok(Some(user.email.clone())),
        Carrier::Sms => profile::proved_phone(cx, conn, user).await,
    }
}

/// Somebody has read what went to the person this way: if that was a letter, the address is proved.
pub(super) async fn was_read(cx: Cx<'_>, tx: &mut Conn, user: User, by: Carrier) -> Result<User> {
    let is_new = by == Carrier::Email && user.email_verified_at.is_none();
    match is_new && store::user::verify_email(tx, cx.tenant, &user.id, cx.now).await? {
        true => Ok(User { email_verified_at: Some(cx.now), ..user }),
        false => Ok(user),
    }
}

/// A letter about what is being done just now: when, from where, and with what.
pub(super) fn to(cx: Cx<'_>, user: &User, kind: Kind) -> Letter {
    let locale = user.language().unwrap_or_default();
    let address = cx.peer.map(|peer| peer.address.to_string()).unwrap_or_default();
    let address = match cx.place(locale) {
        Some(place) => Text::new("place-address").with("place", place.name).with("address", address).to(locale),
        None => address,
    };
    let device = device::words(cx.peer.map(|peer| peer.device.as_str()).unwrap_or_default()).to(locale);
    let letter = Letter::mail(kind, locale, &user.email).with("name", user.called());
    letter.with("at", &cx.now.readable()).with("address", &address).with("device", &device)
}

/// The letter, if somebody whom its receiver need not know may have one more sent there; else one that nobody gets.
pub(super) fn for_stranger(cx: Cx<'_>, letter: Letter) -> Letter {
    let rate = Rate::per_hour(AT_FIRST, cx.config().limits.letters_per_hour);
    // each kind by itself: nobody shall keep somebody from a new password by signing up in that name
    let name = format!("{} {}", letter.kind, text::key(&letter.to));
    match cx.limit("letter", &random::sha256(&name), rate) {
        Ok(()) => letter,
        Err(_) => letter.withheld(),
    }
}

/// Delivers what is due, one round; says how many letters there were.
pub async fn deliver(app: &App) -> Result<usize> {
    Ok(deliver_by(app, Channel::Mail).await? + deliver_by(app, Channel::Sms).await?)
}

/// The same for what goes one way.
pub async fn deliver_by(app: &App, channel: Channel) -> Result<usize> {
    let rows = outbox::due(&mut app.db.conn().await?, channel.text(), app.clock.now(), ROUND).await?;
    let count = rows.len();
    let attempts = stream::iter(rows).map(|row| attempt(app, row)).buffer_unordered(AT_ONCE);
    // to the end, also when one cannot be noted down: the others would be torn off, and sent again
    let noted: Vec<Result<()>> = attempts.collect().await;
    noted.into_iter().collect::<Result<()>>()?;
    Ok(count)
}

async fn attempt(app: &App, row: Outgoing) -> Result<()> {
    let row = &row;
    let now = app.clock.now();
    if !app.db.write(async |tx| outbox::claim(tx, row, now.plus(CLAIM)).await).await? {
        return Ok(());
    }
    let sent = match row.expires_at <= now {
        true => Err(Failed::Never(too_late(row))),
        false => send(app, row).await,
    };
    let now = app.clock.now();
    let sent = match sent {
        Err(Failed::Later(error)) if end(row) <= now => Err(Failed::Never(error)),
        sent => sent,
    };
    tell(app, row, &sent);
    app.db
        .write(async |tx| match &sent {
            Ok(()) => outbox::delete(tx, row).await,
            Err(Failed::Later(error)) => outbox::failed(tx, row, error, next(row, now), None).await,
            Err(Failed::Never(error)) => outbox::failed(tx, row, error, now, Some(now)).await,
        })
        .await?;
    Ok(())
}

fn tell(app: &App, row: &Outgoing, sent: &Result<(), Failed>) {
    let result = match sent {
        Ok(()) => "sent",
        Err(Failed::Later(error)) => {
            tracing::warn!(letter.id = row.id, letter.kind = row.kind, %error, "a letter has to wait");
            "delayed"
        }
        Err(Failed::Never(error)) => {
            tracing::error!(letter.id = row.id, letter.kind = row.kind, %error, "a letter was given up");
            "dead"
        }
    };
    app.metrics.letters.with_label_values(&[result]).inc();
}

/// Why it has waited for so long is what an operator wants to know.
fn too_late(row: &Outgoing) -> String {
    match &row.error {
        Some(error) => format!("too late for it; before that: {error}"),
        None => "too late for it".to_owned(),
    }
}

/// When it is tried for the last time.
fn end(row: &Outgoing) -> Ts {
    row.created_at.plus(WORTH).min(row.expires_at)
}

fn next(row: &Outgoing, now: Ts) -> Ts {
    now.plus(pause(row.attempts)).min(end(row))
}

async fn send(app: &App, row: &Outgoing) -> Result<(), Failed> {
    let lost = |error: &dyn std::fmt::Display| Failed::Never(format!("the letter cannot be read: {error}"));
    let plain = app.master_key.open(&Outgoing::place(&row.id), &row.sealed).map_err(|error| lost(&error))?;
    let letter: Letter = serde_json::from_slice(&plain).map_err(|error| lost(&error))?;
    let brand = app.config().branding.clone();
    let sent = tokio::time::timeout(ATTEMPT, app.deliver.deliver(&brand, &row.id, &letter)).await;
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
