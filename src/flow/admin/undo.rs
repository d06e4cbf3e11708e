//! Taking back what an administrator did, as long as nobody has changed it since.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Act, Actor, Done, How, access, act, api_key, attribute, client, invite, person, role, setting, state};
use crate::app::Cx;
use crate::flow::{Result, missing};
use crate::model::audit::{Action, Party};
use crate::model::change::{Batch, ChangeRow, Changed};
use crate::model::user::UserState;
use crate::model::{ApiKeyId, BatchId, ClientId, InvitationId, UserId};
use crate::spec::account_state::Step;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::right::Right;
use crate::store::{self, change};

/// Changes that are looked at in one go.
const PAGE: i64 = 1000;

/// A change that was kept.
#[derive(Debug, Clone)]
pub struct Kept {
    pub row: ChangeRow,
    pub changed: Changed,
}

/// The latest acts, from before one of them on, at most `limit`.
pub async fn list(cx: Cx<'_>, by: &Actor, before: Option<&BatchId>, limit: i64) -> Result<Vec<Batch>> {
    by.require(Right::AuditRead)?;
    Ok(change::list_batches(&mut cx.app.db.conn().await?, cx.tenant, before, limit).await?)
}

/// An act, and what it changed, from the `from`th change on, at most `limit`.
pub async fn show(cx: Cx<'_>, by: &Actor, id: &BatchId, (from, limit): (i64, i64)) -> Result<(Batch, Vec<Kept>)> {
    by.require(Right::AuditRead)?;
    let conn = &mut cx.app.db.conn().await?;
    let batch = change::find_batch(conn, cx.tenant, id).await?.ok_or_else(|| missing("act", id.as_str()))?;
    let rows = change::list(conn, cx.tenant, id, (from, limit)).await?;
    Ok((batch, rows.into_iter().map(|row| open(cx, row)).collect::<Result<_>>()?))
}

pub(super) fn open(cx: Cx<'_>, row: ChangeRow) -> Result<Kept> {
    let plain = cx.app.master_key.open(&ChangeRow::place(&row.batch_id, row.position), &row.sealed)?;
    Ok(Kept { changed: serde_json::from_slice(&plain)?, row })
}

/// Takes an act back, as an act of its own: the last change first, each only if what it left is still there. Fails when
/// it was taken back before, is too old, or cannot be; then nothing changes.
pub async fn undo(cx: Cx<'_>, by: &Actor, how: How, id: &BatchId) -> Result<Done<()>> {
    act(cx, by, (Action::Undo, how), async |act| {
        let batch = change::find_batch(act.tx, cx.tenant, id).await?.ok_or_else(|| missing("act", id.as_str()))?;
        if !change::undo(act.tx, cx.tenant, id, &act.batch, cx.now).await? {
            return Err(closed(cx, &batch).into());
        }
        let (mut to, mut settings) = (i64::MAX, None);
        while let page @ [.., last] = &change::list_back(act.tx, cx.tenant, id, (to, PAGE)).await?[..] {
            to = last.position;
            for row in page {
                if row.target_kind == Party::Setting && settings.is_none() {
                    settings = Some(setting::now(act).await?);
                }
                take_back(act, open(cx, row.clone())?).await?;
            }
        }
        if let Some(before) = settings {
            setting::settle(act, &before).await?;
        }
        act.undoes = Some(id.clone());
        Ok(())
    })
    .await
}

/// Whether an act can be taken back still.
pub async fn is_open(cx: Cx<'_>, id: &BatchId) -> Result<bool> {
    let batch = change::find_batch(&mut cx.app.db.conn().await?, cx.tenant, id).await?;
    Ok(batch.is_some_and(|batch| batch.undone_by.is_none() && batch.expires_at > cx.now && !batch.is_final))
}

pub(super) fn closed(cx: Cx<'_>, batch: &Batch) -> Refusal {
    let (why, received) = match batch {
        Batch { is_final: true, .. } => ("nothing brings back what it ended", "one that is for good"),
        Batch { expires_at, .. } if *expires_at <= cx.now => ("it was too long ago", "an older one"),
        _ => ("it was taken back before", "one that was taken back"),
    };
    let refusal = Code::InvalidRequest.because(format!("this cannot be taken back: {why}")).with_status(409);
    refusal.at(Check::Undo, "an act of the last 7 days", received)
}

/// Undoes one change. Whoever does it needs the right that the change itself needs.
pub(super) async fn take_back(act: &mut Act<'_>, kept: Kept) -> Result<()> {
    let Kept { row, changed } = kept;
    if row.is_final {
        return Err(cannot(&row, "nothing brings back what it ended").into());
    }
    match row.target_kind {
        Party::User => of_person(act, &row, changed).await,
        Party::ApiKey => of_api_key(act, &row, &changed).await,
        Party::Invitation => of_invitation(act, &row).await,
        Party::Role if role::lost(&changed).is_some() => of_holders(act, &row, &changed).await,
        Party::Role => of_role(act, &row, changed).await,
        Party::Permission => of_permission(act, &row, changed).await,
        Party::Client => of_client(act, &row, &changed).await,
        Party::Setting => of_setting(act, &row, &changed).await,
        _ => Err(cannot(&row, "there is no way back").into()),
    }
}

pub(super) fn cannot(row: &ChangeRow, why: &str) -> Refusal {
    let refusal = Code::InvalidRequest.because(format!("{} cannot be taken back: {why}", row.action)).with_status(409);
    refusal.at(Check::Undo, "a change that leaves something to go back to", row.action.text())
}

/// What stands there is no longer what the act has left.
pub(super) fn meanwhile(row: &ChangeRow) -> Refusal {
    let refusal =
        Code::InvalidRequest.because(format!("{} {} was changed again since", row.target_kind, row.target_id));
    refusal.with_status(409).at(Check::Current, "what the act has left", "something else")
}

async fn of_person(act: &mut Act<'_>, row: &ChangeRow, changed: Changed) -> Result<()> {
    let id = UserId::from(row.target_id.as_str());
    let right = if matches!(row.action, Action::RoleGrant | Action::RoleRevoke) {
        Right::RolesWrite
    } else {
        Right::UsersWrite
    };
    act.by.require(right)?;
    let user = act.person(&id).await?;
    let role = |side: &Option<Map<String, Value>>| {
        side.as_ref().and_then(|members| members.get("role")).and_then(Value::as_str).map(str::to_owned)
    };
    // whoever holds a role holds it, whoever does not has none there
    if let (from, to) = (role(&changed.before), role(&changed.after))
        && let Some(name) = from.as_ref().or(to.as_ref())
    {
        let held = store::user::roles(act.tx, act.cx.tenant, &id).await?.contains(name);
        return match (held, to.is_some()) {
            (true, true) => person::take(act, &user, name).await,
            (false, false) => person::give(act, &user, name).await,
            _ => Err(meanwhile(row).into()),
        };
    }
    if matches!(row.action, Action::KindChange | Action::FieldChange) {
        let is_back = attribute::back(act, user, (row.action, changed)).await?;
        return if is_back { Ok(()) } else { Err(meanwhile(row).into()) };
    }
    if !changed.still(&person::current(act, &user).await?) {
        return Err(meanwhile(row).into());
    }
    let Some(before) = changed.before.filter(|_| changed.after.is_some()) else {
        // somebody who was made goes the way of everybody who is deleted
        return state::go(act, user, Step::Delete).await.map(drop);
    };
    if let Some(from) = before.get("state").and_then(Value::as_str).and_then(UserState::parse) {
        return state::back(act, user, from).await;
    }
    if let Some(required) = access::required_before(&before) {
        return access::set_required(act, &user, required).await;
    }
    person::set(act, user, &before).await.map(drop)
}

async fn of_client(act: &mut Act<'_>, row: &ChangeRow, changed: &Changed) -> Result<()> {
    act.by.require(Right::ClientsWrite)?;
    match client::back(act, &ClientId::from(row.target_id.as_str()), (row.action, changed)).await? {
        true => Ok(()),
        false => Err(meanwhile(row).into()),
    }
}

async fn of_setting(act: &mut Act<'_>, row: &ChangeRow, changed: &Changed) -> Result<()> {
    act.by.require(Right::SettingsWrite)?;
    match setting::back(act, &row.target_id, changed).await? {
        true => Ok(()),
        false => Err(meanwhile(row).into()),
    }
}

async fn of_api_key(act: &mut Act<'_>, row: &ChangeRow, changed: &Changed) -> Result<()> {
    act.by.require(Right::ApiKeysWrite)?;
    let id = ApiKeyId::from(row.target_id.as_str());
    if !changed.still(&api_key::current(act, &id).await?) {
        return Err(meanwhile(row).into());
    }
    // one that was made ends; one that was revoked, or was to live again, becomes what it was
    let was_revoked = changed.before.as_ref().map(|before| before.get("revoked") == Some(&Value::Bool(true)));
    api_key::set_revoked(act, &id, was_revoked.unwrap_or(true)).await.map(drop)
}

/// Only one that was made can be taken back; the letter cannot.
async fn of_invitation(act: &mut Act<'_>, row: &ChangeRow) -> Result<()> {
    act.by.require(Right::InvitationsWrite)?;
    invite::end(act, &InvitationId::from(row.target_id.as_str())).await.map(drop)
}

async fn of_role(act: &mut Act<'_>, row: &ChangeRow, changed: Changed) -> Result<()> {
    act.by.require(Right::RolesWrite)?;
    let name = row.target_id.as_str();
    if changed.after.is_none() {
        let wanted = role::wanted(&changed.before.unwrap_or_default(), None);
        return role::make(act, name, &wanted).await.map_err(role::taken).map(drop);
    }
    let full = role::hold(act, name).await?;
    if !changed.still(&role::members(&full)) {
        return Err(meanwhile(row).into());
    }
    match changed.before {
        None => role::drop_role(act, &full).await,
        Some(before) => role::set(act, &full, &role::wanted(&before, Some(&full))).await.map(drop),
    }
}

/// Some of those who lost a role when it was deleted; it is there again.
async fn of_holders(act: &mut Act<'_>, row: &ChangeRow, changed: &Changed) -> Result<()> {
    act.by.require(Right::RolesWrite)?;
    let full = role::hold(act, &row.target_id).await?;
    role::give_back(act, &full, &role::lost(changed).unwrap_or_default()).await
}

async fn of_permission(act: &mut Act<'_>, row: &ChangeRow, changed: Changed) -> Result<()> {
    act.by.require(Right::RolesWrite)?;
    if changed.after.is_some() && !changed.still(&role::permission_members(act, &row.target_id).await?) {
        return Err(meanwhile(row).into());
    }
    let Some(before) = changed.before else { return role::drop_permission(act, &row.target_id).await };
    if changed.after.is_some() {
        let description = before.get("description").and_then(Value::as_str).unwrap_or_default();
        return role::describe_back(act, &row.target_id, description).await;
    }
    let description = before.get("description").and_then(Value::as_str).unwrap_or_default();
    let roles = read::<Vec<String>>(before.get("roles"))?;
    role::restore_permission(act, (&row.target_id, description), &roles).await.map_err(role::taken)
}

/// What was kept under a name, as what it is.
fn read<T: DeserializeOwned + Default>(value: Option<&Value>) -> Result<T> {
    Ok(value.map(|value| serde_json::from_value(value.clone())).transpose()?.unwrap_or_default())
}
