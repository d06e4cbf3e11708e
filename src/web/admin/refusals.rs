//! Why something was refused: found by its reference, or in a list.

use actix_web::HttpResponse;
use actix_web::http::{Method, StatusCode};

use super::apps::found;
use super::show::{Names, who};
use super::{API_KEYS, Desk, REFUSALS, ROLES, ROWS, SETTINGS, app, beginning, cut};
use crate::base::time::Ts;
use crate::flow;
use crate::flow::admin::names;
use crate::flow::admin::refusal::{self, Setting};
use crate::flow::explain::Went;
use crate::locale::Text;
use crate::model::audit::Party;
use crate::model::refusal::RefusalRow;
use crate::spec::check::{Check, Endpoint};
use crate::spec::params::Params;
use crate::spec::right::Right;
use crate::store::refusal::Wanted;
use crate::web::ctx::Ctx;
use crate::web::html::see_other;
use crate::web::page::parts::when;
use crate::web::routes;
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{Choice, Label};
use crate::web::view::apps::{CheckLine, Place, Refusal, RefusalLine, Refusals, Sought, Why};
use crate::web::words::{check, endpoint};

const DAY: std::time::Duration = std::time::Duration::from_hours(24);
/// A reference without what people type around it.
const LONGEST: usize = 32;

/// The refusals that fit, the latest first; a reference leads on to its own page.
pub async fn list(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let mut mistakes = Vec::new();
    if let Some(reference) = params.get("reference").map(str::trim).filter(|typed| !typed.is_empty()) {
        match found(refusal::show(desk.cx(), desk.by(), reference).await)? {
            Some(explained) => return Ok(see_other(&format!("{REFUSALS}/{}", explained.row.reference)).finish()),
            None => mistakes.push(Mistake::new("reference", "refusal-unknown")),
        }
    }
    let wanted = wanted(&params, &mut mistakes);
    let (rows, refusals) = lines(&desk, &wanted, ROWS).await?;
    let (rows, next) = cut(&ctx, rows, refusal::place);
    let refusals = &refusals[..rows.len().min(refusals.len())];
    let text = |name: &str| params.get(name).unwrap_or_default().to_owned();
    let sought = Sought {
        reference: text("reference").chars().take(LONGEST).collect(),
        client_id: text("client_id"),
        since: text("since"),
        until: text("until"),
    };
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let (sheet, bar) = (ctx.sheet(), desk.bar(REFUSALS, REFUSALS));
    let first = beginning(&ctx, &params);
    let view = Refusals {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        sought: &sought,
        checks: &checks(wanted.check),
        endpoints: &endpoints(wanted.endpoint),
        is_narrowed: ["client_id", "check", "endpoint", "since", "until"].iter().any(|name| params.get(name).is_some()),
        refusals,
        first: first.as_deref(),
        next: next.as_deref(),
        mistakes: &mistakes,
    };
    desk.page(status, &sheet, &view)
}

/// What is looked for. Days are those of UTC, the last one whole. What cannot be looked for is a mistake, and left aside.
fn wanted(params: &Params, mistakes: &mut Vec<Mistake>) -> Wanted {
    let mut day = |name: &'static str| {
        let day = params.get(name).map(Ts::of_day);
        if day == Some(None) {
            mistakes.push(Mistake { field: name.into(), text: Text::new("refusal-day-wrong") });
        }
        day.flatten()
    };
    Wanted {
        client_id: app::of(params).map(|id| id.0),
        code: None,
        check: params.get("check").and_then(Check::parse),
        endpoint: params.get("endpoint").and_then(Endpoint::parse),
        since: day("since"),
        until: day("until").map(|day| day.plus(DAY)),
        before: params.get("after").and_then(refusal::parse_place),
    }
}

/// Refusals as they are kept, and each in a line.
pub async fn lines(desk: &Desk<'_>, wanted: &Wanted, limit: i64) -> flow::Result<(Vec<RefusalRow>, Vec<RefusalLine>)> {
    let rows = refusal::list(desk.cx(), desk.by(), wanted, limit).await?;
    let names = names::of_clients(desk.cx(), desk.by(), rows.iter().filter_map(|row| row.client_id.as_deref())).await?;
    let lines = rows.iter().map(|row| line(desk, row, &names)).collect();
    Ok((rows, lines))
}

fn line(desk: &Desk<'_>, row: &RefusalRow, names: &Names) -> RefusalLine {
    // an id that nobody has registered is nothing to be looked at
    let app = row.client_id.as_deref().map(|id| {
        let mut who = who(desk, (Party::Client, Some(id)), names);
        who.href = who.href.filter(|_| names.contains_key(id));
        who
    });
    RefusalLine {
        reference: row.reference.clone(),
        at: when(&desk.live, row.at),
        app,
        endpoint: endpoint(row.endpoint),
        what: row.check_name.map(check),
        code: row.code.clone(),
        reason: row.reason.clone(),
        address: row.address.clone(),
    }
}

fn checks(chosen: Option<Check>) -> Vec<Choice> {
    let choice = |known: &Check| Choice {
        value: known.to_string(),
        label: Label::Text(check(*known)),
        hint: String::new(),
        chosen: chosen == Some(*known),
    };
    Check::ALL.iter().map(choice).collect()
}

fn endpoints(chosen: Option<Endpoint>) -> Vec<Choice> {
    let choice = |known: &Endpoint| Choice {
        value: known.to_string(),
        label: Label::Text(endpoint(*known)),
        hint: String::new(),
        chosen: chosen == Some(*known),
    };
    Endpoint::ALL.iter().map(choice).collect()
}

/// One refusal: the checks in order, what was expected and received, and which setting decides.
pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let explained = refusal::show(desk.cx(), desk.by(), desk.part("id")).await?;
    let row = &explained.row;
    let names = names::of_clients(desk.cx(), desk.by(), row.client_id.as_deref()).await?;
    let known = row.client_id.as_deref().filter(|id| names.contains_key(*id));
    let why = Why {
        expected: row.expected.clone().unwrap_or_default(),
        received: row.received.clone().unwrap_or_default(),
        setting: row.setting.as_deref().map(|name| place(&desk, name, known)),
    };
    let (sheet, bar) = (ctx.sheet(), desk.bar(REFUSALS, REFUSALS));
    let view = Refusal {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        line: &line(&desk, row, &names),
        checks: &steps(&explained.checks),
        why: row.check_name.is_some().then_some(&why),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

/// The checks of an endpoint in order, each with how it went.
pub fn steps(checks: &[(Check, Went)]) -> Vec<CheckLine> {
    let line = |(done, went): &(Check, Went)| CheckLine {
        name: done.text(),
        what: check(*done),
        went: match went {
            Went::Passed => Text::new("check-passed"),
            Went::Failed => Text::new("check-failed"),
            Went::NotReached => Text::new("check-not-reached"),
            Went::NotTried => Text::new("check-not-tried"),
        },
        is_failed: *went == Went::Failed,
        is_passed: *went == Went::Passed,
    };
    checks.iter().map(line).collect()
}

/// A setting that decides, with the page where it is changed, if there is one for this administrator; else how it is
/// changed without one.
pub fn place(desk: &Desk<'_>, name: &str, client: Option<&str>) -> Place {
    let href = match (name.split_once('.'), client) {
        (Some(("client", setting)), Some(id)) => app::place(id, setting),
        (Some(("client", _)), None) => None,
        (Some(("role", _)), _) => desk.may(Right::RolesRead).then(|| ROLES.to_owned()),
        (Some(("api_key", _)), _) => desk.may(Right::ApiKeysRead).then(|| API_KEYS.to_owned()),
        _ => {
            let is_there = routes::find(&Method::GET, SETTINGS).is_some() && desk.may(Right::SettingsRead);
            is_there.then(|| format!("{SETTINGS}#{name}"))
        }
    };
    let change = Setting::of(name, client).change;
    Place { name: name.to_owned(), change: href.is_none().then_some(change), href }
}
