//! Secrets at rest: AES-256-GCM under a key derived from the master key, with the place of the secret as associated
//! data, so that a sealed value moved to another row does not open.

use hmac::{Hmac, KeyInit, Mac};
use openssl::symm::{Cipher, decrypt_aead, encrypt_aead};
use sha2::Sha256;

use crate::base::random::{base64url, bytes, from_base64url};

const VERSION: u8 = 1;
const KEY_ID: usize = 4;
const NONCE: usize = 12;
const TAG: usize = 16;
const HEAD: usize = 1 + KEY_ID + NONCE;

/// The one secret outside of the database, from which all others are reached.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the master key is not 32 bytes in base64url")]
    Malformed,
    #[error("sealed with another master key")]
    OtherKey,
    #[error("a sealed value is damaged or stands in the wrong place")]
    Damaged,
}

impl MasterKey {
    pub fn random() -> Self {
        Self(bytes())
    }

    pub fn parse(text: &str) -> Result<Self, Error> {
        let bytes = from_base64url(text.trim()).ok_or(Error::Malformed)?;
        bytes.try_into().map(Self).map_err(|_| Error::Malformed)
    }

    /// As it stands in the key file.
    pub fn text(&self) -> String {
        base64url(self.0)
    }

    /// Seals `plain` for `place` (`table/row`).
    pub fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let nonce: [u8; NONCE] = bytes();
        let mut tag = [0; TAG];
        let key = self.derive("seal");
        let cipher = Cipher::aes_256_gcm();
        let sealed = encrypt_aead(cipher, &key, Some(&nonce), place.as_bytes(), plain, &mut tag);
        let sealed = sealed.map_err(|_| Error::Damaged)?;
        Ok([&[VERSION][..], &self.id(), &nonce, &sealed, &tag].concat())
    }

    /// Opens what [`MasterKey::seal`] sealed for the same place.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        let body = sealed.len().checked_sub(TAG).filter(|body| *body >= HEAD).ok_or(Error::Damaged)?;
        if sealed[0] != VERSION {
            return Err(Error::Damaged);
        }
        if sealed[1..=KEY_ID] != self.id() {
            return Err(Error::OtherKey);
        }
        let (nonce, tag) = (&sealed[1 + KEY_ID..HEAD], &sealed[body..]);
        let key = self.derive("seal");
        let plain = decrypt_aead(Cipher::aes_256_gcm(), &key, Some(nonce), place.as_bytes(), &sealed[HEAD..body], tag);
        plain.map_err(|_| Error::Damaged)
    }

    /// A secret of its own for each purpose; the same on every node.
    pub fn token(&self, purpose: &str) -> String {
        base64url(self.derive(purpose))
    }

    /// A keyed digest of `text` for a purpose: nobody makes it without the master key.
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    pub fn mac(&self, purpose: &str, text: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.derive(purpose)).expect("any length");
        mac.update(text);
        mac.finalize().into_bytes().into()
    }

    /// Tells which master key sealed a value, and nothing else about it.
    fn id(&self) -> [u8; KEY_ID] {
        let digest = self.derive("id");
        [digest[0], digest[1], digest[2], digest[3]]
    }

    /// HMAC as a key derivation function (NIST SP 800-108 §4.1, one round).
    fn derive(&self, purpose: &str) -> [u8; 32] {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length");
        mac.update(b"signet 1 ");
        mac.update(purpose.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_with_the_same_key_at_the_same_place() {
        let (key, other) = (MasterKey::random(), MasterKey::random());
        let sealed = key.seal("signing_key/1", b"secret").unwrap();
        assert_eq!(key.open("signing_key/1", &sealed).unwrap(), b"secret");
        assert_eq!(key.open("signing_key/2", &sealed), Err(Error::Damaged));
        assert_eq!(other.open("signing_key/1", &sealed), Err(Error::OtherKey));
        for cut in 0..sealed.len() {
            assert!(key.open("signing_key/1", &sealed[..cut]).is_err(), "{cut}");
        }
        let mut flipped = sealed.clone();
        flipped[HEAD] ^= 1;
        assert_eq!(key.open("signing_key/1", &flipped), Err(Error::Damaged));
        assert_ne!(key.seal("signing_key/1", b"secret").unwrap(), sealed, "equal plaintexts differ");
    }

    #[test]
    fn the_file_form_round_trips() {
        let key = MasterKey::random();
        assert_eq!(MasterKey::parse(&format!("{}\n", key.text())).unwrap().0, key.0);
        for bad in ["", "short", "not base64!"] {
            assert_eq!(MasterKey::parse(bad).unwrap_err(), Error::Malformed);
        }
    }
}
