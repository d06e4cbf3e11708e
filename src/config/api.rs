//! The REST API.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Api {
    /// People may sign in by it, in apps with pages of their own.
    pub sign_in: bool,
}
