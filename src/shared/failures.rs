//! Wrong answers in a row: each name that was typed waits longer before it may try again, whether there is such an
//! account or not. People are counted as well, whatever they are called, and their second factors by themselves.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use quick_cache::sync::Cache;

use crate::base::time::Ts;

/// Remembered at once; the least used goes first.
const KEYS: usize = 50_000;

/// What wrong answers cost.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Typing errors that cost nothing.
    free: u32,
    /// Seconds to wait after each further one; the last counts from then on.
    delays: &'static [u64],
    /// In a day; then the name waits for the day to end.
    most: u32,
    /// From so many on the owner should know.
    alarming: u32,
}

impl Rule {
    /// Whether that many in a row are no typing errors any more.
    pub const fn is_alarming(self, in_a_row: u32) -> bool {
        in_a_row >= self.alarming || in_a_row >= self.most
    }
}

/// Passwords, with so many wrong ones a day at most.
pub const fn password(most: u32) -> Rule {
    Rule { free: 3, delays: &[1, 3, 5, 10], most, alarming: 10 }
}

/// Codes of second factors: a million of six digits, so five, then a quarter of an hour.
pub const FACTOR: Rule = Rule { free: 4, delays: &[900], most: 100, alarming: 5 };

const DAY: Duration = Duration::from_hours(24);

/// Kept apart, so that whoever types many names makes nobody's own count be forgotten.
#[derive(Default)]
pub struct Failures {
    /// By what was typed.
    pub names: Counts,
    /// By whose account it is, and what was tried there.
    pub people: Counts,
}

pub struct Counts(Cache<String, Arc<Mutex<Count>>>);

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    failed: u32,
    first_at: Ts,
    last_at: Ts,
    until: Ts,
}

impl Default for Counts {
    fn default() -> Self {
        Self(Cache::new(KEYS))
    }
}

impl Counts {
    /// Counts a try before it is looked at, so that many at once are no more tries than one after the other. Says
    /// which one in a row it is; fails with how long to wait. What was tried until `unlocked` counts no more.
    pub fn take(&self, key: &str, rule: Rule, unlocked: Ts, now: Ts) -> Result<u32, Duration> {
        let Ok(count) = self.0.get_or_insert_with(key, || Ok::<_, std::convert::Infallible>(Arc::default()));
        let mut count = lock(&count);
        if count.failed == 0 || count.last_at <= unlocked || now.since(count.first_at) >= DAY {
            *count = Count { first_at: now, ..Count::default() };
        }
        if now < count.until {
            return Err(count.until.since(now));
        }
        count.failed += 1;
        count.last_at = now;
        let step = usize::try_from(count.failed.saturating_sub(rule.free)).unwrap_or(usize::MAX);
        count.until = match step {
            _ if count.failed >= rule.most => count.first_at.plus(DAY),
            0 => now,
            step => now.plus(Duration::from_secs(rule.delays[step.min(rule.delays.len()) - 1])),
        };
        Ok(count.failed)
    }

    /// A try that was counted could not be made.
    pub fn give_back(&self, key: &str) {
        if let Some(count) = self.0.get(key) {
            let mut count = lock(&count);
            count.failed = count.failed.saturating_sub(1);
        }
    }

    /// The right answer ends the count.
    pub fn forget(&self, key: &str) {
        self.0.remove(key);
    }
}

fn lock(count: &Mutex<Count>) -> MutexGuard<'_, Count> {
    count.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: Ts = Ts(0);

    #[test]
    fn the_delay_grows_and_the_day_ends_it() {
        let counts = Counts::default();
        let take = |now: i64| counts.take("ada", password(9), NEVER, Ts(now)).map_err(|wait| wait.as_secs());
        let mut now = 1000;
        for (number, wait) in (1..).zip([0, 0, 0, 1, 3, 5, 10, 10]) {
            assert_eq!(take(now), Ok(number));
            if wait > 0 {
                assert_eq!(take(now), Err(wait), "after {number}");
            }
            now += wait.cast_signed();
        }
        assert_eq!(take(now), Ok(9));
        assert_eq!(take(now), Err(86_400 - now.cast_unsigned() + 1000));
        assert_eq!(counts.take("eve", password(9), NEVER, Ts(now)), Ok(1));
        assert_eq!(take(1000 + 86_400), Ok(1), "a new day");
        counts.forget("ada");
        assert_eq!(take(1000 + 86_400), Ok(1));
    }

    #[test]
    fn an_unlocked_count_begins_anew() {
        let counts = Counts::default();
        let take = |unlocked, now| counts.take("ada", FACTOR, Ts(unlocked), Ts(now));
        for number in 1..=5 {
            assert_eq!(take(0, 1000), Ok(number));
        }
        assert!(take(999, 1001).is_err(), "unlocked before");
        assert_eq!(take(1000, 1001), Ok(1));
        assert_eq!(take(1000, 1001), Ok(2), "what was tried since counts");
    }

    #[test]
    fn what_could_not_be_tried_is_not_counted() {
        let counts = Counts::default();
        for _ in 0..20 {
            assert_eq!(counts.take("ada", FACTOR, NEVER, Ts(1000)), Ok(1));
            counts.give_back("ada");
        }
    }

    #[test]
    fn the_owner_should_know_before_the_day_is_over() {
        assert!(!password(100).is_alarming(9) && password(100).is_alarming(10) && password(9).is_alarming(9));
        assert!(!FACTOR.is_alarming(4) && FACTOR.is_alarming(5));
    }
}
