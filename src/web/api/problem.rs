//! What went wrong, as RFC 9457 has it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::json;

use crate::spec::error::Refusal;

/// The type names the kind of refusal; the reference leads to the checks that were made.
pub fn problem(status: StatusCode, refusal: &Refusal, reference: &str) -> HttpResponse {
    let mut body = json!({
        "type": format!("urn:signet:error:{}", refusal.code.name()),
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "detail": refusal.reason,
        "code": refusal.code.name(),
    });
    if !reference.is_empty() {
        body["reference"] = json!(reference);
    }
    HttpResponse::build(status).content_type("application/problem+json").json(body)
}
