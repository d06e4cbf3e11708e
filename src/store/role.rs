use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::model::role::{Permission, Role};
use crate::model::{TenantId, UserId};
use crate::schema::{permission, role, role_permission, user_role};

/// The names of all permissions that a person holds by any role, in order.
pub async fn permissions_of(conn: &mut Conn, tenant: &TenantId, user: &UserId) -> Result<Vec<String>> {
    let names = on!(conn, c => {
        let held = role_permission::tenant_id.eq(user_role::tenant_id).and(role_permission::role.eq(user_role::role));
        user_role::table
            .inner_join(role_permission::table.on(held))
            .filter(user_role::tenant_id.eq(tenant))
            .filter(user_role::user_id.eq(user))
            .select(role_permission::permission)
            .distinct()
            .order(role_permission::permission)
            .load(c)
            .await
    })?;
    Ok(names)
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, name: &str) -> Result<Option<Role>> {
    let row = on!(conn, c => role::table.find((tenant, name)).select(Role::as_select()).first(c).await.optional())?;
    Ok(row)
}

/// The permissions of one role, in order.
pub async fn permissions(conn: &mut Conn, tenant: &TenantId, role: &str) -> Result<Vec<String>> {
    let names = on!(conn, c => {
        role_permission::table
            .filter(role_permission::tenant_id.eq(tenant))
            .filter(role_permission::role.eq(role))
            .order(role_permission::permission)
            .select(role_permission::permission)
            .load(c)
            .await
    })?;
    Ok(names)
}

/// All roles, by name.
pub async fn list(conn: &mut Conn, tenant: &TenantId) -> Result<Vec<Role>> {
    let rows = on!(conn, c => {
        role::table.filter(role::tenant_id.eq(tenant)).order(role::name).select(Role::as_select()).load(c).await
    })?;
    Ok(rows)
}

/// All permissions, by name.
pub async fn all_permissions(conn: &mut Conn, tenant: &TenantId) -> Result<Vec<Permission>> {
    let rows = on!(conn, c => {
        permission::table
            .filter(permission::tenant_id.eq(tenant))
            .order(permission::name)
            .select(Permission::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Takes a role from a person; `false` when it was not theirs.
pub async fn take(conn: &mut Conn, tenant: &TenantId, user: &UserId, role: &str) -> Result<bool> {
    let count = on!(conn, c => diesel::delete(user_role::table.find((tenant, user, role))).kept().execute(c).await)?;
    Ok(count == 1)
}
