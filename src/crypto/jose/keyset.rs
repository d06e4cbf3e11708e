//! All keys that are published: the current ones, the next ones, and those whose tokens may still be in use.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::{Invalid, Key, Typ};
use crate::base::random::{from_base64url, sha256};
use crate::base::time::Ts;
use crate::spec::client_meta::Alg;

/// The keys of one tenant, and the bytes that the JWKS endpoint answers with.
pub struct Keyset {
    keys: Vec<Key>,
    pub published: Published,
}

/// An answer made once: its bytes and its entity tag.
#[derive(Debug, Clone)]
pub struct Published {
    pub bytes: Bytes,
    pub etag: String,
}

impl Published {
    pub fn new(document: &impl serde::Serialize) -> serde_json::Result<Self> {
        let bytes = serde_json::to_vec(document)?;
        let etag = format!("\"{}\"", &sha256(&String::from_utf8_lossy(&bytes))[..16]);
        Ok(Self { bytes: bytes.into(), etag })
    }
}

#[derive(Deserialize)]
struct Header {
    alg: Alg,
    kid: String,
    #[serde(default)]
    typ: Option<String>,
}

impl Keyset {
    pub fn new(mut keys: Vec<Key>) -> serde_json::Result<Self> {
        // newest first, so that the first active one is the current one
        keys.sort_by_key(|key| std::cmp::Reverse((key.active_at, key.generation)));
        let public: Vec<_> = keys.iter().map(|key| &key.public).collect();
        let published = Published::new(&json!({ "keys": public }))?;
        Ok(Self { keys, published })
    }

    /// The key that signs at `now`; none while the first ones are being made.
    pub fn current(&self, alg: Alg, now: Ts) -> Option<&Key> {
        self.keys.iter().find(|key| key.alg == alg && key.active_at.is_some_and(|from| from <= now))
    }

    /// Whether every algorithm has a key to sign with.
    pub fn is_complete(&self, now: Ts) -> bool {
        Alg::ALL.iter().all(|alg| self.current(*alg, now).is_some())
    }

    /// The claims of a token that one of our keys signed. Says nothing of its lifetime or audience.
    pub fn verify(&self, token: &str, typ: Typ) -> Result<Vec<u8>, Invalid> {
        let (message, signature) = token.rsplit_once('.').ok_or(Invalid::Form)?;
        let (header, payload) = message.split_once('.').ok_or(Invalid::Form)?;
        let decode = |part: &str| from_base64url(part).ok_or(Invalid::Form);
        let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| Invalid::Form)?;
        let key = self.keys.iter().find(|key| key.kid == header.kid).ok_or(Invalid::UnknownKey)?;
        if key.alg != header.alg || header.typ.as_deref() != Some(typ.text()) {
            return Err(Invalid::Header);
        }
        if !key.verify(message.as_bytes(), &decode(signature)?) {
            return Err(Invalid::Signature);
        }
        decode(payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::jose::KeyPair;

    fn key(alg: Alg, active_at: Option<i64>) -> Key {
        let pair = KeyPair::generate(alg).unwrap();
        Key::parse(&pair.kid, alg, (1, active_at.map(Ts)), pair.private.as_bytes()).unwrap()
    }

    #[test]
    fn every_algorithm_signs_and_verifies() {
        for alg in Alg::ALL {
            let set = Keyset::new(vec![key(*alg, Some(1))]).unwrap();
            let signer = set.current(*alg, Ts(1)).unwrap();
            let token = signer.sign(Typ::AccessToken, &json!({ "sub": "ada" })).unwrap();
            assert_eq!(set.verify(&token, Typ::AccessToken).unwrap(), br#"{"sub":"ada"}"#, "{alg}");
            assert_eq!(set.verify(&token, Typ::Jwt), Err(Invalid::Header), "{alg}: an access token is no ID token");
            let (message, _) = token.rsplit_once('.').unwrap();
            assert_eq!(set.verify(&format!("{message}."), Typ::AccessToken), Err(Invalid::Signature), "{alg}");
            let other = Keyset::new(vec![key(*alg, Some(1))]).unwrap();
            assert_eq!(other.verify(&token, Typ::AccessToken), Err(Invalid::UnknownKey), "{alg}");
        }
    }

    #[test]
    fn the_algorithm_comes_from_the_key_and_not_from_the_header() {
        let set = Keyset::new(vec![key(Alg::Es256, Some(1))]).unwrap();
        let kid = &set.keys[0].kid;
        for alg in ["none", "HS256", "RS256"] {
            let header = json!({ "alg": alg, "kid": kid, "typ": "JWT" }).to_string();
            let token = format!("{}.e30.", crate::base::random::base64url(header));
            assert!(matches!(set.verify(&token, Typ::Jwt), Err(Invalid::Header | Invalid::Form)), "{alg}");
        }
        for junk in ["", ".", "..", "a.b.c", "e30.e30"] {
            assert_eq!(set.verify(junk, Typ::Jwt), Err(Invalid::Form), "{junk}");
        }
    }

    #[test]
    fn the_newest_active_key_signs_and_all_are_published_without_secrets() {
        let keys = vec![key(Alg::Es256, Some(10)), key(Alg::Es256, None), key(Alg::Es256, Some(20))];
        let kids: Vec<_> = keys.iter().map(|key| key.kid.clone()).collect();
        let set = Keyset::new(keys).unwrap();
        let current = |now| set.current(Alg::Es256, Ts(now)).map(|key| key.kid.clone());
        assert_eq!((current(9), current(19), current(20)), (None, Some(kids[0].clone()), Some(kids[2].clone())));
        let published: serde_json::Value = serde_json::from_slice(&set.published.bytes).unwrap();
        for jwk in published["keys"].as_array().unwrap() {
            assert!(jwk["d"].is_null() && jwk["use"] == "sig" && kids.iter().any(|kid| jwk["kid"] == **kid), "{jwk}");
        }
        assert_eq!(published["keys"].as_array().unwrap().len(), 3);
    }
}
