//! Another password, chosen by somebody who has just signed in.

use std::time::Duration;

use crate::app::Cx;
use crate::base::random::sha256;
use crate::deliver::Kind;
use crate::flow::session::{self, Live};
use crate::flow::user::{Mistake, check_password};
use crate::flow::{Error, Result, post};
use crate::model::audit::{Action, Party};
use crate::model::user::Password;
use crate::shared::limit::Rate;
use crate::store::{self, audit, challenge, grant, trusted_device, user};

/// Passwords that one person may choose: each costs a hash.
const CHANGES: Rate = Rate { burst: 5, interval: Duration::from_mins(3) };

/// Sets the password. Every other session, every half-done sign-in, every trusted browser and every app's access ends,
/// and a letter tells the owner. Says what is wrong with the new one, if anything is. Fails when it is changed too often
/// (429).
pub async fn change(cx: Cx<'_>, live: &Live, new: &str) -> Result<Option<Mistake>> {
    let person = &live.user;
    let own = [Some(&person.email), Some(&person.username), person.name.as_ref()];
    let alike: Vec<&str> = own.into_iter().flatten().map(String::as_str).collect();
    if let Err(text) = check_password(cx, new, &alike) {
        return Ok(Some(Mistake { field: "new-password", text }));
    }
    cx.limit("password", person.id.as_str(), CHANGES)?;
    let phc = cx.app.passwords.hash(new).await?;
    let row = Password { tenant_id: cx.tenant.clone(), user_id: person.id.clone(), phc, changed_at: cx.now };
    let event = cx.audit(Action::PasswordSet, Party::User, Some(person.id.as_str()));
    let event = event.on(Party::User, person.id.as_str());
    cx.app
        .db
        .write(async |tx| {
            session::hold(cx, tx, live).await?;
            user::set_password(tx, &row).await?;
            store::session::end_others(tx, cx.tenant, &live.session, cx.now).await?;
            challenge::end_all(tx, cx.tenant, &person.id, cx.now).await?;
            trusted_device::delete_all(tx, cx.tenant, &person.id).await?;
            grant::revoke_all(tx, cx.tenant, &person.id, cx.now).await?;
            audit::insert(tx, &event).await?;
            post::notice(cx, tx, person, Kind::PasswordChanged).await?;
            Ok::<_, Error>(())
        })
        .await?;
    cx.app.failures.forget(&sha256(&person.email_key));
    cx.app.failures.forget(&sha256(&person.username_key));
    cx.app.posted.notify_one();
    Ok(None)
}
