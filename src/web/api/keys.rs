//! `/api/v1/keys`: the keys that sign tokens.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::Api;
use super::body::changed;
use super::page::{List, Page, list as listed};
use crate::flow::admin::{key, wrong};
use crate::flow::key::{Rotation, Stage};
use crate::model::key::SigningKey;
use crate::spec::client_meta::Alg;
use crate::web::error::Error;

/// A signing key; the private one is never shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SigningKey)]
pub struct Key {
    pub kid: String,
    pub alg: String,
    /// next, current or retired
    pub stage: String,
    /// Seconds since 1970
    pub created_at: i64,
    /// From when on it signs
    pub active_at: Option<i64>,
}

impl From<&(SigningKey, Stage)> for Key {
    fn from((key, stage): &(SigningKey, Stage)) -> Self {
        Self {
            kid: key.kid.clone(),
            alg: key.alg.to_string(),
            stage: stage.to_string(),
            created_at: key.created_at.0,
            active_at: key.active_at.map(|at| at.0),
        }
    }
}

/// A key that takes over.
#[derive(Debug, Serialize, ToSchema)]
pub struct Successor {
    pub kid: String,
    pub alg: String,
    /// From when on it signs: as soon as every cached key set has it
    pub active_at: i64,
}

impl From<&Rotation> for Successor {
    fn from(rotation: &Rotation) -> Self {
        Self { kid: rotation.kid.clone(), alg: rotation.alg.to_string(), active_at: rotation.active_at.0 }
    }
}

/// The keys that take over.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rotated {
    pub rotated: Vec<Successor>,
}

/// A key that was taken out of use.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RevokedKey)]
pub struct Revoked {
    pub revoked: String,
    /// What signs instead, where it was the current one
    pub next: Option<Successor>,
}

/// The signing keys, by algorithm and age.
#[utoipa::path(get, path = "/api/v1/keys", operation_id = "list_keys", tag = "keys",
    params(("after" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = List<Key>)), security(("bearer" = ["keys.read"])))]
pub async fn list(api: Api) -> Result<HttpResponse, Error> {
    let page = Page::of(&api)?;
    let keys = key::list(api.cx(), &api.caller.by).await?;
    // a handful, which stand in memory anyway
    let begin = keys.iter().position(|(key, _)| key.kid == page.after).map_or(0, |at| at + 1);
    let rows = keys.into_iter().skip(begin).collect();
    Ok(listed(&api, &page, rows, (|(key, _): &(SigningKey, Stage)| key.kid.clone(), |row: &_| Key::from(row))))
}

/// Lets the next keys take over, all or those of one algorithm.
#[utoipa::path(post, path = "/api/v1/keys/rotate", operation_id = "rotate_keys", tag = "keys",
    params(("alg" = Option<String>, Query), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = Rotated)), security(("bearer" = ["keys.write"])))]
pub async fn rotate(api: Api) -> Result<HttpResponse, Error> {
    let params = api.ctx.query()?;
    let alg = params.get("alg").map(|alg| Alg::parse(alg).ok_or_else(|| wrong("alg", Alg::names()))).transpose()?;
    let done = key::rotate(api.cx(), &api.caller.by, api.how(), alg).await?;
    Ok(changed(&api, &done, |rotated| Rotated { rotated: rotated.iter().map(Successor::from).collect() }))
}

/// Takes a key out of use at once, because somebody else may have it: what it has signed counts no more.
#[utoipa::path(delete, path = "/api/v1/keys/{kid}", operation_id = "revoke_key", tag = "keys",
    params(("kid" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = Revoked)), security(("bearer" = ["keys.write"])))]
pub async fn revoke(api: Api) -> Result<HttpResponse, Error> {
    let done = key::revoke(api.cx(), &api.caller.by, api.how(), api.part("kid")).await?;
    Ok(changed(&api, &done, |next| Revoked {
        revoked: api.part("kid").to_owned(),
        next: next.as_ref().map(Successor::from),
    }))
}
