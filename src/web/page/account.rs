//! The pages where signed-in people look after themselves.

pub mod activity;
pub mod apps;
pub mod email;
pub mod password;
pub mod phone;
pub mod preferences;
pub mod privacy;
pub mod profile;
pub mod sessions;

use crate::base::random::Opaque;
use crate::flow::session::Live;

/// Whose page it is, and at which browser.
type Owner<'a> = (&'a Live, &'a Opaque);
