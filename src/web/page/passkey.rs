//! Passkeys: adding one, and signing in with nothing else. What a script has to ask the browser for goes to it as JSON,
//! and comes back in a form like any other.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::arrive::{entered, renewed};
use super::login::{self, Shown};
use super::parts::{pending, render, to_challenge};
use super::security::added;
use crate::base::random::Opaque;
use crate::flow::challenge::Asker;
use crate::flow::enter::Visit;
use crate::flow::factor::passkey::{Sent, set_up, sign_in};
use crate::flow::factor::{self, second};
use crate::flow::login::{Attempt, Denied};
use crate::flow::session::Live;
use crate::locale::Text;
use crate::model::ChallengeId;
use crate::spec::check::Endpoint;
use crate::spec::params::Params;
use crate::spec::paths;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::signed_in::{Stop, back, signed_in};
use crate::web::view::{Mistake, SetUpPasskey};
use crate::web::{csrf, frame};

/// What a script has put into a form.
pub(super) fn sent(params: &Params) -> Sent<'_> {
    let text = |name| params.get(name).unwrap_or_default();
    Sent { state: text("passkey"), credential: text("credential") }
}

/// A question for the passkeys of a second step, or for any.
pub async fn post_options(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &params)?;
    let question = match params.get("challenge") {
        Some(id) => second::question(ctx.cx(), &ChallengeId::from(id), &browser).await?,
        None => sign_in::question(ctx.cx(), &browser)?,
    };
    Ok(HttpResponse::Ok().json(question))
}

/// Signs in with a passkey alone.
pub async fn post_login(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &form)?;
    let pending = pending(&ctx, &form, &browser).await?;
    let to = form.get("to").and_then(back);
    let old = ctx.session_cookie();
    let request = pending.as_ref().map(|pending| &pending.row.id);
    let keep = form.get("keep").is_some();
    let visit = ctx.visit(&browser, (old.as_ref(), None));
    let visit = Visit { asker: Asker { request, ..visit.asker }, keep, ..visit };
    let denied = match sign_in::sign_in(ctx.cx(), sent(&form), visit).await? {
        Attempt::Entered(next) => return entered(&ctx, next, &browser, to).await,
        Attempt::Denied(denied) => denied,
    };
    frame::keep(&ctx.app, &ctx.request, Endpoint::Login, denied.refusal());
    let (status, text) = match &denied {
        Denied::Wrong(_) => (StatusCode::UNAUTHORIZED, Text::new("passkey-wrong")),
        other => login::words(other),
    };
    let (username, reauth) = (form.get("username").unwrap_or_default(), ctx.live().await?.is_some());
    let mistakes = [Mistake { field: "".into(), text }];
    let shown = Shown { username, reauth, keep, to, mistakes: &mistakes };
    login::show(&ctx, status, pending.as_ref(), &browser, &shown)
}

/// The page where a passkey is made and gets its name.
pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let live = signed_in(&ctx).await?;
    let params = ctx.query()?;
    let browser = ctx.browser_or_new();
    let Some(id) = params.get("challenge").map(ChallengeId::from) else {
        return Ok(see_other(paths::SECURITY).finish());
    };
    let to = params.get("to").and_then(back);
    show(&ctx, StatusCode::OK, (&live, &browser, &id), (None, to), &[]).await
}

/// Begins to add a passkey, or ends it with the answer of the browser.
pub async fn post(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Stop> {
    let browser = csrf::check(&ctx, &params)?;
    let live = signed_in(&ctx).await?;
    let to = params.get("to").and_then(back);
    let Some(id) = params.get("challenge").map(ChallengeId::from) else {
        let id = set_up::begin(ctx.cx(), &live, &browser).await?;
        return Ok(to_challenge(paths::PASSKEY, &id, to));
    };
    let typed = params.get("name").unwrap_or_default();
    let mistake = match factor::clean(typed) {
        None => Mistake::new("name", "factor-name-missing"),
        Some(name) => match set_up::finish(ctx.cx(), &live, &id, &browser, (sent(&params).credential, name)).await? {
            Some((cookie, live)) => return renewed(&ctx, (&cookie, &live), added(&ctx, &live, to).await),
            None => Mistake::new("", "passkey-not-added"),
        },
    };
    show(&ctx, StatusCode::BAD_REQUEST, (&live, &browser, &id), (Some(typed), to), &[mistake]).await
}

async fn show(
    ctx: &Ctx,
    status: StatusCode,
    (live, browser, id): (&Live, &Opaque, &ChallengeId),
    (name, to): (Option<&str>, Option<&str>),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let shown = set_up::shown(ctx.cx(), live, id, browser).await?;
    let sheet = ctx.sheet();
    let proposed = Text::new("passkey-default").with("count", shown.number).to(sheet.locale);
    let view = SetUpPasskey {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(browser),
        challenge: shown.id.as_str(),
        to: to.unwrap_or_default(),
        options: &shown.options,
        name: name.unwrap_or(&proposed),
        mistakes,
    };
    Ok(render(ctx, status, &sheet, browser, &view)?)
}
