//! What people may do with their accounts as a whole.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::sections::{DAY, within};
use super::{Mistakes, seconds};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Account {
    #[serde(with = "seconds")]
    pub deletion_delay: Duration,
    #[serde(with = "seconds")]
    pub export_ttl: Duration,
}

impl Account {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        within(mistakes, "account.deletion_delay", self.deletion_delay, 3600, 90 * DAY);
        within(mistakes, "account.export_ttl", self.export_ttl, 600, 30 * DAY);
    }
}
