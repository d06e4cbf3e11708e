//! Long lists, a page at a time: each names where the next one begins.

use actix_web::HttpResponse;
use actix_web::http::Method;
use actix_web::http::header::LINK;
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Api;
use crate::flow::admin::wrong;
use crate::spec::error::Refusal;
use crate::spec::params::Params;

const DEFAULT: i64 = 50;
const MOST: i64 = 200;

/// A part of a list, or a short one whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    pub items: Vec<T>,
    /// What `after` is for the next page; null on the last
    pub next: Option<String>,
}

impl<T> List<T> {
    /// All that there is.
    pub const fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

/// Which part of a list is asked for.
pub struct Page {
    /// What stood last on the page before; empty for the first.
    pub after: String,
    pub limit: i64,
}

impl Page {
    /// What the query of a call says.
    pub fn of(api: &Api) -> Result<Self, Refusal> {
        Self::parse(&api.ctx.query()?)
    }

    /// `limit` and `after` of a query. Fails with 422 for a limit that cannot be.
    pub fn parse(params: &Params) -> Result<Self, Refusal> {
        let limit = params.get("limit").map(str::parse::<i64>).transpose();
        Self::new(limit.map_err(|_| bad_limit())?, params.get("after"))
    }

    /// The same of a body.
    pub fn new(limit: Option<i64>, after: Option<&str>) -> Result<Self, Refusal> {
        let limit = limit.unwrap_or(DEFAULT);
        if !(1..=MOST).contains(&limit) {
            return Err(bad_limit());
        }
        let after = after.unwrap_or_default();
        match after.len() {
            // a user name in any script
            ..=320 => Ok(Self { after: after.to_owned(), limit }),
            _ => Err(wrong("after", "the value of `next` on the page before")),
        }
    }

    /// One more than is shown tells whether there is another page.
    pub const fn rows(&self) -> i64 {
        self.limit + 1
    }
}

fn bad_limit() -> Refusal {
    wrong("limit", format!("a number from 1 to {MOST}"))
}

/// A page of rows, of which there may be one more than it shows; `id` names one as `after` does.
pub fn list<T, V: Serialize>(
    api: &Api,
    page: &Page,
    rows: Vec<T>,
    how: (impl Fn(&T) -> String, impl Fn(&T) -> V),
) -> HttpResponse {
    list_with(api, page, rows, how, |list| list)
}

/// The same with more beside it.
pub fn list_with<T, V, B: Serialize>(
    api: &Api,
    page: &Page,
    mut rows: Vec<T>,
    (id, show): (impl Fn(&T) -> String, impl Fn(&T) -> V),
    whole: impl FnOnce(List<V>) -> B,
) -> HttpResponse {
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(id);
    let mut answer = HttpResponse::Ok();
    if let Some(next) = next.as_ref().filter(|_| api.ctx.request.method() == Method::GET) {
        answer.insert_header((LINK, format!("<{}>; rel=\"next\"", address(api, next))));
    }
    answer.json(whole(List { items: rows.iter().map(show).collect(), next }))
}

/// The same list from there on.
fn address(api: &Api, next: &str) -> String {
    let uri = api.ctx.request.uri();
    let kept =
        url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).filter(|(name, _)| name != "after");
    let query =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).append_pair("after", next).finish();
    format!("{}{}?{query}", api.cx().issuer(), uri.path())
}
