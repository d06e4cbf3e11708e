//! Choosing another password.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::Owner;
use crate::flow::account::password;
use crate::spec::check::Endpoint;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::page::parts::{render, too_often};
use crate::web::signed_in::{Stop, signed_in};
use crate::web::view::{Mistake, NewPassword, Rules};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let live = signed_in(&ctx).await?;
    let browser = ctx.browser_or_new();
    show(&ctx, StatusCode::OK, (&live, &browser), params.get("changed").is_some(), &[])
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let browser = csrf::check(&ctx, &form)?;
    let live = signed_in(&ctx).await?;
    let new = form.get("new-password").unwrap_or_default();
    let form = |status, wrong| show(&ctx, status, (&live, &browser), false, &[wrong]);
    match password::change(ctx.cx(), &live, new).await {
        Ok(None) => Ok(see_other(&format!("{}?changed=yes", paths::PASSWORD)).finish()),
        Ok(Some(wrong)) => form(StatusCode::BAD_REQUEST, wrong),
        Err(error) => too_often(&ctx, Endpoint::Account, error, form),
    }
}

fn show(
    ctx: &Ctx,
    status: StatusCode,
    (live, browser): Owner<'_>,
    changed: bool,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let sheet = ctx.sheet();
    let view = NewPassword {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(browser),
        username: &live.user.username,
        rules: Rules::of(&ctx.config().password),
        changed,
        mistakes,
    };
    Ok(render(ctx, status, &sheet, browser, &view)?)
}
