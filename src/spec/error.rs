//! Error codes that travel on the wire, and what a refusal carries beside its code.

use std::borrow::Cow;
use std::time::Duration;

use super::check::Check;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    InvalidRequest,
    UnauthorizedClient,
    AccessDenied,
    UnsupportedResponseType,
    InvalidScope,
    ServerError,
    TemporarilyUnavailable,
    InvalidClient,
    InvalidGrant,
    UnsupportedGrantType,
    LoginRequired,
    ConsentRequired,
    InteractionRequired,
    UnmetAuthenticationRequirements,
    RequestNotSupported,
    RequestUriNotSupported,
    RegistrationNotSupported,
    InvalidToken,
    InsufficientScope,
    InvalidRedirectUri,
    InvalidClientMetadata,
}

impl Code {
    pub const ALL: &[Self] = &[
        Self::InvalidRequest,
        Self::UnauthorizedClient,
        Self::AccessDenied,
        Self::UnsupportedResponseType,
        Self::InvalidScope,
        Self::ServerError,
        Self::TemporarilyUnavailable,
        Self::InvalidClient,
        Self::InvalidGrant,
        Self::UnsupportedGrantType,
        Self::LoginRequired,
        Self::ConsentRequired,
        Self::InteractionRequired,
        Self::UnmetAuthenticationRequirements,
        Self::RequestNotSupported,
        Self::RequestUriNotSupported,
        Self::RegistrationNotSupported,
        Self::InvalidToken,
        Self::InsufficientScope,
        Self::InvalidRedirectUri,
        Self::InvalidClientMetadata,
    ];

    /// The registered name (RFC 6749 §4.1.2.1 and §5.2, OIDC Core §3.1.2.6, RFC 6750 §3.1, RFC 7591 §3.2.2).
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::AccessDenied => "access_denied",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::LoginRequired => "login_required",
            Self::ConsentRequired => "consent_required",
            Self::InteractionRequired => "interaction_required",
            // OpenID Connect Core Error Code unmet_authentication_requirements 1.0
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::RegistrationNotSupported => "registration_not_supported",
            Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
            Self::InvalidRedirectUri => "invalid_redirect_uri",
            Self::InvalidClientMetadata => "invalid_client_metadata",
        }
    }

    /// RFC 6749 §5.2: everything is 400 except a client that failed to authenticate; RFC 6750 §3.1 for tokens.
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidClient | Self::InvalidToken => 401,
            Self::InsufficientScope => 403,
            Self::ServerError => 500,
            Self::TemporarilyUnavailable => 503,
            _ => 400,
        }
    }

    /// A refusal with the text that the client may read.
    pub fn because(self, reason: impl Into<Cow<'static, str>>) -> Refusal {
        Refusal { code: self, reason: reason.into(), status: self.status(), retry_after: None, why: None }
    }
}

/// A "no" that the client may read. What only its owner should know is in [`Why`] and is never sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {reason}", code.name())]
pub struct Refusal {
    pub code: Code,
    pub reason: Cow<'static, str>,
    /// HTTP, where the answer is not a redirect.
    pub status: u16,
    pub retry_after: Option<Duration>,
    pub why: Option<Box<Why>>,
}

/// The check that failed: what it wanted, what it got, and which setting decides. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    pub check: Check,
    pub expected: String,
    pub received: String,
    pub setting: Option<&'static str>,
}

impl Refusal {
    /// Names the check that failed.
    #[must_use]
    pub fn at(mut self, check: Check, expected: impl Into<String>, received: impl Into<String>) -> Self {
        let (expected, received) = (expected.into(), received.into());
        self.why = Some(Box::new(Why { check, expected, received, setting: None }));
        self
    }

    /// Names the setting that decides, after [`Refusal::at`].
    #[must_use]
    pub fn set_by(mut self, setting: &'static str) -> Self {
        if let Some(why) = &mut self.why {
            why.setting = Some(setting);
        }
        self
    }

    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    #[must_use]
    pub fn retry_after(mut self, delay: Duration) -> Self {
        self.retry_after = Some(delay);
        self
    }

    /// The reason in the characters that RFC 6749 §5.2 allows in `error_description`.
    pub fn description(&self) -> String {
        let allowed = |c: char| if matches!(c, ' '..='!' | '#'..='[' | ']'..='~') { c } else { '\'' };
        self.reason.chars().map(allowed).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_stay_in_the_allowed_characters() {
        let refusal = Code::InvalidRequest.because("bad \"x\\y\"\r\n\u{e4}");
        assert_eq!(refusal.description(), "bad 'x'y''''");
    }

    #[test]
    fn names_differ() {
        let names: std::collections::HashSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
