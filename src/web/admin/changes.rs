//! What administrators have done, and taking it back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::show::Names;
use super::{CHANGES, Desk, PAGE, ROWS, beginning, cut, jobs, show};
use crate::flow::admin::bulk::{Wanted, back, forecast};
use crate::flow::admin::{names, undo};
use crate::locale::Text;
use crate::model::BatchId;
use crate::model::change::Batch;
use crate::spec::params::Params;
use crate::spec::paths;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::page::parts::when;
use crate::web::signed_in::{Stop, back as own_page};
use crate::web::view::admin::{ActLine, Change, Changes};
use crate::web::words;

pub async fn list(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let before = params.get("after").map(BatchId::from);
    let rows = undo::list(desk.cx(), desk.by(), before.as_ref(), ROWS).await?;
    let (rows, next) = cut(&ctx, rows, |row| row.id.0.clone());
    let names = names_of(&desk, &rows).await?;
    let acts: Vec<_> = rows.iter().map(|row| line(&desk, row, &names)).collect();
    let (sheet, bar) = (ctx.sheet(), desk.bar(CHANGES, CHANGES));
    let first = beginning(&ctx, &params);
    let view = Changes {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        acts: &acts,
        first: first.as_deref(),
        next: next.as_deref(),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

async fn names_of(desk: &Desk<'_>, rows: &[Batch]) -> Result<Names, Stop> {
    Ok(names::of_people(desk.cx(), desk.by(), rows.iter().filter_map(|row| row.actor_id.as_deref())).await?)
}

fn line(desk: &Desk<'_>, row: &Batch, names: &Names) -> ActLine {
    let is_over = row.expires_at <= desk.cx().now;
    ActLine {
        id: row.id.0.clone(),
        at: when(&desk.live, row.at),
        what: words::action(row.action),
        actor: show::who(desk, (row.actor_kind, row.actor_id.as_deref()), names),
        changes: row.changes,
        state: match (&row.undone_by, is_over) {
            (Some(_), _) => Text::new("admin-change-undone"),
            _ if row.is_final => Text::new("admin-change-final"),
            (None, true) => Text::new("admin-change-over"),
            (None, false) => Text::new("admin-change-open"),
        },
        is_open: row.undone_by.is_none() && !is_over && !row.is_final,
        until: when(&desk.live, row.expires_at),
    }
}

/// One act, and what it changed.
pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let id = BatchId::from(desk.part("id"));
    let (batch, kept) = undo::show(desk.cx(), desk.by(), &id, (0, ROWS)).await?;
    let names = names_of(&desk, std::slice::from_ref(&batch)).await?;
    let things: Vec<_> = kept
        .iter()
        .take(PAGE)
        .map(|kept| {
            let row = &kept.row;
            ((row.action, row.is_final), (row.target_kind, row.target_id.as_str()), &kept.changed)
        })
        .collect();
    let changes = show::lines(&desk, &things).await?;
    let (sheet, bar) = (ctx.sheet(), desk.bar(CHANGES, &format!("{CHANGES}/{id}")));
    let view = Change {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        act: &line(&desk, &batch, &names),
        changes: &changes,
        more: kept.len() > PAGE,
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

/// Takes an act back, once that was confirmed, and goes on to the page that it was asked for on.
pub async fn undo(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = BatchId::from(desk.part("id"));
    let to = form.get("to").and_then(own_page).unwrap_or(paths::ADMIN);
    if back::is_of_many(desk.cx(), &id).await? {
        return of_many(&desk, &form, &id, to).await;
    }
    let run = async |how| undo::undo(desk.cx(), desk.by(), how, &id).await;
    desk.confirmed(&form, (CHANGES, Text::new("admin-undo-title"), to), run).await
}

/// What was done to many is taken back by a job.
async fn of_many(desk: &Desk<'_>, form: &Params, id: &BatchId, to: &str) -> Result<HttpResponse, Stop> {
    if form.get("confirm").is_some() {
        return Ok(jobs::to(&back::begin(desk.cx(), desk.by(), id).await?));
    }
    let found = forecast(desk.cx(), desk.by(), Wanted::Undo(id.clone())).await?;
    super::bulk::tell(desk, &found, (&Text::new("bulk-undo-title"), CHANGES, to), form).await
}
