//! Long lists, a page at a time: each names where the next one begins.

use actix_web::HttpResponse;
use actix_web::http::header::LINK;
use serde::Serialize;
use serde_json::json;

use super::caller::Api;
use crate::flow::admin::wrong;
use crate::spec::error::Refusal;
use crate::spec::params::Params;

const DEFAULT: i64 = 50;
const MOST: i64 = 200;

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
        let limit = match params.get("limit").map(str::parse::<i64>) {
            None => DEFAULT,
            Some(Ok(limit @ 1..=MOST)) => limit,
            Some(_) => return Err(wrong("limit", format!("a number from 1 to {MOST}"))),
        };
        let after = params.get("after").unwrap_or_default();
        match after.len() {
            ..=128 => Ok(Self { after: after.to_owned(), limit }),
            _ => Err(wrong("after", "the value of `next` on the page before")),
        }
    }

    /// One more than is shown tells whether there is another page.
    pub const fn rows(&self) -> i64 {
        self.limit + 1
    }
}

/// A page of rows, of which there may be one more than it shows; `id` names one as `after` does.
pub fn list<T, V: Serialize>(
    api: &Api,
    page: &Page,
    mut rows: Vec<T>,
    (id, show): (impl Fn(&T) -> String, impl Fn(&T) -> V),
) -> HttpResponse {
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(id);
    let mut answer = HttpResponse::Ok();
    if let Some(next) = &next {
        answer.insert_header((LINK, format!("<{}>; rel=\"next\"", address(api, next))));
    }
    answer.json(json!({ "items": rows.iter().map(show).collect::<Vec<_>>(), "next": next }))
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
