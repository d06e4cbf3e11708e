//! What several pages are made of.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use askama::Template;

use super::start::with_to;
use crate::base::random::Opaque;
use crate::base::text::clip;
use crate::base::time::Ts;
use crate::base::zone::Zone;
use crate::flow;
use crate::flow::authorize::{self, Pending};
use crate::flow::challenge::Shown;
use crate::flow::device;
use crate::flow::session::Live;
use crate::locale::Text;
use crate::model::user::User;
use crate::model::{ChallengeId, RequestId};
use crate::spec::check::Endpoint;
use crate::spec::error::Refusal;
use crate::spec::params::Params;
use crate::web::browser::Name;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::html::{Sheet, page, see_other};
use crate::web::view::{Agent, Asked, ClientInfo, Mistake, Told, Verify, When};
use crate::web::{csrf, frame};

/// The longest `User-Agent` that a page repeats.
const AGENT: usize = 160;

/// Who is on a page: the browser, and the request of an app that waits there.
pub type Visitor<'a> = (&'a Opaque, Option<&'a Pending>);

/// The page as an answer, with the cookie that its forms are bound to.
pub fn render(
    ctx: &Ctx,
    status: StatusCode,
    sheet: &Sheet,
    browser: &Opaque,
    view: &impl Template,
) -> Result<HttpResponse, Error> {
    render_for(ctx, status, sheet, (browser, None), view)
}

/// The same, where the form may lead back to the app that waits.
pub fn render_for(
    ctx: &Ctx,
    status: StatusCode,
    sheet: &Sheet,
    (browser, pending): Visitor<'_>,
    view: &impl Template,
) -> Result<HttpResponse, Error> {
    let form_action = pending.map(|pending| pending.return_to.form_action()).unwrap_or_default();
    let mut rendered = page(status, sheet, &form_action, view)?;
    rendered.answer.cookie(Name::Browser.set(&ctx.app.config, browser));
    Ok(rendered.finish())
}

/// A page with one thing to say.
pub fn told(ctx: &Ctx, heading: Text, text: Text, link: Option<(&str, Text)>) -> Result<HttpResponse, Error> {
    let sheet = ctx.sheet();
    Ok(page(StatusCode::OK, &sheet, "", &Told { frame: sheet.frame(&ctx.app), heading, text, link })?.finish())
}

/// A page that asks for a code that was sent.
pub struct Code {
    /// Where its form goes.
    pub action: &'static str,
    /// What it says of where the code went.
    pub lead: Text,
    /// Whether a mistyped address can be mended there.
    pub can_change: bool,
}

pub async fn verify(
    ctx: &Ctx,
    status: StatusCode,
    browser: &Opaque,
    code: &Code,
    (shown, sent_again): (&Shown, bool),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Error> {
    let pending = waiting(ctx, shown.request.as_ref(), browser).await;
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let view = Verify {
        frame: sheet.frame(&ctx.app),
        asked: asked(&csrf, pending.as_ref(), mistakes),
        action: code.action,
        lead: code.lead.clone(),
        challenge: shown.id.as_str(),
        email: &shown.email,
        can_change: code.can_change,
        sent_again,
    };
    render_for(ctx, status, &sheet, (browser, pending.as_ref()), &view)
}

/// What the forms before a sign-in share.
pub fn asked<'a>(csrf: &'a str, pending: Option<&'a Pending>, mistakes: &'a [Mistake]) -> Asked<'a> {
    let request = pending.map(|pending| pending.row.id.as_str());
    Asked { csrf, request, client: pending.map(client_info), mistakes }
}

/// The app, as its pages show it.
pub fn client_info(pending: &Pending) -> ClientInfo<'_> {
    let metadata = &pending.client.metadata;
    ClientInfo {
        name: &metadata.client_name,
        logo_uri: metadata.logo_uri.as_deref(),
        policy_uri: metadata.policy_uri.as_deref(),
        tos_uri: metadata.tos_uri.as_deref(),
        client_uri: metadata.client_uri.as_deref(),
    }
}

/// The request that waits, if the page belongs to one. Fails when it does not wait any more.
pub async fn pending(ctx: &Ctx, params: &Params, browser: &Opaque) -> Result<Option<Pending>, Error> {
    let Some(id) = params.get("request") else { return Ok(None) };
    let pending = authorize::pending(ctx.cx(), &RequestId::from(id), browser).await?;
    ctx.speak_as_asked(pending.request.ui_locales.as_deref());
    Ok(Some(pending))
}

/// The request that goes on afterwards, if it still does.
pub async fn waiting(ctx: &Ctx, request: Option<&RequestId>, browser: &Opaque) -> Option<Pending> {
    let pending = authorize::pending(ctx.cx(), request?, browser).await.ok()?;
    ctx.speak_as_asked(pending.request.ui_locales.as_deref());
    Some(pending)
}

/// To the page of a challenge; afterwards to `to`, where no app waits.
pub fn to_challenge(path: &str, id: &ChallengeId, to: Option<&str>) -> HttpResponse {
    see_other(&with_to(&format!("{path}?challenge={id}"), to)).finish()
}

/// Back to the page of a challenge, which says that another letter was sent.
pub fn sent_again(path: &str, id: &ChallengeId) -> HttpResponse {
    see_other(&format!("{path}?challenge={id}&again=yes")).finish()
}

/// What a form is shown with once more, and what was wrong with it. Fails when there is nothing to be shown any more;
/// why it was refused before says more than that.
pub fn shown_again<S, W>(shown: flow::Result<S>, wrong: flow::Result<W>) -> flow::Result<(S, flow::Result<W>)> {
    match (shown, wrong) {
        (Ok(shown), wrong) => Ok((shown, wrong)),
        (Err(_), Err(error)) | (Err(error), Ok(_)) => Err(error),
    }
}

/// A form that was sent too often comes back with all that was typed, and is refused all the same. Fails with the error
/// if it is another one.
pub fn too_often<E: From<Error>>(
    ctx: &Ctx,
    endpoint: Endpoint,
    error: flow::Error,
    form: impl FnOnce(StatusCode, Mistake) -> Result<HttpResponse, E>,
) -> Result<HttpResponse, E> {
    let refusal = limited(ctx, endpoint, error)?;
    form(StatusCode::TOO_MANY_REQUESTS, often()).map(|page| later(page, &refusal))
}

/// The same for a form that is read anew for its page.
pub async fn too_often_anew<E: From<Error>>(
    ctx: &Ctx,
    endpoint: Endpoint,
    error: flow::Error,
    form: impl AsyncFnOnce(StatusCode, Mistake) -> Result<HttpResponse, E>,
) -> Result<HttpResponse, E> {
    let refusal = limited(ctx, endpoint, error)?;
    form(StatusCode::TOO_MANY_REQUESTS, often()).await.map(|page| later(page, &refusal))
}

fn limited(ctx: &Ctx, endpoint: Endpoint, error: flow::Error) -> Result<Refusal, Error> {
    match error {
        flow::Error::Refused(refusal) if refusal.status == 429 => {
            frame::keep(&ctx.app, &ctx.request, endpoint, &refusal);
            Ok(refusal)
        }
        other => Err(other.into()),
    }
}

fn often() -> Mistake {
    Mistake::new("", "form-often")
}

fn later(mut page: HttpResponse, refusal: &Refusal) -> HttpResponse {
    if let Some(delay) = refusal.retry_after {
        page.headers_mut().insert(RETRY_AFTER, delay.as_secs().max(1).into());
    }
    page
}

/// An instant as the person's clock shows it.
pub fn when(live: &Live, at: Ts) -> When {
    when_for(&live.user, at)
}

/// The same for somebody who is not signed in yet.
pub fn when_for(user: &User, at: Ts) -> When {
    let zone = user.zoneinfo.as_deref().and_then(Zone::parse);
    When { text: Zone::show(zone, at), exact: at.exact(), zone: zone.map(Zone::name) }
}

/// A browser, by what it says of itself.
pub fn agent(agent: &str) -> Agent {
    Agent { words: device::words(agent), agent: clip(agent, AGENT).to_owned() }
}
