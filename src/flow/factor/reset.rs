//! All second factors of a person go: an administrator helps, or a delay is over.

use crate::app::Cx;
use crate::deliver;
use crate::flow::{Result, post, user};
use crate::model::user::User;
use crate::store::{Conn, backup_code, factor};

/// With the backup codes and the trusted browsers; sessions and grants end, and the person is told. Whoever asks for it
/// notes that it was done.
pub(in crate::flow) async fn clear(cx: Cx<'_>, tx: &mut Conn, user: &User) -> Result<()> {
    factor::delete_all(tx, cx.tenant, &user.id).await?;
    backup_code::delete_all(tx, cx.tenant, &user.id).await?;
    user::end_all(cx, tx, &user.id).await?;
    post::notice(cx, tx, user, deliver::Kind::FactorRemoved).await
}
