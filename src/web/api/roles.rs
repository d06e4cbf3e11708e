//! `/api/v1/roles` and `/api/v1/permissions`: what somebody may do, and who may.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{Body, changed, check_unchanged, created, shown};
use super::once::once;
use super::page::{List, Page, list as listed};
use super::{Api, ROOT};
use crate::flow::admin::role::{self, Full, Wanted};
use crate::model;
use crate::model::user::UserRole;
use crate::web::error::Error;

/// A role.
#[derive(Debug, Serialize, ToSchema)]
pub struct Role {
    pub name: String,
    pub description: String,
    /// Signet's own: it cannot be deleted
    pub built_in: bool,
    /// Whoever holds it has to have a second factor
    pub needs_factor: bool,
    pub permissions: Vec<String>,
}

impl From<&Full> for Role {
    fn from(full: &Full) -> Self {
        Self {
            name: full.role.name.clone(),
            description: full.role.description.clone(),
            built_in: full.role.built_in,
            needs_factor: full.role.needs_factor,
            permissions: full.permissions.clone(),
        }
    }
}

/// A role to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    /// Small letters, digits, and . _ -
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub needs_factor: bool,
    #[serde(default)]
    pub permissions: Vec<String>,
}

/// What a role is to become, as a whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleChange {
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub needs_factor: bool,
    pub permissions: Vec<String>,
}

/// A role or permission that is gone.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deleted {
    pub name: String,
    /// Always true
    pub deleted: bool,
}

/// Somebody who holds a role.
#[derive(Debug, Serialize, ToSchema)]
pub struct Holder {
    pub user_id: String,
    pub username: String,
    /// Seconds since 1970
    pub granted_at: i64,
    /// The id of whoever gave it, or `operator`
    pub granted_by: String,
}

/// A permission.
#[derive(Debug, Serialize, ToSchema)]
pub struct Permission {
    pub name: String,
    pub description: String,
    /// What it stands for here; none for one that only apps understand
    pub rights: Vec<String>,
}

impl From<&model::role::Permission> for Permission {
    fn from(row: &model::role::Permission) -> Self {
        let rights = crate::spec::right::Rights::of_permission(&row.name);
        Self {
            name: row.name.clone(),
            description: row.description.clone(),
            rights: rights.iter().map(|right| right.to_string()).collect(),
        }
    }
}

/// All permissions.
#[derive(Debug, Serialize, ToSchema)]
pub struct Permissions {
    pub items: Vec<Permission>,
}

/// A permission to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPermission {
    /// An area and an action, as in `orders:approve`
    pub name: String,
    #[serde(default)]
    pub description: String,
}

/// All roles, by name.
#[utoipa::path(get, path = "/api/v1/roles", tag = "roles", operation_id = "list_roles",
    responses((status = 200, body = List<Role>)), security(("bearer" = ["roles.read"])))]
pub async fn list(api: Api) -> Result<HttpResponse, Error> {
    let roles = role::list(api.cx(), &api.caller.by).await?;
    Ok(shown(&List::whole(roles.iter().map(Role::from).collect())))
}

/// One role.
#[utoipa::path(get, path = "/api/v1/roles/{name}", tag = "roles", operation_id = "show_role",
    params(("name" = String, Path)), responses((status = 200, body = Role)), security(("bearer" = ["roles.read"])))]
pub async fn show(api: Api) -> Result<HttpResponse, Error> {
    let full = role::show(api.cx(), &api.caller.by, api.part("name")).await?;
    Ok(shown(&Role::from(&full)))
}

/// Makes a role. Nobody gives it what they do not hold.
#[utoipa::path(post, path = "/api/v1/roles", tag = "roles", operation_id = "create_role",
    params(("preview" = Option<bool>, Query), ("idempotency-key" = Option<String>, Header)), request_body = NewRole,
    responses((status = 201, body = Role)), security(("bearer" = ["roles.write"])))]
pub async fn create(api: Api, Body(new): Body<NewRole>) -> Result<HttpResponse, Error> {
    once(&api, async || {
        let NewRole { name, description, needs_factor, permissions } = new;
        let wanted = Wanted { description, needs_factor, permissions };
        let done = role::create(api.cx(), &api.caller.by, api.how(), (&name, &wanted)).await?;
        let at = |full: &Full| format!("{ROOT}/roles/{}", full.role.name);
        Ok(created(&api, &done, (at, |full: &Full| Role::from(full))))
    })
    .await
}

/// Changes a role.
#[utoipa::path(put, path = "/api/v1/roles/{name}", tag = "roles", operation_id = "edit_role",
    params(("name" = String, Path), ("preview" = Option<bool>, Query), ("if-match" = Option<String>, Header)),
    request_body = RoleChange, responses((status = 200, body = Role)), security(("bearer" = ["roles.write"])))]
pub async fn edit(api: Api, Body(change): Body<RoleChange>) -> Result<HttpResponse, Error> {
    let RoleChange { description, needs_factor, permissions } = change;
    let wanted = Wanted { description, needs_factor, permissions };
    let unchanged = |full: &Full| Ok(check_unchanged(&api, &Role::from(full))?);
    let done = role::edit(api.cx(), &api.caller.by, api.how(), (api.part("name"), &wanted), unchanged).await?;
    Ok(changed(&api, &done, |full| Role::from(full)))
}

/// Deletes a role, and takes it from all who hold it.
#[utoipa::path(delete, path = "/api/v1/roles/{name}", tag = "roles", operation_id = "delete_role",
    params(("name" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = Deleted)), security(("bearer" = ["roles.write"])))]
pub async fn delete(api: Api) -> Result<HttpResponse, Error> {
    let name = api.part("name");
    let done = role::delete(api.cx(), &api.caller.by, api.how(), name).await?;
    Ok(changed(&api, &done, |()| Deleted { name: name.to_owned(), deleted: true }))
}

/// Who holds a role, since when, and by whom.
#[utoipa::path(get, path = "/api/v1/roles/{name}/users", tag = "roles", operation_id = "list_role_users",
    params(("name" = String, Path), ("after" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = List<Holder>)), security(("bearer" = ["roles.read"])))]
pub async fn holders(api: Api) -> Result<HttpResponse, Error> {
    let page = Page::of(&api)?;
    let rows = role::holders(api.cx(), &api.caller.by, api.part("name"), (&page.after, page.rows())).await?;
    let show = |(row, username): &(UserRole, String)| Holder {
        user_id: row.user_id.0.clone(),
        username: username.clone(),
        granted_at: row.granted_at.0,
        granted_by: row.granted_by.clone(),
    };
    Ok(listed(&api, &page, rows, (|(row, _): &(UserRole, String)| row.user_id.0.clone(), show)))
}

/// All permissions, by name.
#[utoipa::path(get, path = "/api/v1/permissions", tag = "roles", operation_id = "list_permissions",
    responses((status = 200, body = List<Permission>)), security(("bearer" = ["roles.read"])))]
pub async fn permissions(api: Api) -> Result<HttpResponse, Error> {
    let rows = role::permissions(api.cx(), &api.caller.by).await?;
    Ok(shown(&List::whole(rows.iter().map(Permission::from).collect())))
}

/// Makes a permission that apps understand; administrators hold it at once.
#[utoipa::path(post, path = "/api/v1/permissions", tag = "roles", operation_id = "create_permission",
    params(("preview" = Option<bool>, Query), ("idempotency-key" = Option<String>, Header)),
    request_body = NewPermission, responses((status = 201, body = Permission)), security(("bearer" = ["roles.write"])))]
pub async fn create_permission(api: Api, Body(new): Body<NewPermission>) -> Result<HttpResponse, Error> {
    once(&api, async || {
        let wanted = (new.name.as_str(), new.description.as_str());
        let done = role::create_permission(api.cx(), &api.caller.by, api.how(), wanted).await?;
        let at = |row: &model::role::Permission| format!("{ROOT}/permissions/{}", row.name);
        Ok(created(&api, &done, (at, |row: &model::role::Permission| Permission::from(row))))
    })
    .await
}

/// What a permission is said to be for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// Without it nothing changes
    pub description: Option<String>,
}

/// Says anew what a permission that was made here is for.
#[utoipa::path(patch, path = "/api/v1/permissions/{name}", tag = "roles", operation_id = "describe_permission",
    params(("name" = String, Path)), request_body = Description, responses((status = 200, body = Permission)),
    security(("bearer" = ["roles.write"])))]
pub async fn describe_permission(api: Api, Body(new): Body<Description>) -> Result<HttpResponse, Error> {
    let wanted = (api.part("name"), new.description.as_deref());
    let unchanged = |row: &model::role::Permission| Ok(check_unchanged(&api, &Permission::from(row))?);
    let done = role::describe_permission(api.cx(), &api.caller.by, api.how(), wanted, unchanged).await?;
    Ok(changed(&api, &done, |row| Permission::from(row)))
}

/// Deletes a permission that was made here, and takes it from all roles.
#[utoipa::path(delete, path = "/api/v1/permissions/{name}", tag = "roles", operation_id = "delete_permission",
    params(("name" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = Deleted)), security(("bearer" = ["roles.write"])))]
pub async fn delete_permission(api: Api) -> Result<HttpResponse, Error> {
    let name = api.part("name");
    let done = role::delete_permission(api.cx(), &api.caller.by, api.how(), name).await?;
    Ok(changed(&api, &done, |()| Deleted { name: name.to_owned(), deleted: true }))
}
