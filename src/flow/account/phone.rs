//! The phone number: it counts once somebody has shown to read what is sent there.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::text;
use crate::deliver::{self, Letter};
use crate::flow::challenge::{self, About, Asker, Begun, Fresh, Proof};
use crate::flow::session::{self, Live};
use crate::flow::user::Mistake;
use crate::flow::{Error, Result, factor, post, profile as details};
use crate::locale::Locale;
use crate::model::ChallengeId;
use crate::model::audit::Action;
use crate::model::challenge::{Challenge, Kind};
use crate::model::factor::Kind as FactorKind;
use crate::model::profile::Profile;
use crate::shared::limit::Rate;
use crate::store::{Conn, audit, profile};

const TTL: Duration = Duration::from_mins(10);
/// Numbers that one person may try.
const CHANGES: Rate = Rate { burst: 3, interval: Duration::from_mins(20) };

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Then {
    number: String,
    locale: Locale,
}

/// The number that counts now.
pub async fn current(cx: Cx<'_>, live: &Live) -> Result<Option<String>> {
    if !live.user.has_profile {
        return Ok(None);
    }
    Ok(details::details(cx, &mut cx.app.db.conn().await?, &live.user.id).await?.phone_number)
}

/// Sends a code to the number. Fails when it is asked for too often (429).
pub async fn begin(cx: Cx<'_>, live: &Live, typed: &str, asker: Asker<'_>) -> Result<Begun> {
    let Some(number) = text::phone(typed) else { return Ok(Begun::Wrong(Mistake::new("phone", "phone-wrong"))) };
    cx.limit("phone", live.user.id.as_str(), CHANGES)?;
    let then = Then { number, locale: live.user.language().unwrap_or(asker.locale) };
    let (request, user) = (None, Some(&live.user.id));
    let about = About { kind: Kind::Phone, browser: asker.browser, request, user, ttl: TTL };
    let fresh = Fresh::new(cx, &about, &then)?;
    let letter = letter(cx, &fresh, &then);
    Ok(Begun::Asked(fresh.begin(cx, letter).await?))
}

/// Another message. Fails when it is asked for too often (429).
pub async fn again(cx: Cx<'_>, live: &Live, id: &ChallengeId, browser: &Opaque) -> Result<()> {
    let row = challenge::of_person(cx, Kind::Phone, id, browser, live).await?;
    let then: Then = challenge::then(cx, &row)?;
    let fresh = Fresh::again(cx, row, TTL, &then)?;
    let letter = letter(cx, &fresh, &then);
    fresh.renew(cx, letter).await
}

fn letter(cx: Cx<'_>, fresh: &Fresh, then: &Then) -> Letter {
    post::for_stranger(cx, Letter::sms(deliver::Kind::Phone, then.locale, &then.number).code(&fresh.code))
}

/// The number that waits to be proved.
pub async fn shown(cx: Cx<'_>, live: &Live, id: &ChallengeId, browser: &Opaque) -> Result<String> {
    let row = challenge::of_person(cx, Kind::Phone, id, browser, live).await?;
    Ok(challenge::then::<Then>(cx, &row)?.number)
}

/// Sets the number, once, if the code is right; a letter tells the owner.
pub async fn prove(cx: Cx<'_>, live: &Live, id: &ChallengeId, browser: &Opaque, code: &str) -> Result<Proof> {
    let row = challenge::of_person(cx, Kind::Phone, id, browser, live).await?;
    let then: Then = challenge::then(cx, &row)?;
    let proof = cx.app.db.write(async |tx| {
        let proof = challenge::by_code(cx, tx, &row, code).await?;
        if proof == Proof::Right {
            set(cx, tx, live, (&row, &then)).await?;
        }
        Ok::<_, Error>(proof)
    });
    let proof = proof.await?;
    cx.app.posted.notify_one();
    Ok(proof)
}

async fn set(cx: Cx<'_>, tx: &mut Conn, live: &Live, (row, then): (&Challenge, &Then)) -> Result<()> {
    challenge::end(cx, tx, row).await?;
    let key = &cx.app.master_key;
    let number = Profile {
        sealed_phone: Some(key.seal(&Profile::phone_place(&live.user.id), then.number.as_bytes())?),
        phone_hash: Some(key.token(&format!("phone {}", then.number))),
        phone_verified_at: Some(cx.now),
        ..Profile::empty(cx.tenant.clone(), live.user.id.clone(), cx.now)
    };
    change(cx, tx, live, &number).await
}

/// Takes the number away, and with it the codes that are sent there.
pub async fn remove(cx: Cx<'_>, live: &Live) -> Result<()> {
    let none = Profile::empty(cx.tenant.clone(), live.user.id.clone(), cx.now);
    let work = cx.app.db.write(async |tx| {
        factor::take_kind(cx, tx, live, FactorKind::Sms).await?;
        change(cx, tx, live, &none).await
    });
    work.await?;
    cx.app.posted.notify_one();
    Ok(())
}

async fn change(cx: Cx<'_>, tx: &mut Conn, live: &Live, number: &Profile) -> Result<()> {
    session::hold(cx, tx, live).await?;
    profile::set_phone(tx, number).await?;
    audit::insert(tx, &cx.audit_own(Action::PhoneChange, &live.user.id)).await?;
    post::notice(cx, tx, &live.user, deliver::Kind::PhoneChanged).await
}
