//! The pages of the console about apps, and about what was refused to them.

use askama::Template;

use super::admin::{Bar, Choice, MemberLine, Who};
use super::{Frame, Mistake, When, mistake};
use crate::locale::Text;

#[derive(Template)]
#[template(path = "admin/apps.html")]
pub struct Apps<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub query: &'a str,
    pub states: &'a [Choice],
    pub apps: &'a [AppLine],
    /// Not all are asked for.
    pub is_narrowed: bool,
    pub first: Option<&'a str>,
    pub next: Option<&'a str>,
    pub can_make: bool,
}

#[derive(Debug, Clone)]
pub struct AppLine {
    pub id: String,
    pub name: String,
    pub state: Text,
    pub is_enabled: bool,
    pub created: When,
    pub updated: When,
}

/// What kind of app is to be registered.
#[derive(Template)]
#[template(path = "admin/app_kinds.html")]
pub struct Kinds<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub kinds: &'a [KindLine],
}

#[derive(Debug, Clone)]
pub struct KindLine {
    pub name: &'static str,
    pub title: Text,
    pub hint: Text,
}

/// What has to be known of an app of this kind.
#[derive(Template)]
#[template(path = "admin/app_new.html")]
pub struct NewApp<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub kind: &'a str,
    pub title: Text,
    pub hint: Text,
    pub settings: &'a [Setting],
    pub mistakes: &'a [Mistake],
}

/// A setting of an app, in a field.
#[derive(Debug, Clone)]
pub struct Setting {
    pub name: &'static str,
    pub label: Text,
    pub help: Text,
    pub value: String,
    pub input: Input,
}

/// What a setting is typed into.
#[derive(Debug, Clone)]
pub enum Input {
    Name,
    Address,
    Number,
    Lines,
    Switch(bool),
    Choice(Vec<Choice>),
    Ticks(Vec<Choice>),
    /// Those with words, and a field for others.
    Scopes(Vec<Choice>),
}

#[derive(Debug, Clone)]
pub struct SettingGroup {
    pub id: String,
    pub title: Text,
    pub settings: Vec<Setting>,
}

/// The secret, this once.
#[derive(Template)]
#[template(path = "admin/app_made.html")]
pub struct AppMade<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub title: Text,
    pub name: &'a str,
    pub id: &'a str,
    /// None: it has none.
    pub secret: Option<&'a str>,
    /// The address that tells the app all others.
    pub discovery: &'a str,
    /// How it proves who it is.
    pub proof: Text,
    /// People sign in to it.
    pub people: bool,
}

#[derive(Template)]
#[template(path = "admin/app.html")]
pub struct App<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub line: &'a AppLine,
    pub kind: Text,
    pub steps: &'a [(&'static str, Text)],
    pub is_deleted: bool,
    /// None: it has none, and can have none.
    pub secrets: Option<&'a Vec<SecretLine>>,
    pub grants: i64,
    pub consents: i64,
    pub refusals: &'a [RefusalLine],
    pub groups: &'a [SettingGroup],
    /// What the fields were made from.
    pub version: &'a str,
    /// What somebody else has changed while the fields were filled in.
    pub changed: Option<Changed<'a>>,
    pub can_change: bool,
    pub can_audit: bool,
    pub mistakes: &'a [Mistake],
}

impl App<'_> {
    /// The attribute of settings that cannot be changed now.
    fn lock(&self) -> &'static str {
        if self.can_change && !self.is_deleted { self.bar.lock() } else { "disabled" }
    }

    /// One secret is on its way out.
    fn has_old_secret(&self) -> bool {
        self.secrets.is_some_and(|secrets| secrets.iter().any(|secret| secret.ends.is_some()))
    }
}

/// Each setting as it was typed or seen, and as it is.
#[derive(Debug, Clone, Copy)]
pub struct Changed<'a> {
    pub rows: &'a [MemberLine],
}

#[derive(Debug, Clone)]
pub struct SecretLine {
    pub created: When,
    /// None for the current one.
    pub ends: Option<When>,
}

#[derive(Template)]
#[template(path = "admin/app_test.html")]
pub struct SelfTest<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub name: &'a str,
    pub id: &'a str,
    pub failed: usize,
    pub passed: usize,
    pub skipped: usize,
    pub tests: &'a [TestLine],
}

#[derive(Debug, Clone)]
pub struct TestLine {
    pub name: &'static str,
    /// Where it is written how it has to be.
    pub clause: &'static str,
    pub went: Text,
    pub is_bad: bool,
    pub is_good: bool,
    pub detail: String,
}

#[derive(Template)]
#[template(path = "admin/refusals.html")]
pub struct Refusals<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub sought: &'a Sought,
    pub checks: &'a [Choice],
    pub endpoints: &'a [Choice],
    pub is_narrowed: bool,
    pub refusals: &'a [RefusalLine],
    pub first: Option<&'a str>,
    pub next: Option<&'a str>,
    pub mistakes: &'a [Mistake],
}

/// What is looked for, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    pub reference: String,
    pub client_id: String,
    pub since: String,
    pub until: String,
}

#[derive(Debug, Clone)]
pub struct RefusalLine {
    pub reference: String,
    pub at: When,
    pub app: Option<Who>,
    pub endpoint: Text,
    /// The check that failed.
    pub what: Option<Text>,
    pub code: String,
    pub reason: String,
    pub address: String,
}

#[derive(Template)]
#[template(path = "admin/refusal.html")]
pub struct Refusal<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub line: &'a RefusalLine,
    pub checks: &'a [CheckLine],
    pub why: Option<&'a Why>,
}

/// A check, and how it went.
#[derive(Debug, Clone)]
pub struct CheckLine {
    pub name: &'static str,
    pub what: Text,
    pub went: Text,
    pub is_failed: bool,
    pub is_passed: bool,
}

/// What the check that failed has seen.
#[derive(Debug, Clone)]
pub struct Why {
    pub expected: String,
    pub received: String,
    pub setting: Option<Place>,
}

/// A setting, and where or how it is changed.
#[derive(Debug, Clone)]
pub struct Place {
    pub name: String,
    pub href: Option<String>,
    pub change: Option<String>,
}

/// A request that is tried.
#[derive(Template)]
#[template(path = "admin/trial.html")]
pub struct Trial<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub sent: &'a Sent,
    /// The name of the app, if there is one.
    pub name: Option<&'a str>,
    pub prompts: &'a [Choice],
    pub sessions: &'a [Choice],
    /// People may be named.
    pub can_name: bool,
    pub outcome: Option<&'a Outcome>,
    pub mistakes: &'a [Mistake],
}

impl Trial<'_> {
    /// Whether something stands in the fields that are folded up.
    fn is_special(&self) -> bool {
        let Sent { redirect_uri, max_age, acr_values, .. } = self.sent;
        [redirect_uri, max_age, acr_values].iter().any(|typed| !typed.is_empty())
    }
}

/// What was typed.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub client_id: String,
    pub user: String,
    pub scope: String,
    pub redirect_uri: String,
    pub max_age: String,
    pub acr_values: String,
    pub address: String,
}

/// What would happen.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub title: Text,
    pub is_refused: bool,
    pub code: &'static str,
    pub reason: String,
    /// What the person would see, in order.
    pub pages: Vec<Text>,
    pub checks: Vec<CheckLine>,
    pub why: Option<Why>,
    pub claims: Vec<Claims>,
    /// Whether a refresh token would come along; None where nothing would be issued.
    pub lasting: Option<bool>,
    pub origin: Option<Whence>,
}

#[derive(Debug, Clone)]
pub struct Claims {
    pub id: &'static str,
    pub title: Text,
    pub json: String,
}

/// What an address is to this server.
#[derive(Debug, Clone)]
pub struct Whence {
    pub place: Option<String>,
    pub is_exempt: bool,
    pub refusal: Option<String>,
}
