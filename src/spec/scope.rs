//! Scopes (RFC 6749 §3.3) and what the registered ones mean to a person (OIDC Core §5.4, §11).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::right::Right;
use crate::locale::Text;

/// Scope values in the order in which they were asked for, none twice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Scope(Vec<String>);

/// The scopes that Signet itself gives a meaning to.
pub const KNOWN: &[Meaning] = &[
    Meaning { name: "openid", title: Text::new("scope-openid"), hint: Text::new("scope-openid-hint") },
    Meaning { name: "profile", title: Text::new("scope-profile"), hint: Text::new("scope-profile-hint") },
    Meaning { name: "email", title: Text::new("scope-email"), hint: Text::new("scope-email-hint") },
    Meaning { name: "address", title: Text::new("scope-address"), hint: Text::new("scope-address-hint") },
    Meaning { name: "phone", title: Text::new("scope-phone"), hint: Text::new("scope-phone-hint") },
    Meaning { name: "roles", title: Text::new("scope-roles"), hint: Text::new("scope-roles-hint") },
    Meaning { name: "permissions", title: Text::new("scope-permissions"), hint: Text::new("scope-permissions-hint") },
    Meaning { name: "offline_access", title: Text::new("scope-offline"), hint: Text::new("scope-offline-hint") },
];

/// The scopes that let an app do something here by the API, each by the right that it stands for.
pub const RIGHTS: &[Meaning] = &[
    right("signet:self.read", Text::new("scope-self-read")),
    right("signet:self.write", Text::new("scope-self-write")),
    right("signet:users.read", Text::new("scope-users-read")),
    right("signet:users.write", Text::new("scope-users-write")),
    right("signet:invitations.read", Text::new("scope-invitations-read")),
    right("signet:invitations.write", Text::new("scope-invitations-write")),
    right("signet:clients.read", Text::new("scope-clients-read")),
    right("signet:clients.write", Text::new("scope-clients-write")),
    right("signet:roles.read", Text::new("scope-roles-read")),
    right("signet:roles.write", Text::new("scope-roles-write")),
    right("signet:audit.read", Text::new("scope-audit-read")),
    right("signet:keys.read", Text::new("scope-keys-read")),
    right("signet:keys.write", Text::new("scope-keys-write")),
    right("signet:settings.read", Text::new("scope-settings-read")),
    right("signet:settings.write", Text::new("scope-settings-write")),
    right("signet:api-keys.read", Text::new("scope-api-keys-read")),
    right("signet:api-keys.write", Text::new("scope-api-keys-write")),
    right("signet:stats.read", Text::new("scope-stats-read")),
];

const fn right(name: &'static str, title: Text) -> Meaning {
    Meaning { name, title, hint: Text::new("scope-right-hint") }
}

/// A scope in plain words.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    pub name: &'static str,
    pub title: Text,
    pub hint: Text,
}

/// At most so many values in one request.
const MOST: usize = 50;

impl Scope {
    /// Splits at spaces. Whether the characters are allowed is [`Scope::is_valid`].
    pub fn parse(text: &str) -> Self {
        let mut values: Vec<String> = Vec::new();
        for value in text.split(' ').filter(|value| !value.is_empty()) {
            if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
        Self(values)
    }

    /// RFC 6749 §3.3: `%x21 / %x23-5B / %x5D-7E`; and not more than fifty.
    pub fn is_valid(&self) -> bool {
        let allowed = |c: char| matches!(c, '!' | '#'..='[' | ']'..='~');
        self.0.len() <= MOST && self.0.iter().all(|value| value.chars().all(allowed))
    }

    pub fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|value| value == name)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The first value that `other` lacks.
    pub fn beyond<'a>(&'a self, other: &Self) -> Option<&'a str> {
        self.iter().find(|value| !other.contains(value))
    }

    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let mut all = self.clone();
        all.0.extend(other.iter().filter(|value| !self.contains(value)).map(str::to_owned));
        all
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|value| value != name);
        self
    }

    /// What is left where no person is.
    #[must_use]
    pub fn impersonal(mut self) -> Self {
        self.0.retain(|value| !is_personal(value));
        self
    }
}

impl<'a> FromIterator<&'a str> for Scope {
    fn from_iter<I: IntoIterator<Item = &'a str>>(values: I) -> Self {
        values.into_iter().fold(Self::default(), |all, value| all.union(&Self(vec![value.to_owned()])))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

impl From<String> for Scope {
    fn from(text: String) -> Self {
        Self::parse(&text)
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.to_string()
    }
}

/// The scope in plain words; one that an API brought along speaks for itself.
pub fn meaning(name: &str) -> Option<&'static Meaning> {
    all().find(|known| known.name == name)
}

/// All scopes that mean something to Signet itself.
pub fn all() -> impl Iterator<Item = &'static Meaning> {
    KNOWN.iter().chain(RIGHTS)
}

/// Whether a scope is about the person who allows it, and so means nothing to a program.
pub fn is_personal(name: &str) -> bool {
    KNOWN.iter().any(|known| known.name == name) || Right::of_scope(name).is_some_and(Right::is_own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_stays_and_repetition_goes() {
        let scope = Scope::parse("openid  email openid a:b");
        assert_eq!(scope.to_string(), "openid email a:b");
        assert!(scope.is_valid() && !Scope::parse("a\"b").is_valid());
        let fifty = (0..50).map(|n| format!("s{n} ")).collect::<Vec<_>>().concat();
        assert!(Scope::parse(&fifty).is_valid() && !Scope::parse(&format!("{fifty} x")).is_valid());
    }

    #[test]
    fn every_right_has_words_and_those_of_people_leave_programs() {
        let named: Vec<_> = RIGHTS.iter().map(|meaning| meaning.name.to_owned()).collect();
        assert_eq!(named, Right::ALL.iter().map(|right| right.scope()).collect::<Vec<_>>());
        let scope = Scope::parse("openid signet:self.read signet:users.read orders");
        assert_eq!(scope.impersonal().to_string(), "signet:users.read orders");
    }

    #[test]
    fn subsets() {
        let (small, large) = (Scope::parse("openid"), Scope::parse("openid email"));
        assert_eq!((small.beyond(&large), large.beyond(&small)), (None, Some("email")));
        assert_eq!(small.union(&large), large);
    }
}
