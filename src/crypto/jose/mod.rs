//! JSON Web Keys, signatures and tokens (RFC 7515, 7517, 7518, 7519), on `josekit` and so on OpenSSL.

mod key;
mod keyset;

pub use key::{Key, KeyPair, Typ};
pub use keyset::{Keyset, Published};

/// A key or signature operation failed; a token that does not verify is [`Invalid`] instead.
#[derive(Debug, thiserror::Error)]
#[error("jose: {0}")]
pub struct Error(#[from] josekit::JoseError);

/// Why a token was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    #[error("not a signed token in compact form")]
    Form,
    #[error("signed with a key that is not ours")]
    UnknownKey,
    #[error("of another type, or signed with another algorithm than its key's")]
    Header,
    #[error("the signature is wrong")]
    Signature,
}
