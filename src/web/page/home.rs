//! The page of a signed-in person.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::flow::account;
use crate::spec::paths;
use crate::web::browser::Name;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::html::{page, see_other};
use crate::web::signed_in::{Stop, signed_in};
use crate::web::view::Home;

/// The overview is also found below its name.
pub async fn redirect() -> HttpResponse {
    see_other(paths::HOME).finish()
}

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let live = signed_in(&ctx).await?;
    let overview = account::overview(ctx.cx(), &live).await?;
    let browser = ctx.browser().unwrap_or_else(crate::base::random::Opaque::random);
    let sheet = ctx.sheet();
    let since = live.session.auth_time.readable();
    let exact = live.session.auth_time.exact();
    let view = Home {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(&browser),
        person: live.user.called(),
        account: &live.user.email,
        roles: &overview.roles,
        since: &since,
        since_exact: &exact,
        device: &live.session.device,
        address: &live.session.address,
        apps: &overview.apps,
    };
    let mut rendered = page(StatusCode::OK, &sheet, "", &view)?;
    rendered.answer.cookie(Name::Browser.set(&ctx.app.config, &browser));
    Ok(rendered.finish())
}
