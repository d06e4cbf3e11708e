//! A forgotten password: whoever reads the mailbox of the account may choose another. Second factors stay.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::challenge::{self, About, Asker, Begun, Fresh, Proof, Shown};
use super::enter::{Entered, Visit, enter};
use super::factor::Held;
use super::password;
use super::user::{self, Mistake};
use super::{Error, Result, lockout, post};
use crate::app::Cx;
use crate::base::random::{Opaque, sha256};
use crate::base::text;
use crate::config::Carrier;
use crate::deliver::{self, Letter};
use crate::locale::Locale;
use crate::model::audit::Action;
use crate::model::challenge::{Challenge, Kind};
use crate::model::user::{Password, User};
use crate::model::{ChallengeId, UserId};
use crate::shared::limit::Rate;
use crate::spec::acr::{Method, Proved};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::paths;
use crate::store::{self, Conn, audit};

const TTL: Duration = Duration::from_mins(30);

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Then {
    /// What the account was like: a password or address that has changed since ends the challenge.
    bound: String,
    email: String,
    by: Carrier,
    locale: Locale,
}

/// Sends a letter or short message, if there is an account. The answer, and the time it takes, are the same if there is
/// none. Fails when this way is not allowed (403), or asked for too often (429).
pub async fn begin(cx: Cx<'_>, (email, by): (&str, Carrier), asker: Asker<'_>) -> Result<Begun> {
    if !cx.config().factor.may_recover(by) {
        return Err(closed(by).into());
    }
    if !text::is_email(email.trim()) {
        return Ok(Begun::Wrong(Mistake::new("email", "user-email-wrong")));
    }
    let rate = cx.config().limits.recoveries_per_hour;
    cx.limit_address("recover", "", Rate::per_hour(rate, rate))?;
    let key = text::key(email);
    let found = store::user::find_by_key(&mut cx.app.db.conn().await?, cx.tenant, &key).await?;
    let found = found.filter(|(user, _)| user.is_active());
    let bound = found.as_ref().map(|(user, phc)| bound(user, phc.as_deref())).unwrap_or_default();
    let (user, to) = receiver(cx, found.map(|(user, _)| user), by).await?;
    let then = Then { bound, email: email.trim().to_owned(), by, locale: asker.locale };
    let about = About {
        kind: Kind::Recover,
        browser: asker.browser,
        request: asker.request,
        user: user.as_ref().map(|user| &user.id),
        ttl: TTL,
    };
    let fresh = Fresh::new(cx, &about, &then)?;
    let letter = post::for_stranger(cx, letter(cx, &fresh, &then, (user.as_ref(), to.as_deref())));
    Ok(Begun::Asked(fresh.begin(cx, letter).await?))
}

/// Another letter. Fails when it is asked for too often (429).
pub async fn again(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<()> {
    let row = challenge::of_browser(cx, Kind::Recover, id, browser).await?;
    let then: Then = challenge::then(cx, &row)?;
    let user = challenge::person(cx, &mut cx.app.db.conn().await?, &row).await?;
    let (user, to) = receiver(cx, user, then.by).await?;
    let fresh = Fresh::again(cx, row, TTL, &then)?;
    let letter = post::for_stranger(cx, letter(cx, &fresh, &then, (user.as_ref(), to.as_deref())));
    fresh.renew(cx, letter).await
}

/// Nobody gets it if there is no account.
fn letter(cx: Cx<'_>, fresh: &Fresh, then: &Then, (user, to): (Option<&User>, Option<&str>)) -> Letter {
    let locale = user.and_then(User::language).unwrap_or(then.locale);
    // as it is kept, not as it was typed: what looks the same may be another mailbox
    let receiver = to.unwrap_or(&then.email);
    let letter = Letter::by(then.by, deliver::Kind::Reset, locale, receiver);
    let letter = match then.by {
        Carrier::Email => letter.link(challenge::link(cx, paths::RESET, &fresh.token)),
        Carrier::Sms => letter,
    };
    let letter = letter.code(&fresh.code).with("name", user.map(User::called).unwrap_or_default());
    if to.is_some() { letter } else { letter.withheld() }
}

/// Nobody is to be written to who has no number, if that is the way, or to whom this way is not open.
async fn receiver(cx: Cx<'_>, user: Option<User>, by: Carrier) -> Result<(Option<User>, Option<String>)> {
    let conn = &mut cx.app.db.conn().await?;
    // looked up for nobody as well, so that the time tells nothing
    let held = Held::by(cx, conn, user.as_ref().map_or(&UserId::nobody(), |user| &user.id)).await?;
    let to = match &user {
        Some(user) if is_open(cx, conn, (user, &held), by).await? => post::receiver(cx, conn, user, by).await?,
        _ => None,
    };
    Ok((user.filter(|_| to.is_some()), to))
}

/// Whether this person may get a new password this way. Where all second factors lie on it, whoever has the phone would
/// have both. A mailbox that is all there is stays open: it has been the key to the account before it was a factor, and
/// else who forgets the password is shut out for good; but not where a role wants two factors.
async fn is_open(cx: Cx<'_>, conn: &mut Conn, (user, held): (&User, &Held), by: Carrier) -> Result<bool> {
    if held.factors.is_empty() || !held.ways_beside(&Proved::by(&[Method::sent(by)])).is_empty() {
        return Ok(true);
    }
    Ok(by == Carrier::Email && !store::user::needs_factor(conn, cx.tenant, &user.id).await?)
}

fn closed(by: Carrier) -> Refusal {
    let refusal = Code::AccessDenied.because("no code for a forgotten password goes this way here").with_status(403);
    refusal.at(Check::Factor, "a way that is allowed", by.text()).set_by("factor.recover")
}

fn bound(user: &User, phc: Option<&str>) -> String {
    sha256(&format!("{} {}", user.email_key, phc.unwrap_or_default()))
}

/// What the page shows, and where the code went.
pub async fn shown(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<(Shown, Carrier)> {
    let row = challenge::of_browser(cx, Kind::Recover, id, browser).await?;
    let then: Then = challenge::then(cx, &row)?;
    Ok((Shown::new(row, then.email), then.by))
}

pub async fn shown_by_link(cx: Cx<'_>, token: &Opaque) -> Result<Shown> {
    let row = challenge::of_link(cx, Kind::Recover, token).await?;
    let then: Then = challenge::then(cx, &row)?;
    Ok(Shown::new(row, then.email))
}

/// Proves by code, in the browser that asked.
pub async fn by_code(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque, code: &str) -> Result<Proof> {
    let row = challenge::of_browser(cx, Kind::Recover, id, browser).await?;
    cx.app
        .db
        .write(async |tx| match challenge::by_code(cx, tx, &row, code).await? {
            // nobody was sent this code
            Proof::Right if row.user_id.is_none() => Err(challenge::gone("no such account").into()),
            proof => Ok(proof),
        })
        .await
}

/// How it was proved: by a code in this browser, or by the link of the letter.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    Code(&'a ChallengeId, &'a Opaque),
    Link(&'a Opaque),
}

#[derive(Debug)]
pub enum Reset {
    /// The password is set.
    Entered(Entered),
    Wrong(Mistake),
}

/// Sets the new password, once; every session and every app's access ends, and the person is signed in here or asked
/// for the second factor. Fails when nothing is proved, the account has changed since, or it is tried too often (429).
pub async fn set(cx: Cx<'_>, by: By<'_>, new: &str, visit: Visit<'_>) -> Result<Reset> {
    let row = match by {
        By::Code(id, browser) => challenge::of_browser(cx, Kind::Recover, id, browser).await?,
        By::Link(token) => challenge::of_link(cx, Kind::Recover, token).await?,
    };
    if matches!(by, By::Code(..)) && row.proved_at.is_none() {
        // what is wrong with a new password tells of the last ones, so nobody is told before
        return Err(challenge::gone("not proved").into());
    }
    let then: Then = challenge::then(cx, &row)?;
    cx.limit_attempts("reset")?;
    let password = match password::choose(cx, &owner(cx, &row).await?, new).await? {
        Ok(password) => password,
        Err(wrong) => return Ok(Reset::Wrong(wrong)),
    };
    let asker = Asker { locale: then.locale, request: row.request_id.as_ref(), ..visit.asker };
    let work = cx.app.db.write(async |tx| {
        if let By::Link(_) = by {
            challenge::by_link(cx, tx, &row).await?;
        }
        let user = change(cx, tx, &row, &then, &password).await?;
        let entered =
            enter(cx, tx, user.clone(), Proved::by(&[Method::sent(then.by)]), Visit { asker, ..visit }).await?;
        Ok::<_, Error>((user, entered))
    });
    let (user, entered) = work.await?;
    lockout::forget(cx, &user);
    cx.app.posted.notify_one();
    Ok(Reset::Entered(entered))
}

/// Whose password it is. Without an account there was no letter, and so no proof.
async fn owner(cx: Cx<'_>, row: &Challenge) -> Result<User> {
    let owner = challenge::person(cx, &mut cx.app.db.conn().await?, row).await?;
    Ok(owner.filter(User::is_active).ok_or_else(changed)?)
}

fn changed() -> Refusal {
    let refusal = Code::AccessDenied.because("the account has changed since the letter was sent");
    refusal.at(Check::Account, "as it was then", "changed")
}

async fn change(cx: Cx<'_>, tx: &mut Conn, row: &Challenge, then: &Then, password: &Password) -> Result<User> {
    challenge::end(cx, tx, row).await?;
    let found = store::user::find_by_key(tx, cx.tenant, &text::key(&then.email)).await?;
    let same = |(user, phc): &(User, Option<String>)| {
        user.is_active() && Some(&user.id) == row.user_id.as_ref() && bound(user, phc.as_deref()) == then.bound
    };
    let Some((user, _)) = found.filter(same) else { return Err(changed().into()) };
    // a factor may have come or gone since the letter
    let held = Held::by(cx, tx, &user.id).await?;
    if !is_open(cx, tx, (&user, &held), then.by).await? {
        return Err(changed().into());
    }
    password::keep(cx, tx, password).await?;
    let user = post::was_read(cx, tx, user, then.by).await?;
    user::end_all(cx, tx, &user.id).await?;
    audit::insert(tx, &cx.audit_own(Action::Recover, &user.id)).await?;
    post::notice(cx, tx, &user, deliver::Kind::PasswordChanged).await?;
    Ok(user)
}
