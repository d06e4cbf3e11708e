//! Registering and changing clients.

use std::time::Duration;

use super::{Result, missing};
use crate::app::Cx;
use crate::base::random::{self, Kind, Opaque};
use crate::model::audit::{Action, Party};
use crate::model::client::{Client, ClientRow, ClientSecret};
use crate::model::{ClientId, TenantId};
use crate::spec::client_meta::Metadata;
use crate::store::epoch::{self, Kept};
use crate::store::{audit, client};

/// How long an old secret stays good after a rotation.
pub const OVERLAP: Duration = Duration::from_hours(24);

/// A new client, and its secret: the only time that it is shown.
#[derive(Debug)]
pub struct Registered {
    pub client: Client,
    pub secret: Option<Opaque>,
}

/// Registers a client. Fails with `invalid_client_metadata` or `invalid_redirect_uri`.
pub async fn register(cx: Cx<'_>, metadata: Metadata) -> Result<Registered> {
    metadata.check()?;
    let metadata = metadata.normalized();
    let id = ClientId::random();
    let secret = (!metadata.is_public()).then(|| Opaque::of(Kind::ClientSecret));
    let secrets = secret.iter().map(|secret| secret_row(cx, &id, secret)).collect();
    let client = Client { id, metadata, secrets, created_at: cx.now, disabled_at: None };
    let row = cx.audit(Action::ClientCreate, Party::Operator, None).on(Party::Client, client.id.as_str());
    let row = row.detail(client.metadata.client_name.clone());
    cx.app
        .db
        .write(async |tx| {
            client::insert(tx, cx.tenant, &client).await?;
            audit::insert(tx, &row).await
        })
        .await?;
    Ok(Registered { client, secret })
}

fn secret_row(cx: Cx<'_>, id: &ClientId, secret: &Opaque) -> ClientSecret {
    ClientSecret {
        tenant_id: TenantId(cx.tenant.0.clone()),
        id: random::id(),
        client_id: id.clone(),
        hash: secret.hash(),
        created_at: cx.now,
        expires_at: None,
    }
}

/// The client as the database has it now.
pub async fn show(cx: Cx<'_>, id: &str) -> Result<Client> {
    let found = client::find(&mut cx.app.db.conn().await?, cx.tenant, &ClientId::from(id)).await?;
    found.ok_or_else(|| missing("client", id))
}

/// At most `limit` clients after the one with the id `after`.
pub async fn list(cx: Cx<'_>, after: &str, limit: i64) -> Result<Vec<ClientRow>> {
    Ok(client::list(&mut cx.app.db.conn().await?, cx.tenant, after, limit).await?)
}

/// A new secret; the one before it stays good for [`OVERLAP`], so that the app can be changed without a gap.
pub async fn rotate_secret(cx: Cx<'_>, id: &str) -> Result<Opaque> {
    let client = show(cx, id).await?;
    if client.metadata.is_public() {
        use crate::spec::check::Check;
        use crate::spec::error::Code;
        let refusal = Code::InvalidClientMetadata.because("the client is public and has no secret");
        return Err(refusal.at(Check::Metadata, "a client that authenticates", "none").into());
    }
    let secret = Opaque::of(Kind::ClientSecret);
    let row = secret_row(cx, &client.id, &secret);
    let event = cx.audit(Action::SecretRotate, Party::Operator, None).on(Party::Client, id);
    cx.app
        .db
        .write(async |tx| {
            client::replace_secret(tx, cx.tenant, &client.id, cx.now.plus(OVERLAP), cx.now).await?;
            client::insert_secret(tx, &row).await?;
            epoch::advance(tx, Kept::Client).await?;
            audit::insert(tx, &event).await
        })
        .await?;
    Ok(secret)
}

/// Shuts a client out, or lets it in again. Its tokens count no more while it is disabled.
pub async fn set_enabled(cx: Cx<'_>, id: &str, enabled: bool) -> Result<()> {
    let action = if enabled { Action::ClientEnable } else { Action::ClientDisable };
    let since = (!enabled).then_some(cx.now);
    let event = cx.audit(action, Party::Operator, None).on(Party::Client, id);
    let found = cx.app.db.write(async |tx| {
        let found = client::set_disabled(tx, cx.tenant, &ClientId::from(id), since, cx.now).await?;
        if found {
            epoch::advance(tx, Kept::Client).await?;
            audit::insert(tx, &event).await?;
        }
        Ok::<_, super::Error>(found)
    });
    if found.await? { Ok(()) } else { Err(missing("client", id)) }
}
