//! Accounts from one state to another.

use actix_web::HttpResponse;

use super::Person;
use crate::flow::admin::state;
use crate::model::UserId;
use crate::spec::account_state::Step;
use crate::web::api::Api;
use crate::web::api::body::changed;
use crate::web::error::Error;

async fn step(api: &Api, step: Step) -> Result<HttpResponse, Error> {
    let id = UserId::from(api.part("id"));
    let done = state::step(api.cx(), &api.caller.by, api.how(), (&id, step)).await?;
    Ok(changed(api, &done, |user| Person::from(user)))
}

/// Lets somebody in who waits for it, or was kept out.
#[utoipa::path(post, path = "/api/v1/users/{id}/activate", tag = "users", operation_id = "activate_user",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = Person)),
    security(("bearer" = ["users.write"])))]
pub async fn activate(api: Api) -> Result<HttpResponse, Error> {
    step(&api, Step::Activate).await
}

/// Shuts an account for good; it can be let in again.
#[utoipa::path(post, path = "/api/v1/users/{id}/deactivate", tag = "users", operation_id = "deactivate_user",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = Person)),
    security(("bearer" = ["users.write"])))]
pub async fn deactivate(api: Api) -> Result<HttpResponse, Error> {
    step(&api, Step::Deactivate).await
}

/// Shuts an account for a while.
#[utoipa::path(post, path = "/api/v1/users/{id}/suspend", tag = "users", operation_id = "suspend_user",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = Person)),
    security(("bearer" = ["users.write"])))]
pub async fn suspend(api: Api) -> Result<HttpResponse, Error> {
    step(&api, Step::Suspend).await
}

/// Lets nobody sign in, because somebody else may know how; whoever is in stays.
#[utoipa::path(post, path = "/api/v1/users/{id}/lock", tag = "users", operation_id = "lock_user",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = Person)),
    security(("bearer" = ["users.write"])))]
pub async fn lock(api: Api) -> Result<HttpResponse, Error> {
    step(&api, Step::Lock).await
}

/// Lets somebody sign in again, and forgets wrong passwords and codes.
#[utoipa::path(post, path = "/api/v1/users/{id}/unlock", tag = "users", operation_id = "unlock_user",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = Person)),
    security(("bearer" = ["users.write"])))]
pub async fn unlock(api: Api) -> Result<HttpResponse, Error> {
    step(&api, Step::Unlock).await
}

/// Shuts an account at once, to be erased after `account.deletion_delay`.
#[utoipa::path(post, path = "/api/v1/users/{id}/delete", tag = "users", operation_id = "delete_user",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = Person)),
    security(("bearer" = ["users.write"])))]
pub async fn delete(api: Api) -> Result<HttpResponse, Error> {
    step(&api, Step::Delete).await
}

/// Keeps an account after all that was to be erased.
#[utoipa::path(post, path = "/api/v1/users/{id}/restore", tag = "users", operation_id = "restore_user",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = Person)),
    security(("bearer" = ["users.write"])))]
pub async fn restore(api: Api) -> Result<HttpResponse, Error> {
    step(&api, Step::Restore).await
}
