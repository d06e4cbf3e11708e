//! Clients: apps and programs, as administrators register, change and end them.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Act, Actor, Done, How, act};
use crate::app::Cx;
use crate::base::random::{self, Kind, Opaque};
use crate::flow::{Result, missing};
use crate::model::ClientId;
use crate::model::audit::{Action, Party};
use crate::model::change::Changed;
use crate::model::client::{Client, ClientRow, ClientSecret, ClientState};
use crate::spec::check::Check;
use crate::spec::client_meta::Metadata;
use crate::spec::error::{Code, Refusal};
use crate::spec::right::Right;
use crate::store::client::{self, Wanted};
use crate::store::epoch::{self, Kept};
use crate::store::{Conn, consent, grant};

/// How long an old secret stays good after a rotation.
pub const OVERLAP: Duration = Duration::from_hours(24);

/// A client with a new secret: the only time that it is shown.
#[derive(Debug)]
pub struct Registered {
    pub client: Client,
    pub secret: Option<Opaque>,
}

/// What is to be different about a client.
#[derive(Debug, Clone)]
pub enum Edit {
    /// All its metadata.
    Whole(Box<Metadata>),
    /// The members that are named; null puts one back to what it is by itself (RFC 7396).
    Members(Map<String, Value>),
}

/// What people have allowed a client, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Sign-ins whose tokens still count.
    pub grants: i64,
    pub consents: i64,
}

/// Registers a client. Fails with `invalid_client_metadata` or `invalid_redirect_uri`, and for scopes that would let it
/// do more than whoever registers it.
pub async fn register(cx: Cx<'_>, by: &Actor, how: How, metadata: Metadata) -> Result<Done<Registered>> {
    by.require(Right::ClientsWrite)?;
    let metadata = metadata.checked()?;
    expect_to_hold(by, &metadata)?;
    let id = ClientId::random();
    let secret = (!metadata.is_public()).then(|| Opaque::of(Kind::ClientSecret));
    let secrets = secret.iter().map(|secret| secret_row(cx, &id, secret)).collect();
    let (created_at, updated_at) = (cx.now, cx.now);
    let client = Client { id, metadata, secrets, created_at, updated_at, disabled_at: None, deleted_at: None };
    act(cx, by, (Action::ClientCreate, how), async |act| {
        client::insert(act.tx, cx.tenant, &client).await?;
        let made = Changed::made(members(&client)?);
        act.note(Action::ClientCreate, (Party::Client, client.id.as_str()), made);
        Ok(Registered { client, secret })
    })
    .await
}

fn secret_row(cx: Cx<'_>, id: &ClientId, secret: &Opaque) -> ClientSecret {
    ClientSecret {
        tenant_id: cx.tenant.clone(),
        id: random::id(),
        client_id: id.clone(),
        hash: secret.hash(),
        created_at: cx.now,
        expires_at: None,
    }
}

/// An app with more rights than whoever changes it would lend them to him: by another redirect URI, or by a new secret.
fn expect_to_hold(by: &Actor, metadata: &Metadata) -> Result<(), Refusal> {
    let rights = metadata.scope.iter().filter_map(Right::of_scope);
    by.expect_to_hold("the app", rights.map(Right::text))
}

/// What administrators may change of a client, by name: its metadata, and whether it is served.
fn members(client: &Client) -> Result<Map<String, Value>> {
    let mut members = match serde_json::to_value(&client.metadata)? {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    members.insert("enabled".to_owned(), json!(client.disabled_at.is_none()));
    members.insert("deleted".to_owned(), json!(client.deleted_at.is_some()));
    Ok(members)
}

/// The client as the database has it now, also one that was deleted.
pub async fn show(cx: Cx<'_>, by: &Actor, id: &ClientId) -> Result<Client> {
    by.require(Right::ClientsRead)?;
    let found = client::find_any(&mut cx.app.db.conn().await?, cx.tenant, id).await?;
    found.ok_or_else(|| missing("client", id.as_str()))
}

/// At most `limit` clients after the one with the id `after`.
pub async fn list(cx: Cx<'_>, by: &Actor, wanted: &Wanted, after: &str, limit: i64) -> Result<Vec<ClientRow>> {
    by.require(Right::ClientsRead)?;
    Ok(client::list(&mut cx.app.db.conn().await?, cx.tenant, wanted, after, limit).await?)
}

/// The client as the database has it now, held until the end of the act.
pub(super) async fn held(act: &mut Act<'_>, id: &ClientId) -> Result<Client> {
    client::lock(act.tx, act.cx.tenant, id).await?;
    let found = client::find_any(act.tx, act.cx.tenant, id).await?;
    let client = found.ok_or_else(|| missing("client", id.as_str()))?;
    expect_to_hold(act.by, &client.metadata)?;
    Ok(client)
}

/// The same. Fails for one that was deleted.
async fn held_live(act: &mut Act<'_>, id: &ClientId) -> Result<Client> {
    let client = held(act, id).await?;
    if client.state() != ClientState::Deleted {
        return Ok(client);
    }
    let refusal = Code::InvalidRequest.because("the app was deleted: restore it first").with_status(409);
    Err(refusal.at(Check::Current, "an app that is there", "one that was deleted").into())
}

/// Changes the metadata of a client. `expected` is asked of the client as the database has it now, before anything
/// changes.
pub async fn edit(
    cx: Cx<'_>,
    by: &Actor,
    how: How,
    id: &ClientId,
    (edit, expected): (Edit, impl Fn(&Client) -> Result<()>),
) -> Result<Done<Client>> {
    by.require(Right::ClientsWrite)?;
    act(cx, by, (Action::ClientChange, how), async |act| {
        let client = held_live(act, id).await?;
        expected(&client)?;
        let metadata = match edit {
            Edit::Whole(metadata) => *metadata,
            Edit::Members(changes) => merged(&client.metadata, changes)?,
        };
        let metadata = metadata.checked()?;
        expect_to_hold(by, &metadata)?;
        keep(act, Action::ClientChange, &client, Client { metadata, ..client.clone() }).await
    })
    .await
}

fn merged(metadata: &Metadata, changes: Map<String, Value>) -> Result<Metadata> {
    let Value::Object(mut members) = serde_json::to_value(metadata)? else { return Ok(metadata.clone()) };
    members.extend(changes);
    Ok(Metadata::of_members(members)?)
}

/// Writes a client that has become another.
async fn keep(act: &mut Act<'_>, action: Action, old: &Client, new: Client) -> Result<Client> {
    let difference = Changed::between(&members(old)?, &members(&new)?);
    if difference.is_empty() {
        return Ok(new);
    }
    let new = Client { updated_at: act.cx.now, ..new };
    client::update(act.tx, act.cx.tenant, &new).await?;
    epoch::advance(act.tx, Kept::Client).await?;
    act.note(action, (Party::Client, old.id.as_str()), difference);
    Ok(new)
}

/// A new secret; the one before it stays good for [`OVERLAP`], so that the app can be changed without a gap. Fails for
/// clients that have none.
pub async fn rotate_secret(cx: Cx<'_>, by: &Actor, how: How, id: &ClientId) -> Result<Done<Registered>> {
    by.require(Right::ClientsWrite)?;
    act(cx, by, (Action::SecretRotate, how), async |act| {
        let client = held_live(act, id).await?;
        if client.metadata.is_public() {
            let refusal = Code::InvalidClientMetadata.because("the client is public and has no secret");
            let refusal = refusal.at(Check::Metadata, "a client that authenticates", "none");
            return Err(refusal.set_by("client.token_endpoint_auth_method").into());
        }
        let secret = Opaque::of(Kind::ClientSecret);
        client::replace_secret(act.tx, cx.tenant, id, cx.now.plus(OVERLAP), cx.now).await?;
        client::insert_secret(act.tx, &secret_row(cx, id, &secret)).await?;
        epoch::advance(act.tx, Kept::Client).await?;
        act.note_final(Action::SecretRotate, (Party::Client, id.as_str()), ("secret", "renewed"));
        let client = held(act, id).await?;
        Ok(Registered { client, secret: Some(secret) })
    })
    .await
}

/// Ends at once the secret that was replaced and still counts. Nothing changes where there is none.
pub async fn end_old_secret(cx: Cx<'_>, by: &Actor, how: How, id: &ClientId) -> Result<Done<Client>> {
    by.require(Right::ClientsWrite)?;
    act(cx, by, (Action::SecretRotate, how), async |act| {
        held_live(act, id).await?;
        if client::end_replaced(act.tx, cx.tenant, id, cx.now).await? > 0 {
            epoch::advance(act.tx, Kept::Client).await?;
            act.note_final(Action::SecretRotate, (Party::Client, id.as_str()), ("old_secret", "ended"));
        }
        held(act, id).await
    })
    .await
}

/// Shuts a client out, or lets it in again. Its tokens count no more while it is shut out.
pub async fn set_enabled(cx: Cx<'_>, by: &Actor, how: How, id: &ClientId, enabled: bool) -> Result<Done<Client>> {
    by.require(Right::ClientsWrite)?;
    let action = if enabled { Action::ClientEnable } else { Action::ClientDisable };
    act(cx, by, (action, how), async |act| {
        let client = held_live(act, id).await?;
        let disabled_at = (!enabled).then(|| client.disabled_at.unwrap_or(cx.now));
        keep(act, action, &client, Client { disabled_at, ..client.clone() }).await
    })
    .await
}

/// Deletes a client, or brings it back. One that was deleted is unknown to all requests; what people have allowed it
/// counts again when it is back.
pub async fn set_deleted(cx: Cx<'_>, by: &Actor, how: How, id: &ClientId, deleted: bool) -> Result<Done<Client>> {
    by.require(Right::ClientsWrite)?;
    let action = if deleted { Action::ClientDelete } else { Action::ClientRestore };
    act(cx, by, (action, how), async |act| {
        let client = held(act, id).await?;
        let deleted_at = deleted.then(|| client.deleted_at.unwrap_or(cx.now));
        keep(act, action, &client, Client { deleted_at, ..client.clone() }).await
    })
    .await
}

/// How many people let the client in.
pub async fn access(cx: Cx<'_>, by: &Actor, id: &ClientId) -> Result<Access> {
    show(cx, by, id).await?;
    count(cx, &mut cx.app.db.conn().await?, id).await
}

pub(super) async fn count(cx: Cx<'_>, conn: &mut Conn, id: &ClientId) -> Result<Access> {
    let grants = grant::count_of_client(conn, cx.tenant, id, cx.now).await?;
    Ok(Access { grants, consents: consent::count_of_client(conn, cx.tenant, id).await? })
}

/// Puts back what a change has left; `false` when something else stands there by now.
pub(super) async fn back(act: &mut Act<'_>, id: &ClientId, (action, changed): (Action, &Changed)) -> Result<bool> {
    let client = held(act, id).await?;
    let mut members = members(&client)?;
    if !changed.still(&members) {
        return Ok(false);
    }
    let Some(before) = &changed.before else {
        // one that was registered goes the way of all that are deleted
        let new = Client { deleted_at: Some(act.cx.now), ..client.clone() };
        keep(act, Action::ClientDelete, &client, new).await?;
        return Ok(true);
    };
    members.extend(before.clone());
    let mut switch = |name: &str| members.remove(name) == Some(Value::Bool(true));
    let (enabled, deleted) = (switch("enabled"), switch("deleted"));
    // what is allowed may have changed since
    let metadata = Metadata::of_members(members)?.checked()?;
    expect_to_hold(act.by, &metadata)?;
    let new = Client {
        metadata,
        disabled_at: (!enabled).then(|| client.disabled_at.unwrap_or(act.cx.now)),
        deleted_at: deleted.then(|| client.deleted_at.unwrap_or(act.cx.now)),
        ..client.clone()
    };
    keep(act, opposite(action), &client, new).await?;
    Ok(true)
}

const fn opposite(action: Action) -> Action {
    match action {
        Action::ClientDisable => Action::ClientEnable,
        Action::ClientEnable => Action::ClientDisable,
        Action::ClientDelete => Action::ClientRestore,
        Action::ClientRestore => Action::ClientDelete,
        other => other,
    }
}
