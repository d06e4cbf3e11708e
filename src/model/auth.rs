//! Signing in: sessions, authorization requests under way, consents.

use diesel::prelude::*;

use super::{ClientId, GrantId, RequestId, SessionId, TenantId, UserId};
use crate::base::time::Ts;
use crate::schema::{auth_request, consent, grant, session};
use crate::spec::authorize::AuthRequest;
use crate::spec::claims::ClaimsRequest;
use crate::spec::scope::Scope;

/// A person signed in at a browser. The cookie's value is known only as its hash.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = session, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Session {
    pub tenant_id: TenantId,
    pub hash: String,
    pub id: SessionId,
    pub user_id: UserId,
    pub auth_time: Ts,
    pub acr: String,
    /// Methods (RFC 8176), separated by spaces.
    pub amr: String,
    pub address: String,
    pub device: String,
    pub created_at: Ts,
    pub last_seen_at: Ts,
    /// The absolute end.
    pub expires_at: Ts,
    pub ended_at: Option<Ts>,
    /// A role of the person wants a further factor than it has shown.
    pub needs_factor: bool,
    /// Whether it outlives the browser.
    pub kept: bool,
    /// Where it began, in words, and in ten-thousandths of a degree.
    pub place: Option<String>,
    pub latitude: Option<i32>,
    pub longitude: Option<i32>,
    /// When the console was used last.
    pub admin_seen_at: Option<Ts>,
}

/// A request that waits for its person.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = auth_request, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct PendingRequest {
    pub tenant_id: TenantId,
    pub id: RequestId,
    pub browser_hash: String,
    pub client_id: ClientId,
    /// [`AuthRequest`] as JSON; never changed.
    pub request: String,
    pub session_then: Option<SessionId>,
    pub consented_in: Option<SessionId>,
    pub created_at: Ts,
    pub expires_at: Ts,
    pub ended_at: Option<Ts>,
}

impl PendingRequest {
    pub fn request(&self) -> serde_json::Result<AuthRequest> {
        serde_json::from_str(&self.request)
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = consent, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Consent {
    pub tenant_id: TenantId,
    pub user_id: UserId,
    pub client_id: ClientId,
    pub scope: String,
    pub given_at: Ts,
    pub updated_at: Ts,
}

/// What a person allowed a client at one sign-in; the root of a family of tokens.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = grant, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Grant {
    pub tenant_id: TenantId,
    pub id: GrantId,
    pub client_id: ClientId,
    pub user_id: UserId,
    pub session_id: SessionId,
    pub scope: String,
    /// [`ClaimsRequest`] as JSON.
    pub claims: String,
    pub auth_time: Ts,
    pub acr: String,
    pub amr: String,
    pub created_at: Ts,
    pub expires_at: Ts,
    pub revoked_at: Option<Ts>,
}

impl Grant {
    pub fn is_live(&self, now: Ts) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    pub fn scope(&self) -> Scope {
        Scope::parse(&self.scope)
    }

    /// What the claims parameter asked for; nothing when the column cannot be read.
    pub fn claims(&self) -> ClaimsRequest {
        serde_json::from_str(&self.claims).unwrap_or_default()
    }
}

/// As much of a grant as a token that comes back needs.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = grant, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Standing {
    claims: String,
    expires_at: Ts,
    revoked_at: Option<Ts>,
}

impl Standing {
    /// As [`Grant::is_live`].
    pub fn is_live(&self, now: Ts) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    /// As [`Grant::claims`].
    pub fn claims(&self) -> ClaimsRequest {
        serde_json::from_str(&self.claims).unwrap_or_default()
    }
}
