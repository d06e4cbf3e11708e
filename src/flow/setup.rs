//! The first administrator, made under the link that the first start prints. The link holds a value that only this
//! installation's master key gives, so no node needs to remember it, and it is used up by the first success.

use super::enter::{Arrived, sign_in};
use super::session::Wish;
use super::user::{self, Mistake, New};
use super::{Error, Result};
use crate::app::Cx;
use crate::base::random::{Opaque, same};
use crate::model::audit::Action;
use crate::model::user::ADMIN;
use crate::spec::acr::{Method, Proved};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::paths;
use crate::store::{audit, tenant};

/// The link, as long as there is no administrator.
pub async fn link(cx: Cx<'_>) -> Result<Option<String>> {
    let done = tenant::is_set_up(&mut cx.app.db.conn().await?, cx.tenant).await?;
    Ok((!done).then(|| format!("{}?token={}", cx.address(paths::SETUP), token(cx))))
}

fn token(cx: Cx<'_>) -> String {
    cx.app.master_key.token(&format!("setup {}", cx.tenant))
}

/// Whether this link may be used; fails with why not.
pub async fn check(cx: Cx<'_>, given: &str) -> Result<()> {
    if !same(given, &token(cx)) {
        let refusal = Code::AccessDenied.because("this link is not the one that the server printed").with_status(403);
        return Err(refusal.at(Check::Setup, "the link of the first start", "another").into());
    }
    if tenant::is_set_up(&mut cx.app.db.conn().await?, cx.tenant).await? {
        return Err(used().into());
    }
    Ok(())
}

fn used() -> Refusal {
    let refusal = Code::AccessDenied.because("this link has been used: an administrator exists").with_status(403);
    refusal.at(Check::Setup, "no administrator yet", "one")
}

/// What came of it.
#[derive(Debug)]
pub enum Made {
    /// The new administrator is signed in.
    SignedIn(Box<Arrived>),
    Wrong(Vec<Mistake>),
}

/// Makes the first administrator, once.
pub async fn create(cx: Cx<'_>, given: &str, mut new: New, old: Option<&Opaque>) -> Result<Made> {
    check(cx, given).await?;
    new.roles = vec![ADMIN.to_owned()];
    let wrong = user::check(cx, &new).await?;
    if !wrong.is_empty() {
        return Ok(Made::Wrong(wrong));
    }
    let (user, password) = user::prepare(cx, &new).await?;
    let written = cx.app.db.write(async |tx| {
        if !tenant::set_up(tx, cx.tenant, cx.now).await? {
            return Err(Error::Refused(used()));
        }
        user::insert(cx, tx, &user, password.as_ref(), (&new.roles, "set-up")).await?;
        let wish = Wish { old, ..Wish::default() };
        let arrived = sign_in(cx, tx, user.clone(), &Proved::by(&[Method::Password]), None, wish).await?;
        audit::insert(tx, &cx.audit_own(Action::SetUp, &user.id)).await?;
        Ok(arrived)
    });
    match written.await.map_err(user::taken) {
        Ok(arrived) => Ok(Made::SignedIn(Box::new(arrived))),
        Err(Error::Refused(refusal)) if refusal.code == Code::InvalidRequest => {
            Ok(Made::Wrong(vec![Mistake::new("email", "user-taken")]))
        }
        Err(error) => Err(error),
    }
}
