//! What the steps of a sign-in lead to: a session, the second step, another password, or the question whether an
//! account is to stay.

use super::Result;
use super::account::delete::keep;
use super::challenge::Asker;
use super::factor::{self, second, trust};
use super::renew;
use super::session::{self, Live, Wish};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::model::challenge::Kind;
use crate::model::user::{User, UserState};
use crate::model::{ChallengeId, RequestId};
use crate::spec::acr::{Level, Proved};
use crate::store::{Conn, challenge};

/// Where somebody comes in: who asks, and what the browser brings along.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    pub asker: Asker<'a>,
    /// The session of this browser until now.
    pub old: Option<&'a Opaque>,
    /// This browser was trusted once.
    pub trusted: Option<&'a Opaque>,
    /// The session is to outlive the browser.
    pub keep: bool,
}

#[derive(Debug)]
pub enum Entered {
    SignedIn(Box<Arrived>),
    /// A second factor has to follow.
    SecondFactor(ChallengeId),
    /// All was right, and another password has to be chosen.
    NewPassword(ChallengeId),
    /// All was right, but the account is going to be erased, unless the person keeps it.
    Leaving(ChallengeId),
}

/// Somebody who is signed in now.
#[derive(Debug)]
pub struct Arrived {
    pub cookie: Opaque,
    pub live: Live,
    /// The request of an app that goes on afterwards.
    pub request: Option<RequestId>,
    /// The cookie of a browser that is trusted from now on.
    pub trusted: Option<Opaque>,
}

/// Goes on after the first step, in the transaction that has ended it.
pub(super) async fn enter(cx: Cx<'_>, tx: &mut Conn, user: User, proved: Proved, visit: Visit<'_>) -> Result<Entered> {
    if factor::is_needed(cx, tx, &user, &proved, visit.trusted).await? {
        return Ok(Entered::SecondFactor(second::begin(cx, tx, &user, (proved, visit.keep), visit.asker).await?));
    }
    let wish = Wish { old: visit.old, keep: visit.keep, ..Wish::default() };
    arrive(cx, tx, user, proved, visit.asker, wish).await
}

/// Signs somebody in who has proved enough; unless the account is being left, or another password has to be chosen
/// before.
pub(super) async fn arrive(
    cx: Cx<'_>,
    tx: &mut Conn,
    user: User,
    proved: Proved,
    asker: Asker<'_>,
    wish: Wish<'_>,
) -> Result<Entered> {
    if proved.level().satisfies(Level::Multi) {
        // nothing is lost
        challenge::end_kind(tx, cx.tenant, &user.id, Kind::FactorReset, cx.now).await?;
    }
    if user.state == UserState::Deleting {
        return Ok(Entered::Leaving(keep::ask(cx, tx, &user, proved, asker).await?));
    }
    // who was signed in before has no need to be so anew
    if wish.since.is_none()
        && let Some(id) = renew::begin(cx, tx, &user, (&proved, wish), asker).await?
    {
        return Ok(Entered::NewPassword(id));
    }
    Ok(Entered::SignedIn(Box::new(sign_in(cx, tx, user, &proved, asker.request, wish).await?)))
}

/// Begins the session of somebody whom nothing keeps any more.
pub(super) async fn sign_in(
    cx: Cx<'_>,
    tx: &mut Conn,
    user: User,
    proved: &Proved,
    request: Option<&RequestId>,
    wish: Wish<'_>,
) -> Result<Arrived> {
    let (cookie, session) = session::begin(cx, tx, &user, proved, wish).await?;
    let trusted = if wish.trust { Some(trust::trust(cx, tx, &user).await?) } else { None };
    Ok(Arrived { cookie, live: Live { session, user }, request: request.cloned(), trusted })
}
