//! Signing up.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Arrival, Begun, accepted, entered, open};
use crate::base::random::Opaque;
use crate::flow::challenge::gone;
use crate::flow::recover;
use crate::flow::register::{self, Joined, Typed};
use crate::model::ChallengeId;
use crate::spec::params::Params;
use crate::web::api::body::Body;
use crate::web::api::me::mistaken;
use crate::web::ctx::Ctx;
use crate::web::error::Error;

/// Somebody new.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    pub email: String,
    #[serde(default)]
    pub name: String,
    pub password: String,
    /// Terms and privacy policy were accepted
    #[serde(default)]
    pub accept_terms: bool,
}

/// Sends a letter with a code and a link, also where somebody has the address already: then it says so. Nobody is made
/// before the address is proved.
#[utoipa::path(post, path = "/api/v1/auth/register", tag = "auth", operation_id = "auth_register",
    request_body = Register, responses((status = 202, body = Begun)))]
pub async fn register(ctx: Ctx, Body(new): Body<Register>) -> Result<HttpResponse, Error> {
    open(&ctx)?;
    let browser = Opaque::random();
    let typed = Typed { email: new.email, name: new.name, password: new.password, accepted: new.accept_terms };
    let visit = ctx.visit(&browser, (None, None));
    match register::begin(ctx.cx(), &typed, visit.asker).await? {
        register::Begun::Asked(id) => Ok(accepted(&id, &browser)),
        register::Begun::Wrong(mistakes) => Err(mistaken(&mistakes).into()),
    }
}

/// What the letter says: its code, with the challenge; or the token of its link. Elsewhere than where it began that takes
/// the password that was chosen there. The challenge alone goes on after the link was followed elsewhere.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Verify {
    pub challenge: Option<String>,
    pub challenge_token: Option<String>,
    pub code: Option<String>,
    pub token: Option<String>,
    pub password: Option<String>,
    pub device_token: Option<String>,
}

/// The address is proved, and an administrator has to let the person in.
#[derive(Serialize, ToSchema)]
pub struct Waiting {
    /// Always true
    pub waiting: bool,
}

/// What comes of an address that is proved.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum Verified {
    Arrived(Arrival),
    Waiting(Waiting),
}

/// Proves the address, and signs in; or tells `waiting` where an administrator has to let people in.
#[utoipa::path(post, path = "/api/v1/auth/verify-email", tag = "auth", operation_id = "auth_verify",
    request_body = Verify, responses((status = 200, body = Verified)))]
pub async fn verify(mut ctx: Ctx, Body(typed): Body<Verify>) -> Result<HttpResponse, Error> {
    open(&ctx)?;
    ctx.is_marked(typed.device_token.as_deref());
    let browser = typed.challenge_token.as_deref().map_or_else(Opaque::random, Opaque::from);
    let visit = ctx.visit(&browser, (None, None));
    let joined = match (&typed.token, &typed.challenge, &typed.code) {
        (Some(token), ..) => {
            let password = typed.password.as_deref().unwrap_or_default();
            register::by_link(ctx.cx(), &Opaque::from(token.as_str()), password, visit).await?
        }
        (None, Some(id), Some(code)) => {
            register::by_code(ctx.cx(), &ChallengeId::from(id.as_str()), code, visit).await?
        }
        (None, Some(id), None) => register::go_on(ctx.cx(), &ChallengeId::from(id.as_str()), visit).await?,
        (None, None, _) => {
            Params::default().required("challenge")?;
            return Err(gone("nothing").into());
        }
    };
    if let Some(refusal) = register::refusal(&joined) {
        let status = if matches!(joined, Joined::Taken) { 409 } else { 401 };
        return Err(refusal.with_status(status).into());
    }
    match joined {
        Joined::Entered(next) => entered(&ctx, &browser, next).await,
        _ => Ok(HttpResponse::Ok().json(Verified::Waiting(Waiting { waiting: true }))),
    }
}

crate::text_enum! {
    /// What a letter was for.
    Purpose {
        SignUp = "sign-up",
        Password = "password",
    }
}

/// Which letter to send again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resend {
    pub challenge: String,
    pub challenge_token: String,
    /// `sign-up`, or `password` for one that was forgotten
    #[schema(value_type = Option<String>)]
    pub purpose: Option<Purpose>,
    /// Another address, where the first one was mistyped; at a sign-up only
    pub email: Option<String>,
}

/// Sends another letter in the place of one that did not come.
#[utoipa::path(post, path = "/api/v1/auth/resend", tag = "auth", operation_id = "auth_resend", request_body = Resend,
    responses((status = 202, body = Begun)))]
pub async fn resend(ctx: Ctx, Body(typed): Body<Resend>) -> Result<HttpResponse, Error> {
    open(&ctx)?;
    let (id, browser) = (ChallengeId::from(typed.challenge.as_str()), Opaque::from(typed.challenge_token.as_str()));
    match typed.purpose.unwrap_or(Purpose::SignUp) {
        Purpose::Password => recover::again(ctx.cx(), &id, &browser).await?,
        Purpose::SignUp => {
            if let Some(wrong) = register::again(ctx.cx(), &id, &browser, typed.email.as_deref()).await? {
                return Err(mistaken(&[wrong]).into());
            }
        }
    }
    Ok(accepted(&id, &browser))
}
