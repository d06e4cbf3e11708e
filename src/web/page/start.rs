//! The first second factor: offered after a sign-in, and demanded where an app or a role wants one.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use url::form_urlencoded::byte_serialize;

use super::parts::{render, waiting};
use crate::base::random::Opaque;
use crate::flow::factor::{offer, passkey, sent};
use crate::model::RequestId;
use crate::spec::params::Params;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::signed_in::{Stop, back, signed_in};
use crate::web::view::Start;

/// The page; afterwards to `to`.
pub fn address(to: Option<&str>) -> String {
    with_to(paths::START, to)
}

/// An address of ours with the page to go on to.
pub fn with_to(address: &str, to: Option<&str>) -> String {
    let Some(to) = to else { return address.to_owned() };
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}to={}", byte_serialize(to.as_bytes()).collect::<String>())
}

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = Params::parse(ctx.request.query_string().as_bytes())?;
    let live = signed_in(&ctx).await?;
    let to = params.get("to").and_then(back);
    let browser = ctx.browser().unwrap_or_else(Opaque::random);
    let pending = waiting(&ctx, to.and_then(request_of).as_ref(), &browser).await;
    let sheet = ctx.sheet();
    let view = Start {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(&browser),
        to: to.unwrap_or_default(),
        demanded: offer::is_demanded(&live, pending.as_ref().map(|pending| &*pending.client)),
        can_passkey: passkey::are_possible(ctx.cx()),
        can: sent::possible(ctx.cx(), &live.user).await?,
    };
    Ok(render(&ctx, StatusCode::OK, &sheet, &browser, &view)?)
}

/// The request of an app that the person goes on to from here.
fn request_of(to: &str) -> Option<RequestId> {
    let (_, query) = to.split_once('?')?;
    Params::parse(query.as_bytes()).ok()?.get("request").map(RequestId::from)
}

/// Not now.
pub async fn post(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Stop> {
    csrf::check(&ctx, &params)?;
    let live = signed_in(&ctx).await?;
    offer::skip(ctx.cx(), &live).await?;
    Ok(see_other(params.get("to").and_then(back).unwrap_or(paths::HOME)).finish())
}
