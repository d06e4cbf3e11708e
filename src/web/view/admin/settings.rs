//! The page of the settings.

use askama::Template;

use super::{Bar, Choice, Who};
use crate::locale::Text;
use crate::web::view::{Frame, Mistake, When, mistake};

#[derive(Template)]
#[template(path = "admin/settings.html")]
pub struct Settings<'a> {
    pub frame: Frame<'a>,
    pub bar: &'a Bar,
    pub sections: &'a [Section],
    /// What the settings were when the page was made.
    pub version: &'a str,
    pub can_change: bool,
    pub mistakes: &'a [Mistake],
}

impl Settings<'_> {
    fn lock(&self) -> &'static str {
        if self.can_change { self.bar.lock() } else { "disabled" }
    }
}

/// Settings that are changed together.
#[derive(Debug, Clone)]
pub struct Section {
    pub name: &'static str,
    /// The id of the words above it.
    pub title: String,
    /// The id of its button.
    pub submit: String,
    pub fields: Vec<Field>,
}

/// One setting, as it is or was typed.
#[derive(Debug, Clone)]
pub struct Field {
    pub key: &'static str,
    /// The ids of its name and of what it means.
    pub label: String,
    pub help: String,
    pub input: Input,
    pub value: String,
    /// What is to be known beside the help: how long so many seconds are, how well a colour can be read.
    pub note: Option<Text>,
    pub source: Text,
    /// The variable of the environment that says what it is.
    pub pinned: Option<String>,
    /// When it was changed here, and by whom.
    pub changed: Option<(When, Who)>,
    /// What it is when it is not set here, if it is set here.
    pub without: Option<String>,
    /// What was set here and is not in force.
    pub left_out: Option<String>,
}

/// How it is typed.
#[derive(Debug, Clone)]
pub enum Input {
    /// From, to.
    Number(u64, u64),
    Switch(bool),
    Choice(Vec<Choice>),
    Ticks(Vec<Choice>),
    Line(&'static str),
    Colour,
    /// The address of the picture; None: there is none.
    Logo(Option<String>),
}

impl Field {
    /// The attribute of one that cannot be changed here.
    fn lock(&self) -> &'static str {
        if self.pinned.is_some() { "disabled" } else { "" }
    }

    /// The id of what says where the value comes from.
    fn about(&self) -> String {
        format!("{}-about", self.key)
    }

    fn hint(&self, frame: &Frame<'_>) -> String {
        let help = frame.text(&self.help);
        self.note.as_ref().map_or_else(|| help.to_string(), |note| format!("{help} {}", frame.say(note)))
    }
}
