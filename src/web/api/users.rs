//! `/api/v1/users`: people, for those who look after them.

pub mod access;
pub mod noted;
pub mod search;
pub mod steps;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::body::{Body, changed, check_unchanged, created, shown};
use super::once::once;
use super::{Api, ROOT};
use crate::base::time::Ts;
use crate::flow::admin::person;
use crate::flow::user::New;
use crate::model::UserId;
use crate::model::user::User;
use crate::web::error::Error;

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    pub id: String,
    pub username: String,
    pub email: String,
    pub email_verified: bool,
    pub name: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub locale: Option<String>,
    pub zoneinfo: Option<String>,
    /// Which of the kinds of people that there are here
    pub user_type: Option<String>,
    /// pending, active, locked, suspended, deactivated or deleting
    pub state: String,
    /// Seconds since 1970
    pub created_at: i64,
    pub updated_at: i64,
    pub last_seen_at: Option<i64>,
}

impl From<&User> for Person {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.0.clone(),
            username: user.username.clone(),
            email: user.email.clone(),
            email_verified: user.email_verified_at.is_some(),
            name: user.name.clone(),
            given_name: user.given_name.clone(),
            family_name: user.family_name.clone(),
            locale: user.locale.clone(),
            zoneinfo: user.zoneinfo.clone(),
            user_type: user.kind.clone(),
            state: user.state.to_string(),
            created_at: user.created_at.0,
            updated_at: user.updated_at.0,
            last_seen_at: user.last_seen_at.map(|at: Ts| at.0),
        }
    }
}

/// A person to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    pub email: String,
    /// Without it: what stands before the @ of the address
    #[serde(default)]
    pub username: String,
    pub name: Option<String>,
    pub password: Option<String>,
    /// The address is known to be the person's
    #[serde(default)]
    pub email_verified: bool,
    /// Beside `user`, which everybody has
    #[serde(default)]
    pub roles: Vec<String>,
}

/// All that may be set of a person.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Members {
    pub username: String,
    pub email: String,
    #[serde(default)]
    pub email_verified: bool,
    pub name: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub locale: Option<String>,
    pub zoneinfo: Option<String>,
}

/// One person.
#[utoipa::path(get, path = "/api/v1/users/{id}", tag = "users", operation_id = "show_user",
    params(("id" = String, Path, description = "Id, user name or e-mail address of the person")), responses((status = 200, body = Person)), security(("bearer" = ["users.read"])))]
pub async fn show(api: Api) -> Result<HttpResponse, Error> {
    let seen = person::show(api.cx(), &api.caller.by, api.part("id")).await?;
    Ok(shown(&Person::from(&seen.user)))
}

/// Makes a person.
#[utoipa::path(post, path = "/api/v1/users", tag = "users", operation_id = "create_user",
    params(("preview" = Option<bool>, Query), ("idempotency-key" = Option<String>, Header)), request_body = NewPerson,
    responses((status = 201, body = Person)), security(("bearer" = ["users.write"])))]
pub async fn create(api: Api, Body(new): Body<NewPerson>) -> Result<HttpResponse, Error> {
    once(&api, async || {
        let NewPerson { email, username, name, password, email_verified: verified, roles } = new;
        let new = New { email, username, name, password, verified, roles };
        let done = person::create(api.cx(), &api.caller.by, api.how(), new).await?;
        let at = |user: &User| format!("{ROOT}/users/{}", user.id);
        Ok(created(&api, &done, (at, |user: &User| Person::from(user))))
    })
    .await
}

/// Changes members of a person; those that are not named stay.
#[utoipa::path(patch, path = "/api/v1/users/{id}", tag = "users", operation_id = "edit_user",
    params(("id" = String, Path), ("preview" = Option<bool>, Query), ("if-match" = Option<String>, Header)),
    request_body = Members, responses((status = 200, body = Person)), security(("bearer" = ["users.write"])))]
pub async fn edit(api: Api, Body(members): Body<Map<String, Value>>) -> Result<HttpResponse, Error> {
    let id = UserId::from(api.part("id"));
    let unchanged = |user: &User| Ok(check_unchanged(&api, &Person::from(user))?);
    let done = person::edit(api.cx(), &api.caller.by, api.how(), &id, (&members, unchanged)).await?;
    Ok(changed(&api, &done, |user| Person::from(user)))
}

/// Sets all members of a person; those that are not named are taken away.
#[utoipa::path(put, path = "/api/v1/users/{id}", tag = "users", operation_id = "put_user",
    params(("id" = String, Path), ("preview" = Option<bool>, Query), ("if-match" = Option<String>, Header)),
    request_body = Members, responses((status = 200, body = Person)), security(("bearer" = ["users.write"])))]
pub async fn put(api: Api, Body(members): Body<Members>) -> Result<HttpResponse, Error> {
    let id = UserId::from(api.part("id"));
    let members = json!(members);
    let empty = Map::new();
    let unchanged = |user: &User| Ok(check_unchanged(&api, &Person::from(user))?);
    let members = (members.as_object().unwrap_or(&empty), unchanged);
    let done = person::edit(api.cx(), &api.caller.by, api.how(), &id, members).await?;
    Ok(changed(&api, &done, |user| Person::from(user)))
}
