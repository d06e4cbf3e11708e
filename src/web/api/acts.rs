//! `/api/v1/changes`: what administrators have done, and taking it back.

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::Api;
use super::body::{changed, shown};
use super::jobs::{self, Job};
use super::page::{List, Page, list as listed};
use crate::flow::admin::bulk::back;
use crate::flow::admin::undo::{self, Kept};
use crate::model::BatchId;
use crate::model::change::Batch;
use crate::web::error::Error;

/// Changes of one act that are shown.
const SHOWN: i64 = 200;

/// An act of an administrator.
#[derive(Debug, Serialize, ToSchema)]
pub struct Act {
    pub id: String,
    /// Seconds since 1970
    pub at: i64,
    pub actor_kind: String,
    pub actor_id: Option<String>,
    pub action: String,
    /// How many things it changed
    pub changes: i64,
    pub undoes: Option<String>,
    pub undone_by: Option<String>,
    /// Until when it can be taken back
    pub expires_at: i64,
    /// Something in it cannot be brought back, so it is not taken back at all
    pub is_final: bool,
}

impl From<&Batch> for Act {
    fn from(batch: &Batch) -> Self {
        let text = |id: &Option<BatchId>| id.as_ref().map(|id| id.0.clone());
        Self {
            id: batch.id.0.clone(),
            at: batch.at.0,
            actor_kind: batch.actor_kind.to_string(),
            actor_id: batch.actor_id.clone(),
            action: batch.action.to_string(),
            changes: batch.changes,
            undoes: text(&batch.undoes),
            undone_by: text(&batch.undone_by),
            expires_at: batch.expires_at.0,
            is_final: batch.is_final,
        }
    }
}

/// An act with the first 200 of the things that it changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FullAct {
    #[serde(flatten)]
    pub act: Act,
    pub changed: Vec<ChangedThing>,
}

/// What was, and what is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedThing {
    pub action: String,
    pub target_kind: String,
    pub target_id: String,
    #[schema(value_type = Option<Object>)]
    pub before: Value,
    #[schema(value_type = Option<Object>)]
    pub after: Value,
    /// Nothing brings it back
    pub is_final: bool,
}

impl From<&Kept> for ChangedThing {
    fn from(kept: &Kept) -> Self {
        Self {
            action: kept.row.action.to_string(),
            target_kind: kept.row.target_kind.to_string(),
            target_id: kept.row.target_id.clone(),
            before: json!(kept.changed.before),
            after: json!(kept.changed.after),
            is_final: kept.row.is_final,
        }
    }
}

/// An act that was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct Undone {
    pub undone: String,
    /// The act that took it back, which can be taken back as well
    pub by: String,
}

/// The latest acts, the newest first.
#[utoipa::path(get, path = "/api/v1/changes", tag = "changes", operation_id = "list_changes",
    params(("after" = Option<String>, Query), ("limit" = Option<i64>, Query)), responses((status = 200, body = List<Act>)),
    security(("bearer" = ["audit.read"])))]
pub async fn list(api: Api) -> Result<HttpResponse, Error> {
    let page = Page::of(&api)?;
    let before = (!page.after.is_empty()).then(|| BatchId::from(page.after.as_str()));
    let rows = undo::list(api.cx(), &api.caller.by, before.as_ref(), page.rows()).await?;
    Ok(listed(&api, &page, rows, (|row: &Batch| row.id.0.clone(), |row: &Batch| Act::from(row))))
}

/// One act, and what it changed.
#[utoipa::path(get, path = "/api/v1/changes/{id}", tag = "changes", operation_id = "show_change",
    params(("id" = String, Path)), responses((status = 200, body = FullAct)), security(("bearer" = ["audit.read"])))]
pub async fn show(api: Api) -> Result<HttpResponse, Error> {
    let id = BatchId::from(api.part("id"));
    let (batch, kept) = undo::show(api.cx(), &api.caller.by, &id, (0, SHOWN)).await?;
    Ok(shown(&FullAct { act: Act::from(&batch), changed: kept.iter().map(ChangedThing::from).collect() }))
}

/// Takes an act back, if nobody has changed it since. It takes the rights that the act itself took. What was done to many
/// at once is taken back by a job, which leaves alone what was changed since.
#[utoipa::path(post, path = "/api/v1/changes/{id}/undo", tag = "changes", operation_id = "undo_change",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = Undone), (status = 202, description = "A job is going to undo it", body = Job)),
    security(("bearer" = [])))]
pub async fn undo(api: Api) -> Result<HttpResponse, Error> {
    let id = BatchId::from(api.part("id"));
    if back::is_of_many(api.cx(), &id).await? {
        return jobs::undo(&api, id).await;
    }
    let done = undo::undo(api.cx(), &api.caller.by, api.how(), &id).await?;
    Ok(changed(&api, &done, |()| Undone { undone: id.0.clone(), by: done.batch.0.clone() }))
}
