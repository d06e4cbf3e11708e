//! Signing in with user name or e-mail address and password.

use super::account::delete::keep;
use super::enter::{Entered, Visit, enter};
use super::password as choosing;
use super::{Result, familiar, lockout};
use crate::app::Cx;
use crate::base::text;
use crate::crypto::password::Verdict;
use crate::flow::lockout::Consequence;
use crate::model::audit::{Action, Party};
use crate::model::user::User;
use crate::spec::acr::{Method, Proved};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{audit, user};

/// The answer to somebody who wants to sign in. A "no" is the same for unknown and known accounts, in text, status and
/// time.
#[derive(Debug)]
pub enum Attempt {
    Entered(Entered),
    Denied(Denied),
}

/// A person is told no; the page has the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// Wrong, unknown, or nothing typed.
    Wrong(Refusal),
    /// Too many wrong passwords for this name: how many seconds to wait.
    Locked(u64, Refusal),
    /// The password was right, but the account may not sign in.
    Disabled(Refusal),
}

impl Denied {
    pub fn refusal(&self) -> &Refusal {
        match self {
            Self::Wrong(refusal) | Self::Locked(_, refusal) | Self::Disabled(refusal) => refusal,
        }
    }
}

/// Checks the password, and begins a session or the second step. Fails when the address tries too often (429) or the
/// server is too busy to hash (503).
pub async fn password(cx: Cx<'_>, (username, password): (&str, &str), visit: Visit<'_>) -> Result<Attempt> {
    cx.limit_attempts("login")?;
    lockout::admit(cx)?;
    let key = text::key(username);
    // what cannot be an account is not looked for, but costs the same time
    let possible = key.len() <= 254 && !key.contains('\0') && password.len() <= cx.config().password.max_length;
    let (found, here) = find(cx, Some(key.as_str()).filter(|_| possible)).await?;
    let (person, phc) = found.map_or((None, None), |(user, phc)| (Some(user), phc));
    let given = text::clip(password, cx.config().password.max_length);
    let verdict = match check(cx, &key, (person.as_ref(), phc.as_deref(), here.as_deref()), given).await? {
        Ok(verdict) => verdict,
        Err(denied) => return Ok(Attempt::Denied(denied)),
    };
    match person {
        Some(user) if may_come(cx, &user).await? => {
            let verified = phc.unwrap_or_default();
            let phc = match verdict {
                Verdict::Outdated => cx.app.passwords.hash(given).await?,
                _ => verified.clone(),
            };
            sign_in(cx, user, (&verified, phc), visit).await
        }
        Some(user) => fail(cx, Some(&user), disabled(&user)).await,
        None => fail(cx, None, wrong()).await,
    }
}

/// A person with the hash of the password.
type Found = (User, Option<String>);

/// Whom a name belongs to, and what this browser is to that person, if it is known. On a connection that is given back
/// before anything is hashed.
async fn find(cx: Cx<'_>, key: Option<&str>) -> Result<(Option<Found>, Option<String>)> {
    let conn = &mut cx.app.db.conn().await?;
    let found = match key {
        Some(key) => user::find_by_key(conn, cx.tenant, key).await?,
        None => None,
    };
    let here = familiar::here(cx, conn, found.as_ref().map(|(user, _)| user)).await?;
    Ok((found, here))
}

/// The password of today, shown by somebody who is signed in; wrong ones count as they do at the sign-in. Fails as
/// [`password`] does.
pub(super) async fn confirm(cx: Cx<'_>, user: &User, password: &str) -> Result<Option<Denied>> {
    cx.limit_attempts("login")?;
    lockout::admit(cx)?;
    let (held, here) = {
        let conn = &mut cx.app.db.conn().await?;
        (user::password(conn, cx.tenant, &user.id).await?, familiar::here(cx, conn, Some(user)).await?)
    };
    let given = text::clip(password, cx.config().password.max_length);
    let phc = held.as_ref().map(|held| held.phc.as_str());
    Ok(check(cx, &user.username_key, (Some(user), phc, here.as_deref()), given).await?.err())
}

/// Checks a password that was typed for a name, and counts the try.
async fn check(
    cx: Cx<'_>,
    key: &str,
    (person, phc, here): (Option<&User>, Option<&str>, Option<&str>),
    given: &str,
) -> Result<Result<Verdict, Denied>> {
    let tried = match lockout::password(cx, key, (person, here)) {
        Ok(tried) => tried,
        Err(wait) => return deny(cx, None, locked(wait.as_secs()), Consequence::default()).await.map(Err),
    };
    let verdict = match cx.app.passwords.verify(given, phc.filter(|_| tried.counts())).await {
        Ok(verdict) => verdict,
        Err(error) => {
            tried.not_made(cx);
            return Err(error.into());
        }
    };
    if let (Verdict::Unusable(error), Some(user)) = (verdict, person) {
        tracing::warn!(user.id = %user.id, %error, "the stored password cannot be checked; set another one");
    }
    if !verdict.is_right() {
        let why = if person.is_some() && !tried.counts() { too_often() } else { wrong() };
        let consequence = tried.wrong(cx);
        return deny(cx, person, why, consequence).await.map(Err);
    }
    tried.right(cx);
    Ok(Ok(verdict))
}

/// Whether the right password leads on: to a session, or to the way back to an account that is being left.
async fn may_come(cx: Cx<'_>, user: &User) -> Result<bool> {
    match user.is_active() {
        true => Ok(true),
        false => keep::may_come(cx, &mut cx.app.db.conn().await?, user).await,
    }
}

/// Hashing takes a while; whoever changed the password or shut the account meanwhile has the last word.
async fn sign_in(cx: Cx<'_>, user: User, (verified, phc): (&str, String), visit: Visit<'_>) -> Result<Attempt> {
    let row = choosing::row(cx, &user.id, phc);
    let entered = cx.app.db.write(async |tx| match user::confirm_password(tx, &row, (verified, user.state)).await? {
        true => enter(cx, tx, user.clone(), Proved::by(&[Method::Password]), visit).await.map(Some),
        false => Ok::<_, super::Error>(None),
    });
    match entered.await? {
        Some(entered) => Ok(Attempt::Entered(entered)),
        None => fail(cx, Some(&user), wrong()).await,
    }
}

pub(super) async fn fail(cx: Cx<'_>, user: Option<&User>, denied: Denied) -> Result<Attempt> {
    deny(cx, user, denied, Consequence::default()).await.map(Attempt::Denied)
}

async fn deny(cx: Cx<'_>, user: Option<&User>, denied: Denied, consequence: Consequence) -> Result<Denied> {
    cx.app.metrics.sign_ins.with_label_values(&["failed"]).inc();
    let row = cx.audit(Action::SignIn, Party::User, user.map(|user| user.id.as_str())).failed();
    let shut = if consequence.shut { "; the address is shut out for an hour" } else { "" };
    let row = row.detail(format!("{}{shut}", denied.refusal().reason));
    let noted = cx.app.db.write(async |tx| {
        audit::insert(tx, &row).await?;
        consequence.follow(cx, tx).await
    });
    noted.await?;
    cx.app.posted.notify_one();
    Ok(denied)
}

fn wrong() -> Denied {
    let refusal = Code::AccessDenied.because("user name or password is wrong");
    Denied::Wrong(refusal.at(Check::Password, "the password of this account", "another, or no such account"))
}

/// The person has to wait, though not the name that was typed: to whoever tries it, the password is wrong.
fn too_often() -> Denied {
    let refusal = Code::AccessDenied.because("too many wrong passwords for this person");
    let refusal = refusal.at(Check::Limit, "fewer wrong passwords in a row, under whatever name", "more");
    Denied::Wrong(refusal.set_by("limits.account_failures"))
}

fn locked(seconds: u64) -> Denied {
    let refusal = Code::AccessDenied.because("too many wrong passwords for this name");
    let refusal = refusal.at(Check::Limit, "fewer wrong passwords in a row", format!("{seconds} s to wait"));
    Denied::Locked(seconds, refusal.set_by("limits.account_failures"))
}

pub(super) fn disabled(user: &User) -> Denied {
    let refusal = Code::AccessDenied.because("the account may not sign in");
    Denied::Disabled(refusal.at(Check::Account, "active", user.state.text()))
}
