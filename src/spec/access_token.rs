//! The JWT access token (RFC 9068 §2).

use serde::{Deserialize, Serialize};

use super::scope::Scope;
use crate::base::time::Ts;

/// The `typ` of the header (RFC 9068 §2.1).
pub const TYP: &str = "at+jwt";

/// What an access token says, whichever form it has: claims of a JWT, or the row of an opaque one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessToken {
    pub iss: String,
    /// The person, or the client itself where no person is involved.
    pub sub: String,
    pub aud: String,
    pub client_id: String,
    pub exp: Ts,
    pub iat: Ts,
    pub jti: String,
    #[serde(default, skip_serializing_if = "Scope::is_empty")]
    pub scope: Scope,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<Ts>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// Ours: the grant that the token came from; with it the token ends. None for a program's own token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<String>,
    /// RFC 9068 §2.2.3.1 (RFC 7643 §4.1.2): the person's roles, by their names; where the scope has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<String>>,
}
