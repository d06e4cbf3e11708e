//! Passwords: argon2id (RFC 9106) on threads of its own, with a bounded queue, so that a flood of sign-ins neither
//! fills the memory nor keeps other requests waiting.

mod breached;
mod stored;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use argon2::password_hash::phc::{ParamsString, PasswordHash};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError, bounded};
use tokio::sync::oneshot;

use crate::base::random::bytes;
use crate::config;

pub use breached::{Breached, Odd};
use stored::Stored;
pub use stored::Unusable;

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
    #[error("the list of breached passwords cannot be read any more")]
    List,
}

/// What a verification found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, but hashed with weaker settings than today's, or by another system: hash it again.
    Outdated,
    /// Nobody can tell: whatever is stored cannot be compared with.
    Unusable(Unusable),
}

impl Verdict {
    pub fn is_right(self) -> bool {
        matches!(self, Self::Right | Self::Outdated)
    }
}

/// A thread that does not work.
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "what counts is when it is dropped")] Sender<()>);

struct Job {
    password: String,
    work: Work,
    waiting: Arc<AtomicUsize>,
}

enum Work {
    Hash(oneshot::Sender<Result<String, Error>>),
    /// Against nothing when there is no such account: it takes as long as against something.
    Verify(Option<String>, oneshot::Sender<Result<Verdict, Error>>),
    /// In the list of what was found elsewhere, which may lie on a slow disk.
    Find(Arc<Breached>, oneshot::Sender<Result<bool, Error>>),
    /// Nothing, until the other end is dropped; it is told when that begins.
    Rest(oneshot::Sender<()>, Receiver<()>),
}

impl Pool {
    /// Starts the threads. Fails when the settings are outside of what argon2 allows or no thread can be had.
    pub fn start(settings: &config::Password) -> std::io::Result<Self> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let threads = if settings.threads == 0 { cores } else { settings.threads };
        let hasher = Hasher::new(settings)?;
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

    /// Compares with a stored hash; without one the answer is [`Verdict::Wrong`], after the same time as with one of ours.
    pub async fn verify(&self, password: &str, phc: Option<&str>) -> Result<Verdict, Error> {
        let (reply, answer) = oneshot::channel();
        self.send(password, Work::Verify(phc.map(str::to_owned), reply))?;
        answer.await.unwrap_or(Err(Error::Failed))
    }

    /// Whether the password is in the list.
    pub async fn is_breached(&self, password: &str, list: &Arc<Breached>) -> Result<bool, Error> {
        let (reply, answer) = oneshot::channel();
        self.send(password, Work::Find(list.clone(), reply))?;
        answer.await.unwrap_or(Err(Error::Failed))
    }

    /// Keeps one thread from working until what is given back is dropped, so that it can be tried what a crowd does.
    #[doc(hidden)]
    pub async fn hold(&self) -> Result<Held, Error> {
        let ((reply, begun), (end, wait)) = (oneshot::channel(), bounded(0));
        self.send("", Work::Rest(reply, wait))?;
        begun.await.map_err(|_| Error::Failed)?;
        Ok(Held(end))
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
        // what a dearer hash of another system has taken is given back at once
        memory.truncate(hasher.params.block_count());
        memory.shrink_to(hasher.params.block_count());
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
        Work::Rest(reply, wait) => {
            reply.send(()).ok();
            wait.recv().ok();
        }
        Work::Find(list, reply) => {
            let found = list.holds(password).map_err(|error| {
                tracing::error!(%error, "the list of breached passwords cannot be read");
                Error::List
            });
            reply.send(found).ok().unwrap_or_default();
        }
    }
}

/// Whether a hash that was made elsewhere can be used here; fails with why not.
pub fn check_hash(hash: &str, settings: &config::Password) -> Result<(), Unusable> {
    let own = params(settings).map_err(|_| Unusable::Unknown)?;
    Stored::parse(hash, &own).map(drop)
}

/// What kind of hash this says to be: `argon2id`, `bcrypt`, `pbkdf2_sha256`.
pub fn kind(hash: &str) -> &str {
    match hash.strip_prefix('$').unwrap_or(hash).split('$').next().unwrap_or_default() {
        "2a" | "2b" | "2y" => "bcrypt",
        other => other,
    }
}

fn params(settings: &config::Password) -> std::io::Result<Params> {
    let params = Params::new(settings.memory_kib, settings.iterations, settings.parallelism, Some(LENGTH));
    params.map_err(std::io::Error::other)
}

#[derive(Clone)]
struct Hasher {
    params: Params,
}

impl Hasher {
    fn new(settings: &config::Password) -> std::io::Result<Self> {
        Ok(Self { params: params(settings)? })
    }

    fn hash(&self, memory: &mut Vec<Block>, password: &str) -> Result<String, Error> {
        let salt: [u8; 16] = bytes();
        let digest = self.digest(memory, password, &salt)?;
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

    fn digest(&self, memory: &mut Vec<Block>, password: &str, salt: &[u8]) -> Result<[u8; LENGTH], Error> {
        let mut out = [0; LENGTH];
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone());
        let blocks = stored::blocks(memory, &self.params);
        argon2
            .hash_password_into_with_memory(password.as_bytes(), salt, &mut out, blocks)
            .map_err(|_| Error::Failed)?;
        Ok(out)
    }

    fn verify(&self, memory: &mut Vec<Block>, password: &str, hash: &str) -> Result<Verdict, Error> {
        let stored = match Stored::parse(hash, &self.params) {
            Ok(stored) => stored,
            Err(unusable) => {
                // it takes the time of a wrong password, so that nobody learns which accounts are like that
                self.hash(memory, password)?;
                return Ok(Verdict::Unusable(unusable));
            }
        };
        Ok(match stored.is_of(memory, password).ok_or(Error::Failed)? {
            false => Verdict::Wrong,
            true if stored.is_as_good_as(&self.params) => Verdict::Right,
            true => Verdict::Outdated,
        })
    }
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
        let bcrypt = "$2b$05$abcdefghijklmnopqrstuuD3mHdCr44zlIZ.VZCaYRpfQhXMYnEo.";
        assert_eq!(pool.verify("correct horse battery", Some(bcrypt)).await, Ok(Verdict::Outdated));
        assert_eq!(pool.verify("correct horse", Some(bcrypt)).await, Ok(Verdict::Wrong));
        let unusable = pool.verify("correct horse", Some("$1$salt$hash")).await.unwrap();
        assert_eq!(unusable, Verdict::Unusable(Unusable::Unknown));
        assert!(!unusable.is_right());
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
