//! Around every request: limits, a span for the log, the headers that every answer has, the face of an error.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};
use futures_util::FutureExt as _;
use serde_json::json;
use tracing::Instrument as _;

use super::api;
use super::api::caller::Left;
use super::api::problem::problem;
use super::ctx::peer;
use super::error::{Error, busy};
use super::failure;
use super::routes::{self, Cache, Capacity, Cors, Face, Route};
use crate::app::App;
use crate::base::text::clip;
use crate::base::time::Stopwatch;
use crate::flow::explain;
use crate::shared::places::Place;
use crate::spec::check::{Check, Endpoint};
use crate::spec::error::{Code, Refusal};

const LONGEST_URI: usize = 8 * 1024;
const LARGEST_HEAD: usize = 32 * 1024;
const LARGEST_HEADER: usize = 8 * 1024;
const MOST_HEADERS: usize = 100;
/// A request that takes longer is given up.
const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);

pub async fn frame(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let watch = Stopwatch::start();
    let Some(app) = request.app_data::<Data<App>>().cloned() else {
        return Ok(request.into_response(HttpResponse::InternalServerError().finish()));
    };
    let route = routes::find(request.method(), routes::path(request.request()));
    let name = route.map_or("none", |route| route.path);
    let span = tracing::info_span!("request", route = name, client.id = tracing::field::Empty);
    let mut answer = match admit(&request).and_then(|()| enter(&app, route, &request)) {
        Err(refusal) => request.error_response(Error::from(refusal)).map_into_boxed_body(),
        Ok(_) if is_preflight(&request) => request.into_response(HttpResponse::NoContent().finish()),
        Ok(_place) => run(request, route, next).instrument(span.clone()).await?,
    };
    let failed = answer.response_mut().extensions_mut().remove::<Error>();
    if let Some(error) = failed {
        answer = span.in_scope(|| show(&app, answer, &error, route));
    }
    let cors = routes::at(routes::path(answer.request())).any(|route| route.cors == Cors::Open);
    dress(answer.headers_mut(), route, &app, cors);
    let left = answer.request().extensions().get::<Left>().copied();
    if let Some(left) = left {
        tell_limit(answer.headers_mut(), left);
    }
    app.metrics.request(name, answer.status().as_u16(), watch.elapsed());
    Ok(answer)
}

/// Runs the handler, for so long and no longer; a panic in it ends this request only. The request cannot be looked
/// at meanwhile, so these two errors go out without a page.
async fn run(
    request: ServiceRequest,
    route: Option<&Route>,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let handler = async {
        match api::caller::admit(&request, route).await {
            Ok(()) => next.call(request).await.map(ServiceResponse::map_into_boxed_body),
            Err(error) => Ok(request.error_response(error).map_into_boxed_body()),
        }
    };
    let handler = std::panic::AssertUnwindSafe(handler).catch_unwind();
    match tokio::time::timeout(TIMEOUT, handler).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => {
            tracing::error!("request panicked");
            Err(Error::from(Code::ServerError.because("the server could not answer; the fault has been noted")).into())
        }
        Err(_) => {
            tracing::warn!("request took too long");
            Err(Error::from(busy("the request took too long")).into())
        }
    }
}

/// A place among the requests being worked on. What costs nothing (health, documents, files) is answered whatever the
/// crowd, so that a busy server is not taken for a dead one.
fn enter<'a>(app: &'a App, route: Option<&Route>, request: &ServiceRequest) -> Result<Option<Place<'a>>, Refusal> {
    if route.is_some_and(|route| route.capacity == Capacity::Always) {
        return Ok(None);
    }
    let address = peer(request.request(), app).address;
    let address = (!app.is_exempt(address)).then_some(address);
    let server = &app.config.server;
    let place = app.places.enter(address, server.in_flight, server.in_flight_per_address);
    place.map(Some).ok_or_else(|| busy("too many requests at once; come again in a moment"))
}

/// The size of what came, before anything is read.
fn admit(request: &ServiceRequest) -> Result<(), Refusal> {
    let refuse = |status: u16, what: &'static str, allowed: &str| {
        let refusal = Code::InvalidRequest.because(what).with_status(status);
        Err(refusal.at(Check::Form, allowed, "more"))
    };
    if request.uri().path_and_query().is_some_and(|uri| uri.as_str().len() > LONGEST_URI) {
        return refuse(414, "the address is too long", "8192 bytes");
    }
    // the one character that databases do not keep
    if request.uri().path().contains("%00") {
        let refusal = Code::InvalidRequest.because("the address holds a NUL byte");
        return Err(refusal.at(Check::Form, "text", "a NUL byte"));
    }
    let headers = request.headers();
    if headers.len() > MOST_HEADERS {
        return refuse(431, "there are too many headers", "100");
    }
    let sizes = || headers.iter().map(|(name, value)| name.as_str().len() + value.len());
    if sizes().sum::<usize>() > LARGEST_HEAD || sizes().any(|size| size > LARGEST_HEADER) {
        return refuse(431, "the headers are too large", "8192 bytes each, 32768 in all");
    }
    Ok(())
}

/// What a browser asks before a script of another origin may send a request (Fetch §3.2.2).
fn is_preflight(request: &ServiceRequest) -> bool {
    request.method() == Method::OPTIONS
        && routes::at(routes::path(request.request())).any(|route| route.cors == Cors::Open)
}

/// The headers that every answer has; what a handler has set stays.
fn dress(headers: &mut HeaderMap, route: Option<&Route>, app: &App, cors: bool) {
    let mut set = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    // an app may run a sign-in in a popup, and wants to hear from it when it is back at its own address
    if !route.is_some_and(|route| matches!(route.endpoint, Endpoint::Authorize | Endpoint::Login | Endpoint::Consent)) {
        set(header::CROSS_ORIGIN_OPENER_POLICY, "same-origin");
    }
    if app.config.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    if route.is_none_or(|route| route.cache == Cache::Never) {
        set(header::CACHE_CONTROL, "no-store");
        set(header::PRAGMA, "no-cache");
    }
    if cors {
        set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        set(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, PATCH, DELETE");
        set(header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, idempotency-key, if-match");
        set(header::ACCESS_CONTROL_MAX_AGE, "600");
        set(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            "www-authenticate, retry-after, etag, link, location, ratelimit, ratelimit-policy, signet-batch",
        );
    }
}

/// What a caller may still ask for within the second (draft-ietf-httpapi-ratelimit-headers §3).
fn tell_limit(headers: &mut HeaderMap, Left { most, left }: Left) {
    let values =
        [("ratelimit-policy", format!("\"api\";q={most};w=1")), ("ratelimit", format!("\"api\";r={left};t=1"))];
    for (name, value) in values {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

/// Puts the face of the route on an error, and keeps it under a reference.
fn show(app: &App, answer: ServiceResponse, error: &Error, route: Option<&Route>) -> ServiceResponse {
    let request = answer.request().clone();
    let endpoint = route.map_or(Endpoint::Other, |route| route.endpoint);
    let reference = keep(app, &request, endpoint, &error.refusal);
    let path = routes::path(&request);
    let face = route.or_else(|| routes::at(path).next()).map_or(Face::Page, |route| route.face);
    let face = match route {
        None if path.starts_with("/oauth2/") => Face::Json,
        None if path.starts_with("/api/") => Face::Problem,
        _ => face,
    };
    let mut shown = match face {
        Face::Json | Face::Bearer => json_error(answer.status(), &error.refusal, &reference),
        Face::Problem => problem(answer.status(), &error.refusal, &reference),
        Face::Page => failure::page(app, &request, answer.status(), &error.refusal, &reference),
    };
    challenge(shown.headers_mut(), face, &error.refusal);
    if let Some(value) = error.allow.as_deref().and_then(|methods| HeaderValue::from_str(methods).ok()) {
        shown.headers_mut().insert(header::ALLOW, value);
    }
    if let Some(delay) = answer.headers().get(header::RETRY_AFTER) {
        shown.headers_mut().insert(header::RETRY_AFTER, delay.clone());
    }
    answer.into_response(shown)
}

/// What the handlers learn of a request that helps to explain its refusal.
pub struct AskedBy {
    client_id: String,
    /// Closer than the route says it: which grant was asked for.
    pub endpoint: Option<Endpoint>,
}

impl AskedBy {
    /// Names the client in the log of this request as well.
    pub fn client(id: &str) -> Self {
        let id = clip(id, 64);
        tracing::Span::current().record("client.id", id);
        Self { client_id: id.to_owned(), endpoint: None }
    }
}

/// Keeps a refusal that can be explained; a plain "nothing here" has no reference.
pub fn keep(app: &App, request: &HttpRequest, endpoint: Endpoint, refusal: &Refusal) -> String {
    if refusal.why.is_none() {
        return String::new();
    }
    let peer = peer(request, app);
    let extensions = request.extensions();
    let asked = extensions.get::<AskedBy>();
    let endpoint = asked.and_then(|asked| asked.endpoint).unwrap_or(endpoint);
    let client_id = asked.map(|asked| asked.client_id.as_str());
    let reference = explain::keep(app.request(&peer), endpoint, client_id, refusal);
    tracing::info!(reference, code = refusal.code.name(), reason = %refusal.reason, "refused");
    reference
}

fn json_error(status: StatusCode, refusal: &Refusal, reference: &str) -> HttpResponse {
    let mut description = refusal.description();
    if !reference.is_empty() {
        description = format!("{description} (reference {reference})");
    }
    HttpResponse::build(status).json(json!({ "error": refusal.code.name(), "error_description": description }))
}

/// RFC 6749 §5.2 and RFC 6750 §3: how to authenticate. A request without any token is told no error code.
fn challenge(headers: &mut HeaderMap, face: Face, refusal: &Refusal) {
    let text = match (face, refusal.code) {
        (Face::Json, Code::InvalidClient) => r#"Basic realm="signet", charset="UTF-8""#.to_owned(),
        (Face::Bearer | Face::Problem, _)
            if refusal.why.as_ref().is_some_and(|why| why.check == Check::TokenPresent) && refusal.status == 401 =>
        {
            r#"Bearer realm="signet""#.to_owned()
        }
        (Face::Bearer, code) | (Face::Problem, code @ Code::InvalidToken) if refusal.status < 500 => {
            format!(r#"Bearer realm="signet", error="{}", error_description="{}""#, code.name(), refusal.description())
        }
        _ => return,
    };
    if let Ok(value) = HeaderValue::from_str(&text) {
        headers.insert(header::WWW_AUTHENTICATE, value);
    }
}
