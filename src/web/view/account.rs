//! The pages below `/account`.

use askama::Template;

use super::{Frame, Mistake, Rules, ScopeLine, letter, mistake};
use crate::base::zone::Zone;
use crate::flow::account::profile::Typed;
use crate::locale::{Locale, Text};
use crate::spec::preferences::Theme;

/// An instant, as the person's clock shows it and exact.
#[derive(Debug, Clone)]
pub struct When {
    pub text: String,
    pub exact: String,
    /// The person's zone, if one was chosen; else the browser knows better than the server.
    pub zone: Option<&'static str>,
}

/// Where somebody sat: in words, and as the browser said it.
#[derive(Debug, Clone)]
pub struct Agent {
    pub words: Text,
    pub agent: String,
}

#[derive(Template)]
#[template(path = "account/sessions.html")]
pub struct Sessions<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// One or all others have just been ended.
    pub ended: bool,
    pub sessions: &'a [SessionLine],
}

#[derive(Debug, Clone)]
pub struct SessionLine {
    pub id: String,
    pub device: Agent,
    pub address: String,
    /// Where that is, if it is known.
    pub place: Option<String>,
    pub first: When,
    pub last: When,
    /// The one that looks at the page.
    pub is_here: bool,
}

#[derive(Template)]
#[template(path = "account/apps.html")]
pub struct Apps<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// The access of one has just been taken back.
    pub withdrawn: bool,
    pub apps: &'a [AppLine],
}

#[derive(Debug, Clone)]
pub struct AppLine {
    pub id: String,
    pub name: String,
    pub scopes: Vec<ScopeLine>,
    pub since: When,
    pub last_used: Option<When>,
}

#[derive(Template)]
#[template(path = "account/activity.html")]
pub struct Activity<'a> {
    pub frame: Frame<'a>,
    /// The filter that is on.
    pub topic: &'a str,
    /// Nothing newer stands on a page before.
    pub is_first: bool,
    pub events: &'a [EventLine],
    /// Where the next page begins, if there is one.
    pub next: Option<&'a str>,
}

#[derive(Debug, Clone)]
pub struct EventLine {
    pub what: Text,
    pub failed: bool,
    pub at: When,
    pub device: Option<Agent>,
    pub address: String,
    /// Where that is, if it is known.
    pub place: Option<String>,
    /// The app that it was about.
    pub app: Option<String>,
}

#[derive(Template)]
#[template(path = "account/password.html")]
pub struct NewPassword<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// For the password manager.
    pub username: &'a str,
    pub rules: Rules,
    /// It has just been changed.
    pub changed: bool,
    pub mistakes: &'a [Mistake],
}

#[derive(Template)]
#[template(path = "account/profile.html")]
pub struct ProfileForm<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub typed: &'a Typed,
    /// The language that is chosen, if Signet speaks it.
    pub locale: Option<Locale>,
    /// The tenant's own fields that the person fills in.
    pub own: &'a [OwnField],
    /// What administrators have noted: what it is, and what it says.
    pub facts: &'a [(String, String)],
    /// It has just been saved.
    pub saved: bool,
    pub mistakes: &'a [Mistake],
}

/// A field of the tenant's own.
#[derive(Debug, Clone)]
pub struct OwnField {
    pub id: String,
    pub label: String,
    /// The type of its input, where it is not chosen from a list.
    pub input: &'static str,
    pub value: String,
    /// Values, and what they are called.
    pub choices: Vec<(String, String)>,
    pub required: bool,
}

impl OwnField {
    pub(super) fn further(&self) -> &'static str {
        if self.required { "required" } else { "" }
    }
}

#[derive(Template)]
#[template(path = "account/preferences.html")]
pub struct Preferences<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub theme: Option<Theme>,
    pub letters: &'a [LetterLine],
    /// They have just been saved.
    pub saved: bool,
    pub mistakes: &'a [Mistake],
}

/// A kind of letters that one can do without.
#[derive(Debug, Clone)]
pub struct LetterLine {
    pub id: String,
    pub label: Text,
    pub wanted: bool,
}

impl Preferences<'_> {
    fn is(&self, theme: Theme) -> bool {
        self.theme == Some(theme)
    }
}

impl ProfileForm<'_> {
    fn locales(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        Locale::ALL.into_iter().map(|locale| (locale.tag(), locale.name(), self.locale == Some(locale)))
    }

    /// The zones to choose from, and whether it is the one that is chosen.
    fn zones(&self) -> Vec<(&str, bool)> {
        let chosen = self.typed.zone.as_str();
        let mut names: Vec<&str> = Zone::names().collect();
        if !chosen.is_empty() && !names.contains(&chosen) {
            names.push(chosen);
        }
        names.into_iter().map(|name| (name, name == chosen)).collect()
    }

    fn picture_mistake(&self) -> Option<&Text> {
        mistake(self.mistakes, "picture-file")
    }

    fn bio_mistake(&self) -> Option<&Text> {
        mistake(self.mistakes, "bio")
    }
}

#[derive(Template)]
#[template(path = "account/email.html")]
pub struct Email<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// The address until now.
    pub now: &'a str,
    pub step: EmailStep<'a>,
    pub mistakes: &'a [Mistake],
}

#[derive(Template)]
#[template(path = "account/phone.html")]
pub struct Phone<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub now: Option<&'a str>,
    pub step: PhoneStep<'a>,
    pub mistakes: &'a [Mistake],
}

/// How far a change of the number has come.
#[derive(Debug, Clone, Copy)]
pub enum PhoneStep<'a> {
    Ask { typed: &'a str, changed: bool },
    Prove { challenge: &'a str, number: &'a str, again: bool },
}

/// How far a change of the address has come.
#[derive(Debug, Clone, Copy)]
pub enum EmailStep<'a> {
    Ask {
        typed: &'a str,
        changed: bool,
    },
    Prove {
        challenge: &'a str,
        new: &'a str,
        again: bool,
    },
    /// The link of the letter was followed.
    Confirm {
        token: &'a str,
        new: &'a str,
    },
}
