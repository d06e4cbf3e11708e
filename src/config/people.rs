//! How people are written to, and who may join them.

use serde::{Deserialize, Serialize};
use url::Url;

use super::Mistakes;

/// Where mail goes. The URL may hold a password, so it is never shown.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mail {
    pub smtp_url: String,
    pub from: String,
}

impl Mail {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let scheme = Url::parse(&self.smtp_url).map(|url| url.scheme().to_owned()).unwrap_or_default();
        let good = self.smtp_url.is_empty() || matches!(scheme.as_str(), "smtp" | "smtps");
        mistakes.unless(good, "mail.smtp_url", "…", "smtp://user:password@host:port?tls=required or smtps://…");
    }
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("from", &self.from).finish_non_exhaustive()
    }
}

#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sms {
    pub url: String,
    pub account: String,
    pub token: String,
    pub from: String,
}

impl Sms {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let good = Url::parse(&self.url).is_ok_and(|url| matches!(url.scheme(), "https" | "http"));
        mistakes.unless(
            good && !self.url.ends_with('/'),
            "sms.url",
            &self.url,
            "https://host, without a slash at the end",
        );
        let whole = self.account.is_empty() == (self.token.is_empty() && self.from.is_empty());
        mistakes.unless(whole, "sms.account", &self.account, "account, token and from belong together");
    }
}

impl std::fmt::Debug for Sms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sms").field("url", &self.url).field("from", &self.from).finish_non_exhaustive()
    }
}

crate::text_enum! {
    /// Who may sign up.
    Mode {
        Open = "open",
        /// Everybody, but an administrator has to let them in.
        Approval = "approval",
        Closed = "closed",
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Registration {
    pub mode: String,
    pub domains: Vec<String>,
    pub terms_uri: String,
    pub privacy_uri: String,
    pub terms_version: String,
}

impl Registration {
    pub fn mode(&self) -> Mode {
        Mode::parse(&self.mode).unwrap_or(Mode::Closed)
    }

    /// Whether somebody with this address may sign up.
    pub fn admits(&self, email: &str) -> bool {
        let host = email.rsplit('@').next().unwrap_or_default();
        self.domains.is_empty() || self.domains.iter().any(|domain| domain.eq_ignore_ascii_case(host))
    }

    /// Whether there is something to be accepted.
    pub fn has_terms(&self) -> bool {
        !self.terms_uri.is_empty() || !self.privacy_uri.is_empty()
    }

    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        mistakes.unless(Mode::parse(&self.mode).is_some(), "registration.mode", &self.mode, &Mode::names());
        for (key, uri) in [("registration.terms_uri", &self.terms_uri), ("registration.privacy_uri", &self.privacy_uri)]
        {
            let good = uri.is_empty() || Url::parse(uri).is_ok_and(|uri| uri.scheme() == "https");
            mistakes.unless(good, key, uri, "an https address, or empty");
        }
        let good = !self.has_terms() || !self.terms_version.is_empty();
        mistakes.unless(
            good,
            "registration.terms_version",
            &self.terms_version,
            "a date or number, as there are terms",
        );
    }
}
