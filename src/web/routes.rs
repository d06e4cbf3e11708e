//! Every route, with who may call it, how a form proves where it came from, which face an error has and how long an
//! answer may be kept. There is no other way to add one, so none is without its declaration.

use actix_web::guard::{self, Guard};
use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::web::{self, PayloadConfig, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::error::Error;
use super::{frame, health, oauth, page};
use crate::spec::check::Endpoint;
use crate::spec::error::Code;
use crate::spec::paths;

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

macro_rules! routes {
    ($($method:ident $path:expr => $handler:path, $endpoint:ident, $access:ident, $csrf:ident, $face:ident, $cache:ident,
       $cors:ident, $capacity:ident;)+) => {
        pub const ROUTES: &[Route] = &[$(Route {
            method: Method::$method,
            path: $path,
            endpoint: Endpoint::$endpoint,
            access: Access::$access,
            csrf: Csrf::$csrf,
            face: Face::$face,
            cache: Cache::$cache,
            cors: Cors::$cors,
            capacity: Capacity::$capacity,
        },)+];

        fn mount(config: &mut ServiceConfig) {
            $(config.route($path, web::route().guard(accepts(Method::$method)).to($handler));)+
        }
    };
}

routes! {
    GET  paths::DISCOVERY  => oauth::documents::discovery, Other, Anyone, Reads, Json, Handler, Open, Always;
    GET  paths::METADATA   => oauth::documents::discovery, Other, Anyone, Reads, Json, Handler, Open, Always;
    GET  paths::JWKS       => oauth::documents::jwks, Other, Anyone, Reads, Json, Handler, Open, Always;
    GET  paths::AUTHORIZE  => oauth::authorize::get, Authorize, Anyone, Reads, Page, Never, Closed, Counted;
    POST paths::AUTHORIZE  => oauth::authorize::post, Authorize, Anyone, NoCookie, Page, Never, Closed, Counted;
    POST paths::TOKEN      => oauth::token::post, Token, Client, NoCookie, Json, Never, Open, Counted;
    GET  paths::USERINFO   => oauth::userinfo::get, Userinfo, Bearer, Reads, Bearer, Never, Open, Counted;
    POST paths::USERINFO   => oauth::userinfo::post, Userinfo, Bearer, NoCookie, Bearer, Never, Open, Counted;
    POST paths::INTROSPECT => oauth::token::introspect, Introspect, Client, NoCookie, Json, Never, Closed, Counted;
    POST paths::REVOKE     => oauth::token::revoke, Revoke, Client, NoCookie, Json, Never, Open, Counted;
    GET  paths::HOME       => page::home::get, Other, Session, Reads, Page, Never, Closed, Counted;
    GET  paths::ACCOUNT    => page::home::redirect, Account, Session, Reads, Page, Never, Closed, Counted;
    GET  paths::SESSIONS   => page::account::sessions::get, Account, Session, Reads, Page, Never, Closed, Counted;
    POST paths::SESSIONS   => page::account::sessions::post, Account, Session, Token, Page, Never, Closed, Counted;
    GET  paths::APPS       => page::account::apps::get, Account, Session, Reads, Page, Never, Closed, Counted;
    POST paths::APPS       => page::account::apps::post, Account, Session, Token, Page, Never, Closed, Counted;
    GET  paths::ACTIVITY   => page::account::activity::get, Account, Session, Reads, Page, Never, Closed, Counted;
    GET  paths::PROFILE    => page::account::profile::get, Account, Session, Reads, Page, Never, Closed, Counted;
    POST paths::PROFILE    => page::account::profile::post, Account, Session, Token, Page, Never, Closed, Counted;
    GET  paths::EMAIL      => page::account::email::get, Account, Fresh, Reads, Page, Never, Closed, Counted;
    POST paths::EMAIL      => page::account::email::post, Account, Fresh, Token, Page, Never, Closed, Counted;
    GET  paths::PHONE      => page::account::phone::get, Account, Fresh, Reads, Page, Never, Closed, Counted;
    POST paths::PHONE      => page::account::phone::post, Account, Fresh, Token, Page, Never, Closed, Counted;
    GET  paths::PASSWORD   => page::account::password::get, Account, Fresh, Reads, Page, Never, Closed, Counted;
    POST paths::PASSWORD   => page::account::password::post, Account, Fresh, Token, Page, Never, Closed, Counted;
    GET  paths::PRIVACY    => page::account::privacy::get, Account, Fresh, Reads, Page, Never, Closed, Counted;
    POST paths::PRIVACY    => page::account::privacy::post, Account, Fresh, Token, Page, Never, Closed, Counted;
    GET  paths::EXPORT     => page::account::privacy::get_export, Account, Fresh, Reads, Page, Never, Closed, Counted;
    GET  paths::LOGIN      => page::login::get, Login, Anyone, Reads, Page, Never, Closed, Counted;
    POST paths::LOGIN      => page::login::post, Login, Anyone, Token, Page, Never, Closed, Counted;
    GET  paths::LOGIN_CODE => page::login_code::get, Login, Anyone, Reads, Page, Never, Closed, Counted;
    POST paths::LOGIN_CODE => page::login_code::post, Login, Anyone, Token, Page, Never, Closed, Counted;
    GET  paths::SIGN_UP    => page::signup::get, SignUp, Anyone, Reads, Page, Never, Closed, Counted;
    POST paths::SIGN_UP    => page::signup::post, SignUp, Anyone, Token, Page, Never, Closed, Counted;
    GET  paths::VERIFY     => page::signup::get_verify, SignUp, Anyone, Reads, Page, Never, Closed, Counted;
    POST paths::VERIFY     => page::signup::post_verify, SignUp, Anyone, Token, Page, Never, Closed, Counted;
    GET  paths::FORGOT     => page::recover::get, Recover, Anyone, Reads, Page, Never, Closed, Counted;
    POST paths::FORGOT     => page::recover::post, Recover, Anyone, Token, Page, Never, Closed, Counted;
    GET  paths::RESET      => page::recover::get_reset, Recover, Anyone, Reads, Page, Never, Closed, Counted;
    POST paths::RESET      => page::recover::post_reset, Recover, Anyone, Token, Page, Never, Closed, Counted;
    GET  paths::UNLOCK     => page::unlock::get, Recover, Anyone, Reads, Page, Never, Closed, Counted;
    POST paths::UNLOCK     => page::unlock::post, Recover, Anyone, Token, Page, Never, Closed, Counted;
    GET  paths::CONSENT    => page::consent::get, Consent, Session, Reads, Page, Never, Closed, Counted;
    POST paths::CONSENT    => page::consent::post, Consent, Session, Token, Page, Never, Closed, Counted;
    GET  paths::MFA        => page::mfa::get, Login, Anyone, Reads, Page, Never, Closed, Counted;
    POST paths::MFA        => page::mfa::post, Login, Anyone, Token, Page, Never, Closed, Counted;
    GET  paths::LOST       => page::lost::get, Login, Anyone, Reads, Page, Never, Closed, Counted;
    POST paths::LOST       => page::lost::post, Login, Anyone, Token, Page, Never, Closed, Counted;
    GET  paths::NEW_PASSWORD => page::renew::get, Login, Anyone, Reads, Page, Never, Closed, Counted;
    POST paths::NEW_PASSWORD => page::renew::post, Login, Anyone, Token, Page, Never, Closed, Counted;
    GET  paths::SECURITY   => page::security::get, Other, Fresh, Reads, Page, Never, Closed, Counted;
    GET  paths::START      => page::start::get, Account, Session, Reads, Page, Never, Closed, Counted;
    POST paths::START      => page::start::post, Account, Session, Token, Page, Never, Closed, Counted;
    GET  paths::TOTP       => page::security::get_totp, Other, Fresh, Reads, Page, Never, Closed, Counted;
    POST paths::TOTP       => page::security::post_totp, Other, Fresh, Token, Page, Never, Closed, Counted;
    GET  paths::PASSKEY    => page::passkey::get, Other, Fresh, Reads, Page, Never, Closed, Counted;
    POST paths::PASSKEY    => page::passkey::post, Other, Fresh, Token, Page, Never, Closed, Counted;
    POST paths::PASSKEY_LOGIN => page::passkey::post_login, Login, Anyone, Token, Page, Never, Closed, Counted;
    POST paths::PASSKEY_OPTIONS => page::passkey::post_options, Login, Anyone, Token, Json, Never, Closed, Counted;
    POST paths::BACKUP_CODES => page::security::post_codes, Other, Fresh, Token, Page, Never, Closed, Counted;
    POST paths::FACTOR     => page::security::post_factor, Other, Fresh, Token, Page, Never, Closed, Counted;
    GET  paths::LEAVING    => page::leaving::get, Login, Anyone, Reads, Page, Never, Closed, Counted;
    POST paths::LEAVING    => page::leaving::post, Login, Anyone, Token, Page, Never, Closed, Counted;
    POST paths::LOGOUT     => page::logout::post, Other, Anyone, Token, Page, Never, Closed, Counted;
    GET  paths::SIGNED_OUT => page::logout::get, Other, Anyone, Reads, Page, Never, Closed, Counted;
    GET  paths::SETUP      => page::setup::get, Setup, SetupLink, Reads, Page, Never, Closed, Counted;
    POST paths::SETUP      => page::setup::post, Setup, SetupLink, Token, Page, Never, Closed, Counted;
    POST paths::OWN_PICTURE => page::picture::post, Account, Session, Token, Page, Never, Closed, Counted;
    GET  paths::PICTURE    => page::picture::get, Other, Anyone, Reads, Page, Handler, Closed, Counted;
    GET  paths::STATIC     => page::files::get, Other, Anyone, Reads, Page, Handler, Closed, Always;
    GET  paths::HEALTHZ    => health::healthz, Other, Anyone, Reads, Json, Never, Closed, Always;
    GET  paths::READYZ     => health::readyz, Other, Anyone, Reads, Json, Never, Closed, Always;
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
            .configure(mount)
            .default_service(web::to(nothing)),
    );
}

/// The route of a request; the one file in `static` is found by its folder.
pub fn find(method: &Method, path: &str) -> Option<&'static Route> {
    let method = if *method == Method::HEAD { &Method::GET } else { method };
    at(path).find(|route| route.method == *method)
}

/// All routes of a path.
pub fn at(path: &str) -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(move |route| match route.path.split_once('{') {
        None => route.path == path,
        Some((folder, _)) => path.strip_prefix(folder).is_some_and(|file| !file.is_empty() && !file.contains('/')),
    })
}

/// Nothing is here, or not in this way.
async fn nothing(request: HttpRequest) -> Result<HttpResponse, Error> {
    let allowed: Vec<&str> = at(request.path()).map(|route| route.method.as_str()).collect();
    if allowed.is_empty() {
        return Err(Error::from(Code::InvalidRequest.because("there is nothing at this address").with_status(404)));
    }
    let allowed = allowed.join(", ");
    let refusal = Code::InvalidRequest.because(format!("this address answers to {allowed} only")).with_status(405);
    Err(Error::from(refusal).allow(allowed))
}
