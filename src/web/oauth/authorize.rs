//! The authorization endpoint (RFC 6749 §3.1).

use actix_web::http::StatusCode;
use actix_web::{HttpMessage as _, HttpResponse, HttpResponseBuilder};

use crate::base::random::Opaque;
use crate::flow::authorize::{self, Answer, Browser};
use crate::spec::check::Endpoint;
use crate::spec::params::Params;
use crate::spec::paths;
use crate::spec::return_to::{Reply, form_action};
use crate::web::browser::Name;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::frame::{self, AskedBy};
use crate::web::html::{page, see_other};
use crate::web::page::start::address as start;
use crate::web::view::FormPost;

const LONGEST_QUERY: usize = 7 * 1024;

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    begin(&ctx, &params).await
}

async fn begin(ctx: &Ctx, params: &Params) -> Result<HttpResponse, Error> {
    note_client(ctx, params);
    ctx.speak_as_asked(params.get("ui_locales"));
    let live = ctx.live().await?;
    let (id, fresh) = ctx.browser().map_or_else(|| (Opaque::random(), true), |id| (id, false));
    let answer = authorize::begin(ctx.cx(), params, Browser { id: &id, live: live.as_ref() }).await?;
    let cookie = fresh.then(|| Name::Browser.set(&ctx.app.config, &id));
    go(ctx, answer, |to| {
        if let Some(cookie) = cookie {
            to.cookie(cookie);
        }
    })
}

/// OIDC Core §3.1.2.1 allows POST. It may come from another site, and then without our cookies; as a GET it has them.
/// What is too long for an address is answered as it is.
pub async fn post(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let query = params.to_query();
    if query.len() > LONGEST_QUERY {
        return begin(&ctx, &params).await;
    }
    Ok(see_other(&format!("{}?{query}", paths::AUTHORIZE)).finish())
}

fn note_client(ctx: &Ctx, params: &Params) {
    if let Some(id) = params.get("client_id") {
        ctx.request.extensions_mut().insert(AskedBy::client(id));
    }
}

/// Sends the browser where the flow wants it; `with` may add cookies.
pub fn go(ctx: &Ctx, answer: Answer, with: impl FnOnce(&mut HttpResponseBuilder)) -> Result<HttpResponse, Error> {
    let reply = match answer {
        Answer::Login(id) => return Ok(to_page(paths::LOGIN, id.as_str(), with)),
        Answer::SecondFactor(id) => return Ok(to(&format!("{}?challenge={id}", paths::MFA), with)),
        Answer::SetUp(id) => return Ok(to(&start(Some(&format!("{}?request={id}", paths::CONSENT))), with)),
        Answer::Consent(id) => return Ok(to_page(paths::CONSENT, id.as_str(), with)),
        Answer::Reply(reply) => reply,
        Answer::Refused(return_to, refusal) => {
            let reference = frame::keep(&ctx.app, &ctx.request, Endpoint::Authorize, &refusal);
            return_to.refuse(&refusal, &reference)
        }
    };
    match reply {
        Reply::Redirect(url) => {
            let mut to = see_other(url.as_str());
            with(&mut to);
            Ok(to.finish())
        }
        Reply::FormPost { uri, fields } => {
            let sheet = ctx.sheet();
            let host = uri.host_str().unwrap_or_default();
            let view = FormPost { frame: sheet.frame(&ctx.app), returns_to: host, uri: uri.as_str(), fields: &fields };
            let mut rendered = page(StatusCode::OK, &sheet, &form_action(&uri), &view)?;
            with(&mut rendered.answer);
            Ok(rendered.finish())
        }
    }
}

fn to_page(path: &str, request: &str, with: impl FnOnce(&mut HttpResponseBuilder)) -> HttpResponse {
    to(&format!("{path}?request={request}"), with)
}

fn to(address: &str, with: impl FnOnce(&mut HttpResponseBuilder)) -> HttpResponse {
    let mut to = see_other(address);
    with(&mut to);
    to.finish()
}
