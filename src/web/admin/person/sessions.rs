//! Where a person is signed in, and signing out there.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{head, place};
use crate::flow::admin::{access, person, wrong};
use crate::locale::Text;
use crate::model::auth::Session;
use crate::model::{SessionId, UserId};
use crate::spec::right::Right;
use crate::web::admin::{Desk, PEOPLE};
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::page::parts::{agent, when};
use crate::web::signed_in::Stop;
use crate::web::view::SessionLine;
use crate::web::view::admin::PersonSessions;

const TAB: &str = "sessions";

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let user = person::show(desk.cx(), desk.by(), desk.part("id")).await?.user;
    let rows = access::list_sessions(desk.cx(), desk.by(), &user.id).await?;
    let line = |row: &Session| SessionLine {
        id: row.id.0.clone(),
        device: agent(&row.device),
        address: row.address.clone(),
        place: row.place.clone(),
        first: when(&desk.live, row.created_at),
        last: when(&desk.live, row.last_seen_at),
        is_here: row.id == desk.live.session.id,
    };
    let (sheet, bar) = (ctx.sheet(), desk.bar(PEOPLE, &place(&user.id, TAB)));
    let view = PersonSessions {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        head: &head(&desk, &user, TAB),
        sessions: &rows.iter().map(line).collect::<Vec<_>>(),
        can_change: desk.may(Right::UsersWrite),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

/// Ends one session, or all, once that was confirmed.
pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = UserId::from(desk.part("id"));
    let here = place(&id, TAB);
    match (form.get("end"), form.get("all")) {
        (Some(name), _) => {
            let name = SessionId::from(name);
            let run = async |how| access::end_session(desk.cx(), desk.by(), how, (&id, &name)).await;
            desk.confirmed(&form, (PEOPLE, Text::new("person-session-end"), &here), run).await
        }
        (None, Some(_)) => {
            let run = async |how| access::end_sessions(desk.cx(), desk.by(), how, &id).await;
            desk.confirmed(&form, (PEOPLE, Text::new("person-sessions-end"), &here), run).await
        }
        (None, None) => {
            person::show(desk.cx(), desk.by(), id.as_str()).await?;
            Err(wrong("end", "a session").into())
        }
    }
}
