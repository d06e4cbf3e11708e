//! Many connections for a while, each doing the same work again and again, and the numbers of it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant, SystemTime};

use tokio::task::JoinSet;

use crate::Fault;
use crate::child::Server;
use crate::http::Conn;
use crate::pin::Pinned;
use crate::proc::Cpu;
use crate::settings::Limit;

/// A worker gives up after so many failures in a row: a broken chain stays broken.
const FAILURES: u32 = 5;

/// One kind of work with what it must remember from unit to unit.
pub trait Work: 'static {
    /// Does one unit and checks the answers.
    async fn unit(&mut self, conn: &mut Conn) -> Result<Outcome, Fault>;
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Turned away with 503: right under a flood, but not a unit.
    Busy,
}

/// What was measured.
#[derive(Default)]
pub struct Tally {
    pub elapsed: Duration,
    /// Of the server; zero where it was not measured or would mean nothing.
    pub cpu: Duration,
    pub busy: u32,
    pub failures: u32,
    pub first_failure: Option<String>,
    /// One a unit; sorted when all workers are in.
    latencies: Vec<Duration>,
}

/// When a run ends; all its workers share one.
#[derive(Clone)]
pub struct End {
    deadline: Instant,
    units_left: Rc<Cell<u32>>,
}

/// Measures one row of the table: warms up, then runs `crew`, one connection for each.
pub async fn measure<W: Work>(server: &Server, crew: Vec<W>, limit: Limit) -> Result<Tally, Fault> {
    let mut pairs = Vec::with_capacity(crew.len());
    for work in crew {
        pairs.push((Conn::open(server.site.addr).await?, work));
    }
    let pinned = if pairs.len() == 1 { Some(Pinned::new(server.pid())?) } else { None };
    let warm = Limit { time: limit.time / 10, units: limit.units / 10 };
    let (mut warmed, pairs) = run(pairs, &End::after(warm)).await?;
    let cpu = Cpu::of(server.pid())?;
    let (mut tally, _) = run(pairs, &End::after(limit)).await?;
    tally.cpu = Cpu::of(server.pid())?.since(&cpu);
    drop(pinned);
    tally.failures += warmed.failures;
    tally.first_failure = warmed.first_failure.take().or(tally.first_failure);
    Ok(tally)
}

/// Runs until `end`; counts and times, without a look at the server.
pub async fn run<W: Work>(pairs: Vec<(Conn, W)>, end: &End) -> Result<(Tally, Vec<(Conn, W)>), Fault> {
    let begun = now();
    let mut workers = JoinSet::new();
    for (mut conn, mut work) in pairs {
        let end = end.clone();
        workers.spawn_local(async move {
            let mut tally = Tally::default();
            let patience = end.deadline.saturating_duration_since(now()) + Duration::from_secs(30);
            if tokio::time::timeout(patience, work_on(&mut conn, &mut work, &end, &mut tally)).await.is_err() {
                tally.fail("no answer within 30 s of the end".to_owned());
            }
            (tally, (conn, work))
        });
    }
    let (mut total, mut pairs) = (Tally::default(), Vec::new());
    while let Some(worker) = workers.join_next().await {
        let (tally, pair) = worker?;
        total.add(tally);
        pairs.push(pair);
    }
    total.elapsed = begun.elapsed();
    total.latencies.sort_unstable();
    Ok((total, pairs))
}

async fn work_on(conn: &mut Conn, work: &mut impl Work, end: &End, tally: &mut Tally) {
    let mut in_a_row = 0;
    let mut at = now();
    while in_a_row < FAILURES && end.take(at) {
        let outcome = work.unit(conn).await;
        let after = now();
        in_a_row = if outcome.is_err() { in_a_row + 1 } else { 0 };
        match outcome {
            Ok(Outcome::Done) => tally.latencies.push(after - at),
            Ok(Outcome::Busy) => {
                tally.busy += 1;
                // a pause, or few cores would only show how fast this driver can be turned away
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Err(fault) => {
                tally.fail(fault.to_string());
                if let Err(error) = conn.reopen().await {
                    return tally.fail(error.to_string());
                }
            }
        }
        at = if in_a_row == 0 { after } else { now() };
    }
}

impl Tally {
    pub fn units(&self) -> u32 {
        u32::try_from(self.latencies.len()).unwrap_or(u32::MAX)
    }

    pub fn rate(&self) -> f64 {
        f64::from(self.units()) / self.elapsed.as_secs_f64()
    }

    /// CPU time of the server for one unit.
    pub fn cost(&self) -> Duration {
        self.cpu.checked_div(self.units()).unwrap_or_default()
    }

    /// The latency that `percent` of the units do not exceed.
    pub fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.latencies.len() * percent).div_ceil(100);
        self.latencies.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }

    fn fail(&mut self, text: String) {
        self.failures += 1;
        self.first_failure.get_or_insert(text);
    }

    fn add(&mut self, other: Self) {
        self.busy += other.busy;
        self.failures += other.failures;
        self.first_failure = self.first_failure.take().or(other.first_failure);
        self.latencies.extend(other.latencies);
    }
}

impl End {
    pub fn after(limit: Limit) -> Self {
        Self { deadline: now() + limit.time, units_left: Rc::new(Cell::new(limit.units)) }
    }

    /// Ends the run before its time.
    pub fn now(&self) {
        self.units_left.set(0);
    }

    /// Takes one unit of what is left.
    fn take(&self, at: Instant) -> bool {
        let left = self.units_left.get();
        self.units_left.set(left.saturating_sub(1));
        left > 0 && at < self.deadline
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench is about real time")]
pub fn now() -> Instant {
    Instant::now()
}

#[expect(clippy::disallowed_methods, reason = "floor and authenticator apps have no clock of their own")]
pub fn wall() -> SystemTime {
    SystemTime::now()
}
