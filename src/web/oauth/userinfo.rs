//! The userinfo endpoint (OIDC Core §5.3), by GET and by POST, the token in the header or in the form (RFC 6750 §2).

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Payload;
use actix_web::{FromRequest as _, HttpResponse};

use crate::flow::userinfo::{Userinfo, userinfo};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::{self, Form};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let token = header(&ctx)?.ok_or_else(missing)?;
    answer(&ctx, &token).await
}

pub async fn post(ctx: Ctx, payload: Payload) -> Result<HttpResponse, Error> {
    let (in_header, in_form) = (header(&ctx)?, form(&ctx, payload).await?);
    match (in_header, in_form) {
        (Some(_), Some(_)) => {
            let refusal = Code::InvalidRequest.because("the token is sent in two places");
            Err(refusal.at(Check::TokenPresent, "one place", "two").into())
        }
        (Some(token), None) | (None, Some(token)) => answer(&ctx, &token).await,
        (None, None) => Err(missing().into()),
    }
}

/// RFC 6750 §2.2: a body of another type than a form holds no token.
async fn form(ctx: &Ctx, payload: Payload) -> Result<Option<String>, Error> {
    if !form::is_form(&ctx.request) {
        return Ok(None);
    }
    let Form(params) = Form::from_request(&ctx.request, &mut payload.into_inner()).await?;
    Ok(params.get("access_token").map(str::to_owned))
}

fn header(ctx: &Ctx) -> Result<Option<String>, Refusal> {
    let Some(value) = ctx.request.headers().get(AUTHORIZATION) else { return Ok(None) };
    match value.to_str().unwrap_or_default().split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(Some(token.trim().to_owned())),
        _ => Err(missing()),
    }
}

/// RFC 6750 §3.1: whoever sends no token is told only how to send one.
fn missing() -> Refusal {
    let refusal = Code::InvalidToken.because("no access token was sent");
    refusal.at(Check::TokenPresent, "Authorization: Bearer …", "nothing")
}

async fn answer(ctx: &Ctx, token: &str) -> Result<HttpResponse, Error> {
    match userinfo(ctx.cx(), token).await? {
        Userinfo::Claims(claims) => Ok(HttpResponse::Ok().json(claims)),
        Userinfo::Signed(jwt) => Ok(HttpResponse::Ok().content_type("application/jwt").body(jwt)),
    }
}
