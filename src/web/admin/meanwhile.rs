//! Two at the same thing: a form carries what it was made of, and whoever sends it second is told what has changed
//! meanwhile, instead of undoing it unseen.

use serde_json::{Map, Value};

use super::show;
use crate::base::random::sha256;
use crate::flow;
use crate::model::change::Changed;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::own_field;
use crate::spec::params::Params;
use crate::web::view::admin::MemberLine;

/// How the hidden fields begin that say what was there.
const WAS: &str = "was-";

/// A longer value stands there as its digest.
const LONGEST: usize = 1000;
/// How the digest begins, and what is shown in its place.
const DIGEST: &str = "sha256 ";
const UNSHOWN: &str = "…";

/// The hidden fields of a form about these members.
pub fn fields(now: &Map<String, Value>) -> Vec<(String, String)> {
    now.iter().map(|(name, value)| (format!("{WAS}{name}"), mark(value))).collect()
}

/// What stands for a value in a form.
fn mark(value: &Value) -> String {
    let text = if value.is_null() { String::new() } else { own_field::typed(value) };
    if text.len() > LONGEST { format!("{DIGEST}{}", sha256(&text)) } else { text }
}

/// What differs from what the form was made of.
pub fn changed(form: &Params, now: &Map<String, Value>) -> Changed {
    let mut changed = Changed { before: Some(Map::new()), after: Some(Map::new()) };
    for (name, value) in now {
        let was = form.get(&format!("{WAS}{name}")).unwrap_or_default();
        if was != mark(value) {
            let was = if was.starts_with(DIGEST) { UNSHOWN } else { was };
            changed.before.get_or_insert_default().insert(name.clone(), was.into());
            changed.after.get_or_insert_default().insert(name.clone(), value.clone());
        }
    }
    changed
}

/// The same, to be shown.
pub fn lines(form: &Params, now: &Map<String, Value>) -> Vec<MemberLine> {
    show::members(&changed(form, now))
}

/// Fails with 409 when something differs.
pub fn expect_none(form: &Params, now: &Map<String, Value>) -> flow::Result<()> {
    if changed(form, now).is_empty() {
        return Ok(());
    }
    let refusal = Code::InvalidRequest.because("it was changed meanwhile: look at it again").with_status(409);
    Err(refusal.at(Check::Current, "what the form was made of", "something else").into())
}

/// Whether that is why something was refused.
pub fn is_it(error: &flow::Error) -> bool {
    matches!(error, flow::Error::Refused(refusal) if is_why(refusal))
}

/// The same of a refusal.
pub fn is_why(refusal: &Refusal) -> bool {
    refusal.status == 409 && refusal.why.as_ref().is_some_and(|why| why.check == Check::Current)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_has_changed_since_the_form_was_made_is_told() {
        let made = json!({ "name": "Ada", "nick": null, "verified": true, "floor": 3 });
        let made = made.as_object().unwrap();
        let sent = serde_urlencoded::to_string(fields(made)).unwrap();
        let form = Params::parse(sent.as_bytes()).unwrap();
        assert!(expect_none(&form, made).is_ok());
        let now = json!({ "name": "Ada", "nick": "Countess", "verified": true, "floor": 4 });
        let now = now.as_object().unwrap();
        let found = changed(&form, now);
        assert_eq!(json!(found.before), json!({ "nick": "", "floor": "3" }));
        assert_eq!(json!(found.after), json!({ "nick": "Countess", "floor": 4 }));
        assert!(is_it(&expect_none(&form, now).unwrap_err()));
        let long = json!({ "name": "a".repeat(LONGEST + 1) });
        let sent = serde_urlencoded::to_string(fields(long.as_object().unwrap())).unwrap();
        let form = Params::parse(sent.as_bytes()).unwrap();
        assert!(sent.len() < 100 && expect_none(&form, long.as_object().unwrap()).is_ok());
        assert_eq!(changed(&form, made).before.unwrap()["name"], UNSHOWN);
        assert!(expect_none(&Params::default(), made).is_err(), "a form that does not say what it was made of");
    }
}
