//! The price of one password hash at the least allowed setting (argon2id, 19 MiB, 2 passes), with nothing around it.

use std::fmt;
use std::thread;
use std::time::Duration;

use argon2::{Algorithm, Argon2, Block, Params, Version};

use crate::Fault;
use crate::proc::ticks;

/// Enough for a clock that counts in steps of 10 ms.
const ROUNDS: u32 = 40;

/// CPU time of one hash.
#[derive(Clone, Copy)]
pub struct Hash {
    pub alone: Duration,
    /// With one on every core: they share caches and memory, and each takes longer.
    pub crowded: Duration,
    cores: usize,
}

pub fn measure() -> Result<Hash, Fault> {
    let cores = thread::available_parallelism()?.get();
    Ok(Hash { alone: each(1)?, crowded: each(cores)?, cores })
}

fn each(threads: usize) -> Result<Duration, Fault> {
    let running: Vec<_> = (0..threads).map(|_| thread::spawn(|| rounds().map_err(|error| error.to_string()))).collect();
    let mut sum = Duration::ZERO;
    for thread in running {
        sum += thread.join().map_err(|_| "a hashing thread panicked")??;
    }
    Ok(sum / u32::try_from(threads)?)
}

fn rounds() -> Result<Duration, Fault> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| error.to_string())?;
    let mut blocks = vec![Block::default(); params.block_count()];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut out = [0; 32];
    let mut round =
        || argon2.hash_password_into_with_memory(b"correct horse", b"battery staple 1", &mut out, &mut blocks);
    // the first one also pays for the memory
    round().map_err(|error| error.to_string())?;
    let before = ticks("/proc/thread-self")?;
    for _ in 0..ROUNDS {
        round().map_err(|error| error.to_string())?;
    }
    Ok(ticks("/proc/thread-self")?.saturating_sub(before) / ROUNDS)
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { alone, crowded, cores } = self;
        write!(f, "argon2id (19 MiB, 2, 1): {alone:.1?} of CPU alone, {crowded:.1?} with one on each of {cores} cores")
    }
}
