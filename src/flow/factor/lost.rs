//! Somebody has lost everything that could be proved, and nobody is there to help: after a delay the second factors go.
//! Until then the owner is told, and can stop it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{reset, second};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::time::Ts;
use crate::deliver::{Kind as LetterKind, Letter};
use crate::flow::challenge::{self, About, Asker, Fresh};
use crate::flow::{Error, Result, post};
use crate::model::ChallengeId;
use crate::model::audit::{Action, Party};
use crate::model::challenge::{Challenge, Kind};
use crate::model::user::User;
use crate::shared::limit::Rate;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::paths;
use crate::store::{self, Conn, audit};

/// Resets that one person may ask for.
const RESETS: Rate = Rate { burst: 2, interval: Duration::from_hours(24) };
/// A server that was away may be late by so much.
const LATE: Duration = Duration::from_hours(24 * 7);
const ONLY_BY_HAND: &str =
    "lost second factors are taken away only by an administrator here: signet user reset-factors";
/// Those looked at in one round.
const ROUND: i64 = 200;

#[derive(Serialize, Deserialize)]
struct Then {
    /// Stands in the link of each letter.
    token: String,
}

/// When the factors of whoever stands at this second step go, if that was asked for.
pub async fn due(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Option<Ts>> {
    expect_on(cx)?;
    let user = second::shown(cx, id, browser).await?.user;
    Ok(find(cx, &user).await?.map(|row| row.code_expires_at))
}

async fn waiting(cx: Cx<'_>, conn: &mut Conn, user: &User) -> Result<Option<Challenge>> {
    Ok(store::challenge::find_open(conn, cx.tenant, &user.id, Kind::FactorReset, cx.now).await?)
}

fn expect_on(cx: Cx<'_>) -> Result<(), Refusal> {
    if !cx.config().factor.reset_delay.is_zero() {
        return Ok(());
    }
    let refusal = Code::AccessDenied.because(ONLY_BY_HAND);
    Err(refusal.with_status(403).at(Check::FactorReset, "a delay that is not 0", "0").set_by("factor.reset_delay"))
}

/// Whoever may do much here is not let in by a password and patience alone.
async fn is_kept_by_role(cx: Cx<'_>, conn: &mut Conn, user: &User) -> Result<bool> {
    let allowed = cx.config().factor.reset_for_roles;
    Ok(!allowed && store::user::needs_factor(conn, cx.tenant, &user.id).await?)
}

async fn expect_no_role(cx: Cx<'_>, conn: &mut Conn, user: &User) -> Result<()> {
    if !is_kept_by_role(cx, conn, user).await? {
        return Ok(());
    }
    let refusal = Code::AccessDenied.because(ONLY_BY_HAND).with_status(403);
    let refusal = refusal.at(Check::FactorReset, "no role that demands a second factor", "one that does");
    Err(refusal.set_by("factor.reset_for_roles").into())
}

/// Asks for the factors to be taken away, by somebody who has shown the first one; says when that will be. Fails when it
/// is switched off, or a role of the person demands a factor (403), or it is asked for too often (429).
pub async fn begin(cx: Cx<'_>, id: &ChallengeId, asker: Asker<'_>) -> Result<Ts> {
    expect_on(cx)?;
    let user = second::shown(cx, id, asker.browser).await?.user;
    if let Some(row) = find(cx, &user).await? {
        return Ok(row.code_expires_at);
    }
    cx.limit("factor-reset", user.id.as_str(), RESETS)?;
    let token = Opaque::random();
    let ttl = cx.config().factor.reset_delay;
    let about = About { kind: Kind::FactorReset, browser: asker.browser, request: None, user: Some(&user.id), ttl };
    let fresh = Fresh::new(cx, &about, &Then { token: token.reveal().to_owned() })?.with_link(&token).lasting(LATE);
    let at = cx.now.plus(ttl);
    let event = cx.audit_own(Action::FactorReset, &user.id).detail(format!("due {}", at.exact()));
    let at = cx.app.db.write(async |tx| {
        // of two at once one begins, and the other finds it
        store::user::lock(tx, cx.tenant, &user.id).await?;
        if let Some(row) = waiting(cx, tx, &user).await? {
            return Ok(row.code_expires_at);
        }
        audit::insert(tx, &event).await?;
        fresh.post_link(cx, tx, &letter(cx, &user, at, &token)).await?;
        Ok::<_, Error>(at)
    });
    let at = at.await?;
    cx.app.posted.notify_one();
    Ok(at)
}

/// The one that is under way, on a connection that is given back before anything else is asked for.
async fn find(cx: Cx<'_>, user: &User) -> Result<Option<Challenge>> {
    let conn = &mut cx.app.db.conn().await?;
    expect_no_role(cx, conn, user).await?;
    waiting(cx, conn, user).await
}

fn letter(cx: Cx<'_>, user: &User, at: Ts, token: &Opaque) -> Letter {
    let letter = Letter::mail(LetterKind::FactorReset, user.language().unwrap_or_default(), &user.email);
    let letter = letter.with("name", user.called()).with("at", &at.readable());
    letter.link(challenge::link(cx, paths::LOST, token))
}

/// Whether the link of a letter still stops something.
pub async fn shown_by_link(cx: Cx<'_>, token: &Opaque) -> Result<Ts> {
    Ok(challenge::of_link(cx, Kind::FactorReset, token).await?.code_expires_at)
}

/// Stops it, by the link of a letter.
pub async fn stop(cx: Cx<'_>, token: &Opaque) -> Result<()> {
    let row = challenge::of_link(cx, Kind::FactorReset, token).await?;
    let Some(user) = row.user_id.clone() else { return Err(challenge::gone("nobody's").into()) };
    let event = cx.audit_own(Action::FactorReset, &user).failed().detail("stopped");
    let work = cx.app.db.write(async |tx| {
        challenge::end(cx, tx, &row).await?;
        // whoever says no means all of it
        store::challenge::end_kind(tx, cx.tenant, &user, Kind::FactorReset, cx.now).await?;
        Ok(audit::insert(tx, &event).await?)
    });
    work.await
}

/// Takes away what is due, and reminds of what is half way there, one round. What fails keeps nothing else from it.
pub async fn tend(cx: Cx<'_>) -> Result<()> {
    let rows = store::challenge::resets(&mut cx.app.db.conn().await?, ROUND).await?;
    for row in rows {
        if let Err(error) = tend_one(Cx { tenant: &row.tenant_id, ..cx }, &row).await {
            tracing::error!(challenge.id = %row.id, %error, "a removal of lost factors was left as it is");
        }
    }
    Ok(())
}

async fn tend_one(cx: Cx<'_>, row: &Challenge) -> Result<()> {
    let whole = row.code_expires_at.since(row.created_at);
    if cx.now >= row.code_expires_at {
        finish(cx, row).await
    } else if row.tries == 0 && cx.now >= row.created_at.plus(whole / 2) {
        remind(cx, row).await
    } else {
        Ok(())
    }
}

async fn finish(cx: Cx<'_>, row: &Challenge) -> Result<()> {
    let work = cx.app.db.write(async |tx| {
        if !store::challenge::end(tx, cx.tenant, &row.id, cx.now).await? {
            return Ok(());
        }
        let Some(user) = owner(cx, tx, row).await? else { return Ok(()) };
        // a role that demands them may have been given since
        if is_kept_by_role(cx, tx, &user).await? {
            let event = cx.audit(Action::FactorReset, Party::System, None).on(Party::User, user.id.as_str());
            return Ok(audit::insert(tx, &event.failed().detail("a role demands them")).await?);
        }
        let event = cx.audit_own(Action::FactorRemove, &user.id);
        audit::insert(tx, &event.detail("after the delay")).await?;
        reset::clear(cx, tx, &user).await
    });
    work.await?;
    cx.app.posted.notify_one();
    Ok(())
}

async fn remind(cx: Cx<'_>, row: &Challenge) -> Result<()> {
    let then: Then = challenge::then(cx, row)?;
    let work = cx.app.db.write(async |tx| {
        if !store::challenge::remind(tx, cx.tenant, &row.id).await? {
            return Ok(());
        }
        let Some(user) = owner(cx, tx, row).await? else { return Ok(()) };
        let letter = letter(cx, &user, row.code_expires_at, &Opaque::from(then.token.as_str()));
        post::write(cx, tx, &letter, Some(row.code_expires_at)).await
    });
    work.await?;
    cx.app.posted.notify_one();
    Ok(())
}

async fn owner(cx: Cx<'_>, tx: &mut Conn, row: &Challenge) -> Result<Option<User>> {
    Ok(challenge::person(cx, tx, row).await?.filter(User::is_active))
}
