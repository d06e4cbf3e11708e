//! What administrators may change while the server runs. All else needs whoever starts it: where it is, what it keeps,
//! whom it trusts, and what is computed from the configuration once.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::sections::DAY;
use super::{Config, Mistake, Mistakes, Source};

use Kind::{Address, Choice, Choices, Colour, Line, Logo, Number, Seconds, Switch, Words};

/// A key that may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// As in the configuration file: `password.min_length`.
    pub name: &'static str,
    pub kind: Kind,
}

/// What its values look like. What goes together is checked by the sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// From, to.
    Seconds(u64, u64),
    Number(u64, u64),
    Switch,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Any of these.
    Choices(&'static [&'static str]),
    /// A list.
    Words,
    /// A line of at most so many characters.
    Line(usize),
    /// Empty, or https.
    Address,
    Colour,
    /// Sent as a file, not typed.
    Logo,
}

const YEAR: u64 = 366 * DAY;
const RATE: Kind = Number(1, 10_000_000);
const CARRIERS: &[&str] = &["email", "sms"];

/// In the order in which they are shown.
pub const SECTIONS: [&str; 8] =
    ["branding", "registration", "password", "factor", "session", "account", "limits", "api"];

/// By section.
pub const KEYS: [Key; 45] = [
    Key { name: "branding.name", kind: Line(64) },
    Key { name: "branding.accent", kind: Colour },
    Key { name: "branding.logo", kind: Logo },
    Key { name: "branding.footer", kind: Line(300) },
    Key { name: "registration.mode", kind: Choice(&["open", "approval", "closed"]) },
    Key { name: "registration.domains", kind: Words },
    Key { name: "registration.terms_uri", kind: Address },
    Key { name: "registration.privacy_uri", kind: Address },
    Key { name: "registration.terms_version", kind: Line(64) },
    Key { name: "registration.invitation_ttl", kind: Seconds(60, 90 * DAY) },
    Key { name: "password.min_length", kind: Number(8, 128) },
    Key { name: "password.max_length", kind: Number(64, 4096) },
    Key { name: "password.classes", kind: Number(0, 4) },
    Key { name: "password.history", kind: Number(0, 24) },
    Key { name: "password.max_age", kind: Seconds(0, 3660 * DAY) },
    Key { name: "factor.second", kind: Choices(CARRIERS) },
    Key { name: "factor.alone", kind: Choices(CARRIERS) },
    Key { name: "factor.recover", kind: Choices(CARRIERS) },
    Key { name: "factor.offer", kind: Switch },
    Key { name: "factor.reset_delay", kind: Seconds(0, 30 * DAY) },
    Key { name: "factor.reset_for_roles", kind: Switch },
    Key { name: "session.idle", kind: Seconds(60, YEAR) },
    Key { name: "session.absolute", kind: Seconds(60, 3660 * DAY) },
    Key { name: "session.kept_idle", kind: Seconds(60, YEAR) },
    Key { name: "session.kept_absolute", kind: Seconds(60, 3660 * DAY) },
    Key { name: "session.flow_ttl", kind: Seconds(60, DAY) },
    Key { name: "session.reauth", kind: Seconds(30, DAY) },
    Key { name: "session.admin_idle", kind: Seconds(60, DAY) },
    Key { name: "session.admin_absolute", kind: Seconds(60, 30 * DAY) },
    Key { name: "account.deletion_delay", kind: Seconds(3600, 90 * DAY) },
    Key { name: "account.export_ttl", kind: Seconds(600, 30 * DAY) },
    Key { name: "limits.login_burst", kind: RATE },
    Key { name: "limits.login_per_minute", kind: RATE },
    Key { name: "limits.account_failures", kind: RATE },
    Key { name: "limits.names_per_address", kind: Number(1, 1000) },
    Key { name: "limits.client_failures_per_minute", kind: RATE },
    Key { name: "limits.token_client_burst", kind: RATE },
    Key { name: "limits.token_client_rate", kind: RATE },
    Key { name: "limits.api_rate", kind: RATE },
    Key { name: "limits.introspect_client_rate", kind: RATE },
    Key { name: "limits.flows_per_minute", kind: RATE },
    Key { name: "limits.sign_ups_per_hour", kind: RATE },
    Key { name: "limits.recoveries_per_hour", kind: RATE },
    Key { name: "limits.letters_per_hour", kind: RATE },
    Key { name: "api.sign_in", kind: Switch },
];

/// One of them by its name.
pub fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

impl Key {
    pub fn section(&self) -> &'static str {
        self.name.split_once('.').map_or(self.name, |(section, _)| section)
    }

    /// The variable of the environment that goes before all else.
    pub fn variable(&self) -> String {
        format!("{}{}", super::PREFIX, self.name.replace('.', "__").to_uppercase())
    }
}

impl Kind {
    /// A value as somebody types it. None: that cannot be one.
    pub fn read(self, text: &str) -> Option<Value> {
        let text = text.trim();
        match self {
            Seconds(..) | Number(..) => text.parse::<u64>().ok().map(Value::from),
            Switch => text.parse::<bool>().ok().map(Value::from),
            Choices(_) | Words => {
                let words = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty());
                Some(words.map(Value::from).collect())
            }
            Choice(_) | Line(_) | Address | Colour | Logo => Some(Value::from(text)),
        }
    }

    /// What its values may be, in the words of the configuration.
    pub fn allowed(self) -> String {
        match self {
            Seconds(least, most) => format!("{least} to {most} seconds"),
            Number(least, most) => format!("{least} to {most}"),
            Switch => "true or false".to_owned(),
            Choice(names) => names.join(", "),
            Choices(names) => format!("a list of {}", names.join(", ")),
            Words => "a list of at most 100 words".to_owned(),
            Line(most) => format!("at most {most} characters"),
            Address => "an https address, or empty".to_owned(),
            Colour => "a colour as in #0b6b5d, or empty".to_owned(),
            Logo => "the id of a logo that was sent in the console, or empty".to_owned(),
        }
    }

    /// Whether a value is of this kind.
    pub fn fits(self, value: &Value) -> bool {
        let line = |value: &Value, most: usize| {
            value.as_str().is_some_and(|text| text.chars().count() <= most && !text.chars().any(char::is_control))
        };
        let list = |good: &dyn Fn(&str) -> bool| {
            let items = value.as_array().filter(|items| items.len() <= 100);
            items.is_some_and(|items| items.iter().all(|item| item.as_str().is_some_and(good)))
        };
        match self {
            Seconds(least, most) | Number(least, most) => {
                value.as_u64().is_some_and(|number| (least..=most).contains(&number))
            }
            Switch => value.is_boolean(),
            Choice(names) => value.as_str().is_some_and(|text| names.contains(&text)),
            Choices(names) => list(&|text| names.contains(&text)),
            Words => list(&|text| !text.is_empty() && text.len() <= 253 && !text.contains(char::is_whitespace)),
            Line(most) => line(value, most),
            Address => line(value, 2048),
            Colour | Logo => line(value, 64),
        }
    }
}

/// What administrators have set, by key.
pub type Changes = BTreeMap<String, Value>;

impl Config {
    /// This with what administrators have set over it; what the environment says stays. Fails with everything that is
    /// wrong, in the words that the configuration file is refused with.
    pub fn with(&self, set: &Changes) -> Result<Self, Vec<Mistake>> {
        let mut mistakes = Mistakes::default();
        for (name, value) in set {
            let known = key(name);
            let allowed =
                known.map_or_else(|| "is not a setting that is changed here".to_owned(), |key| key.kind.allowed());
            let good = known.is_some_and(|key| key.kind.fits(value));
            mistakes.unless(good, name, Shown(value), &allowed);
        }
        if !mistakes.0.is_empty() {
            return Err(mistakes.0);
        }
        let free: Changes = set
            .iter()
            .filter(|(name, _)| !self.is_pinned(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let mut config = self
            .over(&free)
            .map_err(|error| vec![Mistake { key: String::new(), value: String::new(), allowed: error.to_string() }])?;
        config.sources.extend(free.into_keys().map(|name| (name, Source::Database)));
        // what was wrong before is not the fault of this
        let before = self.wrong();
        let new: Vec<_> = config.wrong().into_iter().filter(|mistake| !before.contains(mistake)).collect();
        if new.is_empty() { Ok(config) } else { Err(new) }
    }

    /// The same with as much of it as is good. What is not is left out, and noted.
    #[must_use]
    pub fn with_the_good(&self, mut set: Changes) -> Self {
        let mut left_out = Vec::new();
        loop {
            let mistakes = match self.with(&set) {
                Ok(config) => return Self { left_out, ..config },
                Err(mistakes) => mistakes,
            };
            let section = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
            let named = |name: &str| mistakes.iter().any(|mistake| mistake.key == name);
            let beside = |name: &str| mistakes.iter().any(|mistake| section(&mistake.key) == section(name));
            let mut bad: Vec<String> = set.keys().filter(|name| named(name)).cloned().collect();
            if bad.is_empty() {
                bad = set.keys().filter(|name| beside(name)).cloned().collect();
            }
            if bad.is_empty() {
                bad = set.keys().cloned().collect();
            }
            for name in bad {
                let why = mistakes.iter().find(|mistake| mistake.key == name).or(mistakes.first());
                let allowed = why.map(|mistake| mistake.allowed.clone()).unwrap_or_default();
                let value = set.remove(&name).map(|value| value.to_string()).unwrap_or_default();
                left_out.push(Mistake { key: name, value, allowed });
            }
        }
    }

    /// Whether the environment says what this key is.
    pub fn is_pinned(&self, name: &str) -> bool {
        self.source(name) == Source::Environment
    }

    pub fn source(&self, name: &str) -> Source {
        self.sources.get(name).copied().unwrap_or(Source::Default)
    }

    /// The values of all keys that may be changed.
    pub fn values(&self) -> Changes {
        let sections = [
            (SECTIONS[0], serde_json::to_value(&self.branding)),
            (SECTIONS[1], serde_json::to_value(&self.registration)),
            (SECTIONS[2], serde_json::to_value(&self.password)),
            (SECTIONS[3], serde_json::to_value(&self.factor)),
            (SECTIONS[4], serde_json::to_value(&self.session)),
            (SECTIONS[5], serde_json::to_value(&self.account)),
            (SECTIONS[6], serde_json::to_value(&self.limits)),
            (SECTIONS[7], serde_json::to_value(&self.api)),
        ];
        let members = sections.into_iter().flat_map(|(section, value)| {
            let members = match value {
                Ok(Value::Object(members)) => members,
                _ => Map::new(),
            };
            members.into_iter().map(move |(member, value)| (format!("{section}.{member}"), value))
        });
        members.filter(|(name, _)| key(name).is_some()).collect()
    }

    fn over(&self, set: &Changes) -> Result<Self, serde_json::Error> {
        Ok(Self {
            branding: over(&self.branding, SECTIONS[0], set)?,
            registration: over(&self.registration, SECTIONS[1], set)?,
            password: over(&self.password, SECTIONS[2], set)?,
            factor: over(&self.factor, SECTIONS[3], set)?,
            session: over(&self.session, SECTIONS[4], set)?,
            account: over(&self.account, SECTIONS[5], set)?,
            limits: over(&self.limits, SECTIONS[6], set)?,
            api: over(&self.api, SECTIONS[7], set)?,
            ..self.clone()
        })
    }

    fn wrong(&self) -> Vec<Mistake> {
        let mut mistakes = Mistakes::default();
        self.branding.check(&mut mistakes);
        self.registration.check(&mut mistakes);
        self.password.check(&mut mistakes);
        self.factor.check(&mut mistakes);
        self.session.check(&mut mistakes);
        self.account.check(&mut mistakes);
        self.limits.check(&mut mistakes);
        mistakes.0
    }
}

/// One section with what was set in it.
fn over<T: Serialize + DeserializeOwned>(section: &T, name: &str, set: &Changes) -> Result<T, serde_json::Error> {
    let mut members = serde_json::to_value(section)?;
    for (key, value) in set {
        if let Some((of, member)) = key.split_once('.')
            && of == name
            && let Some(place) = members.get_mut(member)
        {
            *place = value.clone();
        }
    }
    serde_json::from_value(members)
}

/// Shows a value as it was written.
struct Shown<'a>(&'a Value);

impl std::fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn load(file: &str, env: &[(&str, &str)]) -> Config {
        Config::load(file, env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).unwrap()
    }

    fn set(changes: Value) -> Changes {
        serde_json::from_value(changes).unwrap()
    }

    #[test]
    fn every_key_exists_and_takes_what_it_is_said_to_take() {
        let config = load("", &[]);
        let values = config.values();
        assert_eq!(values.len(), KEYS.len());
        for key in KEYS {
            let value = &values[key.name];
            assert!(key.kind.fits(value), "{} = {value}", key.name);
            assert!(SECTIONS.contains(&key.section()));
            let with = |value: Value| config.with(&Changes::from([(key.name.to_owned(), value)]));
            if let Seconds(least, most) | Number(least, most) = key.kind {
                for good in [least, most] {
                    assert_eq!(with(json!(good)).map(|config| config.values()[key.name].clone()), Ok(json!(good)));
                }
                // the section itself would not take more either
                for beyond in [least.checked_sub(1), most.checked_add(1)].into_iter().flatten() {
                    let wide = config.over(&Changes::from([(key.name.to_owned(), json!(beyond))])).unwrap();
                    assert!(wide.wrong().iter().any(|mistake| mistake.key == key.name), "{} = {beyond}", key.name);
                    let told = with(json!(beyond)).unwrap_err();
                    assert_eq!((told.len(), told[0].key.as_str()), (1, key.name));
                }
            }
            for odd in [json!(null), json!({}), json!(-1), json!(0.5)] {
                assert!(with(odd.clone()).is_err(), "{} = {odd}", key.name);
            }
        }
    }

    #[test]
    fn all_keys_of_a_section_are_its_own_or_stay_with_whoever_starts_the_server() {
        let kept = [
            "limits.exempt_networks",
            "limits.import_bytes",
            "password.breached_file",
            "password.iterations",
            "password.memory_kib",
            "password.parallelism",
            "password.queue",
            "password.threads",
        ];
        let all = serde_json::to_value(load("", &[])).unwrap();
        for section in SECTIONS {
            for member in all[section].as_object().unwrap().keys() {
                let name = format!("{section}.{member}");
                assert_ne!(key(&name).is_some(), kept.contains(&name.as_str()), "{name}");
            }
        }
    }

    #[test]
    fn defaults_go_below_the_file_the_file_below_what_is_set_and_all_below_the_environment() {
        let file = "[password]\nmin_length = 10\nhistory = 1";
        let config = load(file, &[("SIGNET__PASSWORD__HISTORY", "2")]);
        let changed = config.with(&set(json!({ "password.min_length": 12, "password.history": 3 }))).unwrap();
        let source = |name| changed.source(name);
        assert_eq!((changed.password.min_length, source("password.min_length")), (12, Source::Database));
        assert_eq!((changed.password.history, source("password.history")), (2, Source::Environment));
        assert_eq!((changed.password.classes, source("password.classes")), (0, Source::Default));
        assert_eq!((config.password.min_length, config.source("password.min_length")), (10, Source::File));
    }

    #[test]
    fn what_the_file_may_not_say_nobody_sets() {
        let config = load("", &[]);
        for (bad, key) in [
            (json!({ "password.min_length": 7 }), "password.min_length"),
            (json!({ "password.min_length": "12" }), "password.min_length"),
            (json!({ "password.memory_kib": 65536 }), "password.memory_kib"),
            (json!({ "issuer": "https://elsewhere.example" }), "issuer"),
            (json!({ "registration.mode": "sometimes" }), "registration.mode"),
            (
                json!({ "registration.terms_uri": "http://terms.example", "registration.terms_version": "1" }),
                "registration.terms_uri",
            ),
            (json!({ "registration.terms_uri": "https://terms.example" }), "registration.terms_version"),
            (json!({ "factor.second": ["email", "fax"] }), "factor.second"),
            (json!({ "factor.reset_delay": 60 }), "factor.reset_delay"),
            (json!({ "branding.accent": "#ffd500" }), "branding.accent"),
            (json!({ "branding.accent": "green" }), "branding.accent"),
            (json!({ "branding.logo": "../../etc" }), "branding.logo"),
        ] {
            let told = config.with(&set(bad.clone())).unwrap_err();
            assert!(told.iter().any(|mistake| mistake.key == key), "{bad}: {told:?}");
        }
        let both = json!({ "registration.terms_uri": "https://terms.example", "registration.terms_version": "1" });
        assert!(config.with(&set(both)).unwrap().registration.has_terms());
    }

    #[test]
    fn what_no_longer_passes_is_left_out_and_the_rest_is_in_force() {
        let config = load("", &[]);
        let kept = json!({ "password.min_length": 4, "password.classes": 2, "factor.gone": true });
        let made = config.with_the_good(set(kept));
        assert_eq!((made.password.min_length, made.password.classes), (8, 2));
        let left: Vec<_> = made.left_out.iter().map(|mistake| mistake.key.as_str()).collect();
        assert_eq!(left, ["factor.gone", "password.min_length"]);
        // where the mistake is at another key than the one that was set
        let made =
            config.with_the_good(set(json!({ "registration.terms_uri": "https://terms.example", "session.idle": 60 })));
        assert!(!made.registration.has_terms());
        assert_eq!((made.session.idle.as_secs(), made.left_out[0].key.as_str()), (60, "registration.terms_uri"));
    }

    #[test]
    fn values_are_read_as_they_are_typed() {
        assert_eq!(Seconds(0, 9).read(" 7 "), Some(json!(7)));
        assert_eq!(Number(0, 9).read("-1"), None);
        assert_eq!(Switch.read("true"), Some(json!(true)));
        assert_eq!(Words.read("a.example, b.example\nc.example"), Some(json!(["a.example", "b.example", "c.example"])));
        assert_eq!(Line(9).read(" A B "), Some(json!("A B")));
    }

    #[test]
    fn a_key_has_a_variable() {
        assert_eq!(key("password.min_length").unwrap().variable(), "SIGNET__PASSWORD__MIN_LENGTH");
    }
}
