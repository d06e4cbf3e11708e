//! Roles and the permissions that they hold.

use diesel::prelude::*;

use super::TenantId;
use crate::schema::{permission, role};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = role, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Role {
    pub tenant_id: TenantId,
    pub name: String,
    pub description: String,
    /// Signet's own: it cannot be deleted.
    pub built_in: bool,
    /// Whoever holds it has to have a second factor.
    pub needs_factor: bool,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = permission, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Permission {
    pub tenant_id: TenantId,
    pub name: String,
    pub description: String,
}
