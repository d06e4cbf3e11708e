//! One error for all handlers. It carries the refusal; the face that the route declares is put on by [`super::frame`],
//! which also gives the reference and keeps the refusal.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use serde_json::json;

use crate::flow;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};

#[derive(Debug, Clone, thiserror::Error)]
#[error("{refusal}")]
pub struct Error {
    pub refusal: Refusal,
    /// The methods that would be answered, for 405.
    pub allow: Option<String>,
}

impl Error {
    #[must_use]
    pub fn allow(mut self, methods: String) -> Self {
        self.allow = Some(methods);
        self
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, allow: None }
    }
}

/// What may be shown. The cause of a fault goes to the log and nowhere else.
impl From<flow::Error> for Error {
    fn from(error: flow::Error) -> Self {
        match error {
            flow::Error::Refused(refusal) => refusal.into(),
            flow::Error::Fault(fault) if fault.is_passing() => {
                tracing::warn!(error = &fault as &dyn std::error::Error, "request turned away");
                busy("the server cannot answer just now; come again in a moment").into()
            }
            flow::Error::Fault(fault) => {
                tracing::error!(error = &fault as &dyn std::error::Error, "request failed");
                Code::ServerError.because("the server could not answer; the fault has been noted").into()
            }
        }
    }
}

/// 503 with `Retry-After`.
pub fn busy(reason: &'static str) -> Refusal {
    let refusal = Code::TemporarilyUnavailable.because(reason).retry_after(Duration::from_secs(2));
    refusal.at(Check::Capacity, "room for one more request, and a database that answers", "neither or one of them")
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The plainest face, for what breaks outside of a handler; [`super::frame`] puts the route's own in its place.
    fn error_response(&self) -> HttpResponse {
        let body = json!({ "error": self.refusal.code.name(), "error_description": self.refusal.description() });
        let mut answer = HttpResponse::build(self.status_code()).insert_header((CACHE_CONTROL, "no-store")).json(body);
        if let Some(delay) = self.refusal.retry_after {
            answer.headers_mut().insert(RETRY_AFTER, delay.as_secs().max(1).into());
        }
        answer.extensions_mut().insert(self.clone());
        answer
    }
}
