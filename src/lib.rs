//! Signet, an OAuth 2 and OpenID Connect identity provider. A module may use the modules below its own, never those
//! above:
//!
//! ```text
//!   cli ──► web ──► flow ──► app ──► store ──► model ──► schema
//!            │        │       ├────► deliver   │
//!            │        │       ├────► shared    │
//!          worker ────┘       └────► crypto ───┴────► spec ──► config ──► locale ──► base
//! ```
//!
//! `base` knows nothing of OAuth; `locale` knows what things are called; `spec` is the protocol as pure functions;
//! `model` says what a row means and `store` queries it; `flow` holds the use cases; `web` and `cli` parse, call one
//! flow and render. `tests/it/layers.rs` reads every `use crate::…` and fails on an arrow that points up.

pub mod app;
pub mod base;
pub mod cli;
pub mod config;
pub mod crypto;
pub mod deliver;
pub mod flow;
pub mod locale;
pub mod model;
pub mod schema;
pub mod shared;
pub mod spec;
pub mod store;
pub mod web;
pub mod worker;
