//! Adding a passkey.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{open, refused, relying_party, seal};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::crypto::passkey::{self, Person, Registration};
use crate::flow::Result;
use crate::flow::challenge::{self, About, Fresh};
use crate::flow::factor::{self, Held};
use crate::flow::session::Live;
use crate::model::challenge::{Challenge, Kind as Challenged};
use crate::model::factor::{Factor, Kind};
use crate::model::{ChallengeId, FactorId};
use crate::spec::acr::Method;

/// Passkeys of one person.
const MOST: usize = 25;

#[derive(Serialize, Deserialize)]
struct Then {
    options: Value,
    state: Registration,
}

/// What the page shows.
pub struct Shown {
    pub id: ChallengeId,
    /// For `navigator.credentials.create`, as JSON.
    pub options: String,
    /// How many there will be.
    pub number: usize,
}

/// Begins to add a passkey. Fails when the person has as many as may be, or there can be none at this issuer.
pub async fn begin(cx: Cx<'_>, live: &Live, browser: &Opaque) -> Result<ChallengeId> {
    cx.limit("set-up", live.user.id.as_str(), factor::SET_UPS)?;
    let party = relying_party(cx)?;
    let held = Held::by(cx, &mut cx.app.db.conn().await?, &live.user.id).await?;
    factor::expect_room(&held, Kind::Passkey, MOST)?;
    let known = held.of(Kind::Passkey).map(|row| open(cx, row)).collect::<Result<Vec<_>>>()?;
    let user = &live.user;
    let handle = passkey::user_handle(user.id.as_str());
    let person = Person { handle, account: &user.username, name: user.called() };
    let (options, state) = party.begin_registration(person, &known).map_err(|error| refused(&error))?;
    let about = About { kind: Challenged::Passkey, browser, request: None, user: Some(&user.id), ttl: passkey::TTL };
    let fresh = Fresh::new(cx, &about, &Then { options, state })?;
    cx.app.db.write(async |tx| fresh.keep(tx).await).await
}

/// What is being added by this person in this browser.
pub async fn shown(cx: Cx<'_>, live: &Live, id: &ChallengeId, browser: &Opaque) -> Result<Shown> {
    let (row, then) = under_way(cx, live, id, browser).await?;
    let held = Held::by(cx, &mut cx.app.db.conn().await?, &live.user.id).await?;
    let options = then.options["publicKey"].to_string();
    Ok(Shown { id: row.id, options, number: held.of(Kind::Passkey).count() + 1 })
}

async fn under_way(cx: Cx<'_>, live: &Live, id: &ChallengeId, browser: &Opaque) -> Result<(Challenge, Then)> {
    let row = challenge::of_person(cx, Challenged::Passkey, id, browser, live).await?;
    let row = challenge::in_time(cx, row)?;
    let then = challenge::then(cx, &row)?;
    Ok((row, then))
}

/// Finishes with the answer of the browser; the session goes on under another cookie. None when it is not an answer to
/// this question.
pub async fn finish(
    cx: Cx<'_>,
    live: &Live,
    id: &ChallengeId,
    browser: &Opaque,
    (credential, name): (&str, String),
) -> Result<Option<(Opaque, Live)>> {
    let (row, then) = under_way(cx, live, id, browser).await?;
    let passkey = match relying_party(cx)?.finish_registration(credential, &then.state) {
        Ok(passkey) => passkey,
        Err(error) => {
            tracing::info!(%error, "a new passkey was not taken");
            return Ok(None);
        }
    };
    let id = FactorId::random();
    let made = Factor {
        tenant_id: cx.tenant.clone(),
        user_id: live.user.id.clone(),
        kind: Kind::Passkey,
        name,
        sealed: seal(cx, &id, &passkey)?,
        handle: passkey::handle(passkey.cred_id()),
        step: 0,
        created_at: cx.now,
        last_used_at: None,
        id,
    };
    // what its maker says of the key is not asked for, so nothing but the touch of the person is known
    factor::keep(cx, live, &row, &made, (MOST, &[Method::User])).await.map(Some)
}
