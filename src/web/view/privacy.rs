//! What is kept of somebody, and the end of an account.

use askama::Template;

use super::{Frame, Mistake, When};

#[derive(Template)]
#[template(path = "account/privacy.html")]
pub struct Privacy<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub export: Export,
    /// Days in which an account that is to be erased can be kept.
    pub days: u64,
    pub mistakes: &'a [Mistake],
}

/// How far the archive of all that is kept is.
#[derive(Debug, Clone)]
pub enum Export {
    None,
    Running,
    /// Until when it can be fetched, and how large it is.
    Ready(When, String),
    Failed,
}

/// An account that is going to be erased can be kept here.
#[derive(Template)]
#[template(path = "page/leaving.html")]
pub struct Leaving<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// What the button proves or ends: name and value of the hidden field.
    pub field: (&'a str, &'a str),
    /// The page of ours to go on to, carried as a hidden field.
    pub to: &'a str,
    pub person: &'a str,
    pub at: When,
}
