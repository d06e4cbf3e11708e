//! What a first step leads to: a session, the second step, another password, or the question whether an account is to
//! stay.

use super::Result;
use super::account::delete::keep;
use super::challenge::Asker;
use super::factor::{self, second};
use super::renew;
use super::session::{self, Live, Wish};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::model::ChallengeId;
use crate::model::user::{User, UserState};
use crate::spec::acr::Proved;
use crate::store::Conn;

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
    /// The new cookie and the session behind it.
    SignedIn(Opaque, Box<Live>),
    /// A second factor has to follow.
    SecondFactor(ChallengeId),
    /// All was right, and another password has to be chosen.
    NewPassword(ChallengeId),
    /// Everything was right, but the account is going to be erased, unless the person keeps it.
    Leaving(ChallengeId),
}

/// Goes on after the first step, in the transaction that has ended it.
pub(super) async fn enter(cx: Cx<'_>, tx: &mut Conn, user: User, proved: Proved, visit: Visit<'_>) -> Result<Entered> {
    if factor::is_needed(cx, tx, &user, &proved, visit.trusted).await? {
        return Ok(Entered::SecondFactor(second::begin(cx, tx, &user, (proved, visit.keep), visit.asker).await?));
    }
    if user.state == UserState::Deleting {
        return Ok(Entered::Leaving(keep::ask(cx, tx, &user, proved, visit.asker).await?));
    }
    let asker = (visit.asker.browser, visit.asker.request);
    if let Some(id) = renew::begin(cx, tx, &user, (&proved, false, visit.keep), asker).await? {
        return Ok(Entered::NewPassword(id));
    }
    let (cookie, session) = session::begin(cx, tx, &user, &proved, Wish { old: visit.old, keep: visit.keep }).await?;
    Ok(Entered::SignedIn(cookie, Box::new(Live { session, user })))
}
