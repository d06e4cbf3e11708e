//! Rate limits: the generic cell rate algorithm (ITU-T I.371), one number for each key.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use std::time::Duration;

use quick_cache::sync::Cache;

use crate::base::random::sha256;
use crate::base::time::Ts;

/// Keys remembered at once; the least used goes first, and starts afresh when it comes back.
const KEYS: usize = 50_000;

/// `burst` at once, then one each `interval`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub burst: u32,
    pub interval: Duration,
}

impl Rate {
    pub fn per_second(burst: u32, rate: u32) -> Self {
        Self { burst, interval: Duration::from_secs(1) / rate.max(1) }
    }

    pub fn per_hour(burst: u32, rate: u32) -> Self {
        Self { burst, interval: Duration::from_hours(1) / rate.max(1) }
    }

    pub fn per_minute(burst: u32, rate: u32) -> Self {
        Self { burst, interval: Duration::from_mins(1) / rate.max(1) }
    }
}

pub struct Limiter(Cache<String, Arc<AtomicI64>>);

impl Default for Limiter {
    fn default() -> Self {
        Self(Cache::new(KEYS))
    }
}

impl Limiter {
    /// Counts one for `key`. Fails with how long to wait.
    pub fn take(&self, class: &str, key: &str, rate: Rate, now: Ts) -> Result<(), Duration> {
        let cell = self.cell(class, key);
        let now = now.0.saturating_mul(1_000_000);
        let interval = i64::try_from(rate.interval.as_micros()).unwrap_or(i64::MAX);
        let tolerance = interval.saturating_mul(i64::from(rate.burst) - 1);
        let mut due = cell.load(Relaxed);
        loop {
            let (now, owed) = settle(now, due, tolerance.saturating_add(interval));
            let start = owed.max(now);
            let excess = start.saturating_sub(now).saturating_sub(tolerance);
            if excess > 0 {
                return Err(Duration::from_micros(excess.unsigned_abs()));
            }
            match cell.compare_exchange_weak(due, start.saturating_add(interval), Relaxed, Relaxed) {
                Ok(_) => return Ok(()),
                Err(seen) => due = seen,
            }
        }
    }

    /// How many more `key` may have at once.
    pub fn left(&self, class: &str, key: &str, rate: Rate, now: Ts) -> u32 {
        let due = self.cell(class, key).load(Relaxed);
        let owed = due.saturating_sub(now.0.saturating_mul(1_000_000)).max(0);
        let interval = i64::try_from(rate.interval.as_micros()).unwrap_or(i64::MAX).max(1);
        let used = u32::try_from(owed.unsigned_abs().div_ceil(interval.unsigned_abs())).unwrap_or(u32::MAX);
        rate.burst.saturating_sub(used)
    }

    fn cell(&self, class: &str, key: &str) -> Arc<AtomicI64> {
        // short keys whatever was sent
        let key = if key.len() > 64 { format!("{class} {}", sha256(key)) } else { format!("{class} {key}") };
        let made = self.0.get_or_insert_with(&key, || Ok::<_, std::convert::Infallible>(Arc::default()));
        match made {
            Ok(cell) => cell,
            Err(never) => match never {},
        }
    }
}

/// The time to count from, and what is owed at it. A key never owes more than `most`, so a larger debt was made by a
/// later clock. Within a second that was another request's, which began just after a full second when this one began
/// just before; more is a clock that was set back, and nobody waits for it to catch up.
fn settle(now: i64, due: i64, most: i64) -> (i64, i64) {
    const SECOND: i64 = 1_000_000;
    match due.saturating_sub(most).saturating_sub(now) {
        ..=0 => (now, due),
        1..=SECOND => (now.saturating_add(SECOND), due),
        _ => (now, now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn burst_then_rate() {
        let limiter = Limiter::default();
        let rate = Rate::per_minute(3, 60);
        let take = |key: &str, now: i64| limiter.take("t", key, rate, Ts(now));
        for _ in 0..3 {
            assert_eq!(take("a", 100), Ok(()));
        }
        assert_eq!(take("a", 100), Err(Duration::from_secs(1)));
        assert_eq!((limiter.left("t", "a", rate, Ts(100)), limiter.left("t", "a", rate, Ts(102))), (0, 2));
        assert_eq!(take("b", 100), Ok(()), "another key");
        assert_eq!(take("a", 101), Ok(()));
        assert!(take("a", 101).is_err());
        assert_eq!(take("a", 200), Ok(()), "rested");
    }

    #[test]
    fn never_more_than_burst_and_rate_allow() {
        let limiter = Limiter::default();
        let rate = Rate::per_second(10, 5);
        let accepted = (0..1000).filter(|n| limiter.take("t", "a", rate, Ts(n / 50)).is_ok()).count();
        assert!((10 + 5 * 19..=10 + 5 * 20).contains(&accepted), "{accepted}");
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let limiter = Limiter::default();
        let rate = Rate::per_second(2, 2);
        let take = |now: i64| limiter.take("t", "a", rate, Ts(now)).is_ok();
        assert!(take(5000) && take(5000) && !take(5000));
        assert!(take(1000) && take(1000), "an hour back: a fresh start");
        assert!(!take(1000), "with the same limit");
    }

    #[test]
    fn requests_on_both_sides_of_a_full_second_do_not_shut_each_other_out() {
        let limiter = Limiter::default();
        let rate = Rate::per_second(1000, 1000);
        for _ in 0..500 {
            assert!(limiter.take("t", "a", rate, Ts(101)).is_ok());
        }
        assert!(limiter.take("t", "a", rate, Ts(100)).is_ok(), "begun just before");
    }
}
