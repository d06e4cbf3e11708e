//! What people tell about themselves beyond name and address.

use diesel::prelude::*;

use super::{TenantId, UserId};
use crate::base::time::Ts;
use crate::schema::profile;

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = profile, treat_none_as_null = true)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Profile {
    pub tenant_id: TenantId,
    pub user_id: UserId,
    pub middle_name: Option<String>,
    pub nickname: Option<String>,
    pub page: Option<String>,
    pub picture: Option<String>,
    pub website: Option<String>,
    pub gender: Option<String>,
    pub birthdate: Option<String>,
    /// [`crate::spec::claims::Address`] as JSON, sealed for [`Profile::address_place`].
    pub sealed_address: Option<Vec<u8>>,
    /// In the form of E.164, sealed for [`Profile::phone_place`].
    pub sealed_phone: Option<Vec<u8>>,
    /// Keyed: numbers are too few for a plain hash to hide them.
    pub phone_hash: Option<String>,
    pub updated_at: Ts,
}

impl Profile {
    pub fn address_place(id: &UserId) -> String {
        format!("user/{id}/address")
    }

    pub fn phone_place(id: &UserId) -> String {
        format!("user/{id}/phone")
    }
}
