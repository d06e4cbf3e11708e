//! Where the person is signed in.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::flow::account::sessions;
use crate::flow::session::Live;
use crate::model::SessionId;
use crate::model::auth::Session;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::page::parts::{agent, render, when};
use crate::web::signed_in::{Stop, signed_in};
use crate::web::view::{SessionLine, Sessions};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let live = signed_in(&ctx).await?;
    let found = sessions::list(ctx.cx(), &live.user.id).await?;
    let lines: Vec<_> = found.iter().map(|session| line(&live, session)).collect();
    let browser = ctx.browser_or_new();
    let sheet = ctx.sheet();
    let view = Sessions {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(&browser),
        ended: params.get("ended").is_some(),
        sessions: &lines,
    };
    Ok(render(&ctx, StatusCode::OK, &sheet, &browser, &view)?)
}

fn line(live: &Live, session: &Session) -> SessionLine {
    SessionLine {
        id: session.id.0.clone(),
        device: agent(&session.device),
        address: session.address.clone(),
        place: session.place.clone(),
        first: when(live, session.created_at),
        last: when(live, session.last_seen_at),
        is_here: session.id == live.session.id,
    }
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    csrf::check(&ctx, &form)?;
    let live = signed_in(&ctx).await?;
    match form.get("end") {
        Some(id) => sessions::end(ctx.cx(), &live.user.id, &SessionId::from(id)).await?,
        None => sessions::end_others(ctx.cx(), &live).await?,
    }
    Ok(see_other(&format!("{}?ended=yes", paths::SESSIONS)).finish())
}
