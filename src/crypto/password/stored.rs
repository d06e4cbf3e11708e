//! Stored hashes, our own and those that other systems have made: argon2 (RFC 9106), bcrypt, scrypt (RFC 7914) and PBKDF2
//! (RFC 8018). What they cost is written in them, so each is bounded before anything is computed.

use std::str::FromStr as _;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use bcrypt::HashParts;
use openssl::hash::MessageDigest;
use openssl::pkcs5;
use subtle::ConstantTimeEq as _;

/// Why a stored hash is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    #[error("it is none of argon2i, argon2d, argon2id, bcrypt, scrypt, pbkdf2-sha256, pbkdf2-sha512, pbkdf2_sha256")]
    Unknown,
    #[error("it is damaged: this is not how {0} writes a hash")]
    Damaged(&'static str),
    #[error("it would keep the server too long: {0}")]
    TooDear(&'static str),
}

/// The longest line that can be a hash.
const LONGEST: usize = 512;
/// argon2: KiB at once, and KiB times passes.
const ARGON2_MEMORY: u32 = 1 << 20;
const ARGON2_WORK: u64 = 1 << 23;
/// bcrypt: two to the power of it.
const BCRYPT_COST: u32 = 16;
/// scrypt: N·r·p; 128 bytes each are 1 GiB.
const SCRYPT_WORK: u64 = 1 << 23;
const SCRYPT_FACTOR: u32 = 64;
const PBKDF2_ITERATIONS: u32 = 5_000_000;

/// A hash that can be compared with.
#[derive(Clone)]
pub enum Stored {
    Argon2 {
        algorithm: Algorithm,
        version: Version,
        params: Params,
        salted: Salted,
    },
    /// `$2a$`, `$2b$` or `$2y$`, which are the same since 2014.
    Bcrypt(String),
    Scrypt {
        log_n: u8,
        r: u32,
        p: u32,
        salted: Salted,
    },
    Pbkdf2 {
        digest: MessageDigest,
        iterations: u32,
        salted: Salted,
    },
}

/// The salt, and what comes out of it with the right password.
#[derive(Clone)]
pub struct Salted {
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl Stored {
    /// Reads a PHC or MCF string, or Django's. `own` is what is asked of new hashes: as much is never too dear.
    pub fn parse(text: &str, own: &Params) -> Result<Self, Unusable> {
        let parts: Vec<&str> = text.split('$').collect();
        match parts.as_slice() {
            _ if text.len() > LONGEST => Err(Unusable::Unknown),
            ["", kind, rest @ ..] if let Ok(algorithm) = Algorithm::try_from(*kind) => match rest {
                [version, params, salt, hash] => {
                    let version = version.strip_prefix("v=").unwrap_or_default();
                    argon2(algorithm, version, params, Salted::read(salt, hash, ARGON2)?, own)
                }
                // before version 19 none was written down
                [params, salt, hash] => argon2(algorithm, "16", params, Salted::read(salt, hash, ARGON2)?, own),
                _ => Err(Unusable::Damaged(ARGON2)),
            },
            ["", "2a" | "2b" | "2y", ..] => bcrypt(text),
            ["", "scrypt", params, salt, hash] => scrypt(params, Salted::read(salt, hash, "scrypt")?),
            ["", "pbkdf2-sha256", params, salt, hash] => {
                pbkdf2(MessageDigest::sha256(), params, Salted::read(salt, hash, PBKDF2)?)
            }
            ["", "pbkdf2-sha512", params, salt, hash] => {
                pbkdf2(MessageDigest::sha512(), params, Salted::read(salt, hash, PBKDF2)?)
            }
            ["pbkdf2_sha256", iterations, salt, hash] => {
                pbkdf2(MessageDigest::sha256(), iterations, Salted::django(salt, hash)?)
            }
            _ => Err(Unusable::Unknown),
        }
    }

    /// Whether it is as good as a hash that is made today.
    pub fn is_as_good_as(&self, own: &Params) -> bool {
        match self {
            Self::Argon2 { algorithm: Algorithm::Argon2id, version: Version::V0x13, params, salted } => {
                let enough = params.m_cost() >= own.m_cost() && params.t_cost() >= own.t_cost();
                enough && salted.hash.len() >= super::LENGTH
            }
            _ => false,
        }
    }

    /// Whether this password was hashed; None when it cannot be computed.
    pub fn is_of(&self, memory: &mut Vec<Block>, password: &str) -> Option<bool> {
        let bytes = password.as_bytes();
        match self {
            Self::Argon2 { algorithm, version, params, salted } => {
                let argon2 = Argon2::new(*algorithm, *version, params.clone());
                salted.compare(|salt, out| {
                    argon2.hash_password_into_with_memory(bytes, salt, out, blocks(memory, params)).ok()
                })
            }
            Self::Bcrypt(text) => bcrypt::verify(bytes, text).ok(),
            Self::Scrypt { log_n, r, p, salted } => salted.compare(|salt, out| {
                let (n, r, p) = (1 << log_n, u64::from(*r), u64::from(*p));
                let memory = 128 * r * (n + p + 2) + (1 << 20);
                pkcs5::scrypt(bytes, salt, n, r, p, memory, out).ok()
            }),
            Self::Pbkdf2 { digest, iterations, salted } => salted.compare(|salt, out| {
                let iterations = usize::try_from(*iterations).ok()?;
                pkcs5::pbkdf2_hmac(bytes, salt, iterations, *digest, out).ok()
            }),
        }
    }
}

/// As many blocks as the parameters want, of a memory that is kept.
pub(super) fn blocks<'a>(memory: &'a mut Vec<Block>, params: &Params) -> &'a mut [Block] {
    if memory.len() < params.block_count() {
        memory.resize(params.block_count(), Block::default());
    }
    &mut memory[..params.block_count()]
}

impl Salted {
    fn new(salt: Option<Vec<u8>>, hash: Option<Vec<u8>>, kind: &'static str) -> Result<Self, Unusable> {
        let good = |bytes: &Vec<u8>| (1..=64).contains(&bytes.len());
        match (salt.filter(good), hash.filter(|hash| hash.len() >= 16).filter(good)) {
            (Some(salt), Some(hash)) => Ok(Self { salt, hash }),
            _ => Err(Unusable::Damaged(kind)),
        }
    }

    /// Base64 without padding; with `.` in place of `+`, as some write it.
    fn read(salt: &str, hash: &str, kind: &'static str) -> Result<Self, Unusable> {
        let decode = |text: &str| STANDARD_NO_PAD.decode(text.replace('.', "+")).ok();
        Self::new(decode(salt), decode(hash), kind)
    }

    /// The salt is text as it is, the hash base64 with padding.
    fn django(salt: &str, hash: &str) -> Result<Self, Unusable> {
        Self::new(Some(salt.as_bytes().to_vec()), STANDARD.decode(hash).ok(), PBKDF2)
    }

    fn compare(&self, derive: impl FnOnce(&[u8], &mut [u8]) -> Option<()>) -> Option<bool> {
        let mut out = vec![0; self.hash.len()];
        derive(&self.salt, &mut out)?;
        Some(out.ct_eq(&self.hash).into())
    }
}

const ARGON2: &str = "argon2";
const PBKDF2: &str = "pbkdf2";

fn argon2(algorithm: Algorithm, version: &str, params: &str, salted: Salted, own: &Params) -> Result<Stored, Unusable> {
    let damaged = Unusable::Damaged(ARGON2);
    let version = version.parse().ok().and_then(|version: u32| Version::try_from(version).ok()).ok_or(damaged)?;
    let [m, t, p] = numbers(params, ["m", "t", "p"]).ok_or(damaged)?;
    let params = Params::new(m, t, p, Some(salted.hash.len())).map_err(|_| damaged)?;
    let work = |params: &Params| u64::from(params.m_cost()) * u64::from(params.t_cost());
    match () {
        // RFC 9106 §3.1
        () if salted.salt.len() < 8 => Err(damaged),
        () if m > ARGON2_MEMORY || work(&params) > ARGON2_WORK.max(work(own)) => {
            Err(Unusable::TooDear("argon2 with more than 1 GiB, or more than 8 passes over as much"))
        }
        () => Ok(Stored::Argon2 { algorithm, version, params, salted }),
    }
}

fn bcrypt(text: &str) -> Result<Stored, Unusable> {
    let parts = HashParts::from_str(text).map_err(|_| Unusable::Damaged("bcrypt"))?;
    match parts.get_cost() {
        4..=BCRYPT_COST => Ok(Stored::Bcrypt(text.to_owned())),
        0..4 => Err(Unusable::Damaged("bcrypt")),
        _ => Err(Unusable::TooDear("bcrypt with a cost over 16")),
    }
}

fn scrypt(params: &str, salted: Salted) -> Result<Stored, Unusable> {
    let damaged = Unusable::Damaged("scrypt");
    let [log_n, r, p] = numbers(params, ["ln", "r", "p"]).ok_or(damaged)?;
    // RFC 7914 §6: N is greater than 1, and less than 2^(128·r/8)
    let log_n = u8::try_from(log_n).ok().filter(|log_n| (1..64).contains(log_n) && u32::from(*log_n) < 16 * r.min(4));
    let log_n = log_n.filter(|_| r > 0 && p > 0).ok_or(damaged)?;
    let work = (1_u64 << log_n).checked_mul(u64::from(r) * u64::from(p));
    if r > SCRYPT_FACTOR || p > SCRYPT_FACTOR || work.is_none_or(|work| work > SCRYPT_WORK) {
        return Err(Unusable::TooDear("scrypt with N·r·p over 2^23, or r or p over 64"));
    }
    Ok(Stored::Scrypt { log_n, r, p, salted })
}

/// `i=600000`, also with the length of the hash beside it, or the number alone.
fn pbkdf2(digest: MessageDigest, params: &str, salted: Salted) -> Result<Stored, Unusable> {
    let with_length =
        || numbers(params, ["i", "l"]).filter(|[_, length]| usize::try_from(*length) == Ok(salted.hash.len()));
    let iterations = params.parse().ok().or_else(|| Some(numbers(params, ["i"])?[0]));
    match iterations.or_else(|| Some(with_length()?[0])) {
        Some(iterations @ 1..=PBKDF2_ITERATIONS) => Ok(Stored::Pbkdf2 { digest, iterations, salted }),
        Some(0) | None => Err(Unusable::Damaged(PBKDF2)),
        Some(_) => Err(Unusable::TooDear("pbkdf2 with more than 5,000,000 iterations")),
    }
}

/// The values of `name=value,…`, which has these names in this order and no others.
fn numbers<const N: usize>(params: &str, names: [&str; N]) -> Option<[u32; N]> {
    let mut values = [0; N];
    let mut given = params.split(',');
    for (value, name) in values.iter_mut().zip(names) {
        *value = given.next()?.strip_prefix(name)?.strip_prefix('=')?.parse().ok()?;
    }
    given.next().is_none().then_some(values)
}

#[cfg(test)]
mod tests;
