//! The apps that have access to the account.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::flow::account::apps::{self, Access};
use crate::flow::session::Live;
use crate::model::ClientId;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::page::consent::line;
use crate::web::page::parts::{render, when};
use crate::web::signed_in::{Stop, signed_in};
use crate::web::view::{AppLine, Apps};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let live = signed_in(&ctx).await?;
    let found = apps::list(ctx.cx(), &live.user.id).await?;
    let lines: Vec<_> = found.into_iter().map(|access| app(&live, access)).collect();
    let browser = ctx.browser_or_new();
    let sheet = ctx.sheet();
    let view = Apps {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(&browser),
        withdrawn: params.get("withdrawn").is_some(),
        apps: &lines,
    };
    Ok(render(&ctx, StatusCode::OK, &sheet, &browser, &view)?)
}

fn app(live: &Live, access: Access) -> AppLine {
    AppLine {
        scopes: access.scope.iter().map(|scope| line(scope, &access.scope)).collect(),
        since: when(live, access.since),
        last_used: access.last_used.map(|at| when(live, at)),
        id: access.client_id.0,
        name: access.name,
    }
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    csrf::check(&ctx, &form)?;
    let live = signed_in(&ctx).await?;
    apps::withdraw(ctx.cx(), &live.user.id, &ClientId::from(form.required("withdraw")?)).await?;
    Ok(see_other(&format!("{}?withdrawn=yes", paths::APPS)).finish())
}
