//! Languages: which one to speak with somebody, and what things are called in it.
//!
//! The texts stand in `locales/` (Fluent, a folder for each language) and are part of the binary. A test holds the files
//! and the code together: every text that is asked for exists in every language, and none is left over.

mod text;

pub use text::{Text, Value};

use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::LanguageIdentifier;

/// The most tags that are looked at.
const MOST: usize = 20;

/// A language that Signet speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    De,
    Ar,
}

impl Locale {
    pub const ALL: [Self; 3] = [Self::En, Self::De, Self::Ar];

    /// Its tag (BCP 47), for `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Ar => "ar",
        }
    }

    /// Where its lines begin, for `dir`.
    pub fn dir(self) -> &'static str {
        if self == Self::Ar { "rtl" } else { "ltr" }
    }

    /// What it is called by those who speak it.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
            Self::Ar => "العربية",
        }
    }

    /// The best for somebody who wants these: a list of tags as in `ui_locales`, dearest first (OIDC Core §3.1.2.1,
    /// spaces between), or as in `Accept-Language`, with weights (RFC 9110 §12.5.4, commas between). None when we speak
    /// none of them.
    pub fn wanted(tags: &str) -> Option<Self> {
        let separator = |c: char| if tags.contains(',') { c == ',' } else { c.is_whitespace() };
        let mut wanted: Vec<_> = tags.split(separator).take(MOST).filter_map(weighted).collect();
        wanted.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let wanted: Vec<_> = wanted.into_iter().map(|(_, id)| id).collect();
        let spoken = Self::ALL.map(Self::id);
        let best = negotiate_languages(&wanted, &spoken, None, NegotiationStrategy::Lookup);
        let best = best.first()?;
        Self::ALL.into_iter().find(|locale| locale.id() == **best)
    }

    fn id(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }
}

/// A tag with its weight, unless nothing is wanted less (`q=0`).
fn weighted(entry: &str) -> Option<(f32, LanguageIdentifier)> {
    let (tag, weight) = entry.split_once(';').unwrap_or((entry, ""));
    let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok()).unwrap_or(1.0);
    (weight > 0.0).then_some((weight, tag.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_dearest_that_we_speak() {
        for (wanted, best) in [
            ("de", Some(Locale::De)),
            ("de-AT", Some(Locale::De)),
            ("fr-CH de en", Some(Locale::De)),
            ("fr-CH, fr;q=0.9, ar;q=0.8, de;q=0.7, *;q=0.5", Some(Locale::Ar)),
            ("en;q=0.5, de ; q=0.8, ar;q=0", Some(Locale::De)),
            ("DE", Some(Locale::De)),
            ("fr", None),
            ("*", None),
            ("", None),
            ("!?,,\u{1}", None),
        ] {
            assert_eq!(Locale::wanted(wanted), best, "{wanted}");
        }
    }
}
