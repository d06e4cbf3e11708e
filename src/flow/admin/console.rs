//! The console: a session is good for it only so long, and changes take a fresh sign-in.

use std::time::Duration;

use super::{Actor, caller};
use crate::app::Cx;
use crate::flow::Result;
use crate::flow::session::Live;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::right::Rights;
use crate::store::session;

/// How exact "used last" is.
const TOUCH: Duration = Duration::from_mins(1);

/// Somebody at the console.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// With what may be done just now.
    pub by: Actor,
    /// What may be done right after a sign-in.
    pub rights: Rights,
}

impl Visitor {
    /// Whoever is at the console, as right after a sign-in. Decides what is shown, never what is done.
    pub fn all(&self) -> Actor {
        Actor { rights: self.rights, ..self.by.clone() }
    }

    /// Fails with 403 for somebody who has nothing to do here.
    pub fn expect_any(&self) -> Result<(), Refusal> {
        if !self.rights.beyond(Rights::own()).is_empty() {
            return Ok(());
        }
        let refusal = Code::InsufficientScope.because("this is for those who look after the server");
        Err(refusal.at(Check::Right, "a right about others", self.rights.to_string()).set_by("role.permissions"))
    }
}

/// Comes to the console. None when the sign-in is too old, or nobody has used the console for too long.
pub async fn enter(cx: Cx<'_>, live: &Live) -> Result<Option<Visitor>> {
    if !is_open(cx, live) {
        return Ok(None);
    }
    let by = Actor::person(cx, &live.user.id).await?;
    let rights = by.rights;
    let visitor = Visitor { by: caller::just_now(cx, live, by), rights };
    if visitor.expect_any().is_ok() {
        note_use(cx, live).await;
    }
    Ok(Some(visitor))
}

/// Whether the sign-in is new enough, and the console was used lately.
pub(super) fn is_open(cx: Cx<'_>, live: &Live) -> bool {
    let (config, session) = (cx.config(), &live.session);
    let settings = &config.session;
    let used = session.admin_seen_at.unwrap_or_default().max(session.auth_time);
    let is_used =
        cx.now.since(used) <= settings.admin_idle && cx.now.since(session.auth_time) <= settings.admin_absolute;
    // whoever has just signed in is not sent to do it again
    is_used || live.is_fresh(cx)
}

/// Side work: a database that takes no writes just now keeps nobody from reading.
pub(super) async fn note_use(cx: Cx<'_>, live: &Live) {
    let row = &live.session;
    let used = row.admin_seen_at.unwrap_or_default().max(row.auth_time);
    if cx.now.since(used) < TOUCH.min(cx.config().session.admin_idle / 4) {
        return;
    }
    let noted = cx.app.db.write(async |tx| session::touch_admin(tx, cx.tenant, &row.hash, cx.now).await).await;
    if let Err(error) = noted {
        tracing::warn!(%error, "the use of the console was not noted");
    }
}
