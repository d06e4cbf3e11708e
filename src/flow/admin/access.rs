//! How a person gets in, and where the person is: password, factors, sessions, apps, roles.

use serde_json::Value;

use super::{Act, Actor, Done, How, act, wrong};
use crate::app::Cx;
use crate::crypto::password::check_hash;
use crate::flow::account::activity::{self, Page, Topic};
use crate::flow::account::{apps, sessions};
use crate::flow::factor::{self, Held, reset};
use crate::flow::{Result, lockout, missing, password, user};
use crate::locale::Locale;
use crate::model::audit::{Action, Party};
use crate::model::auth::Session;
use crate::model::change::Changed;
use crate::model::user::{Password, User, UserRole};
use crate::model::{ClientId, FactorId, SessionId, UserId};
use crate::spec::right::Right;
use crate::store::{self, challenge, consent, grant, session};

/// The person, for whoever may see people.
async fn known(cx: Cx<'_>, by: &Actor, id: &UserId) -> Result<User> {
    by.require(Right::UsersRead)?;
    let found = store::user::find(&mut cx.app.db.conn().await?, cx.tenant, id).await?;
    found.ok_or_else(|| missing("user", id.as_str()))
}

/// Which roles the person has, since when and by whom.
pub async fn roles(cx: Cx<'_>, by: &Actor, id: &UserId) -> Result<Vec<UserRole>> {
    known(cx, by, id).await?;
    Ok(store::user::roles_held(&mut cx.app.db.conn().await?, cx.tenant, id).await?)
}

/// Where the person is signed in.
pub async fn list_sessions(cx: Cx<'_>, by: &Actor, id: &UserId) -> Result<Vec<Session>> {
    let user = known(cx, by, id).await?;
    sessions::list(cx, &user.id).await
}

/// Which apps have access to the account.
pub async fn list_apps(cx: Cx<'_>, by: &Actor, id: &UserId) -> Result<Vec<apps::Access>> {
    let user = known(cx, by, id).await?;
    apps::list(cx, &user.id).await
}

/// What happened in the account.
pub async fn activity(cx: Cx<'_>, by: &Actor, id: &UserId, (topic, before): (Topic, Option<&str>)) -> Result<Page> {
    let user = known(cx, by, id).await?;
    activity::page(cx, &user.id, topic, before).await
}

/// What the person can prove, and how it is about the password.
pub async fn factors(cx: Cx<'_>, by: &Actor, id: &UserId) -> Result<(Held, Option<Password>)> {
    let user = known(cx, by, id).await?;
    let conn = &mut cx.app.db.conn().await?;
    Ok((Held::by(cx, conn, &user.id).await?, store::user::password(conn, cx.tenant, &user.id).await?))
}

/// Ends one session of the person. Fails when there is none of this name.
pub async fn end_session(cx: Cx<'_>, by: &Actor, how: How, (id, name): (&UserId, &SessionId)) -> Result<Done<()>> {
    by.require(Right::UsersWrite)?;
    act(cx, by, (Action::SessionEnd, how), async |act| {
        let user = act.person(id).await?;
        if !session::end_one(act.tx, cx.tenant, &user.id, name, cx.now).await? {
            return Err(missing("session", name.as_str()));
        }
        note_final(act, Action::SessionEnd, &user, ("session", name.as_str()));
        Ok(())
    })
    .await
}

/// Signs the person out everywhere; apps keep what they were allowed.
pub async fn end_sessions(cx: Cx<'_>, by: &Actor, how: How, id: &UserId) -> Result<Done<()>> {
    by.require(Right::UsersWrite)?;
    act(cx, by, (Action::SessionEnd, how), async |act| {
        let user = act.person(id).await?;
        session::end_all(act.tx, cx.tenant, &user.id, cx.now).await?;
        challenge::end_all(act.tx, cx.tenant, &user.id, cx.now).await?;
        note_final(act, Action::SessionEnd, &user, ("sessions", "all"));
        Ok(())
    })
    .await
}

/// Takes an app's access to the account away. Fails when it had none.
pub async fn withdraw(cx: Cx<'_>, by: &Actor, how: How, (id, client): (&UserId, &ClientId)) -> Result<Done<()>> {
    by.require(Right::UsersWrite)?;
    act(cx, by, (Action::ConsentWithdraw, how), async |act| {
        let user = act.person(id).await?;
        let had = consent::delete(act.tx, cx.tenant, &user.id, client).await?;
        let grants = grant::revoke_of_client(act.tx, cx.tenant, &user.id, client, cx.now).await?;
        if !had && grants == 0 {
            return Err(missing("app with access", client.as_str()));
        }
        note_final(act, Action::ConsentWithdraw, &user, ("client", client.as_str()));
        Ok(())
    })
    .await
}

fn note_final(act: &mut Act<'_>, action: Action, user: &User, what: (&str, &str)) {
    act.note_final(action, (Party::User, user.id.as_str()), what);
}

/// A password that somebody is given.
#[derive(Debug, Clone, Copy)]
pub enum Given<'a> {
    Plain(&'a str),
    /// As another system has hashed it.
    Hash(&'a str),
}

/// Whether the person has to choose another at the next sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Keep,
    Change,
}

/// Sets a password. Sessions and grants end with it. Former passwords are no matter here: whoever sets it for somebody
/// else should not learn what they were.
pub async fn set_password(
    cx: Cx<'_>,
    by: &Actor,
    how: How,
    (id, given, then): (&UserId, Given<'_>, Then),
) -> Result<Done<User>> {
    by.require(Right::UsersWrite)?;
    // what is slow is done before anything is held
    let phc = hashed(cx, &known(cx, by, id).await?, given).await?;
    let done = act(cx, by, (Action::PasswordSet, how), async |act| {
        let user = act.person(id).await?;
        let row = Password { must_change: then == Then::Change, ..password::row(cx, &user.id, phc) };
        password::keep(cx, act.tx, &row).await?;
        user::end_all(cx, act.tx, &user.id).await?;
        let what = if row.must_change { "set, to be changed" } else { "set" };
        note_final(act, Action::PasswordSet, &user, ("password", what));
        Ok(user)
    });
    let done = done.await?;
    if how == How::Apply {
        lockout::forget(cx, &done.value);
    }
    Ok(done)
}

async fn hashed(cx: Cx<'_>, user: &User, given: Given<'_>) -> Result<String> {
    match given {
        Given::Plain(plain) => {
            let alike = [user.email.as_str(), &user.username, user.name.as_deref().unwrap_or_default()];
            if let Some(text) = password::check(cx, plain, &alike).await? {
                return Err(wrong("password", text.to(Locale::En)).into());
            }
            Ok(cx.app.passwords.hash(plain).await?)
        }
        Given::Hash(hash) => {
            check_hash(hash, &cx.config().password).map_err(|error| wrong("hash", error.to_string()))?;
            Ok(hash.to_owned())
        }
    }
}

/// Has a person choose another password at the next sign-in that uses the one of today. Ends nothing by itself. Fails
/// for somebody without a password.
pub async fn require_password_change(cx: Cx<'_>, by: &Actor, how: How, id: &UserId) -> Result<Done<User>> {
    by.require(Right::UsersWrite)?;
    act(cx, by, (Action::PasswordRequire, how), async |act| {
        let user = act.person(id).await?;
        set_required(act, &user, true).await?;
        Ok(user)
    })
    .await
}

pub(super) async fn set_required(act: &mut Act<'_>, user: &User, required: bool) -> Result<()> {
    let cx = act.cx;
    if store::user::password(act.tx, cx.tenant, &user.id).await?.is_none() {
        return Err(missing("password of", &user.username));
    }
    if store::user::require_change(act.tx, cx.tenant, &user.id, required).await? {
        let changed = Changed::member("must_change", !required, required);
        act.note(Action::PasswordRequire, (Party::User, user.id.as_str()), changed);
    }
    Ok(())
}

/// Whether a change was about having to choose a password; to what it is to go back.
pub(super) fn required_before(before: &serde_json::Map<String, Value>) -> Option<bool> {
    before.get("must_change").and_then(Value::as_bool)
}

/// Takes one second factor away, and tells the person; with the last one go the backup codes and the trusted browsers.
/// Fails when the person has none of this name.
pub async fn reset_factor(cx: Cx<'_>, by: &Actor, how: How, (id, name): (&UserId, &FactorId)) -> Result<Done<User>> {
    by.require(Right::UsersWrite)?;
    act(cx, by, (Action::FactorRemove, how), async |act| {
        let user = act.person(id).await?;
        let held = Held::by(cx, act.tx, &user.id).await?;
        let found = held.factors.iter().find(|factor| factor.id == *name);
        let kind = found.ok_or_else(|| missing("second factor", name.as_str()))?.kind;
        factor::drop_one(cx, act.tx, &user, name).await?;
        note_final(act, Action::FactorRemove, &user, ("factor", kind.text()));
        Ok(user)
    })
    .await
}

/// Takes all second factors away, with the backup codes and the trusted browsers: for somebody who has lost everything
/// that could be proved, and asks for help. Sessions and grants end, and the person is told.
pub async fn reset_factors(cx: Cx<'_>, by: &Actor, how: How, id: &UserId) -> Result<Done<User>> {
    by.require(Right::UsersWrite)?;
    act(cx, by, (Action::FactorRemove, how), async |act| {
        let user = act.person(id).await?;
        reset::clear(cx, act.tx, &user).await?;
        note_final(act, Action::FactorRemove, &user, ("factors", "all"));
        Ok(user)
    })
    .await
}
