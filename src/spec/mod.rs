//! The protocol itself: pure functions over plain values. No database, no HTTP, no clock.

pub mod access_token;
pub mod account_state;
pub mod acr;
pub mod authorize;
pub mod check;
pub mod claims;
pub mod client_meta;
pub mod common_password;
pub mod discovery;
pub mod error;
pub mod id_token;
pub mod own_field;
pub mod params;
pub mod password_policy;
pub mod paths;
pub mod pkce;
pub mod preferences;
pub mod prompt;
pub mod redirect_uri;
pub mod return_to;
pub mod right;
pub mod scope;
