//! Where the person is signed in, what has access, what happened, what can be proved.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::flow::account::{activity, apps, preferences, sessions};
use crate::flow::admin::caller::session_of;
use crate::flow::{factor, missing};
use crate::model::{ClientId, SessionId};
use crate::spec::check::Check;
use crate::spec::error::Code;
use crate::web::api::Api;
use crate::web::api::body::{Body, shown};
use crate::web::api::page::List;
use crate::web::api::users::access::{Allowed, Happened, OwnProofs, Place, asked, told, whole};
use crate::web::error::Error;

fn done() -> HttpResponse {
    HttpResponse::new(StatusCode::NO_CONTENT)
}

/// Where the person is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnPlace {
    #[serde(flatten)]
    pub place: Place,
    /// The one that calls
    pub current: bool,
}

/// The own sessions; `current` is the one that calls.
#[utoipa::path(get, path = "/api/v1/users/me/sessions", tag = "me", operation_id = "me_sessions",
    responses((status = 200, body = List<OwnPlace>)), security(("bearer" = ["self.read"])))]
pub async fn sessions(api: Api) -> Result<HttpResponse, Error> {
    let here = session_of(api.cx(), &api.caller).await?.map(|live| live.session.id);
    let rows = sessions::list(api.cx(), &api.user()?.id).await?;
    Ok(whole(&rows, |row| OwnPlace { place: Place::from(row), current: here.as_ref() == Some(&row.id) }))
}

/// Signs out everywhere but in the session that calls.
#[utoipa::path(delete, path = "/api/v1/users/me/sessions", tag = "me", operation_id = "me_end_others",
    responses((status = 204, description = "Done")), security(("bearer" = ["self.write"])))]
pub async fn end_others(api: Api) -> Result<HttpResponse, Error> {
    api.user()?;
    let live = session_of(api.cx(), &api.caller).await?.ok_or_else(|| {
        let refusal = Code::LoginRequired.because("the session that this comes from has ended: sign in again");
        refusal.with_status(403).at(Check::Session, "a live session", "one that has ended")
    })?;
    sessions::end_others(api.cx(), &live).await?;
    Ok(done())
}

/// Ends one of the own sessions.
#[utoipa::path(delete, path = "/api/v1/users/me/sessions/{session}", tag = "me", operation_id = "me_end_session",
    params(("session" = String, Path)), responses((status = 204, description = "Done")),
    security(("bearer" = ["self.write"])))]
pub async fn end_session(api: Api) -> Result<HttpResponse, Error> {
    let (user, id) = (api.user()?, SessionId::from(api.part("session")));
    if !sessions::list(api.cx(), &user.id).await?.iter().any(|row| row.id == id) {
        return Err(missing("session", id.as_str()).into());
    }
    sessions::end(api.cx(), &user.id, &id).await?;
    Ok(done())
}

/// The apps with access to the own account.
#[utoipa::path(get, path = "/api/v1/users/me/consents", tag = "me", operation_id = "me_consents",
    responses((status = 200, body = List<Allowed>)), security(("bearer" = ["self.read"])))]
pub async fn consents(api: Api) -> Result<HttpResponse, Error> {
    let rows = apps::list(api.cx(), &api.user()?.id).await?;
    Ok(whole(&rows, |row| Allowed::from(row)))
}

/// Takes an app's access away; none of its tokens counts from then on.
#[utoipa::path(delete, path = "/api/v1/users/me/consents/{client}", tag = "me", operation_id = "me_withdraw",
    params(("client" = String, Path)), responses((status = 204, description = "Done")),
    security(("bearer" = ["self.write"])))]
pub async fn withdraw(api: Api) -> Result<HttpResponse, Error> {
    let (user, client) = (api.user()?, ClientId::from(api.part("client")));
    if !apps::list(api.cx(), &user.id).await?.iter().any(|row| row.client_id == client) {
        return Err(missing("app with access", client.as_str()).into());
    }
    apps::withdraw(api.cx(), &user.id, &client).await?;
    Ok(done())
}

/// What happened in the own account, the newest first.
#[utoipa::path(get, path = "/api/v1/users/me/activity", tag = "me", operation_id = "me_activity",
    params(("topic" = Option<String>, Query), ("after" = Option<String>, Query)),
    responses((status = 200, body = List<Happened>)), security(("bearer" = ["self.read"])))]
pub async fn activity(api: Api) -> Result<HttpResponse, Error> {
    let (topic, before) = asked(&api)?;
    Ok(told(&activity::page(api.cx(), &api.user()?.id, topic, before.as_deref()).await?))
}

/// What the person prefers, for Signet itself and for the apps that put something into it.
#[utoipa::path(get, path = "/api/v1/users/me/preferences", tag = "me", operation_id = "me_preferences",
    responses((status = 200, body = Object)), security(("bearer" = ["self.read"])))]
pub async fn preferences(api: Api) -> Result<HttpResponse, Error> {
    Ok(shown(&preferences::get(api.cx(), &api.user()?.id).await?))
}

/// Changes them by a merge patch (RFC 7396).
#[utoipa::path(patch, path = "/api/v1/users/me/preferences", tag = "me", operation_id = "me_prefer",
    request_body = Object, responses((status = 200, body = Object)), security(("bearer" = ["self.write"])))]
pub async fn prefer(api: Api, Body(patch): Body<Map<String, Value>>) -> Result<HttpResponse, Error> {
    Ok(shown(&preferences::merge(api.cx(), &api.user()?.id, &Value::Object(patch)).await?))
}

/// The own second factors.
#[utoipa::path(get, path = "/api/v1/users/me/factors", tag = "me", operation_id = "me_factors",
    responses((status = 200, body = OwnProofs)), security(("bearer" = ["self.read"])))]
pub async fn factors(api: Api) -> Result<HttpResponse, Error> {
    let held = factor::state(api.cx(), api.user()?).await?.held;
    Ok(HttpResponse::Ok().json(OwnProofs::from(&held)))
}
