//! What Linux tells about a process: CPU time and resident memory.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::time::Duration;

/// `USER_HZ`: 100 on every architecture of Linux, whatever the kernel's own clock.
const TICK: Duration = Duration::from_millis(10);

/// CPU time of a process at one moment.
pub struct Cpu {
    /// Nanoseconds by thread; empty where the kernel does not count them.
    threads: BTreeMap<String, u64>,
    /// User and system time of all threads, also of those that have ended, in steps of 10 ms.
    total: Duration,
}

impl Cpu {
    pub fn of(pid: u32) -> io::Result<Self> {
        Ok(Self { threads: threads(pid).unwrap_or_default(), total: ticks(&format!("/proc/{pid}"))? })
    }

    /// The fine clock forgets a thread that ends; then the coarse one decides.
    pub fn since(&self, earlier: &Self) -> Duration {
        let coarse = self.total.saturating_sub(earlier.total);
        if self.threads.is_empty() || earlier.threads.keys().any(|id| !self.threads.contains_key(id)) {
            return coarse;
        }
        let spent = |(id, now): (&String, &u64)| now.saturating_sub(earlier.threads.get(id).copied().unwrap_or(0));
        Duration::from_nanos(self.threads.iter().map(spent).sum())
    }
}

fn threads(pid: u32) -> io::Result<BTreeMap<String, u64>> {
    let mut threads = BTreeMap::new();
    for entry in fs::read_dir(format!("/proc/{pid}/task"))? {
        let entry = entry?;
        // a thread may end between the listing and the reading
        let Ok(text) = fs::read_to_string(entry.path().join("schedstat")) else { continue };
        let nanos = text.split(' ').next().and_then(|field| field.parse().ok());
        threads.insert(entry.file_name().to_string_lossy().into_owned(), nanos.ok_or_else(malformed)?);
    }
    Ok(threads)
}

/// CPU time from the `stat` file of a process or thread (proc(5): fields 14 and 15).
pub fn ticks(dir: &str) -> io::Result<Duration> {
    let text = fs::read_to_string(format!("{dir}/stat"))?;
    let after_name = text.rsplit_once(')').ok_or_else(malformed)?.1;
    let mut fields = after_name.split_whitespace().skip(11).map_while(|field| field.parse::<u32>().ok());
    let (user, system) = fields.next().zip(fields.next()).ok_or_else(malformed)?;
    Ok(TICK * (user + system))
}

/// Resident memory in KiB.
pub fn resident(pid: u32) -> io::Result<u32> {
    let text = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).ok_or_else(malformed)
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a file of /proc has an unknown form")
}
