//! An account that is going to be erased: keeping it, by the link of the letter or by signing in.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::arrive::entered;
use super::parts::{render_for, told, waiting, when_for};
use crate::base::random::Opaque;
use crate::flow::account::delete::keep::{self, Shown};
use crate::locale::Text;
use crate::model::ChallengeId;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::signed_in::back;
use crate::web::view::Leaving;

/// Under a link or after a sign-in the question; else what comes now.
pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let browser = ctx.browser_or_new();
    if let Some(token) = params.get("token") {
        let shown = keep::shown_by_link(ctx.cx(), &Opaque::from(token)).await?;
        return show(&ctx, &browser, ("token", token), &shown, "").await;
    }
    if let Some(id) = params.get("challenge") {
        let shown = keep::shown(ctx.cx(), &ChallengeId::from(id), &browser).await?;
        let to = params.get("to").and_then(back).unwrap_or_default();
        return show(&ctx, &browser, ("challenge", id), &shown, to).await;
    }
    let sign_in = Some((paths::LOGIN, Text::new("told-sign-in")));
    match params.get("kept") {
        Some(_) => told(&ctx, Text::new("kept-title"), Text::new("kept-text"), sign_in),
        None => {
            let text = Text::new("left-text").with("count", days(&ctx));
            told(&ctx, Text::new("left-title"), text, sign_in)
        }
    }
}

/// In which an account can be kept; begun ones count.
pub fn days(ctx: &Ctx) -> u64 {
    ctx.config().account.deletion_delay.as_secs().div_ceil(86_400)
}

pub async fn post(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &params)?;
    if let Some(token) = params.get("token") {
        keep::by_link(ctx.cx(), &Opaque::from(token)).await?;
        return Ok(see_other(&format!("{}?kept=yes", paths::LEAVING)).finish());
    }
    let id = ChallengeId::from(params.required("challenge")?);
    let old = ctx.session_cookie();
    let next = keep::by_sign_in(ctx.cx(), &id, &browser, old.as_ref()).await?;
    entered(&ctx, next, &browser, params.get("to").and_then(back)).await
}

async fn show(
    ctx: &Ctx,
    browser: &Opaque,
    field: (&str, &str),
    shown: &Shown,
    to: &str,
) -> Result<HttpResponse, Error> {
    let pending = waiting(ctx, shown.request.as_ref(), browser).await;
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let view = Leaving {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf,
        field,
        to,
        person: shown.user.called(),
        at: when_for(&shown.user, shown.due_at),
    };
    render_for(ctx, StatusCode::OK, &sheet, (browser, pending.as_ref()), &view)
}
