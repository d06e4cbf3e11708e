//! The pages of second factors.

use askama::Template;

use super::{Agent, ClientInfo, Frame, Mistake, When, mistake};
use crate::flow::factor::sent::Possible;
use crate::locale::Text;

/// The second step of a sign-in.
#[derive(Template)]
#[template(path = "page/mfa.html")]
pub struct Mfa<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub challenge: &'a str,
    /// The pending authorization request, for the way back to the first step.
    pub request: Option<&'a str>,
    pub client: Option<ClientInfo<'a>>,
    pub person: &'a str,
    /// The way that is shown, as it stands in the form.
    pub way: &'a str,
    /// Where a code was sent, if this way needs one and it was.
    pub sent: Option<&'a str>,
    /// The other ways: their addresses, and what they are called.
    pub others: &'a [(String, Text)],
    /// The page of ours that wanted the sign-in; empty if none did.
    pub to: &'a str,
    pub trust: bool,
    /// What was typed and not looked at.
    pub code: &'a str,
    /// Whether lost factors can be taken away after a delay.
    pub can_lose: bool,
    pub mistakes: &'a [Mistake],
}

impl Mfa<'_> {
    /// Whether this way needs a code that is sent.
    fn is_sent(&self) -> bool {
        matches!(self.way, "email" | "sms")
    }
}

/// One factor in its list.
#[derive(Debug)]
pub struct FactorLine {
    pub id: String,
    pub name: String,
    pub since: When,
    pub used: Option<When>,
}

impl FactorLine {
    fn button(&self) -> String {
        format!("remove-{}", self.id)
    }

    fn rename(&self) -> String {
        format!("rename-{}", self.id)
    }
}

/// One browser that is trusted.
#[derive(Debug)]
pub struct Device {
    pub id: String,
    pub device: Agent,
    pub address: String,
    pub until: When,
}

impl Device {
    fn button(&self) -> String {
        format!("distrust-{}", self.id)
    }
}

#[derive(Template)]
#[template(path = "account/security.html")]
pub struct Security<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub apps: &'a [FactorLine],
    pub passkeys: &'a [FactorLine],
    /// Codes that are sent: the one for e-mail and the one for the phone.
    pub email: Option<&'a FactorLine>,
    pub sms: Option<&'a FactorLine>,
    pub can: Possible,
    /// Whether there can be passkeys here.
    pub can_passkey: bool,
    /// Whether anything stands behind the backup codes.
    pub has_factor: bool,
    pub codes_left: i64,
    pub codes_few: bool,
    pub devices: &'a [Device],
}

#[derive(Template)]
#[template(path = "account/totp.html")]
pub struct SetUpTotp<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub challenge: &'a str,
    /// The page to go on to; empty for the list of factors.
    pub to: &'a str,
    /// An SVG as a `data:` address.
    pub picture: &'a str,
    /// Base32, in groups of four.
    pub secret: &'a str,
    pub name: &'a str,
    pub mistakes: &'a [Mistake],
}

#[derive(Template)]
#[template(path = "account/passkey.html")]
pub struct SetUpPasskey<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub challenge: &'a str,
    /// The page to go on to; empty for the list of factors.
    pub to: &'a str,
    /// For the script, as JSON.
    pub options: &'a str,
    pub name: &'a str,
    pub mistakes: &'a [Mistake],
}

#[derive(Template)]
#[template(path = "account/codes.html")]
pub struct Codes<'a> {
    pub frame: Frame<'a>,
    pub codes: &'a [String],
    /// Where to go on to.
    pub next: &'a str,
}

/// The first second factor.
#[derive(Template)]
#[template(path = "account/start.html")]
pub struct Start<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// The page to go on to; empty if none waits.
    pub to: &'a str,
    /// It is not possible to go on without one.
    pub demanded: bool,
    pub can_passkey: bool,
    pub can: Possible,
}
