//! Texts by their ids.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

/// What a text is filled with: words, or a number that decides between singular and plural.
pub use fluent_bundle::FluentValue as Value;

use super::Locale;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 3]> = LazyLock::new(|| Locale::ALL.map(bundle));

/// Stands for a value until the text is split there; no text and no name holds it.
const GAP: &str = "\0";

/// A file that is broken says so in the tests; here its good part is used.
fn bundle(locale: Locale) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![locale.id()]);
    // a name in Latin letters inside of an Arabic line keeps its own direction; elsewhere the marks would only disturb
    bundle.set_use_isolating(locale.dir() == "rtl");
    for source in locale.sources() {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(usable, _)| usable);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A text before its language is known: its id and what fills it.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub id: &'static str,
    values: Vec<(&'static str, Value<'static>)>,
}

impl Text {
    pub const fn new(id: &'static str) -> Self {
        Self { id, values: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value<'static>>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    pub fn to(&self, locale: Locale) -> String {
        let values = self.values.iter().map(|(name, value)| (*name, value.clone()));
        locale.fill_all(self.id, values).unwrap_or_else(|| self.id.to_owned())
    }
}

impl Locale {
    /// The files with the texts, as they were written.
    pub const fn sources(self) -> &'static [&'static str] {
        match self {
            Self::En => &[
                include_str!("../../locales/en/pages.ftl"),
                include_str!("../../locales/en/factor.ftl"),
                include_str!("../../locales/en/join.ftl"),
                include_str!("../../locales/en/account.ftl"),
                include_str!("../../locales/en/preferences.ftl"),
                include_str!("../../locales/en/privacy.ftl"),
                include_str!("../../locales/en/letters.ftl"),
                include_str!("../../locales/en/admin.ftl"),
                include_str!("../../locales/en/settings.ftl"),
                include_str!("../../locales/en/apps.ftl"),
                include_str!("../../locales/en/checks.ftl"),
                include_str!("../../locales/en/people.ftl"),
                include_str!("../../locales/en/bulk.ftl"),
            ],
            Self::De => &[
                include_str!("../../locales/de/pages.ftl"),
                include_str!("../../locales/de/factor.ftl"),
                include_str!("../../locales/de/join.ftl"),
                include_str!("../../locales/de/account.ftl"),
                include_str!("../../locales/de/preferences.ftl"),
                include_str!("../../locales/de/privacy.ftl"),
                include_str!("../../locales/de/letters.ftl"),
                include_str!("../../locales/de/admin.ftl"),
                include_str!("../../locales/de/settings.ftl"),
                include_str!("../../locales/de/apps.ftl"),
                include_str!("../../locales/de/checks.ftl"),
                include_str!("../../locales/de/people.ftl"),
                include_str!("../../locales/de/bulk.ftl"),
            ],
            Self::Ar => &[
                include_str!("../../locales/ar/pages.ftl"),
                include_str!("../../locales/ar/factor.ftl"),
                include_str!("../../locales/ar/join.ftl"),
                include_str!("../../locales/ar/account.ftl"),
                include_str!("../../locales/ar/preferences.ftl"),
                include_str!("../../locales/ar/privacy.ftl"),
                include_str!("../../locales/ar/letters.ftl"),
                include_str!("../../locales/ar/admin.ftl"),
                include_str!("../../locales/ar/settings.ftl"),
                include_str!("../../locales/ar/apps.ftl"),
                include_str!("../../locales/ar/checks.ftl"),
                include_str!("../../locales/ar/people.ftl"),
                include_str!("../../locales/ar/bulk.ftl"),
            ],
        }
    }

    /// The text of this id; the id itself if there is none, so that a page is never lost for a word.
    pub fn text(self, id: &str) -> Cow<'_, str> {
        self.format(id, None).unwrap_or(Cow::Borrowed(id))
    }

    /// The same with one value in it.
    pub fn fill<'a>(self, id: &str, name: &'a str, value: impl Into<Value<'a>>) -> String {
        self.fill_all(id, [(name, value)]).unwrap_or_else(|| id.to_owned())
    }

    /// The text of this id with all these values in it, if there is one.
    pub fn fill_all<'a, V: Into<Value<'a>>>(
        self,
        id: &str,
        values: impl IntoIterator<Item = (&'a str, V)>,
    ) -> Option<String> {
        self.format(id, Some(&values.into_iter().collect())).map(Cow::into_owned)
    }

    /// What stands before and after the one value of a text, for a page that marks the value up.
    pub fn around(self, id: &str, name: &str) -> (String, String) {
        let text = self.fill(id, name, GAP);
        let (before, after) = text.split_once(GAP).unwrap_or((&text, ""));
        // the markup isolates the value already
        (before.trim_end_matches('\u{2068}').to_owned(), after.trim_start_matches('\u{2069}').to_owned())
    }

    fn format(self, id: &str, values: Option<&FluentArgs<'_>>) -> Option<Cow<'static, str>> {
        let bundle: &'static Bundle = &BUNDLES[self as usize];
        let pattern = bundle.get_message(id)?.value()?;
        Some(bundle.format_pattern(pattern, values, &mut Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_decide_between_singular_and_plural() {
        let short = |locale, count: usize| Text::new("password-short").with("count", count).to(locale);
        assert_eq!(short(Locale::En, 8), "Use at least 8 characters. A few words together are a good password.");
        assert!(short(Locale::De, 1).contains("ein Zeichen") && short(Locale::De, 8).contains("8 Zeichen"));
        let forms: std::collections::HashSet<_> = [1, 2, 3, 11, 100].map(|count| short(Locale::Ar, count)).into();
        assert_eq!(forms.len(), 5);
    }

    #[test]
    fn a_value_can_be_marked_up() {
        let (before, after) = Locale::En.around("consent-person", "person");
        assert_eq!((before.as_str(), after.as_str()), ("You are signed in as ", "."));
        for locale in Locale::ALL {
            let (before, after) = locale.around("consent-person", "person");
            assert!(!format!("{before}{after}").contains(['\0', '\u{2068}', '\u{2069}']), "{before:?} {after:?}");
        }
    }

    #[test]
    fn a_page_is_never_lost_for_a_word() {
        assert_eq!(Locale::De.text("no-such-text"), "no-such-text");
        assert_eq!(Text::new("no-such-text").with("name", "x").to(Locale::Ar), "no-such-text");
        assert_eq!(Locale::En.around("no-such-text", "name"), ("no-such-text".to_owned(), String::new()));
    }
}
