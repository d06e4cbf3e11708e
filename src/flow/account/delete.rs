//! The end of an account. It is shut at once, can be kept for some days, and is then erased.

pub mod erase;
pub mod keep;

use super::export;
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::time::Ts;
use crate::deliver::{Kind as Wording, Letter};
use crate::flow::challenge::{self, About, Fresh};
use crate::flow::session::{self, Live};
use crate::flow::{Error, Result, post, user};
use crate::model::UserId;
use crate::model::audit::Action;
use crate::model::challenge::Kind;
use crate::model::deletion::Deletion;
use crate::model::user::User;
use crate::spec::account_state::{By, Step};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::paths;
use crate::store::{Conn, audit, deletion};

/// The person wants the account gone: everything ends at once, and a letter tells how to keep it after all. From when
/// on it is erased. Fails for the last administrator.
pub async fn begin(cx: Cx<'_>, live: &Live) -> Result<Ts> {
    let begun = cx.app.db.write(async |tx| {
        session::hold(cx, tx, live).await?;
        audit::insert(tx, &cx.audit_own(Action::UserDelete, &live.user.id)).await?;
        shut(cx, tx, &live.user, By::Person).await
    });
    let due = begun.await?;
    cx.app.posted.notify_one();
    Ok(due)
}

/// When an account is erased that is to be.
pub async fn due_at(cx: Cx<'_>, id: &UserId) -> Result<Option<Ts>> {
    Ok(deletion::find(&mut cx.app.db.conn().await?, cx.tenant, id).await?.map(|row| row.due_at))
}

/// In the transaction of whoever notes it.
pub(in crate::flow) async fn shut(cx: Cx<'_>, tx: &mut Conn, user: &User, by: By) -> Result<Ts> {
    user::expect_another_admin(cx, tx, user).await?;
    user::take(cx, tx, user, (Step::Delete, by)).await?;
    export::end_all(cx, tx, user).await?;
    let due_at = cx.now.plus(cx.config().account.deletion_delay);
    let row = Deletion {
        tenant_id: cx.tenant.clone(),
        user_id: user.id.clone(),
        before: user.state,
        begun_by: by,
        begun_at: cx.now,
        due_at,
    };
    deletion::insert(tx, &row).await?;
    let letter = match by {
        By::Person => letter(user, Wording::Deletion, due_at).link(link(cx, tx, user).await?),
        By::Manager | By::System => letter(user, Wording::DeletionForced, due_at),
    };
    post::write(cx, tx, &letter, None).await?;
    Ok(due_at)
}

/// What undoes it, for as long as it can be undone.
async fn link(cx: Cx<'_>, tx: &mut Conn, user: &User) -> Result<String> {
    let ttl = cx.config().account.deletion_delay;
    let browser = Opaque::random();
    let about = About { kind: Kind::Undo, browser: &browser, request: None, user: Some(&user.id), ttl };
    let fresh = Fresh::new(cx, &about, &())?;
    let link = challenge::link(cx, paths::LEAVING, &fresh.token);
    fresh.keep_link(tx).await?;
    Ok(link)
}

fn letter(user: &User, wording: Wording, at: Ts) -> Letter {
    let letter = Letter::mail(wording, user.language().unwrap_or_default(), &user.email);
    letter.with("name", user.called()).with("at", &at.readable())
}

/// Puts an account back to what it was before. Fails when it is too late, or not theirs to undo.
pub(in crate::flow) async fn restore(cx: Cx<'_>, tx: &mut Conn, user: &User, by: By) -> Result<User, Error> {
    user.state.after(Step::Restore, by)?;
    let row = deletion::take(tx, cx.tenant, &user.id).await?;
    let row = row.filter(|row| by == By::Manager || row.is_own_to_undo(cx.now)).ok_or_else(late)?;
    user::enter(cx, tx, user, row.before).await?;
    // what was under way when the account was shut does not come back to life with it
    user::end_all(cx, tx, &user.id).await?;
    let letter = letter(user, Wording::DeletionUndone, cx.now).link(cx.address(paths::LOGIN));
    post::write(cx, tx, &letter, None).await?;
    Ok(User { state: row.before, ..user.clone() })
}

fn late() -> Refusal {
    let refusal = Code::AccessDenied.because("it is too late to keep this account, or not yours to decide");
    refusal.at(Check::Account, "a deletion of one's own that is not due yet", "none")
}

/// The deletion of an account that its person may still keep.
pub(in crate::flow) async fn own(cx: Cx<'_>, conn: &mut Conn, id: &UserId) -> Result<Option<Deletion>> {
    let row = deletion::find(conn, cx.tenant, id).await?;
    Ok(row.filter(|row| row.is_own_to_undo(cx.now)))
}
