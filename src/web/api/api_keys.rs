//! `/api/v1/api-keys`: the keys that programs come with.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{Body, changed, created, shown};
use super::once::once;
use super::page::{List, Page, list as listed};
use super::{Api, ROOT};
use crate::base::random::Opaque;
use crate::base::time::Ts;
use crate::flow::admin::api_key::{self, New};
use crate::flow::admin::wrong;
use crate::model::ApiKeyId;
use crate::model::api_key::ApiKey;
use crate::spec::right::Right;
use crate::web::error::Error;

/// An API key; the key itself is shown when it is made, and never again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub struct Key {
    pub id: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    pub rights: Vec<String>,
    pub networks: Vec<String>,
    pub created_at: i64,
    pub created_by: String,
    pub expires_at: Option<i64>,
    pub revoked_at: Option<i64>,
    pub last_used_at: Option<i64>,
    pub last_address: Option<String>,
}

impl From<&ApiKey> for Key {
    fn from(row: &ApiKey) -> Self {
        let seconds = |at: Option<Ts>| at.map(|at| at.0);
        Self {
            id: row.id.0.clone(),
            name: row.name.clone(),
            key: None,
            rights: row.rights().iter().map(|right| right.to_string()).collect(),
            networks: row.networks(),
            created_at: row.created_at.0,
            created_by: row.created_by.clone(),
            expires_at: seconds(row.expires_at),
            revoked_at: seconds(row.revoked_at),
            last_used_at: seconds(row.last_used_at),
            last_address: row.last_address.clone(),
        }
    }
}

/// A key to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewApiKey)]
pub struct NewKey {
    pub name: String,
    /// As in `users.read`
    pub rights: Vec<String>,
    /// Addresses or networks that it may be used from; none for all
    #[serde(default)]
    pub networks: Vec<String>,
    /// Seconds since 1970
    pub expires_at: Option<i64>,
}

/// The keys, the oldest first.
#[utoipa::path(get, path = "/api/v1/api-keys", tag = "api-keys", operation_id = "list_api_keys",
    params(("after" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = List<Key>)), security(("bearer" = ["api-keys.read"])))]
pub async fn list(api: Api) -> Result<HttpResponse, Error> {
    let page = Page::of(&api)?;
    let rows = api_key::list(api.cx(), &api.caller.by, &page.after, page.rows()).await?;
    Ok(listed(&api, &page, rows, (|row: &ApiKey| row.id.0.clone(), |row: &ApiKey| Key::from(row))))
}

/// One key.
#[utoipa::path(get, path = "/api/v1/api-keys/{id}", tag = "api-keys", operation_id = "show_api_key",
    params(("id" = String, Path)), responses((status = 200, body = Key)), security(("bearer" = ["api-keys.read"])))]
pub async fn show(api: Api) -> Result<HttpResponse, Error> {
    let row = api_key::show(api.cx(), &api.caller.by, &ApiKeyId::from(api.part("id"))).await?;
    Ok(shown(&Key::from(&row)))
}

/// Makes a key. Nobody gives it rights that they do not have.
#[utoipa::path(post, path = "/api/v1/api-keys", tag = "api-keys", operation_id = "create_api_key",
    params(("preview" = Option<bool>, Query), ("idempotency-key" = Option<String>, Header)), request_body = NewKey,
    responses((status = 201, body = Key)), security(("bearer" = ["api-keys.write"])))]
pub async fn create(api: Api, Body(new): Body<NewKey>) -> Result<HttpResponse, Error> {
    once(&api, async || {
        let parse = |name: &String| {
            Right::parse(name).ok_or_else(|| wrong("rights", format!("{name:?} is none of: {}", Right::names())))
        };
        let rights = new.rights.iter().map(parse).collect::<Result<_, _>>()?;
        let new = New { name: new.name, rights, networks: new.networks, expires_at: new.expires_at.map(Ts) };
        let done = api_key::create(api.cx(), &api.caller.by, api.how(), new).await?;
        let at = |(row, _): &(ApiKey, Opaque)| format!("{ROOT}/api-keys/{}", row.id);
        let show = |(row, key): &(ApiKey, Opaque)| Key { key: Some(key.reveal().to_owned()), ..Key::from(row) };
        Ok(created(&api, &done, (at, show)))
    })
    .await
}

/// Ends a key at once.
#[utoipa::path(delete, path = "/api/v1/api-keys/{id}", tag = "api-keys", operation_id = "revoke_api_key",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = Key)),
    security(("bearer" = ["api-keys.write"])))]
pub async fn revoke(api: Api) -> Result<HttpResponse, Error> {
    let id = ApiKeyId::from(api.part("id"));
    let done = api_key::revoke(api.cx(), &api.caller.by, api.how(), &id).await?;
    Ok(changed(&api, &done, |row| Key::from(row)))
}
