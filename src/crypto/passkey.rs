//! Passkeys and security keys (WebAuthn Level 3), as far as they can be computed. The host of the issuer is the relying
//! party, and its origin the only one whose answers count. User verification is always asked for, and required.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Webauthn, WebauthnBuilder, WebauthnError,
};

use crate::base::random::{base64url, sha256};

pub use webauthn_rs::prelude::{
    DiscoverableAuthentication as Authentication, Passkey, PasskeyRegistration as Registration,
};

/// How long a browser may take for its answer.
pub const TTL: Duration = Duration::from_mins(5);

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// WebAuthn §5.1.2: a relying party is called by a name.
    #[error("passkeys need an issuer whose host is a name, not an address")]
    Off,
    /// WebAuthn §6.1.1: there may be a copy of the key.
    #[error("the counter of the passkey went backwards")]
    Counter,
    #[error("not the answer of a passkey")]
    Form,
    #[error("{0}")]
    Wrong(WebauthnError),
}

impl From<WebauthnError> for Error {
    fn from(error: WebauthnError) -> Self {
        match error {
            WebauthnError::CredentialPossibleCompromise => Self::Counter,
            other => Self::Wrong(other),
        }
    }
}

/// Whether there can be passkeys at this issuer.
pub fn are_possible(issuer: &str) -> bool {
    Url::parse(issuer).is_ok_and(|url| url.domain().is_some())
}

/// We, as a browser knows us.
pub struct RelyingParty(Webauthn);

/// Whom a new passkey is for. Browsers show both names.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    pub handle: Uuid,
    pub account: &'a str,
    pub name: &'a str,
}

/// What a passkey knows its person by: it tells nothing to others (WebAuthn §14.6.1), and it never changes.
pub fn user_handle(user: &str) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(format!("signet passkey {user}"))[..16]);
    Uuid::from_bytes(bytes)
}

/// What finds a passkey by the id that it shows.
pub fn handle(credential_id: &[u8]) -> String {
    sha256(&base64url(credential_id))
}

/// What a browser has sent, read but not believed.
pub struct Answer(PublicKeyCredential);

impl Answer {
    pub fn parse(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text).map(Self).map_err(|_| Error::Form)
    }

    pub fn handle(&self) -> String {
        handle(self.0.get_credential_id())
    }

    /// Whose passkey it says it is; those that are not discoverable say nothing.
    pub fn user_handle(&self) -> Option<&[u8]> {
        self.0.get_user_unique_id()
    }
}

/// A passkey that has proved itself, as it has to be kept from now on.
pub struct Proof {
    pub passkey: Passkey,
    /// By touch, face or PIN.
    pub user_verified: bool,
    /// It may be copied between devices.
    pub is_synced: bool,
}

impl RelyingParty {
    /// Fails when the issuer has no name.
    pub fn new(issuer: &str, name: &str) -> Result<Self, Error> {
        let origin = Url::parse(issuer).map_err(|_| Error::Off)?;
        let host = origin.domain().ok_or(Error::Off)?;
        let builder = WebauthnBuilder::new(host, &origin)?.rp_name(name).timeout(TTL);
        Ok(Self(builder.build()?))
    }

    /// Options for `navigator.credentials.create`, in which none of `known` is made anew.
    pub fn begin_registration(&self, person: Person<'_>, known: &[Passkey]) -> Result<(Value, Registration), Error> {
        let known = known.iter().map(|passkey| passkey.cred_id().clone()).collect();
        let Person { handle, account, name } = person;
        let (options, state) = self.0.start_passkey_registration(handle, account, name, Some(known))?;
        let mut options = json(&options)?;
        // so that it can be the only step; a security key without room for it still is a second one
        options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred".into();
        Ok((options, state))
    }

    pub fn finish_registration(&self, answer: &str, state: &PasskeyRegistration) -> Result<Passkey, Error> {
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| Error::Form)?;
        Ok(self.0.finish_passkey_registration(&answer, state)?)
    }

    /// Options for `navigator.credentials.get`: one of `allowed`, or any that the browser finds if there are none.
    pub fn begin(&self, allowed: &[Passkey]) -> Result<(Value, Authentication), Error> {
        let (mut options, state) = self.0.start_discoverable_authentication()?;
        if !allowed.is_empty() {
            options.public_key.allow_credentials =
                self.0.start_passkey_authentication(allowed)?.0.public_key.allow_credentials;
        }
        Ok((json(&options)?, state))
    }

    /// The signature, the origin, user verification and the counter are checked; whose passkey it is, is not.
    pub fn finish(&self, answer: &Answer, state: Authentication, mut passkey: Passkey) -> Result<Proof, Error> {
        let result = self.0.finish_discoverable_authentication_v2(&answer.0, state, &passkey)?;
        passkey.update_credential(&result);
        Ok(Proof { passkey, user_verified: result.user_verified(), is_synced: result.backup_eligible() })
    }
}

fn json(options: &impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(options).map_err(|_| Error::Form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_no_relying_party() {
        for issuer in ["http://127.0.0.1:8080", "http://[::1]:8080"] {
            assert!(
                !are_possible(issuer) && matches!(RelyingParty::new(issuer, "Signet"), Err(Error::Off)),
                "{issuer}"
            );
        }
        for issuer in ["http://localhost:8080", "https://id.example.com"] {
            assert!(are_possible(issuer) && RelyingParty::new(issuer, "Signet").is_ok(), "{issuer}");
        }
    }

    #[test]
    fn options_ask_for_what_we_rely_on() {
        let party = RelyingParty::new("https://id.example.com", "Signet").unwrap();
        let person = Person { handle: user_handle("1"), account: "ada", name: "Ada" };
        let (options, _) = party.begin_registration(person, &[]).unwrap();
        let options = &options["publicKey"];
        assert_eq!((&options["rp"]["id"], &options["timeout"]), (&"id.example.com".into(), &300_000.into()));
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(options["authenticatorSelection"]["residentKey"], "preferred");
        let (options, _) = party.begin(&[]).unwrap();
        assert_eq!(options["publicKey"]["userVerification"], "required");
        assert_eq!(options["publicKey"]["allowCredentials"], Value::Array(Vec::new()));
    }
}
