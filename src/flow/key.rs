//! Signing keys. Each algorithm has a current key and a next one, which is published before it is used; a retired one
//! stays published until the last token that it signed has expired. So no token ever fails to verify.

use std::time::Duration;

use super::{Fault, Result};
use crate::app::Cx;
use crate::base::time::Ts;
use crate::crypto::jose::KeyPair;
use crate::model::audit::{Action, Audit, Party};
use crate::model::key::SigningKey;
use crate::spec::client_meta::Alg;
use crate::store::epoch::{self, Kept};
use crate::store::{self, Conn, audit, signing_key};

/// How far clocks may lie apart.
const SKEW: Duration = Duration::from_mins(1);
/// How long it takes until every node has a new key.
const SPREAD: Duration = Duration::from_secs(5);

crate::text_enum! {
    /// What a key is good for at a moment.
    Stage {
        Next = "next",
        Current = "current",
        Retired = "retired",
    }
}

/// Where each key of one algorithm stands.
pub fn stage(keys: &[SigningKey], key: &SigningKey, now: Ts) -> Stage {
    let active = |other: &SigningKey| other.active_at.is_some_and(|from| from <= now);
    let newest = keys.iter().filter(|other| other.alg == key.alg && active(other)).map(|other| other.generation).max();
    match newest {
        Some(newest) if key.generation == newest => Stage::Current,
        Some(newest) if key.generation < newest => Stage::Retired,
        _ => Stage::Next,
    }
}

/// Makes whatever key is missing: at the first start all current and next ones together, later a next one for each
/// that became current. Making RSA keys takes a while, so the caller is not a request.
pub async fn ensure(cx: Cx<'_>) -> Result<()> {
    let keys = signing_key::list(&mut cx.app.db.conn().await?, cx.tenant).await?;
    let mut missing = Vec::new();
    for alg in Alg::ALL {
        let mut own = keys.iter().filter(|key| key.alg == *alg);
        let newest = own.clone().map(|key| key.generation).max().unwrap_or(0);
        if newest == 0 {
            missing.extend([(*alg, 1), (*alg, 2)]);
        } else if !own.any(|key| key.active_at.is_none()) {
            missing.push((*alg, newest + 1));
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let rows = make(cx, missing, keys.is_empty()).await?;
    let written = cx.app.db.write(async |tx| {
        for row in &rows {
            signing_key::insert(tx, row).await?;
            audit::insert(tx, &event(cx, Action::KeyCreate, row)).await?;
        }
        epoch::advance(tx, Kept::Key).await
    });
    match written.await {
        // another node was quicker: its keys are as good
        Err(error) if error.is_taken() => Ok(()),
        other => Ok(other?),
    }
}

/// All at once, away from the threads of the requests: RSA keys take a moment each.
async fn make(cx: Cx<'_>, missing: Vec<(Alg, i32)>, first: bool) -> Result<Vec<SigningKey>> {
    let pairs = missing.into_iter().map(|(alg, generation)| async move {
        let pair = tokio::task::spawn_blocking(move || KeyPair::generate(alg)).await;
        let pair = pair.map_err(|_| Fault::Engine("a key could not be made"))??;
        let private_jwk = cx.app.master_key.seal(&SigningKey::place(&pair.kid), pair.private.as_bytes())?;
        // nobody has fetched a key set yet in which the very first keys were missing; making a key takes time
        let now = cx.app.clock.now();
        let known_at = if first { cx.now } else { now.plus(cx.app.config.keys.jwks_max_age + SPREAD) };
        let active_at = (generation == 1).then_some(cx.now);
        let (tenant_id, kid) = (cx.tenant.clone(), pair.kid);
        Ok(SigningKey { tenant_id, kid, alg, generation, private_jwk, created_at: cx.now, known_at, active_at })
    });
    futures_util::future::try_join_all(pairs).await
}

/// When a next key takes over: not before every cached key set has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    pub alg: Alg,
    pub kid: String,
    pub active_at: Ts,
}

/// Lets the next key of an algorithm take over as soon as that is safe, by schedule.
async fn rotate(cx: Cx<'_>, alg: Alg) -> Result<()> {
    ensure(cx).await?;
    let rotated = cx.app.db.write(async |tx| {
        for key in promote_all(cx, tx, Some(alg)).await? {
            let event = cx.audit(Action::KeyRotate, Party::System, None).on(Party::Key, &key.kid);
            audit::insert(tx, &event.detail(key.alg.text())).await?;
        }
        Ok::<_, super::Error>(())
    });
    rotated.await?;
    ensure(cx).await
}

/// Lets the next key of each algorithm (or of one) take over as soon as that is safe.
pub(super) async fn promote_all(cx: Cx<'_>, tx: &mut Conn, only: Option<Alg>) -> Result<Vec<Rotation>> {
    let keys = signing_key::list(tx, cx.tenant).await?;
    let due = keys.iter().filter(|key| key.active_at.is_none() && only.is_none_or(|alg| alg == key.alg));
    let mut rotated = Vec::new();
    for key in due {
        let newest = keys.iter().filter(|other| other.alg == key.alg).filter_map(|other| other.active_at).max();
        rotated.extend(promote(cx, tx, key, newest).await?);
    }
    epoch::advance(tx, Kept::Key).await?;
    Ok(rotated)
}

/// Takes a key away at once: what it has signed counts no more, here or wherever the key set is fetched anew. When it
/// was the one that signs, the next one does so from now on, also where it is not known everywhere yet. `None` when
/// there is no such key; else the one that signs instead, if that is another.
pub(super) async fn revoke(cx: Cx<'_>, tx: &mut Conn, kid: &str) -> Result<Option<(SigningKey, Option<Rotation>)>> {
    let keys = signing_key::list(tx, cx.tenant).await?;
    let Some(key) = keys.iter().find(|key| key.kid == kid) else { return Ok(None) };
    signing_key::delete(tx, cx.tenant, kid).await?;
    epoch::advance(tx, Kept::Key).await?;
    if stage(&keys, key, cx.now) != Stage::Current {
        return Ok(Some((key.clone(), None)));
    }
    let later = keys.iter().filter(|other| other.alg == key.alg && other.generation > key.generation);
    let next = later.min_by_key(|other| other.generation).ok_or(Fault::NoKey(key.alg))?;
    signing_key::set_active(tx, cx.tenant, &next.kid, cx.now).await?;
    let rotation = Rotation { alg: next.alg, kid: next.kid.clone(), active_at: cx.now };
    Ok(Some((key.clone(), Some(rotation))))
}

/// After the newest key of its algorithm, so that all agree which of two signs, even when the clock has stepped back.
async fn promote(cx: Cx<'_>, tx: &mut Conn, key: &SigningKey, newest: Option<Ts>) -> store::Result<Option<Rotation>> {
    let after = newest.map_or(cx.now, |newest| newest.plus(Duration::from_secs(1)));
    let active_at = cx.now.max(key.known_at).max(after);
    if !signing_key::activate(tx, cx.tenant, &key.kid, active_at).await? {
        return Ok(None);
    }
    Ok(Some(Rotation { alg: key.alg, kid: key.kid.clone(), active_at }))
}

/// What the schedule wants: rotate what is old enough, make what is missing, drop what nobody needs any more.
pub async fn tend(cx: Cx<'_>) -> Result<()> {
    ensure(cx).await?;
    let keys = signing_key::list(&mut cx.app.db.conn().await?, cx.tenant).await?;
    let oldest = cx.now.minus(cx.app.config.keys.rotation);
    for key in keys.iter().filter(|key| stage(&keys, key, cx.now) == Stage::Current) {
        let waiting = keys.iter().any(|next| next.alg == key.alg && next.active_at.is_some_and(|from| from > cx.now));
        if key.active_at.is_some_and(|since| since <= oldest) && !waiting {
            rotate(cx, key.alg).await?;
        }
    }
    retire(cx, &keys).await
}

/// When another key of its algorithm took over, or will.
pub(super) fn successor(keys: &[SigningKey], key: &SigningKey) -> Option<Ts> {
    let later = keys.iter().filter(|other| other.alg == key.alg && other.generation > key.generation);
    later.filter_map(|other| other.active_at).min()
}

/// When the last token of a key that has signed until then has expired, by every clock.
pub(super) fn gone_at(cx: Cx<'_>, until: Ts) -> Ts {
    until.plus(cx.app.config.token.longest() + SKEW + SPREAD)
}

/// Deletes the retired keys whose last token has expired.
async fn retire(cx: Cx<'_>, keys: &[SigningKey]) -> Result<()> {
    let gone = keys.iter().filter(|key| successor(keys, key).is_some_and(|end| gone_at(cx, end) < cx.now));
    let gone: Vec<_> = gone.filter(|key| stage(keys, key, cx.now) == Stage::Retired).collect();
    if gone.is_empty() {
        return Ok(());
    }
    let written = cx.app.db.write(async |tx| {
        for key in gone {
            signing_key::delete(tx, cx.tenant, &key.kid).await?;
            audit::insert(tx, &event(cx, Action::KeyRetire, key)).await?;
        }
        epoch::advance(tx, Kept::Key).await
    });
    Ok(written.await?)
}

fn event(cx: Cx<'_>, action: Action, key: &SigningKey) -> Audit {
    cx.audit(action, Party::System, None).on(Party::Key, &key.kid).detail(key.alg.text())
}

/// All keys, with their stage, those of one algorithm together.
pub async fn list(cx: Cx<'_>) -> Result<Vec<(SigningKey, Stage)>> {
    let keys = signing_key::list(&mut cx.app.db.conn().await?, cx.tenant).await?;
    let stages: Vec<_> = keys.iter().map(|key| stage(&keys, key, cx.now)).collect();
    Ok(keys.into_iter().zip(stages).collect())
}
