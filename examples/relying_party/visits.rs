//! What is remembered of each browser, in memory. A real app keeps this in its session store and lets it expire.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use openidconnect::{CsrfToken, RefreshToken};

use crate::provider::{Pending, Person};

/// Sign-ins that one browser may have under way, in as many tabs; the oldest is forgotten first.
const TABS: usize = 5;

#[derive(Default)]
pub struct Visits(Mutex<HashMap<String, Visit>>);

#[derive(Default)]
struct Visit {
    pending: Vec<Pending>,
    person: Option<Person>,
}

/// A value for the cookie that nobody can guess.
pub fn new_id() -> String {
    CsrfToken::new_random_len(32).into_secret()
}

impl Visits {
    pub fn begin(&self, id: &str, pending: Pending) {
        let mut visits = self.lock();
        let visit = visits.entry(id.to_owned()).or_default();
        if visit.pending.len() == TABS {
            visit.pending.remove(0);
        }
        visit.pending.push(pending);
    }

    /// The sign-in with this state. It is gone then: each answer counts once.
    pub fn take(&self, id: &str, state: &str) -> Option<Pending> {
        let mut visits = self.lock();
        let pending = &mut visits.get_mut(id)?.pending;
        let place = pending.iter().position(|pending| pending.state.secret() == state)?;
        Some(pending.remove(place))
    }

    pub fn sign_in(&self, id: &str, person: Person) {
        self.lock().entry(id.to_owned()).or_default().person = Some(person);
    }

    pub fn person(&self, id: &str) -> Option<Person> {
        self.lock().get(id)?.person.clone()
    }

    /// The refresh token, for whoever comes first.
    pub fn take_refresh_token(&self, id: &str) -> Option<(Person, RefreshToken)> {
        let mut visits = self.lock();
        let person = visits.get_mut(id)?.person.as_mut()?;
        let token = person.refresh_token.take()?;
        Some((person.clone(), token))
    }

    pub fn put_back(&self, id: &str, token: RefreshToken) {
        if let Some(person) = self.lock().get_mut(id).and_then(|visit| visit.person.as_mut()) {
            person.refresh_token = Some(token);
        }
    }

    pub fn end(&self, id: &str) {
        self.lock().remove(id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Visit>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
