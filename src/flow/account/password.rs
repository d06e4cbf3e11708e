//! Another password, chosen by somebody who has just signed in.

use crate::app::Cx;
use crate::deliver::Kind;
use crate::flow::login::{self, Denied};
use crate::flow::session::{self, Live};
use crate::flow::user::{self, Mistake};
use crate::flow::{Error, Result, lockout, password, post};
use crate::model::audit::Action;
use crate::spec::check::Check;
use crate::spec::error::Code;
use crate::store::{self, audit, challenge, grant, trusted_device};

/// What came of it.
#[derive(Debug)]
pub enum Changed {
    Done,
    /// The new one cannot be one.
    Wrong(Mistake),
    /// The password of today was not right.
    Denied(Denied),
}

/// The same as [`change`] for whoever has to show the password of today as well; somebody who has none shows none.
/// Wrong ones count as they do at the sign-in.
pub async fn change_with(cx: Cx<'_>, live: &Live, (old, new): (Option<&str>, &str)) -> Result<Changed> {
    let denied = match old {
        Some(old) => login::confirm(cx, &live.user, old).await?,
        None if user::password(cx, &live.user).await?.is_none() => None,
        None => {
            let refusal = Code::InvalidRequest.because("old_password: the password of today is missing");
            return Err(refusal.with_status(422).at(Check::Value, "old_password", "nothing").into());
        }
    };
    if let Some(denied) = denied {
        return Ok(Changed::Denied(denied));
    }
    Ok(change(cx, live, new).await?.map_or(Changed::Done, Changed::Wrong))
}

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
