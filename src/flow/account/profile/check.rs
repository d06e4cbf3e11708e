//! What can be a name, a date of birth, an address.

use chrono::NaiveDate;
use url::Url;

use super::Typed;
use crate::app::Cx;
use crate::base::text;
use crate::base::zone::Zone;
use crate::flow::user::Mistake;
use crate::locale::{Locale, Text};

/// The longest line, in bytes.
const LINE: usize = 128;
/// The longest text about oneself, in characters as browsers count them.
const BIO: usize = 1000;
/// The longest address of a page or picture.
const URI: usize = 512;

/// All that is wrong, in the order of the form.
pub fn wrong(cx: Cx<'_>, typed: &Typed) -> Vec<Mistake> {
    let is_known = |tag: &str| Locale::ALL.iter().any(|locale| locale.tag() == tag);
    let or_empty = |text: &str, good: bool| text.trim().is_empty() || good;
    let checks = [
        ("name", is_line(&typed.name), Text::new("user-name-wrong")),
        ("given-name", is_line(&typed.given_name), Text::new("user-name-wrong")),
        ("middle-name", is_line(&typed.middle_name), Text::new("user-name-wrong")),
        ("family-name", is_line(&typed.family_name), Text::new("user-name-wrong")),
        ("nickname", is_line(&typed.nickname), Text::new("user-name-wrong")),
        ("username", text::is_username(typed.username.trim()), Text::new("user-username-wrong")),
        ("gender", is_line(&typed.gender), Text::new("user-name-wrong")),
        (
            "birthdate",
            or_empty(&typed.birthdate, is_birthdate(cx, typed.birthdate.trim())),
            Text::new("profile-birthdate-wrong"),
        ),
        ("bio", is_text(&typed.bio), Text::new("profile-bio-wrong")),
        ("locale", or_empty(&typed.locale, is_known(&typed.locale)), Text::new("profile-choice-wrong")),
        ("zone", or_empty(&typed.zone, Zone::parse(&typed.zone).is_some()), Text::new("profile-choice-wrong")),
        ("website", or_empty(&typed.website, is_web(typed.website.trim())), Text::new("profile-uri-wrong")),
        ("profile", or_empty(&typed.profile, is_web(typed.profile.trim())), Text::new("profile-uri-wrong")),
        ("picture", or_empty(&typed.picture, is_web(typed.picture.trim())), Text::new("profile-uri-wrong")),
        ("street", is_line(&typed.street), Text::new("user-name-wrong")),
        ("postal-code", is_line(&typed.postal_code), Text::new("user-name-wrong")),
        ("locality", is_line(&typed.locality), Text::new("user-name-wrong")),
        ("region", is_line(&typed.region), Text::new("user-name-wrong")),
        ("country", is_line(&typed.country), Text::new("user-name-wrong")),
    ];
    let wrong = checks.into_iter().filter(|(_, good, _)| !good);
    wrong.map(|(field, _, text)| Mistake { field: field.into(), text }).collect()
}

fn is_line(text: &str) -> bool {
    text.len() <= LINE && !text.chars().any(char::is_control)
}

/// Lines of text; browsers end them with two characters.
fn is_text(text: &str) -> bool {
    text.chars().filter(|c| *c != '\r').count() <= BIO
        && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

fn is_birthdate(cx: Cx<'_>, text: &str) -> bool {
    let today = cx.now.exact();
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d");
    date.is_ok_and(|date| date.to_string() == text) && text >= "1850" && *text <= today[..10]
}

fn is_web(text: &str) -> bool {
    let url = Url::parse(text);
    text.len() <= URI && url.is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages() {
        assert!(is_web("https://example.com/ada") && is_web("http://localhost:1"));
        for bad in ["javascript:alert(1)", "data:text/html,x", "example.com", "https://", "ftp://example.com"] {
            assert!(!is_web(bad), "{bad}");
        }
    }
}
