//! The log, on standard error.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::config::{Format, Log};

/// Readable on a terminal, or one JSON object a line.
pub fn start(settings: &Log) {
    // the server library announces each of its threads; what is set comes after and wins
    let filter = format!("actix_server=warn,{}", settings.level).parse::<EnvFilter>().unwrap_or_default();
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // a line that cannot be written is lost; to complain of it on the same full disk would end the request with a panic
    let builder = builder.log_internal_errors(false);
    // started twice (in tests) the first one stays
    match settings.format() {
        Format::Json => builder.json().flatten_event(true).try_init().ok(),
        Format::Text => builder.with_ansi(std::io::stderr().is_terminal()).with_target(false).try_init().ok(),
    };
}
