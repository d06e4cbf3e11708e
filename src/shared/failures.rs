//! Wrong answers in a row: each name that was typed waits longer before it may try again, whether there is such an
//! account or not. Second factors are counted by themselves.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use quick_cache::sync::Cache;

use crate::base::time::Ts;

const NAMES: usize = 50_000;
/// What wrong answers cost.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Typing errors that cost nothing.
    free: u32,
    /// Seconds to wait after each further one; the last counts from then on.
    delays: &'static [u64],
    /// In a day; then the name waits for the day to end.
    most: u32,
}

/// Passwords, with so many wrong ones a day at most.
pub const fn password(most: u32) -> Rule {
    Rule { free: 3, delays: &[1, 3, 5, 10], most }
}

/// Codes of second factors: a million of six digits, so five, then a quarter of an hour.
pub const FACTOR: Rule = Rule { free: 4, delays: &[900], most: 100 };

const DAY: Duration = Duration::from_hours(24);

pub struct Failures(Cache<String, Arc<Mutex<Count>>>);

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    failed: u32,
    first_at: Ts,
    until: Ts,
}

impl Default for Failures {
    fn default() -> Self {
        Self(Cache::new(NAMES))
    }
}

impl Failures {
    /// How long this name has to wait; `None` when it may try.
    pub fn wait(&self, name: &str, now: Ts) -> Option<Duration> {
        let count = self.0.get(name)?;
        let until = count.lock().unwrap_or_else(PoisonError::into_inner).until;
        (now < until).then(|| until.since(now))
    }

    /// Counts a wrong answer.
    pub fn count(&self, name: &str, rule: Rule, now: Ts) {
        let fresh = || Ok::<_, std::convert::Infallible>(Arc::default());
        let Ok(count) = self.0.get_or_insert_with(name, fresh);
        let mut count = count.lock().unwrap_or_else(PoisonError::into_inner);
        if count.failed == 0 || now.since(count.first_at) >= DAY {
            *count = Count { failed: 0, first_at: now, until: Ts(0) };
        }
        count.failed += 1;
        let step = usize::try_from(count.failed.saturating_sub(rule.free)).unwrap_or(usize::MAX);
        count.until = match step {
            _ if count.failed >= rule.most => count.first_at.plus(DAY),
            0 => now,
            step => now.plus(Duration::from_secs(rule.delays[step.min(rule.delays.len()) - 1])),
        };
    }

    /// The right answer ends the count.
    pub fn forget(&self, name: &str) {
        self.0.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_grows_and_the_day_ends_it() {
        let failures = Failures::default();
        let mut waits = Vec::new();
        for _ in 0..9 {
            failures.count("ada", password(9), Ts(1000));
            waits.push(failures.wait("ada", Ts(1000)).map_or(0, |wait| wait.as_secs()));
        }
        assert_eq!(waits, [0, 0, 0, 1, 3, 5, 10, 10, 86_400]);
        assert_eq!(failures.wait("eve", Ts(1000)), None);
        assert_eq!(failures.wait("ada", Ts(1000 + 86_400)), None);
        failures.count("ada", password(9), Ts(1000 + 86_400));
        assert_eq!(failures.wait("ada", Ts(1000 + 86_400)), None, "a new day");
        failures.forget("ada");
        assert_eq!(failures.wait("ada", Ts(0)), None);
    }
}
