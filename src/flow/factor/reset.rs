//! Somebody has lost everything that could be proved, and asks for help.

use crate::app::Cx;
use crate::deliver;
use crate::flow::{Error, Result, post, user};
use crate::model::audit::{Action, Party};
use crate::model::user::User;
use crate::store::{audit, backup_code, factor};

/// Takes all second factors of a person away, with the backup codes and the trusted browsers; sessions and grants end,
/// and the person is told.
pub async fn all(cx: Cx<'_>, name: &str) -> Result<User> {
    let (user, _) = user::show(cx, name).await?;
    let event = cx.audit(Action::FactorRemove, Party::Operator, None).on(Party::User, user.id.as_str());
    cx.app
        .db
        .write(async |tx| {
            factor::delete_all(tx, cx.tenant, &user.id).await?;
            backup_code::delete_all(tx, cx.tenant, &user.id).await?;
            user::end_all(cx, tx, &user.id).await?;
            audit::insert(tx, &event.detail("all")).await?;
            post::notice(cx, tx, &user, deliver::Kind::FactorRemoved).await?;
            Ok::<_, Error>(())
        })
        .await?;
    Ok(user)
}
