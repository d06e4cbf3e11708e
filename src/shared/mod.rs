//! What several nodes should agree on and may lose: counters and caches. In process; with one node that is all of it.

pub mod failures;
pub mod limit;
pub mod places;
pub mod spread;
