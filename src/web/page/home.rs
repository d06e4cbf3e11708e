//! The page of a signed-in person.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::parts::{agent, render, when};
use crate::flow::account;
use crate::spec::paths;
use crate::web::ctx::Ctx;
use crate::web::html::see_other;
use crate::web::signed_in::{Stop, signed_in};
use crate::web::view::Home;
use crate::web::{admin, csrf};

/// The overview is also found below its name.
pub async fn redirect() -> HttpResponse {
    see_other(paths::HOME).finish()
}

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let live = signed_in(&ctx).await?;
    let overview = account::overview(ctx.cx(), &live).await?;
    let browser = ctx.browser_or_new();
    let sheet = ctx.sheet();
    let view = Home {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(&browser),
        person: live.user.called(),
        account: &live.user.email,
        roles: &overview.roles,
        since: when(&live, live.session.auth_time),
        device: agent(&live.session.device),
        address: &live.session.address,
        apps: &overview.apps,
        console: admin::door(ctx.cx(), &live).await?,
    };
    Ok(render(&ctx, StatusCode::OK, &sheet, &browser, &view)?)
}
