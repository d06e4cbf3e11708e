//! The pages for people.

pub mod consent;
pub mod files;
pub mod home;
pub mod login;
pub mod logout;
pub mod setup;
