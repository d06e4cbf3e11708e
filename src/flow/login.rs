//! Signing in with user name or e-mail address and password.

use super::Result;
use super::account::delete::keep;
use super::enter::{Entered, Visit, enter};
use super::password as choosing;
use crate::app::Cx;
use crate::base::text;
use crate::crypto::password::Verdict;
use crate::model::audit::{Action, Party};
use crate::model::user::User;
use crate::shared::failures;
use crate::shared::limit::Rate;
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
    let limits = &cx.app.config.limits;
    cx.limit_address("login", "", Rate::per_minute(limits.login_burst, limits.login_per_minute))?;
    let key = text::key(username);
    if let Some(wait) = cx.app.failures.wait(&name(&key), cx.now) {
        return fail(cx, None, locked(wait.as_secs())).await;
    }
    // what cannot be an account is not looked for, but costs the same time
    let possible = key.len() <= 254 && !key.contains('\0') && password.len() <= cx.app.config.password.max_length;
    let found = match possible {
        true => user::find_by_key(&mut cx.app.db.conn().await?, cx.tenant, &key).await?,
        false => None,
    };
    let (person, phc) = found.map_or((None, None), |(user, phc)| (Some(user), phc));
    let given = text::clip(password, cx.app.config.password.max_length);
    let verdict = cx.app.passwords.verify(given, phc.as_deref()).await?;
    if let (Verdict::Unusable(error), Some(user)) = (verdict, &person) {
        tracing::warn!(user.id = %user.id, %error, "the stored password cannot be checked; set another one");
    }
    match person {
        Some(user) if verdict.is_right() && may_come(cx, &user).await? => {
            cx.app.failures.forget(&name(&key));
            let verified = phc.unwrap_or_default();
            let phc = match verdict {
                Verdict::Outdated => cx.app.passwords.hash(given).await?,
                _ => verified.clone(),
            };
            sign_in(cx, user, (&verified, phc), visit).await
        }
        Some(user) if verdict.is_right() => fail(cx, Some(&user), disabled(&user)).await,
        person => {
            cx.app.failures.count(&name(&key), failures::password(limits.account_failures), cx.now);
            fail(cx, person.as_ref(), wrong()).await
        }
    }
}

/// Whether the right password leads on: to a session, or to the way back to an account that is being left.
async fn may_come(cx: Cx<'_>, user: &User) -> Result<bool> {
    keep::may_come(cx, &mut cx.app.db.conn().await?, user).await
}

/// Failures are counted for the name that was typed, whoever it belongs to.
fn name(key: &str) -> String {
    crate::base::random::sha256(key)
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
    cx.app.metrics.sign_ins.with_label_values(&["failed"]).inc();
    let row = cx.audit(Action::SignIn, Party::User, user.map(|user| user.id.as_str())).failed();
    let row = row.detail(denied.refusal().reason.clone());
    cx.app.db.write(async |tx| audit::insert(tx, &row).await).await?;
    Ok(Attempt::Denied(denied))
}

fn wrong() -> Denied {
    let refusal = Code::AccessDenied.because("user name or password is wrong");
    Denied::Wrong(refusal.at(Check::Password, "the password of this account", "another, or no such account"))
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
