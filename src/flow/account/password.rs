//! Another password, chosen by somebody who has just signed in.

use crate::app::Cx;
use crate::deliver::Kind;
use crate::flow::session::{self, Live};
use crate::flow::user::{self, Mistake};
use crate::flow::{Error, Result, lockout, password, post};
use crate::model::audit::Action;
use crate::store::{self, audit, challenge, grant, trusted_device};

/// Sets the password. Every other session, every half-done sign-in, every trusted browser and every app's access ends,
/// and a letter tells the owner. Says what is wrong with the new one, if anything is. Fails when it is changed too often
/// (429).
pub async fn change(cx: Cx<'_>, live: &Live, new: &str) -> Result<Option<Mistake>> {
    let person = &live.user;
    let held = user::password(cx, person).await?;
    let chosen = match held.is_some_and(|held| held.must_change) {
        true => password::choose_another(cx, person, new).await?,
        false => password::choose(cx, person, new).await?,
    };
    let chosen = match chosen {
        Ok(chosen) => chosen,
        Err(wrong) => return Ok(Some(wrong)),
    };
    let event = cx.audit_own(Action::PasswordSet, &person.id);
    cx.app
        .db
        .write(async |tx| {
            // first, so that what is just about to become a session is waited for
            challenge::end_all(tx, cx.tenant, &person.id, cx.now).await?;
            session::hold(cx, tx, live).await?;
            password::keep(cx, tx, &chosen).await?;
            store::session::end_others(tx, cx.tenant, &live.session, cx.now).await?;
            trusted_device::delete_all(tx, cx.tenant, &person.id).await?;
            grant::revoke_all(tx, cx.tenant, &person.id, cx.now).await?;
            audit::insert(tx, &event).await?;
            post::notice(cx, tx, person, Kind::PasswordChanged).await?;
            Ok::<_, Error>(())
        })
        .await?;
    lockout::forget(cx, person);
    cx.app.posted.notify_one();
    Ok(None)
}
