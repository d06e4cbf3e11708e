//! What is written to people. A letter waits in the outbox as data; its words are put in when it leaves.

use std::collections::BTreeMap;

use askama::Template;
use serde::{Deserialize, Serialize};

use super::Failed;
use crate::base::text::clip;
use crate::config::{Branding, Carrier};
use crate::locale::Locale;

/// Servers may say much; more of it helps nobody.
const LONGEST_REASON: usize = 500;
/// The colour of the pages, where nobody has chosen one.
const ACCENT: &str = "#0b6b5d";

crate::text_enum! {
    Channel {
        Mail = "mail",
        Sms = "sms",
    }
}

crate::text_enum! {
    /// What it is about. The words of each are `letter-KIND-subject`, `-text`, `-button`, `-end` and `sms-KIND`.
    Kind {
        /// Prove that the address is yours, to finish signing up.
        SignUp = "sign-up",
        /// Somebody wanted to sign up with an address that has an account.
        SignUpKnown = "sign-up-known",
        /// Become somebody here: whoever manages the accounts invites.
        Invitation = "invitation",
        Reset = "reset",
        /// The password is another one now.
        PasswordChanged = "password-changed",
        /// Prove that the new address is yours.
        Email = "email",
        /// Somebody wanted to change to an address that has an account.
        EmailKnown = "email-known",
        /// To the address until now: it is another one from here on.
        EmailChanged = "email-changed",
        /// Prove that the number is yours.
        Phone = "phone",
        /// The account has another phone number, or none.
        PhoneChanged = "phone-changed",
        /// A code or link in the place of the password.
        SignIn = "sign-in",
        /// A code for the second step of a sign-in.
        SecondFactor = "second-factor",
        /// One more second factor.
        FactorAdded = "factor-added",
        FactorRemoved = "factor-removed",
        BackupCodesMade = "backup-codes-made",
        /// All second factors will be taken away, unless this stops it.
        FactorReset = "factor-reset",
        /// The account is going to be erased, as its person wants.
        Deletion = "deletion",
        /// The same, as whoever manages the accounts wants.
        DeletionForced = "deletion-forced",
        DeletionUndone = "deletion-undone",
        DeletionDone = "deletion-done",
        /// All that is kept of a person can be fetched.
        ExportReady = "export-ready",
        /// Somebody tries passwords, or codes of second factors.
        Locked = "locked",
        FactorLocked = "factor-locked",
        /// Signed in at a browser that the person has not used before.
        NewDevice = "new-device",
        /// Signed in further away than anybody travels in that time.
        FarAway = "far-away",
    }
}

/// A letter or a short message to one person, in that person's language.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Letter {
    pub channel: Channel,
    pub kind: Kind,
    pub locale: Locale,
    /// An e-mail address, or a number in the form of E.164.
    pub to: String,
    /// What fills the words: names, devices, times.
    values: BTreeMap<String, String>,
    code: Option<String>,
    link: Option<String>,
    /// Only looks as if it were sent, so that nobody learns from the time it takes who gets letters.
    pub(super) withheld: bool,
}

/// A letter in words.
#[derive(Debug)]
pub struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a>(Words<'a>);

#[derive(Template)]
#[template(path = "mail/letter.txt", escape = "none")]
struct Plain<'a>(Words<'a>);

#[derive(Clone, Copy)]
struct Words<'a> {
    locale: Locale,
    tenant: &'a str,
    /// What the button looks like.
    accent: &'a str,
    /// Whose letter it is, in their own words; may be empty.
    footer: &'a str,
    subject: &'a str,
    text: &'a str,
    code: Option<&'a str>,
    button: Option<(&'a str, &'a str)>,
    end: &'a str,
}

impl Letter {
    pub fn mail(kind: Kind, locale: Locale, to: &str) -> Self {
        let (values, code, link) = (BTreeMap::new(), None, None);
        Self { channel: Channel::Mail, kind, locale, to: to.to_owned(), values, code, link, withheld: false }
    }

    /// `to` in the form of E.164.
    pub fn sms(kind: Kind, locale: Locale, to: &str) -> Self {
        Self { channel: Channel::Sms, ..Self::mail(kind, locale, to) }
    }

    /// To an address or to a number.
    pub fn by(carrier: Carrier, kind: Kind, locale: Locale, to: &str) -> Self {
        match carrier {
            Carrier::Email => Self::mail(kind, locale, to),
            Carrier::Sms => Self::sms(kind, locale, to),
        }
    }

    /// The same letter, but nobody gets it.
    #[must_use]
    pub fn withheld(mut self) -> Self {
        self.withheld = true;
        self
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.values.insert(name.to_owned(), value.to_owned());
        self
    }

    /// A code to type.
    #[must_use]
    pub fn code(mut self, code: &str) -> Self {
        self.code = Some(code.to_owned());
        self
    }

    /// A link to follow.
    #[must_use]
    pub fn link(mut self, link: String) -> Self {
        self.link = Some(link);
        self
    }

    /// Whether whoever gets it can prove something by it.
    pub fn tells_code(&self) -> bool {
        self.code.is_some() && !self.withheld
    }

    pub(super) fn write(&self, brand: &Branding) -> Result<Written, Failed> {
        let tenant = brand.name.as_str();
        let accent = if brand.accent.is_empty() { ACCENT } else { &brand.accent };
        let part = |part: &str| self.words(&format!("letter-{}-{part}", self.kind), tenant);
        let (subject, text, button, end) = (part("subject"), part("text"), part("button"), part("end"));
        let words = Words {
            locale: self.locale,
            tenant,
            accent,
            footer: &brand.footer,
            subject: &subject,
            text: &text,
            code: self.code.as_deref(),
            button: self.link.as_deref().map(|link| (button.as_str(), link)),
            end: &end,
        };
        let render = |page: Result<String, askama::Error>| page.map_err(|error| Failed::Never(error.to_string()));
        let (text, html) = (render(Plain(words).render())?, render(Html(words).render())?);
        Ok(Written { subject, text, html })
    }

    pub(super) fn short(&self, tenant: &str) -> String {
        self.words(&format!("sms-{}", self.kind), tenant)
    }

    /// What the other side said, without what it may have repeated of the letter: receiver, code, link.
    pub(super) fn conceal(&self, said: &str) -> String {
        let local = self.to.split('@').next().unwrap_or_default().trim_start_matches('+').to_lowercase();
        let secret = |word: &str| {
            let core = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let is_receiver = core == local || (local.len() > 3 && core.contains(&local));
            let is_code = self.code.as_deref().is_some_and(|code| core.contains(code));
            is_receiver || is_code || word.contains('@') || word.contains("://")
        };
        let words = said.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let open: Vec<_> = words.map(|word| if secret(word) { "…" } else { word }).collect();
        clip(&open.join(" "), LONGEST_REASON).to_owned()
    }

    /// The words of an id, filled; empty if there are none.
    fn words(&self, id: &str, tenant: &str) -> String {
        let values = self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let own = [("tenant", tenant), ("code", self.code.as_deref().unwrap_or_default())];
        self.locale.fill_all(id, values.chain(own)).unwrap_or_default()
    }
}
