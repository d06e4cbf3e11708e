//! A form with a file in it (RFC 7578), or without one, of somebody who is signed in. Read whole, within limits, into
//! memory: nothing is ever written to a folder, and nothing is read of strangers.

use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use futures_util::{FutureExt as _, Stream, StreamExt as _};
use tokio::sync::Semaphore;
use url::form_urlencoded::Serializer;

use super::csrf;
use super::ctx::Ctx;
use super::error::busy;
use super::form::{Form, is_form};
use super::signed_in::{Stop, signed_in};
use crate::base::picture::LARGEST;
use crate::shared::limit::Rate;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;

/// What stands around the file: names, boundaries, the other fields.
const AROUND: usize = 16 * 1024;
const MOST_FIELDS: usize = 8;
/// Of a field that is no file.
const LONGEST: usize = 1024;
/// Forms with files read at once, by all, and those that one person may begin.
static PLACES: Semaphore = Semaphore::const_new(16);
const BEGUN: Rate = Rate { burst: 20, interval: Duration::from_secs(10) };

pub struct Upload {
    pub params: Params,
    /// The file, if one was chosen.
    pub file: Option<Vec<u8>>,
}

impl FromRequest for Upload {
    type Error = Stop;
    type Future = LocalBoxFuture<'static, Result<Self, Stop>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if is_form(request) {
            let form = Form::from_request(request, payload);
            return async move { Ok(form.await.map(|Form(params)| Self { params, file: None })?) }.boxed_local();
        }
        let (request, payload) = (request.clone(), payload.take());
        async move {
            let ctx = Ctx::extract(&request).await?;
            // the token of the form comes with the rest; until then this has to do
            csrf::check_head(&ctx)?;
            let live = signed_in(&ctx).await?;
            ctx.cx().limit("upload", live.user.id.as_str(), BEGUN)?;
            let length = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
            if length.is_some_and(|length: usize| length > LARGEST + AROUND) {
                return Err(large().into());
            }
            let place = PLACES.acquire().await.map_err(|_| busy("no place to read a file"))?;
            let sent = read(Multipart::new(request.headers(), bounded(payload))).await;
            drop(place);
            Ok(sent?)
        }
        .boxed_local()
    }
}

/// Not more than a whole form may have, whatever the parts of it are.
fn bounded(payload: Payload) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    let mut left = LARGEST + AROUND;
    payload.map(move |chunk| {
        let chunk = chunk?;
        left = left.checked_sub(chunk.len()).ok_or(PayloadError::Overflow)?;
        Ok(chunk)
    })
}

async fn read(mut body: Multipart) -> Result<Upload, Refusal> {
    let mut text = Serializer::new(String::new());
    let (mut file, mut has_file, mut fields) = (None, false, 0);
    while let Some(field) = body.next().await {
        let field = field.map_err(|error| broken(&error))?;
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(bad("there are too many fields", "at most 8 fields"));
        }
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = field.content_disposition().is_some_and(|head| head.get_filename().is_some());
        if is_file && std::mem::replace(&mut has_file, true) {
            return Err(bad("there is more than one file", "one file"));
        }
        let bytes = whole(field, if is_file { LARGEST } else { LONGEST }).await?;
        match is_file {
            true => file = Some(bytes).filter(|bytes| !bytes.is_empty()),
            false => {
                let value = String::from_utf8(bytes).map_err(|_| bad("a field is not text", "UTF-8"))?;
                text.append_pair(&name, &value);
            }
        }
    }
    Ok(Upload { params: Params::parse(text.finish().as_bytes())?, file })
}

async fn whole(mut field: Field, most: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|error| broken(&error))?;
        if bytes.len() + chunk.len() > most {
            return Err(large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn large() -> Refusal {
    let refusal = Code::InvalidRequest.because(format!("the file is larger than {LARGEST} bytes")).with_status(413);
    refusal.at(Check::Form, format!("{LARGEST} bytes"), "more")
}

fn broken(error: &MultipartError) -> Refusal {
    match error {
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible => {
            let refusal = Code::InvalidRequest.because("the body must be multipart/form-data").with_status(415);
            refusal.at(Check::Form, "multipart/form-data", "another type, or none")
        }
        MultipartError::Payload(PayloadError::Overflow) => large(),
        _ => bad("the form broke off, or is not well formed", "a whole form (RFC 7578)"),
    }
}

fn bad(reason: &'static str, expected: &str) -> Refusal {
    Code::InvalidRequest.because(reason).at(Check::Form, expected, "something else")
}
