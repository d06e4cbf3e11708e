//! A password that has to be changed before a sign-in ends: because somebody wants it so, or because of its age. Until
//! that is done there is no session, only a challenge of this browser.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::challenge::{self, About, Asker, Fresh};
use super::enter::{Arrived, sign_in};
use super::password;
use super::session::Wish;
use super::user::{self, Mistake};
use super::{Result, lockout, post};
use crate::app::Cx;
use crate::base::random::{Opaque, same, sha256};
use crate::deliver;
use crate::model::audit::Action;
use crate::model::challenge::{Challenge, Kind};
use crate::model::user::{Password, User};
use crate::model::{ChallengeId, RequestId};
use crate::spec::acr::{Method, Proved};
use crate::store::{self, Conn, audit};

const TTL: Duration = Duration::from_mins(10);

/// Why another password has to be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// An operator wants it so.
    Asked,
    /// It is older than `password.max_age`.
    Old,
}

/// What was proved until here.
#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    proved: Proved,
    /// This browser is to be trusted.
    trust: bool,
    /// The session is to be kept.
    keep: bool,
    why: Why,
    /// The hash of the password that was right: if it is another since, nothing was proved.
    bound: String,
}

/// Asks for another password, in the transaction that would begin the session. None when the one of today may stay, or
/// has had no part in the sign-in.
pub(super) async fn begin(
    cx: Cx<'_>,
    tx: &mut Conn,
    user: &User,
    (proved, wish): (&Proved, Wish<'_>),
    asker: Asker<'_>,
) -> Result<Option<ChallengeId>> {
    let held = match proved.has(Method::Password) {
        true => store::user::password(tx, cx.tenant, &user.id).await?,
        false => None,
    };
    let Some((held, why)) = held.and_then(|held| due(cx, &held).map(|why| (held, why))) else { return Ok(None) };
    let (browser, request) = (asker.browser, asker.request);
    let about = About { kind: Kind::NewPassword, browser, request, user: Some(&user.id), ttl: TTL };
    let waiting = Waiting { proved: proved.clone(), trust: wish.trust, keep: wish.keep, why, bound: sha256(&held.phc) };
    Ok(Some(Fresh::new(cx, &about, &waiting)?.keep(tx).await?))
}

fn due(cx: Cx<'_>, held: &Password) -> Option<Why> {
    let most = cx.config().password.max_age;
    let is_old = !most.is_zero() && cx.now >= held.changed_at.plus(most);
    match held.must_change {
        true => Some(Why::Asked),
        false => is_old.then_some(Why::Old),
    }
}

/// What the page shows.
#[derive(Debug)]
pub struct Shown {
    pub id: ChallengeId,
    pub user: User,
    pub request: Option<RequestId>,
    pub why: Why,
}

pub async fn shown(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Shown> {
    let row = under_way(cx, id, browser).await?;
    let waiting: Waiting = challenge::then(cx, &row)?;
    let user = person(cx, &mut cx.app.db.conn().await?, &row).await?;
    Ok(Shown { id: row.id, user, request: row.request_id, why: waiting.why })
}

async fn under_way(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Challenge> {
    challenge::in_time(cx, challenge::of_browser(cx, Kind::NewPassword, id, browser).await?)
}

async fn person(cx: Cx<'_>, conn: &mut Conn, row: &Challenge) -> Result<User> {
    let user = challenge::person(cx, conn, row).await?.filter(User::is_active);
    Ok(user.ok_or_else(|| challenge::gone("an account that may not sign in"))?)
}

#[derive(Debug)]
pub enum Set {
    SignedIn(Box<Arrived>),
    Wrong(Mistake),
}

/// Sets the password and signs in, in place of `old`. Whatever was signed in or half proved with the old password ends,
/// and a letter tells the owner. Fails when the challenge is over, or new passwords are tried too often (429).
pub async fn set(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque, new: &str, old: Option<&Opaque>) -> Result<Set> {
    let row = under_way(cx, id, browser).await?;
    let waiting: Waiting = challenge::then(cx, &row)?;
    let user = person(cx, &mut cx.app.db.conn().await?, &row).await?;
    let chosen = match password::choose_another(cx, &user, new).await? {
        Ok(chosen) => chosen,
        Err(wrong) => return Ok(Set::Wrong(wrong)),
    };
    let arrived = cx.app.db.write(async |tx| {
        challenge::end(cx, tx, &row).await?;
        let user = person(cx, tx, &row).await?;
        change(cx, tx, &user, (&waiting, &chosen)).await?;
        let wish = Wish { old, keep: waiting.keep, trust: waiting.trust, since: None };
        sign_in(cx, tx, user, &waiting.proved, row.request_id.as_ref(), wish).await
    });
    let arrived = arrived.await?;
    lockout::forget(cx, &user);
    cx.app.posted.notify_one();
    Ok(Set::SignedIn(Box::new(arrived)))
}

async fn change(cx: Cx<'_>, tx: &mut Conn, owner: &User, (waiting, chosen): (&Waiting, &Password)) -> Result<()> {
    let held = store::user::password(tx, cx.tenant, &owner.id).await?;
    let held = held.filter(|held| same(&sha256(&held.phc), &waiting.bound));
    // holds the row as well, so that of two changes at once the second finds another password
    let is_held = match &held {
        Some(held) => store::user::confirm_password(tx, held, (&held.phc, owner.state)).await?,
        None => false,
    };
    if !is_held {
        return Err(challenge::gone("another password since").into());
    }
    password::keep(cx, tx, chosen).await?;
    user::end_all(cx, tx, &owner.id).await?;
    let why = match waiting.why {
        Why::Asked => "had to be changed",
        Why::Old => "was too old",
    };
    audit::insert(tx, &cx.audit_own(Action::PasswordSet, &owner.id).detail(why)).await?;
    post::notice(cx, tx, owner, deliver::Kind::PasswordChanged).await
}
