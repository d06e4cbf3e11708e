//! How people are written to, and who may join them.

use std::net::IpAddr;
use std::time::Duration;

use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::sections::{DAY, within};
use super::{Mistakes, seconds};
use crate::base::net;

/// Where mail goes. The URL may hold a password, so it is never shown.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mail {
    pub smtp_url: String,
    pub ca_file: String,
    pub from: String,
}

/// A mail server, as `mail.smtp_url` says.
#[derive(Clone, PartialEq, Eq)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    /// User and password.
    pub login: Option<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    None,
    /// If the server offers it.
    Opportunistic,
    /// STARTTLS, or nothing is sent.
    Required,
    /// From the first byte on.
    Whole,
}

impl Encryption {
    pub fn told(self) -> &'static str {
        match self {
            Self::None => "not encrypted",
            Self::Opportunistic => "encrypted if the server can",
            Self::Required | Self::Whole => "encrypted",
        }
    }
}

impl Mail {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let allowed = self.server().err();
        mistakes.unless(allowed.is_none(), "mail.smtp_url", "…", allowed.unwrap_or_default());
        let unused = self.ca_file.is_empty() || !self.smtp_url.is_empty();
        mistakes.unless(unused, "mail.ca_file", &self.ca_file, "of no use without mail.smtp_url");
        let good = self.from.parse::<Mailbox>().is_ok_and(|from| from.email.to_string().is_ascii());
        mistakes.unless(good, "mail.from", &self.from, "an address, or Name <address>; the address in ASCII");
    }

    /// The server, if there is one; fails with what is allowed, which never repeats what was written.
    pub fn server(&self) -> Result<Option<MailServer>, &'static str> {
        if self.smtp_url.is_empty() {
            return Ok(None);
        }
        let url = Url::parse(&self.smtp_url).map_err(|_| SMTP_URL)?;
        let host = match url.host().ok_or(SMTP_URL)? {
            Host::Ipv6(address) => address.to_string(),
            other => other.to_string(),
        };
        let (encryption, usual) = encryption(&url)?;
        let login = login(&url)?;
        let bare = matches!(encryption, Encryption::None | Encryption::Opportunistic);
        if bare && login.is_some() && !is_here(&host) {
            return Err("a password goes only over TLS: smtps://…, or ?tls=required at the end");
        }
        Ok(Some(MailServer { host, port: url.port().unwrap_or(usual), encryption, login }))
    }
}

const SMTP_URL: &str = "smtp://user:password@host:587?tls=required or smtps://user:password@host; in user and password \
                        %40 stands for @, %3A for :, %2F for /, %25 for %";

fn encryption(url: &Url) -> Result<(Encryption, u16), &'static str> {
    let parameters: Vec<_> = url.query_pairs().collect();
    let tls = match parameters.as_slice() {
        [] => None,
        [(name, value)] if name == "tls" => Some(value.as_ref()),
        _ => return Err("no parameter but tls=required or tls=opportunistic"),
    };
    match (url.scheme(), tls) {
        ("smtps", None | Some("required")) => Ok((Encryption::Whole, 465)),
        ("smtp", Some("required")) => Ok((Encryption::Required, 587)),
        ("smtp", Some("opportunistic")) => Ok((Encryption::Opportunistic, 587)),
        ("smtp", None) => Ok((Encryption::None, 25)),
        ("smtp" | "smtps", _) => Err("tls must be required, or opportunistic with smtp://"),
        _ => Err(SMTP_URL),
    }
}

fn login(url: &Url) -> Result<Option<(String, String)>, &'static str> {
    let decode = |text| percent_decode_str(text).decode_utf8().map(Into::into).map_err(|_| SMTP_URL);
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (user, Some(password)) if !user.is_empty() => Ok(Some((decode(user)?, decode(password)?))),
        _ => Err("user and password belong together: smtp://user:password@host"),
    }
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
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
        let good = Url::parse(&self.url).is_ok_and(|url| {
            let secure = url.scheme() == "https" || (url.scheme() == "http" && net::is_loopback(&url));
            let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
            secure && plain && url.password().is_none() && !self.url.ends_with('/')
        });
        let allowed = "https://host, without a slash at the end and without a password; http on this machine only";
        mistakes.unless(good, "sms.url", "…", allowed);
        // it becomes a part of the path
        let good = self.account.bytes().all(|byte| byte.is_ascii_alphanumeric());
        mistakes.unless(good, "sms.account", &self.account, "letters and digits");
        let given = [&self.account, &self.token, &self.from].into_iter().filter(|setting| !setting.is_empty()).count();
        let allowed = "account, token and from belong together: all three, or none";
        mistakes.unless(matches!(given, 0 | 3), "sms.account", &self.account, allowed);
    }
}

impl std::fmt::Debug for Sms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sms").field("url", &self.url).field("from", &self.from).finish_non_exhaustive()
    }
}

crate::text_enum! {
    /// Where a code can be sent.
    Carrier {
        Email = "email",
        Sms = "sms",
    }
}

/// What codes that are sent may prove.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// As a second factor.
    pub second: Vec<String>,
    /// In the place of the password.
    pub alone: Vec<String>,
    /// To choose another password with, when it is forgotten.
    pub recover: Vec<String>,
    /// Whether people without a second factor are shown once how to get one.
    pub offer: bool,
    /// How long it takes until somebody who has lost all factors gets in without.
    #[serde(with = "super::seconds")]
    pub reset_delay: Duration,
    /// Whether that is also for people whose role demands a factor.
    pub reset_for_roles: bool,
}

impl Factor {
    pub fn may_be_second(&self, carrier: Carrier) -> bool {
        self.second.iter().any(|name| name == carrier.text())
    }

    pub fn may_recover(&self, carrier: Carrier) -> bool {
        self.recover.iter().any(|name| name == carrier.text())
    }

    pub fn may_be_alone(&self, carrier: Carrier) -> bool {
        self.alone.iter().any(|name| name == carrier.text())
    }

    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        for (key, names) in
            [("factor.second", &self.second), ("factor.alone", &self.alone), ("factor.recover", &self.recover)]
        {
            let good = names.iter().all(|name| Carrier::parse(name).is_some());
            mistakes.unless(good, key, names, &format!("a list of {}", Carrier::names()));
        }
        let (delay, allowed) = (self.reset_delay.as_secs(), "0, or a day (86400) to 30 days (2592000)");
        mistakes.unless(delay == 0 || (86_400..=2_592_000).contains(&delay), "factor.reset_delay", delay, allowed);
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
    #[serde(with = "seconds")]
    pub invitation_ttl: Duration,
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
        within(mistakes, "registration.invitation_ttl", self.invitation_ttl, 60, 90 * DAY);
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
