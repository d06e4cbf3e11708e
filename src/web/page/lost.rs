//! Every second factor is lost: asking for them to be taken away, and stopping that.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::parts::{asked, render, told};
use crate::base::random::Opaque;
use crate::base::time::Ts;
use crate::flow::factor::lost;
use crate::locale::Text;
use crate::model::ChallengeId;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::view::Confirm;

/// What asking leads to, or what the link of a letter stops.
pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let browser = ctx.browser_or_new();
    if let Some(token) = params.get("token") {
        let at = lost::shown_by_link(ctx.cx(), &Opaque::from(token)).await?;
        let words = (Text::new("lost-stop-title"), Text::new("lost-stop-lead"), Text::new("lost-stop-submit"));
        return ask(&ctx, &browser, ("token", token), (words, at));
    }
    let id = params.required("challenge")?;
    match lost::due(ctx.cx(), &ChallengeId::from(id), &browser).await? {
        Some(at) => begun(&ctx, at),
        None => {
            let at = ctx.cx().now.plus(ctx.config().factor.reset_delay);
            let words = (Text::new("lost-title"), Text::new("lost-lead"), Text::new("lost-submit"));
            ask(&ctx, &browser, ("challenge", id), (words, at))
        }
    }
}

pub async fn post(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &params)?;
    if let Some(token) = params.get("token") {
        lost::stop(ctx.cx(), &Opaque::from(token)).await?;
        let link = Some((paths::LOGIN, Text::new("told-sign-in")));
        return told(&ctx, Text::new("lost-stopped"), Text::new("lost-stopped-text"), link);
    }
    let id = ChallengeId::from(params.required("challenge")?);
    let visit = ctx.visit(&browser, (None, None));
    let at = lost::begin(ctx.cx(), &id, visit.asker).await?;
    begun(&ctx, at)
}

fn begun(ctx: &Ctx, at: Ts) -> Result<HttpResponse, Error> {
    told(ctx, Text::new("lost-begun"), Text::new("lost-begun-text").with("at", at.readable()), None)
}

fn ask(
    ctx: &Ctx,
    browser: &Opaque,
    field: (&str, &str),
    (words, at): ((Text, Text, Text), Ts),
) -> Result<HttpResponse, Error> {
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let view = Confirm {
        frame: sheet.frame(&ctx.app),
        asked: asked(&csrf, None, &[]),
        action: paths::LOST,
        field,
        gap: ("at", &at.readable()),
        words,
        password: false,
    };
    render(ctx, StatusCode::OK, &sheet, browser, &view)
}
