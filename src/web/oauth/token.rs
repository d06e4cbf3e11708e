//! Token, introspection and revocation endpoints (RFC 6749 §3.2, RFC 7662, RFC 7009): the client authenticates, and
//! sends a form.

use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpMessage as _, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::json;

use crate::base::random::Opaque;
use crate::flow::client_auth::Credentials;
use crate::flow::{introspect, revoke, token};
use crate::spec::check::{Check, Endpoint};
use crate::spec::client_meta::{AuthMethod, GrantType};
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;
use crate::spec::scope::Scope;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::frame::AskedBy;

/// RFC 6749 §5.1.
#[derive(Serialize)]
struct Answer<'a> {
    access_token: &'a str,
    token_type: &'static str,
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Scope::is_empty")]
    scope: &'a Scope,
}

pub async fn post(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let credentials = credentials(&ctx, &params)?;
    if let Some(asked) = ctx.request.extensions_mut().get_mut::<AskedBy>() {
        asked.endpoint = params.get("grant_type").and_then(GrantType::parse).map(Endpoint::of_grant);
    }
    let issued = token::grant(ctx.cx(), &params, &credentials).await?;
    Ok(HttpResponse::Ok().json(Answer {
        access_token: &issued.access_token,
        token_type: "Bearer",
        expires_in: issued.expires_in.as_secs(),
        refresh_token: issued.refresh_token.as_ref().map(Opaque::reveal),
        id_token: issued.id_token.as_deref(),
        scope: &issued.scope,
    }))
}

pub async fn introspect(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let credentials = credentials(&ctx, &params)?;
    match introspect::introspect(ctx.cx(), &params, &credentials).await? {
        Some(active) => Ok(HttpResponse::Ok().json(active)),
        None => Ok(HttpResponse::Ok().json(json!({ "active": false }))),
    }
}

pub async fn revoke(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let credentials = credentials(&ctx, &params)?;
    revoke::revoke(ctx.cx(), &params, &credentials).await?;
    Ok(HttpResponse::Ok().finish())
}

/// What the client sent to prove who it is, in one way only (RFC 6749 §2.3).
fn credentials(ctx: &Ctx, params: &Params) -> Result<Credentials, Refusal> {
    let header = ctx.request.headers().get(AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
    let (id, secret) = (params.get("client_id"), params.get("client_secret"));
    let given = match (header, id, secret) {
        (Some(header), id, None) => basic(header, id)?,
        (None, Some(id), Some(secret)) => {
            let secret = Some(Opaque::from(secret));
            Credentials { client_id: id.to_owned(), secret, method: AuthMethod::SecretPost }
        }
        (None, Some(id), None) => Credentials { client_id: id.to_owned(), secret: None, method: AuthMethod::None },
        (Some(_), _, Some(_)) => {
            let refusal = Code::InvalidRequest.because("the client authenticates in two ways at once");
            return Err(refusal.at(Check::ClientAuthMethod, "one way", "two"));
        }
        (None, None, _) => {
            let refusal = Code::InvalidClient.because("the client does not say who it is");
            return Err(refusal.at(Check::ClientKnown, "client_id or an Authorization header", "neither"));
        }
    };
    ctx.request.extensions_mut().insert(AskedBy::client(&given.client_id));
    Ok(given)
}

/// RFC 6749 §2.3.1: identifier and secret are form-encoded before they become a Basic header.
fn basic(header: &str, id: Option<&str>) -> Result<Credentials, Refusal> {
    let bad = |reason: &'static str| {
        Code::InvalidClient.because(reason).at(Check::ClientAuthMethod, "Basic base64(client_id:client_secret)", reason)
    };
    let encoded = match header.split_once(' ') {
        Some((scheme, encoded)) if scheme.eq_ignore_ascii_case("basic") => encoded.trim(),
        _ => return Err(bad("the Authorization header is not Basic")),
    };
    let pair = STANDARD.decode(encoded).map_err(|_| bad("the Basic header is not base64"))?;
    let pair = String::from_utf8(pair).map_err(|_| bad("the Basic header is not UTF-8"))?;
    let (client_id, secret) = pair.split_once(':').ok_or_else(|| bad("the Basic header has no colon"))?;
    let (client_id, secret) = (decode(client_id), decode(secret));
    if client_id.chars().chain(secret.chars()).any(char::is_control) {
        return Err(bad("the Basic header has control characters"));
    }
    if id.is_some_and(|id| id != client_id) {
        let refusal = Code::InvalidRequest.because("client_id differs from the Authorization header");
        return Err(refusal.at(Check::ClientKnown, "one client_id", "two"));
    }
    Ok(Credentials { client_id, secret: Some(secret.into()), method: AuthMethod::SecretBasic })
}

/// Form decoding of one value; many clients send it as it is, which for our own identifiers is the same.
fn decode(text: &str) -> String {
    match Params::parse(format!("v={text}").as_bytes()) {
        Ok(params) => params.get("v").unwrap_or_default().to_owned(),
        Err(_) => text.to_owned(),
    }
}
