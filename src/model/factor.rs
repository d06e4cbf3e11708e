//! What a person can prove beside the password.

use diesel::prelude::*;

use super::{FactorId, TenantId, UserId};
use crate::base::time::Ts;
use crate::config::Carrier;
use crate::schema::{backup_code, factor, known_device, trusted_device};

crate::text_enum! {
    Kind {
        /// An authenticator app (RFC 6238).
        Totp = "totp",
        /// A passkey or security key (WebAuthn).
        Passkey = "passkey",
        /// Codes to the person's e-mail address.
        Email = "email",
        /// Codes to the person's phone.
        Sms = "sms",
    }
}

impl Kind {
    /// How its codes are sent, if they are.
    pub fn carrier(self) -> Option<Carrier> {
        match self {
            Self::Email => Some(Carrier::Email),
            Self::Sms => Some(Carrier::Sms),
            Self::Totp | Self::Passkey => None,
        }
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = factor, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Factor {
    pub tenant_id: TenantId,
    pub id: FactorId,
    pub user_id: UserId,
    pub kind: Kind,
    /// What the person calls it.
    pub name: String,
    /// The seed or the public key, sealed for [`Factor::place`].
    pub sealed: Vec<u8>,
    /// Finds a passkey by the id that it shows; the factor's own id for others.
    pub handle: String,
    /// The last time step of an authenticator app that was used.
    pub step: i64,
    pub created_at: Ts,
    pub last_used_at: Option<Ts>,
}

impl Factor {
    pub fn place(id: &FactorId) -> String {
        format!("factor/{id}")
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = backup_code, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct BackupCode {
    pub tenant_id: TenantId,
    pub user_id: UserId,
    pub hash: String,
    pub created_at: Ts,
    pub used_at: Option<Ts>,
}

/// A browser that is not asked for a second factor; its cookie is known only as its hash.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = trusted_device, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct TrustedDevice {
    pub tenant_id: TenantId,
    pub hash: String,
    pub id: String,
    pub user_id: UserId,
    pub device: String,
    pub address: String,
    pub created_at: Ts,
    pub last_used_at: Ts,
    pub expires_at: Ts,
}

/// A browser at which the person has signed in before; its mark is known only as its hash.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = known_device, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct KnownDevice {
    pub tenant_id: TenantId,
    pub user_id: UserId,
    pub hash: String,
    pub first_seen: Ts,
    pub last_seen: Ts,
}
