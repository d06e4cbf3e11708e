//! Signing in by a code or a link that is sent.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::arrive::entered;
use super::login::{self, Shown as Page};
use super::parts::{
    Code, asked, pending, render_for, sent_again, to_challenge, told, too_often, too_often_anew, verify, waiting,
};
use crate::base::random::Opaque;
use crate::config::Carrier;
use crate::flow::challenge::{Asker, Shown};
use crate::flow::login_code::{self, Came};
use crate::locale::Text;
use crate::model::ChallengeId;
use crate::spec::check::Endpoint;
use crate::spec::params::Params;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::view::{Confirm, Mistake};

const EMAIL: Code = Code { action: paths::LOGIN_CODE, lead: Text::new("login-code-email"), can_change: false };
const SMS: Code = Code { action: paths::LOGIN_CODE, lead: Text::new("login-code-sms"), can_change: false };

/// The page for the code, or the one that a letter's link leads to.
pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let browser = ctx.browser_or_new();
    if let Some(token) = params.get("token") {
        let (shown, here) = login_code::shown_by_link(ctx.cx(), &Opaque::from(token), &browser).await?;
        return match here {
            true => confirm(&ctx, &browser, token, &shown).await,
            false => told(&ctx, Text::new("login-link-title"), Text::new("login-link-elsewhere"), None),
        };
    }
    let id = ChallengeId::from(params.required("challenge")?);
    show(&ctx, StatusCode::OK, (&id, &browser), params.get("again").is_some(), &[]).await
}

pub async fn post(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &params)?;
    let (old, trusted) = (ctx.session_cookie(), ctx.trusted());
    let visit = ctx.visit(&browser, (old.as_ref(), trusted.as_ref()));
    if let Some(by) = params.get("by").and_then(Carrier::parse) {
        return ask(&ctx, &params, by, &browser).await;
    }
    let came = match params.get("token") {
        Some(token) => login_code::by_link(ctx.cx(), &Opaque::from(token), visit).await?,
        None => {
            let id = ChallengeId::from(params.required("challenge")?);
            if params.get("resend").is_some() {
                return resend(&ctx, &id, &browser).await;
            }
            login_code::by_code(ctx.cx(), &id, params.get("code").unwrap_or_default(), visit).await?
        }
    };
    let mistake = match came {
        Came::Entered(next) => return entered(&ctx, next, &browser, None).await,
        Came::Wrong => Mistake::new("code", "verify-wrong"),
        Came::Over => Mistake::new("code", "verify-over"),
    };
    let id = ChallengeId::from(params.required("challenge")?);
    show(&ctx, StatusCode::BAD_REQUEST, (&id, &browser), false, &[mistake]).await
}

async fn resend(ctx: &Ctx, id: &ChallengeId, browser: &Opaque) -> Result<HttpResponse, Error> {
    let form = async |status, mistake| show(ctx, status, (id, browser), false, &[mistake]).await;
    match login_code::again(ctx.cx(), id, browser).await {
        Ok(()) => Ok(sent_again(paths::LOGIN_CODE, id)),
        Err(error) => too_often_anew(ctx, Endpoint::Login, error, form).await,
    }
}

/// From the sign-in page: the name is typed there.
async fn ask(ctx: &Ctx, params: &Params, by: Carrier, browser: &Opaque) -> Result<HttpResponse, Error> {
    let pending = pending(ctx, params, browser).await?;
    let username = params.get("username").unwrap_or_default();
    let (reauth, keep) = (ctx.live().await?.is_some(), params.get("keep").is_some());
    let back = |status, mistake| {
        let page = Page { username, reauth, keep, to: None, mistakes: &[mistake] };
        login::show(ctx, status, pending.as_ref(), browser, &page)
    };
    if username.trim().is_empty() {
        return back(StatusCode::BAD_REQUEST, Mistake::new("username", "login-username-missing"));
    }
    let request = pending.as_ref().map(|pending| &pending.row.id);
    let asker = Asker { browser, locale: ctx.sheet().locale, request };
    match login_code::begin(ctx.cx(), username, (by, keep), asker).await {
        Ok(id) => Ok(to_challenge(paths::LOGIN_CODE, &id, None)),
        Err(error) => too_often(ctx, Endpoint::Login, error, back),
    }
}

async fn show(
    ctx: &Ctx,
    status: StatusCode,
    (id, browser): (&ChallengeId, &Opaque),
    again: bool,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Error> {
    let (shown, by) = login_code::shown(ctx.cx(), id, browser).await?;
    let code = if by == Carrier::Email { &EMAIL } else { &SMS };
    verify(ctx, status, browser, code, (&shown, again), mistakes).await
}

async fn confirm(ctx: &Ctx, browser: &Opaque, token: &str, shown: &Shown) -> Result<HttpResponse, Error> {
    let pending = waiting(ctx, shown.request.as_ref(), browser).await;
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let view = Confirm {
        frame: sheet.frame(&ctx.app),
        asked: asked(&csrf, pending.as_ref(), &[]),
        action: paths::LOGIN_CODE,
        field: ("token", token),
        gap: ("email", &shown.email),
        words: (Text::new("login-link-title"), Text::new("login-link-lead"), Text::new("login-submit")),
        password: false,
    };
    render_for(ctx, StatusCode::OK, &sheet, (browser, pending.as_ref()), &view)
}
