//! Addresses at which the passwords of many accounts are tried. One wrong password for each name gets past every limit
//! by name; so the names are counted too.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use quick_cache::sync::Cache;

use crate::base::time::Ts;

/// Addresses remembered at once; the least used goes first.
const ADDRESSES: usize = 20_000;
const HOUR: Duration = Duration::from_hours(1);

pub struct Spread {
    addresses: Cache<String, Arc<Mutex<Seen>>>,
    /// A name is remembered as a number.
    hasher: RandomState,
}

#[derive(Default)]
struct Seen {
    /// Names that failed here, each with when it did last.
    names: Vec<(u64, Ts)>,
    until: Ts,
}

impl Default for Spread {
    fn default() -> Self {
        Self { addresses: Cache::new(ADDRESSES), hasher: RandomState::new() }
    }
}

impl Spread {
    /// How long nobody may sign in from this address; `None` when people may.
    pub fn wait(&self, address: &str, now: Ts) -> Option<Duration> {
        let seen = self.addresses.get(address)?;
        let until = seen.lock().unwrap_or_else(PoisonError::into_inner).until;
        (now < until).then(|| until.since(now))
    }

    /// Notes that a password for this name was wrong. `true` when that was one name more than `most` in an hour, and
    /// nobody may sign in from here for the next.
    pub fn failed(&self, address: &str, name: &str, most: usize, now: Ts) -> bool {
        let fresh = || Ok::<_, std::convert::Infallible>(Arc::default());
        let Ok(seen) = self.addresses.get_or_insert_with(address, fresh);
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        let name = self.hasher.hash_one(name);
        seen.names.retain(|(known, at)| *known != name && now.since(*at) < HOUR);
        seen.names.push((name, now));
        let beyond = seen.names.len() > most;
        if beyond {
            *seen = Seen { names: Vec::new(), until: now.plus(HOUR) };
        }
        beyond
    }

    /// It was a typing error: the right password for this name came from here.
    pub fn forgive(&self, address: &str, name: &str) {
        let Some(seen) = self.addresses.get(address) else { return };
        let name = self.hasher.hash_one(name);
        seen.lock().unwrap_or_else(PoisonError::into_inner).names.retain(|(known, _)| *known != name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_shut_an_address_out_for_an_hour() {
        let spread = Spread::default();
        let failed = |name: u32, now| spread.failed("192.0.2.1", &name.to_string(), 20, Ts(now));
        for name in 0..20 {
            assert!(!failed(name, 1000) && !failed(name, 1001), "the same name counts once");
        }
        assert_eq!(spread.wait("192.0.2.1", Ts(1001)), None);
        assert!(failed(20, 1001));
        assert_eq!(spread.wait("192.0.2.1", Ts(1001)), Some(HOUR));
        assert_eq!(spread.wait("192.0.2.2", Ts(1001)), None, "another address");
        assert_eq!(spread.wait("192.0.2.1", Ts(1001 + 3600)), None);
        assert!(!failed(21, 1001 + 3600));
    }

    #[test]
    fn old_names_and_typing_errors_do_not_count() {
        let spread = Spread::default();
        for name in 0..100 {
            assert!(!spread.failed("a", &name.to_string(), 20, Ts(1000 + name * 180)), "twenty in an hour: {name}");
        }
        for name in 0..100 {
            assert!(!spread.failed("b", &name.to_string(), 20, Ts(1000)));
            spread.forgive("b", &name.to_string());
        }
    }
}
