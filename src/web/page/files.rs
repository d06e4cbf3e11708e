//! Embedded files, under names that change with their content.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, ETAG};
use actix_web::web::Path;

use crate::spec::error::Code;
use crate::web::error::Error;
use crate::web::{assets, brand};

const FOR_EVER: &str = "public, max-age=31536000, immutable";

pub async fn get(file: Path<String>) -> Result<HttpResponse, Error> {
    if let Some(sheet) = brand::sheet(&file) {
        let mut answer = HttpResponse::Ok();
        answer.content_type("text/css; charset=utf-8");
        answer.insert_header((CACHE_CONTROL, FOR_EVER));
        return Ok(answer.body(sheet));
    }
    let asset = assets::find(&file);
    let asset = asset.ok_or_else(|| Code::InvalidRequest.because("there is no such file").with_status(404))?;
    let mut answer = HttpResponse::Ok();
    answer.content_type(asset.content_type);
    answer.insert_header((ETAG, asset.etag.as_str()));
    answer.insert_header((CACHE_CONTROL, FOR_EVER));
    Ok(answer.body(asset.bytes))
}
