//! Erasing: nothing stays of a person but rows of the audit, which know an id that names nobody any more.

use super::letter;
use crate::app::Cx;
use crate::deliver::Kind as Wording;
use crate::flow::{Error, Result, admin, job, post, profile};
use crate::model::audit::{Action, Party};
use crate::model::deletion::Deletion;
use crate::model::job::{Job, Kind};
use crate::model::user::User;
use crate::model::{JobId, UserId};
use crate::spec::account_state::{By, Step};
use crate::store::{self, Conn, audit, bulk, change, deletion, erase, invitation};

/// Accounts looked at in one round.
const ROUND: i64 = 200;
/// Rows of the audit looked at in one step.
const STEP: i64 = 1000;

/// Erases the accounts whose time has come, one round; how many. One that cannot be erased keeps none of the others.
pub async fn due(cx: Cx<'_>) -> Result<usize> {
    let rows = deletion::due(&mut cx.app.db.conn().await?, cx.tenant, cx.now, ROUND).await?;
    let mut count = 0;
    for row in rows {
        match erase(cx, &row.user_id).await {
            Ok(done) => count += usize::from(done.is_some()),
            Err(error) => tracing::error!(user.id = %row.user_id, %error, "an account was not erased"),
        }
    }
    if count > 0 {
        cx.app.posted.notify_one();
    }
    Ok(count)
}

/// Erases an account at once that was to be erased later.
pub(in crate::flow) async fn now(cx: Cx<'_>, id: &UserId) -> Result<()> {
    cx.app.db.write(async |tx| deletion::hasten(tx, cx.tenant, id, cx.now).await).await?;
    if let Some(forget) = erase(cx, id).await? {
        job::run(cx, &forget).await?;
    }
    Ok(())
}

/// Erases one account, if it still is to be erased now; what is left to be done in the audit goes on as a job. It can
/// break off anywhere, and be begun anew: what was ended two weeks ago goes first, all else in one transaction.
async fn erase(cx: Cx<'_>, id: &UserId) -> Result<Option<JobId>> {
    let is_due = |row: Option<Deletion>| row.is_some_and(|row| row.due_at <= cx.now);
    if !is_due(deletion::find(&mut cx.app.db.conn().await?, cx.tenant, id).await?) {
        return Ok(None);
    }
    while cx.app.db.write(async |tx| erase::batch(tx, cx.tenant, id).await).await? > 0 {
        tokio::task::yield_now().await;
    }
    let erased = cx.app.db.write(async |tx| {
        if !is_due(deletion::take(tx, cx.tenant, id).await?) {
            return Ok(None);
        }
        let Some(user) = store::user::find(tx, cx.tenant, id).await? else { return Ok(None) };
        user.state.after(Step::Erase, By::System)?;
        all(cx, tx, &user).await.map(Some)
    });
    erased.await
}

/// The rest of a person, with a last letter.
async fn all(cx: Cx<'_>, tx: &mut Conn, user: &User) -> Result<JobId, Error> {
    erase::batch(tx, cx.tenant, &user.id).await?;
    // a number that cannot be read any more keeps nobody from being forgotten
    let phone = profile::details(cx, tx, &user.id).await.ok().and_then(|details| details.phone_number);
    for to in std::iter::once(&user.email).chain(&phone) {
        erase::letters(tx, cx.tenant, &post::recipient(cx, to)).await?;
    }
    erase::user(tx, cx.tenant, &user.id).await?;
    change::forget(tx, cx.tenant, user.id.as_str()).await?;
    invitation::forget(tx, cx.tenant, (&user.email_key, &user.id)).await?;
    bulk::forget(tx, cx.tenant, &admin::bulk::label_key(cx, &user.email_key)).await?;
    let event = cx.audit(Action::UserErase, Party::System, None).on(Party::User, user.id.as_str());
    audit::insert(tx, &event).await?;
    let forget = Job::new(cx.tenant, Kind::Forget, &user.id, cx.now);
    store::job::insert(tx, &forget).await?;
    post::write(cx, tx, &letter(user, Wording::DeletionDone, cx.now), None).await?;
    Ok(forget.id)
}

/// Goes through the audit, in steps, and takes out what tells who the person was.
pub(in crate::flow) async fn forget(cx: Cx<'_>, mut row: Job) -> Result<()> {
    let Some(id) = row.user_id.clone() else { return job::end(cx, &row).await };
    loop {
        let to = erase::step(&mut cx.app.db.conn().await?, cx.tenant, &row.position, STEP).await?;
        let Some(to) = to else { return job::end(cx, &row).await };
        let after = std::mem::replace(&mut row.position, to);
        row.done += 1;
        let until = job::until(cx);
        let own = cx.app.db.write(async |tx| {
            erase::forget(tx, cx.tenant, &id, (&after, &row.position)).await?;
            store::job::go_on(tx, &row, until).await
        });
        if !own.await? {
            return Ok(());
        }
        tokio::task::yield_now().await;
    }
}
