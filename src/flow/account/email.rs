//! Another e-mail address: it counts once somebody has shown to read what is sent there.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::text;
use crate::deliver::{self, Letter};
use crate::flow::challenge::{self, About, Asker, Begun, Fresh, Proof};
use crate::flow::session::{self, Live};
use crate::flow::user::{Mistake, check_email};
use crate::flow::{Error, Fault, Result, lockout, post};
use crate::locale::Locale;
use crate::model::ChallengeId;
use crate::model::audit::Action;
use crate::model::challenge::{Challenge, Kind};
use crate::model::user::User;
use crate::shared::limit::Rate;
use crate::spec::paths;
use crate::store::{Conn, audit, user};

const TTL: Duration = Duration::from_mins(30);
/// Changes begun by one person.
const CHANGES: Rate = Rate { burst: 3, interval: Duration::from_mins(20) };

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Then {
    /// The address until now; another change meanwhile ends this one.
    old: String,
    new: String,
    locale: Locale,
}

/// Sends a letter to the new address. Whether somebody has it already only that letter tells. Fails when it is asked
/// for too often (429).
pub async fn begin(cx: Cx<'_>, live: &Live, email: &str, asker: Asker<'_>) -> Result<Begun> {
    let email = email.trim();
    if let Some(wrong) = wrong(cx, live, email) {
        return Ok(Begun::Wrong(wrong));
    }
    cx.limit("email", live.user.id.as_str(), CHANGES)?;
    let then = Then { old: live.user.email_key.clone(), new: email.to_owned(), locale: asker.locale };
    let (request, user) = (None, Some(&live.user.id));
    let about = About { kind: Kind::Email, browser: asker.browser, request, user, ttl: TTL };
    let fresh = Fresh::new(cx, &about, &then)?;
    let letter = post::for_stranger(cx, letter(cx, &fresh, &then).await?);
    Ok(Begun::Asked(fresh.begin(cx, letter).await?))
}

fn wrong(cx: Cx<'_>, live: &Live, email: &str) -> Option<Mistake> {
    match text::key(email) == live.user.email_key {
        true => Some(Mistake::new("email", "email-same")),
        false => check_email(cx, email),
    }
}

/// Another letter. Fails when it is asked for too often (429).
pub async fn again(cx: Cx<'_>, live: &Live, id: &ChallengeId, browser: &Opaque) -> Result<()> {
    let row = challenge::of_person(cx, Kind::Email, id, browser, live).await?;
    let then: Then = challenge::then(cx, &row)?;
    let fresh = Fresh::again(cx, row, TTL, &then)?;
    let letter = post::for_stranger(cx, letter(cx, &fresh, &then).await?);
    fresh.renew(cx, letter).await
}

/// A letter with code and link; to an address that somebody has, one without either.
async fn letter(cx: Cx<'_>, fresh: &Fresh, then: &Then) -> Result<Letter> {
    let holder = user::find_by_key(&mut cx.app.db.conn().await?, cx.tenant, &text::key(&then.new)).await?;
    let Some((holder, _)) = holder else {
        let link = challenge::link(cx, paths::EMAIL, &fresh.token);
        // not the person's own words: whoever reads this need not know him
        let name = then.new.split('@').next().unwrap_or_default();
        let letter = Letter::mail(deliver::Kind::Email, then.locale, &then.new).with("name", name);
        return Ok(letter.code(&fresh.code).link(link));
    };
    let locale = holder.language().unwrap_or(then.locale);
    let letter = Letter::mail(deliver::Kind::EmailKnown, locale, &then.new).with("name", holder.called());
    Ok(letter.link(cx.address(paths::LOGIN)))
}

/// The address that waits to be proved, in the browser that asked.
pub async fn shown(cx: Cx<'_>, live: &Live, id: &ChallengeId, browser: &Opaque) -> Result<String> {
    let row = challenge::of_person(cx, Kind::Email, id, browser, live).await?;
    Ok(challenge::then::<Then>(cx, &row)?.new)
}

/// The same under the letter's link.
pub async fn shown_by_link(cx: Cx<'_>, live: &Live, token: &Opaque) -> Result<String> {
    let row = challenge::own(live, challenge::of_link(cx, Kind::Email, token).await?)?;
    Ok(challenge::then::<Then>(cx, &row)?.new)
}

/// How it is proved.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    Code(&'a ChallengeId, &'a Opaque, &'a str),
    Link(&'a Opaque),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    Yes,
    Wrong,
    /// Another code has to be sent.
    Over,
    /// Somebody else has proved the same address meanwhile.
    Taken,
}

/// Sets the new address, once, if it is proved; the old one is told.
pub async fn change(cx: Cx<'_>, live: &Live, by: By<'_>) -> Result<Changed> {
    let row = match by {
        By::Code(id, browser, _) => challenge::of_browser(cx, Kind::Email, id, browser).await?,
        By::Link(token) => challenge::of_link(cx, Kind::Email, token).await?,
    };
    let row = challenge::own(live, row)?;
    let then: Then = challenge::then(cx, &row)?;
    let changed = cx.app.db.write(async |tx| {
        let proof = match by {
            By::Code(_, _, code) => challenge::by_code(cx, tx, &row, code).await?,
            By::Link(_) => challenge::by_link(cx, tx, &row).await.map(|()| Proof::Right)?,
        };
        match proof {
            Proof::Wrong => Ok(Changed::Wrong),
            Proof::Over => Ok(Changed::Over),
            Proof::Right => set(cx, tx, live, &row, &then).await,
        }
    });
    match changed.await {
        Err(Error::Fault(Fault::Store(error))) if error.is_taken() => Ok(Changed::Taken),
        Ok(Changed::Yes) => {
            lockout::forget_name(cx, &live.user.email_key);
            cx.app.posted.notify_one();
            Ok(Changed::Yes)
        }
        other => other,
    }
}

async fn set(cx: Cx<'_>, tx: &mut Conn, live: &Live, row: &Challenge, then: &Then) -> Result<Changed> {
    challenge::end(cx, tx, row).await?;
    session::hold(cx, tx, live).await?;
    let new = User { email: then.new.clone(), email_key: text::key(&then.new), ..live.user.clone() };
    if !user::set_email(tx, &new, &then.old, cx.now).await? {
        return Err(challenge::gone("the address has changed since").into());
    }
    audit::insert(tx, &cx.audit_own(Action::EmailChange, &live.user.id)).await?;
    // to the address until now: its reader may be the owner, and this may not have been
    post::notice(cx, tx, &live.user, deliver::Kind::EmailChanged).await?;
    Ok(Changed::Yes)
}
