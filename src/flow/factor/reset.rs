//! All second factors of a person go: an administrator helps, or a delay is over.

use crate::app::Cx;
use crate::deliver;
use crate::flow::{Result, post, user};
use crate::model::audit::{Action, Audit, Party};
use crate::model::user::User;
use crate::store::{Conn, audit, backup_code, factor};

/// For somebody who has lost everything that could be proved, and asks for help.
pub async fn all(cx: Cx<'_>, name: &str) -> Result<User> {
    let (user, _) = user::show(cx, name).await?;
    let event = cx.audit(Action::FactorRemove, Party::Operator, None).on(Party::User, user.id.as_str());
    let work = cx.app.db.write(async |tx| clear(cx, tx, &user, event.detail("all")).await);
    work.await?;
    Ok(user)
}

/// With the backup codes and the trusted browsers; sessions and grants end, and the person is told.
pub(super) async fn clear(cx: Cx<'_>, tx: &mut Conn, user: &User, event: Audit) -> Result<()> {
    factor::delete_all(tx, cx.tenant, &user.id).await?;
    backup_code::delete_all(tx, cx.tenant, &user.id).await?;
    user::end_all(cx, tx, &user.id).await?;
    audit::insert(tx, &event).await?;
    post::notice(cx, tx, user, deliver::Kind::FactorRemoved).await
}
