//! What administrators have set; it goes before the configuration file.

use diesel::prelude::*;

use super::TenantId;
use crate::base::time::Ts;
use crate::schema::{logo, setting};

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = setting, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Setting {
    pub tenant_id: TenantId,
    /// As in the configuration file: `password.min_length`.
    pub name: String,
    /// As JSON.
    pub value: String,
    pub changed_at: Ts,
    pub changed_by: String,
}

/// A picture for the head of every page; the setting `branding.logo` names the one that is shown.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = logo, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Logo {
    pub tenant_id: TenantId,
    /// The digest of its bytes.
    pub id: String,
    /// A PNG, as it was written here.
    pub bytes: Vec<u8>,
    pub created_at: Ts,
}
