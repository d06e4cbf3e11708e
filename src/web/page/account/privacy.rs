//! What is kept of the person, and the end of the account.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::base::random::Opaque;
use crate::flow;
use crate::flow::account::delete;
use crate::flow::session::Live;
use crate::spec::check::{Check, Endpoint};
use crate::spec::error::Refusal;
use crate::spec::paths;
use crate::web::browser::Name;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::page::leaving::days;
use crate::web::page::parts::render;
use crate::web::signed_in::{Stop, signed_in};
use crate::web::view::{Mistake, Privacy};
use crate::web::{csrf, frame};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    signed_in(&ctx).await?;
    let browser = ctx.browser().unwrap_or_else(Opaque::random);
    show(&ctx, StatusCode::OK, &browser, &[])
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let browser = csrf::check(&ctx, &form)?;
    let live = signed_in(&ctx).await?;
    match form.required("do")? {
        "delete" => end(&ctx, &live, &browser).await,
        _ => Ok(see_other(paths::PRIVACY).finish()),
    }
}

/// Signed out everywhere, also here.
async fn end(ctx: &Ctx, live: &Live, browser: &Opaque) -> Result<HttpResponse, Stop> {
    match delete::begin(ctx.cx(), live).await {
        Ok(_) => Ok(see_other(paths::LEAVING).cookie(Name::Session.remove(&ctx.app.config)).finish()),
        Err(flow::Error::Refused(refusal)) if is_at(&refusal, Check::LastAdmin) => {
            frame::keep(&ctx.app, &ctx.request, Endpoint::Account, &refusal);
            show(ctx, StatusCode::FORBIDDEN, browser, &[Mistake::new("", "delete-last-admin")])
        }
        Err(error) => Err(Error::from(error).into()),
    }
}

fn is_at(refusal: &Refusal, check: Check) -> bool {
    refusal.why.as_ref().is_some_and(|why| why.check == check)
}

fn show(ctx: &Ctx, status: StatusCode, browser: &Opaque, mistakes: &[Mistake]) -> Result<HttpResponse, Stop> {
    let sheet = ctx.sheet();
    let view = Privacy { frame: sheet.frame(&ctx.app), csrf: &csrf::token(browser), days: days(ctx), mistakes };
    Ok(render(ctx, status, &sheet, browser, &view)?)
}
