//! API keys: made for programs, shown once, revoked.

use serde_json::{Map, Value, json};

use super::{Act, Actor, Done, How, act, wrong};
use crate::app::Cx;
use crate::base::net::Networks;
use crate::base::random::{Kind, Opaque};
use crate::base::time::Ts;
use crate::flow::{Result, missing};
use crate::model::ApiKeyId;
use crate::model::api_key::ApiKey;
use crate::model::audit::{Action, Party};
use crate::model::change::Changed;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::right::{Right, Rights};
use crate::store::api_key;

/// How exact "last used" is.
const TOUCH: std::time::Duration = std::time::Duration::from_mins(1);
const MOST_NETWORKS: usize = 50;

/// A key to be.
#[derive(Debug, Clone, Default)]
pub struct New {
    pub name: String,
    pub rights: Rights,
    /// Addresses or networks that it may be used from; none for all.
    pub networks: Vec<String>,
    pub expires_at: Option<Ts>,
}

/// Makes a key; it is shown this once. Nobody gives a key rights that they do not have, and a key makes none that
/// outlives it or is good where it is not itself.
pub async fn create(cx: Cx<'_>, by: &Actor, how: How, new: New) -> Result<Done<(ApiKey, Opaque)>> {
    by.require(Right::ApiKeysWrite)?;
    check(cx, &new)?;
    by.expect_to_hold("the key", new.rights.iter().map(Right::text))?;
    let key = Opaque::of(Kind::ApiKey);
    let row = ApiKey {
        tenant_id: cx.tenant.clone(),
        id: ApiKeyId::random(),
        name: new.name.trim().to_owned(),
        hash: key.hash(),
        rights: new.rights.to_string(),
        networks: new.networks.join(" "),
        created_at: cx.now,
        created_by: by.name().to_owned(),
        expires_at: new.expires_at,
        revoked_at: None,
        last_used_at: None,
        last_address: None,
    };
    act(cx, by, (Action::ApiKeyCreate, how), async |act| {
        expect_within_maker(act, &row).await?;
        api_key::insert(act.tx, &row).await?;
        act.note(Action::ApiKeyCreate, (Party::ApiKey, row.id.as_str()), Changed::made(members(&row)));
        Ok((row, key))
    })
    .await
}

async fn expect_within_maker(act: &mut Act<'_>, row: &ApiKey) -> Result<()> {
    if act.by.kind != Party::ApiKey {
        return Ok(());
    }
    let id = ApiKeyId::from(act.by.name());
    let maker = api_key::find(act.tx, act.cx.tenant, &id).await?.ok_or_else(|| missing("API key", id.as_str()))?;
    if row.is_within(&maker) {
        return Ok(());
    }
    let reason = "a key makes no other that outlives it, or is good where it is not itself";
    let refusal = Code::AccessDenied.because(reason).with_status(403);
    let bounds = |key: &ApiKey| {
        let end = key.expires_at.map_or_else(|| "no end".to_owned(), Ts::exact);
        format!("{end}, from {}", if key.networks.is_empty() { "everywhere" } else { &key.networks })
    };
    Err(refusal.at(Check::Holds, bounds(&maker), bounds(row)).into())
}

fn check(cx: Cx<'_>, new: &New) -> Result<(), Refusal> {
    let name = new.name.trim();
    if name.is_empty() || name.len() > 128 || name.chars().any(char::is_control) {
        return Err(wrong("name", "1 to 128 bytes, without control characters"));
    }
    if new.rights.is_empty() {
        return Err(wrong("rights", format!("at least one of: {}", Right::names())));
    }
    if let Some(own) = new.rights.iter().find(|right| right.is_own()) {
        return Err(wrong("rights", format!("{own} is about one's own account, and a key has none")));
    }
    if new.networks.len() > MOST_NETWORKS {
        return Err(wrong("networks", format!("at most {MOST_NETWORKS}")));
    }
    Networks::parse(&new.networks).map_err(|entry| wrong("networks", format!("{entry:?} is no address or network")))?;
    match new.expires_at {
        Some(end) if end <= cx.now => Err(wrong("expires_at", "lies in the past")),
        _ => Ok(()),
    }
}

/// What can be changed of a key, by name, as the database has it now.
pub(super) async fn current(act: &mut Act<'_>, id: &ApiKeyId) -> Result<Map<String, Value>> {
    let found = api_key::find(act.tx, act.cx.tenant, id).await?;
    Ok(members(&found.ok_or_else(|| missing("API key", id.as_str()))?))
}

fn members(row: &ApiKey) -> Map<String, Value> {
    let members = [
        ("name", json!(row.name)),
        ("rights", json!(row.rights)),
        ("networks", json!(row.networks)),
        ("expires_at", json!(row.expires_at)),
        ("revoked", json!(row.revoked_at.is_some())),
    ];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// At most `limit` keys after the one with the id `after`.
pub async fn list(cx: Cx<'_>, by: &Actor, after: &str, limit: i64) -> Result<Vec<ApiKey>> {
    by.require(Right::ApiKeysRead)?;
    Ok(api_key::list(&mut cx.app.db.conn().await?, cx.tenant, after, limit).await?)
}

pub async fn show(cx: Cx<'_>, by: &Actor, id: &ApiKeyId) -> Result<ApiKey> {
    by.require(Right::ApiKeysRead)?;
    let found = api_key::find(&mut cx.app.db.conn().await?, cx.tenant, id).await?;
    found.ok_or_else(|| missing("API key", id.as_str()))
}

/// Ends a key at once. One that was revoked before stays so.
pub async fn revoke(cx: Cx<'_>, by: &Actor, how: How, id: &ApiKeyId) -> Result<Done<ApiKey>> {
    by.require(Right::ApiKeysWrite)?;
    act(cx, by, (Action::ApiKeyRevoke, how), async |act| set_revoked(act, id, true).await).await
}

pub(super) async fn set_revoked(act: &mut Act<'_>, id: &ApiKeyId, revoked: bool) -> Result<ApiKey> {
    let (cx, by) = (act.cx, act.by);
    let row = api_key::find(act.tx, cx.tenant, id).await?.ok_or_else(|| missing("API key", id.as_str()))?;
    let rights = row.rights();
    by.expect_to_hold("the key", rights.iter().map(Right::text))?;
    let since = revoked.then_some(cx.now);
    if !api_key::set_revoked(act.tx, cx.tenant, id, since).await? {
        return Ok(row);
    }
    let changed = Changed::member("revoked", !revoked, revoked);
    act.note(Action::ApiKeyRevoke, (Party::ApiKey, id.as_str()), changed);
    Ok(ApiKey { revoked_at: since, ..row })
}

/// Who comes with this key. Fails with `invalid_token` for one that is not live, and with 403 where it may not be used
/// from there.
pub async fn caller(cx: Cx<'_>, key: &Opaque) -> Result<Actor> {
    let found = match key.is(Kind::ApiKey) {
        true => api_key::find_by_hash(&mut cx.app.db.conn().await?, cx.tenant, &key.hash()).await?,
        false => None,
    };
    let row = found.filter(|row| row.is_live(cx.now)).ok_or_else(|| {
        let refusal = Code::InvalidToken.because("the API key is unknown, was revoked or has expired");
        refusal.at(Check::Credential, "a live API key", "another")
    })?;
    let address = cx.peer.map(|peer| peer.address);
    if !row.admits(address) {
        let refusal = Code::AccessDenied.because("the API key may not be used from this address").with_status(403);
        let from = address.map(|address| address.to_string()).unwrap_or_default();
        return Err(refusal.at(Check::Network, row.networks, from).set_by("api_key.networks").into());
    }
    note_use(cx, &row).await;
    Ok(Actor {
        kind: Party::ApiKey,
        id: Some(row.id.0.clone()),
        rights: row.rights(),
        permissions: Vec::new(),
        held_back: None,
    })
}

/// Side work: a database that takes no writes just now keeps no program from reading.
async fn note_use(cx: Cx<'_>, row: &ApiKey) {
    if row.last_used_at.is_some_and(|at| cx.now.since(at) < TOUCH) {
        return;
    }
    let address = cx.peer.map(|peer| peer.address.to_string());
    let seen = (cx.now, address.as_deref());
    let noted = cx.app.db.write(async |tx| api_key::touch(tx, cx.tenant, &row.id, seen).await).await;
    if let Err(error) = noted {
        tracing::warn!(%error, "an API key was not marked as used");
    }
}
