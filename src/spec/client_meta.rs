//! Client metadata (RFC 7591 §2, OpenID Connect Dynamic Client Registration §2), and settings of our own.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

use super::check::Check;
use super::error::{Code, Refusal};
use super::redirect_uri::{self, Port};
use super::right::{self, Right};
use super::scope::Scope;
use crate::base::net::is_loopback;

crate::text_enum! {
    /// How a client proves who it is at the token endpoint (OIDC Core §9).
    AuthMethod {
        None = "none",
        SecretBasic = "client_secret_basic",
        SecretPost = "client_secret_post",
    }
}

crate::text_enum! {
    /// What a client may exchange for tokens (RFC 7591 §2).
    GrantType {
        AuthorizationCode = "authorization_code",
        RefreshToken = "refresh_token",
        ClientCredentials = "client_credentials",
    }
}

crate::text_enum! {
    /// Signature algorithms (RFC 7518 §3.1, RFC 8037 §3.1) that we have keys for.
    Alg {
        Rs256 = "RS256",
        Es256 = "ES256",
        Ps256 = "PS256",
        EdDsa = "EdDSA",
    }
}

crate::text_enum! {
    ApplicationType {
        Web = "web",
        Native = "native",
    }
}

crate::text_enum! {
    /// What an access token looks like: signed claims (RFC 9068), or a reference that only we can read.
    TokenFormat {
        Jwt = "jwt",
        Opaque = "opaque",
    }
}

/// A year, in seconds.
const LONGEST_AGE: u64 = 31_536_000;

/// What is known of a client. A member that is not listed here is not supported and refused by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Metadata {
    pub client_name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redirect_uris: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub post_logout_redirect_uris: Vec<String>,
    #[schema(value_type = String)]
    pub application_type: ApplicationType,
    #[schema(value_type = String)]
    pub token_endpoint_auth_method: AuthMethod,
    #[schema(value_type = Vec<String>)]
    pub grant_types: Vec<GrantType>,
    pub response_types: Vec<String>,
    #[schema(value_type = String)]
    pub scope: Scope,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tos_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initiate_login_uri: Option<String>,
    #[schema(value_type = String)]
    pub id_token_signed_response_alg: Alg,
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub userinfo_signed_response_alg: Option<Alg>,
    /// Ours: the algorithm of JWT access tokens.
    #[schema(value_type = String)]
    pub access_token_signed_response_alg: Alg,
    /// Seconds; at most a year.
    #[schema(maximum = 31_536_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_max_age: Option<u64>,
    /// Ours.
    #[schema(value_type = String)]
    pub access_token_format: TokenFormat,
    /// Ours: public clients must use PKCE whatever is said here.
    pub require_pkce: bool,
    /// Ours: an app of the same house; people are not asked for consent.
    pub first_party: bool,
    /// Ours: nobody signs in to it with one factor alone.
    pub require_factor: bool,
}

impl Default for Metadata {
    fn default() -> Self {
        Self {
            client_name: String::new(),
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            application_type: ApplicationType::Web,
            token_endpoint_auth_method: AuthMethod::SecretBasic,
            grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
            response_types: vec!["code".to_owned()],
            scope: Scope::parse("openid profile email offline_access"),
            contacts: Vec::new(),
            client_uri: None,
            logo_uri: None,
            policy_uri: None,
            tos_uri: None,
            initiate_login_uri: None,
            id_token_signed_response_alg: Alg::Rs256,
            userinfo_signed_response_alg: None,
            access_token_signed_response_alg: Alg::Es256,
            default_max_age: None,
            access_token_format: TokenFormat::Jwt,
            require_pkce: true,
            first_party: false,
            require_factor: false,
        }
    }
}

impl Metadata {
    /// Reads client metadata as JSON; fails with `invalid_client_metadata` and the name of what is wrong.
    pub fn from_json(text: &str) -> Result<Self, Refusal> {
        let metadata: Self = serde_json::from_str(text).map_err(|error| bad(format!("the metadata: {error}")))?;
        metadata.check()?;
        Ok(metadata)
    }

    /// Metadata by the names of their members; null is what a member is by itself. Fails as [`Metadata::from_json`], but
    /// does not say yet whether the members go together.
    pub fn of_members(mut members: Map<String, Value>) -> Result<Self, Refusal> {
        members.retain(|_, value| !value.is_null());
        serde_json::from_value(Value::Object(members)).map_err(|error| bad(format!("the metadata: {error}")))
    }

    /// The metadata as they are kept, if they are valid.
    pub fn checked(self) -> Result<Self, Refusal> {
        self.check()?;
        Ok(self.normalized())
    }

    /// Without a person there is nobody to ask: neither response types nor the scopes about people mean anything.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        if !self.may(GrantType::AuthorizationCode) {
            self.response_types.clear();
            self.scope = self.scope.impersonal();
        }
        self
    }

    /// Whether the members are valid and go together.
    pub fn check(&self) -> Result<(), Refusal> {
        let name = self.client_name.trim();
        if name.is_empty() || name.len() > 128 || name.chars().any(char::is_control) {
            return Err(bad("client_name must have 1 to 128 bytes, without control characters"));
        }
        self.check_redirects()?;
        self.check_grants()?;
        if self.default_max_age.is_some_and(|age| age > LONGEST_AGE) {
            return Err(bad(format!("default_max_age must be at most {LONGEST_AGE}")));
        }
        if !self.scope.is_valid() {
            return Err(bad("scope has a forbidden character or more than 50 values"));
        }
        let unknown = |name: &&str| name.starts_with(right::SCOPE) && Right::of_scope(name).is_none();
        if let Some(unknown) = self.scope.iter().find(unknown) {
            return Err(bad(format!("scope: {unknown} is none of Signet's own; the others begin in another way")));
        }
        for (member, uri) in [
            ("client_uri", &self.client_uri),
            ("logo_uri", &self.logo_uri),
            ("policy_uri", &self.policy_uri),
            ("tos_uri", &self.tos_uri),
            ("initiate_login_uri", &self.initiate_login_uri),
        ] {
            if uri.as_deref().is_some_and(|uri| !is_web_address(uri)) {
                return Err(bad(format!("{member} must be an https URI of at most 2048 bytes")));
            }
        }
        Ok(())
    }

    fn check_redirects(&self) -> Result<(), Refusal> {
        for (member, uris) in
            [("redirect_uris", &self.redirect_uris), ("post_logout_redirect_uris", &self.post_logout_redirect_uris)]
        {
            let refuse = |what: String| {
                let refusal = Code::InvalidRedirectUri.because(format!("{member}: {what}"));
                Err(refusal.at(Check::Metadata, "absolute https URIs, or http on loopback", what))
            };
            if uris.len() > redirect_uri::MOST {
                return refuse(format!("more than {}", redirect_uri::MOST));
            }
            if uris.iter().collect::<HashSet<_>>().len() < uris.len() {
                return refuse("one of them stands there twice".to_owned());
            }
            for uri in uris {
                redirect_uri::check(uri).or_else(refuse)?;
            }
        }
        Ok(())
    }

    fn check_grants(&self) -> Result<(), Refusal> {
        if self.grant_types.is_empty() {
            return Err(bad("grant_types is empty"));
        }
        let code = self.may(GrantType::AuthorizationCode);
        if code == self.redirect_uris.is_empty() {
            return Err(bad("redirect_uris are needed with grant type authorization_code, and only then"));
        }
        if self.may(GrantType::RefreshToken) && !code {
            return Err(bad("grant type refresh_token is of use only together with authorization_code"));
        }
        if self.may(GrantType::ClientCredentials) && self.is_public() {
            return Err(bad("grant type client_credentials needs a client that authenticates"));
        }
        let types: &[&str] = if code { &["code"] } else { &[] };
        if code && self.response_types.iter().map(String::as_str).ne(types.iter().copied()) {
            return Err(bad("response_types: only \"code\" is supported"));
        }
        Ok(())
    }

    pub fn may(&self, grant: GrantType) -> bool {
        self.grant_types.contains(&grant)
    }

    /// RFC 6749 §2.1: a client that cannot keep a secret.
    pub fn is_public(&self) -> bool {
        self.token_endpoint_auth_method == AuthMethod::None
    }

    /// Apps on a person's own machine (RFC 8252) learn their port only when they start.
    pub fn port(&self) -> Port {
        let native = self.application_type == ApplicationType::Native || self.is_public();
        if native { Port::Any } else { Port::Exact }
    }

    pub fn needs_pkce(&self) -> bool {
        self.require_pkce || self.is_public()
    }
}

/// `https`, or `http` on loopback for trying things out.
fn is_web_address(uri: &str) -> bool {
    let secure = |url: Url| url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    uri.len() <= redirect_uri::LONGEST && Url::parse(uri).is_ok_and(secure)
}

fn bad(reason: impl Into<String>) -> Refusal {
    let reason = reason.into();
    Code::InvalidClientMetadata.because(reason.clone()).at(Check::Metadata, "valid client metadata", reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(change: &str) -> Result<Metadata, Refusal> {
        let mut all: serde_json::Value = serde_json::json!({
            "client_name": "Demo", "redirect_uris": ["https://rp.test/cb"],
        });
        let change: serde_json::Value = serde_json::from_str(change).unwrap();
        for (name, value) in change.as_object().unwrap() {
            all[name] = value.clone();
        }
        Metadata::from_json(&all.to_string())
    }

    #[test]
    fn defaults_are_those_of_the_specification() {
        let metadata = read("{}").unwrap();
        assert_eq!(metadata.token_endpoint_auth_method, AuthMethod::SecretBasic);
        assert_eq!(metadata.id_token_signed_response_alg, Alg::Rs256);
        let again = Metadata::from_json(&serde_json::to_string(&metadata).unwrap()).unwrap();
        assert_eq!(again, metadata);
    }

    #[test]
    fn refusals_name_the_member() {
        for (change, code, named) in [
            (r#"{"jwks_uri": "https://rp.test/jwks"}"#, Code::InvalidClientMetadata, "jwks_uri"),
            (r#"{"client_name": ""}"#, Code::InvalidClientMetadata, "client_name"),
            (r#"{"redirect_uris": []}"#, Code::InvalidClientMetadata, "redirect_uris"),
            (r#"{"redirect_uris": ["https://rp.test/cb#f"]}"#, Code::InvalidRedirectUri, "redirect_uris"),
            (r#"{"redirect_uris": ["https://a.test/", "https://a.test/"]}"#, Code::InvalidRedirectUri, "twice"),
            (r#"{"response_types": ["token"]}"#, Code::InvalidClientMetadata, "response_types"),
            (r#"{"grant_types": ["password"]}"#, Code::InvalidClientMetadata, "password"),
            (r#"{"grant_types": []}"#, Code::InvalidClientMetadata, "grant_types"),
            (r#"{"id_token_signed_response_alg": "none"}"#, Code::InvalidClientMetadata, "none"),
            (r#"{"logo_uri": "http://rp.test/logo"}"#, Code::InvalidClientMetadata, "logo_uri"),
            (r#"{"scope": "a\"b"}"#, Code::InvalidClientMetadata, "scope"),
            (r#"{"scope": "openid signet:all"}"#, Code::InvalidClientMetadata, "signet:all"),
            (
                r#"{"token_endpoint_auth_method": "none", "grant_types": ["authorization_code", "client_credentials"]}"#,
                Code::InvalidClientMetadata,
                "client_credentials",
            ),
        ] {
            let refusal = read(change).unwrap_err();
            assert_eq!(refusal.code, code, "{change}");
            assert!(refusal.reason.contains(named), "{change}: {}", refusal.reason);
        }
    }
}
