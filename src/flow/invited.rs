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
use crate::store::{audit, invitation};

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

/// Makes the account, once, and signs in.
pub async fn accept(cx: Cx<'_>, token: &Opaque, typed: &Typed, visit: Visit<'_>) -> Result<Accepted> {
    let (row, details) = shown(cx, token).await?;
    let new = New {
        email: row.email.clone(),
        username: typed.username.clone(),
        name: Some(typed.name.clone()),
        password: typed.password.clone(),
        verified: true,
        roles: details.roles.clone(),
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
        user::insert(cx, tx, &user, password.as_ref(), (&new.roles, &row.created_by)).await?;
        let event = cx.audit_own(Action::InvitationAccept, &user.id).on(Party::Invitation, row.id.as_str());
        audit::insert(tx, &event).await?;
        let asker = Asker { request: None, ..visit.asker };
        let wish = Wish { old: visit.old, ..Wish::default() };
        enter::arrive(cx, tx, user, proved, asker, wish).await
    });
    match made.await {
        Ok(entered) => Ok(Accepted::Entered(entered, Box::new(row))),
        Err(Error::Fault(Fault::Store(error))) if error.is_taken() => {
            Ok(Accepted::Wrong(vec![Mistake::new("username", "user-taken")]))
        }
        Err(error) => Err(error),
    }
}
