//! Signing out at this browser.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::flow::session;
use crate::spec::paths;
use crate::web::browser::Name;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::html::{page, see_other};
use crate::web::view::SignedOut;

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let sheet = ctx.sheet();
    let view = SignedOut { frame: sheet.frame(&ctx.app) };
    Ok(page(StatusCode::OK, &sheet, "", &view)?.finish())
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Error> {
    csrf::check(&ctx, &form)?;
    session::end(ctx.cx(), ctx.session_cookie().as_ref()).await?;
    Ok(see_other(paths::SIGNED_OUT).cookie(Name::Session.remove(&ctx.app.config)).finish())
}
