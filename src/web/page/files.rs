//! Embedded files, under names that change with their content.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, ETAG};
use actix_web::web::Path;

use crate::spec::error::Code;
use crate::web::assets;
use crate::web::error::Error;

pub async fn get(file: Path<String>) -> Result<HttpResponse, Error> {
    let asset = assets::find(&file);
    let asset = asset.ok_or_else(|| Code::InvalidRequest.because("there is no such file").with_status(404))?;
    let mut answer = HttpResponse::Ok();
    answer.content_type(asset.content_type);
    answer.insert_header((ETAG, asset.etag.as_str()));
    answer.insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"));
    Ok(answer.body(asset.bytes))
}
