//! JSON that comes in and goes out.

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_MATCH, LOCATION};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, HttpResponse};
use futures_util::future::LocalBoxFuture;
use futures_util::{FutureExt as _, StreamExt as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::Digest as _;

use super::caller::Api;
use super::once::Digest;
use crate::base::random::{base64url, sha256};
use crate::flow::admin::{Done, How};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::web::error::Error;

/// The largest body, in bytes.
const LARGEST: usize = 256 * 1024;
const DEEPEST: usize = 32;

/// A JSON body; a member that is not known is refused by name.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if let Err(refusal) = check_head(request) {
            return std::future::ready(Err(refusal.into())).boxed_local();
        }
        let (payload, request) = (payload.take(), request.clone());
        async move {
            let body = read(payload).await?;
            request.extensions_mut().insert(Digest(base64url(sha2::Sha256::digest(&body))));
            Ok(Self(parse(&body)?))
        }
        .boxed_local()
    }
}

fn check_head(request: &HttpRequest) -> Result<(), Refusal> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let kind = header(CONTENT_TYPE).unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") && !kind.eq_ignore_ascii_case("application/merge-patch+json") {
        let refusal = Code::InvalidRequest.because("the body must be application/json").with_status(415);
        return Err(refusal.at(Check::Form, "application/json", "another type, or none"));
    }
    if !matches!(header(CONTENT_ENCODING), None | Some("identity")) {
        let refusal = Code::InvalidRequest.because("a compressed body is not accepted").with_status(415);
        return Err(refusal.at(Check::Form, "no Content-Encoding", "one"));
    }
    Ok(())
}

async fn read(mut payload: Payload) -> Result<Vec<u8>, Refusal> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| {
            Code::InvalidRequest.because("the body broke off").at(Check::Form, "a whole body", "a part of one")
        })?;
        if body.len() + chunk.len() > LARGEST {
            let refusal = Code::InvalidRequest.because(format!("the body is larger than {LARGEST} bytes"));
            return Err(refusal.with_status(413).at(Check::Form, format!("{LARGEST} bytes"), "more"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    if depth(body) > DEEPEST {
        let refusal = Code::InvalidRequest.because("the JSON is nested too deeply");
        return Err(refusal.at(Check::Form, format!("{DEEPEST} levels"), "more"));
    }
    serde_json::from_slice(body).map_err(|error| {
        // what does not fit is told apart from what is no JSON
        let status = if error.is_data() { 422 } else { 400 };
        let wrong = told(&error);
        let refusal = Code::InvalidRequest.because(format!("the body cannot be read: {wrong}"));
        refusal.with_status(status).at(Check::Form, "JSON of the documented shape", wrong)
    })
}

/// What is wrong, and where, without the value that was sent: it may be a password of the wrong type.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let is_quoted = ["invalid type: ", "invalid value: ", "invalid length "].iter().any(|head| text.starts_with(head));
    match text.split_once(", expected ").filter(|_| is_quoted) {
        Some((_, expected)) => format!("expected {expected}"),
        None => text,
    }
}

/// How deeply objects and arrays are nested.
fn depth(body: &[u8]) -> usize {
    let (mut level, mut deepest, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                level += 1;
                deepest = deepest.max(level);
            }
            b'}' | b']' if !in_text => level = level.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The entity tag of what an answer shows (RFC 9110 §8.8.3).
pub fn etag(shown: &impl Serialize) -> String {
    let text = serde_json::to_string(shown).unwrap_or_default();
    format!("\"{}\"", &sha256(&text)[..22])
}

/// Fails with 412 when somebody has changed it since the caller read it. Without `If-Match` the caller does not mind.
pub fn check_unchanged(api: &Api, shown: &impl Serialize) -> Result<(), Refusal> {
    let Some(wanted) = api.ctx.request.headers().get(IF_MATCH).and_then(|value| value.to_str().ok()) else {
        return Ok(());
    };
    let current = etag(shown);
    if wanted.split(',').map(str::trim).any(|tag| tag == "*" || tag == current) {
        return Ok(());
    }
    let refusal = Code::InvalidRequest.because("it was changed since it was read: read it again").with_status(412);
    Err(refusal.at(Check::Precondition, current, wanted))
}

/// What is asked for, with its entity tag.
pub fn shown(value: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((ETAG, etag(value))).json(value)
}

/// The header that names an act, so that it can be taken back.
const BATCH: &str = "signet-batch";

/// What came of a change: the thing as it is now, or, for a preview, what would change.
pub fn changed<T, V: Serialize>(api: &Api, done: &Done<T>, show: impl FnOnce(&T) -> V) -> HttpResponse {
    match api.how() {
        How::Preview => HttpResponse::Ok().json(preview(done)),
        How::Apply => {
            let value = show(&done.value);
            let mut answer = HttpResponse::Ok();
            answer.insert_header((BATCH, done.batch.as_str())).insert_header((ETAG, etag(&value))).json(value)
        }
    }
}

/// The same for what is new, with its address.
pub fn created<T, V: Serialize>(
    api: &Api,
    done: &Done<T>,
    (at, show): (impl FnOnce(&T) -> String, impl FnOnce(&T) -> V),
) -> HttpResponse {
    match api.how() {
        How::Preview => HttpResponse::Ok().json(preview(done)),
        How::Apply => {
            let mut answer = HttpResponse::build(StatusCode::CREATED);
            answer.insert_header((BATCH, done.batch.as_str())).insert_header((LOCATION, at(&done.value)));
            answer.json(show(&done.value))
        }
    }
}

/// What an act would change, or has changed.
pub fn preview<T>(done: &Done<T>) -> Value {
    let changes = done.changes.iter().map(|told| {
        json!({
            "action": told.action,
            "target": { "kind": told.kind, "id": told.id },
            "before": told.changed.before,
            "after": told.changed.after,
            "final": told.is_final,
        })
    });
    json!({ "preview": true, "changes": changes.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_text_do_not_nest() {
        assert_eq!(depth(br#"{"a":[1,"[[[\"{{"],"b":{}}"#), 2);
        assert_eq!(depth(&b"[".repeat(40)), 40);
    }

    #[test]
    fn what_does_not_fit_is_told_apart_from_what_is_no_json() {
        let read = |text: &str| parse::<Vec<u8>>(text.as_bytes()).map_err(|refusal| refusal.status);
        assert_eq!((read("[1]"), read("\"a\""), read("[1")), (Ok(vec![1]), Err(422), Err(400)));
        assert_eq!(read(&"[".repeat(33)), Err(400));
    }
}
