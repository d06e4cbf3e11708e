//! Another e-mail address: it counts once somebody has shown to read what is sent there.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::signed_out;
use crate::app::Cx;
use crate::base::random::{Opaque, sha256};
use crate::base::text;
use crate::deliver::{self, Letter};
use crate::flow::challenge::{self, About, Asker, Fresh, Proof};
use crate::flow::session::Live;
use crate::flow::user::Wrong;
use crate::flow::{Error, Fault, Result, post};
use crate::locale::{Locale, Text};
use crate::model::ChallengeId;
use crate::model::audit::{Action, Party};
use crate::model::challenge::{Challenge, Kind};
use crate::model::user::User;
use crate::shared::limit::Rate;
use crate::spec::paths;
use crate::store::{self, Conn, audit, session, user};

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

#[derive(Debug)]
pub enum Begun {
    Asked(ChallengeId),
    Wrong(Wrong),
}

/// Sends a letter to the new address. Whether somebody has it already only that letter tells. Fails when it is asked
/// for too often (429).
pub async fn begin(cx: Cx<'_>, live: &Live, email: &str, asker: Asker<'_>) -> Result<Begun> {
    let email = email.trim();
    if let Some(text) = wrong(cx, live, email) {
        return Ok(Begun::Wrong(Wrong { field: "email", text }));
    }
    cx.limit("email", live.user.id.as_str(), CHANGES)?;
    let then = Then { old: live.user.email_key.clone(), new: email.to_owned(), locale: asker.locale };
    let (request, user) = (None, Some(&live.user.id));
    let about = About { kind: Kind::Email, browser: asker.browser, request, user, ttl: TTL };
    let fresh = Fresh::new(cx, &about, &then)?;
    send(cx, live, &fresh, &then, async |tx| Ok(store::challenge::insert(tx, &fresh.row).await?)).await?;
    Ok(Begun::Asked(fresh.row.id))
}

fn wrong(cx: Cx<'_>, live: &Live, email: &str) -> Option<Text> {
    let settings = &cx.app.config.registration;
    if !text::is_email(email) {
        return Some(Text::new("user-email-wrong"));
    }
    if text::key(email) == live.user.email_key {
        return Some(Text::new("email-same"));
    }
    let hosts = settings.domains.join(", ");
    (!settings.admits(email)).then(|| Text::new("signup-email-host").with("hosts", hosts))
}

/// Another letter. Fails when it is asked for too often (429).
pub async fn again(cx: Cx<'_>, live: &Live, id: &ChallengeId, browser: &Opaque) -> Result<()> {
    let row = own(live, challenge::of_browser(cx, Kind::Email, id, browser).await?)?;
    let then: Then = challenge::then(cx, &row)?;
    let fresh = Fresh::again(cx, row, TTL, &then)?;
    send(cx, live, &fresh, &then, async |tx| match store::challenge::renew(tx, &fresh.row).await? {
        true => Ok(()),
        false => Err(challenge::gone("used already").into()),
    })
    .await
}

/// A letter with code and link; to an address that somebody has, one without either.
async fn send(
    cx: Cx<'_>,
    live: &Live,
    fresh: &Fresh,
    then: &Then,
    keep: impl AsyncFnOnce(&mut Conn) -> Result<()>,
) -> Result<()> {
    let conn = &mut cx.app.db.conn().await?;
    let holder = user::find_by_key(conn, cx.tenant, &text::key(&then.new)).await?.map(|(user, _)| user);
    let letter = match &holder {
        None => {
            let link = format!("{}{}?token={}", cx.issuer(), paths::EMAIL, fresh.token.reveal());
            let letter = Letter::mail(deliver::Kind::Email, then.locale, &then.new).with("name", live.user.called());
            letter.code(&fresh.code).link(link)
        }
        Some(holder) => {
            let locale = holder.locale.as_deref().and_then(Locale::wanted).unwrap_or(then.locale);
            let letter = Letter::mail(deliver::Kind::EmailKnown, locale, &then.new).with("name", holder.called());
            letter.link(format!("{}{}", cx.issuer(), paths::LOGIN))
        }
    };
    let letter = if post::may_write_to(cx, &then.new) { letter } else { letter.withheld() };
    cx.app
        .db
        .write(async |tx| {
            keep(tx).await?;
            post::write(cx, tx, &letter, challenge::until(&fresh.row)).await
        })
        .await?;
    cx.app.posted.notify_one();
    Ok(())
}

/// The address that waits to be proved, in the browser that asked.
pub async fn shown(cx: Cx<'_>, live: &Live, id: &ChallengeId, browser: &Opaque) -> Result<String> {
    let row = own(live, challenge::of_browser(cx, Kind::Email, id, browser).await?)?;
    Ok(challenge::then::<Then>(cx, &row)?.new)
}

/// The same under the letter's link.
pub async fn shown_by_link(cx: Cx<'_>, live: &Live, token: &Opaque) -> Result<String> {
    let row = own(live, challenge::of_link(cx, Kind::Email, token).await?)?;
    Ok(challenge::then::<Then>(cx, &row)?.new)
}

/// A link that somebody else follows, perhaps by mistake, changes nobody's address.
fn own(live: &Live, row: Challenge) -> Result<Challenge> {
    match row.user_id.as_ref() == Some(&live.user.id) {
        true => Ok(row),
        false => Err(challenge::gone("for another account").into()),
    }
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
    let row = own(live, row)?;
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
            cx.app.failures.forget(&sha256(&live.user.email_key));
            cx.app.posted.notify_one();
            Ok(Changed::Yes)
        }
        other => other,
    }
}

async fn set(cx: Cx<'_>, tx: &mut Conn, live: &Live, row: &Challenge, then: &Then) -> Result<Changed> {
    if !store::challenge::end(tx, cx.tenant, &row.id, cx.now).await? {
        return Err(challenge::gone("used already").into());
    }
    if !session::hold(tx, cx.tenant, &live.session.hash, cx.now).await? {
        return Err(signed_out().into());
    }
    let new = User { email: then.new.clone(), email_key: text::key(&then.new), ..live.user.clone() };
    if !user::set_email(tx, &new, &then.old, cx.now).await? {
        return Err(challenge::gone("the address has changed since").into());
    }
    let event = cx.audit(Action::EmailChange, Party::User, Some(live.user.id.as_str()));
    audit::insert(tx, &event.on(Party::User, live.user.id.as_str())).await?;
    // to the address until now: its reader may be the owner, and this may not have been
    post::write(cx, tx, &notice(cx, live, then.locale), None).await?;
    Ok(Changed::Yes)
}

fn notice(cx: Cx<'_>, live: &Live, page: Locale) -> Letter {
    let locale = live.user.locale.as_deref().and_then(Locale::wanted).unwrap_or(page);
    let address = cx.peer.map(|peer| peer.address.to_string()).unwrap_or_default();
    let letter = Letter::mail(deliver::Kind::EmailChanged, locale, &live.user.email).with("name", live.user.called());
    let letter = letter.with("at", &cx.now.readable()).with("address", &address);
    letter.link(format!("{}{}", cx.issuer(), paths::EMAIL))
}
