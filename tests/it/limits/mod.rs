//! Every limit and lifetime at n, which passes, and at n + 1, which is refused (security.md L-20 to L-29). Those that
//! are part of a larger story are tested there: a code's lifetime in `oauth::token_code`, sessions per person in
//! `login::refusals`.

mod crowd;
mod forms;
mod lifetimes;
mod people;
mod rates;
mod requests;
mod settings;
mod values;
