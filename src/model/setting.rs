//! What administrators have set; it goes before the configuration file.

use diesel::prelude::*;

use super::TenantId;
use crate::base::time::Ts;
use crate::schema::setting;

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
