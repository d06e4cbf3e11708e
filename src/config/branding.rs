//! What the pages look like.

use serde::{Deserialize, Serialize};

use super::Mistakes;
use crate::base::colour::{Colour, READABLE};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Branding {
    pub name: String,
    pub accent: String,
    /// The id of a picture that was sent in the console; empty for none.
    pub logo: String,
    /// Stands below every letter.
    pub footer: String,
}

impl Branding {
    /// The colour of links and buttons, if it is another than the usual one.
    pub fn accent(&self) -> Option<Colour> {
        Colour::parse(&self.accent)
    }

    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let good = self.name.chars().count() <= 64 && !self.name.chars().any(char::is_control);
        mistakes.unless(good, "branding.name", &self.name, "at most 64 characters");
        let good = self.footer.chars().count() <= 300 && !self.footer.chars().any(char::is_control);
        mistakes.unless(good, "branding.footer", &self.footer, "at most 300 characters");
        let good = self.accent.is_empty() || self.accent().is_some_and(|accent| accent.on_pages() >= READABLE);
        let allowed = match self.accent() {
            Some(accent) => format!("its contrast to the pages is {:.1}, and text needs {READABLE}", accent.on_pages()),
            None => "a colour as in #0b6b5d, or empty".to_owned(),
        };
        mistakes.unless(good, "branding.accent", &self.accent, &allowed);
        let good = self.logo.len() <= 64
            && self.logo.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        mistakes.unless(good, "branding.logo", &self.logo, "the id of a logo that was sent in the console, or empty");
    }
}
