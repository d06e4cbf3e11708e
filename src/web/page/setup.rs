//! The page under the link of the first start: it makes the first administrator.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::arrive::arrive;
use super::parts::render;
use crate::base::random::Opaque;
use crate::flow::setup::{self, Made};
use crate::flow::user::New;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::view::{Mistake, Rules, Setup};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let token = params.get("token").unwrap_or_default();
    setup::check(ctx.cx(), token).await?;
    let browser = ctx.browser_or_new();
    show(&ctx, StatusCode::OK, &browser, (token, &New::default()), &[])
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &form)?;
    let text = |name: &str| form.get(name).unwrap_or_default().to_owned();
    let new = New {
        email: text("email"),
        username: text("username"),
        name: Some(text("name")),
        password: Some(text("password")),
        verified: true,
        roles: Vec::new(),
    };
    let token = form.get("token").unwrap_or_default();
    match setup::create(ctx.cx(), token, new.clone(), ctx.session_cookie().as_ref()).await? {
        Made::SignedIn(arrived) => arrive(&ctx, &arrived, &browser, None).await,
        Made::Wrong(wrong) => show(&ctx, StatusCode::BAD_REQUEST, &browser, (token, &new), &wrong),
    }
}

fn show(
    ctx: &Ctx,
    status: StatusCode,
    browser: &Opaque,
    (token, new): (&str, &New),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Error> {
    let sheet = ctx.sheet();
    let view = Setup {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(browser),
        token,
        email: &new.email,
        username: &new.username,
        name: new.name.as_deref().unwrap_or_default(),
        rules: Rules::of(&ctx.config().password),
        mistakes,
    };
    render(ctx, status, &sheet, browser, &view)
}
