//! Preferences of a person: a JSON object that apps may put things into, and a part of it that Signet itself goes by.

use serde_json::{Map, Value};

use super::check::Check;
use super::error::{Code, Refusal};

/// The member that is Signet's own: `{"theme": "dark", "letters": {"export-ready": false}}`.
pub const OWN: &str = "signet";
/// The largest document, in bytes of JSON.
const LARGEST: usize = 8 * 1024;
/// Objects and lists inside of one another, and members in all.
const DEEPEST: usize = 8;
const MOST: usize = 256;
/// The longest name of a member, in bytes.
const LONGEST_NAME: usize = 64;
crate::text_enum! {
    /// How pages look.
    Theme {
        Light = "light",
        Dark = "dark",
    }
}

crate::text_enum! {
    /// Letters that one can do without, by the names of their kinds. What keeps an account safe is always written.
    Letter {
        ExportReady = "export-ready",
    }
}

/// What the system wants, as it stands in the document.
const SYSTEM: &str = "system";

/// The document after a change (RFC 7396): members of the patch take the place of the same ones, `null` takes them away.
/// Fails when either is no object, when the result is too large, or when Signet's own part is not what it has to be.
pub fn merge(document: &Map<String, Value>, patch: &Value) -> Result<Map<String, Value>, Refusal> {
    let Value::Object(patch) = patch else { return Err(refuse("preferences are an object", "a JSON object")) };
    // what goes too deep is not gone through
    if depth_of(patch) > DEEPEST {
        return Err(refuse("preferences go too deep", &format!("{DEEPEST} levels")));
    }
    let mut next = document.clone();
    apply(&mut next, patch);
    check(&next)?;
    Ok(next)
}

fn apply(target: &mut Map<String, Value>, patch: &Map<String, Value>) {
    for (name, change) in patch {
        match change {
            Value::Null => {
                target.remove(name);
            }
            Value::Object(change) => {
                let inner = target.entry(name.clone()).or_insert(Value::Null);
                if !inner.is_object() {
                    *inner = Value::Object(Map::new());
                }
                if let Value::Object(inner) = inner {
                    apply(inner, change);
                }
            }
            other => {
                target.insert(name.clone(), other.clone());
            }
        }
    }
}

fn check(document: &Map<String, Value>) -> Result<(), Refusal> {
    let (members, longest) = count(document);
    if depth_of(document) > DEEPEST {
        return Err(refuse("preferences go too deep", &format!("{DEEPEST} levels")));
    }
    if members > MOST {
        return Err(refuse("there are too many preferences", &format!("{MOST} members")));
    }
    if longest > LONGEST_NAME {
        return Err(refuse("the name of a preference is too long", &format!("{LONGEST_NAME} bytes")));
    }
    if serde_json::to_string(document).map_or(usize::MAX, |text| text.len()) > LARGEST {
        return Err(refuse("preferences are too large", &format!("{LARGEST} bytes")));
    }
    document.get(OWN).map_or(Ok(()), own)
}

/// What Signet goes by is checked to the last member: a mistyped one would do nothing, and say nothing.
fn own(value: &Value) -> Result<(), Refusal> {
    let bad = || refuse("the member signet is not understood", r#"{"theme": "…", "letters": {"export-ready": …}}"#);
    for (name, value) in value.as_object().ok_or_else(bad)? {
        let good = match (name.as_str(), value) {
            ("theme", Value::String(theme)) => theme == SYSTEM || Theme::parse(theme).is_some(),
            ("letters", Value::Object(letters)) => {
                letters.iter().all(|(kind, value)| Letter::parse(kind).is_some() && value.is_boolean())
            }
            _ => false,
        };
        if !good {
            return Err(bad());
        }
    }
    Ok(())
}

fn depth_of(object: &Map<String, Value>) -> usize {
    1 + object.values().map(depth).max().unwrap_or_default()
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Object(object) => depth_of(object),
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

/// Members in all, entries of lists among them, and the length of the longest name.
fn count(object: &Map<String, Value>) -> (usize, usize) {
    let inner = object.iter().map(|(name, value)| {
        let (members, longest) = count_in(value);
        (members + 1, longest.max(name.len()))
    });
    inner.fold((0, 0), |(members, longest), (more, longer)| (members + more, longest.max(longer)))
}

fn count_in(value: &Value) -> (usize, usize) {
    match value {
        Value::Object(object) => count(object),
        Value::Array(list) => list
            .iter()
            .map(count_in)
            .fold((list.len(), 0), |(members, longest), (more, longer)| (members + more, longest.max(longer))),
        _ => (0, 0),
    }
}

fn refuse(reason: &'static str, expected: &str) -> Refusal {
    Code::InvalidRequest.because(reason).at(Check::Metadata, expected, "another")
}

/// How pages are to look; None: as the system wants.
pub fn theme(document: &Map<String, Value>) -> Option<Theme> {
    Theme::parse(document.get(OWN)?.get("theme")?.as_str()?)
}

/// Whether the person wants letters of this kind.
pub fn wants(document: &Map<String, Value>, letter: Letter) -> bool {
    let said = document.get(OWN).and_then(|own| own.get("letters")?.get(letter.text())?.as_bool());
    said.unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: Value) -> Map<String, Value> {
        let Value::Object(object) = value else { panic!("{value}") };
        object
    }

    /// The examples of RFC 7396 appendix A whose target and patch are objects.
    #[test]
    fn patches_are_merged_as_the_rfc_says() {
        for (target, patch, result) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ] {
            assert_eq!(merge(&object(target.clone()), &patch), Ok(object(result)), "{target} {patch}");
        }
        for patch in [json!(["c"]), json!(null), json!("bar"), json!(1)] {
            assert_eq!(merge(&Map::new(), &patch).unwrap_err().status, 400, "{patch}");
        }
    }

    #[test]
    fn it_cannot_grow_without_bounds() {
        let nested = |levels: usize| (1..levels).fold(json!({}), |inner, _| json!({ "a": inner }));
        let wide = |members: usize| Value::Object((0..members).map(|n| (format!("k{n}"), json!(0))).collect());
        let long = |bytes: usize| json!({ "x".repeat(bytes): 0 });
        // {"a":""} and what is inside
        let large = |bytes: usize| json!({ "a": "x".repeat(bytes - 8) });
        for (good, bad) in [
            (nested(DEEPEST), nested(DEEPEST + 1)),
            (wide(MOST), wide(MOST + 1)),
            (json!({ "a": vec![0; MOST - 1] }), json!({ "a": vec![0; MOST] })),
            (long(LONGEST_NAME), long(LONGEST_NAME + 1)),
            (large(LARGEST), large(LARGEST + 1)),
        ] {
            assert!(merge(&Map::new(), &good).is_ok());
            assert!(merge(&Map::new(), &bad).is_err());
        }
        let half = merge(&Map::new(), &large(LARGEST / 2)).unwrap();
        assert!(merge(&half, &json!({ "b": "x".repeat(LARGEST / 2) })).is_err(), "bit by bit");
    }

    #[test]
    fn signets_own_part_is_understood_or_refused() {
        let set = |own: Value| merge(&Map::new(), &json!({ OWN: own }));
        let document = set(json!({ "theme": "dark", "letters": { "export-ready": false } })).unwrap();
        assert_eq!((theme(&document), wants(&document, Letter::ExportReady)), (Some(Theme::Dark), false));
        assert_eq!((theme(&Map::new()), wants(&Map::new(), Letter::ExportReady)), (None, true));
        assert_eq!(theme(&set(json!({ "theme": "system" })).unwrap()), None);
        for bad in [
            json!("dark"),
            json!({ "theme": "pink" }),
            json!({ "theme": 1 }),
            json!({ "colour": "pink" }),
            json!({ "letters": { "locked": false } }),
            json!({ "letters": { "export-ready": "no" } }),
            json!({ "letters": [] }),
        ] {
            assert!(set(bad.clone()).is_err(), "{bad}");
        }
    }
}
