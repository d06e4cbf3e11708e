//! `/api/v1/clients`: the apps and programs that use this server.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::body::{Body, changed, check_unchanged, created, shown};
use super::once::once;
use super::page::{List, Page, list as listed};
use super::{Api, ROOT};
use crate::base::text;
use crate::base::time::Ts;
use crate::flow;
use crate::flow::admin::client::{self, Access, Edit, Registered};
use crate::flow::admin::{How, withdraw, wrong};
use crate::model::ClientId;
use crate::model::client::{Client, ClientRow, ClientState};
use crate::spec::client_meta::Metadata;
use crate::store::client::Wanted;
use crate::web::error::Error;

/// A client in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShortApp {
    pub client_id: String,
    pub client_name: String,
    /// enabled, disabled or deleted
    pub state: String,
    /// Seconds since 1970
    pub client_id_issued_at: i64,
    pub updated_at: i64,
}

impl From<&ClientRow> for ShortApp {
    fn from(row: &ClientRow) -> Self {
        Self {
            client_id: row.id.0.clone(),
            client_name: row.name.clone(),
            state: row.state().to_string(),
            client_id_issued_at: row.created_at.0,
            updated_at: row.updated_at.0,
        }
    }
}

/// A client with its metadata (RFC 7591 §3.2.1); the secret is shown when it is made, and never again.
#[derive(Debug, Serialize, ToSchema)]
pub struct App {
    pub client_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// 0: it does not expire by itself
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret_expires_at: Option<i64>,
    /// Seconds since 1970
    pub client_id_issued_at: i64,
    pub updated_at: i64,
    /// enabled, disabled or deleted
    pub state: String,
    /// The secrets that count
    pub secrets: Vec<Secret>,
    #[serde(flatten)]
    pub metadata: Metadata,
}

/// A secret that counts; what it is nobody can tell.
#[derive(Debug, Serialize, ToSchema)]
pub struct Secret {
    pub created_at: i64,
    /// Null for the current one
    pub expires_at: Option<i64>,
}

impl App {
    fn of(client: &Client, now: Ts) -> Self {
        let secrets = client.live_secrets(now);
        let secret = |secret: &crate::model::client::ClientSecret| Secret {
            created_at: secret.created_at.0,
            expires_at: secret.expires_at.map(|at| at.0),
        };
        Self {
            client_id: client.id.0.clone(),
            client_secret: None,
            client_secret_expires_at: None,
            client_id_issued_at: client.created_at.0,
            updated_at: client.updated_at.0,
            state: client.state().to_string(),
            secrets: secrets.map(secret).collect(),
            metadata: client.metadata.clone(),
        }
    }

    fn registered(made: &Registered, now: Ts) -> Self {
        let secret = made.secret.as_ref().map(|secret| secret.reveal().to_owned());
        let expires_at = secret.is_some().then_some(0);
        Self { client_secret: secret, client_secret_expires_at: expires_at, ..Self::of(&made.client, now) }
    }
}

/// How much people have allowed a client.
#[derive(Debug, Serialize, ToSchema)]
pub struct Allowance {
    /// Sign-ins whose tokens count
    pub grants: i64,
    pub consents: i64,
}

impl From<Access> for Allowance {
    fn from(Access { grants, consents }: Access) -> Self {
        Self { grants, consents }
    }
}

fn id(api: &Api) -> ClientId {
    ClientId::from(api.part("id"))
}

/// Clients, the oldest first.
#[utoipa::path(get, path = "/api/v1/clients", operation_id = "list_clients", tag = "clients",
    params(("name" = Option<String>, Query), ("state" = Option<String>, Query),
        ("after" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = List<ShortApp>)), security(("bearer" = ["clients.read"])))]
pub async fn list(api: Api) -> Result<HttpResponse, Error> {
    let params = api.ctx.query()?;
    let page = Page::parse(&params)?;
    let state =
        params.get("state").map(|state| ClientState::parse(state).ok_or_else(|| wrong("state", ClientState::names())));
    let wanted = Wanted { prefix: text::key(params.get("name").unwrap_or_default()), state: state.transpose()? };
    let rows = client::list(api.cx(), &api.caller.by, &wanted, &page.after, page.rows()).await?;
    Ok(listed(&api, &page, rows, (|row: &ClientRow| row.id.0.clone(), |row: &ClientRow| ShortApp::from(row))))
}

/// Registers a client; the answer shows its secret, once.
#[utoipa::path(post, path = "/api/v1/clients", operation_id = "create_client",
    params(("preview" = Option<bool>, Query), ("idempotency-key" = Option<String>, Header)), tag = "clients",
    request_body = Metadata, responses((status = 201, body = App)), security(("bearer" = ["clients.write"])))]
pub async fn create(api: Api, Body(metadata): Body<Metadata>) -> Result<HttpResponse, Error> {
    once(&api, async || {
        let cx = api.cx();
        let done = client::register(cx, &api.caller.by, api.how(), metadata).await?;
        let at = |made: &Registered| format!("{ROOT}/clients/{}", made.client.id);
        Ok(created(&api, &done, (at, |made: &Registered| App::registered(made, cx.now))))
    })
    .await
}

/// One client.
#[utoipa::path(get, path = "/api/v1/clients/{id}", operation_id = "show_client", tag = "clients",
    params(("id" = String, Path)), responses((status = 200, body = App)), security(("bearer" = ["clients.read"])))]
pub async fn show(api: Api) -> Result<HttpResponse, Error> {
    let found = client::show(api.cx(), &api.caller.by, &id(&api)).await?;
    Ok(shown(&App::of(&found, api.cx().now)))
}

/// Replaces all metadata of a client.
#[utoipa::path(put, path = "/api/v1/clients/{id}", operation_id = "replace_client", tag = "clients",
    params(("id" = String, Path), ("preview" = Option<bool>, Query), ("if-match" = Option<String>, Header)),
    request_body = Metadata, responses((status = 200, body = App)), security(("bearer" = ["clients.write"])))]
pub async fn replace(api: Api, Body(metadata): Body<Metadata>) -> Result<HttpResponse, Error> {
    change(&api, Edit::Whole(Box::new(metadata))).await
}

/// Changes members of a client's metadata; null takes one back to what it is by itself.
#[utoipa::path(patch, path = "/api/v1/clients/{id}", operation_id = "edit_client", tag = "clients",
    params(("id" = String, Path), ("preview" = Option<bool>, Query), ("if-match" = Option<String>, Header)),
    request_body = Metadata, responses((status = 200, body = App)), security(("bearer" = ["clients.write"])))]
pub async fn edit(api: Api, Body(members): Body<Map<String, Value>>) -> Result<HttpResponse, Error> {
    change(&api, Edit::Members(members)).await
}

async fn change(api: &Api, edit: Edit) -> Result<HttpResponse, Error> {
    let cx = api.cx();
    let unchanged = |client: &Client| Ok(check_unchanged(api, &App::of(client, cx.now))?);
    let done = client::edit(cx, &api.caller.by, api.how(), &id(api), (edit, unchanged)).await?;
    Ok(changed(api, &done, |client| App::of(client, cx.now)))
}

/// Makes a new secret, and shows it once; the one before it counts for another day.
#[utoipa::path(post, path = "/api/v1/clients/{id}/rotate-secret", operation_id = "rotate_client_secret",
    tag = "clients", params(("id" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = App)), security(("bearer" = ["clients.write"])))]
pub async fn rotate_secret(api: Api) -> Result<HttpResponse, Error> {
    let cx = api.cx();
    let done = client::rotate_secret(cx, &api.caller.by, api.how(), &id(&api)).await?;
    Ok(changed(&api, &done, |made| App::registered(made, cx.now)))
}

/// Ends at once the secret that was replaced.
#[utoipa::path(delete, path = "/api/v1/clients/{id}/old-secret", operation_id = "end_old_client_secret",
    tag = "clients", params(("id" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = App)), security(("bearer" = ["clients.write"])))]
pub async fn end_old_secret(api: Api) -> Result<HttpResponse, Error> {
    let done = client::end_old_secret(api.cx(), &api.caller.by, api.how(), &id(&api)).await?;
    Ok(answer(&api, &done))
}

/// Shuts a client out; its tokens count no more.
#[utoipa::path(post, path = "/api/v1/clients/{id}/disable", operation_id = "disable_client", tag = "clients",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = App)),
    security(("bearer" = ["clients.write"])))]
pub async fn disable(api: Api) -> Result<HttpResponse, Error> {
    let done = client::set_enabled(api.cx(), &api.caller.by, api.how(), &id(&api), false).await?;
    Ok(answer(&api, &done))
}

/// Lets a client in again.
#[utoipa::path(post, path = "/api/v1/clients/{id}/enable", operation_id = "enable_client", tag = "clients",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = App)),
    security(("bearer" = ["clients.write"])))]
pub async fn enable(api: Api) -> Result<HttpResponse, Error> {
    let done = client::set_enabled(api.cx(), &api.caller.by, api.how(), &id(&api), true).await?;
    Ok(answer(&api, &done))
}

/// Deletes a client; it can be restored.
#[utoipa::path(delete, path = "/api/v1/clients/{id}", operation_id = "delete_client", tag = "clients",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = App)),
    security(("bearer" = ["clients.write"])))]
pub async fn delete(api: Api) -> Result<HttpResponse, Error> {
    let done = client::set_deleted(api.cx(), &api.caller.by, api.how(), &id(&api), true).await?;
    Ok(answer(&api, &done))
}

/// Brings back a client that was deleted.
#[utoipa::path(post, path = "/api/v1/clients/{id}/restore", operation_id = "restore_client", tag = "clients",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = App)),
    security(("bearer" = ["clients.write"])))]
pub async fn restore(api: Api) -> Result<HttpResponse, Error> {
    let done = client::set_deleted(api.cx(), &api.caller.by, api.how(), &id(&api), false).await?;
    Ok(answer(&api, &done))
}

fn answer(api: &Api, done: &flow::admin::Done<Client>) -> HttpResponse {
    changed(api, done, |client| App::of(client, api.cx().now))
}

/// How much people have allowed a client: live grants, and consents.
#[utoipa::path(get, path = "/api/v1/clients/{id}/access", operation_id = "show_client_access", tag = "clients",
    params(("id" = String, Path)), responses((status = 200, body = Allowance)),
    security(("bearer" = ["clients.read"])))]
pub async fn access(api: Api) -> Result<HttpResponse, Error> {
    let access = client::access(api.cx(), &api.caller.by, &id(&api)).await?;
    Ok(shown(&Allowance::from(access)))
}

/// Takes back what all people have allowed a client; tells how much it is. Where that is very much, the rest goes on after
/// the answer (202); how much is left is told by the same address.
#[utoipa::path(delete, path = "/api/v1/clients/{id}/access", operation_id = "withdraw_client_access", tag = "clients",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = Allowance), (status = 202, description = "the same; it goes on", body = Allowance)),
    security(("bearer" = ["clients.write"])))]
pub async fn withdraw(api: Api) -> Result<HttpResponse, Error> {
    let done = withdraw::withdraw(api.cx(), &api.caller.by, api.how(), &id(&api)).await?;
    let mut answer = changed(&api, &done, |taken| Allowance::from(taken.access));
    if done.value.job.is_some() && api.how() == How::Apply {
        *answer.status_mut() = StatusCode::ACCEPTED;
    }
    Ok(answer)
}
