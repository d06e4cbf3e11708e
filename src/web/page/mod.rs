//! The pages for people.

mod arrive;
pub mod consent;
pub mod files;
pub mod home;
pub mod login;
pub mod logout;
pub mod recover;
pub mod setup;
pub mod signup;
