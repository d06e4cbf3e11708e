//! A forgotten password: the address, the letter's code or link, the new password.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::arrive::entered;
use super::parts::{
    Code, Visitor, asked, pending, render, render_for, sent_again, shown_again, to_challenge, too_often,
    too_often_anew, verify, waiting,
};
use crate::base::random::Opaque;
use crate::config::Carrier;
use crate::flow::challenge::{Asker, Begun, Proof, Shown};
use crate::flow::recover::{self, By, Reset};
use crate::locale::Text;
use crate::model::ChallengeId;
use crate::spec::check::Endpoint;
use crate::spec::params::Params;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::view::{self, Forgot, Mistake, Rules};

/// A code for an address that cannot be another.
fn code(by: Carrier) -> Code {
    let lead = match by {
        Carrier::Email => Text::new("reset-code-lead"),
        Carrier::Sms => Text::new("reset-code-sms"),
    };
    Code { action: paths::RESET, lead, can_change: false }
}

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let browser = ctx.browser_or_new();
    let pending = pending(&ctx, &params, &browser).await?;
    forgot(&ctx, StatusCode::OK, (&browser, pending.as_ref()), "", &[])
}

pub async fn post(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &params)?;
    let pending = pending(&ctx, &params, &browser).await?;
    let email = params.get("email").unwrap_or_default();
    let request = pending.as_ref().map(|pending| &pending.row.id);
    let asker = Asker { browser: &browser, locale: ctx.sheet().locale, request };
    let form = |status, mistake| forgot(&ctx, status, (&browser, pending.as_ref()), email, &[mistake]);
    let by = params.get("by").and_then(Carrier::parse).unwrap_or(Carrier::Email);
    match recover::begin(ctx.cx(), (email, by), asker).await {
        Ok(Begun::Asked(id)) => Ok(to_challenge(paths::RESET, &id, None)),
        Ok(Begun::Wrong(wrong)) => form(StatusCode::BAD_REQUEST, wrong),
        Err(error) => too_often(&ctx, Endpoint::Recover, error, form),
    }
}

fn forgot(
    ctx: &Ctx,
    status: StatusCode,
    (browser, pending): Visitor<'_>,
    email: &str,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Error> {
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let allowed = Carrier::ALL.iter().filter(|by| ctx.config().factor.may_recover(**by));
    let by: Vec<_> = allowed.map(|by| by.text()).collect();
    let view = Forgot { frame: sheet.frame(&ctx.app), asked: asked(&csrf, pending, mistakes), email, by: &by };
    render(ctx, status, &sheet, browser, &view)
}

/// The page for the code, and once it is proved, or under the letter's link, the one for the new password.
pub async fn get_reset(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let browser = ctx.browser_or_new();
    if let Some(token) = params.get("token") {
        let shown = recover::shown_by_link(ctx.cx(), &Opaque::from(token)).await?;
        let pending = waiting(&ctx, shown.request.as_ref(), &browser).await;
        return reset(&ctx, StatusCode::OK, (&browser, pending.as_ref()), ("token", token), &shown, &[]);
    }
    let id = ChallengeId::from(params.required("challenge")?);
    let (shown, by) = recover::shown(ctx.cx(), &id, &browser).await?;
    if shown.proved {
        let pending = waiting(&ctx, shown.request.as_ref(), &browser).await;
        return reset(&ctx, StatusCode::OK, (&browser, pending.as_ref()), ("challenge", id.as_str()), &shown, &[]);
    }
    verify(&ctx, StatusCode::OK, &browser, &code(by), (&shown, params.get("again").is_some()), &[]).await
}

pub async fn post_reset(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &params)?;
    if let Some(token) = params.get("token") {
        let link = Opaque::from(token);
        return set(&ctx, &params, &browser, (By::Link(&link), ("token", token))).await;
    }
    let id = ChallengeId::from(params.required("challenge")?);
    let ask = async |status, mistake| {
        let (shown, by) = recover::shown(ctx.cx(), &id, &browser).await?;
        verify(&ctx, status, &browser, &code(by), (&shown, false), &[mistake]).await
    };
    if params.get("resend").is_some() {
        return match recover::again(ctx.cx(), &id, &browser).await {
            Ok(()) => Ok(sent_again(paths::RESET, &id)),
            Err(error) => too_often_anew(&ctx, Endpoint::Recover, error, ask).await,
        };
    }
    if params.get("new-password").is_some() {
        return set(&ctx, &params, &browser, (By::Code(&id, &browser), ("challenge", id.as_str()))).await;
    }
    let text = match recover::by_code(ctx.cx(), &id, &browser, params.get("code").unwrap_or_default()).await? {
        Proof::Right => return Ok(to_challenge(paths::RESET, &id, None)),
        Proof::Wrong => Text::new("verify-wrong"),
        Proof::Over => Text::new("verify-over"),
    };
    ask(StatusCode::BAD_REQUEST, Mistake { field: "code".into(), text }).await
}

async fn set(
    ctx: &Ctx,
    params: &Params,
    browser: &Opaque,
    (by, field): (By<'_>, (&str, &str)),
) -> Result<HttpResponse, Error> {
    let password = params.get("new-password").unwrap_or_default();
    let (old, trusted) = (ctx.session_cookie(), ctx.trusted());
    let visit = ctx.visit(browser, (old.as_ref(), trusted.as_ref()));
    let wrong = match recover::set(ctx.cx(), by, password, visit).await {
        Ok(Reset::Entered(next)) => return entered(ctx, next, browser, None).await,
        Ok(Reset::Wrong(wrong)) => Ok(wrong),
        Err(error) => Err(error),
    };
    let shown = match by {
        By::Code(id, browser) => recover::shown(ctx.cx(), id, browser).await.map(|(shown, _)| shown),
        By::Link(token) => recover::shown_by_link(ctx.cx(), token).await,
    };
    let (shown, wrong) = shown_again(shown, wrong)?;
    let pending = waiting(ctx, shown.request.as_ref(), browser).await;
    let form = |status, wrong| reset(ctx, status, (browser, pending.as_ref()), field, &shown, &[wrong]);
    match wrong {
        Ok(wrong) => form(StatusCode::BAD_REQUEST, wrong),
        Err(error) => too_often(ctx, Endpoint::Recover, error, form),
    }
}

fn reset(
    ctx: &Ctx,
    status: StatusCode,
    (browser, pending): Visitor<'_>,
    field: (&str, &str),
    shown: &Shown,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Error> {
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let view = view::Reset {
        frame: sheet.frame(&ctx.app),
        asked: asked(&csrf, pending, mistakes),
        field,
        email: &shown.email,
        rules: Rules::of(&ctx.config().password),
    };
    render_for(ctx, status, &sheet, (browser, pending), &view)
}
