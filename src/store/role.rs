use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::role::{Permission, Role};
use crate::model::user::UserRole;
use crate::model::{TenantId, UserId};
use crate::schema::{permission, role, role_permission, user, user_role};

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

/// The roles of these names, by name.
pub async fn named(conn: &mut Conn, tenant: &TenantId, names: &[impl AsRef<str>]) -> Result<Vec<Role>> {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let rows = on!(conn, c => {
        role::table
            .filter(role::tenant_id.eq(tenant))
            .filter(role::name.eq_any(names))
            .order(role::name)
            .select(Role::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// What these roles hold: each with one of its permissions.
pub async fn held_by(conn: &mut Conn, tenant: &TenantId, names: &[String]) -> Result<Vec<(String, String)>> {
    let rows = on!(conn, c => {
        role_permission::table
            .filter(role_permission::tenant_id.eq(tenant))
            .filter(role_permission::role.eq_any(names))
            .order((role_permission::role, role_permission::permission))
            .select((role_permission::role, role_permission::permission))
            .load(c)
            .await
    })?;
    Ok(rows)
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

/// Holds a role until the transaction ends; `false` when there is none.
pub async fn lock(conn: &mut Conn, tenant: &TenantId, name: &str) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(role::table.find((tenant, name))).set(role::built_in.eq(role::built_in)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

pub async fn insert(conn: &mut Conn, row: &Role) -> Result<()> {
    on!(conn, c => diesel::insert_into(role::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn update(conn: &mut Conn, tenant: &TenantId, name: &str, (description, factor): (&str, bool)) -> Result<()> {
    on!(conn, c => {
        diesel::update(role::table.find((tenant, name)))
            .set((role::description.eq(description), role::needs_factor.eq(factor)))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// Deletes a role; its permissions and its holders lose it with that.
pub async fn delete(conn: &mut Conn, tenant: &TenantId, name: &str) -> Result<()> {
    on!(conn, c => diesel::delete(role::table.find((tenant, name))).kept().execute(c).await)?;
    Ok(())
}

/// The permissions of all roles, by role, each in order.
pub async fn held(conn: &mut Conn, tenant: &TenantId) -> Result<HashMap<String, Vec<String>>> {
    let rows: Vec<(String, String)> = on!(conn, c => {
        role_permission::table
            .filter(role_permission::tenant_id.eq(tenant))
            .order((role_permission::role, role_permission::permission))
            .select((role_permission::role, role_permission::permission))
            .load(c)
            .await
    })?;
    let mut held: HashMap<String, Vec<String>> = HashMap::new();
    for (role, permission) in rows {
        held.entry(role).or_default().push(permission);
    }
    Ok(held)
}

/// Those who hold a role, with their user names: after `after` by id, at most `limit`.
pub async fn holders(
    conn: &mut Conn,
    tenant: &TenantId,
    name: &str,
    (after, limit): (&str, i64),
) -> Result<Vec<(UserRole, String)>> {
    let rows = on!(conn, c => {
        user_role::table
            .inner_join(user::table.on(user::tenant_id.eq(user_role::tenant_id).and(user::id.eq(user_role::user_id))))
            .filter(user_role::tenant_id.eq(tenant))
            .filter(user_role::role.eq(name))
            .filter(user_role::user_id.gt(after))
            .order(user_role::user_id)
            .limit(limit)
            .select((UserRole::as_select(), user::username))
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// The ids of those who hold a role: after `after`, in order, at most `limit`.
pub async fn holder_ids(
    conn: &mut Conn,
    tenant: &TenantId,
    name: &str,
    (after, limit): (&str, i64),
) -> Result<Vec<UserId>> {
    let ids = on!(conn, c => {
        user_role::table
            .filter(user_role::tenant_id.eq(tenant))
            .filter(user_role::role.eq(name))
            .filter(user_role::user_id.gt(after))
            .order(user_role::user_id)
            .limit(limit)
            .select(user_role::user_id)
            .load(c)
            .await
    })?;
    Ok(ids)
}

/// Gives a role to those of these people who are still there.
pub async fn give_all(
    conn: &mut Conn,
    (tenant, name): (&TenantId, &str),
    people: &[UserId],
    (at, by): (Ts, &str),
) -> Result<()> {
    on!(conn, c => {
        let rows = user::table
            .filter(user::tenant_id.eq(tenant))
            .filter(user::id.eq_any(people))
            .select((
                user::tenant_id,
                user::id,
                name.into_sql::<Text>(),
                at.into_sql::<BigInt>(),
                by.into_sql::<Text>(),
            ));
        diesel::insert_into(user_role::table)
            .values(rows)
            .into_columns((
                user_role::tenant_id,
                user_role::user_id,
                user_role::role,
                user_role::granted_at,
                user_role::granted_by,
            ))
            .on_conflict_do_nothing()
            .execute(c)
            .await
    })?;
    Ok(())
}

/// Those of these names that are permissions, in order.
pub async fn known_permissions(conn: &mut Conn, tenant: &TenantId, names: &[String]) -> Result<Vec<String>> {
    let known = on!(conn, c => {
        permission::table
            .filter(permission::tenant_id.eq(tenant))
            .filter(permission::name.eq_any(names))
            .order(permission::name)
            .select(permission::name)
            .load(c)
            .await
    })?;
    Ok(known)
}

pub async fn find_permission(conn: &mut Conn, tenant: &TenantId, name: &str) -> Result<Option<Permission>> {
    let row = on!(conn, c => {
        permission::table.find((tenant, name)).select(Permission::as_select()).first(c).await.optional()
    })?;
    Ok(row)
}

pub async fn insert_permission(conn: &mut Conn, row: &Permission) -> Result<()> {
    on!(conn, c => diesel::insert_into(permission::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn update_permission(conn: &mut Conn, tenant: &TenantId, (name, description): (&str, &str)) -> Result<()> {
    on!(conn, c => {
        diesel::update(permission::table.find((tenant, name)))
            .set(permission::description.eq(description))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// Gives a permission to a role that may have it already.
pub async fn add_permission(conn: &mut Conn, tenant: &TenantId, (role, permission): (&str, &str)) -> Result<()> {
    on!(conn, c => {
        diesel::insert_into(role_permission::table)
            .values((
                role_permission::tenant_id.eq(tenant),
                role_permission::role.eq(role),
                role_permission::permission.eq(permission),
            ))
            .on_conflict_do_nothing()
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// Gives permissions to a role that has none of them.
pub async fn add_permissions(conn: &mut Conn, tenant: &TenantId, role: &str, names: &[String]) -> Result<()> {
    on!(conn, c => {
        let rows = permission::table
            .filter(permission::tenant_id.eq(tenant))
            .filter(permission::name.eq_any(names))
            .select((permission::tenant_id, role.into_sql::<Text>(), permission::name));
        diesel::insert_into(role_permission::table)
            .values(rows)
            .into_columns((role_permission::tenant_id, role_permission::role, role_permission::permission))
            .execute(c)
            .await
    })?;
    Ok(())
}

/// Takes all permissions from a role.
pub async fn clear_permissions(conn: &mut Conn, tenant: &TenantId, role: &str) -> Result<()> {
    on!(conn, c => {
        let own = role_permission::table.filter(role_permission::tenant_id.eq(tenant)).filter(role_permission::role.eq(role));
        diesel::delete(own).kept().execute(c).await
    })?;
    Ok(())
}

/// The roles that hold a permission, in order.
pub async fn roles_with(conn: &mut Conn, tenant: &TenantId, permission: &str) -> Result<Vec<String>> {
    let names = on!(conn, c => {
        role_permission::table
            .filter(role_permission::tenant_id.eq(tenant))
            .filter(role_permission::permission.eq(permission))
            .order(role_permission::role)
            .select(role_permission::role)
            .load(c)
            .await
    })?;
    Ok(names)
}

/// Deletes a permission, after taking it from all roles.
pub async fn delete_permission(conn: &mut Conn, tenant: &TenantId, name: &str) -> Result<()> {
    on!(conn, c => {
        let held = role_permission::table.filter(role_permission::tenant_id.eq(tenant)).filter(role_permission::permission.eq(name));
        diesel::delete(held).kept().execute(c).await?;
        diesel::delete(permission::table.find((tenant, name))).kept().execute(c).await
    })?;
    Ok(())
}
