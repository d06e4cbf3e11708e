//! The ID token (OIDC Core §2).

use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::base::random::base64url;
use crate::base::time::Ts;

#[derive(Debug, Serialize)]
pub struct IdToken<'a> {
    pub iss: &'a str,
    pub sub: &'a str,
    pub aud: &'a str,
    pub exp: Ts,
    pub iat: Ts,
    pub auth_time: Ts,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<&'a str>,
    pub acr: &'a str,
    pub amr: &'a [&'a str],
    pub sid: &'a str,
    pub at_hash: String,
    /// What the claims parameter asked for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// OIDC Core §3.1.3.6: the left half of the digest of the access token. All our algorithms go with SHA-256; for
/// `EdDSA` with Ed25519 the specification names no digest and SHA-512 is what others use.
pub fn at_hash(access_token: &str, alg: super::client_meta::Alg) -> String {
    match alg {
        super::client_meta::Alg::EdDsa => base64url(&sha2::Sha512::digest(access_token)[..32]),
        _ => base64url(&Sha256::digest(access_token)[..16]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::client_meta::Alg;

    /// The example of OIDC Core §A.3.
    #[test]
    fn at_hash_of_the_example() {
        assert_eq!(at_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", Alg::Rs256), "77QmUPtjPfzWtF2AnpK9RQ");
    }
}
