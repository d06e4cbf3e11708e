//! What a handler knows of its request: the app, one instant, the peer, the cookies.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::USER_AGENT;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use arc_swap::Guard;

use super::browser;
use super::error::Error;
use super::html::Sheet;
use super::{language, theme};
use crate::app::{App, Cx, Peer};
use crate::base::net::client_address;
use crate::base::random::Opaque;
use crate::base::text::clip;
use crate::base::time::Ts;
use crate::config::Config;
use crate::flow;
use crate::flow::challenge::Asker;
use crate::flow::enter::Visit;
use crate::flow::session::Live;
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;

/// The longest `User-Agent` that is kept.
const DEVICE: usize = 256;

pub struct Ctx {
    pub app: Data<App>,
    pub request: HttpRequest,
    peer: Peer,
    now: Ts,
}

impl Ctx {
    pub fn cx(&self) -> Cx<'_> {
        Cx { now: self.now, ..self.app.request(&self.peer) }
    }

    /// The configuration as it is in force now.
    pub fn config(&self) -> Guard<Arc<Config>> {
        self.app.config()
    }

    /// What stands in the address behind the `?`.
    pub fn query(&self) -> Result<Params, Refusal> {
        Params::parse(self.request.query_string().as_bytes())
    }

    /// The value that binds this browser's requests to it, if the browser sent it.
    pub fn browser(&self) -> Option<Opaque> {
        self.cookie(browser::Name::Browser)
    }

    /// The same; a new one for a browser that has none yet.
    pub fn browser_or_new(&self) -> Opaque {
        self.browser().unwrap_or_else(Opaque::random)
    }

    pub fn session_cookie(&self) -> Option<Opaque> {
        self.cookie(browser::Name::Session)
    }

    /// The value that says that this browser needs no second factor.
    pub fn trusted(&self) -> Option<Opaque> {
        self.cookie(browser::Name::Trusted)
    }

    /// A visit that begins at this browser, with its session until now and its trust.
    pub fn visit<'a>(
        &self,
        browser: &'a Opaque,
        (old, trusted): (Option<&'a Opaque>, Option<&'a Opaque>),
    ) -> Visit<'a> {
        Visit {
            asker: Asker { browser, locale: language::of(&self.request), request: None },
            old,
            trusted,
            keep: false,
        }
    }

    /// For requests that no cookie has a say in: what the caller says of its device is all that tells it from others.
    pub fn is_marked(&mut self, mark: Option<&str>) {
        // ours have 43 characters; others are not looked for
        self.peer.mark = mark.filter(|mark| mark.len() == 43).map(Opaque::from);
    }

    /// What tells this browser from others.
    pub fn mark(&self) -> Option<&Opaque> {
        self.peer.mark.as_ref()
    }

    /// Who is signed in here; from then on pages speak that person's language.
    pub async fn live(&self) -> flow::Result<Option<Live>> {
        let live = flow::session::current(self.cx(), self.session_cookie().as_ref()).await?;
        if let Some(live) = &live {
            self.speak_with(live);
        }
        Ok(live)
    }

    /// Pages of this request speak the language of a person who has just come, and look as that person likes it.
    pub fn speak_with(&self, live: &Live) {
        theme::chosen(&self.request, live.user.theme);
        language::chosen(&self.request, live.user.locale.as_deref());
    }

    /// Pages of this request speak what the app asks for, unless the person has chosen a language.
    pub fn speak_as_asked(&self, ui_locales: Option<&str>) {
        language::asked(&self.request, ui_locales);
    }

    /// What a page begins with.
    pub fn sheet(&self) -> Sheet {
        Sheet::new(&self.request)
    }

    fn cookie(&self, name: browser::Name) -> Option<Opaque> {
        let cookie = self.request.cookie(name.text(&self.app.config))?;
        // ours have 43 characters; others are not looked for
        (cookie.value().len() == 43).then(|| Opaque::from(cookie.value()))
    }
}

impl FromRequest for Ctx {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(app) = request.app_data::<Data<App>>() else {
            return ready(Err(Code::ServerError.because("the server is not set up").into()));
        };
        let (peer, now) = (peer(request, app), app.clock.now());
        let mut ctx = Self { app: app.clone(), request: request.clone(), peer, now };
        ctx.peer.mark = ctx.cookie(browser::Name::Device);
        ready(Ok(ctx))
    }
}

/// Where the request came from, as far as it can be believed.
pub fn peer(request: &HttpRequest, app: &App) -> Peer {
    let near = request.peer_addr().map_or(std::net::Ipv4Addr::LOCALHOST.into(), |address| address.ip());
    let headers = request.headers();
    let forwarded: Vec<&str> = headers.get_all("x-forwarded-for").filter_map(|value| value.to_str().ok()).collect();
    let address = client_address(near, Some(&forwarded.join(",")), &app.proxies);
    let device = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Peer { address, device: clip(device, DEVICE).to_owned(), mark: None }
}
