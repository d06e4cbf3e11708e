//! Authenticator apps.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Held;
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::crypto::totp::Seed;
use crate::flow::challenge::{self, About, Fresh};
use crate::flow::session::Live;
use crate::flow::{Error, Fault, Result};
use crate::model::challenge::{Challenge, Kind as Challenged};
use crate::model::factor::{Factor, Kind};
use crate::model::{ChallengeId, FactorId};
use crate::spec::acr::Method;
use crate::store::{Conn, factor};

/// How long somebody may take to set one up.
const TTL: Duration = Duration::from_mins(30);
/// Apps of one person.
const MOST: usize = 5;

#[derive(Debug, Serialize, Deserialize)]
struct Then {
    seed: String,
}

/// What the page shows, so that an app can learn the seed.
pub struct Shown {
    pub id: ChallengeId,
    /// Base32.
    pub secret: String,
    /// `otpauth://…`.
    pub uri: String,
}

/// Begins to set up an app. Nothing counts before its first code. Fails when the person has as many as may be.
pub async fn begin(cx: Cx<'_>, live: &Live, browser: &Opaque) -> Result<ChallengeId> {
    cx.limit("set-up", live.user.id.as_str(), super::SET_UPS)?;
    let held = Held::by(cx, &mut cx.app.db.conn().await?, &live.user.id).await?;
    super::expect_room(&held, Kind::Totp, MOST)?;
    let seed = Seed::random(&cx.config().branding.name, &live.user.email).map_err(seed_lost)?;
    let about = About { kind: Challenged::SetUp, browser, request: None, user: Some(&live.user.id), ttl: TTL };
    let fresh = Fresh::new(cx, &about, &Then { seed: seed.text() })?;
    cx.app.db.write(async |tx| fresh.keep(tx).await).await
}

fn seed_lost(error: crate::crypto::totp::Error) -> Error {
    tracing::error!(%error, "authenticator app");
    Fault::Engine("the seed of an authenticator app cannot be read").into()
}

/// The set-up under way of this person in this browser.
pub async fn shown(cx: Cx<'_>, live: &Live, id: &ChallengeId, browser: &Opaque) -> Result<Shown> {
    let (row, seed) = under_way(cx, live, id, browser).await?;
    Ok(Shown { id: row.id, secret: seed.text(), uri: seed.uri().map_err(seed_lost)? })
}

async fn under_way(cx: Cx<'_>, live: &Live, id: &ChallengeId, browser: &Opaque) -> Result<(Challenge, Seed)> {
    let row = challenge::of_person(cx, Challenged::SetUp, id, browser, live).await?;
    let row = challenge::in_time(cx, row)?;
    let then: Then = challenge::then(cx, &row)?;
    let seed = Seed::parse(&then.seed, &cx.config().branding.name, &live.user.email).map_err(seed_lost)?;
    Ok((row, seed))
}

/// Finishes the set-up with the first code of the app; that code is used up. The session goes on under another cookie.
/// None when the code is wrong.
pub async fn finish(
    cx: Cx<'_>,
    live: &Live,
    id: &ChallengeId,
    browser: &Opaque,
    (code, name): (&str, String),
) -> Result<Option<(Opaque, Live)>> {
    let (row, seed) = under_way(cx, live, id, browser).await?;
    let Some(step) = seed.check(&digits(code), cx.now) else { return Ok(None) };
    let id = FactorId::random();
    let made = Factor {
        tenant_id: cx.tenant.clone(),
        user_id: live.user.id.clone(),
        kind: Kind::Totp,
        name,
        sealed: cx.app.master_key.seal(&Factor::place(&id), seed.text().as_bytes())?,
        handle: id.to_string(),
        step,
        created_at: cx.now,
        last_used_at: None,
        id,
    };
    super::keep(cx, live, &row, &made, (MOST, &[Method::OneTime])).await.map(Some)
}

/// Whether a code is right for one of the person's apps; its time step is used up.
pub(super) async fn verify(cx: Cx<'_>, tx: &mut Conn, held: &Held, code: &str) -> Result<bool> {
    let code = digits(code);
    for row in held.of(Kind::Totp) {
        let plain = cx.app.master_key.open(&Factor::place(&row.id), &row.sealed)?;
        let seed = Seed::parse(&String::from_utf8_lossy(&plain), "", "-").map_err(seed_lost)?;
        if let Some(step) = seed.check(&code, cx.now)
            && factor::use_step(tx, row, step, cx.now).await?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Apps show a gap in the middle.
fn digits(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace()).take(12).collect()
}
