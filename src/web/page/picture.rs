//! People's pictures: sent from the page of the profile, and given to whoever has the address.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CROSS_ORIGIN_RESOURCE_POLICY, ETAG};
use actix_web::web::Path;

use crate::flow::account::picture;
use crate::model::BlobId;
use crate::spec::check::Endpoint;
use crate::spec::error::Code;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::html::see_other;
use crate::web::page::account::profile;
use crate::web::page::parts::too_often_anew;
use crate::web::signed_in::{Stop, signed_in};
use crate::web::upload::Upload;
use crate::web::view::Mistake;

/// Another one has another address, so it may be kept for ever. Nothing can be run from it, and any page may show it.
pub async fn get(ctx: Ctx, id: Path<String>) -> Result<HttpResponse, Error> {
    let found = picture::find(ctx.cx(), &BlobId(id.into_inner())).await?;
    let Some((row, bytes)) = found else {
        return Err(Code::InvalidRequest.because("there is no such picture").with_status(404).into());
    };
    let mut answer = HttpResponse::Ok();
    answer.content_type(row.content_type.as_str());
    answer.insert_header((ETAG, format!("\"{}\"", row.id)));
    answer.insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"));
    answer.insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"));
    answer.insert_header((CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin"));
    Ok(answer.body(bytes))
}

/// Sets the picture that was sent, or takes it away.
pub async fn post(ctx: Ctx, sent: Upload) -> Result<HttpResponse, Stop> {
    let browser = csrf::check(&ctx, &sent.params)?;
    let live = signed_in(&ctx).await?;
    let again = async |status, mistake: Mistake| profile::again(&ctx, status, (&live, &browser), &[mistake]).await;
    if sent.params.get("remove").is_some() {
        picture::remove(ctx.cx(), &live).await?;
    } else {
        let Some(file) = sent.file else {
            return again(StatusCode::BAD_REQUEST, Mistake::new("picture-file", "picture-missing")).await;
        };
        match picture::set(ctx.cx(), &live, file).await {
            Ok(None) => {}
            Ok(Some(mistake)) => return again(StatusCode::BAD_REQUEST, mistake).await,
            Err(error) => return too_often_anew(&ctx, Endpoint::Account, error, again).await,
        }
    }
    Ok(see_other(&format!("{}?saved=yes", paths::PROFILE)).finish())
}
