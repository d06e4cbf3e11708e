//! Who is the client? (RFC 6749 §2.3, OIDC Core §9)

use std::sync::Arc;

use super::Result;
use crate::app::Cx;
use crate::base::random::{Kind, Opaque};
use crate::base::text::clip;
use crate::model::client::Client;
use crate::shared::limit::Rate;
use crate::spec::check::Check;
use crate::spec::client_meta::AuthMethod;
use crate::spec::error::{Code, Refusal};

/// What a request brought along to prove who it comes from.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub client_id: String,
    pub secret: Option<Opaque>,
    pub method: AuthMethod,
}

/// The enabled client that these credentials belong to. Fails with `invalid_client`.
pub async fn authenticate(cx: Cx<'_>, given: &Credentials) -> Result<Arc<Client>> {
    let most = cx.config().limits.client_failures_per_minute;
    let failures = Rate::per_minute(most, most);
    let found = cx.app.clients.find(cx, &given.client_id).await?;
    let checked = match &found {
        None => Err(unknown(&given.client_id)),
        Some(client) => check(cx, client, given),
    };
    let known = found.is_some();
    match (checked, found) {
        (Ok(()), Some(client)) => Ok(client),
        (Err(refusal), _) => {
            // only failures count, so a flood of wrong secrets cannot shut out the client itself
            let name = if known { clip(&given.client_id, 64) } else { "unknown" };
            cx.limit_address("client_auth", name, failures)?;
            Err(refusal.into())
        }
        (Ok(()), None) => Err(unknown(&given.client_id).into()),
    }
}

fn unknown(client_id: &str) -> Refusal {
    let refusal = Code::InvalidClient.because("client authentication failed");
    refusal.at(Check::ClientKnown, "a registered client_id", clip(client_id, 64))
}

fn check(cx: Cx<'_>, client: &Client, given: &Credentials) -> Result<(), Refusal> {
    let registered = client.metadata.token_endpoint_auth_method;
    if given.method != registered {
        let refusal = Code::InvalidClient.because("the client must authenticate in the way that it registered");
        let refusal = refusal.at(Check::ClientAuthMethod, registered.text(), given.method.text());
        return Err(refusal.set_by("client.token_endpoint_auth_method"));
    }
    match (&given.secret, registered) {
        (None, AuthMethod::None) => enabled(client),
        (Some(secret), _) if secret.is(Kind::ClientSecret) && client.knows(secret, cx.now) => enabled(client),
        (secret, _) => {
            let live = client.secrets.iter().filter(|secret| secret.is_live(cx.now)).count();
            let received = if secret.is_some() { "another secret" } else { "none" };
            let refusal = Code::InvalidClient.because("client authentication failed");
            Err(refusal.at(Check::ClientSecret, format!("one of {live} live secrets"), received))
        }
    }
}

/// A disabled client gets nothing, whichever way it comes.
pub fn enabled(client: &Client) -> Result<(), Refusal> {
    if client.is_enabled() {
        return Ok(());
    }
    let refusal = Code::InvalidClient.because("the client is disabled");
    Err(refusal.at(Check::ClientEnabled, "an enabled client", "a disabled one").set_by("client.disabled"))
}
