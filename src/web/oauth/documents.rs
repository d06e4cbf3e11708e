//! Discovery and key set: bytes that are made once.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};

use crate::crypto::jose::Published;
use crate::web::ctx::Ctx;
use crate::web::error::{Error, busy};

pub async fn discovery(ctx: Ctx) -> HttpResponse {
    answer(&ctx, &ctx.app.discovery, 300)
}

/// While the very first keys are being made nobody may see, and keep, an incomplete set.
pub async fn jwks(ctx: Ctx) -> Result<HttpResponse, Error> {
    let cx = ctx.cx();
    let keys = cx.app.keys.load();
    if !keys.is_complete(cx.now) {
        return Err(busy("the first keys are being made; come again in a moment").into());
    }
    Ok(answer(&ctx, &keys.published, cx.app.config.keys.jwks_max_age.as_secs()))
}

fn answer(ctx: &Ctx, document: &Published, max_age: u64) -> HttpResponse {
    let known = ctx.request.headers().get(IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == document.etag.as_bytes());
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((ETAG, document.etag.as_str()));
    answer.insert_header((CACHE_CONTROL, format!("public, max-age={max_age}")));
    if known { answer.finish() } else { answer.content_type("application/json").body(document.bytes.clone()) }
}
