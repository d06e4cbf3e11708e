//! Use cases: one function for each thing the server can be asked to do, one transaction for each function. Knows
//! neither HTTP nor SQL nor HTML.

pub mod account;
pub mod admin;
pub mod attribute;
pub mod authorize;
pub mod challenge;
pub mod client_auth;
pub mod consent;
pub mod device;
mod engine;
pub mod enter;
pub mod explain;
pub mod factor;
pub mod familiar;
pub mod introspect;
pub mod invited;
pub mod job;
pub mod key;
pub mod lockout;
pub mod login;
pub mod login_code;
mod password;
pub mod post;
pub mod profile;
pub mod recover;
pub mod register;
pub mod renew;
pub mod revoke;
pub mod seed;
pub mod session;
pub mod setup;
pub mod token;
mod travel;
pub mod user;
pub mod userinfo;

use crate::crypto::{envelope, jose, password as hashing};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The asker may know why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Our fault: logged with its cause, shown without it.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What went wrong on our side.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Jose(#[from] jose::Error),
    #[error(transparent)]
    Seal(#[from] envelope::Error),
    #[error(transparent)]
    Password(#[from] hashing::Error),
    #[error("a stored document cannot be read: {0}")]
    Document(#[from] serde_json::Error),
    #[error("an archive cannot be written: {0}")]
    Archive(#[from] zip::result::ZipError),
    #[error("there is no key for {0} yet")]
    NoKey(crate::spec::client_meta::Alg),
    #[error("{0}")]
    Engine(&'static str),
}

impl Fault {
    /// It may work in a moment: 503 with `Retry-After` instead of 500.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Store(error) => error.is_unavailable(),
            Self::Password(error) => *error != hashing::Error::Failed,
            Self::NoKey(_) => true,
            _ => false,
        }
    }
}

macro_rules! faults {
    ($($source:ty),+) => { $(
        impl From<$source> for Error {
            fn from(source: $source) -> Self {
                Self::Fault(source.into())
            }
        }
    )+ };
}
faults!(store::Error, jose::Error, envelope::Error, serde_json::Error, hashing::Error, zip::result::ZipError);

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Somebody asked for a thing by a name that means nothing here, or not in this tenant.
pub fn missing(what: &str, name: &str) -> Error {
    let name = crate::base::text::clip(name, 64);
    let refusal = Code::InvalidRequest.because(format!("there is no {what} {name}"));
    refusal.with_status(404).at(Check::Known, what, name).into()
}
