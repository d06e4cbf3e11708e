//! Finding people.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Person;
use crate::base::time::Ts;
use crate::flow::admin::people::{self, Count, Filter, Part, Sort, Span};
use crate::flow::admin::wrong;
use crate::model::user::{User, UserState};
use crate::spec::error::Refusal;
use crate::spec::params::Params;
use crate::web::api::Api;
use crate::web::api::body::Body;
use crate::web::api::page::{List, Page, list_with};
use crate::web::error::Error;

/// Whom to find; what is not given does not matter.
#[derive(Debug, Default, Deserialize, ToSchema, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Words; each has to begin a word of the names, the user name or the e-mail address
    pub search: Option<String>,
    /// pending, active, locked, suspended, deactivated or deleting
    pub state: Option<String>,
    pub role: Option<String>,
    /// One of the kinds of people that there are here
    pub user_type: Option<String>,
    /// Whether there is a second factor
    pub factor: Option<bool>,
    /// Whether the e-mail address is proved
    pub verified: Option<bool>,
    /// Seconds since 1970
    pub last_seen_after: Option<i64>,
    /// Also finds those who were never there
    pub last_seen_before: Option<i64>,
    pub created_after: Option<i64>,
    pub created_before: Option<i64>,
    /// `created`, `last_seen` or `username`; with a - before it the other way round
    pub sort: Option<String>,
    /// 1 to 200
    pub limit: Option<i64>,
    /// The value of `next` on the page before
    pub after: Option<String>,
}

/// A page of people.
#[derive(Debug, Serialize, ToSchema)]
pub struct Found {
    #[serde(flatten)]
    pub list: List<Person>,
    /// How many there are; told on the first page
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// There are more than were counted
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<bool>,
}

impl Search {
    pub fn filter(&self) -> Result<Filter, Error> {
        let state = |name: &String| UserState::parse(name).ok_or_else(|| wrong("state", UserState::names()));
        let span = |from: Option<i64>, before: Option<i64>| Span { from: from.map(Ts), before: before.map(Ts) };
        Ok(Filter {
            words: people::words(self.search.as_deref().unwrap_or_default())?,
            state: self.state.as_ref().map(state).transpose()?,
            role: self.role.clone(),
            kind: self.user_type.clone(),
            factor: self.factor,
            verified: self.verified,
            seen: span(self.last_seen_after, self.last_seen_before),
            created: span(self.created_after, self.created_before),
        })
    }

    fn sort(&self) -> Result<Sort, Refusal> {
        let Some(name) = &self.sort else { return Ok(Sort::Created) };
        Sort::parse(name).ok_or_else(|| wrong("sort", Sort::names()))
    }
}

/// People, the oldest first unless another order is wanted. The first page tells how many there are; if `more`, at
/// least so many.
#[utoipa::path(get, path = "/api/v1/users", tag = "users", operation_id = "list_users", params(Search),
    responses((status = 200, body = Found)), security(("bearer" = ["users.read"])))]
pub async fn list(api: Api) -> Result<HttpResponse, Error> {
    let query = api.ctx.request.query_string();
    // told by name what is sent twice or is not text
    Params::parse(query.as_bytes())?;
    let search = serde_urlencoded::from_str(query).map_err(|error| wrong("query", error.to_string()))?;
    answer(&api, &search).await
}

/// The same with the filters in a body, for what should not stand in an address.
#[utoipa::path(post, path = "/api/v1/users/search", tag = "users", operation_id = "search_users",
    request_body = Search, responses((status = 200, body = Found)),
    security(("bearer" = ["users.read"])))]
pub async fn search(api: Api, Body(search): Body<Search>) -> Result<HttpResponse, Error> {
    answer(&api, &search).await
}

async fn answer(api: &Api, search: &Search) -> Result<HttpResponse, Error> {
    let page = Page::new(search.limit, search.after.as_deref())?;
    let (filter, sort) = (search.filter()?, search.sort()?);
    let part = Part { sort, after: &page.after, limit: page.rows() };
    let found = people::search(api.cx(), &api.caller.by, &filter, part).await?;
    let (count, more) = found.count.map(|Count { people, more }| (people, more)).unzip();
    let place = |user: &User| sort.place(user);
    let how = (place, |user: &User| Person::from(user));
    Ok(list_with(api, &page, found.people, how, |list| Found { list, count, more }))
}
