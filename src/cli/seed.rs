//! Fills a database with people and events, to see how Signet fares with very many.

use serde_json::json;

use super::Error;
use super::print::Answer;
use crate::app::App;
use crate::flow::seed;

/// How often it is told how far it has come.
const TELL: u64 = 50_000;

pub async fn run(app: &App, people: u64, events: u64) -> Result<Answer, Error> {
    seed::people(app, people, |made| tell("people", made, people)).await?;
    seed::events(app, events, |made| tell("events", made, events)).await?;
    let text = format!("{people} people and {events} events were made");
    Ok(Answer::new(json!({ "people": people, "events": events }), text))
}

fn tell(what: &str, made: u64, of: u64) {
    if made.is_multiple_of(TELL) && made < of {
        eprintln!("{made} of {of} {what}");
    }
}
