//! What each page is given. A page is its template and these values; it decides nothing.

mod account;
pub mod admin;
pub mod apps;
mod factor;
mod join;
mod privacy;

use std::borrow::Cow;

use askama::Template;

use super::{assets, brand};
use crate::config;
use crate::locale::{Locale, Text, Value};
use crate::spec::paths;
use crate::spec::preferences::Theme;

pub use crate::flow::user::Mistake;

pub use account::{
    Activity, Agent, AppLine, Apps, Email, EmailStep, EventLine, LetterLine, NewPassword, OwnField, Phone, PhoneStep,
    Preferences, ProfileForm, SessionLine, Sessions, When,
};
pub use factor::{Codes, Device, FactorLine, Mfa, Security, SetUpPasskey, SetUpTotp, Start};
pub use join::{Asked, Confirm, Forgot, Renew, Reset, SignUp, Terms, Told, Unlock, Verify};
pub use privacy::{Export, Leaving, Privacy};

/// What every page shares: the head, the frame and the ways to other places.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// What the pages are called, beside the logo.
    pub name: &'a str,
    /// Logo and colour.
    pub brand: &'a config::Branding,
    /// The nonce of the page's `Content-Security-Policy`; every script carries it.
    pub nonce: &'a str,
    /// The language of the page.
    pub locale: Locale,
    /// How it looks, if the person has chosen that.
    pub theme: Option<Theme>,
}

/// What a new password has to be like, as its field says it. The server knows more.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    min_length: usize,
    classes: usize,
}

impl Rules {
    pub fn of(settings: &config::Password) -> Self {
        Self { min_length: settings.min_length, classes: settings.classes }
    }

    fn hint(self, frame: &Frame<'_>) -> String {
        let length = frame.count("setup-password-hint", self.min_length);
        // one kind there is in any case
        if self.classes < 2 { length } else { format!("{length} {}", frame.count("password-classes", self.classes)) }
    }
}

/// The app that asks, in sight from the first page to the last.
#[derive(Debug, Clone, Copy)]
pub struct ClientInfo<'a> {
    pub name: &'a str,
    pub logo_uri: Option<&'a str>,
    pub policy_uri: Option<&'a str>,
    pub tos_uri: Option<&'a str>,
    /// Where the person may go back to.
    pub client_uri: Option<&'a str>,
}

/// What the settings allow beside a password.
#[derive(Debug, Clone, Copy)]
pub struct Can {
    pub sign_up: bool,
    pub passkey: bool,
    /// A forgotten password can be replaced.
    pub recover: bool,
}

#[derive(Template)]
#[template(path = "page/login.html")]
pub struct Login<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// The pending authorization request, carried as a hidden field.
    pub request: Option<&'a str>,
    pub client: Option<ClientInfo<'a>>,
    pub username: &'a str,
    /// The page of ours that wants a fresh sign-in, carried as a hidden field.
    pub to: Option<&'a str>,
    /// Somebody is signed in and has to prove it again.
    pub reauth: bool,
    /// "Keep me signed in" is ticked.
    pub keep: bool,
    pub can: Can,
    /// Codes that may stand in the place of the password: how they are sent, and what their buttons say.
    pub codes: &'a [(&'static str, Text)],
    pub mistakes: &'a [Mistake],
}

/// One scope in plain words.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeLine {
    pub scope: String,
    /// None: the scope speaks for itself.
    pub title: Option<Text>,
    pub hint: Text,
    /// Not yet allowed earlier.
    pub is_new: bool,
}

#[derive(Template)]
#[template(path = "page/consent.html")]
pub struct Consent<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub request: &'a str,
    /// The session that the page was made for.
    pub session: &'a str,
    pub client: ClientInfo<'a>,
    /// How the signed-in person is called, and under which address or user name.
    pub person: &'a str,
    pub account: &'a str,
    pub scopes: &'a [ScopeLine],
    /// The host that the answer goes to, so that a borrowed name gives itself away; empty to say nothing.
    pub returns_to: &'a str,
}

/// A way on from an error page.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    pub href: String,
    pub text: Text,
}

#[derive(Template)]
#[template(path = "page/error.html")]
pub struct Failure<'a> {
    pub frame: Frame<'a>,
    /// What happened, and what to do about it.
    pub title: Text,
    pub help: Text,
    /// The registered error name (`invalid_request`), in small print.
    pub code: &'a str,
    /// The exact reason, in English.
    pub description: &'a str,
    /// What `signet explain` takes; empty when nothing was recorded.
    pub reference: &'a str,
    pub links: &'a [Link],
}

/// The first administrator is made here, under the link printed at the first start.
#[derive(Template)]
#[template(path = "page/setup.html")]
pub struct Setup<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub token: &'a str,
    pub email: &'a str,
    pub username: &'a str,
    pub name: &'a str,
    pub rules: Rules,
    pub mistakes: &'a [Mistake],
}

/// The page about the API.
#[derive(Template)]
#[template(path = "page/api.html")]
pub struct ApiPage<'a> {
    pub frame: Frame<'a>,
    pub areas: &'a [ApiArea<'a>],
}

pub struct ApiArea<'a> {
    pub name: &'a str,
    pub operations: Vec<ApiOperation<'a>>,
}

pub struct ApiOperation<'a> {
    pub id: &'a str,
    pub method: String,
    pub path: &'a str,
    pub summary: &'a str,
    /// None where anybody may ask.
    pub right: Option<&'a str>,
    pub parts: Vec<&'a str>,
    pub query: Vec<&'a str>,
    /// An example.
    pub body: Option<String>,
}

/// Somebody who was invited chooses a name and a password here.
#[derive(Template)]
#[template(path = "page/invited.html")]
pub struct Invited<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub token: &'a str,
    pub email: &'a str,
    pub username: &'a str,
    pub name: &'a str,
    pub rules: Rules,
    pub mistakes: &'a [Mistake],
}

#[derive(Template)]
#[template(path = "page/home.html")]
pub struct Home<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub person: &'a str,
    pub account: &'a str,
    pub roles: &'a [String],
    /// When and from where this session was signed in.
    pub since: When,
    pub device: Agent,
    pub address: &'a str,
    /// Apps that hold a consent.
    pub apps: &'a [String],
    /// Where the console begins, for whoever may use it.
    pub console: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "page/signed_out.html")]
pub struct SignedOut<'a> {
    pub frame: Frame<'a>,
}

/// `response_mode=form_post` (OAuth 2.0 Form Post Response Mode §2).
#[derive(Template)]
#[template(path = "page/form_post.html")]
pub struct FormPost<'a> {
    pub frame: Frame<'a>,
    /// The host that the fields go to.
    pub returns_to: &'a str,
    pub uri: &'a str,
    pub fields: &'a [(&'static str, String)],
}

impl Frame<'_> {
    /// The address of an embedded file, with its hash in it so that it can be cached for ever.
    pub fn asset(&self, name: &str) -> String {
        assets::path(name)
    }

    /// The picture at the head of the page, if one was sent.
    fn logo(&self) -> Option<String> {
        let id = Some(self.brand.logo.as_str()).filter(|id| !id.is_empty())?;
        Some(paths::LOGO.replace("{file}", id))
    }

    /// The style sheet of the chosen colour, on light pages and on dark ones.
    fn accent(&self, is_dark: bool) -> Option<String> {
        self.brand.accent().map(|accent| brand::path(accent, is_dark))
    }

    /// What the browser is told of how the page looks.
    fn scheme(&self) -> &'static str {
        self.theme.map_or("light dark", Theme::text)
    }

    /// When the style sheet of dark pages counts; None: never.
    fn dark(&self) -> Option<&'static str> {
        match self.theme {
            None => Some("(prefers-color-scheme: dark)"),
            Some(Theme::Dark) => Some("all"),
            Some(Theme::Light) => None,
        }
    }

    /// The text of this id, in the language of the page.
    pub fn text<'i>(&self, id: &'i str) -> Cow<'i, str> {
        self.locale.text(id)
    }

    /// The same with one value in it.
    pub fn fill(&self, id: &str, name: &str, value: &str) -> String {
        self.locale.fill(id, name, value)
    }

    /// The same with a number in it, as `$count`.
    pub fn count<'v>(&self, id: &str, count: impl Into<Value<'v>>) -> String {
        self.locale.fill(id, "count", count)
    }

    /// What stands before and after the one value of a text, for a value that needs tags around it.
    pub fn around(&self, id: &str, name: &str) -> (String, String) {
        self.locale.around(id, name)
    }

    /// Whether what stands in English only needs no mark.
    pub fn is_english(&self) -> bool {
        self.locale == Locale::En
    }

    /// A text that somebody else has chosen.
    pub fn say(&self, text: &Text) -> String {
        text.to(self.locale)
    }
}

impl ClientInfo<'_> {
    /// Stands in for a picture, and under one that does not load.
    pub fn letter(&self) -> String {
        letter(self.name)
    }

    /// What the policy of the pages lets load.
    pub fn logo(&self) -> Option<&str> {
        self.logo_uri.filter(|uri| uri.starts_with("https://") || uri.starts_with("data:image/"))
    }

    pub fn policy(&self) -> Option<&str> {
        web(self.policy_uri)
    }

    pub fn tos(&self) -> Option<&str> {
        web(self.tos_uri)
    }

    pub fn home(&self) -> Option<&str> {
        web(self.client_uri)
    }
}

impl Login<'_> {
    /// What describes the password beside its own mistake: the summary, when it is about the whole form.
    fn about_form(&self) -> &'static str {
        if mistake(self.mistakes, "").is_some() { "error-summary" } else { "" }
    }
}

impl Consent<'_> {
    /// Something was allowed before, so what is new has to stand out.
    fn is_repeated(&self) -> bool {
        self.scopes.iter().any(|line| !line.is_new)
    }
}

/// The mistake of one field, to stand beside it.
pub fn mistake<'a>(mistakes: &'a [Mistake], field: &str) -> Option<&'a Text> {
    mistakes.iter().find(|mistake| mistake.field == field).map(|mistake| &mistake.text)
}

/// The first letter or digit of a name, as a picture of it.
fn letter(name: &str) -> String {
    name.chars().find(|c| c.is_alphanumeric()).map_or_else(|| "?".to_owned(), |c| c.to_uppercase().collect())
}

/// An address that a person may be sent to. The registration checks it too: a `javascript:` link here would be ours.
fn web(uri: Option<&str>) -> Option<&str> {
    uri.filter(|uri| uri.starts_with("https://") || uri.starts_with("http://"))
}

#[cfg(test)]
mod tests;
