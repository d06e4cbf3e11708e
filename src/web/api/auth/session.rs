//! The session of somebody who signed in by the API.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::open;
use crate::base::random::Opaque;
use crate::flow::session::{self, Live};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::web::api::Api;
use crate::web::api::caller::bearer;
use crate::web::error::Error;

/// Only a session token has a session of its own.
pub fn live(api: &Api) -> Result<&Live, Refusal> {
    api.caller.live.as_deref().ok_or_else(|| {
        let refusal = Code::InvalidToken.because("this takes a session token");
        refusal.at(Check::Credential, "a session token", "an API key or an access token")
    })
}

/// Signs out.
#[utoipa::path(post, path = "/api/v1/auth/logout", tag = "auth", operation_id = "auth_logout",
    responses((status = 204, description = "Done")), security(("bearer" = ["self.write"])))]
pub async fn logout(api: Api) -> Result<HttpResponse, Error> {
    live(&api)?;
    session::end(api.cx(), Some(&Opaque::from(bearer(&api.ctx)?))).await?;
    Ok(HttpResponse::new(StatusCode::NO_CONTENT))
}

/// A session that goes on under another token.
#[derive(Serialize, ToSchema)]
pub struct Renewed {
    pub session_token: String,
    /// Seconds since 1970
    pub expires_at: i64,
}

/// Another session token in the place of this one, which ends. How long the session lasts stays as it is.
#[utoipa::path(post, path = "/api/v1/auth/refresh", tag = "auth", operation_id = "auth_refresh",
    responses((status = 200, body = Renewed)), security(("bearer" = ["self.write"])))]
pub async fn refresh(api: Api) -> Result<HttpResponse, Error> {
    open(&api.ctx)?;
    let live = live(&api)?;
    let token = session::renew(api.cx(), live).await?;
    let expires_at = live.session.expires_at.0;
    Ok(HttpResponse::Ok().json(Renewed { session_token: token.reveal().to_owned(), expires_at }))
}
