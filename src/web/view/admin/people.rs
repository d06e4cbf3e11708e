//! The pages of the console about people: found, each of them, invited; and about permissions and signing keys.

use askama::Template;

use super::super::{AppLine, Frame, Mistake, OwnField, SessionLine, When, letter, mistake};
use super::{Bar, Choice, EventLine, Label, MemberLine, PersonLine};
use crate::locale::Text;

#[derive(Template)]
#[template(path = "admin/people.html")]
pub struct People<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub asked: &'a PeopleFilter,
    pub found: &'a Found,
    pub can_make: bool,
    pub can_invite: bool,
}

/// The table alone, for the script that asks for it while one types.
#[derive(Template)]
#[template(path = "admin/people_rows.html")]
pub struct PeopleRows<'a> {
    pub frame: Frame<'a>,
    pub found: &'a Found,
}

/// What is looked for, as the form has it.
#[derive(Debug, Clone)]
pub struct PeopleFilter {
    pub query: String,
    /// Kept as it is; it stands in the heads of the table.
    pub sort: String,
    pub states: Vec<Choice>,
    /// Empty: not for this administrator, or there are none.
    pub roles: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub factor: Vec<Choice>,
    pub verified: Vec<Choice>,
    /// First and last day.
    pub seen: (String, String),
    pub created: (String, String),
    /// More is asked for than words and a state.
    pub is_wide: bool,
    /// Anything is asked for.
    pub is_any: bool,
}

/// Who was found.
#[derive(Debug, Clone)]
pub struct Found {
    pub people: Vec<PersonLine>,
    /// Who it is, since when, and when last there: the columns that make an order.
    pub headings: [Heading; 3],
    /// How many there are; told on the first page only.
    pub count: Option<Text>,
    /// Where the first page and the next one are.
    pub first: Option<String>,
    pub next: Option<String>,
}

/// The head of a column, with the order that it stands for.
#[derive(Debug, Clone)]
pub struct Heading {
    pub text: Text,
    pub href: String,
    /// As in `aria-sort`.
    pub order: &'static str,
}

/// What every page about one person begins with.
#[derive(Debug, Clone)]
pub struct Head {
    pub line: PersonLine,
    /// The page, as it stands in its address.
    pub tab: &'static str,
}

#[derive(Template)]
#[template(path = "admin/person.html")]
pub struct Person<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub head: &'a Head,
    /// What was typed, or is so, by the names of the members.
    pub typed: &'a Typed,
    pub locales: &'a [Choice],
    pub zones: &'a [Choice],
    pub was: &'a [(String, String)],
    /// The tenant's kinds of people, and own fields; with what they were when the form was made.
    pub kinds: &'a [Choice],
    pub own: &'a [OwnField],
    pub own_was: &'a [(String, String)],
    /// What can be done to the account: how it is called, and in words.
    pub steps: &'a [(&'static str, Text)],
    pub roles: &'a [HeldRole],
    /// Roles that could be given.
    pub others: &'a [String],
    pub can_change: bool,
    pub can_give: bool,
    /// Somebody else was faster.
    pub conflict: Option<&'a Conflict>,
    pub mistakes: &'a [Mistake],
}

/// What somebody else has changed since a form was made.
#[derive(Debug, Clone)]
pub struct Conflict {
    pub rows: Vec<MemberLine>,
}

/// What can be typed of a person.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub username: String,
    pub email: String,
    pub email_verified: bool,
    pub name: String,
    pub given_name: String,
    pub family_name: String,
}

#[derive(Debug, Clone)]
pub struct HeldRole {
    pub name: String,
    pub since: When,
    pub by: String,
    /// Everybody has it.
    pub stays: bool,
}

#[derive(Template)]
#[template(path = "admin/person_factors.html")]
pub struct PersonFactors<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub head: &'a Head,
    /// When the password was chosen, and whether another has to be; None: there is none.
    pub password: Option<(When, bool)>,
    pub factors: &'a [ProofLine],
    pub codes_left: i64,
    pub can_change: bool,
}

/// A second factor.
#[derive(Debug, Clone)]
pub struct ProofLine {
    pub id: String,
    pub kind: Text,
    pub name: String,
    pub since: When,
    pub used: Option<When>,
}

#[derive(Template)]
#[template(path = "admin/person_sessions.html")]
pub struct PersonSessions<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub head: &'a Head,
    pub sessions: &'a [SessionLine],
    pub can_change: bool,
}

#[derive(Template)]
#[template(path = "admin/person_apps.html")]
pub struct PersonApps<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub head: &'a Head,
    pub apps: &'a [AppLine],
    pub can_change: bool,
}

#[derive(Template)]
#[template(path = "admin/person_activity.html")]
pub struct PersonActivity<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub head: &'a Head,
    pub events: &'a [EventLine],
    /// Also what others did to the person.
    pub is_whole: bool,
    pub first: Option<&'a str>,
    pub next: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "admin/person_claims.html")]
pub struct PersonClaims<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub head: &'a Head,
    /// What was typed.
    pub app: &'a str,
    pub scope: &'a str,
    /// Apps to choose from.
    pub apps: &'a [(String, String)],
    /// None: nothing was asked yet.
    pub claims: Option<&'a Claims>,
    pub mistakes: &'a [Mistake],
}

/// What a person would get.
#[derive(Debug, Clone)]
pub struct Claims {
    pub app: String,
    /// The pages on the way, in their order.
    pub pages: Vec<Text>,
    /// Why there would be nothing: the reason, what was expected and what there is.
    pub refusal: Option<[String; 3]>,
    /// The tables of claims: what they are in, and names with values.
    pub tokens: Vec<(Text, Vec<(String, String)>)>,
    pub refresh_token: bool,
}

#[derive(Template)]
#[template(path = "admin/invitations.html")]
pub struct Invitations<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub email: &'a str,
    pub states: &'a [Choice],
    pub invitations: &'a [InvitationLine],
    pub first: Option<&'a str>,
    pub next: Option<&'a str>,
    pub can_invite: bool,
}

#[derive(Debug, Clone)]
pub struct InvitationLine {
    pub id: String,
    pub email: String,
    pub name: String,
    pub roles: String,
    pub kind: String,
    pub app: String,
    pub state: Text,
    /// It can still be accepted, or could be if the letter were sent again.
    pub is_open: bool,
    pub is_bad: bool,
    pub sent: When,
    pub until: When,
    pub by: String,
    /// Who came of it, if that is to be seen.
    pub person: Option<String>,
}

#[derive(Template)]
#[template(path = "admin/invitation_new.html")]
pub struct NewInvitation<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub email: &'a str,
    pub name: &'a str,
    pub roles: &'a [Choice],
    pub kinds: &'a [Choice],
    /// What was typed, and what can be chosen.
    pub app: &'a str,
    pub apps: &'a [(String, String)],
    pub ends: &'a [Choice],
    pub locales: &'a [Choice],
    pub mistakes: &'a [Mistake],
}

#[derive(Template)]
#[template(path = "admin/keys.html")]
pub struct Keys<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    /// The algorithms, each with its keys.
    pub keys: &'a [(String, Vec<KeyLife>)],
    pub can_change: bool,
}

#[derive(Debug, Clone)]
pub struct KeyLife {
    pub kid: String,
    pub stage: Text,
    pub is_current: bool,
    pub created: When,
    pub since: Option<When>,
    pub until: Option<When>,
    pub gone: Option<When>,
}

#[derive(Template)]
#[template(path = "admin/permissions.html")]
pub struct Permissions<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub areas: &'a [(Label, Vec<PermissionLine>)],
    pub name: &'a str,
    pub description: &'a str,
    pub can_make: bool,
    pub mistakes: &'a [Mistake],
}

#[derive(Debug, Clone)]
pub struct PermissionLine {
    pub name: String,
    pub description: String,
    pub roles: Vec<String>,
    /// Signet's own.
    pub built_in: bool,
}

#[derive(Template)]
#[template(path = "admin/permission.html")]
pub struct Permission<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub line: &'a PermissionLine,
    pub description: &'a str,
    pub was: &'a [(String, String)],
    pub can_change: bool,
    pub conflict: Option<&'a Conflict>,
    pub mistakes: &'a [Mistake],
}
