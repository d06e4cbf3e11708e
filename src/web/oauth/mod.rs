//! The endpoints for clients.

pub mod authorize;
pub mod documents;
pub mod token;
pub mod userinfo;
