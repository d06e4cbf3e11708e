//! Signing keys: next, current, retired.

use diesel::prelude::*;

use super::TenantId;
use crate::base::time::Ts;
use crate::schema::signing_key;
use crate::spec::client_meta::Alg;

/// A row for each key that is published. The newest whose time has come signs.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = signing_key, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct SigningKey {
    pub tenant_id: TenantId,
    pub kid: String,
    pub alg: Alg,
    pub generation: i32,
    /// The private JWK, sealed.
    pub private_jwk: Vec<u8>,
    pub created_at: Ts,
    /// From here on every cached copy of the key set that is still in use has this key.
    pub known_at: Ts,
    pub active_at: Option<Ts>,
}

impl SigningKey {
    /// Where it was sealed, see [`crate::crypto::envelope`].
    pub fn place(kid: &str) -> String {
        format!("signing_key/{kid}")
    }
}
