//! `signet client …`

use serde_json::{Value, json};

use super::print::{Answer, table};
use super::{Error, args, read_all};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::flow::client;
use crate::model::client::{Client, ClientRow};
use crate::spec::client_meta::Metadata;
use crate::spec::scope::Scope;

pub async fn run(cx: Cx<'_>, command: args::Client) -> Result<Answer, Error> {
    use args::Client as C;
    match command {
        C::Create(new) => create(cx, *new).await,
        C::List(page) => list(cx, &page).await,
        C::Show { client_id } => {
            let client = client::show(cx, &client_id).await?;
            let json = object(&client, None)?;
            let text = serde_json::to_string_pretty(&json).unwrap_or_default();
            Ok(Answer::new(json, text))
        }
        C::RotateSecret { client_id } => {
            let secret = client::rotate_secret(cx, &client_id).await?;
            let json = json!({ "client_id": client_id, "client_secret": secret.reveal() });
            let text = format!("client_secret  {}\nThe one before it stays good for 24 hours.", secret.reveal());
            Ok(Answer::new(json, text))
        }
        C::Disable { client_id } => switched(cx, &client_id, false).await,
        C::Enable { client_id } => switched(cx, &client_id, true).await,
    }
}

async fn switched(cx: Cx<'_>, client_id: &str, enabled: bool) -> Result<Answer, Error> {
    client::set_enabled(cx, client_id, enabled).await?;
    let word = if enabled { "enabled" } else { "disabled" };
    Ok(Answer::new(json!({ "client_id": client_id, "enabled": enabled }), format!("{client_id} was {word}")))
}

async fn create(cx: Cx<'_>, new: args::NewClient) -> Result<Answer, Error> {
    let metadata = match &new.metadata {
        Some(path) => Metadata::from_json(&read_all(path)?).map_err(crate::flow::Error::from)?,
        None => from_flags(new),
    };
    let registered = client::register(cx, metadata).await?;
    let json = object(&registered.client, registered.secret.as_ref())?;
    let mut text = format!("client_id      {}", registered.client.id);
    if let Some(secret) = &registered.secret {
        text = format!("{text}\nclient_secret  {}\nThe secret is shown this once.", secret.reveal());
    }
    Ok(Answer::new(json, text))
}

fn from_flags(new: args::NewClient) -> Metadata {
    let default = Metadata::default();
    let chosen = !new.grants.is_empty();
    Metadata {
        client_name: new.name.unwrap_or_default(),
        redirect_uris: new.redirect_uris,
        post_logout_redirect_uris: new.post_logout_redirect_uris,
        scope: if new.scopes.is_empty() { default.scope } else { Scope::parse(&new.scopes.join(" ")) },
        grant_types: if chosen { new.grants } else { default.grant_types },
        token_endpoint_auth_method: new.auth.unwrap_or(default.token_endpoint_auth_method),
        id_token_signed_response_alg: new.id_token_alg.unwrap_or(default.id_token_signed_response_alg),
        access_token_format: new.access_token.unwrap_or(default.access_token_format),
        require_pkce: !new.no_pkce,
        first_party: new.first_party,
        require_factor: new.require_factor,
        ..Metadata::default()
    }
}

/// The registration answer of RFC 7591 §3.2.1.
fn object(client: &Client, secret: Option<&Opaque>) -> Result<Value, Error> {
    let mut object = serde_json::to_value(&client.metadata).map_err(|error| Error::Other(error.to_string()))?;
    object["client_id"] = json!(client.id);
    object["client_id_issued_at"] = json!(client.created_at);
    object["enabled"] = json!(client.is_enabled());
    if let Some(secret) = secret {
        object["client_secret"] = json!(secret.reveal());
        object["client_secret_expires_at"] = json!(0);
    }
    Ok(object)
}

async fn list(cx: Cx<'_>, page: &args::Page) -> Result<Answer, Error> {
    let clients = client::list(cx, &page.after, page.limit).await?;
    let state = |client: &ClientRow| if client.disabled_at.is_none() { "enabled" } else { "disabled" };
    let row = |client: &ClientRow| vec![client.id.to_string(), client.name.clone(), state(client).to_owned()];
    let rows: Vec<_> = clients.iter().map(row).collect();
    let short = |client: &ClientRow| json!({ "client_id": client.id, "client_name": client.name, "enabled": client.disabled_at.is_none() });
    let next = clients.last().filter(|_| i64::try_from(clients.len()) == Ok(page.limit)).map(|client| &client.id);
    let json = json!({ "clients": clients.iter().map(short).collect::<Vec<_>>(), "next": next });
    Ok(Answer::new(json, table(&["client_id", "client_name", "state"], &rows)))
}
