//! Choosing a password: what it has to be like, whoever chooses it, and what is kept of it.

use std::time::Duration;

use super::Result;
use super::user::Mistake;
use crate::app::Cx;
use crate::locale::Text;
use crate::model::UserId;
use crate::model::user::{Password, User};
use crate::shared::limit::Rate;
use crate::spec::password_policy::{self, Policy};
use crate::store::{self, Conn};

/// New passwords tried by one person: each is compared with the last ones, which takes a hash for every one of them.
const CHOICES: Rate = Rate { burst: 10, interval: Duration::from_mins(1) };

/// What is wrong with a password for somebody of these names and addresses, if anything is. Fails when an address has
/// too many of them looked for in the list of breached ones (429).
pub(super) async fn check(cx: Cx<'_>, password: &str, alike: &[&str]) -> Result<Option<Text>> {
    match rules(cx, password, alike) {
        None => breach(cx, password).await,
        broken => Ok(broken),
    }
}

fn rules(cx: Cx<'_>, password: &str, alike: &[&str]) -> Option<Text> {
    let config = cx.config();
    let settings = &config.password;
    let (min_length, max_length, classes) = (settings.min_length, settings.max_length, settings.classes);
    password_policy::check(Policy { min_length, max_length, classes }, password, alike).err()
}

async fn breach(cx: Cx<'_>, password: &str) -> Result<Option<Text>> {
    let Some(list) = &cx.app.breached else { return Ok(None) };
    // it takes a place in the queue of those who sign in
    cx.limit_attempts("breached")?;
    let found = cx.app.passwords.is_breached(password, list).await?;
    Ok(found.then(|| Text::new("password-breached")))
}

/// A password that a person chooses, hashed; or what is wrong with it. Fails when that is tried too often (429).
pub(super) async fn choose(cx: Cx<'_>, user: &User, new: &str) -> Result<Result<Password, Mistake>> {
    choose_unlike(cx, user, new, cx.config().password.history).await
}

/// The same for somebody who has to choose another one than that of today.
pub(super) async fn choose_another(cx: Cx<'_>, user: &User, new: &str) -> Result<Result<Password, Mistake>> {
    choose_unlike(cx, user, new, cx.config().password.history.max(1)).await
}

async fn choose_unlike(cx: Cx<'_>, user: &User, new: &str, last: usize) -> Result<Result<Password, Mistake>> {
    let own = [Some(&user.email), Some(&user.username), user.name.as_ref()];
    let alike: Vec<&str> = own.into_iter().flatten().map(String::as_str).collect();
    let mut wrong = rules(cx, new, &alike);
    if wrong.is_none() {
        cx.limit("new-password", user.id.as_str(), CHOICES)?;
        wrong = breach(cx, new).await?;
    }
    if wrong.is_none() && is_one_of_the_last(cx, user, new, last).await? {
        wrong = Some(Text::new("password-used"));
    }
    match wrong {
        Some(text) => Ok(Err(Mistake { field: "new-password".into(), text })),
        None => Ok(Ok(row(cx, &user.id, cx.app.passwords.hash(new).await?))),
    }
}

/// One hash after the other, so that sign-ins of others come in between.
async fn is_one_of_the_last(cx: Cx<'_>, user: &User, new: &str, last: usize) -> Result<bool> {
    let count = i64::try_from(last).unwrap_or(i64::MAX);
    let hashes = store::user::last_passwords(&mut cx.app.db.conn().await?, cx.tenant, &user.id, count).await?;
    for hash in hashes {
        if cx.app.passwords.verify(new, Some(&hash)).await?.is_right() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A password as it is stored from now on.
pub(super) fn row(cx: Cx<'_>, user: &UserId, phc: String) -> Password {
    let (tenant_id, user_id) = (cx.tenant.clone(), user.clone());
    Password { tenant_id, user_id, phc, changed_at: cx.now, must_change: false }
}

/// Stores a password, and keeps as many former ones as may not be chosen again.
pub(super) async fn keep(cx: Cx<'_>, tx: &mut Conn, row: &Password) -> Result<()> {
    // the one of today is the first of the last
    let former = i64::try_from(cx.config().password.history.saturating_sub(1)).unwrap_or(i64::MAX);
    Ok(store::user::set_password(tx, row, former).await?)
}
