//! All that is kept of the person, and the end of the account.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::flow::account::delete;
use crate::flow::account::export::{self, State};
use crate::flow::missing;
use crate::web::api::Api;
use crate::web::error::Error;
use crate::web::page::account::privacy::archive;

/// How far an export is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Export {
    /// none, running, ready or failed
    pub state: String,
    /// Until when it can be fetched, in seconds since 1970
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// In bytes
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
}

/// How far the export is: `none`, `running`, `ready` or `failed`.
#[utoipa::path(get, path = "/api/v1/users/me/export", tag = "me", operation_id = "me_export_show",
    responses((status = 200, body = Export)), security(("bearer" = ["self.read"])))]
pub async fn show(api: Api) -> Result<HttpResponse, Error> {
    Ok(HttpResponse::Ok().json(state(&api).await?))
}

async fn state(api: &Api) -> Result<Export, Error> {
    let (state, ready) = match export::state(api.cx(), api.user()?).await? {
        State::None => ("none", None),
        State::Running => ("running", None),
        State::Ready(until, size) => ("ready", Some((until.0, size))),
        State::Failed => ("failed", None),
    };
    let (expires_at, size) = ready.unzip();
    Ok(Export { state: state.to_owned(), expires_at, size })
}

/// Has all gathered that is kept of the person; a letter tells when it can be fetched. Takes a fresh sign-in.
#[utoipa::path(post, path = "/api/v1/users/me/export", tag = "me", operation_id = "me_export_begin",
    responses((status = 202, body = Export)), security(("bearer" = ["self.write"])))]
pub async fn begin(api: Api) -> Result<HttpResponse, Error> {
    let live = api.fresh().await?;
    export::begin(api.cx(), &live).await?;
    Ok(HttpResponse::build(StatusCode::ACCEPTED).json(state(&api).await?))
}

/// What was gathered, as a ZIP archive. Takes a fresh sign-in.
#[utoipa::path(get, path = "/api/v1/users/me/export/file", tag = "me", operation_id = "me_export_fetch",
    responses((status = 200, description = "The archive", content_type = "application/zip", body = [u8]),
        (status = 404, description = "There is none")),
    security(("bearer" = ["self.read"])))]
pub async fn fetch(api: Api) -> Result<HttpResponse, Error> {
    let live = api.fresh().await?;
    let blob = export::fetch(api.cx(), &live).await?.ok_or_else(|| missing("export of", &live.user.username))?;
    Ok(archive(&api.ctx, blob))
}

/// Takes away what was gathered. Takes a fresh sign-in.
#[utoipa::path(delete, path = "/api/v1/users/me/export", tag = "me", operation_id = "me_export_discard",
    responses((status = 204, description = "Done")), security(("bearer" = ["self.write"])))]
pub async fn discard(api: Api) -> Result<HttpResponse, Error> {
    let live = api.fresh().await?;
    export::discard(api.cx(), &live).await?;
    Ok(HttpResponse::new(StatusCode::NO_CONTENT))
}

/// An account that is shut.
#[derive(Debug, Serialize, ToSchema)]
pub struct Leaving {
    /// Always deleting
    pub state: String,
    /// When it is erased, in seconds since 1970
    pub erased_at: i64,
}

/// Ends the own account: it is shut at once, and erased later. Until then the link of a letter keeps it, or a sign-in.
/// Takes a fresh sign-in.
#[utoipa::path(delete, path = "/api/v1/users/me", tag = "me", operation_id = "me_export_end",
    responses((status = 202, body = Leaving)), security(("bearer" = ["self.write"])))]
pub async fn end(api: Api) -> Result<HttpResponse, Error> {
    let live = api.fresh().await?;
    let due = delete::begin(api.cx(), &live).await?;
    Ok(HttpResponse::build(StatusCode::ACCEPTED).json(Leaving { state: "deleting".to_owned(), erased_at: due.0 }))
}
