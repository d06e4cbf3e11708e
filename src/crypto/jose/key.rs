//! One signing key, ready to use.

use josekit::jwk::Jwk;
use josekit::jwk::alg::ec::EcCurve;
use josekit::jwk::alg::ed::EdCurve;
use josekit::jws::{ES256, EdDSA, JwsSigner, JwsVerifier, PS256, RS256};
use serde::Serialize;
use serde_json::{Value, json};

use super::Error;
use crate::base::random::{base64url, sha256};
use crate::base::time::Ts;
use crate::spec::access_token;
use crate::spec::client_meta::Alg;

const RSA_BITS: u32 = 2048;

/// What a signed token is, as its header says it (RFC 8725 §3.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typ {
    AccessToken,
    /// ID tokens and signed userinfo.
    Jwt,
}

impl Typ {
    pub const fn text(self) -> &'static str {
        match self {
            Self::AccessToken => access_token::TYP,
            Self::Jwt => "JWT",
        }
    }
}

/// A fresh key as a private JWK; it is sealed before it goes anywhere.
pub struct KeyPair {
    pub kid: String,
    pub private: String,
}

impl KeyPair {
    /// RSA keys have 2,048 bits (and take a tenth of a second), the others are of P-256 and Ed25519.
    pub fn generate(alg: Alg) -> Result<Self, Error> {
        let mut private = match alg {
            Alg::Rs256 | Alg::Ps256 => Jwk::generate_rsa_key(RSA_BITS)?,
            Alg::Es256 => Jwk::generate_ec_key(EcCurve::P256)?,
            Alg::EdDsa => Jwk::generate_ed_key(EdCurve::Ed25519)?,
        };
        let kid = sha256(&private.to_public_key()?.to_string())[..16].to_owned();
        private.set_key_id(&kid);
        private.set_key_use("sig");
        private.set_algorithm(alg.text());
        Ok(Self { kid, private: private.to_string() })
    }
}

/// A key in memory: parsed once, with the encoded headers of its tokens.
pub struct Key {
    pub kid: String,
    pub alg: Alg,
    /// From when on it signs; none while it waits to be the next.
    pub active_at: Option<Ts>,
    /// Counts up with each key of this algorithm.
    pub generation: i32,
    pub(super) public: Value,
    signer: Box<dyn JwsSigner>,
    verifier: Box<dyn JwsVerifier>,
    headers: [String; 2],
}

impl Key {
    /// Parses a private JWK, as [`KeyPair::generate`] makes it.
    pub fn parse(
        kid: &str,
        alg: Alg,
        (generation, active_at): (i32, Option<Ts>),
        private: &[u8],
    ) -> Result<Self, Error> {
        let private = Jwk::from_bytes(private)?;
        let mut public = private.to_public_key()?;
        public.set_key_id(kid);
        public.set_algorithm(alg.text());
        let signer: Box<dyn JwsSigner> = match alg {
            Alg::Rs256 => Box::new(RS256.signer_from_jwk(&private)?),
            Alg::Ps256 => Box::new(PS256.signer_from_jwk(&private)?),
            Alg::Es256 => Box::new(ES256.signer_from_jwk(&private)?),
            Alg::EdDsa => Box::new(EdDSA.signer_from_jwk(&private)?),
        };
        let verifier: Box<dyn JwsVerifier> = match alg {
            Alg::Rs256 => Box::new(RS256.verifier_from_jwk(&public)?),
            Alg::Ps256 => Box::new(PS256.verifier_from_jwk(&public)?),
            Alg::Es256 => Box::new(ES256.verifier_from_jwk(&public)?),
            Alg::EdDsa => Box::new(EdDSA.verifier_from_jwk(&public)?),
        };
        let header = |typ: Typ| base64url(json!({ "alg": alg, "kid": kid, "typ": typ.text() }).to_string());
        let headers = [header(Typ::AccessToken), header(Typ::Jwt)];
        let public = Value::Object(public.as_ref().clone());
        Ok(Self { kid: kid.to_owned(), alg, active_at, generation, public, signer, verifier, headers })
    }

    /// Signs the claims: a JWT in compact form (RFC 7515 §7.1).
    pub fn sign(&self, typ: Typ, claims: &impl Serialize) -> Result<String, Error> {
        let payload = serde_json::to_vec(claims).map_err(|error| josekit::JoseError::InvalidClaim(error.into()))?;
        let header = match typ {
            Typ::AccessToken => &self.headers[0],
            Typ::Jwt => &self.headers[1],
        };
        let mut token = format!("{header}.{}", base64url(payload));
        let signature = self.signer.sign(token.as_bytes())?;
        token.push('.');
        token.push_str(&base64url(signature));
        Ok(token)
    }

    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.verifier.verify(message, signature).is_ok()
    }
}
