//! What a command says, for people or as JSON.

use std::io::Write as _;

use serde_json::{Value, json};

use super::Error;
use crate::flow;

/// The answer of a command, in both forms.
pub struct Answer {
    pub json: Value,
    pub text: String,
    /// The exit status says whether all is well.
    pub good: bool,
}

impl Answer {
    pub fn new(json: Value, text: impl Into<String>) -> Self {
        Self { json, text: text.into(), good: true }
    }

    /// A sentence, and nothing to read for a program but that it went well.
    pub fn text(text: &str) -> Self {
        Self::new(json!({ "message": text }), text)
    }

    pub fn print(&self, json: bool) {
        let line = if json { self.json.to_string() } else { self.text.clone() };
        // whoever reads may have gone; that is no failure of the command
        if !line.is_empty() {
            writeln!(std::io::stdout(), "{line}").ok();
        }
    }
}

/// Says what went wrong: to a person, and in JSON also to a program.
pub fn failure(error: &Error, as_json: bool) {
    let code = match error {
        Error::Flow(flow::Error::Refused(refusal)) => refusal.code.name(),
        _ => "server_error",
    };
    let text = match error {
        Error::Flow(flow::Error::Refused(refusal)) => refusal.reason.to_string(),
        other => other.to_string(),
    };
    writeln!(std::io::stderr(), "signet: {text}").ok();
    if as_json {
        let answer = json!({ "error": code, "error_description": text });
        writeln!(std::io::stdout(), "{answer}").ok();
    }
}

/// Rows of text in columns.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([head[column].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..head.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let body = rows.iter().map(|row| line(row.iter().map(String::as_str).collect()));
    [line(head.to_vec())].into_iter().chain(body).collect::<Vec<_>>().join("\n")
}

/// What is shown of rows of which one more was asked for, and where the next page begins, if there is one.
pub fn page<T>(mut rows: Vec<T>, limit: i64, place: impl Fn(&T) -> String) -> (Vec<T>, Option<String>) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(place);
    (rows, next)
}

/// A page of rows in columns, with the place where the next one begins.
pub fn list(head: &[&str], rows: &[Vec<String>], next: Option<&str>) -> String {
    let table = table(head, rows);
    next.map_or_else(|| table.clone(), |next| format!("{table}\n\nnext  {next}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_just_full_is_the_last_one() {
        let place = |number: &i32| number.to_string();
        assert_eq!(page(vec![1, 2, 3], 2, place), (vec![1, 2], Some("2".to_owned())));
        assert_eq!(page(vec![1, 2], 2, place), (vec![1, 2], None));
        assert_eq!(page(Vec::new(), 2, place), (Vec::new(), None));
        assert_eq!(list(&["id"], &[vec!["1".to_owned()]], Some("1")), "id\n1\n\nnext  1");
    }
}
