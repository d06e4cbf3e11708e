//! What went wrong, as RFC 9457 has it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::spec::error::Refusal;

/// Why a request was refused (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The kind of refusal
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words
    pub title: String,
    pub status: u16,
    /// What was wrong with this request
    pub detail: String,
    /// The kind of refusal in a word
    pub code: String,
    /// Leads to the checks that were made
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// The type names the kind of refusal; the reference leads to the checks that were made.
pub fn problem(status: StatusCode, refusal: &Refusal, reference: &str) -> HttpResponse {
    let body = Problem {
        kind: format!("urn:signet:error:{}", refusal.code.name()),
        title: status.canonical_reason().unwrap_or_default().to_owned(),
        status: status.as_u16(),
        detail: refusal.reason.to_string(),
        code: refusal.code.name().to_owned(),
        reference: Some(reference.to_owned()).filter(|reference| !reference.is_empty()),
    };
    let mut answer = HttpResponse::build(status);
    answer.content_type("application/problem+json").json(body)
}
