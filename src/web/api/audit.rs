//! `/api/v1/audit`: what happened.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{Bytes, Data};
use futures_util::stream::try_unfold;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::Api;
use super::body::shown;
use super::page::{List, Page, list as listed};
use crate::app::App;
use crate::base::text;
use crate::base::time::Ts;
use crate::flow::Result as Flow;
use crate::flow::admin::audit::{self, Filter};
use crate::flow::admin::{Actor, wrong};
use crate::model::BatchId;
use crate::model::audit::{Action, Audit, Outcome};
use crate::spec::error::Refusal;
use crate::spec::params::Params;
use crate::web::error::Error;

/// Rows of one piece of an export.
const PIECE: i64 = 1000;
/// Of what was asked for, so much is noted.
const NOTED: usize = 512;

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct Event {
    pub id: String,
    /// Seconds since 1970
    pub at: i64,
    pub action: String,
    pub actor_kind: String,
    pub actor_id: Option<String>,
    pub target_kind: Option<String>,
    pub target_id: Option<String>,
    pub address: Option<String>,
    pub device: Option<String>,
    /// ok or failed
    pub result: String,
    pub detail: String,
    /// The act of an administrator that it belongs to
    pub batch_id: Option<String>,
    /// What was before and after, where something changed
    #[schema(value_type = Option<Object>)]
    pub changes: Value,
    /// The block that it is sealed in; 0 for a few seconds
    pub seal: i64,
}

impl From<&Audit> for Event {
    fn from(row: &Audit) -> Self {
        let changes = row.changes.as_deref().and_then(|text| serde_json::from_str(text).ok());
        Self {
            id: row.id.clone(),
            at: row.at.0,
            action: row.action.to_string(),
            actor_kind: row.actor_kind.to_string(),
            actor_id: row.actor_id.clone(),
            target_kind: row.target_kind.map(|kind| kind.to_string()),
            target_id: row.target_id.clone(),
            address: row.address.clone(),
            device: row.device.clone(),
            result: row.result.to_string(),
            detail: row.detail.clone(),
            batch_id: row.batch_id.as_ref().map(|id| id.0.clone()),
            changes: changes.unwrap_or_default(),
            seal: row.seal,
        }
    }
}

/// What the parameters of a query look for.
pub fn filter(params: &Params) -> Result<Filter, Refusal> {
    let text = |name: &str| params.get(name).map(str::to_owned);
    let time = |name: &'static str| match params.get(name).map(str::parse::<i64>) {
        None => Ok(None),
        Some(Ok(seconds @ 0..=253_402_300_799)) => Ok(Some(Ts(seconds))),
        Some(_) => Err(wrong(name, "seconds since 1970")),
    };
    let action = params.get("action").map(|name| Action::parse(name).ok_or_else(|| wrong("action", Action::names())));
    let result = params.get("result").map(|name| Outcome::parse(name).ok_or_else(|| wrong("result", Outcome::names())));
    Ok(Filter {
        actor: text("actor"),
        target: text("target"),
        action: action.transpose()?,
        result: result.transpose()?,
        address: text("address"),
        batch: params.get("batch").map(BatchId::from),
        since: time("since")?,
        until: time("until")?,
    })
}

/// What happened, the newest first. Tokens that were issued or refreshed are told where nothing is asked for but time,
/// or they are asked for by their action.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", operation_id = "list_audit",
    params(("actor" = Option<String>, Query), ("target" = Option<String>, Query), ("action" = Option<String>, Query),
        ("result" = Option<String>, Query), ("address" = Option<String>, Query), ("batch" = Option<String>, Query),
        ("since" = Option<i64>, Query), ("until" = Option<i64>, Query), ("after" = Option<String>, Query),
        ("limit" = Option<i64>, Query)),
    responses((status = 200, body = List<Event>)), security(("bearer" = ["audit.read"])))]
pub async fn list(api: Api) -> Result<HttpResponse, Error> {
    let params = api.ctx.query()?;
    let (page, filter) = (Page::parse(&params)?, filter(&params)?);
    let before = Some(page.after.as_str()).filter(|id| !id.is_empty());
    let rows = audit::list(api.cx(), &api.caller.by, &filter, (before, page.rows())).await?;
    Ok(listed(&api, &page, rows, (|row: &Audit| row.id.clone(), |row: &Audit| Event::from(row))))
}

/// One event.
#[utoipa::path(get, path = "/api/v1/audit/{id}", tag = "audit", operation_id = "show_audit",
    params(("id" = String, Path)), responses((status = 200, body = Event)), security(("bearer" = ["audit.read"])))]
pub async fn show(api: Api) -> Result<HttpResponse, Error> {
    let row = audit::show(api.cx(), &api.caller.by, api.part("id")).await?;
    Ok(shown(&Event::from(&row)))
}

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Lines,
    Csv,
}

/// All that a filter lets through, as JSON lines or CSV.
#[utoipa::path(get, path = "/api/v1/audit/export", tag = "audit", operation_id = "export_audit",
    params(("format" = Option<String>, Query), ("actor" = Option<String>, Query),
        ("target" = Option<String>, Query), ("action" = Option<String>, Query), ("result" = Option<String>, Query),
        ("address" = Option<String>, Query), ("batch" = Option<String>, Query), ("since" = Option<i64>, Query),
        ("until" = Option<i64>, Query)),
    responses((status = 200, description = "One event a line",
        content((String = "application/x-ndjson"), (String = "text/csv")))),
    security(("bearer" = ["audit.read"])))]
pub async fn export(api: Api) -> Result<HttpResponse, Error> {
    let params = api.ctx.query()?;
    let format = match params.get("format") {
        None | Some("jsonl") => Format::Lines,
        Some("csv") => Format::Csv,
        Some(_) => return Err(wrong("format", "jsonl or csv").into()),
    };
    let filter = filter(&params)?;
    let asked = text::clip(api.ctx.request.query_string(), NOTED);
    audit::note_export(api.cx(), &api.caller.by, asked).await?;
    Ok(pieces(api.ctx.app.clone(), api.caller.by, (filter, format)))
}

/// The export as it is read, a piece at a time: no more of it is in memory.
fn pieces(app: Data<App>, by: Actor, (filter, format): (Filter, Format)) -> HttpResponse {
    let (kind, name) = match format {
        Format::Lines => ("application/x-ndjson", "audit.jsonl"),
        Format::Csv => ("text/csv; charset=utf-8", "audit.csv"),
    };
    let start = (app, by, filter, Some(None::<String>));
    let stream = try_unfold(start, move |(app, by, filter, at)| async move {
        let Some(before) = at else { return Ok::<_, Error>(None) };
        let rows = audit::list(app.cx(), &by, &filter, (before.as_deref(), PIECE)).await?;
        let full = i64::try_from(rows.len()) == Ok(PIECE);
        let next = rows.last().filter(|_| full).map(|row| Some(row.id.clone()));
        let head = if before.is_none() && format == Format::Csv { HEAD } else { "" };
        let text = rows.iter().map(|row| line(row, format)).collect::<Flow<String>>()?;
        Ok(Some((Bytes::from(format!("{head}{text}")), (app, by, filter, next))))
    });
    let mut answer = HttpResponse::Ok();
    answer.content_type(kind);
    answer.insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    answer.streaming(stream)
}

const HEAD: &str =
    "id,at,action,actor_kind,actor_id,target_kind,target_id,address,device,result,detail,batch_id,changes\r\n";

fn line(row: &Audit, format: Format) -> Flow<String> {
    let event = Event::from(row);
    if format == Format::Lines {
        return Ok(serde_json::to_string(&event)? + "\n");
    }
    let changes = if event.changes.is_null() { String::new() } else { json!(event.changes).to_string() };
    let optional = |text: Option<String>| text.unwrap_or_default();
    let cells = [
        event.id,
        row.at.exact(),
        event.action,
        event.actor_kind,
        optional(event.actor_id),
        optional(event.target_kind),
        optional(event.target_id),
        optional(event.address),
        optional(event.device),
        event.result,
        event.detail,
        optional(event.batch_id),
        changes,
    ];
    Ok(cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",") + "\r\n")
}

/// A cell (RFC 4180 §2). What a table program would take for a formula begins with an apostrophe, also behind the other
/// marks by which such programs separate cells.
fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut begins = true;
    for letter in text.chars() {
        if begins && matches!(letter, '=' | '+' | '-' | '@') || letter == '\t' || letter == '\r' {
            safe.push('\'');
        }
        safe.push(letter);
        begins = matches!(letter, ';' | '\t' | '\r' | '\n');
    }
    if safe.contains(['"', ',', ';', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_text_and_nothing_else() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(cell("=HYPERLINK(\"http://evil\")"), "\"'=HYPERLINK(\"\"http://evil\"\")\"");
        assert_eq!(cell("-1"), "'-1");
        assert_eq!(cell("x;=1+1"), "\"x;'=1+1\"");
    }
}
