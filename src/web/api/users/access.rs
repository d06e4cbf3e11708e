//! How people get in, and where they are: roles, sessions, apps, password, factors, activity.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Person;
use crate::crypto::password::kind;
use crate::flow::account::activity::{self, Topic};
use crate::flow::account::apps::Access;
use crate::flow::admin::access::{self, Given, Then};
use crate::flow::admin::{Done, How, person, wrong};
use crate::flow::factor::Held;
use crate::flow::missing;
use crate::model::auth::Session;
use crate::model::factor::Factor;
use crate::model::user::UserRole;
use crate::model::{ClientId, SessionId, UserId};
use crate::spec::params::Params;
use crate::spec::scope::Scope;
use crate::web::api::Api;
use crate::web::api::body::{Body, Nothing, changed, shown};
use crate::web::api::page::List;
use crate::web::error::Error;

fn id(api: &Api) -> UserId {
    UserId::from(api.part("id"))
}

/// A short list, whole.
pub fn whole<T, V: Serialize>(rows: &[T], show: impl Fn(&T) -> V) -> HttpResponse {
    HttpResponse::Ok().json(List::whole(rows.iter().map(show).collect()))
}

/// A role that a person has.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldRole {
    pub role: String,
    /// Seconds since 1970
    pub granted_at: i64,
    /// The id of a person, an app or an API key, or how it came about
    pub granted_by: String,
}

impl From<&UserRole> for HeldRole {
    fn from(row: &UserRole) -> Self {
        Self { role: row.role.clone(), granted_at: row.granted_at.0, granted_by: row.granted_by.clone() }
    }
}

/// The roles of a person.
#[utoipa::path(get, path = "/api/v1/users/{id}/roles", tag = "users", operation_id = "user_roles",
    params(("id" = String, Path)), responses((status = 200, body = List<HeldRole>)),
    security(("bearer" = ["users.read"])))]
pub async fn roles(api: Api) -> Result<HttpResponse, Error> {
    let rows = access::roles(api.cx(), &api.caller.by, &id(&api)).await?;
    Ok(whole(&rows, |row| HeldRole::from(row)))
}

/// Since when a person has a role, and by whom.
#[utoipa::path(get, path = "/api/v1/users/{id}/roles/{role}", tag = "users", operation_id = "user_role",
    params(("id" = String, Path), ("role" = String, Path)), responses((status = 200, body = HeldRole)),
    security(("bearer" = ["users.read"])))]
pub async fn role(api: Api) -> Result<HttpResponse, Error> {
    let name = api.part("role");
    let rows = access::roles(api.cx(), &api.caller.by, &id(&api)).await?;
    let row = rows.iter().find(|row| row.role == name).ok_or_else(|| missing("role of this person", name))?;
    Ok(shown(&HeldRole::from(row)))
}

/// Gives a role.
#[utoipa::path(put, path = "/api/v1/users/{id}/roles/{role}", tag = "users", operation_id = "user_grant",
    params(("id" = String, Path), ("role" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = List<HeldRole>)),
    security(("bearer" = ["roles.write"])))]
pub async fn grant(api: Api) -> Result<HttpResponse, Error> {
    let id = id(&api);
    let done = person::grant_role(api.cx(), &api.caller.by, api.how(), (&id, api.part("role"))).await?;
    held(&api, &id, done).await
}

/// Takes a role away.
#[utoipa::path(delete, path = "/api/v1/users/{id}/roles/{role}", tag = "users", operation_id = "user_revoke",
    params(("id" = String, Path), ("role" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = List<HeldRole>)),
    security(("bearer" = ["roles.write"])))]
pub async fn revoke(api: Api) -> Result<HttpResponse, Error> {
    let id = id(&api);
    let done = person::revoke_role(api.cx(), &api.caller.by, api.how(), (&id, api.part("role"))).await?;
    held(&api, &id, done).await
}

async fn held(api: &Api, id: &UserId, done: Done<()>) -> Result<HttpResponse, Error> {
    let rows = match api.how() {
        How::Preview => Vec::new(),
        How::Apply => person::roles_now(api.cx(), id).await?,
    };
    Ok(changed(api, &done, |()| List::whole(rows.iter().map(HeldRole::from).collect())))
}

/// Where a person is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Place {
    pub id: String,
    pub device: String,
    pub address: String,
    pub place: Option<String>,
    /// Seconds since 1970
    pub created_at: i64,
    pub last_seen_at: i64,
    pub expires_at: i64,
    /// How sure the sign-in was, as in tokens
    pub acr: String,
    pub amr: Vec<String>,
    /// Whether it outlives the browser
    pub kept: bool,
}

impl From<&Session> for Place {
    fn from(row: &Session) -> Self {
        Self {
            id: row.id.0.clone(),
            device: row.device.clone(),
            address: row.address.clone(),
            place: row.place.clone(),
            created_at: row.created_at.0,
            last_seen_at: row.last_seen_at.0,
            expires_at: row.expires_at.0,
            acr: row.acr.clone(),
            amr: row.amr.split(' ').map(str::to_owned).collect(),
            kept: row.kept,
        }
    }
}

/// The sessions of a person; there are at most 100.
#[utoipa::path(get, path = "/api/v1/users/{id}/sessions", tag = "users", operation_id = "user_sessions",
    params(("id" = String, Path)), responses((status = 200, body = List<Place>)),
    security(("bearer" = ["users.read"])))]
pub async fn sessions(api: Api) -> Result<HttpResponse, Error> {
    let rows = access::list_sessions(api.cx(), &api.caller.by, &id(&api)).await?;
    Ok(whole(&rows, |row| Place::from(row)))
}

/// Signs a person out everywhere.
#[utoipa::path(delete, path = "/api/v1/users/{id}/sessions", tag = "users", operation_id = "user_end_sessions",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = Nothing)),
    security(("bearer" = ["users.write"])))]
pub async fn end_sessions(api: Api) -> Result<HttpResponse, Error> {
    let done = access::end_sessions(api.cx(), &api.caller.by, api.how(), &id(&api)).await?;
    Ok(changed(&api, &done, |()| Nothing {}))
}

/// Ends one session of a person.
#[utoipa::path(delete, path = "/api/v1/users/{id}/sessions/{session}", tag = "users",
    operation_id = "user_end_session",
    params(("id" = String, Path), ("session" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = Nothing)), security(("bearer" = ["users.write"])))]
pub async fn end_session(api: Api) -> Result<HttpResponse, Error> {
    let session = SessionId::from(api.part("session"));
    let done = access::end_session(api.cx(), &api.caller.by, api.how(), (&id(&api), &session)).await?;
    Ok(changed(&api, &done, |()| Nothing {}))
}

/// An app with access to an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Allowed {
    pub client_id: String,
    pub name: String,
    pub scopes: Vec<String>,
    /// Seconds since 1970
    pub since: i64,
    pub last_used_at: Option<i64>,
}

impl From<&Access> for Allowed {
    fn from(row: &Access) -> Self {
        let scopes = |scope: &Scope| scope.iter().map(str::to_owned).collect();
        Self {
            client_id: row.client_id.0.clone(),
            name: row.name.clone(),
            scopes: scopes(&row.scope),
            since: row.since.0,
            last_used_at: row.last_used.map(|at| at.0),
        }
    }
}

/// The apps with access to an account.
#[utoipa::path(get, path = "/api/v1/users/{id}/consents", tag = "users", operation_id = "user_consents",
    params(("id" = String, Path)), responses((status = 200, body = List<Allowed>)),
    security(("bearer" = ["users.read"])))]
pub async fn consents(api: Api) -> Result<HttpResponse, Error> {
    let rows = access::list_apps(api.cx(), &api.caller.by, &id(&api)).await?;
    Ok(whole(&rows, |row| Allowed::from(row)))
}

/// Takes an app's access away.
#[utoipa::path(delete, path = "/api/v1/users/{id}/consents/{client}", tag = "users", operation_id = "user_withdraw",
    params(("id" = String, Path), ("client" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = Nothing)), security(("bearer" = ["users.write"])))]
pub async fn withdraw(api: Api) -> Result<HttpResponse, Error> {
    let client = ClientId::from(api.part("client"));
    let done = access::withdraw(api.cx(), &api.caller.by, api.how(), (&id(&api), &client)).await?;
    Ok(changed(&api, &done, |()| Nothing {}))
}

/// What was asked of an activity: its topic, and before which row.
pub fn asked(api: &Api) -> Result<(Topic, Option<String>), Error> {
    let params = Params::parse(api.ctx.request.query_string().as_bytes())?;
    let topic = match params.get("topic") {
        None => Topic::All,
        Some(name) => Topic::parse(name).ok_or_else(|| wrong("topic", Topic::names()))?,
    };
    Ok((topic, params.get("after").map(str::to_owned)))
}

/// Something that a person did.
#[derive(Debug, Serialize, ToSchema)]
pub struct Happened {
    pub id: String,
    /// Seconds since 1970
    pub at: i64,
    pub action: String,
    /// ok or failed
    pub result: String,
    pub address: Option<String>,
    pub device: Option<String>,
    /// The name of the app that it was about
    pub app: Option<String>,
}

/// A page of an activity, the newest first.
pub fn told(page: &activity::Page) -> HttpResponse {
    let row = |(row, app): &(crate::model::audit::Audit, Option<String>)| Happened {
        id: row.id.clone(),
        at: row.at.0,
        action: row.action.to_string(),
        result: row.result.to_string(),
        address: row.address.clone(),
        device: row.device.clone(),
        app: app.clone(),
    };
    HttpResponse::Ok().json(List { items: page.rows.iter().map(row).collect(), next: page.next.clone() })
}

/// What a person did.
#[utoipa::path(get, path = "/api/v1/users/{id}/activity", tag = "users", operation_id = "user_activity",
    params(("id" = String, Path), ("topic" = Option<String>, Query), ("after" = Option<String>, Query)),
    responses((status = 200, body = List<Happened>)), security(("bearer" = ["users.read"])))]
pub async fn activity(api: Api) -> Result<HttpResponse, Error> {
    let (topic, before) = asked(&api)?;
    let page = access::activity(api.cx(), &api.caller.by, &id(&api), (topic, before.as_deref())).await?;
    Ok(told(&page))
}

/// What a person can prove beside the password.
#[derive(Debug, Serialize, ToSchema)]
pub struct Proof {
    pub id: String,
    /// totp, passkey, email or sms
    pub kind: String,
    pub name: String,
    /// Seconds since 1970
    pub created_at: i64,
    pub last_used_at: Option<i64>,
}

impl From<&Factor> for Proof {
    fn from(row: &Factor) -> Self {
        Self {
            id: row.id.0.clone(),
            kind: row.kind.to_string(),
            name: row.name.clone(),
            created_at: row.created_at.0,
            last_used_at: row.last_used_at.map(|at| at.0),
        }
    }
}

/// All that somebody can prove beside the password.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnProofs {
    pub factors: Vec<Proof>,
    /// How many are left
    pub backup_codes: i64,
}

impl From<&Held> for OwnProofs {
    fn from(held: &Held) -> Self {
        Self { factors: held.factors.iter().map(Proof::from).collect(), backup_codes: held.backup_codes }
    }
}

/// The same, and how it is about the password.
#[derive(Debug, Serialize, ToSchema)]
pub struct Proofs {
    #[serde(flatten)]
    pub own: OwnProofs,
    /// Null for somebody who has none
    pub password: Option<PasswordState>,
}

/// What can be told of a password.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasswordState {
    /// How it is hashed
    pub hash: String,
    /// Seconds since 1970
    pub changed_at: i64,
    /// Another has to be chosen at the next sign-in
    pub must_change: bool,
}

/// The second factors of a person, and how it is about the password.
#[utoipa::path(get, path = "/api/v1/users/{id}/factors", tag = "users", operation_id = "user_factors",
    params(("id" = String, Path)), responses((status = 200, body = Proofs)),
    security(("bearer" = ["users.read"])))]
pub async fn factors(api: Api) -> Result<HttpResponse, Error> {
    let (held, password) = access::factors(api.cx(), &api.caller.by, &id(&api)).await?;
    let password = password.map(|row| PasswordState {
        hash: kind(&row.phc).to_owned(),
        changed_at: row.changed_at.0,
        must_change: row.must_change,
    });
    Ok(HttpResponse::Ok().json(Proofs { own: OwnProofs::from(&held), password }))
}

/// Takes all second factors away; sessions and tokens end.
#[utoipa::path(post, path = "/api/v1/users/{id}/reset-factors", tag = "users", operation_id = "user_reset_factors",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = Person)),
    security(("bearer" = ["users.write"])))]
pub async fn reset_factors(api: Api) -> Result<HttpResponse, Error> {
    let done = access::reset_factors(api.cx(), &api.caller.by, api.how(), &id(&api)).await?;
    Ok(changed(&api, &done, |user| Person::from(user)))
}

/// A password for somebody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenPassword {
    pub password: String,
    /// Another has to be chosen at the next sign-in
    #[serde(default)]
    pub must_change: bool,
}

/// Sets a password; sessions and tokens end.
#[utoipa::path(post, path = "/api/v1/users/{id}/password", tag = "users", operation_id = "user_set_password",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), request_body = GivenPassword,
    responses((status = 200, body = Person)), security(("bearer" = ["users.write"])))]
pub async fn set_password(api: Api, Body(new): Body<GivenPassword>) -> Result<HttpResponse, Error> {
    let then = if new.must_change { Then::Change } else { Then::Keep };
    let set = (&id(&api), Given::Plain(&new.password), then);
    let done = access::set_password(api.cx(), &api.caller.by, api.how(), set).await?;
    Ok(changed(&api, &done, |user| Person::from(user)))
}

/// Has a person choose another password at the next sign-in.
#[utoipa::path(post, path = "/api/v1/users/{id}/require-password-change", tag = "users",
    operation_id = "user_require_password_change", params(("id" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = Person)), security(("bearer" = ["users.write"])))]
pub async fn require_password_change(api: Api) -> Result<HttpResponse, Error> {
    let done = access::require_password_change(api.cx(), &api.caller.by, api.how(), &id(&api)).await?;
    Ok(changed(&api, &done, |user| Person::from(user)))
}
