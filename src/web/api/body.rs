//! JSON that comes in and goes out.

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_MATCH, LOCATION};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, HttpResponse};
use futures_util::future::LocalBoxFuture;
use futures_util::{FutureExt as _, StreamExt as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::Digest as _;
use utoipa::ToSchema;

use super::caller::Api;
use super::once::Digest;
use crate::base::random::{base64url, sha256};
use crate::flow::admin::{Done, How, Told};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::web::error::Error;

/// The largest body, in bytes: ten thousand ids.
const LARGEST: usize = 512 * 1024;
const DEEPEST: usize = 32;
/// Ours are short.
const LONGEST_TAGS: usize = 1024;

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
            let value = parse(&body)?;
            check_is_object(&body)?;
            Ok(Self(value))
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
    if holds_nul(body) {
        let refusal = Code::InvalidRequest.because("the JSON holds a NUL character");
        return Err(refusal.at(Check::Form, "text", "a NUL character"));
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

/// A list of values without their names would be taken for an object as well: by the order of its members, which nobody
/// documents.
fn check_is_object(body: &[u8]) -> Result<(), Refusal> {
    if body.trim_ascii_start().starts_with(b"{") {
        return Ok(());
    }
    let refusal = Code::InvalidRequest.because("the body is not an object").with_status(422);
    Err(refusal.at(Check::Form, "an object", "another value"))
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

/// Whether a text in it has the one character that databases do not keep. It can only stand there escaped.
fn holds_nul(body: &[u8]) -> bool {
    const NUL: &[u8] = br"\u0000";
    let is_escape = |at: usize| body[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0;
    body.windows(NUL.len()).enumerate().any(|(at, found)| found == NUL && is_escape(at))
}

/// Takes the members of a merge patch into a document (RFC 7396 §2); null takes one away.
pub fn merge(document: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *document = patch;
        return;
    };
    if !document.is_object() {
        *document = Value::Object(Map::new());
    }
    let Some(members) = document.as_object_mut() else { return };
    for (name, value) in patch {
        match value {
            Value::Null => drop(members.remove(&name)),
            value => merge(members.entry(name).or_insert(Value::Null), value),
        }
    }
}

/// The entity tag of what an answer shows (RFC 9110 §8.8.3). When somebody was last there is no change that others
/// could lose.
pub fn etag(shown: &impl Serialize) -> String {
    let mut shown = serde_json::to_value(shown).unwrap_or_default();
    if let Some(members) = shown.as_object_mut() {
        members.remove("last_seen_at");
    }
    format!("\"{}\"", &sha256(&shown.to_string())[..22])
}

/// Fails with 412 when somebody has changed it since the caller read it. Without `If-Match` the caller does not mind.
pub fn check_unchanged(api: &Api, shown: &impl Serialize) -> Result<(), Refusal> {
    let Some(wanted) = api.ctx.request.headers().get(IF_MATCH) else { return Ok(()) };
    // what is no text is none of ours
    let wanted = wanted.to_str().unwrap_or_default();
    if wanted.len() > LONGEST_TAGS {
        let refusal = Code::InvalidRequest.because("If-Match is too long");
        return Err(refusal.at(Check::Precondition, format!("at most {LONGEST_TAGS} bytes"), "more"));
    }
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

/// An answer that has nothing to tell but that it is one.
#[derive(Debug, Serialize, ToSchema)]
pub struct Nothing {}

/// What an act would change; nothing has changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preview {
    /// Always true
    pub preview: bool,
    pub changes: Vec<Foreseen>,
}

/// What would become of one thing.
#[derive(Debug, Serialize, ToSchema)]
pub struct Foreseen {
    pub action: String,
    pub target: Target,
    /// Members as they are; null for what would be new
    pub before: Option<Map<String, Value>>,
    /// Members as they would be; null for what would be gone
    pub after: Option<Map<String, Value>>,
    /// Nothing would bring it back
    #[serde(rename = "final")]
    pub is_final: bool,
}

/// What an act is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct Target {
    pub kind: String,
    pub id: String,
}

fn preview<T>(done: &Done<T>) -> Preview {
    let foreseen = |told: &Told| Foreseen {
        action: told.action.to_string(),
        target: Target { kind: told.kind.to_string(), id: told.id.clone() },
        before: told.changed.before.clone(),
        after: told.changed.after.clone(),
        is_final: told.is_final,
    };
    Preview { preview: true, changes: done.changes.iter().map(foreseen).collect() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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

    #[test]
    fn nul_is_found_where_it_is_one() {
        assert!(holds_nul(br#"{"a":"x\u0000"}"#) && holds_nul(br#""\\\u0000""#));
        assert!(!holds_nul(br#""\\u0000""#) && !holds_nul(br#""\u0001""#));
    }

    #[test]
    fn a_patch_reaches_into_what_is_inside() {
        let mut document = json!({ "a": { "b": 1, "c": 2 }, "d": [1], "e": 3 });
        merge(&mut document, json!({ "a": { "b": null, "f": 4 }, "d": { "g": 5 }, "e": null }));
        assert_eq!(document, json!({ "a": { "c": 2, "f": 4 }, "d": { "g": 5 } }));
    }
}
