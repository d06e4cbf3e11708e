//! Inviting people: a letter with a link under which an account is made as it was meant.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::{Act, Actor, Done, How, act, person, wrong};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::text;
use crate::deliver::{Kind, Letter};
use crate::flow::{Result, missing, post, user};
use crate::locale::Locale;
use crate::model::audit::{Action, Party};
use crate::model::change::Changed;
use crate::model::invitation::{Details, Invitation, State};
use crate::model::{ClientId, InvitationId};
use crate::shared::limit::Rate;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::paths;
use crate::spec::right::Right;
use crate::store::{self, invitation, role};

pub use crate::store::invitation::Wanted;

/// Letters of one invitation.
const LETTERS: Rate = Rate { burst: 3, interval: Duration::from_mins(10) };
/// How long an invitation may be good for.
const LONGEST: Duration = Duration::from_hours(90 * 24);

/// An invitation to be.
#[derive(Debug, Clone)]
pub struct New {
    pub email: String,
    pub details: Details,
    /// The app in which the person arrives.
    pub client_id: Option<ClientId>,
    /// Without it: `registration.invitation_ttl`.
    pub ttl: Option<Duration>,
    /// The language of the letter.
    pub locale: Locale,
}

/// Invites somebody. Fails with 409 for an address that has an account, and where the roles hold more than whoever
/// invites.
pub async fn create(cx: Cx<'_>, by: &Actor, how: How, new: New) -> Result<Done<Invitation>> {
    by.require(Right::InvitationsWrite)?;
    let ttl = new.ttl.unwrap_or(cx.config().registration.invitation_ttl);
    check(cx, &new, ttl).await?;
    act(cx, by, (Action::InvitationCreate, how), async |act| insert(act, new, ttl).await).await
}

/// Invites somebody of whom nothing is wrong by itself.
pub(super) async fn insert(act: &mut Act<'_>, new: New, ttl: Duration) -> Result<Invitation> {
    let (cx, token) = (act.cx, Opaque::random());
    let row = Invitation {
        tenant_id: cx.tenant.clone(),
        id: InvitationId::random(),
        email: new.email.trim().to_owned(),
        email_key: text::key(&new.email),
        details: kept(&new)?,
        client_id: new.client_id,
        token_hash: token.hash(),
        created_at: cx.now,
        created_by: act.by.name().to_owned(),
        sent_at: cx.now,
        expires_at: cx.now.plus(ttl),
        accepted_at: None,
        user_id: None,
        revoked_at: None,
    };
    person::expect_to_give(act, &new.details.roles).await?;
    if store::user::find_by_key(act.tx, cx.tenant, &row.email_key).await?.is_some() {
        return Err(wrong("email", "somebody has an account with it already").with_status(409).into());
    }
    invitation::insert(act.tx, &row).await?;
    send(act, &row, (&token, new.locale)).await?;
    let made = Changed::made(members(&row, &new.details));
    act.note(Action::InvitationCreate, (Party::Invitation, row.id.as_str()), made);
    Ok(row)
}

/// What the person is made with, and the language of the letters.
fn kept(new: &New) -> Result<String> {
    let mut details = serde_json::to_value(&new.details)?;
    details["locale"] = json!(new.locale);
    Ok(details.to_string())
}

pub(super) async fn check(cx: Cx<'_>, new: &New, ttl: Duration) -> Result<()> {
    if !text::is_email(new.email.trim()) {
        return Err(wrong("email", "this is no e-mail address").into());
    }
    if new.details.name.as_deref().is_some_and(|name| user::check_name(name).is_some()) {
        return Err(wrong("name", "at most 128 bytes, without control characters").into());
    }
    if ttl.is_zero() || ttl > LONGEST {
        return Err(wrong("expires_in", "1 second to 90 days").into());
    }
    let types = &cx.app.config.profile.types;
    if let Some(kind) = new.details.user_type.as_ref().filter(|kind| !types.contains(kind)) {
        return Err(wrong("user_type", format!("{kind:?} is none of: {}", types.join(", "))).into());
    }
    if let Some(id) = &new.client_id {
        cx.app.clients.find(cx, id.as_str()).await?.ok_or_else(|| missing("client", id.as_str()))?;
    }
    Ok(())
}

async fn send(act: &mut Act<'_>, row: &Invitation, (token, locale): (&Opaque, Locale)) -> Result<()> {
    let cx = act.cx;
    cx.limit("invitation", row.id.as_str(), LETTERS)?;
    let link = format!("{}?token={}", cx.address(paths::INVITATION), token.reveal());
    let letter = Letter::mail(Kind::Invitation, locale, &row.email).with("until", &row.expires_at.readable());
    post::write(cx, act.tx, &letter.link(link), Some(row.expires_at)).await
}

/// Whom it is for stands in the invitation alone: the audit forgets people by the id that they get, and who is invited
/// has none.
fn members(row: &Invitation, details: &Details) -> Map<String, Value> {
    let members = [
        ("roles", json!(details.roles)),
        ("user_type", json!(details.user_type)),
        ("client_id", json!(row.client_id)),
        ("expires_at", json!(row.expires_at)),
    ];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// At most `limit` invitations after the one with the id `after`.
pub async fn list(cx: Cx<'_>, by: &Actor, after: &str, limit: i64) -> Result<Vec<Invitation>> {
    by.require(Right::InvitationsRead)?;
    Ok(invitation::list(&mut cx.app.db.conn().await?, cx.tenant, after, limit).await?)
}

pub async fn show(cx: Cx<'_>, by: &Actor, id: &InvitationId) -> Result<Invitation> {
    by.require(Right::InvitationsRead)?;
    let found = invitation::find(&mut cx.app.db.conn().await?, cx.tenant, id).await?;
    found.ok_or_else(|| missing("invitation", id.as_str()))
}

/// Those that fit, the latest first: from before the one with the id `before` on, at most `limit`.
pub async fn latest(
    cx: Cx<'_>,
    by: &Actor,
    wanted: &Wanted,
    (before, limit): (Option<&str>, i64),
) -> Result<Vec<Invitation>> {
    by.require(Right::InvitationsRead)?;
    Ok(invitation::latest(&mut cx.app.db.conn().await?, cx.tenant, wanted, (before, limit, cx.now)).await?)
}

/// Sends another letter in the language of the first, with another link and all of its time; the link before is good
/// for nothing more.
pub async fn resend(cx: Cx<'_>, by: &Actor, how: How, id: &InvitationId) -> Result<Done<Invitation>> {
    by.require(Right::InvitationsWrite)?;
    act(cx, by, (Action::InvitationSend, how), async |act| {
        let old = hold(act, id).await?;
        // those that were deleted since are not given anyway
        let roles = role::named(act.tx, cx.tenant, &old.details()?.roles).await?;
        let names: Vec<_> = roles.into_iter().map(|role| role.name).collect();
        person::expect_to_give(act, &names).await?;
        let token = Opaque::random();
        let ttl = Duration::from_secs(old.expires_at.0.saturating_sub(old.sent_at.0).max(1).unsigned_abs());
        let row = Invitation { token_hash: token.hash(), sent_at: cx.now, expires_at: cx.now.plus(ttl), ..old };
        if !invitation::renew(act.tx, &row).await? {
            return Err(closed(cx, &row).into());
        }
        send(act, &row, (&token, row.language())).await?;
        act.note_final(Action::InvitationSend, (Party::Invitation, id.as_str()), ("letter", "sent again"));
        Ok(row)
    })
    .await
}

/// Takes an invitation back: its link leads nowhere any more.
pub async fn revoke(cx: Cx<'_>, by: &Actor, how: How, id: &InvitationId) -> Result<Done<Invitation>> {
    by.require(Right::InvitationsWrite)?;
    act(cx, by, (Action::InvitationRevoke, how), async |act| end(act, id).await).await
}

pub(super) async fn end(act: &mut Act<'_>, id: &InvitationId) -> Result<Invitation> {
    let row = hold(act, id).await?;
    if !invitation::revoke(act.tx, act.cx.tenant, id, act.cx.now).await? {
        return Err(closed(act.cx, &row).into());
    }
    act.note_final(Action::InvitationRevoke, (Party::Invitation, id.as_str()), ("link", "ended"));
    Ok(Invitation { revoked_at: Some(act.cx.now), ..row })
}

async fn hold(act: &mut Act<'_>, id: &InvitationId) -> Result<Invitation> {
    let found = invitation::find(act.tx, act.cx.tenant, id).await?;
    found.ok_or_else(|| missing("invitation", id.as_str()))
}

fn closed(cx: Cx<'_>, row: &Invitation) -> Refusal {
    let state = row.state(cx.now);
    let refusal = Code::InvalidRequest.because(format!("the invitation is {state}")).with_status(409);
    refusal.at(Check::Current, State::Open.text(), state.text())
}
