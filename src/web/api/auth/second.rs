//! The second step of a sign-in.

use std::time::Duration;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Arrival, Under, entered, open};
use crate::flow::admin::wrong;
use crate::flow::factor::Way;
use crate::flow::factor::second::{self, Answer, Done, Typed};
use crate::flow::session::Wish;
use crate::spec::error::Refusal;
use crate::web::api::body::Body;
use crate::web::ctx::Ctx;
use crate::web::error::Error;

fn way(name: &str) -> Result<Way, Refusal> {
    let known = Way::parse(name).filter(|way| *way != Way::Passkey);
    known.ok_or_else(|| wrong("way", "one of the ways that the sign-in has told"))
}

/// A code to be sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Send {
    pub challenge: String,
    pub challenge_token: String,
    /// email or sms
    pub way: String,
}

/// A code that was sent.
#[derive(Serialize, ToSchema)]
pub struct Sent {
    /// The address or number, as its owner knows it
    pub sent_to: Option<String>,
}

/// Sends a code, in the place of any that was sent before.
#[utoipa::path(post, path = "/api/v1/auth/2fa/send", tag = "auth", operation_id = "auth_second_send",
    request_body = Send, responses((status = 202, body = Sent)))]
pub async fn send(ctx: Ctx, Body(typed): Body<Send>) -> Result<HttpResponse, Error> {
    open(&ctx)?;
    let way = way(&typed.way)?;
    let (id, browser) = Under { challenge: typed.challenge, challenge_token: typed.challenge_token }.parts();
    let visit = ctx.visit(&browser, (None, None));
    second::send(ctx.cx(), &id, way, visit.asker).await?;
    let to = second::shown(ctx.cx(), &id, &browser).await?.sent.map(|(_, to)| to);
    Ok(HttpResponse::Accepted().json(Sent { sent_to: to }))
}

/// A code that was typed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SecondStep)]
pub struct Code {
    pub challenge: String,
    pub challenge_token: String,
    /// totp, email, sms or backup
    pub way: Option<String>,
    pub code: String,
    /// The next sign-ins here need no second factor: the answer holds a `trust_token`
    #[serde(default)]
    pub trust: bool,
    pub device_token: Option<String>,
}

/// Ends the sign-in.
#[utoipa::path(post, path = "/api/v1/auth/2fa/verify", tag = "auth", operation_id = "auth_second_verify",
    request_body = Code, responses((status = 200, body = Arrival)))]
pub async fn verify(mut ctx: Ctx, Body(typed): Body<Code>) -> Result<HttpResponse, Error> {
    open(&ctx)?;
    ctx.is_marked(typed.device_token.as_deref());
    let code = match way(typed.way.as_deref().unwrap_or(Way::Totp.text()))? {
        Way::Backup => Typed::Backup(&typed.code),
        Way::Email | Way::Sms => Typed::Sent(&typed.code),
        Way::Totp | Way::Passkey => Typed::Totp(&typed.code),
    };
    let (id, browser) = Under { challenge: typed.challenge, challenge_token: typed.challenge_token }.parts();
    let wish = Wish { trust: typed.trust, ..Wish::default() };
    match second::finish(ctx.cx(), &id, &browser, Answer::Code(code), wish).await? {
        Done::Entered(next) => entered(&ctx, &browser, next).await,
        Done::Wrong(refusal) => Err(refusal.with_status(401).into()),
        Done::Locked(seconds, refusal) => {
            Err(refusal.with_status(429).retry_after(Duration::from_secs(seconds.max(1))).into())
        }
    }
}
