//! The pages of the console.

pub mod bulk;
mod people;
pub mod settings;

use askama::Template;

use super::{Frame, Mistake, When, mistake};
use crate::locale::Text;

pub use people::{
    Claims, Conflict, Found, Head, Heading, HeldRole, InvitationLine, Invitations, KeyLife, Keys, NewInvitation,
    People, PeopleFilter, PeopleRows, Permission, PermissionLine, Permissions, Person, PersonActivity, PersonApps,
    PersonClaims, PersonFactors, PersonSessions, ProofLine, Typed,
};

/// An area of the console that the person may see.
#[derive(Debug, Clone)]
pub struct AreaLine {
    pub href: &'static str,
    pub text: Text,
    pub is_current: bool,
}

/// What every page of the console begins with.
#[derive(Debug, Clone)]
pub struct Bar {
    pub areas: Vec<AreaLine>,
    pub csrf: String,
    /// Where to prove who one is, as long as nothing can be changed; None: it can.
    pub confirm: Option<String>,
    /// The change that was just made, to be taken back from here.
    pub done: Option<String>,
    /// Nothing takes it back.
    pub is_final: bool,
    /// What was sent changed nothing.
    pub same: bool,
    /// Where taking it back leads to.
    pub here: String,
}

impl Bar {
    pub(super) fn is_locked(&self) -> bool {
        self.confirm.is_some()
    }

    /// The attribute of what cannot be used now.
    pub(super) fn lock(&self) -> &'static str {
        if self.is_locked() { "disabled" } else { "" }
    }
}

/// A value in words, or as it is where there are none.
#[derive(Debug, Clone, PartialEq)]
pub enum Label {
    Text(Text),
    Plain(String),
}

impl Frame<'_> {
    /// A value in words.
    pub(super) fn label(&self, label: &Label) -> String {
        match label {
            Label::Text(text) => self.say(text),
            Label::Plain(text) => text.clone(),
        }
    }
}

/// One of several; whether it is chosen.
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub label: Label,
    /// What it means, if more is to be said.
    pub hint: String,
    pub chosen: bool,
}

/// A group of choices with a name.
#[derive(Debug, Clone)]
pub struct Group {
    pub id: String,
    pub label: Label,
    pub choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "admin/overview.html")]
pub struct Overview<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub facts: &'a [(Text, i64)],
    /// What needs a hand, and where.
    pub hands: &'a [(Text, Option<String>)],
    pub days: &'a [DayLine],
    pub sign_ins: i64,
    pub failed: i64,
}

/// A day, and its bar in the chart: from the left, and the upper ends and heights of both parts.
#[derive(Debug, Clone)]
pub struct DayLine {
    pub day: String,
    pub sign_ins: i64,
    pub failed: i64,
    pub x: i64,
    pub good: (i64, i64),
    pub bad: (i64, i64),
}

#[derive(Debug, Clone)]
pub struct PersonLine {
    pub id: String,
    pub username: String,
    pub name: String,
    pub email: String,
    pub verified: bool,
    pub state: Text,
    pub is_active: bool,
    pub created: When,
    pub seen: Option<When>,
}

#[derive(Template)]
#[template(path = "admin/person_new.html")]
pub struct NewPerson<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub email: &'a str,
    pub username: &'a str,
    pub name: &'a str,
    pub verified: bool,
    pub roles: &'a [Choice],
    pub mistakes: &'a [Mistake],
}

#[derive(Template)]
#[template(path = "admin/roles.html")]
pub struct Roles<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub roles: &'a [RoleLine],
    /// The permissions by their areas, each with whether the roles hold it.
    pub matrix: &'a [(Label, Vec<MatrixLine>)],
    pub can_make: bool,
}

#[derive(Debug, Clone)]
pub struct RoleLine {
    pub name: String,
    pub description: String,
    pub permissions: usize,
    pub built_in: bool,
    pub needs_factor: bool,
}

#[derive(Debug, Clone)]
pub struct MatrixLine {
    pub permission: String,
    pub description: String,
    /// For each role, in their order.
    pub held: Vec<bool>,
}

#[derive(Template)]
#[template(path = "admin/role.html")]
pub struct Role<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    /// Empty for one that is to be made.
    pub name: &'a str,
    pub typed_name: &'a str,
    pub description: &'a str,
    pub needs_factor: bool,
    pub built_in: bool,
    pub groups: &'a [Group],
    pub was: &'a [(String, String)],
    /// Somebody else was faster.
    pub conflict: Option<&'a Conflict>,
    /// None: not for this administrator.
    pub holders: Option<&'a [Holder]>,
    pub next: Option<&'a str>,
    pub can_change: bool,
    pub mistakes: &'a [Mistake],
}

impl Role<'_> {
    fn lock(&self) -> &'static str {
        if self.can_change { self.bar.lock() } else { "disabled" }
    }
}

#[derive(Debug, Clone)]
pub struct Holder {
    pub id: String,
    pub username: String,
    pub since: When,
    pub by: String,
}

/// What an event of the audit or an act says in a line.
#[derive(Debug, Clone)]
pub struct EventLine {
    pub id: String,
    pub at: When,
    pub what: Text,
    pub failed: bool,
    pub actor: Who,
    pub target: Option<Who>,
    pub address: String,
    pub detail: String,
    /// The act that it belongs to.
    pub batch: Option<String>,
}

/// Somebody or something, with the page about it, if there is one for this administrator.
#[derive(Debug, Clone)]
pub struct Who {
    pub kind: Text,
    pub name: String,
    pub href: Option<String>,
}

#[derive(Template)]
#[template(path = "admin/audit.html")]
pub struct Audit<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub asked: &'a Asked,
    pub actions: &'a [Choice],
    pub results: &'a [Choice],
    pub events: &'a [EventLine],
    pub first: Option<&'a str>,
    pub next: Option<&'a str>,
}

/// What is looked for in the audit, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub actor: String,
    pub target: String,
    pub address: String,
    pub since: String,
    pub until: String,
}

#[derive(Template)]
#[template(path = "admin/event.html")]
pub struct Event<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub line: &'a EventLine,
    pub device: &'a str,
    /// The block that it is sealed in.
    pub seal: i64,
    pub rows: &'a [MemberLine],
}

#[derive(Template)]
#[template(path = "admin/changes.html")]
pub struct Changes<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub acts: &'a [ActLine],
    pub first: Option<&'a str>,
    pub next: Option<&'a str>,
}

#[derive(Debug, Clone)]
pub struct ActLine {
    pub id: String,
    pub at: When,
    pub what: Text,
    pub actor: Who,
    pub changes: i64,
    pub state: Text,
    pub is_open: bool,
    pub until: When,
}

#[derive(Template)]
#[template(path = "admin/change.html")]
pub struct Change<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub act: &'a ActLine,
    pub changes: &'a [ChangeLine],
    /// More was changed than is shown.
    pub more: bool,
}

/// One thing that changes or has changed.
#[derive(Debug, Clone)]
pub struct ChangeLine {
    pub what: Text,
    pub target: Who,
    pub rows: Vec<MemberLine>,
    /// Nothing brings it back.
    pub is_final: bool,
}

/// A member as it was and as it is.
#[derive(Debug, Clone)]
pub struct MemberLine {
    pub member: Label,
    pub before: Label,
    pub after: Label,
}

/// What a change would do, to be confirmed.
#[derive(Template)]
#[template(path = "admin/preview.html")]
pub struct Preview<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub title: Text,
    /// What else is to be known before.
    pub words: &'a [Text],
    pub changes: &'a [ChangeLine],
    pub action: &'a str,
    /// What is sent along once more.
    pub fields: &'a [(String, String)],
    /// Where to go without it.
    pub back: &'a str,
}

#[derive(Template)]
#[template(path = "admin/api_keys.html")]
pub struct ApiKeys<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub keys: &'a [KeyLine],
    pub first: Option<&'a str>,
    pub next: Option<&'a str>,
    pub can_make: bool,
}

#[derive(Debug, Clone)]
pub struct KeyLine {
    pub id: String,
    pub name: String,
    pub rights: String,
    pub networks: String,
    pub created: When,
    pub by: String,
    pub used: Option<When>,
    pub used_from: String,
    pub until: Option<When>,
    pub state: Text,
    pub is_live: bool,
}

#[derive(Template)]
#[template(path = "admin/api_key_new.html")]
pub struct NewApiKey<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub name: &'a str,
    pub networks: &'a str,
    pub ends: &'a [Choice],
    pub groups: &'a [Group],
    pub mistakes: &'a [Mistake],
}

/// The key, this once.
#[derive(Template)]
#[template(path = "admin/api_key_made.html")]
pub struct ApiKeyMade<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub name: &'a str,
    pub key: &'a str,
}
