//! Creating once, however often the request comes.

use actix_web::body::to_bytes;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, LOCATION};
use actix_web::{HttpMessage as _, HttpResponse};
use serde_json::{Value, json};

use super::caller::Api;
use crate::flow::admin::once::{self, Claim};
use crate::spec::error::Code;
use crate::web::error::Error;

const KEY: &str = "idempotency-key";
/// Says that an answer is that of an earlier request.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The body of a request, so that two of them can be compared.
pub struct Digest(pub String);

/// Does the work, unless the same request of the same caller has been done: then its answer comes again. What fails can
/// be asked for again.
pub async fn once(api: &Api, work: impl AsyncFnOnce() -> Result<HttpResponse, Error>) -> Result<HttpResponse, Error> {
    let Some(key) = api.ctx.request.headers().get(KEY) else { return work().await };
    let key = key.to_str().map_err(|_| Code::InvalidRequest.because("Idempotency-Key holds what is no text"))?;
    let request = &api.ctx.request;
    let body = request.extensions().get::<Digest>().map(|digest| digest.0.clone()).unwrap_or_default();
    let asked = format!("{} {} {body}", request.method(), request.uri());
    let by = &api.caller.by;
    let row = match once::claim(api.cx(), &format!("{} {}", by.kind, by.name()), (key, &asked)).await? {
        Claim::First(row) => row,
        Claim::Again(status, kept) => return Ok(again(status, &kept)),
    };
    let row = api.once.get_or_init(|| row).clone();
    match work().await {
        Ok(answer) if answer.status() == StatusCode::CREATED => {
            let (head, body) = answer.into_parts();
            let bytes = to_bytes(body).await.unwrap_or_default();
            let location = head.headers().get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let kept = json!({ "location": location, "body": String::from_utf8_lossy(&bytes) }).to_string();
            // it is done, and known to be: whoever asked learns of it even if nobody else will
            if let Err(error) = once::end(api.cx(), row, Some((StatusCode::CREATED.as_u16(), kept.as_bytes()))).await {
                tracing::warn!(%error, "an answer was not kept");
            }
            Ok(head.set_body(bytes).map_into_boxed_body())
        }
        other => {
            once::end(api.cx(), row, None).await?;
            other
        }
    }
}

fn again(status: u16, kept: &[u8]) -> HttpResponse {
    let kept: Value = serde_json::from_slice(kept).unwrap_or_default();
    let text = |name: &str| kept[name].as_str().unwrap_or_default().to_owned();
    let mut answer = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::OK));
    answer.insert_header((REPLAYED, "true")).insert_header((LOCATION, text("location")));
    answer.content_type("application/json").body(text("body"))
}
