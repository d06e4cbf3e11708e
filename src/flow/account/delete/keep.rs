//! Keeping an account after all, as long as it has not been erased: by the link of the letter, or by signing in, after
//! which nothing else can be done before.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{late, own, restore};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::time::Ts;
use crate::flow::Result;
use crate::flow::challenge::{self, About, Asker, Fresh};
use crate::flow::enter::{Entered, arrive};
use crate::flow::session::Wish;
use crate::model::audit::Action;
use crate::model::challenge::{Challenge, Kind};
use crate::model::user::{User, UserState};
use crate::model::{ChallengeId, RequestId};
use crate::spec::account_state::{By, Use};
use crate::spec::acr::Proved;
use crate::store::{Conn, audit};

const TTL: Duration = Duration::from_mins(10);

/// What was proved when the person signed in.
#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    proved: Proved,
}

/// What the pages show.
#[derive(Debug)]
pub struct Shown {
    pub user: User,
    /// When the account is erased.
    pub due_at: Ts,
    /// The request of an app that goes on afterwards.
    pub request: Option<RequestId>,
}

/// Whether somebody with the right password, passkey or code is let on: to sign in, or to keep the account first.
pub(in crate::flow) async fn may_come(cx: Cx<'_>, conn: &mut Conn, user: &User) -> Result<bool> {
    match user.state {
        UserState::Deleting => Ok(own(cx, conn, &user.id).await?.is_some()),
        state => Ok(state.allows(Use::SignIn)),
    }
}

/// Asks somebody who has proved everything whether the account is to stay. There is no session before.
pub(in crate::flow) async fn ask(
    cx: Cx<'_>,
    tx: &mut Conn,
    user: &User,
    proved: Proved,
    asker: Asker<'_>,
) -> Result<ChallengeId> {
    let (browser, request) = (asker.browser, asker.request);
    let about = About { kind: Kind::Return, browser, request, user: Some(&user.id), ttl: TTL };
    Fresh::new(cx, &about, &Waiting { proved })?.keep(tx).await
}

pub async fn shown(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Shown> {
    show(cx, under_way(cx, id, browser).await?).await
}

async fn under_way(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Challenge> {
    challenge::in_time(cx, challenge::of_browser(cx, Kind::Return, id, browser).await?)
}

pub async fn shown_by_link(cx: Cx<'_>, token: &Opaque) -> Result<Shown> {
    show(cx, challenge::of_link(cx, Kind::Undo, token).await?).await
}

async fn show(cx: Cx<'_>, row: Challenge) -> Result<Shown> {
    let conn = &mut cx.app.db.conn().await?;
    let user = person(cx, conn, &row).await?;
    let due_at = own(cx, conn, &user.id).await?.ok_or_else(late)?.due_at;
    Ok(Shown { user, due_at, request: row.request_id })
}

async fn person(cx: Cx<'_>, conn: &mut Conn, row: &Challenge) -> Result<User> {
    Ok(challenge::person(cx, conn, row).await?.ok_or_else(|| challenge::gone("no such account"))?)
}

/// Keeps the account, once, by the link of the letter. Nobody is signed in by it.
pub async fn by_link(cx: Cx<'_>, token: &Opaque) -> Result<()> {
    let row = challenge::of_link(cx, Kind::Undo, token).await?;
    let kept = cx.app.db.write(async |tx| {
        challenge::by_link(cx, tx, &row).await?;
        keep(cx, tx, &row).await.map(drop)
    });
    kept.await?;
    cx.app.posted.notify_one();
    Ok(())
}

/// Keeps the account, once, and ends the sign-in that asked, in place of the session `old`.
pub async fn by_sign_in(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque, old: Option<&Opaque>) -> Result<Entered> {
    let row = under_way(cx, id, browser).await?;
    let Waiting { proved } = challenge::then(cx, &row)?;
    let entered = cx.app.db.write(async |tx| {
        challenge::end(cx, tx, &row).await?;
        let user = keep(cx, tx, &row).await?;
        let asker = Asker { browser, locale: user.language().unwrap_or_default(), request: row.request_id.as_ref() };
        arrive(cx, tx, user, proved, asker, Wish { old, ..Wish::default() }).await
    });
    let entered = entered.await?;
    cx.app.posted.notify_one();
    Ok(entered)
}

async fn keep(cx: Cx<'_>, tx: &mut Conn, row: &Challenge) -> Result<User> {
    let user = person(cx, tx, row).await?;
    let kept = restore(cx, tx, &user, By::Person).await?;
    audit::insert(tx, &cx.audit_own(Action::UserRestore, &user.id)).await?;
    Ok(kept)
}
