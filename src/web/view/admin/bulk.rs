//! Pages about what is done to many at once.

use askama::Template;

use super::{Bar, Choice, Frame, Mistake, PersonLine, Who, mistake};
use crate::locale::Text;
use crate::web::view::When;

/// Whom to do what.
#[derive(Template)]
#[template(path = "admin/bulk.html")]
pub struct Bulk<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    /// How many fit the filter; empty on the pages after the first.
    pub count: Option<&'a Text>,
    /// The filter, carried along.
    pub filter: &'a [(String, String)],
    pub people: &'a [Tick],
    pub actions: &'a [Choice],
    pub roles: &'a [Choice],
    /// All who fit, not only those who are ticked.
    pub all: bool,
    /// Nobody is looked for: it would be everybody.
    pub is_everybody: bool,
    pub first: Option<&'a str>,
    pub next: Option<&'a str>,
    /// The same people in the list from which they come.
    pub back: &'a str,
    pub mistakes: &'a [Mistake],
}

/// A person who can be ticked.
#[derive(Debug, Clone)]
pub struct Tick {
    pub line: PersonLine,
    pub ticked: bool,
}

/// What would become of them, to be confirmed.
#[derive(Template)]
#[template(path = "admin/bulk_preview.html")]
pub struct Forecast<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub title: &'a Text,
    pub total: &'a Text,
    /// Only the first so many were looked at.
    pub part: Option<&'a Text>,
    pub facts: &'a [(Text, i64)],
    pub reasons: &'a [(Text, i64)],
    pub rows: &'a [Row],
    /// There is something to do.
    pub can_do: bool,
    pub action: &'a str,
    pub fields: &'a [(String, String)],
    pub back: &'a str,
}

/// What became of one, or would.
#[derive(Debug, Clone)]
pub struct Row {
    pub position: i64,
    pub who: Who,
    pub outcome: Text,
    pub is_bad: bool,
    pub why: Option<Text>,
    /// The same in exact words, in English.
    pub exact: String,
}

#[derive(Template)]
#[template(path = "admin/jobs.html")]
pub struct Jobs<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub jobs: &'a [JobLine],
    pub can_invite: bool,
    pub first: Option<&'a str>,
    pub next: Option<&'a str>,
}

#[derive(Debug, Clone)]
pub struct JobLine {
    pub id: String,
    pub at: When,
    pub what: Text,
    pub actor: Who,
    pub state: Text,
    pub is_bad: bool,
    pub progress: Text,
}

#[derive(Template)]
#[template(path = "admin/job.html")]
pub struct Job<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub line: &'a JobLine,
    pub is_running: bool,
    pub is_preview: bool,
    pub ended: Option<&'a When>,
    /// Why it did not come to its end, in English.
    pub why: &'a str,
    /// Done, of so many where that is known.
    pub done: i64,
    pub total: Option<i64>,
    pub facts: &'a [(Text, i64)],
    /// Which rows are shown.
    pub outcomes: &'a [Choice],
    pub rows: &'a [Row],
    pub first: Option<&'a str>,
    pub next: Option<&'a str>,
    /// What was only looked at can be done.
    pub can_apply: bool,
    /// The act that can be taken back.
    pub undo: Option<&'a str>,
}

/// People by a file.
#[derive(Template)]
#[template(path = "admin/import.html")]
pub struct Import<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub columns: &'a [(&'static str, Text)],
    pub mistakes: &'a [Mistake],
}
