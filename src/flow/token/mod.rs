//! The token endpoint (RFC 6749 §3.2), and what a token that comes back stands for.

mod code;
mod live;
mod mint;
mod program;
mod refresh;
mod told;

use std::time::Duration;

use super::{Result, client_auth};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::model::client::Client;
use crate::shared::limit::Rate;
use crate::spec::check::Check;
use crate::spec::client_meta::GrantType;
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;
use crate::spec::scope::Scope;
use crate::store::Conn;

pub use client_auth::Credentials;
pub use live::{Live, find as live};
pub use mint::sign;
pub use told::{Told, told};

/// What a grant yields; `web` turns it into the answer of RFC 6749 §5.1.
#[derive(Debug)]
pub struct Issued {
    pub access_token: String,
    pub expires_in: Duration,
    pub scope: Scope,
    pub refresh_token: Option<Opaque>,
    pub id_token: Option<String>,
}

/// Answers a token request: who is it, may it have this grant, and what comes of it.
pub async fn grant(cx: Cx<'_>, params: &Params, credentials: &Credentials) -> Result<Issued> {
    let client = client_auth::authenticate(cx, credentials).await?;
    limit(cx, &client)?;
    let grant_type = grant_type(&client, params)?;
    mint::check_keys(cx, &client)?;
    let issued = match grant_type {
        GrantType::AuthorizationCode => code::exchange(cx, &client, params).await,
        GrantType::RefreshToken => refresh::exchange(cx, &client, params).await,
        GrantType::ClientCredentials => program::grant(cx, &client, params).await,
    }?;
    cx.app.metrics.tokens.with_label_values(&[grant_type.text()]).inc();
    Ok(issued)
}

/// The same for a client that is known, in a transaction that is not ended here. A refusal that leaves a trace leaves it
/// in there.
pub(super) async fn grant_within(cx: Cx<'_>, tx: &mut Conn, client: &Client, params: &Params) -> Result<Issued> {
    let grant_type = grant_type(client, params)?;
    mint::check_keys(cx, client)?;
    match grant_type {
        GrantType::AuthorizationCode => code::exchange_within(cx, tx, client, params).await,
        GrantType::RefreshToken => refresh::exchange_within(cx, tx, client, params).await,
        GrantType::ClientCredentials => program::grant_within(cx, tx, client, params).await,
    }
}

fn grant_type(client: &Client, params: &Params) -> Result<GrantType, Refusal> {
    let wanted = params.required("grant_type")?;
    let grant_type = GrantType::parse(wanted).ok_or_else(|| {
        let refusal = Code::UnsupportedGrantType.because("grant_type is not supported");
        refusal.at(Check::GrantType, GrantType::names(), wanted)
    })?;
    may(client, grant_type)?;
    Ok(grant_type)
}

/// Anybody can say that he is a public client, so there each address has a limit of its own.
fn limit(cx: Cx<'_>, client: &Client) -> Result<(), Refusal> {
    let config = cx.config();
    let limits = &config.limits;
    let rate = Rate::per_second(limits.token_client_burst, limits.token_client_rate);
    let id = client.id.as_str();
    match client.metadata.is_public() {
        true => cx.limit_address("token", id, rate),
        false => cx.limit("token", id, rate),
    }
}

fn may(client: &Client, grant: GrantType) -> Result<(), Refusal> {
    if client.metadata.may(grant) {
        return Ok(());
    }
    let registered: Vec<_> = client.metadata.grant_types.iter().map(|grant| grant.text()).collect();
    let refusal = Code::UnauthorizedClient.because("this client may not use this grant");
    Err(refusal.at(Check::ClientGrant, registered.join(" "), grant.text()).set_by("client.grant_types"))
}

/// Whether a client may have these scopes.
pub(super) fn allowed(asked: &Scope, registered: &Scope) -> Result<(), Refusal> {
    let Some(beyond) = asked.beyond(registered) else { return Ok(()) };
    let refusal = Code::InvalidScope.because(format!("this client may not have the scope {beyond}"));
    Err(refusal.at(Check::Scope, registered.to_string(), beyond).set_by("client.scope"))
}
