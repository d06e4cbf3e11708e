//! Where a person is signed in, and signing out there.

use crate::app::Cx;
use crate::flow::Result;
use crate::flow::session::{Live, MOST, seen};
use crate::model::audit::{Action, Party};
use crate::model::auth::Session;
use crate::model::{SessionId, UserId};
use crate::store::{audit, challenge, session};

/// Those seen last first.
pub async fn list(cx: Cx<'_>, user: &UserId) -> Result<Vec<Session>> {
    let at = (cx.now, seen(cx));
    Ok(session::list_live(&mut cx.app.db.conn().await?, cx.tenant, user, at, MOST).await?)
}

/// Signs out at one device. Nothing happens when it was signed out already, or is somebody else's.
pub async fn end(cx: Cx<'_>, user: &UserId, id: &SessionId) -> Result<()> {
    let row = cx.audit(Action::SessionEnd, Party::User, Some(user.as_str()));
    let row = row.on(Party::Session, id.as_str());
    cx.app
        .db
        .write(async |tx| {
            if session::end_one(tx, cx.tenant, user, id, cx.now).await? {
                audit::insert(tx, &row).await?;
            }
            Ok(())
        })
        .await
}

/// Signs out everywhere but here.
pub async fn end_others(cx: Cx<'_>, live: &Live) -> Result<()> {
    let row = cx.audit(Action::SessionEnd, Party::User, Some(live.user.id.as_str()));
    cx.app
        .db
        .write(async |tx| {
            // also what is on its way to be a session; first, so that what is nearly one is waited for
            challenge::end_all(tx, cx.tenant, &live.user.id, cx.now).await?;
            let count = session::end_others(tx, cx.tenant, &live.session, cx.now).await?;
            if count > 0 {
                audit::insert(tx, &row.detail(format!("{count} others"))).await?;
            }
            Ok(())
        })
        .await
}
