//! The link of a letter that lets somebody in again who is kept out by wrong passwords or codes. It signs nobody in.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::parts::{render, told};
use crate::base::random::Opaque;
use crate::flow::lockout;
use crate::locale::Text;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::view::Unlock;

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let token = params.required("token")?;
    lockout::shown_by_link(ctx.cx(), &Opaque::from(token)).await?;
    let browser = ctx.browser_or_new();
    let sheet = ctx.sheet();
    let view = Unlock { frame: sheet.frame(&ctx.app), csrf: &csrf::token(&browser), token };
    render(&ctx, StatusCode::OK, &sheet, &browser, &view)
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Error> {
    csrf::check(&ctx, &form)?;
    lockout::unlock(ctx.cx(), &Opaque::from(form.required("token")?)).await?;
    let link = (paths::LOGIN, Text::new("told-sign-in"));
    told(&ctx, Text::new("unlock-done"), Text::new("unlock-done-text"), Some(link))
}
