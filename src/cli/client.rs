//! `signet client …`

use serde_json::{Map, Value, json};

use super::print::{self, Answer};
use super::{Error, args, read_all};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::text;
use crate::flow::admin::client::{self, Edit, Registered};
use crate::flow::admin::selftest::{self, Finding, Went};
use crate::flow::admin::{Actor, Done, How, withdraw};
use crate::model::ClientId;
use crate::model::client::{Client, ClientRow, ClientState};
use crate::spec::client_meta::Metadata;
use crate::spec::scope::Scope;
use crate::store::client::Wanted;

pub async fn run(cx: Cx<'_>, command: args::Client) -> Result<Answer, Error> {
    use args::Client as C;
    let by = &Actor::operator();
    match command {
        C::Create(new) => create(cx, by, *new).await,
        C::List { name, state, page } => list(cx, by, (&name, state), &page).await,
        C::Show { client_id } => shown(&client::show(cx, by, &id(&client_id)).await?),
        C::Edit { client_id, metadata } => edit(cx, by, &client_id, &metadata).await,
        C::RotateSecret { client_id, end_old } => rotate(cx, by, &client_id, end_old).await,
        C::Disable { client_id } => switched(client::set_enabled(cx, by, How::Apply, &id(&client_id), false).await),
        C::Enable { client_id } => switched(client::set_enabled(cx, by, How::Apply, &id(&client_id), true).await),
        C::Delete { client_id } => switched(client::set_deleted(cx, by, How::Apply, &id(&client_id), true).await),
        C::Restore { client_id } => switched(client::set_deleted(cx, by, How::Apply, &id(&client_id), false).await),
        C::SelfTest { client_id } => Ok(tested(&selftest::run(cx, by, &id(&client_id)).await?)),
        C::Withdraw { client_id } => {
            let done = withdraw::withdraw(cx, by, How::Apply, &id(&client_id)).await?.value;
            // no server may be running that would go on with it
            if let Some(job) = &done.job {
                withdraw::finish(cx, job).await?;
            }
            let taken = done.access;
            let json = json!({ "client_id": client_id, "grants": taken.grants, "consents": taken.consents });
            Ok(Answer::new(json, format!("{} grants and {} consents were withdrawn", taken.grants, taken.consents)))
        }
    }
}

fn id(client_id: &str) -> ClientId {
    ClientId::from(client_id)
}

fn switched(done: crate::flow::Result<Done<Client>>) -> Result<Answer, Error> {
    let client = done?.value;
    let state = client.state();
    let json = json!({ "client_id": client.id, "state": state, "enabled": client.is_enabled() });
    Ok(Answer::new(json, format!("{} is {state}", client.id)))
}

fn tested(findings: &[Finding]) -> Answer {
    let line = |found: &Finding| {
        let sign = match found.went {
            Went::Passed => "ok  ",
            Went::Failed => "FAIL",
            Went::Skipped => " ·  ",
        };
        format!("  {sign}  {:<26}  {}  ({})", found.name, found.detail, found.clause)
    };
    let object = |found: &Finding| json!({ "test": found.name, "clause": found.clause, "result": found.went, "detail": found.detail });
    let good = findings.iter().all(|found| found.went != Went::Failed);
    let json = json!({ "ok": good, "tests": findings.iter().map(object).collect::<Vec<_>>() });
    Answer { good, ..Answer::new(json, findings.iter().map(line).collect::<Vec<_>>().join("\n")) }
}

fn shown(client: &Client) -> Result<Answer, Error> {
    let json = object(client, None)?;
    let text = serde_json::to_string_pretty(&json).unwrap_or_default();
    Ok(Answer::new(json, text))
}

async fn edit(cx: Cx<'_>, by: &Actor, client_id: &str, metadata: &str) -> Result<Answer, Error> {
    let members: Map<String, Value> = serde_json::from_str(&read_all(metadata)?)
        .map_err(|error| Error::Other(format!("the metadata are no JSON object: {error}")))?;
    let done = client::edit(cx, by, How::Apply, &id(client_id), (Edit::Members(members), |_: &Client| Ok(()))).await?;
    shown(&done.value)
}

async fn rotate(cx: Cx<'_>, by: &Actor, client_id: &str, end_old: bool) -> Result<Answer, Error> {
    let made = client::rotate_secret(cx, by, How::Apply, &id(client_id)).await?.value;
    let mut told = "The one before it stays good for 24 hours.";
    if end_old {
        client::end_old_secret(cx, by, How::Apply, &id(client_id)).await?;
        told = "The one before it has ended.";
    }
    let secret = made.secret.as_ref().map(Opaque::reveal).unwrap_or_default();
    let json = json!({ "client_id": client_id, "client_secret": secret });
    Ok(Answer::new(json, format!("client_secret  {secret}\n{told}")))
}

async fn create(cx: Cx<'_>, by: &Actor, new: args::NewClient) -> Result<Answer, Error> {
    let metadata = match &new.metadata {
        Some(path) => Metadata::from_json(&read_all(path)?).map_err(crate::flow::Error::from)?,
        None => from_flags(new),
    };
    let Registered { client, secret } = client::register(cx, by, How::Apply, metadata).await?.value;
    let json = object(&client, secret.as_ref())?;
    let mut text = format!("client_id      {}", client.id);
    if let Some(secret) = &secret {
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
    object["state"] = json!(client.state());
    if let Some(secret) = secret {
        object["client_secret"] = json!(secret.reveal());
        object["client_secret_expires_at"] = json!(0);
    }
    Ok(object)
}

async fn list(
    cx: Cx<'_>,
    by: &Actor,
    (name, state): (&str, Option<ClientState>),
    page: &args::Page,
) -> Result<Answer, Error> {
    let wanted = Wanted { prefix: text::key(name), state };
    let rows = client::list(cx, by, &wanted, &page.after, page.rows()).await?;
    let (clients, next) = print::page(rows, page.limit, |client: &ClientRow| client.id.to_string());
    let row = |client: &ClientRow| vec![client.id.to_string(), client.name.clone(), client.state().to_string()];
    let rows: Vec<_> = clients.iter().map(row).collect();
    let short = |client: &ClientRow| {
        let state = client.state();
        let enabled = state == ClientState::Enabled;
        json!({ "client_id": client.id, "client_name": client.name, "state": state, "enabled": enabled })
    };
    let json = json!({ "clients": clients.iter().map(short).collect::<Vec<_>>(), "next": next });
    Ok(Answer::new(json, print::list(&["client_id", "client_name", "state"], &rows, next.as_deref())))
}
