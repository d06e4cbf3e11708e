//! What is known of people beside what everybody tells: their kind, and fields of the tenant's own.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Mistakes;
use crate::locale::Locale;

/// Fields in all; each stands on the page of the profile.
const MOST: usize = 30;
/// The longest label or choice, in bytes.
const LABEL: usize = 128;

/// Claims that say something already, or would be taken for something else (OIDC Core §2 and §5.1, RFC 7519 §4.1).
pub const TAKEN: &[&str] = &[
    "sub",
    "iss",
    "aud",
    "exp",
    "iat",
    "nbf",
    "jti",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "azp",
    "roles",
    "permissions",
    "sid",
    "at_hash",
    "c_hash",
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "email_verified",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "phone_number",
    "phone_number_verified",
    "address",
    "updated_at",
    "bio",
    "user_type",
];

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Kinds of people that administrators tell apart.
    pub types: Vec<String>,
    pub fields: Vec<Field>,
}

crate::text_enum! {
    /// What a field of the tenant holds.
    Kind {
        Text = "text",
        Number = "number",
        Bool = "bool",
        /// A day, as in `2026-12-31`.
        Date = "date",
        /// One of [`Field::choices`].
        Choice = "choice",
    }
}

crate::text_enum! {
    /// Who fills a field in.
    Editor {
        Person = "person",
        Administrator = "administrator",
    }
}

/// A field of the tenant's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: Kind,
    pub label: Label,
    #[serde(default)]
    pub choices: Vec<String>,
    /// The page of the profile is not saved without it.
    #[serde(default)]
    pub required: bool,
    #[serde(default = "person")]
    pub editor: Editor,
    /// What it is called in tokens; empty: no app gets it.
    #[serde(default)]
    pub claim: String,
    /// The scope that brings the claim.
    #[serde(default = "scope")]
    pub scope: String,
}

fn person() -> Editor {
    Editor::Person
}

fn scope() -> String {
    "profile".to_owned()
}

/// One for all languages, or one for each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Label {
    All(String),
    Each(BTreeMap<String, String>),
}

impl Label {
    /// In this language, else in English, else in any.
    pub fn to(&self, locale: Locale) -> &str {
        match self {
            Self::All(label) => label,
            Self::Each(labels) => {
                let wanted = [locale, Locale::default()].into_iter().find_map(|locale| labels.get(locale.tag()));
                wanted.or(labels.values().next()).map_or("", String::as_str)
            }
        }
    }

    fn is_good(&self) -> bool {
        let is_line = |label: &String| !label.trim().is_empty() && is_line(label);
        match self {
            Self::All(label) => is_line(label),
            Self::Each(labels) => {
                let known = |tag: &String| Locale::ALL.iter().any(|locale| locale.tag() == tag);
                !labels.is_empty() && labels.keys().all(known) && labels.values().all(is_line)
            }
        }
    }
}

impl Profile {
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The fields that one of the two fills in.
    pub fn of(&self, editor: Editor) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |field| field.editor == editor)
    }

    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        for kind in &self.types {
            mistakes.unless(is_name(kind), "profile.types", kind, NAME);
        }
        let kinds: BTreeSet<_> = self.types.iter().collect();
        mistakes.unless(kinds.len() == self.types.len(), "profile.types", &self.types, "none twice");
        mistakes.unless(self.fields.len() <= MOST, "profile.fields", self.fields.len(), &format!("at most {MOST}"));
        let (mut names, mut claims) = (BTreeSet::new(), TAKEN.iter().copied().collect::<BTreeSet<_>>());
        for field in &self.fields {
            field.check(mistakes);
            mistakes.unless(names.insert(field.name.as_str()), "profile.fields", &field.name, "none twice");
            let is_free = field.claim.is_empty() || claims.insert(&field.claim);
            let key = format!("profile.fields.{}.claim", field.name);
            mistakes.unless(is_free, &key, &field.claim, "a name that no other claim has");
        }
    }
}

const NAME: &str = "a small letter, then small letters, digits, - and _; at most 32 in all";

fn is_name(text: &str) -> bool {
    let known = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-' || c == b'_';
    text.len() <= 32 && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(known)
}

fn is_line(text: &str) -> bool {
    text.len() <= LABEL && !text.chars().any(char::is_control)
}

impl Field {
    fn check(&self, mistakes: &mut Mistakes) {
        let key = |member: &str| format!("profile.fields.{}.{member}", self.name);
        mistakes.unless(is_name(&self.name), "profile.fields", &self.name, NAME);
        let allowed = "a text, or one for each language, as in { en = \"…\", de = \"…\" }; at most 128 bytes each";
        mistakes.unless(self.label.is_good(), &key("label"), &self.label, allowed);
        let distinct: BTreeSet<_> = self.choices.iter().collect();
        let good = self.choices.iter().all(|choice| !choice.trim().is_empty() && is_line(choice));
        let good = good && distinct.len() == self.choices.len() && self.choices.len() <= 200;
        let allowed = "with type choice 1 to 200 texts of at most 128 bytes, none twice; else none";
        let good = good && (self.kind == Kind::Choice) != self.choices.is_empty();
        mistakes.unless(good, &key("choices"), &self.choices, allowed);
        let good = !self.required || self.editor == Editor::Person;
        mistakes.unless(good, &key("required"), self.required, "only for what the person fills in");
        let good = self.claim.len() <= 128 && self.claim.chars().all(|c| c.is_ascii_graphic());
        mistakes.unless(good, &key("claim"), &self.claim, "at most 128 ASCII characters, no spaces");
        let token = |c: char| matches!(c, '!' | '#'..='[' | ']'..='~');
        let good = !self.scope.is_empty() && self.scope.chars().all(token);
        let good = good && !["openid", "offline_access"].contains(&self.scope.as_str());
        mistakes.unless(
            good,
            &key("scope"),
            &self.scope,
            "one scope (RFC 6749 section 3.3), but openid and offline_access",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Error};

    fn load(file: &str) -> Result<Config, Error> {
        Config::load(file, std::iter::empty())
    }

    fn field(members: &str) -> String {
        format!("[[profile.fields]]\nname = 'a'\ntype = 'text'\nlabel = 'A'\n{members}")
    }

    #[test]
    fn fields_are_read_in_their_order_with_what_is_left_out() {
        let file = "[profile]\ntypes = ['employee', 'guest']\n[[profile.fields]]\nname = 'zone'\ntype = 'choice'\n\
             label = { en = 'Area', de = 'Bereich' }\nchoices = ['North', 'South']\nrequired = true\n\
             [[profile.fields]]\nname = 'badge'\ntype = 'number'\nlabel = 'Badge'\neditor = 'administrator'\n\
             claim = 'badge_number'\nscope = 'badge'";
        let profile = load(file).unwrap().profile;
        let [zone, badge] = &profile.fields[..] else { panic!("{profile:?}") };
        assert_eq!((zone.editor, zone.claim.as_str(), zone.scope.as_str()), (Editor::Person, "", "profile"));
        assert_eq!((zone.label.to(Locale::De), zone.label.to(Locale::Ar)), ("Bereich", "Area"));
        assert_eq!((badge.editor, badge.label.to(Locale::De)), (Editor::Administrator, "Badge"));
        assert_eq!(profile.of(Editor::Person).count(), 1);
    }

    #[test]
    fn the_environment_has_them_as_a_list() {
        let list = r#"[{ name = "a", type = "date", label = "A" }]"#;
        let env = [("SIGNET__PROFILE__FIELDS".to_owned(), list.to_owned())];
        assert_eq!(Config::load("", env.into_iter()).unwrap().profile.fields[0].kind, Kind::Date);
    }

    #[test]
    fn what_is_wrong_with_a_field_is_told() {
        let twice = field("") + "\n" + &field("");
        let same = field("claim = 'x'") + "\n" + &field("claim = 'x'").replace("'a'", "'b'");
        for (file, key) in [
            (field("").replace("'a'", "'A'"), "profile.fields"),
            (field("").replace("'text'", "'colour'"), "colour"),
            (field("").replace("'A'", "''"), "profile.fields.a.label"),
            (field("").replace("'A'", "{ tlh = 'Qap' }"), "profile.fields.a.label"),
            (field("choices = ['x']"), "profile.fields.a.choices"),
            (field("").replace("'text'", "'choice'"), "profile.fields.a.choices"),
            (field("claim = 'email'"), "profile.fields.a.claim"),
            (field("claim = 'a b'"), "profile.fields.a.claim"),
            (field("scope = 'openid'"), "profile.fields.a.scope"),
            (field("scope = 'two scopes'"), "profile.fields.a.scope"),
            (field("editor = 'administrator'\nrequired = true"), "profile.fields.a.required"),
            (field("colour = 'red'"), "colour"),
            (twice, "profile.fields"),
            (same, "profile.fields.b.claim"),
            ("[profile]\ntypes = ['One Kind']".to_owned(), "profile.types"),
            ("[profile]\ntypes = ['a', 'a']".to_owned(), "profile.types"),
        ] {
            let Err(Error::Mistakes(told)) = load(&file) else { panic!("{file}") };
            assert!(told.iter().any(|told| told.to_string().contains(key)), "{key} in {told:?}");
        }
    }
}
