//! `/api/v1/refusals`: why something was refused.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::Api;
use super::body::shown;
use super::page::{List, Page, list as listed};
use crate::base::time::Ts;
use crate::flow::admin::refusal::{self, Setting};
use crate::flow::admin::wrong;
use crate::flow::explain::Explanation;
use crate::model::refusal::RefusalRow;
use crate::spec::check::{Check, Endpoint};
use crate::spec::error::Refusal;
use crate::spec::params::Params;
use crate::store::refusal::Wanted;
use crate::web::error::Error;

/// A refusal in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShortRefusal {
    pub reference: String,
    /// Seconds since 1970
    pub at: i64,
    pub endpoint: String,
    /// The error code that was sent
    pub code: String,
    pub reason: String,
    pub client_id: Option<String>,
    pub address: String,
    /// The check that failed
    pub check: Option<String>,
}

impl From<&RefusalRow> for ShortRefusal {
    fn from(row: &RefusalRow) -> Self {
        Self {
            reference: row.reference.clone(),
            at: row.at.0,
            endpoint: row.endpoint.to_string(),
            code: row.code.clone(),
            reason: row.reason.clone(),
            client_id: row.client_id.clone(),
            address: row.address.clone(),
            check: row.check_name.map(|check| check.to_string()),
        }
    }
}

/// A refusal with the checks of its endpoint, in the order in which they are made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Explained {
    #[serde(flatten)]
    pub refusal: ShortRefusal,
    pub expected: Option<String>,
    pub received: Option<String>,
    pub setting: Option<Setting>,
    pub checks: Vec<Step>,
}

/// A check, and how it went.
#[derive(Debug, Serialize, ToSchema)]
pub struct Step {
    pub check: String,
    pub description: String,
    /// passed, failed or `not_reached`; `not_tried` of a dry run is what only a real request can tell
    #[schema(value_type = String)]
    pub result: crate::flow::explain::Went,
}

impl From<&Explanation> for Explained {
    fn from(explanation: &Explanation) -> Self {
        let row = &explanation.row;
        let steps = explanation.checks.iter().map(|(check, went)| Step {
            check: check.to_string(),
            description: check.describe().to_owned(),
            result: *went,
        });
        Self {
            refusal: ShortRefusal::from(row),
            expected: row.expected.clone(),
            received: row.received.clone(),
            setting: row.setting.as_deref().map(|name| Setting::of(name, row.client_id.as_deref())),
            checks: steps.collect(),
        }
    }
}

/// Refusals, the latest first.
#[utoipa::path(get, path = "/api/v1/refusals", operation_id = "list_refusals", tag = "clients",
    params(("client_id" = Option<String>, Query), ("code" = Option<String>, Query), ("check" = Option<String>, Query),
        ("endpoint" = Option<String>, Query), ("since" = Option<i64>, Query), ("until" = Option<i64>, Query),
        ("after" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = List<ShortRefusal>)), security(("bearer" = ["clients.read"])))]
pub async fn list(api: Api) -> Result<HttpResponse, Error> {
    let params = api.ctx.query()?;
    let page = Page::parse(&params)?;
    let wanted = wanted(&params, &page)?;
    let rows = refusal::list(api.cx(), &api.caller.by, &wanted, page.rows()).await?;
    Ok(listed(&api, &page, rows, (refusal::place, |row: &RefusalRow| ShortRefusal::from(row))))
}

fn wanted(params: &Params, page: &Page) -> Result<Wanted, Refusal> {
    let text = |name: &str| params.get(name).map(str::to_owned);
    let time = |name: &'static str| match params.get(name).map(str::parse::<i64>) {
        None => Ok(None),
        Some(Ok(seconds)) => Ok(Some(Ts(seconds))),
        Some(Err(_)) => Err(wrong(name, "seconds since 1970")),
    };
    let check = params.get("check").map(|name| Check::parse(name).ok_or_else(|| wrong("check", Check::names())));
    let endpoint = params.get("endpoint");
    let endpoint = endpoint.map(|name| Endpoint::parse(name).ok_or_else(|| wrong("endpoint", Endpoint::names())));
    let before = match page.after.as_str() {
        "" => None,
        after => {
            let place = refusal::parse_place(after);
            Some(place.ok_or_else(|| wrong("after", "the value of `next` on the page before"))?)
        }
    };
    Ok(Wanted {
        client_id: text("client_id"),
        code: text("code"),
        check: check.transpose()?,
        endpoint: endpoint.transpose()?,
        since: time("since")?,
        until: time("until")?,
        before,
    })
}

/// Why one request was refused, by the reference that it was told.
#[utoipa::path(get, path = "/api/v1/refusals/{reference}", operation_id = "show_refusal", tag = "clients",
    params(("reference" = String, Path)), responses((status = 200, body = Explained)),
    security(("bearer" = ["clients.read"])))]
pub async fn show(api: Api) -> Result<HttpResponse, Error> {
    let found = refusal::show(api.cx(), &api.caller.by, api.part("reference")).await?;
    Ok(shown(&Explained::from(&found)))
}
