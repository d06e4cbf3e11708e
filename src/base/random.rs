//! Random values handed to the outside world, and the hashes of them that we keep.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A bearer secret (code, token, cookie). `Debug` never shows it; only [`Opaque::hash`] is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Opaque(String);

/// How the secrets that may end up in somebody's repository begin, so that secret scanners find them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    AccessToken,
    RefreshToken,
    ClientSecret,
    ApiKey,
}

impl Kind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::AccessToken => "sgt_at_",
            Self::RefreshToken => "sgt_rt_",
            Self::ClientSecret => "sgt_cs_",
            Self::ApiKey => "sgt_key_",
        }
    }
}

impl Opaque {
    /// 256 random bits, base64url.
    pub fn random() -> Self {
        Self(base64url(bytes::<32>()))
    }

    /// Prefix, 256 random bits, and six characters of checksum: `sgt_at_…`.
    pub fn of(kind: Kind) -> Self {
        let body = format!("{}{}", kind.prefix(), base64url(bytes::<32>()));
        Self(format!("{body}{}", checksum(&body)))
    }

    /// Whether this can be a secret of that kind at all; a look-up is pointless otherwise.
    pub fn is(&self, kind: Kind) -> bool {
        let split = self.0.len().checked_sub(CHECKSUM).and_then(|at| self.0.split_at_checked(at));
        self.0.starts_with(kind.prefix()) && split.is_some_and(|(body, sum)| checksum(body) == sum)
    }

    pub fn hash(&self) -> String {
        sha256(&self.0)
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

const CHECKSUM: usize = 6;

fn checksum(body: &str) -> String {
    let mut sum = sha256(body);
    sum.truncate(CHECKSUM);
    sum
}

impl From<String> for Opaque {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&str> for Opaque {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl std::fmt::Debug for Opaque {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opaque(…)")
    }
}

/// Unpadded base64url of SHA-256, the form used by PKCE and by our `*_hash` columns.
pub fn sha256(text: &str) -> String {
    base64url(Sha256::digest(text))
}

pub fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Strict: no padding, no foreign characters.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Compares digests or secrets without telling by the time taken where they differ.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

#[expect(clippy::disallowed_methods, clippy::expect_used, reason = "the one source of randomness")]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A time-ordered identifier (`UUIDv7`, RFC 9562 §5.7); the key of every row that has no natural one.
pub fn id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// A short reference that a person can read out: eight characters without look-alikes, `K7QM-2F9X`.
pub fn reference() -> String {
    const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut text: String = bytes::<8>().iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    text.insert(4, '-');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_recognised_and_a_typing_error_is_not() {
        let token = Opaque::of(Kind::AccessToken);
        assert!(token.is(Kind::AccessToken) && !token.is(Kind::RefreshToken));
        let last = if token.reveal().ends_with('A') { 'B' } else { 'A' };
        let mut mistyped = token.reveal().to_owned();
        mistyped.pop();
        mistyped.push(last);
        for wrong in ["", "sgt_at_", "sgt_at_é", &mistyped] {
            assert!(!Opaque::from(wrong).is(Kind::AccessToken), "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_not_shown_by_debug() {
        let secret = Opaque::random();
        assert!(!format!("{secret:?}").contains(secret.reveal()));
    }

    #[test]
    fn references_are_short_and_differ() {
        let (one, two) = (reference(), reference());
        assert_eq!(one.len(), 9);
        assert_ne!(one, two);
    }
}
