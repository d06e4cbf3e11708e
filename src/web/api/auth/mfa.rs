//! Second factors that an app sets up in its own pages: authenticator apps and backup codes. All take a fresh sign-in by
//! the API: a session that becomes surer goes on under another token, which only its own holder can be given.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session::live;
use super::{Begun, Under};
use crate::base::random::Opaque;
use crate::flow::admin::wrong;
use crate::flow::factor::{self, backup, totp};
use crate::flow::missing;
use crate::flow::session::Live;
use crate::model::FactorId;
use crate::spec::check::Check;
use crate::spec::error::Code;
use crate::web::api::Api;
use crate::web::api::body::Body;
use crate::web::error::Error;

/// Fails for an app's access token as well.
async fn fresh(api: &Api) -> Result<Live, Error> {
    live(api)?;
    api.fresh().await
}

/// An authenticator app that is being added.
#[derive(Serialize, ToSchema)]
pub struct AppToBe {
    #[serde(flatten)]
    pub begun: Begun,
    /// What the app is told, to be typed
    pub secret: String,
    /// The same, to be shown as a code that it photographs
    pub uri: String,
}

/// Begins to add an authenticator app: nothing counts before its first code.
#[utoipa::path(post, path = "/api/v1/auth/mfa/setup", tag = "auth", operation_id = "auth_mfa_set_up",
    responses((status = 200, body = AppToBe)),
    security(("bearer" = ["self.write"])))]
pub async fn set_up(api: Api) -> Result<HttpResponse, Error> {
    let (live, browser) = (fresh(&api).await?, Opaque::random());
    let id = totp::begin(api.cx(), &live, &browser).await?;
    let shown = totp::shown(api.cx(), &live, &id, &browser).await?;
    let begun = Begun::new(&id, &browser);
    Ok(HttpResponse::Ok().json(AppToBe { begun, secret: shown.secret, uri: shown.uri }))
}

/// The first code of the app.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct First {
    pub challenge: String,
    pub challenge_token: String,
    pub code: String,
    /// What the person calls it
    pub name: Option<String>,
}

/// An authenticator app that was added.
#[derive(Serialize, ToSchema)]
pub struct AppAdded {
    pub session_token: String,
    /// Shown this once; null where there were some already
    pub backup_codes: Option<Vec<String>>,
}

/// Adds the app, and gives another session token in the place of this one, which ends. The first factor brings backup
/// codes along, which are shown this once.
#[utoipa::path(post, path = "/api/v1/auth/mfa/confirm", tag = "auth", operation_id = "auth_mfa_confirm",
    request_body = First,
    responses((status = 200, body = AppAdded)),
    security(("bearer" = ["self.write"])))]
pub async fn confirm(api: Api, Body(typed): Body<First>) -> Result<HttpResponse, Error> {
    let live = fresh(&api).await?;
    let name = factor::clean(typed.name.as_deref().unwrap_or("Authenticator"));
    let name = name.ok_or_else(|| wrong("name", "nothing is left of it"))?;
    let (id, browser) = Under { challenge: typed.challenge, challenge_token: typed.challenge_token }.parts();
    let done = totp::finish(api.cx(), &live, &id, &browser, (&typed.code, name)).await?;
    let (token, live) = done.ok_or_else(|| {
        let refusal = Code::AccessDenied.because("the code is wrong, or was used already").with_status(401);
        refusal.at(Check::Factor, "a code of this app, not used yet", "another")
    })?;
    let codes = match backup::left(api.cx(), &live.user).await? {
        0 => Some(backup::make(api.cx(), &live).await?),
        _ => None,
    };
    Ok(HttpResponse::Ok().json(AppAdded { session_token: token.reveal().to_owned(), backup_codes: codes }))
}

/// Which factor goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FactorToGo)]
pub struct Gone {
    /// Its id, as in `users/me/factors`
    pub factor: String,
}

/// Takes a factor away; with the last one the backup codes go.
#[utoipa::path(post, path = "/api/v1/auth/mfa/disable", tag = "auth", operation_id = "auth_mfa_disable",
    request_body = Gone, responses((status = 204, description = "Done")), security(("bearer" = ["self.write"])))]
pub async fn disable(api: Api, Body(typed): Body<Gone>) -> Result<HttpResponse, Error> {
    let live = fresh(&api).await?;
    let id = FactorId::from(typed.factor.as_str());
    let held = factor::state(api.cx(), &live.user).await?.held;
    if !held.factors.iter().any(|factor| factor.id == id) {
        return Err(missing("factor", id.as_str()).into());
    }
    factor::remove(api.cx(), &live, &id).await?;
    Ok(HttpResponse::new(StatusCode::NO_CONTENT))
}

/// Codes that each count once in the place of a second factor.
#[derive(Serialize, ToSchema)]
pub struct BackupCodes {
    pub backup_codes: Vec<String>,
}

/// Ten new backup codes in the place of all older ones, shown this once.
#[utoipa::path(post, path = "/api/v1/auth/mfa/backup-codes", tag = "auth", operation_id = "auth_mfa_backup_codes",
    responses((status = 200, body = BackupCodes)), security(("bearer" = ["self.write"])))]
pub async fn backup_codes(api: Api) -> Result<HttpResponse, Error> {
    let live = fresh(&api).await?;
    let codes = backup::make(api.cx(), &live).await?;
    Ok(HttpResponse::Ok().json(BackupCodes { backup_codes: codes }))
}
