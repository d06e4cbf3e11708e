//! One test binary: links once, shares `support`.

#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod account;
mod admin;
mod api;
mod bounds;
mod browser;
mod cli;
mod deliver;
mod factor;
mod faults;
mod join;
mod layers;
mod limits;
mod locale;
mod login;
mod oauth;
mod password;
mod routes;
mod store;
mod support;
