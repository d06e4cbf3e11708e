//! `/api/v1/jobs`: what is done to many at once. Begun by an operation on people or a file of invitations, and followed
//! until it ends.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use actix_web::web::Payload;
use futures_util::StreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::body::{Body, shown};
use super::page::{Page, list as listed};
use super::users::search::Search;
use super::{Api, ROOT};
use crate::flow::admin::bulk::{self, Forecast, Order, Wanted, Whom, back, forecast, import};
use crate::flow::admin::{How, wrong};
use crate::model::bulk::{Bulk, BulkRow, Kind, Outcome};
use crate::model::{BatchId, JobId, UserId};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::web::error::Error;

/// What to do to many people: to these, or to all who fit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// `activate`, `suspend`, `deactivate`, `lock`, `unlock`, `delete`, `restore`, `give_role`, `take_role`,
    /// `end_sessions` or `require_password_change`
    pub action: String,
    /// For `give_role` and `take_role`
    pub role: Option<String>,
    /// At most 10,000; instead of a filter
    pub ids: Option<Vec<String>>,
    /// As for the list of people; without a member: all people
    pub filter: Option<Search>,
}

/// Something that is done to many at once.
#[derive(Debug, Serialize, ToSchema)]
pub struct Job {
    pub id: String,
    /// What is done
    pub action: String,
    /// It is only looked at
    pub preview: bool,
    /// waiting, running, done, stopped or failed
    pub state: String,
    /// Why it did not come to its end
    pub why: Option<String>,
    /// How many there are; null until they are counted
    pub total: Option<i64>,
    /// How many it has come by
    pub done: i64,
    pub changed: i64,
    /// It was so already
    pub skipped: i64,
    pub failed: i64,
    /// By this name it can be undone under `/api/v1/changes`
    pub change: Option<String>,
    pub actor_kind: String,
    pub actor_id: Option<String>,
    /// Seconds since 1970
    pub created_at: i64,
    pub ended_at: Option<i64>,
}

impl From<&Bulk> for Job {
    fn from(row: &Bulk) -> Self {
        Self {
            id: row.id.0.clone(),
            action: row.kind.to_string(),
            preview: row.is_preview,
            state: row.state.to_string(),
            why: row.why.clone(),
            total: row.total,
            done: row.done,
            changed: row.changed,
            skipped: row.skipped,
            failed: row.failed,
            change: (!row.is_preview && row.changed > 0).then(|| row.batch_id.0.clone()),
            actor_kind: row.actor_kind.to_string(),
            actor_id: row.actor_id.clone(),
            created_at: row.created_at.0,
            ended_at: row.ended_at.map(|at| at.0),
        }
    }
}

/// A page of jobs.
#[derive(Debug, Serialize, ToSchema)]
pub struct Jobs {
    pub items: Vec<Job>,
    pub next: Option<String>,
}

/// What became of one person or line.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobRow {
    /// From 1 on; of a file, the number of the line
    pub position: i64,
    pub target_kind: String,
    pub target_id: Option<String>,
    /// Of a line: the address in it
    pub label: String,
    /// changed, skipped or failed
    pub outcome: String,
    /// The check that was not passed, and why
    pub check: Option<String>,
    pub why: Option<String>,
}

impl From<&BulkRow> for JobRow {
    fn from(row: &BulkRow) -> Self {
        Self {
            position: row.position,
            target_kind: row.target_kind.to_string(),
            target_id: row.target_id.clone(),
            label: row.label.clone(),
            outcome: row.outcome.to_string(),
            check: row.reason.map(|check| check.to_string()),
            why: (!row.why.is_empty()).then(|| row.why.clone()),
        }
    }
}

/// A page of what became of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobRows {
    pub items: Vec<JobRow>,
    pub next: Option<String>,
}

/// Does something to many people at once, as a job. With `?preview=true` it is told at once what would become of the first
/// thousand.
#[utoipa::path(post, path = "/api/v1/users/bulk-operation", tag = "users", operation_id = "bulk_operation",
    params(("preview" = Option<bool>, Query)), request_body = Operation,
    responses((status = 202, description = "It is begun; Location leads to it", body = Job),
        (status = 200, description = "What would become of them")), security(("bearer" = [])))]
pub async fn begin(api: Api, Body(wanted): Body<Operation>) -> Result<HttpResponse, Error> {
    let order = order(wanted)?;
    match api.how() {
        How::Preview => tell(&api, Wanted::Order(order)).await,
        How::Apply => Ok(accepted(&bulk::begin(api.cx(), &api.caller.by, order).await?)),
    }
}

fn order(wanted: Operation) -> Result<Order, Error> {
    let kind = Kind::parse(&wanted.action).filter(|kind| Kind::TO_PEOPLE.contains(kind));
    let names = Kind::TO_PEOPLE.map(Kind::text).join(", ");
    let kind = kind.ok_or_else(|| wrong("action", format!("one of: {names}")))?;
    let whom = match (wanted.ids, wanted.filter) {
        (Some(ids), None) => Whom::Ids(ids.into_iter().map(UserId).collect()),
        (None, Some(search)) => {
            if search.sort.is_some() || search.limit.is_some() || search.after.is_some() {
                return Err(wrong("filter", "it has no order and no pages").into());
            }
            Whom::All(Box::new(search.filter()?))
        }
        _ => return Err(wrong("ids", "either ids or a filter").into()),
    };
    Ok(Order { kind, role: wanted.role, whom })
}

/// Takes back what was done to many.
pub async fn undo(api: &Api, id: BatchId) -> Result<HttpResponse, Error> {
    match api.how() {
        How::Preview => tell(api, Wanted::Undo(id)).await,
        How::Apply => Ok(accepted(&back::begin(api.cx(), &api.caller.by, &id).await?)),
    }
}

async fn tell(api: &Api, wanted: Wanted) -> Result<HttpResponse, Error> {
    let found = forecast(api.cx(), &api.caller.by, wanted).await?;
    Ok(HttpResponse::Ok().json(told(&found)))
}

fn told(found: &Forecast) -> Value {
    let reasons = found.reasons.iter();
    json!({
        "preview": true,
        "action": found.kind,
        "total": found.total.people,
        "more": found.total.more,
        "looked_at": found.looked_at,
        "changed": found.changed,
        "skipped": found.skipped,
        "failed": found.failed,
        "reasons": reasons
            .map(|reason| json!({ "check": reason.check, "why": reason.why, "count": reason.count }))
            .collect::<Vec<_>>(),
        "rows": found.rows.iter().map(JobRow::from).collect::<Vec<_>>(),
    })
}

fn accepted(row: &Bulk) -> HttpResponse {
    HttpResponse::Accepted().insert_header((LOCATION, format!("{ROOT}/jobs/{}", row.id))).json(Job::from(row))
}

/// Invites people by a file: CSV whose first line names its columns, of which there are `email`, `name`, `roles`, `type`,
/// `app` and `locale`. With `?preview=true` the job only looks, and says line by line what would happen.
#[utoipa::path(post, path = "/api/v1/invitations/bulk", tag = "invitations", operation_id = "invite_by_file",
    params(("preview" = Option<bool>, Query)), request_body(content = String, content_type = "text/csv"),
    responses((status = 202, description = "It is begun; Location leads to it", body = Job)), security(("bearer" = ["invitations.write"])))]
pub async fn invite(api: Api, payload: Payload) -> Result<HttpResponse, Error> {
    let header = |name| api.ctx.request.headers().get(name).and_then(|value| value.to_str().ok());
    let kind = header(CONTENT_TYPE).unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("text/csv") {
        let refusal = Code::InvalidRequest.because("the body must be text/csv").with_status(415);
        return Err(refusal.at(Check::Form, "text/csv", "another type, or none").into());
    }
    let most = api.cx().config().limits.import_bytes;
    if header(CONTENT_LENGTH).and_then(|length| length.parse().ok()).is_some_and(|length: usize| length > most) {
        return Err(import::large(most).into());
    }
    let body = payload.map(|chunk| chunk.map_err(|_| broken()));
    Ok(accepted(&import::receive(api.cx(), &api.caller.by, api.how(), body).await?))
}

fn broken() -> Refusal {
    Code::InvalidRequest.because("the body broke off").at(Check::Form, "a whole body", "a part of one")
}

/// What was and is done to many, the newest first: one's own, or all for whoever may read the audit.
#[utoipa::path(get, path = "/api/v1/jobs", tag = "jobs", operation_id = "list_jobs",
    params(("after" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Jobs)), security(("bearer" = [])))]
pub async fn list(api: Api) -> Result<HttpResponse, Error> {
    let page = Page::of(&api)?;
    let before = (!page.after.is_empty()).then(|| JobId::from(page.after.as_str()));
    let rows = bulk::list(api.cx(), &api.caller.by, before.as_ref(), page.rows()).await?;
    Ok(listed(&api, &page, rows, (|row: &Bulk| row.id.0.clone(), |row: &Bulk| Job::from(row))))
}

/// How far one has come.
#[utoipa::path(get, path = "/api/v1/jobs/{id}", tag = "jobs", operation_id = "show_job", params(("id" = String, Path)),
    responses((status = 200, body = Job)), security(("bearer" = [])))]
pub async fn show(api: Api) -> Result<HttpResponse, Error> {
    let row = bulk::show(api.cx(), &api.caller.by, &JobId::from(api.part("id"))).await?;
    Ok(shown(&Job::from(&row)))
}

/// What became of each, in order; if wanted only those that ended so.
#[utoipa::path(get, path = "/api/v1/jobs/{id}/rows", tag = "jobs", operation_id = "list_job_rows",
    params(("id" = String, Path), ("outcome" = Option<String>, Query), ("after" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = JobRows)), security(("bearer" = [])))]
pub async fn rows(api: Api) -> Result<HttpResponse, Error> {
    let (page, query) = (Page::of(&api)?, api.ctx.query()?);
    let outcome =
        query.get("outcome").map(|name| Outcome::parse(name).ok_or_else(|| wrong("outcome", Outcome::names())));
    let after = match page.after.as_str() {
        "" => 0,
        after => after.parse().map_err(|_| wrong("after", "the value of `next` on the page before"))?,
    };
    let id = JobId::from(api.part("id"));
    let rows = bulk::rows(api.cx(), &api.caller.by, (&id, outcome.transpose()?), (after, page.rows())).await?;
    Ok(listed(&api, &page, rows, (|row: &BulkRow| row.position.to_string(), |row: &BulkRow| JobRow::from(row))))
}

/// Stops one. What was done stays, and can be undone.
#[utoipa::path(post, path = "/api/v1/jobs/{id}/stop", tag = "jobs", operation_id = "stop_job", params(("id" = String, Path)),
    responses((status = 200, body = Job)), security(("bearer" = [])))]
pub async fn stop(api: Api) -> Result<HttpResponse, Error> {
    let row = bulk::stop(api.cx(), &api.caller.by, &JobId::from(api.part("id"))).await?;
    Ok(shown(&Job::from(&row)))
}

/// Does what a job has only looked at.
#[utoipa::path(post, path = "/api/v1/jobs/{id}/apply", tag = "jobs", operation_id = "apply_job", params(("id" = String, Path)),
    responses((status = 202, description = "It is begun; Location leads to it", body = Job)), security(("bearer" = ["invitations.write"])))]
pub async fn apply(api: Api) -> Result<HttpResponse, Error> {
    Ok(accepted(&import::apply(api.cx(), &api.caller.by, &JobId::from(api.part("id"))).await?))
}
