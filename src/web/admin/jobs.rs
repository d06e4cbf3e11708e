//! What is and was done to many at once: how far it has come, what became of each, and the way back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::show::Names;
use super::{Desk, JOBS, PAGE, ROWS, beginning, cut, show};
use crate::flow;
use crate::flow::admin::bulk::{self, import};
use crate::flow::admin::{names, undo};
use crate::locale::Text;
use crate::model::JobId;
use crate::model::audit::Party;
use crate::model::bulk::{Bulk, BulkRow, Kind, Outcome, State};
use crate::spec::right::Right;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::page::parts::when;
use crate::web::signed_in::Stop;
use crate::web::view::admin::bulk::{Job, JobLine, Jobs, Row};
use crate::web::view::admin::{Choice, Label, Who};

/// What is done, in words.
pub fn what(kind: Kind) -> Text {
    match kind {
        Kind::Activate => Text::new("step-activate"),
        Kind::Lock => Text::new("step-lock"),
        Kind::Unlock => Text::new("step-unlock"),
        Kind::Suspend => Text::new("step-suspend"),
        Kind::Deactivate => Text::new("step-deactivate"),
        Kind::Delete => Text::new("step-delete"),
        Kind::Restore => Text::new("step-restore"),
        Kind::GiveRole => Text::new("bulk-give-role"),
        Kind::TakeRole => Text::new("bulk-take-role"),
        Kind::EndSessions => Text::new("bulk-end-sessions"),
        Kind::RequirePassword => Text::new("bulk-require-password"),
        Kind::Invite => Text::new("bulk-invite"),
        Kind::Undo => Text::new("bulk-undo"),
    }
}

/// The same with the role that it is about.
pub fn title(kind: Kind, role: Option<&str>) -> Text {
    match (kind, role) {
        (Kind::GiveRole, Some(role)) => Text::new("bulk-give-title").with("role", role.to_owned()),
        (Kind::TakeRole, Some(role)) => Text::new("bulk-take-title").with("role", role.to_owned()),
        _ => what(kind),
    }
}

fn state(row: &Bulk) -> Text {
    match row.state {
        State::Waiting => Text::new("job-waiting"),
        State::Running => Text::new("job-running"),
        State::Done if row.is_preview => Text::new("job-looked"),
        State::Done => Text::new("job-done"),
        State::Stopped => Text::new("job-stopped"),
        State::Failed => Text::new("job-failed"),
    }
}

/// To the page of a job.
pub fn to(row: &Bulk) -> HttpResponse {
    see_other(&format!("{JOBS}/{}", row.id)).finish()
}

fn line(desk: &Desk<'_>, row: &Bulk, names: &Names) -> JobLine {
    let progress = match row.total {
        Some(total) => Text::new("job-progress").with("done", row.done).with("total", total),
        None => Text::new("job-progress-open").with("done", row.done),
    };
    // one that cannot be read is told without its role
    let role = bulk::role(desk.cx(), row).ok().flatten();
    JobLine {
        id: row.id.0.clone(),
        at: when(&desk.live, row.created_at),
        what: if row.is_preview { Text::new("bulk-invite-look") } else { title(row.kind, role.as_deref()) },
        actor: show::who(desk, (row.actor_kind, row.actor_id.as_deref()), names),
        state: state(row),
        is_bad: matches!(row.state, State::Stopped | State::Failed),
        progress,
    }
}

pub async fn list(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let before = params.get("after").map(JobId::from);
    let rows = bulk::list(desk.cx(), desk.by(), before.as_ref(), ROWS).await?;
    let (rows, next) = cut(&ctx, rows, |row| row.id.0.clone());
    let ids = rows.iter().filter_map(|row| row.actor_id.as_deref());
    let names = names::of_people(desk.cx(), desk.by(), ids).await?;
    let jobs: Vec<_> = rows.iter().map(|row| line(&desk, row, &names)).collect();
    let (sheet, bar) = (ctx.sheet(), desk.bar(JOBS, JOBS));
    let first = beginning(&ctx, &params);
    let view = Jobs {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        jobs: &jobs,
        can_invite: desk.may(Right::InvitationsWrite),
        first: first.as_deref(),
        next: next.as_deref(),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let row = bulk::show(desk.cx(), desk.by(), &JobId::from(desk.part("id"))).await?;
    let outcome = params.get("outcome").and_then(Outcome::parse);
    let after = params.get("after").and_then(|after| after.parse().ok()).unwrap_or_default();
    let found = bulk::rows(desk.cx(), desk.by(), (&row.id, outcome), (after, ROWS)).await?;
    let (found, next) = cut(&ctx, found, |row| row.position.to_string());
    let told = self::rows(&desk, &found, row.is_preview).await?;
    let names = names::of_people(desk.cx(), desk.by(), row.actor_id.as_deref()).await?;
    let choice = |known: &Outcome| Choice {
        value: known.text().to_owned(),
        label: Label::Text(became(*known, row.is_preview)),
        hint: String::new(),
        chosen: outcome == Some(*known),
    };
    let all = Choice {
        value: String::new(),
        label: Label::Text(Text::new("job-rows-all")),
        hint: String::new(),
        chosen: outcome.is_none(),
    };
    let outcomes: Vec<_> = std::iter::once(all).chain(Outcome::ALL.iter().map(choice)).collect();
    let facts = [
        (became(Outcome::Changed, row.is_preview), row.changed),
        (became(Outcome::Skipped, row.is_preview), row.skipped),
        (became(Outcome::Failed, row.is_preview), row.failed),
    ];
    let is_running = row.ended_at.is_none();
    let undo = match is_running || row.is_preview || row.changed == 0 {
        true => None,
        false => undo::is_open(desk.cx(), &row.batch_id).await?.then_some(row.batch_id.as_str()),
    };
    let (sheet, bar) = (ctx.sheet(), desk.bar(JOBS, &format!("{JOBS}/{}", row.id)));
    let first = beginning(&ctx, &params);
    let ended = row.ended_at.map(|at| when(&desk.live, at));
    let view = Job {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        line: &line(&desk, &row, &names),
        is_running,
        is_preview: row.is_preview,
        ended: ended.as_ref(),
        why: row.why.as_deref().unwrap_or_default(),
        done: row.done,
        total: row.total,
        facts: &facts,
        outcomes: &outcomes,
        rows: &told,
        first: first.as_deref(),
        next: next.as_deref(),
        can_apply: row.is_preview && row.state == State::Done && row.changed > 0 && desk.may(row.kind.right()),
        undo,
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

fn became(outcome: Outcome, would: bool) -> Text {
    match (outcome, would) {
        (Outcome::Changed, false) => Text::new("outcome-changed"),
        (Outcome::Skipped, false) => Text::new("outcome-skipped"),
        (Outcome::Failed, false) => Text::new("outcome-failed"),
        (Outcome::Changed, true) => Text::new("bulk-would-change"),
        (Outcome::Skipped, true) => Text::new("bulk-would-skip"),
        (Outcome::Failed, true) => Text::new("bulk-would-fail"),
    }
}

/// What became of each, or would, by their names.
pub async fn rows(desk: &Desk<'_>, rows: &[BulkRow], would: bool) -> flow::Result<Vec<Row>> {
    let rows = &rows[..rows.len().min(PAGE)];
    let names = names::of_people(desk.cx(), desk.by(), rows.iter().filter_map(|row| row.target_id.as_deref())).await?;
    let told = |row: &BulkRow| Row {
        position: row.position,
        who: match row.label.is_empty() {
            true => show::who(desk, (row.target_kind, row.target_id.as_deref()), &names),
            false => Who { kind: crate::web::words::party(Party::Invitation), name: row.label.clone(), href: None },
        },
        outcome: became(row.outcome, would),
        is_bad: row.outcome == Outcome::Failed,
        why: row.reason.map(show::reason),
        exact: row.why.clone(),
    };
    Ok(rows.iter().map(told).collect())
}

pub async fn stop(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    Ok(to(&bulk::stop(desk.cx(), desk.by(), &JobId::from(desk.part("id"))).await?))
}

/// Does what was only looked at.
pub async fn apply(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    Ok(to(&import::apply(desk.cx(), desk.by(), &JobId::from(desk.part("id"))).await?))
}
