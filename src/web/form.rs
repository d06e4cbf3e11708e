//! Form bodies: type and size first, then the parameters.

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;

use super::error::Error;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;

/// The largest body, in bytes.
pub const LARGEST: usize = 64 * 1024;
const TYPE: &str = "application/x-www-form-urlencoded";

/// The parameters of an `application/x-www-form-urlencoded` body.
pub struct Form(pub Params);

impl FromRequest for Form {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if let Err(refusal) = check_head(request) {
            return std::future::ready(Err(refusal.into())).boxed_local();
        }
        let body = Bytes::from_request(request, payload);
        async move { Ok(Self(Params::parse(&body.await.map_err(|error| unread(&error))?)?)) }.boxed_local()
    }
}

/// Whether the body says that it is a form.
pub fn is_form(request: &HttpRequest) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(TYPE)
}

fn check_head(request: &HttpRequest) -> Result<(), Refusal> {
    if !is_form(request) {
        let refusal = Code::InvalidRequest.because(format!("the body must be {TYPE}")).with_status(415);
        return Err(refusal.at(Check::Form, TYPE, "another type, or none"));
    }
    let encoding = request.headers().get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    if !matches!(encoding, None | Some("identity")) {
        let refusal = Code::InvalidRequest.because("a compressed body is not accepted").with_status(415);
        return Err(refusal.at(Check::Form, "no Content-Encoding", "one"));
    }
    Ok(())
}

fn unread(error: &actix_web::Error) -> Refusal {
    if matches!(error.as_error::<PayloadError>(), Some(PayloadError::Overflow))
        || error.as_response_error().status_code() == 413
    {
        let refusal = Code::InvalidRequest.because(format!("the body is larger than {LARGEST} bytes"));
        return refusal.with_status(413).at(Check::Form, format!("{LARGEST} bytes"), "more");
    }
    Code::InvalidRequest.because("the body broke off").at(Check::Form, "a whole body", "a part of one")
}
