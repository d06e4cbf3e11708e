//! Accepting an invitation: whoever has the letter's link has the address, and becomes who was meant.

use super::challenge::Asker;
use super::enter::{self, Entered, Visit};
use super::session::Wish;
use super::user::{self, Mistake, New};
use super::{Error, Fault, Result};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::model::audit::{Action, Party};
use crate::model::invitation::{Details, Invitation};
use crate::model::user::User;
use crate::spec::acr::{Method, Proved};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{self, audit, invitation, role};

/// What is typed to accept.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub name: String,
    pub username: String,
    /// None for somebody who wants a passkey in its place.
    pub password: Option<String>,
}

/// What came of it.
#[derive(Debug)]
pub enum Accepted {
    Entered(Entered, Box<Invitation>),
    Wrong(Vec<Mistake>),
    /// Somebody has made an account with the address meanwhile.
    Taken,
}

/// The invitation that a link belongs to. Fails when there is none, or it has ended.
pub async fn shown(cx: Cx<'_>, token: &Opaque) -> Result<(Invitation, Details)> {
    let conn = &mut cx.app.db.conn().await?;
    let row = invitation::find_open(conn, cx.tenant, &token.hash(), cx.now).await?.ok_or_else(over)?;
    let details = row.details()?;
    Ok((row, details))
}

fn over() -> Refusal {
    let refusal =
        Code::AccessDenied.because("this invitation was used, taken back, or has expired; ask for another one");
    refusal.with_status(410).at(Check::Proof, "an open invitation", "none")
}

/// Whether the address has an account already: then there is nothing to accept any more.
pub async fn has_account(cx: Cx<'_>, row: &Invitation) -> Result<bool> {
    let found = store::user::find_by_key(&mut cx.app.db.conn().await?, cx.tenant, &row.email_key).await?;
    Ok(found.is_some())
}

/// Makes the account, once, and signs in.
pub async fn accept(cx: Cx<'_>, token: &Opaque, typed: &Typed, visit: Visit<'_>) -> Result<Accepted> {
    let (row, details) = shown(cx, token).await?;
    if has_account(cx, &row).await? {
        return Ok(Accepted::Taken);
    }
    let new = New {
        email: row.email.clone(),
        username: typed.username.clone(),
        name: Some(typed.name.clone()),
        password: typed.password.clone(),
        verified: true,
        roles: Vec::new(),
    };
    let wrong = user::check(cx, &new).await?;
    if !wrong.is_empty() {
        return Ok(Accepted::Wrong(wrong));
    }
    let (user, password) = user::prepare(cx, &new).await?;
    // a type may have been given up since
    let known = &cx.app.config.profile.types;
    let user = User { kind: details.user_type.clone().filter(|kind| known.contains(kind)), ..user };
    // the letter shows the address; without a password that is all there is
    let proved = Proved::by(&[if password.is_some() { Method::Password } else { Method::OneTime }]);
    let made = cx.app.db.write(async |tx| {
        if !invitation::accept(tx, &row, &user.id, cx.now).await? {
            return Err(Error::Refused(over()));
        }
        // a role that was deleted since keeps nobody out
        let roles: Vec<_> =
            role::named(tx, cx.tenant, &details.roles).await?.into_iter().map(|role| role.name).collect();
        user::insert(cx, tx, &user, password.as_ref(), (&roles, &row.created_by)).await?;
        let event = cx.audit_own(Action::InvitationAccept, &user.id).on(Party::Invitation, row.id.as_str());
        audit::insert(tx, &event).await?;
        let asker = Asker { request: None, ..visit.asker };
        let wish = Wish { old: visit.old, ..Wish::default() };
        enter::arrive(cx, tx, user, proved, asker, wish).await
    });
    match made.await {
        Ok(entered) => Ok(Accepted::Entered(entered, Box::new(row))),
        Err(Error::Fault(Fault::Store(error))) if error.is_taken() => match has_account(cx, &row).await? {
            true => Ok(Accepted::Taken),
            false => Ok(Accepted::Wrong(vec![Mistake::new("username", "user-taken")])),
        },
        Err(error) => Err(error),
    }
}
