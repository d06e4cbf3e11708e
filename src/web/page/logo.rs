//! The picture at the head of the pages.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG};
use actix_web::web::Path;

use crate::flow::admin::setting;
use crate::spec::error::Code;
use crate::web::ctx::Ctx;
use crate::web::error::Error;

/// Another one has another address, so it may be kept for ever. Nothing can be run from it.
pub async fn get(ctx: Ctx, id: Path<String>) -> Result<HttpResponse, Error> {
    let found = setting::find_logo(ctx.cx(), &id).await?;
    let bytes = found.ok_or_else(|| Code::InvalidRequest.because("there is no such picture").with_status(404))?;
    let mut answer = HttpResponse::Ok();
    answer.content_type("image/png");
    answer.insert_header((ETAG, format!("\"{id}\"")));
    answer.insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"));
    answer.insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"));
    Ok(answer.body(bytes))
}
