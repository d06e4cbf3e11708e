//! What takes long to find out, and may be told some time after.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::base::time::Ts;

/// A value that is found out again when it is too old, by one at a time; meanwhile the others are told the old one.
#[derive(Debug)]
pub struct Remembered<T> {
    state: Mutex<State<T>>,
    /// Rung when somebody has found it out, or has failed to.
    ended: Notify,
}

#[derive(Debug)]
struct State<T> {
    value: Option<(Ts, Arc<T>)>,
    /// Somebody is finding it out.
    is_busy: bool,
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self { state: Mutex::new(State { value: None, is_busy: false }), ended: Notify::new() }
    }
}

/// What there is to be told.
enum Turn<T> {
    Known(Arc<T>),
    /// It is for the caller to find it out.
    Own,
    /// Somebody else is about to know it for the first time.
    Wait,
}

impl<T> Remembered<T> {
    /// The value, not older than `ttl`, or just being found out again. Fails as `find` does, where it is for this caller.
    pub async fn get<E>(
        &self,
        (now, ttl): (Ts, Duration),
        find: impl AsyncFnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        loop {
            let ended = self.ended.notified();
            match self.turn(now, ttl) {
                Turn::Known(value) => return Ok(value),
                Turn::Own => break,
                Turn::Wait => ended.await,
            }
        }
        // whoever gives up in the middle leaves it to the next
        let _end = End(self);
        let value = Arc::new(find().await?);
        self.state().value = Some((now, value.clone()));
        Ok(value)
    }

    fn turn(&self, now: Ts, ttl: Duration) -> Turn<T> {
        let mut state = self.state();
        let fresh = state.value.as_ref().filter(|(at, _)| state.is_busy || (*at <= now && now.since(*at) < ttl));
        if let Some((_, value)) = fresh {
            return Turn::Known(value.clone());
        }
        if state.is_busy {
            return Turn::Wait;
        }
        state.is_busy = true;
        Turn::Own
    }

    /// Nothing in here can be left half done.
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct End<'a, T>(&'a Remembered<T>);

impl<T> Drop for End<'_, T> {
    fn drop(&mut self) {
        self.0.state().is_busy = false;
        self.0.ended.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    const TTL: Duration = Duration::from_mins(1);

    #[tokio::test]
    async fn it_is_found_out_by_one_and_told_to_all() {
        let (known, asked) = (Remembered::default(), AtomicUsize::new(0));
        let find = async || {
            tokio::task::yield_now().await;
            Ok::<_, ()>(asked.fetch_add(1, Relaxed))
        };
        let all = (0..8).map(|_| known.get((Ts(0), TTL), &find));
        let told: Vec<_> = futures_util::future::join_all(all).await.into_iter().map(|told| *told.unwrap()).collect();
        assert_eq!(told, [0; 8]);
        assert_eq!(*known.get((Ts(59), TTL), &find).await.unwrap(), 0);
        let (first, second) = tokio::join!(known.get((Ts(60), TTL), &find), known.get((Ts(60), TTL), &find));
        assert_eq!((*first.unwrap(), *second.unwrap()), (1, 0), "the old one meanwhile");
        assert_eq!(*known.get((Ts(60), TTL), &find).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn whoever_fails_or_gives_up_leaves_it_to_the_next() {
        let known = Remembered::default();
        assert_eq!(known.get((Ts(0), TTL), async || Err::<i32, _>("no")).await, Err("no"));
        let given_up = tokio::time::timeout(
            Duration::from_millis(1),
            known.get((Ts(0), TTL), async || std::future::pending::<Result<i32, ()>>().await),
        );
        assert!(given_up.await.is_err());
        assert_eq!(*known.get((Ts(0), TTL), async || Ok::<_, ()>(7)).await.unwrap(), 7);
    }
}
