//! What happened.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{AUDIT, Desk, ROWS, beginning, cut, show};
use crate::base::time::Ts;
use crate::flow;
use crate::flow::admin::audit::{self, Filter};
use crate::flow::admin::{person, wrong};
use crate::locale::Text;
use crate::model::BatchId;
use crate::model::audit::{Action, Outcome};
use crate::model::change::Changed;
use crate::spec::params::Params;
use crate::spec::right::Right;
use crate::web::ctx::Ctx;
use crate::web::signed_in::Stop;
use crate::web::view::admin::{Asked, Audit, Choice, Event, Label};
use crate::web::words;

const DAY: std::time::Duration = std::time::Duration::from_hours(24);

pub async fn list(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let filter = filter(&desk, &params).await?;
    let rows = audit::list(desk.cx(), desk.by(), &filter, (params.get("after"), ROWS)).await?;
    let (rows, next) = cut(&ctx, rows, |row| row.id.clone());
    let events = show::events(&desk, &rows).await?;
    let text = |name: &str| params.get(name).unwrap_or_default().to_owned();
    let asked = Asked {
        actor: text("actor"),
        target: text("target"),
        address: text("address"),
        since: text("since"),
        until: text("until"),
    };
    let (sheet, bar) = (ctx.sheet(), desk.bar(AUDIT, AUDIT));
    let first = beginning(&ctx, &params);
    let view = Audit {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        asked: &asked,
        actions: &actions(filter.action),
        results: &results(filter.result),
        events: &events,
        first: first.as_deref(),
        next: next.as_deref(),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

/// What is looked for. Days are those of UTC, the last one whole; people may be called by their names.
async fn filter(desk: &Desk<'_>, params: &Params) -> Result<Filter, Stop> {
    let day = |name: &'static str| match params.get(name).map(Ts::of_day) {
        None => Ok(None),
        Some(Some(day)) => Ok(Some(day)),
        Some(None) => Err(wrong(name, "a day, as in 2026-08-01")),
    };
    let action = params.get("action").map(|name| Action::parse(name).ok_or_else(|| wrong("action", Action::names())));
    let result = params.get("result").map(|name| Outcome::parse(name).ok_or_else(|| wrong("result", Outcome::names())));
    Ok(Filter {
        actor: person_or_id(desk, params.get("actor")).await?,
        target: person_or_id(desk, params.get("target")).await?,
        action: action.transpose()?,
        result: result.transpose()?,
        address: params.get("address").map(str::to_owned),
        batch: params.get("batch").map(BatchId::from),
        since: day("since")?,
        until: day("until")?.map(|day| day.plus(DAY)),
    })
}

/// The id of whoever is called so; else it is an id already.
async fn person_or_id(desk: &Desk<'_>, typed: Option<&str>) -> flow::Result<Option<String>> {
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else { return Ok(None) };
    if !desk.may(Right::UsersRead) {
        return Ok(Some(typed.to_owned()));
    }
    match person::show(desk.cx(), desk.by(), typed).await {
        Ok(seen) => Ok(Some(seen.user.id.0)),
        Err(flow::Error::Refused(_)) => Ok(Some(typed.to_owned())),
        Err(error) => Err(error),
    }
}

fn actions(chosen: Option<Action>) -> Vec<Choice> {
    let choice = |action: &Action| Choice {
        value: action.to_string(),
        label: Label::Text(words::action(*action)),
        hint: String::new(),
        chosen: chosen == Some(*action),
    };
    Action::ALL.iter().map(choice).collect()
}

fn results(chosen: Option<Outcome>) -> Vec<Choice> {
    let choice = |result: &Outcome| Choice {
        value: result.to_string(),
        label: Label::Text(match result {
            Outcome::Ok => Text::new("admin-result-ok"),
            Outcome::Failed => Text::new("admin-result-failed"),
        }),
        hint: String::new(),
        chosen: chosen == Some(*result),
    };
    Outcome::ALL.iter().map(choice).collect()
}

/// One thing that happened, with what was before and after.
pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let row = audit::show(desk.cx(), desk.by(), desk.part("id")).await?;
    let lines = show::events(&desk, std::slice::from_ref(&row)).await?;
    let Some(line) = lines.first() else { return Err(wrong("id", "none").into()) };
    let changed: Option<Changed> = row.changes.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let (sheet, bar) = (ctx.sheet(), desk.bar(AUDIT, AUDIT));
    let view = Event {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        line,
        device: row.device.as_deref().unwrap_or_default(),
        seal: row.seal,
        rows: &changed.as_ref().map(show::members).unwrap_or_default(),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}
