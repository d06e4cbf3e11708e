//! What knows nothing of OAuth: time, randomness, text, addresses, columns.

pub mod colour;
pub mod fetch;
pub mod folder;
pub mod globe;
pub mod net;
pub mod picture;
pub mod random;
pub mod sql;
pub mod text;
pub mod time;
pub mod zone;
