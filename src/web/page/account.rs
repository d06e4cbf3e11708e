//! The pages where signed-in people look after themselves.

pub mod activity;
pub mod apps;
pub mod email;
pub mod password;
pub mod phone;
pub mod privacy;
pub mod profile;
pub mod sessions;
