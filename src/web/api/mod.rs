//! The REST API, version 1: for programs, and for people by programs. Says what OAuth cannot: who is there, and what
//! they may do.

pub mod acts;
pub mod api_keys;
pub mod audit;
pub mod auth;
pub mod body;
pub mod caller;
pub mod clients;
pub mod document;
pub mod invitations;
pub mod jobs;
pub mod keys;
pub mod me;
pub mod once;
pub mod page;
pub mod problem;
pub mod refusals;
pub mod roles;
pub mod settings;
pub mod stats;
pub mod trials;
pub mod users;

pub use caller::Api;

/// Where it begins.
pub const ROOT: &str = "/api/v1";
