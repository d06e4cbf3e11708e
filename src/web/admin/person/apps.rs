//! The apps that have access to a person's account, and taking it away.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{head, place};
use crate::flow::account::apps::Access;
use crate::flow::admin::{access, person};
use crate::locale::Text;
use crate::model::{ClientId, UserId};
use crate::spec::right::Right;
use crate::web::admin::{Desk, PEOPLE};
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::page::consent::line;
use crate::web::page::parts::when;
use crate::web::signed_in::Stop;
use crate::web::view::AppLine;
use crate::web::view::admin::PersonApps;

const TAB: &str = "apps";

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let user = person::show(desk.cx(), desk.by(), desk.part("id")).await?.user;
    let found = access::list_apps(desk.cx(), desk.by(), &user.id).await?;
    let app = |access: Access| AppLine {
        scopes: access.scope.iter().map(|scope| line(scope, &access.scope)).collect(),
        since: when(&desk.live, access.since),
        last_used: access.last_used.map(|at| when(&desk.live, at)),
        id: access.client_id.0,
        name: access.name,
    };
    let (sheet, bar) = (ctx.sheet(), desk.bar(PEOPLE, &place(&user.id, TAB)));
    let view = PersonApps {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        head: &head(&desk, &user, TAB),
        apps: &found.into_iter().map(app).collect::<Vec<_>>(),
        can_change: desk.may(Right::UsersWrite),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

/// Takes an app's access away, once that was confirmed.
pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let (id, client) = (UserId::from(desk.part("id")), ClientId::from(form.required("withdraw")?));
    let run = async |how| access::withdraw(desk.cx(), desk.by(), how, (&id, &client)).await;
    desk.confirmed(&form, (PEOPLE, Text::new("person-app-withdraw"), &place(&id, TAB)), run).await
}
