//! One core for driver and server together. With one connection they take turns, and on two cores each request would
//! wake a sleeping one, which costs more than a small request and depends on where the scheduler puts them.

use std::fs;

use rustix::io::Errno;
use rustix::thread::{CpuSet, Pid, sched_getaffinity, sched_setaffinity};

use crate::Fault;

/// As long as it lives.
pub struct Pinned {
    pid: u32,
    before: CpuSet,
}

impl Pinned {
    pub fn new(pid: u32) -> Result<Self, Fault> {
        let before = sched_getaffinity(None)?;
        let mut one = CpuSet::new();
        one.set((0..CpuSet::MAX_CPU).find(|&core| before.is_set(core)).ok_or("no core to run on")?);
        let pinned = Self { pid, before };
        put(pid, &one)?;
        Ok(pinned)
    }
}

impl Drop for Pinned {
    fn drop(&mut self) {
        // fails only when the server has ended, and then nothing is left to measure
        let _ = put(self.pid, &self.before);
    }
}

/// This thread and all of the server's; those that it starts later inherit.
fn put(pid: u32, cores: &CpuSet) -> Result<(), Fault> {
    sched_setaffinity(None, cores)?;
    for entry in fs::read_dir(format!("/proc/{pid}/task"))? {
        let thread = entry?.file_name().to_string_lossy().parse()?;
        match sched_setaffinity(Pid::from_raw(thread), cores) {
            // it has ended since the listing
            Ok(()) | Err(Errno::SRCH) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
