//! Passwords: argon2id (RFC 9106) on threads of its own, with a bounded queue, so that a flood of sign-ins neither
//! fills the memory nor keeps other requests waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use argon2::password_hash::phc::{ParamsString, PasswordHash};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError, bounded};
use tokio::sync::oneshot;

use crate::base::random::{base64url, bytes, same};
use crate::config;

/// A thread without work for this long gives its memory back.
const IDLE: Duration = Duration::from_millis(250);
const LENGTH: usize = 32;

/// The hashing threads. They end when the last clone is dropped.
#[derive(Clone)]
pub struct Pool {
    jobs: Sender<Job>,
    waiting: Arc<AtomicUsize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("too many sign-ins at once")]
    Busy,
    #[error("a password could not be hashed")]
    Failed,
}

/// What a verification found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, but hashed with weaker settings than today's: hash it again.
    Outdated,
}

struct Job {
    password: String,
    work: Work,
    waiting: Arc<AtomicUsize>,
}

enum Work {
    Hash(oneshot::Sender<Result<String, Error>>),
    /// Against nothing when there is no such account: it takes as long as against something.
    Verify(Option<String>, oneshot::Sender<Result<Verdict, Error>>),
}

impl Pool {
    /// Starts the threads. Fails when the settings are outside of what argon2 allows or no thread can be had.
    pub fn start(settings: &config::Password) -> std::io::Result<Self> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let threads = if settings.threads == 0 { cores } else { settings.threads };
        let hasher = Hasher::new(settings).map_err(std::io::Error::other)?;
        let (jobs, queue) = bounded(settings.queue);
        for number in 0..threads {
            let (hasher, queue) = (hasher.clone(), queue.clone());
            thread::Builder::new().name(format!("password-{number}")).spawn(move || work(&hasher, &queue))?;
        }
        Ok(Self { jobs, waiting: Arc::default() })
    }

    /// The password as a PHC string. Fails with [`Error::Busy`] when the queue is full.
    pub async fn hash(&self, password: &str) -> Result<String, Error> {
        let (reply, answer) = oneshot::channel();
        self.send(password, Work::Hash(reply))?;
        answer.await.unwrap_or(Err(Error::Failed))
    }

    /// Compares with a PHC string; without one the answer is [`Verdict::Wrong`], after the same time.
    pub async fn verify(&self, password: &str, phc: Option<&str>) -> Result<Verdict, Error> {
        let (reply, answer) = oneshot::channel();
        self.send(password, Work::Verify(phc.map(str::to_owned), reply))?;
        answer.await.unwrap_or(Err(Error::Failed))
    }

    fn send(&self, password: &str, work: Work) -> Result<(), Error> {
        let job = Job { password: password.to_owned(), work, waiting: self.waiting.clone() };
        self.waiting.fetch_add(1, Relaxed);
        self.jobs.try_send(job).map_err(|error| {
            self.waiting.fetch_sub(1, Relaxed);
            match error {
                TrySendError::Full(_) => Error::Busy,
                TrySendError::Disconnected(_) => Error::Failed,
            }
        })
    }

    /// Passwords waiting for a thread, for metrics.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Relaxed)
    }
}

/// One thread: keeps its 19 MiB while there is work, and lets others go first when the cores are short.
fn work(hasher: &Hasher, queue: &Receiver<Job>) {
    // a lower priority keeps the other endpoints quick while sign-ins flood; where it is refused nothing is lost
    rustix::process::nice(5).ok();
    let mut memory: Vec<Block> = Vec::new();
    loop {
        let job = match queue.recv_timeout(IDLE) {
            Err(RecvTimeoutError::Timeout) => {
                memory = Vec::new();
                queue.recv().ok()
            }
            other => other.ok(),
        };
        let Some(job) = job else { return };
        job.waiting.fetch_sub(1, Relaxed);
        answer(hasher, &mut memory, &job.password, job.work);
    }
}

/// Whoever asked may have gone; then the answer goes nowhere.
fn answer(hasher: &Hasher, memory: &mut Vec<Block>, password: &str, work: Work) {
    match work {
        Work::Hash(reply) => reply.send(hasher.hash(memory, password)).ok().unwrap_or_default(),
        Work::Verify(Some(phc), reply) => reply.send(hasher.verify(memory, password, &phc)).ok().unwrap_or_default(),
        Work::Verify(None, reply) => {
            reply.send(hasher.hash(memory, password).map(|_| Verdict::Wrong)).ok().unwrap_or_default();
        }
    }
}

#[derive(Clone)]
struct Hasher {
    params: Params,
}

impl Hasher {
    fn new(settings: &config::Password) -> Result<Self, argon2::Error> {
        let params = Params::new(settings.memory_kib, settings.iterations, settings.parallelism, Some(LENGTH))?;
        Ok(Self { params })
    }

    fn hash(&self, memory: &mut Vec<Block>, password: &str) -> Result<String, Error> {
        let salt: [u8; 16] = bytes();
        let digest = digest(&self.params, memory, password, &salt)?;
        let params = ParamsString::try_from(&self.params).map_err(|_| Error::Failed)?;
        let phc = PasswordHash {
            algorithm: ARGON2ID_IDENT,
            version: Some(Version::V0x13.into()),
            params,
            salt: Some(salt.as_slice().try_into().map_err(|_| Error::Failed)?),
            hash: Some(digest.as_slice().try_into().map_err(|_| Error::Failed)?),
        };
        Ok(phc.to_string())
    }

    fn verify(&self, memory: &mut Vec<Block>, password: &str, phc: &str) -> Result<Verdict, Error> {
        let stored = PasswordHash::new(phc).map_err(|_| Error::Failed)?;
        let params = Params::try_from(&stored).map_err(|_| Error::Failed)?;
        let (Some(salt), Some(hash)) = (&stored.salt, &stored.hash) else { return Err(Error::Failed) };
        let digest = digest(&params, memory, password, salt.as_ref())?;
        if !same(&base64url(digest), &base64url(hash.as_bytes())) {
            return Ok(Verdict::Wrong);
        }
        let weaker = params.m_cost() < self.params.m_cost() || params.t_cost() < self.params.t_cost();
        Ok(if weaker { Verdict::Outdated } else { Verdict::Right })
    }
}

fn digest(params: &Params, memory: &mut Vec<Block>, password: &str, salt: &[u8]) -> Result<[u8; LENGTH], Error> {
    if memory.len() < params.block_count() {
        memory.resize(params.block_count(), Block::default());
    }
    let mut out = [0; LENGTH];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let blocks = &mut memory[..params.block_count()];
    argon2.hash_password_into_with_memory(password.as_bytes(), salt, &mut out, blocks).map_err(|_| Error::Failed)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(memory_kib: u32, queue: usize) -> config::Password {
        config::Password { memory_kib, iterations: 1, parallelism: 1, threads: 1, queue, ..Default::default() }
    }

    #[tokio::test]
    async fn verifies_what_it_hashed_and_notices_weaker_settings() {
        let pool = Pool::start(&settings(64, 8)).unwrap();
        let phc = pool.hash("correct horse").await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{phc}");
        assert_eq!(pool.verify("correct horse", Some(&phc)).await, Ok(Verdict::Right));
        assert_eq!(pool.verify("battery staple", Some(&phc)).await, Ok(Verdict::Wrong));
        assert_eq!(pool.verify("correct horse", None).await, Ok(Verdict::Wrong));
        let stronger = Pool::start(&settings(128, 8)).unwrap();
        assert_eq!(stronger.verify("correct horse", Some(&phc)).await, Ok(Verdict::Outdated));
    }

    #[tokio::test]
    async fn a_full_queue_refuses_at_once() {
        let pool = Pool::start(&settings(19_456, 1)).unwrap();
        let answers = (0..16).map(|_| pool.hash("x")).collect::<Vec<_>>();
        let mut busy = 0;
        for answer in futures_util::future::join_all(answers).await {
            busy += usize::from(answer == Err(Error::Busy));
        }
        assert!(busy > 0 && busy < 16, "{busy}");
        assert_eq!(pool.waiting(), 0);
    }
}
