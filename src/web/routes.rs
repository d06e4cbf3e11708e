//! Every route, with who may call it, how a form proves where it came from, which face an error has and how long an
//! answer may be kept. There is no other way to add one, so none is without its declaration. They stand in `table`.

mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::guard::{self, Guard};
use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::web::{self, PayloadConfig, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::error::Error;
use super::frame;
use crate::spec::check::Endpoint;
use crate::spec::error::{Code, Refusal};
use crate::spec::right::Right;

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Anyone,
    /// A client that proves who it is, or a public one that says it.
    Client,
    /// The holder of an access token.
    Bearer,
    /// A signed-in person; others are sent to sign in.
    Session,
    /// A person who signed in within `session.reauth`; others are sent to do so.
    Fresh,
    /// The holder of the link of the first start.
    SetupLink,
    /// Whoever comes with an API key, access token or session token.
    Caller,
    /// Whoever has the right, by API key, access token or session token.
    Right(Right),
    /// A signed-in administrator of whatever kind; what may be done is decided by what is asked for.
    Console,
    /// A signed-in person who has the right; to change something, one who has just proved who it is.
    Admin(Right),
}

/// How a state-changing request proves that it was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Csrf {
    /// It changes nothing.
    Reads,
    /// A token in the form, and the browser's own word of where it comes from.
    Token,
    /// No cookie speaks for it: it carries its own credentials, or only turns a POST into a GET.
    NoCookie,
}

/// How an error looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// RFC 6749 §5.2.
    Json,
    /// RFC 6750 §3.
    Bearer,
    /// RFC 9457.
    Problem,
    Page,
}

/// How long an answer may be kept, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cache {
    Never,
    /// As the handler says.
    Handler,
}

/// Whether scripts of other origins may read the answer. Where they may, no cookie has any say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cors {
    Open,
    Closed,
}

/// Whether a crowd of other requests may keep it waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    Counted,
    Always,
}

#[derive(Debug)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub endpoint: Endpoint,
    pub access: Access,
    pub csrf: Csrf,
    pub face: Face,
    pub cache: Cache,
    pub cors: Cors,
    pub capacity: Capacity,
}

/// GET answers HEAD as well; the server leaves the body out.
fn accepts(method: Method) -> impl Guard {
    guard::fn_guard(move |request| {
        let asked = &request.head().method;
        *asked == method || (*asked == Method::HEAD && method == Method::GET)
    })
}

/// The whole URL space; the server and the tests mount the same one.
pub fn configure(config: &mut ServiceConfig) {
    config.service(
        web::scope("")
            .app_data(PayloadConfig::new(super::form::LARGEST))
            .wrap(from_fn(frame::frame))
            .configure(table::mount)
            .default_service(web::to(nothing)),
    );
}

pub use table::ROUTES;

/// The routes by their paths; those with parts that vary by how many parts they have.
static BY_PATH: LazyLock<HashMap<&'static str, Vec<&'static Route>>> = LazyLock::new(|| grouped(false, |path| path));
static BY_PARTS: LazyLock<HashMap<usize, Vec<&'static Route>>> =
    LazyLock::new(|| grouped(true, |path| path.split('/').count()));

fn grouped<K: std::hash::Hash + Eq>(varies: bool, key: impl Fn(&'static str) -> K) -> HashMap<K, Vec<&'static Route>> {
    let mut groups: HashMap<K, Vec<&'static Route>> = HashMap::new();
    for route in ROUTES.iter().filter(|route| route.path.contains('{') == varies) {
        groups.entry(key(route.path)).or_default().push(route);
    }
    groups
}

/// The path of a request, as it was matched: a letter that is percent-encoded for no reason makes no other address.
pub fn path(request: &HttpRequest) -> &str {
    request.match_info().as_str()
}

/// Who may make a request. Fails where nothing is declared: whoever asks is in a handler, which no request reaches
/// without its row in the table.
pub fn access(request: &HttpRequest) -> Result<Access, Refusal> {
    let route = find(request.method(), path(request));
    route.map(|route| route.access).ok_or_else(|| Code::ServerError.because("nobody may call this address"))
}

/// The route of a method and a path.
pub fn find(method: &Method, path: &str) -> Option<&'static Route> {
    let method = if *method == Method::HEAD { &Method::GET } else { method };
    at(path).find(|route| route.method == *method)
}

/// All routes of a path; one that stands there letter by letter goes before others.
pub fn at(path: &str) -> impl Iterator<Item = &'static Route> {
    let exact = BY_PATH.get(path).into_iter().flatten().copied();
    let varying = BY_PARTS.get(&path.split('/').count()).into_iter().flatten().copied();
    exact.chain(varying.filter(move |route| fits(route.path, path)))
}

/// Whether a path has the parts of a route, whatever stands where the route has a name in braces.
fn fits(route: &str, path: &str) -> bool {
    let part = |(wanted, found): (&str, &str)| wanted == found || wanted.starts_with('{') && !found.is_empty();
    route.split('/').zip(path.split('/')).all(part)
}

/// Nothing is here, or not in this way.
async fn nothing(request: HttpRequest) -> Result<HttpResponse, Error> {
    let allowed: Vec<&str> = at(path(&request)).map(|route| route.method.as_str()).collect();
    if allowed.is_empty() {
        return Err(Error::from(Code::InvalidRequest.because("there is nothing at this address").with_status(404)));
    }
    let allowed = allowed.join(", ");
    let refusal = Code::InvalidRequest.because(format!("this address answers to {allowed} only")).with_status(405);
    Err(Error::from(refusal).allow(allowed))
}
