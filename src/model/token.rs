//! Codes and tokens that have a row.

use diesel::prelude::*;

use super::{ClientId, GrantId, TenantId};
use crate::base::time::Ts;
use crate::schema::{access_token, auth_code, refresh_token, revoked_token};

/// An authorization code: single use, short lived, bound to one client and one redirect URI.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = auth_code, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct AuthCode {
    pub tenant_id: TenantId,
    pub hash: String,
    pub grant_id: GrantId,
    pub client_id: ClientId,
    pub redirect_uri: String,
    pub code_challenge: Option<String>,
    pub nonce: Option<String>,
    pub expires_at: Ts,
    pub used_at: Option<Ts>,
}

/// A refresh token: used once, then replaced (RFC 9700 §4.14.2).
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_token, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct RefreshToken {
    pub tenant_id: TenantId,
    pub hash: String,
    pub grant_id: GrantId,
    pub client_id: ClientId,
    pub issued_at: Ts,
    pub expires_at: Ts,
    pub used_at: Option<Ts>,
    pub successor_hash: Option<String>,
    pub retried_at: Option<Ts>,
}

/// An opaque access token; `claims` is what a JWT would have said.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = access_token, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct OpaqueToken {
    pub tenant_id: TenantId,
    pub hash: String,
    pub claims: String,
    pub expires_at: Ts,
}

/// A token that was taken back before its time; forgotten when it would have ended anyway.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = revoked_token, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct RevokedToken {
    pub tenant_id: TenantId,
    pub jti: String,
    pub expires_at: Ts,
}
