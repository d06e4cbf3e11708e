//! Pages for a signed-in person: whoever is not, or not freshly enough, goes to the sign-in page and comes back.

use actix_web::http::header::LOCATION;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpResponse, ResponseError};

use super::ctx::Ctx;
use super::error::Error;
use super::page::mfa;
use super::page::start::{self, with_to};
use super::routes::{self, Access};
use crate::flow;
use crate::flow::admin::console::{self, Visitor};
use crate::flow::challenge::Asker;
use crate::flow::factor::{self, second};
use crate::flow::session::Live;
use crate::spec::error::Refusal;
use crate::spec::paths;

/// The longest address to come back to.
const LONGEST: usize = 512;

/// Why a handler does not go on.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// To the sign-in page first.
    #[error("to {0}")]
    Away(String),
    #[error(transparent)]
    Error(#[from] Error),
}

impl From<flow::Error> for Stop {
    fn from(error: flow::Error) -> Self {
        Self::Error(error.into())
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Error(refusal.into())
    }
}

impl ResponseError for Stop {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Away(_) => StatusCode::SEE_OTHER,
            Self::Error(error) => error.status_code(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Away(location) => HttpResponse::SeeOther().insert_header((LOCATION, location.as_str())).finish(),
            Self::Error(error) => error.error_response(),
        }
    }
}

/// The signed-in person, as freshly and surely as the route wants it (`Access::Session` or `Access::Fresh`). A form is
/// asked for its token first: what comes from elsewhere is refused, not sent to sign in.
pub async fn signed_in(ctx: &Ctx) -> Result<Live, Stop> {
    let access = routes::access(&ctx.request)?;
    match ctx.live().await? {
        Some(live) if access == Access::Session => Ok(live),
        Some(live) if live.is_fresh(ctx.cx()) => surely(ctx, live).await,
        _ => Err(Stop::Away(to_login(&wanted(ctx)))),
    }
}

/// The administrator, as the route wants one: whoever has left the console alone for too long, or owes a factor that a
/// role wants, has that asked first; and whoever wants to change something proves who it is before that. A form is asked
/// for its token first.
pub async fn administrator(ctx: &Ctx) -> Result<(Live, Visitor), Stop> {
    let away = || Stop::Away(to_login(&wanted(ctx)));
    let live = ctx.live().await?.ok_or_else(away)?;
    let visitor = console::enter(ctx.cx(), &live).await?.ok_or_else(away)?;
    let request = &ctx.request;
    match routes::access(request)? {
        Access::Admin(right) => visitor.all().require(right)?,
        _ => visitor.expect_any()?,
    }
    if live.session.needs_factor {
        surely(ctx, live).await?;
        return Err(Stop::Away(start::address(back(&wanted(ctx)))));
    }
    if request.method() == Method::GET {
        return Ok((live, visitor));
    }
    if !live.is_fresh(ctx.cx()) {
        return Err(away());
    }
    Ok((surely(ctx, live).await?, visitor))
}

/// A trusted browser signs in with less than the person can prove. That is not enough to change what keeps others out.
async fn surely(ctx: &Ctx, live: Live) -> Result<Live, Stop> {
    if !factor::is_owed(ctx.cx(), &live).await? {
        return Ok(live);
    }
    let wanted = wanted(ctx);
    let Some(browser) = ctx.browser() else { return Err(Stop::Away(to_login(&wanted))) };
    let asker = Asker { browser: &browser, locale: ctx.sheet().locale, request: None };
    let id = second::raise(ctx.cx(), &live, (None, asker)).await?;
    Err(Stop::Away(mfa::address(&id, back(&wanted), None)))
}

/// Where to come back to: the page that was asked for, or the one that the form stands on. What was typed is typed
/// again: it is not carried through a sign-in that may be somebody else's.
fn wanted(ctx: &Ctx) -> String {
    let uri = ctx.request.uri();
    match (uri.path_and_query(), routes::path(&ctx.request)) {
        (Some(address), _) if ctx.request.method() == Method::GET => address.as_str().to_owned(),
        // their forms stand on this page, or on one that has to be begun here anew
        (_, paths::TOTP | paths::PASSKEY | paths::BACKUP_CODES | paths::FACTOR) => paths::SECURITY.to_owned(),
        (_, paths::OWN_PICTURE) => paths::PROFILE.to_owned(),
        (_, path) if path.starts_with(paths::ADMIN) => stands_on(path).to_owned(),
        (_, path) => path.to_owned(),
    }
}

/// The page of the console that a form stands on: the nearest one above.
fn stands_on(mut path: &str) -> &str {
    while routes::find(&Method::GET, path).is_none() {
        path =
            path.rsplit_once('/').map_or(paths::HOME, |(above, _)| if above.is_empty() { paths::HOME } else { above });
    }
    path
}

fn to_login(wanted: &str) -> String {
    match back(wanted) {
        Some(paths::HOME) => paths::LOGIN.to_owned(),
        wanted => with_to(paths::LOGIN, wanted.or(Some(paths::ACCOUNT))),
    }
}

/// The address, if somebody may be sent there after signing in: a page of ours for signed-in people, nothing else.
pub fn back(wanted: &str) -> Option<&str> {
    let path = wanted.split('?').next().unwrap_or_default();
    let route = routes::find(&Method::GET, path)?;
    let own = matches!(route.access, Access::Session | Access::Fresh | Access::Console | Access::Admin(_));
    let good = own && wanted.bytes().all(|byte| byte.is_ascii_graphic());
    (good && wanted.len() <= LONGEST).then_some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_the_console_stands_on_a_page() {
        for (form, page) in [
            ("/admin/people/1/state", "/admin/people/1"),
            ("/admin/changes/1/undo", "/admin/changes/1"),
            ("/admin/api-keys/1/revoke", "/admin/api-keys"),
            ("/admin/people/new", "/admin/people/new"),
            ("/administrator", "/"),
        ] {
            assert_eq!(stands_on(form), page);
        }
    }

    #[test]
    fn only_our_own_pages_are_come_back_to() {
        for good in ["/", "/account", "/account?a=b", "/consent?request=1", "/admin", "/admin/people/1?done=2"] {
            assert_eq!(back(good), Some(good));
        }
        let long = format!("/account?{}", "a".repeat(LONGEST));
        for bad in [
            "",
            "//evil.test",
            "//evil.test/account",
            "/\\evil.test",
            "https://evil.test/account",
            "/account\r\nset-cookie: a=b",
            "/account#x",
            "/account/../x",
            "/login",
            "/nothing",
            "/static/signet.css",
            "javascript:alert(1)",
            &long,
        ] {
            assert_eq!(back(bad), None, "{bad}");
        }
    }
}
