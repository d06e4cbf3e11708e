//! The table: rows as they come, each judged by its aim.

use std::time::Duration;

use crate::Fault;
use crate::drive::Tally;
use crate::hash::Hash;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Floor {
    F0,
    F1,
    F1R,
}

/// What a row should reach; the figures are those of `plan`.
#[derive(Clone, Copy)]
pub enum Aim {
    /// The row *is* this floor.
    Is(Floor),
    /// CPU at most so many times the floor's at the same number of connections.
    Cpu(Floor, f64),
    /// The same, and at least this share of the floor's rate.
    CpuAndRate(Floor, f64, f64),
    /// CPU at most this above one hash.
    OverHash(Duration),
    /// p95 at most this.
    Within(Duration),
    /// p99 at most so many times this quiet one.
    Quiet(Duration, f64),
    None,
}

/// What a row is about.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    pub work: &'a str,
    pub backend: &'a str,
    /// Connections.
    pub concurrency: usize,
}

pub struct Table {
    hash: Hash,
    floors: Vec<(Floor, usize, Duration, f64)>,
    met: u32,
    missed: Vec<String>,
    wrong: Vec<String>,
}

/// Ratio, aim and whether it is met, as shown.
type Verdict = (String, String, Option<bool>);

impl Table {
    pub fn new(hash: Hash) -> Self {
        println!(
            "{:<30} {:<8} {:>4} {:>9} {:>9} {:>9} {:>9} {:>9}  {:<22}",
            "work", "backend", "conc", "req/s", "p50 ms", "p99 ms", "CPU µs", "ratio", "aim"
        );
        Self { hash, floors: Vec::new(), met: 0, missed: Vec::new(), wrong: Vec::new() }
    }

    pub fn push(&mut self, row: Row<'_>, tally: &Tally, aim: Aim) {
        let Row { work, backend, concurrency } = row;
        let (ratio, wanted, met) = self.judge(concurrency, tally, aim);
        let verdict = match met {
            None => "",
            Some(true) => "ok",
            Some(false) => "miss",
        };
        let busy = if tally.busy > 0 { format!("  {} turned away with 503", tally.busy) } else { String::new() };
        let cost = if tally.cpu.is_zero() { "-".to_owned() } else { format!("{:.1}", micros(tally.cost())) };
        let (p50, p99) = (millis(tally.percentile(50)), millis(tally.percentile(99)));
        let measured = format!("{:>9.0} {p50:>9.2} {p99:>9.2} {cost:>9} {ratio:>9}", tally.rate());
        println!("{work:<30} {backend:<8} {concurrency:>4} {measured}  {wanted:<22} {verdict}{busy}");
        let name = format!("{work}, {backend}, {concurrency}");
        match met {
            Some(true) => self.met += 1,
            Some(false) => self.missed.push(format!("{name}: {ratio}, aim {wanted}")),
            None => {}
        }
        if let Some(first) = &tally.first_failure {
            self.wrong.push(format!("{name}: {} wrong, first: {first}", tally.failures));
        } else if tally.units() == 0 {
            self.wrong.push(format!("{name}: no unit was done"));
        }
    }

    pub fn is_wrong(&self) -> bool {
        !self.wrong.is_empty()
    }

    fn judge(&mut self, concurrency: usize, tally: &Tally, aim: Aim) -> Verdict {
        match aim {
            Aim::None => (String::new(), String::new(), None),
            Aim::Is(floor) => {
                self.floors.push((floor, concurrency, tally.cost(), tally.rate()));
                ("1.00".to_owned(), String::new(), None)
            }
            Aim::Cpu(floor, most) => {
                let (ratio, _) = self.against(floor, concurrency, tally);
                (format!("{ratio:.2}"), format!("≤ {most} × {floor:?}"), Some(ratio <= most))
            }
            Aim::CpuAndRate(floor, most, least) => {
                let (ratio, share) = self.against(floor, concurrency, tally);
                let wanted = format!("≤ {most} × {floor:?}/rate ≥ {least}");
                (format!("{ratio:.2}/{share:.2}"), wanted, Some(ratio <= most && share >= least))
            }
            Aim::OverHash(most) => {
                let hash = if concurrency == 1 { self.hash.alone } else { self.hash.crowded };
                let over = millis(tally.cost()) - millis(hash);
                (format!("h{over:+.1} ms"), format!("≤ hash + {:.1} ms", millis(most)), Some(over <= millis(most)))
            }
            Aim::Within(most) => {
                let found = tally.percentile(95);
                (format!("{:.1} ms", millis(found)), format!("p95 ≤ {:.0} ms", millis(most)), Some(found <= most))
            }
            Aim::Quiet(quiet, most) => {
                let ratio = millis(tally.percentile(99)) / millis(quiet);
                (format!("{ratio:.2}"), format!("≤ {most} × quiet p99"), Some(ratio <= most))
            }
        }
    }

    /// CPU and rate as multiples of the floor's at the same number of connections; floors are always measured first.
    fn against(&self, floor: Floor, concurrency: usize, tally: &Tally) -> (f64, f64) {
        let same = |entry: &&(Floor, usize, Duration, f64)| entry.0 == floor && entry.1 == concurrency;
        let found = self.floors.iter().find(same);
        found.map_or((f64::NAN, f64::NAN), |&(_, _, cost, rate)| {
            (micros(tally.cost()) / micros(cost), tally.rate() / rate)
        })
    }

    /// Sums up; fails when an answer was wrong.
    pub fn end(self) -> Result<(), Fault> {
        println!("\naims met: {}, missed: {}", self.met, self.missed.len());
        for row in &self.missed {
            println!("  missed: {row}");
        }
        if self.wrong.is_empty() { Ok(()) } else { Err(format!("wrong answers:\n{}", self.wrong.join("\n")).into()) }
    }
}

pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
