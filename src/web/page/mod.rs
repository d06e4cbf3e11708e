//! The pages for people.

pub mod account;
pub mod api;
mod arrive;
pub mod consent;
pub mod files;
pub mod home;
pub mod invited;
pub mod leaving;
pub mod login;
pub mod login_code;
pub mod logo;
pub mod logout;
pub mod lost;
pub mod mfa;
pub(super) mod parts;
pub mod passkey;
pub mod picture;
pub mod recover;
pub mod renew;
pub mod security;
pub mod setup;
pub mod signup;
pub mod start;
pub mod unlock;
