//! What people tell about themselves beyond name and address.

use diesel::prelude::*;

use super::{TenantId, UserId};
use crate::base::time::Ts;
use crate::schema::profile;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = profile, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
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
    pub phone_verified_at: Option<Ts>,
    /// What the person says of himself, sealed for [`Profile::bio_place`].
    pub sealed_bio: Option<Vec<u8>>,
    /// The tenant's own fields by their names as a JSON object, sealed for [`Profile::fields_place`].
    pub sealed_fields: Option<Vec<u8>>,
    /// [`crate::spec::preferences`], sealed for [`Profile::preferences_place`].
    pub sealed_preferences: Option<Vec<u8>>,
}

impl Profile {
    /// One that tells nothing yet.
    pub fn empty(tenant_id: TenantId, user_id: UserId, updated_at: Ts) -> Self {
        Self {
            tenant_id,
            user_id,
            middle_name: None,
            nickname: None,
            page: None,
            picture: None,
            website: None,
            gender: None,
            birthdate: None,
            sealed_address: None,
            sealed_phone: None,
            phone_hash: None,
            updated_at,
            phone_verified_at: None,
            sealed_bio: None,
            sealed_fields: None,
            sealed_preferences: None,
        }
    }

    pub fn address_place(id: &UserId) -> String {
        format!("user/{id}/address")
    }

    pub fn phone_place(id: &UserId) -> String {
        format!("user/{id}/phone")
    }

    pub fn bio_place(id: &UserId) -> String {
        format!("user/{id}/bio")
    }

    pub fn fields_place(id: &UserId) -> String {
        format!("user/{id}/fields")
    }

    pub fn preferences_place(id: &UserId) -> String {
        format!("user/{id}/preferences")
    }
}
