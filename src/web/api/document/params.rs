//! What parameters may be and mean: the same name is the same thing everywhere.

use serde_json::{Value, json};

use crate::flow::account::activity::Topic;
use crate::flow::admin::people::Sort;
use crate::flow::admin::wrong;
use crate::model::audit::{Action, Outcome};
use crate::model::client::ClientState;
use crate::model::user::UserState;
use crate::spec::check::{Check, Endpoint};
use crate::spec::client_meta::Alg;
use crate::spec::error::Refusal;
use crate::web::api::ROOT;

const ID: &str = "01980c1e-7d5e-7a51-9a6e-3f2b8c4d5e6f";
const NOW: &str = "1800000000";

/// What a parameter may be.
enum Kind {
    /// At most so many letters.
    Text(u16),
    /// From one number to another.
    Number(i64, i64),
    Boolean,
    OneOf(fn() -> String),
}

use Kind::{Boolean, Number, OneOf, Text};

/// Seconds since 1970, to the end of the year 9999.
const TIME: Kind = Number(0, 253_402_300_799);
const NAME: Kind = Text(64);

/// Each with its meaning and an example. Where an area means something else by a name, that stands before it.
const KNOWN: &[(&str, Kind, &str, &str)] = &[
    ("users.id", Text(320), "The id of the person", ID),
    ("clients.id", NAME, "The id of the app", ID),
    ("id", NAME, "Its id", ID),
    ("session", NAME, "The id of the session", ID),
    ("client", NAME, "The id of the app", ID),
    ("role", NAME, "The name of a role", "support"),
    ("clients.name", Text(128), "How the name begins", "Shop"),
    ("name", NAME, "Its name", "support"),
    ("key", NAME, "The name of a setting, as in the configuration file", "password.min_length"),
    ("kid", NAME, "The id of the key", "2026-08-01-a1b2"),
    ("reference", Text(16), "What the refused request was told", "K7QM-2F9X"),
    ("after", Text(320), "The value of `next` on the page before", ID),
    ("limit", Number(1, 200), "How many there are on a page", "50"),
    ("preview", Boolean, "With `true` nothing changes; the answer is what would", "false"),
    ("if-match", Text(1024), "The `ETag` of what was read: nothing changes if it is another by now", "*"),
    ("idempotency-key", Text(255), "However often a request comes with one key, it is done once", "order-4711"),
    ("since", TIME, "From then on, in seconds since 1970", NOW),
    ("until", TIME, "Before then, in seconds since 1970", NOW),
    ("created_after", TIME, "Made then or later, in seconds since 1970", NOW),
    ("created_before", TIME, "Made before then, in seconds since 1970", NOW),
    ("last_seen_after", TIME, "Was there then or later, in seconds since 1970", NOW),
    ("last_seen_before", TIME, "Was last there before then, or never, in seconds since 1970", NOW),
    ("search", Text(320), "Words; each has to begin a word of the names, the user name or the e-mail address", "ada"),
    ("users.state", OneOf(UserState::names), "Whose account is in this state", "active"),
    ("clients.state", OneOf(ClientState::names), "Only apps in this state", "enabled"),
    ("user_type", NAME, "One of the kinds of people that there are here", "staff"),
    ("factor", Boolean, "Whether there is a second factor", "true"),
    ("verified", Boolean, "Whether the e-mail address is proved", "true"),
    ("sort", OneOf(Sort::names), "The order; with a - before it the other way round", "created"),
    ("topic", OneOf(Topic::names), "What it is about", "sign-ins"),
    ("actor", NAME, "The id of who did it", ID),
    ("target", NAME, "The id of what it was done to", ID),
    ("action", OneOf(Action::names), "What was done", "user.create"),
    ("outcome", OneOf(crate::model::bulk::Outcome::names), "Only those of whom this became", "failed"),
    ("result", OneOf(Outcome::names), "How it ended", "ok"),
    ("address", NAME, "The network address that it came from", "192.0.2.1"),
    ("batch", NAME, "The act of an administrator that it belongs to", ID),
    ("format", OneOf(formats), "How it is written", "jsonl"),
    ("client_id", NAME, "The id of an app", ID),
    ("code", NAME, "The error code that was sent", "invalid_grant"),
    ("check", OneOf(Check::names), "The check that failed", "redirect_uri.registered"),
    ("endpoint", OneOf(Endpoint::names), "What was asked", "authorize"),
    ("scope", Text(1024), "Scopes, with blanks between them", "openid email"),
    ("alg", OneOf(Alg::names), "Only the keys of this algorithm", "ES256"),
];

fn formats() -> String {
    "jsonl, csv".to_owned()
}

/// Says of each parameter what it may be, and what its handler does not say of it.
pub fn complete(operation: &mut Value) {
    let area = operation["tags"][0].as_str().unwrap_or_default().to_owned();
    for param in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        let name = param["name"].as_str().unwrap_or_default().to_owned();
        let Some((_, kind, text, example)) = find(&area, &name) else { continue };
        param["schema"] = kind.schema(example);
        if param["in"] == "path" {
            param["schema"]["minLength"] = json!(1);
        }
        if param.get("description").is_none() {
            param["description"] = json!(text);
        }
    }
}

fn find(area: &str, name: &str) -> Option<&'static (&'static str, Kind, &'static str, &'static str)> {
    let own = format!("{area}.{name}");
    let known = |wanted: &str| KNOWN.iter().find(|(known, ..)| *known == wanted);
    known(&own).or_else(|| known(name))
}

/// Fails with 422 for a parameter of a query that is not what the document says of it, also for an empty one that is no
/// text. Other ones mean nothing.
pub fn check(path: &str, query: &str) -> Result<(), Refusal> {
    let area = path.strip_prefix(ROOT).and_then(|path| path.split('/').nth(1)).unwrap_or_default();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match find(area, &name) {
            Some((known, kind, ..)) if !kind.admits(&value) => {
                let name = known.rsplit('.').next().unwrap_or(known);
                return Err(wrong(name, kind.words()));
            }
            _ => {}
        }
    }
    Ok(())
}

impl Kind {
    fn admits(&self, value: &str) -> bool {
        match self {
            Text(most) => value.chars().count() <= usize::from(*most),
            Number(least, most) => value.parse().is_ok_and(|number| (*least..=*most).contains(&number)),
            Boolean => matches!(value, "true" | "false"),
            OneOf(names) => names().split(", ").any(|name| name == value),
        }
    }

    /// What would have been right.
    fn words(&self) -> String {
        match self {
            Text(most) => format!("at most {most} characters"),
            Number(least, most) => format!("a number from {least} to {most}"),
            Boolean => "true or false".to_owned(),
            OneOf(names) => names(),
        }
    }

    fn schema(&self, example: &str) -> Value {
        match self {
            Text(most) => json!({ "type": "string", "maxLength": most, "examples": [example] }),
            Number(least, most) => {
                let example = example.parse::<i64>().unwrap_or(*least);
                let (kind, format) = ("integer", "int64");
                json!({ "type": kind, "format": format, "minimum": least, "maximum": most, "examples": [example] })
            }
            Boolean => json!({ "type": "boolean", "examples": [example == "true"] }),
            OneOf(names) => {
                let names = names();
                let names: Vec<&str> = names.split(", ").collect();
                json!({ "type": "string", "enum": names, "examples": [example] })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_parameter_is_what_it_has_to_be() {
        let is_good = |path: &str, query: &str| check(&format!("{ROOT}/{path}"), query).is_ok();
        for good in ["limit=200", "preview=tru%65", "since=0", "name=", "other=&else=x", "topic=all"] {
            assert!(is_good("clients", good), "{good}");
        }
        for wrong in
            ["limit=0", "limit=", "preview=1", "preview=", "since=-1", "topic=none", "alg=none", "state=active"]
        {
            assert!(!is_good("clients", wrong), "{wrong}");
        }
        assert!(is_good("users", "state=active") && !is_good("users", "state=enabled"));
        assert!(!is_good("clients", &format!("name={}", "x".repeat(129))));
    }

    #[test]
    fn examples_are_what_they_have_to_be() {
        for (name, kind, text, example) in KNOWN {
            assert!(kind.admits(example) && !text.is_empty(), "{name}");
        }
    }
}
