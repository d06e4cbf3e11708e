//! How many requests are being worked on, in all and from each address. A place is given back when it is dropped.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::net::limit_key;

#[derive(Default)]
pub struct Places(Mutex<Taken>);

#[derive(Default)]
struct Taken {
    all: usize,
    by_address: HashMap<String, usize>,
}

/// One request's place.
pub struct Place<'a> {
    places: &'a Places,
    key: Option<String>,
}

impl Places {
    /// A place, unless `most` are taken, or `most_here` by this address; without an address only the first counts.
    pub fn enter(&self, address: Option<std::net::IpAddr>, most: usize, most_here: usize) -> Option<Place<'_>> {
        let key = address.map(limit_key);
        let mut taken = self.lock();
        if taken.all >= most {
            return None;
        }
        if let Some(key) = &key {
            let here = taken.by_address.entry(key.clone()).or_insert(0);
            if *here >= most_here {
                return None;
            }
            *here += 1;
        }
        taken.all += 1;
        drop(taken);
        Some(Place { places: self, key })
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        taken.all -= 1;
        if let Some(key) = &self.key
            && let Some(here) = taken.by_address.get_mut(key)
        {
            *here -= 1;
            if *here == 0 {
                taken.by_address.remove(key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bounded_in_all_and_by_address_and_come_back() {
        let places = Places::default();
        let enter = |address: &str| places.enter(Some(address.parse().unwrap()), 3, 2);
        let (one, two) = (enter("192.0.2.1"), enter("192.0.2.1"));
        assert!(one.is_some() && two.is_some() && enter("192.0.2.1").is_none(), "this address has its share");
        let other = enter("192.0.2.2");
        assert!(other.is_some() && enter("192.0.2.3").is_none() && places.enter(None, 3, 2).is_none(), "full");
        drop((one, other));
        assert!(enter("192.0.2.1").is_some());
        drop(two);
        assert!(places.lock().by_address.is_empty() && places.lock().all == 0, "nothing is kept of who has gone");
    }
}
