//! What a person did, and what others did to the person.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{head, place};
use crate::flow::account::activity::Topic;
use crate::flow::admin::{access, audit, person};
use crate::model::audit::Audit;
use crate::spec::right::Right;
use crate::web::admin::{Desk, PEOPLE, ROWS, address, beginning, cut, show};
use crate::web::ctx::Ctx;
use crate::web::signed_in::Stop;
use crate::web::view::admin::PersonActivity;

const TAB: &str = "activity";

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let user = person::show(desk.cx(), desk.by(), desk.part("id")).await?.user;
    let after = params.get("after");
    // what others did stands in the audit, which is not for everybody who looks after people
    let is_whole = desk.may(Right::AuditRead);
    let (rows, next) = if is_whole {
        let rows = audit::about(desk.cx(), desk.by(), user.id.as_str(), (after, ROWS)).await?;
        cut(&ctx, rows, |row: &Audit| row.id.clone())
    } else {
        let page = access::activity(desk.cx(), desk.by(), &user.id, (Topic::All, after)).await?;
        let next = page.next.map(|id| address(&ctx, Some(&id)));
        (page.rows.into_iter().map(|(row, _)| row).collect(), next)
    };
    let events = show::events(&desk, &rows).await?;
    let (sheet, bar) = (ctx.sheet(), desk.bar(PEOPLE, &place(&user.id, TAB)));
    let first = beginning(&ctx, &params);
    let view = PersonActivity {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        head: &head(&desk, &user, TAB),
        events: &events,
        is_whole,
        first: first.as_deref(),
        next: next.as_deref(),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}
