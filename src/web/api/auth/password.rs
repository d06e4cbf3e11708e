//! Passwords that were forgotten, or have to be another.

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Arrival, Begun, Under, accepted, entered, open, signed_in};
use crate::base::random::Opaque;
use crate::config::Carrier;
use crate::flow::admin::wrong;
use crate::flow::challenge::{self, Proof};
use crate::flow::recover::{self, By, Reset};
use crate::flow::renew::{self, Set};
use crate::model::ChallengeId;
use crate::spec::check::Check;
use crate::spec::error::Code;
use crate::web::api::body::Body;
use crate::web::api::me::mistaken;
use crate::web::ctx::Ctx;
use crate::web::error::Error;

/// Whose password was forgotten.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Forgot {
    pub email: String,
    /// `email`, or `sms` for the number of that account
    pub by: Option<String>,
}

/// Sends a code, if there is such an account. The answer is the same if there is none.
#[utoipa::path(post, path = "/api/v1/auth/forgot-password", tag = "auth", operation_id = "auth_forgot",
    request_body = Forgot, responses((status = 202, body = Begun)))]
pub async fn forgot(ctx: Ctx, Body(typed): Body<Forgot>) -> Result<HttpResponse, Error> {
    open(&ctx)?;
    let by = match typed.by.as_deref() {
        None => Carrier::Email,
        Some(name) => Carrier::parse(name).ok_or_else(|| wrong("by", Carrier::names()))?,
    };
    let browser = Opaque::random();
    let visit = ctx.visit(&browser, (None, None));
    match recover::begin(ctx.cx(), (&typed.email, by), visit.asker).await? {
        challenge::Begun::Asked(id) => Ok(accepted(&id, &browser)),
        challenge::Begun::Wrong(mistake) => Err(mistaken(&[mistake]).into()),
    }
}

/// The code of the letter, with its challenge; or the token of its link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    pub challenge: Option<String>,
    pub challenge_token: Option<String>,
    pub code: Option<String>,
    pub token: Option<String>,
    pub new_password: String,
    pub device_token: Option<String>,
}

/// Sets another password, and signs in or asks for the second factor. Everything that was signed in ends. If the new
/// password cannot be one, the same request can be made again with another.
#[utoipa::path(post, path = "/api/v1/auth/reset-password", tag = "auth", operation_id = "auth_reset",
    request_body = ResetPassword, responses((status = 200, body = Arrival)))]
pub async fn reset(mut ctx: Ctx, Body(typed): Body<ResetPassword>) -> Result<HttpResponse, Error> {
    open(&ctx)?;
    ctx.is_marked(typed.device_token.as_deref());
    let browser = typed.challenge_token.as_deref().map_or_else(Opaque::random, Opaque::from);
    let link = typed.token.as_deref().map(Opaque::from);
    let id = ChallengeId::from(typed.challenge.as_deref().unwrap_or_default());
    let by = match &link {
        Some(link) => By::Link(link),
        None => {
            prove(&ctx, &id, &browser, typed.code.as_deref().unwrap_or_default()).await?;
            By::Code(&id, &browser)
        }
    };
    let visit = ctx.visit(&browser, (None, None));
    match recover::set(ctx.cx(), by, &typed.new_password, visit).await? {
        Reset::Entered(next) => entered(&ctx, &browser, next).await,
        Reset::Wrong(mistake) => Err(mistaken(&[mistake]).into()),
    }
}

/// Shows the code, unless that was done before.
async fn prove(ctx: &Ctx, id: &ChallengeId, browser: &Opaque, code: &str) -> Result<(), Error> {
    if recover::shown(ctx.cx(), id, browser).await?.0.proved {
        return Ok(());
    }
    match recover::by_code(ctx.cx(), id, browser, code).await? {
        Proof::Right => Ok(()),
        Proof::Wrong => {
            let refusal = Code::AccessDenied.because("the code is wrong").with_status(401);
            Err(refusal.at(Check::Proof, "the code that was sent", "another").into())
        }
        Proof::Over => Err(challenge::gone("too many tries, or too late").with_status(401).into()),
    }
}

/// Another password, for whom `login` has told `requires_new_password`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Another {
    pub challenge: String,
    pub challenge_token: String,
    pub new_password: String,
    pub device_token: Option<String>,
}

/// Sets it, and signs in.
#[utoipa::path(post, path = "/api/v1/auth/new-password", tag = "auth", operation_id = "auth_another",
    request_body = Another, responses((status = 200, body = Arrival)))]
pub async fn another(mut ctx: Ctx, Body(typed): Body<Another>) -> Result<HttpResponse, Error> {
    open(&ctx)?;
    ctx.is_marked(typed.device_token.as_deref());
    let (id, browser) = Under { challenge: typed.challenge, challenge_token: typed.challenge_token }.parts();
    match renew::set(ctx.cx(), &id, &browser, &typed.new_password, None).await? {
        Set::SignedIn(arrived) => Ok(signed_in(&ctx, &arrived)),
        Set::Wrong(mistake) => Err(mistaken(&[mistake]).into()),
    }
}
