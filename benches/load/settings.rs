//! What may be changed, so that a look at one thing does not take minutes: `BENCH_SECONDS=1 make bench ARGS=refresh`.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use crate::Fault;

pub struct Settings {
    /// `SIGNET_BIN`; by default the release binary that cargo built beside this bench.
    pub binary: PathBuf,
    /// `BENCH_DATABASE_URL`: an **empty** database; Signet's tables stay in it.
    pub postgres: Option<String>,
    /// The first argument: only work whose name contains it.
    pub only: Option<String>,
    /// `BENCH_CONCURRENCY`: connections, as in `1,16,64`.
    pub concurrency: Vec<usize>,
    /// `BENCH_SIGN_INS`: how many sign-ins must have been before memory is looked at.
    pub sign_ins: u32,
    pub limit: Limit,
    /// `BENCH_PEOPLE` and `BENCH_AUDIT`: with how many people and rows of the audit administrators are measured.
    pub crowd: (u64, u64),
}

/// When one measurement ends: whichever comes first.
#[derive(Clone, Copy)]
pub struct Limit {
    /// `BENCH_SECONDS`
    pub time: Duration,
    /// `BENCH_UNITS`
    pub units: u32,
}

impl Settings {
    pub fn read() -> Result<Self, Fault> {
        let concurrency = text("BENCH_CONCURRENCY").unwrap_or_else(|| "1,16,64".to_owned());
        Ok(Self {
            binary: text("SIGNET_BIN")
                .or_else(|| option_env!("CARGO_BIN_EXE_signet").map(str::to_owned))
                .ok_or("SIGNET_BIN must name the server's binary")?
                .into(),
            postgres: text("BENCH_DATABASE_URL"),
            // cargo adds `--bench`
            only: std::env::args().skip(1).find(|arg| !arg.starts_with('-')),
            concurrency: counts(&concurrency)?,
            sign_ins: number("BENCH_SIGN_INS", 1_000)?,
            limit: Limit {
                time: Duration::try_from_secs_f64(number("BENCH_SECONDS", 3.0)?)?,
                units: number("BENCH_UNITS", 50_000)?,
            },
            crowd: (number("BENCH_PEOPLE", 20_000)?, number("BENCH_AUDIT", 50_000)?),
        })
    }

    pub fn wants(&self, work: &str) -> bool {
        self.only.as_ref().is_none_or(|only| work.contains(only.as_str()))
    }
}

#[expect(clippy::disallowed_methods, reason = "the bench is not the server: it has no Config")]
fn text(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn counts(list: &str) -> Result<Vec<usize>, String> {
    let counts = list.split(',').map(|count| count.trim().parse().ok().filter(|&count| count > 0));
    counts.collect::<Option<_>>().ok_or_else(|| format!("BENCH_CONCURRENCY: {list} is not like 1,16,64"))
}

fn number<T: FromStr>(name: &str, default: T) -> Result<T, String> {
    text(name).map_or(Ok(default), |value| value.parse().map_err(|_| format!("{name}: {value} is not a number")))
}
