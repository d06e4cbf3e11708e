//! Values of the tenant's own fields: as they are typed, as they are kept, as they are shown.

use chrono::NaiveDate;
use serde_json::{Number, Value};

use crate::config::{Field, FieldKind};
use crate::locale::Text;

/// The longest text, in characters.
const LONGEST: usize = 500;
/// Whole numbers that every reader of JSON can hold (RFC 8259 §6).
const LARGEST: i64 = (1 << 53) - 1;

/// What was typed as what is kept; None when nothing was. Fails with what is wrong, in words for people.
pub fn read(field: &Field, typed: &str) -> Result<Option<Value>, Text> {
    let typed = typed.trim();
    if typed.is_empty() {
        return if field.required { Err(Text::new("field-required")) } else { Ok(None) };
    }
    let value = match field.kind {
        FieldKind::Text | FieldKind::Date | FieldKind::Choice => Some(Value::from(typed)),
        FieldKind::Number => number(typed).map(Value::Number),
        FieldKind::Bool => ["yes", "no"].contains(&typed).then(|| Value::from(typed == "yes")),
    };
    value.filter(|value| fits(field, value)).map(Some).ok_or_else(|| wrong(field.kind))
}

fn number(typed: &str) -> Option<Number> {
    match typed.parse::<i64>() {
        Ok(whole) => Some(whole.into()),
        Err(_) => Number::from_f64(typed.parse().ok()?),
    }
}

/// Whether this can be kept there. What is kept may have been allowed by other settings.
pub fn fits(field: &Field, value: &Value) -> bool {
    match (field.kind, value) {
        (FieldKind::Text, Value::String(text)) => {
            text.chars().count() <= LONGEST && !text.chars().any(char::is_control)
        }
        (FieldKind::Choice, Value::String(text)) => field.choices.contains(text),
        (FieldKind::Date, Value::String(text)) => {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok_and(|day| day.to_string() == *text)
        }
        (FieldKind::Number, Value::Number(number)) => {
            number.as_i64().is_some_and(|whole| whole.abs() <= LARGEST) || number.is_f64()
        }
        (FieldKind::Bool, Value::Bool(_)) => true,
        _ => false,
    }
}

fn wrong(kind: FieldKind) -> Text {
    match kind {
        FieldKind::Text => Text::new("field-text-wrong"),
        FieldKind::Number => Text::new("field-number-wrong"),
        FieldKind::Date => Text::new("field-date-wrong"),
        FieldKind::Bool | FieldKind::Choice => Text::new("profile-choice-wrong"),
    }
}

/// As it is typed.
pub fn typed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::{FieldEditor, Label};

    fn field(kind: FieldKind) -> Field {
        Field {
            name: "a".to_owned(),
            kind,
            label: Label::All("A".to_owned()),
            choices: vec!["North".to_owned()],
            required: false,
            editor: FieldEditor::Person,
            claim: String::new(),
            scope: "profile".to_owned(),
        }
    }

    #[test]
    fn what_is_typed_is_kept_as_its_type_and_comes_back() {
        for (kind, text, value) in [
            (FieldKind::Text, " Sales ", json!("Sales")),
            (FieldKind::Number, "42", json!(42)),
            (FieldKind::Number, "-1.5", json!(-1.5)),
            (FieldKind::Bool, "no", json!(false)),
            (FieldKind::Date, "2026-12-31", json!("2026-12-31")),
            (FieldKind::Choice, "North", json!("North")),
        ] {
            let read = read(&field(kind), text);
            assert_eq!(read, Ok(Some(value.clone())), "{kind} {text}");
            assert_eq!(typed(&value), text.trim());
        }
        assert_eq!(read(&field(FieldKind::Number), " "), Ok(None));
        let required = Field { required: true, ..field(FieldKind::Bool) };
        assert_eq!(read(&required, ""), Err(Text::new("field-required")));
    }

    #[test]
    fn what_does_not_fit_is_not_kept() {
        let long = "x".repeat(LONGEST + 1);
        for (kind, text) in [
            (FieldKind::Text, long.as_str()),
            (FieldKind::Text, "a\u{7}b"),
            (FieldKind::Number, "many"),
            (FieldKind::Number, "inf"),
            (FieldKind::Number, "NaN"),
            (FieldKind::Number, "9007199254740993"),
            (FieldKind::Bool, "perhaps"),
            (FieldKind::Date, "2026-02-30"),
            (FieldKind::Date, "31.12.2026"),
            (FieldKind::Choice, "West"),
        ] {
            assert!(read(&field(kind), text).is_err(), "{kind} {text}");
        }
        assert!(!fits(&field(FieldKind::Number), &json!("42")), "kept when it was a text");
    }
}
