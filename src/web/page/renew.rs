//! Another password before a sign-in ends.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::arrive::arrive;
use super::parts::{Visitor, asked, render_for, shown_again, too_often, waiting};
use crate::flow::renew::{self, Set, Shown, Why};
use crate::locale::Text;
use crate::model::ChallengeId;
use crate::spec::check::Endpoint;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::signed_in::back;
use crate::web::view::{Mistake, Renew, Rules};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let browser = ctx.browser_or_new();
    let shown = renew::shown(ctx.cx(), &ChallengeId::from(params.required("challenge")?), &browser).await?;
    let pending = waiting(&ctx, shown.request.as_ref(), &browser).await;
    show(&ctx, StatusCode::OK, (&browser, pending.as_ref()), (&shown, params.get("to").and_then(back)), &[])
}

pub async fn post(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &params)?;
    let id = ChallengeId::from(params.required("challenge")?);
    let (new, to) = (params.get("new-password").unwrap_or_default(), params.get("to").and_then(back));
    let wrong = match renew::set(ctx.cx(), &id, &browser, new, ctx.session_cookie().as_ref()).await {
        Ok(Set::SignedIn(arrived)) => return arrive(&ctx, &arrived, &browser, to).await,
        Ok(Set::Wrong(wrong)) => Ok(wrong),
        Err(error) => Err(error),
    };
    let (shown, wrong) = shown_again(renew::shown(ctx.cx(), &id, &browser).await, wrong)?;
    let pending = waiting(&ctx, shown.request.as_ref(), &browser).await;
    let form = |status, wrong| show(&ctx, status, (&browser, pending.as_ref()), (&shown, to), &[wrong]);
    match wrong {
        Ok(wrong) => form(StatusCode::BAD_REQUEST, wrong),
        Err(error) => too_often(&ctx, Endpoint::Login, error, form),
    }
}

fn show(
    ctx: &Ctx,
    status: StatusCode,
    (browser, pending): Visitor<'_>,
    (shown, to): (&Shown, Option<&str>),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Error> {
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let view = Renew {
        frame: sheet.frame(&ctx.app),
        asked: asked(&csrf, pending, mistakes),
        challenge: shown.id.as_str(),
        why: match shown.why {
            Why::Asked => Text::new("renew-asked"),
            Why::Old => Text::new("renew-old"),
        },
        username: &shown.user.username,
        to,
        rules: Rules::of(&ctx.config().password),
    };
    render_for(ctx, status, &sheet, (browser, pending), &view)
}
