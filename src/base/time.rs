//! Instants and clocks. No other module may ask the system for the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use std::time::Duration;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use serde::{Deserialize, Serialize};

/// Seconds since the Unix epoch: the one form of time in tables, JWT claims and cookies.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, AsExpression, FromSqlRow,
)]
#[serde(transparent)]
#[diesel(sql_type = BigInt)]
pub struct Ts(pub i64);

impl Ts {
    pub fn plus(self, ttl: Duration) -> Self {
        Self(self.0.saturating_add_unsigned(ttl.as_secs()))
    }

    pub fn minus(self, ttl: Duration) -> Self {
        Self(self.0.saturating_sub_unsigned(ttl.as_secs()))
    }

    /// How long ago `earlier` was; zero when it lies ahead.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_secs(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// When a day began (UTC): of `2026-08-01`.
    pub fn of_day(text: &str) -> Option<Self> {
        let day = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        Some(Self(day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()))
    }

    /// RFC 3339, for programs: `2026-08-01T09:30:00Z`.
    pub fn exact(self) -> String {
        let moment = chrono::DateTime::from_timestamp(self.0, 0).unwrap_or_default();
        moment.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// For people and logs: `2026-08-01 09:30:00 UTC`.
    pub fn readable(self) -> String {
        let moment = chrono::DateTime::from_timestamp(self.0, 0).unwrap_or_default();
        moment.format("%Y-%m-%d %H:%M:%S UTC").to_string()
    }
}

impl<DB: Backend> ToSql<BigInt, DB> for Ts
where
    i64: ToSql<BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<BigInt, DB> for Ts
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        i64::from_sql(value).map(Ts)
    }
}

/// Where `now` comes from. An enum, not a trait: there will never be a third kind.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    #[default]
    System,
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    pub fn fixed(start: Ts) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(start.0)))
    }

    pub fn now(&self) -> Ts {
        match self {
            Self::System => system_now(),
            Self::Fixed(seconds) => Ts(seconds.load(Relaxed)),
        }
    }

    /// Moves a fixed clock forward; a test that waits calls this instead of sleeping.
    pub fn advance(&self, by: Duration) {
        if let Self::Fixed(seconds) = self {
            seconds.fetch_add(by.as_secs().cast_signed(), Relaxed);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the system clock")]
fn system_now() -> Ts {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Ts(since_epoch.map_or(0, |elapsed| elapsed.as_secs().cast_signed()))
}

/// Measures how long something took, for metrics and delays; never decides what is valid.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the monotonic clock")]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
