//! The configuration: built-in defaults, one TOML file, then `SIGNET__SECTION__KEY` from the environment.
//! `config/default.toml` documents every key.

mod account;
mod api;
mod branding;
mod change;
mod people;
mod profile;
mod sections;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use toml::{Table, Value};
use url::Url;

use crate::base::net;

pub use account::Account;
pub use api::Api;
pub use branding::Branding;
pub use change::{Changes, KEYS, Key, Kind as KeyKind, SECTIONS, key};
pub use people::{Carrier, Encryption, Factor, Mail, MailServer, Mode, Registration, Sms};
pub use profile::{Editor as FieldEditor, Field, Kind as FieldKind, Label, Profile, TAKEN as TAKEN_CLAIMS};
pub use sections::{Format, Keys, Limits, Log, Password, Place, Refusals, Server, Session, Store, Token};

const PREFIX: &str = "SIGNET__";

/// Sections mirror the tables of `config/default.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Config {
    pub issuer: String,
    pub data: PathBuf,
    pub database: String,
    pub server: Server,
    pub store: Store,
    pub log: Log,
    pub token: Token,
    pub session: Session,
    pub keys: Keys,
    pub password: Password,
    pub limits: Limits,
    pub refusals: Refusals,
    pub mail: Mail,
    pub sms: Sms,
    pub registration: Registration,
    pub factor: Factor,
    pub account: Account,
    pub profile: Profile,
    pub api: Api,
    pub branding: Branding,
    pub place: Place,
    /// Where the values of keys come from that are not the defaults.
    #[serde(skip)]
    pub sources: BTreeMap<String, Source>,
    /// What administrators have set and is not in force, and why not.
    #[serde(skip)]
    pub left_out: Vec<Mistake>,
}

crate::text_enum! {
    /// Where a value comes from; a later one goes before an earlier one.
    Source {
        Default = "default",
        File = "file",
        /// What administrators have set.
        Database = "database",
        /// Whoever starts the server has the last word.
        Environment = "environment",
    }
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Where, and what is wrong. The line itself may hold a password.
    #[error("the configuration file is not TOML: line {line}: {reason}")]
    Syntax { line: usize, reason: String },
    /// One line for each mistake: key, value, what is allowed.
    #[error("{}", lines(.0))]
    Mistakes(Vec<Mistake>),
}

fn lines(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(Mistake::to_string).collect::<Vec<_>>().join("\n")
}

/// What is wrong with the value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Empty where it cannot be told which one it is.
    pub key: String,
    pub value: String,
    pub allowed: String,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.key.as_str() {
            "" => f.write_str(&self.allowed),
            key => write!(f, "{key} = {}: {}", self.value, self.allowed),
        }
    }
}

/// Mistakes, collected so that all are told at once.
#[derive(Debug, Default)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    /// Notes a mistake at `key` unless `good`.
    pub fn unless(&mut self, good: bool, key: &str, value: impl std::fmt::Debug, allowed: &str) {
        if !good {
            let (key, value, allowed) = (key.to_owned(), format!("{value:?}"), allowed.to_owned());
            self.0.push(Mistake { key, value, allowed });
        }
    }
}

impl Config {
    /// Puts the file over the defaults and the environment over both. Reports every mistake at once.
    pub fn load(file: &str, env: impl Iterator<Item = (String, String)>) -> Result<Self, Error> {
        let mut known = defaults()?;
        let mut mistakes = Mistakes::default();
        let mut sources = BTreeMap::new();
        let given = read_file(file)?;
        note(&given, "", &mut sources);
        merge(&mut known, given, "", &mut mistakes);
        for (name, value) in env {
            if let Some(path) = name.strip_prefix(PREFIX) {
                let path = path.to_lowercase();
                set(&mut known, &path, &name, &value, &mut mistakes);
                sources.insert(path.replace("__", "."), Source::Environment);
            }
        }
        let mut config = match Self::try_from_table(known) {
            Ok(config) => config,
            Err(error) => {
                let allowed = error.to_string().trim().replace('\n', " ");
                mistakes.0.push(Mistake { key: String::new(), value: String::new(), allowed });
                return Err(Error::Mistakes(mistakes.0));
            }
        };
        config.sources = sources;
        config.complete();
        config.check(&mut mistakes);
        if mistakes.0.is_empty() { Ok(config) } else { Err(Error::Mistakes(mistakes.0)) }
    }

    fn try_from_table(table: Table) -> Result<Self, toml::de::Error> {
        table.try_into()
    }

    /// Derives what was left empty from what was given.
    fn complete(&mut self) {
        if self.issuer.is_empty() {
            let scheme = if self.server.has_tls() { "https" } else { "http" };
            let port = self.server.listen.rsplit(':').next().unwrap_or_default();
            self.issuer = format!("{scheme}://localhost:{port}");
        }
        if self.mail.from.is_empty() {
            let host = Url::parse(&self.issuer).ok().and_then(|url| url.domain().map(str::to_owned));
            self.mail.from = format!("no-reply@{}", host.as_deref().unwrap_or("localhost"));
        }
        if self.database.is_empty() {
            self.database = format!("sqlite:{}", self.data.join("signet.db").display());
        }
        if self.keys.master_key_file.is_empty() {
            self.keys.master_key_file = self.data.join("master.key").display().to_string();
        }
    }

    fn check(&self, mistakes: &mut Mistakes) {
        let issuer = Url::parse(&self.issuer).ok().filter(|url| url.query().is_none() && url.fragment().is_none());
        let allowed =
            "https://host in small letters, without path, slash, query or default port; http for loopback hosts only";
        let good = issuer.is_some_and(|url| {
            let secure = url.scheme() == "https" || (url.scheme() == "http" && net::is_loopback(&url));
            // letter by letter as a browser writes it in the Origin header, so no path, slash, capital or default port
            secure && url.origin().ascii_serialization() == self.issuer
        });
        mistakes.unless(good, "issuer", &self.issuer, allowed);
        self.server.check(mistakes);
        self.store.check(mistakes);
        self.log.check(mistakes);
        self.token.check(mistakes);
        self.session.check(mistakes);
        self.keys.check(mistakes);
        self.password.check(mistakes);
        self.limits.check(mistakes);
        self.refusals.check(mistakes);
        self.mail.check(mistakes);
        self.sms.check(mistakes);
        self.registration.check(mistakes);
        self.factor.check(mistakes);
        self.account.check(mistakes);
        self.profile.check(mistakes);
        self.branding.check(mistakes);
    }

    /// Whether browsers reach us by https: cookies are `Secure` then, and carry the `__Host-` prefix.
    pub fn is_https(&self) -> bool {
        self.issuer.starts_with("https:")
    }
}

/// The defaults as a table: what keys there are and of which type.
fn defaults() -> Result<Table, Error> {
    let documented = include_str!("../../config/default.toml");
    read_file(documented)
}

fn read_file(text: &str) -> Result<Table, Error> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        Error::Syntax { line: before.matches('\n').count() + 1, reason: error.message().to_owned() }
    })
}

/// Notes what a file says something about.
fn note(given: &Table, path: &str, sources: &mut BTreeMap<String, Source>) {
    for (key, value) in given {
        let name = format!("{path}{key}");
        match value {
            Value::Table(inner) => note(inner, &format!("{name}."), sources),
            _ => drop(sources.insert(name, Source::File)),
        }
    }
}

fn merge(known: &mut Table, given: Table, path: &str, mistakes: &mut Mistakes) {
    for (key, value) in given {
        let name = format!("{path}{key}");
        match (known.get_mut(&key), value) {
            (Some(Value::Table(inner)), Value::Table(value)) => merge(inner, value, &format!("{name}."), mistakes),
            (Some(old), value) if old.same_type(&value) => *old = value,
            (Some(old), value) => {
                // in the place of a text or a section there may be a password
                let shown = if old.is_integer() || old.is_bool() { value } else { Value::from("…") };
                mistakes.unless(false, &name, Bare(&shown), &format!("must be of type {}", old.type_str()));
            }
            // a misspelt name of a password does not make it less of one
            (None, _) => mistakes.unless(false, &name, "…", &unknown(known)),
        }
    }
}

fn unknown(known: &Table) -> String {
    let names: Vec<_> = known.keys().map(String::as_str).collect();
    format!("is not a setting; here are: {}", names.join(", "))
}

/// Sets `section__key`; the text is read as what the default is.
fn set(known: &mut Table, path: &str, name: &str, text: &str, mistakes: &mut Mistakes) {
    let (head, rest) = path.split_once("__").map_or((path, None), |(head, rest)| (head, Some(rest)));
    match (known.get_mut(head), rest) {
        (Some(Value::Table(inner)), Some(rest)) => set(inner, rest, name, text, mistakes),
        (Some(old), None) if !old.is_table() => match read(old, text) {
            Some(value) => *old = value,
            None => {
                mistakes.unless(false, name, text, &format!("must be of type {}", old.type_str()));
            }
        },
        _ => mistakes.unless(false, name, "…", &unknown(known)),
    }
}

fn read(like: &Value, text: &str) -> Option<Value> {
    match like {
        Value::String(_) => Some(Value::String(text.to_owned())),
        Value::Integer(_) => text.trim().parse().ok().map(Value::Integer),
        Value::Boolean(_) => text.trim().parse().ok().map(Value::Boolean),
        Value::Array(_) if text.trim_start().starts_with('[') => {
            toml::from_str::<Table>(&format!("list = {text}")).ok()?.remove("list")
        }
        Value::Array(_) => {
            let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
            Some(Value::Array(entries.map(|entry| Value::String(entry.to_owned())).collect()))
        }
        _ => None,
    }
}

/// Shows a value as it was written.
struct Bare<'a>(&'a Value);

impl std::fmt::Debug for Bare<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Lifetimes are written in whole seconds.
mod seconds {
    use super::Duration;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_secs)
    }

    pub fn serialize<S: Serializer>(value: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(value.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, env: &[(&str, &str)]) -> Result<Config, Error> {
        Config::load(file, env.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())))
    }

    fn mistakes(file: &str, env: &[(&str, &str)]) -> Vec<String> {
        match load(file, env) {
            Err(Error::Mistakes(mistakes)) => mistakes.iter().map(Mistake::to_string).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_key_is_documented_and_every_documented_key_exists() {
        let documented = defaults().unwrap();
        let known = Table::try_from(load("", &[]).unwrap()).unwrap();
        let names = |table: &Table| -> Vec<String> {
            let inner = |(key, value): (&String, &Value)| match value {
                Value::Table(inner) => inner.keys().map(|name| format!("{key}.{name}")).collect(),
                _ => vec![key.clone()],
            };
            table.iter().flat_map(inner).collect()
        };
        assert_eq!(names(&documented), names(&known));
    }

    #[test]
    fn what_is_left_empty_follows_from_the_rest() {
        let config = load("data = '/var/lib/signet'", &[("SIGNET__SERVER__LISTEN", "0.0.0.0:9000")]).unwrap();
        assert_eq!(config.issuer, "http://localhost:9000");
        assert_eq!(config.database, "sqlite:/var/lib/signet/signet.db");
        assert_eq!(config.keys.master_key_file, "/var/lib/signet/master.key");
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let file = "log = { format = 'xml' }\nissuer = 'http://op.example'\nport = 1\n[token]\ncode_ttl = 9999\naccess_ttl = 'long'";
        let env = [("SIGNET__PASSWORD__ITERATIONS", "one"), ("SIGNET__SERVER__LISEN", "x"), ("OTHER", "x")];
        let told = mistakes(file, &env).join("\n");
        for key in [
            "log.format",
            "issuer",
            "port",
            "token.code_ttl",
            "token.access_ttl",
            "PASSWORD__ITERATIONS",
            "SERVER__LISEN",
        ] {
            assert!(told.contains(key), "{key} in:\n{told}");
        }
        assert_eq!(told.lines().count(), 7, "{told}");
    }

    #[test]
    fn the_environment_speaks_the_type_of_the_key() {
        let env = [
            ("SIGNET__LIMITS__EXEMPT_NETWORKS", r#"["127.0.0.0/8", "::1"]"#),
            ("SIGNET__SERVER__TRUSTED_PROXIES", "10.0.0.0/8,192.0.2.1"),
            ("SIGNET__STORE__CONNECTIONS", "3"),
        ];
        let config = load("", &env).unwrap();
        assert_eq!(config.limits.exempt_networks.len(), 2);
        assert_eq!(config.server.trusted_proxies.len(), 2);
        assert_eq!(config.store.connections, 3);
    }

    #[test]
    fn an_issuer_with_a_slash_or_without_tls_is_refused() {
        for bad in [
            "https://op.example/",
            "http://op.example",
            "op.example",
            "https://op.example?x",
            "ftp://localhost",
            "https://OP.example",
            "https://op.example:443",
        ] {
            assert!(mistakes(&format!("issuer = '{bad}'"), &[])[0].contains("issuer"), "{bad}");
        }
        for good in ["https://op.example", "http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:8080"] {
            load(&format!("issuer = '{good}'"), &[]).unwrap();
        }
    }
}
