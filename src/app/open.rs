//! Building the app: folder, master key, database, pools. Nothing is served yet.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use arc_swap::ArcSwap;
use quick_cache::sync::Cache;
use rustix::fs::Access;
use rustix::io::Errno;
use tokio::sync::Notify;

use super::{App, Atlas, clients, master_key, metrics, record, remembered};
use crate::base::net::Networks;
use crate::base::time::Clock;
use crate::config::Config;
use crate::crypto::envelope::{self, MasterKey};
use crate::crypto::jose::{self, Key, Keyset, Published};
use crate::crypto::password::{self, Breached, Odd};
use crate::deliver::Deliver;
use crate::model::TenantId;
use crate::model::key::SigningKey;
use crate::model::setting::Setting;
use crate::shared::failures::Failures;
use crate::shared::limit::Limiter;
use crate::shared::places::Places;
use crate::shared::spread::Spread;
use crate::spec::discovery;
use crate::store::{self, Db, setting, signing_key, tenant};

const VERIFIED: usize = 10_000;

/// Why the app cannot be opened, in words that say what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the data folder {path}: {source}")]
    Folder { path: String, source: std::io::Error },
    #[error(transparent)]
    MasterKey(#[from] master_key::Error),
    #[error(
        "the database holds secrets, but the master key file {0} is missing. Put it back from your backup, or give \
         the key in SIGNET__KEYS__MASTER_KEY"
    )]
    MissingKey(String),
    #[error(
        "the secrets in the database were sealed with another master key. Put the right key file in the place of {0}, \
         or use the database that belongs to this one"
    )]
    OtherKey(String),
    #[error("a secret in the database is damaged: {0}")]
    Sealed(envelope::Error),
    #[error(
        "the database: {path} cannot be written: {source}. Give it to the user that runs Signet (chown), or choose \
         another place with --database"
    )]
    ReadOnly { path: String, source: std::io::Error },
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("a signing key in the database cannot be read: {0}")]
    Key(#[from] jose::Error),
    #[error("a document could not be made: {0}")]
    Document(String),
    #[error("the password threads: {0}")]
    Threads(std::io::Error),
    #[error("password.breached_file = {path:?}: {source}")]
    Breached { path: String, source: Odd },
    #[error("letters: {0}")]
    Deliver(String),
    #[error("the file of places: {0}. It has to be a City or Country file in MaxMind's format")]
    Places(String),
    #[error("{0:?} is no network")]
    Network(String),
}

impl Error {
    /// Whether it may work when tried again: the database is not there yet.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_unavailable())
    }
}

impl App {
    /// Opens everything that the configuration names, and brings the database up to date. The key set is what the
    /// database holds; making the first keys is `flow::key`.
    pub async fn open(mut config: Config, clock: Clock) -> Result<Self, Error> {
        let breached = breached(&config.password.breached_file)?;
        make_folder(&config.data)?;
        Db::file(&config.database).map_or(Ok(()), check_writable)?;
        let db = Db::open(&config.database, &config.store.ca_file, config.store.connections)?;
        db.migrate().await?;
        let tenant = TenantId::default_one();
        let conn = &mut db.conn().await?;
        let sealed = signing_key::list(conn, &tenant).await?;
        if config.branding.name.is_empty() {
            config.branding.name = tenant::name(conn, &tenant).await?.unwrap_or_default();
        }
        let current = in_force(&config, setting::list(conn, &tenant).await?);
        let master_key = match master_key::read(&config.keys)? {
            Some(key) => key,
            None if sealed.is_empty() => master_key::create(&config.keys)?,
            None => return Err(Error::MissingKey(config.keys.master_key_file)),
        };
        let keyset = keyset(&master_key, sealed, &config.keys.master_key_file)?;
        let document =
            discovery::document(&config.issuer, &config.profile).map_err(|error| Error::Document(error.to_string()))?;
        Ok(Self {
            passwords: password::Pool::start(&config.password).map_err(Error::Threads)?,
            breached,
            keys: ArcSwap::from_pointee(keyset),
            clients: clients::Clients::default(),
            discovery: Published::new(&document).map_err(|error| Error::Document(error.to_string()))?,
            limiter: Limiter::default(),
            own_limiter: Limiter::default(),
            failures: Failures::default(),
            spread: Spread::default(),
            verified: Cache::new(VERIFIED),
            refusals: record::Refusals::default(),
            programs: record::Programs::default(),
            deliver: Deliver::new(&config).map_err(Error::Deliver)?,
            posted: Notify::new(),
            atlas: Arc::new(Atlas::open(&config.place.database).map_err(Error::Places)?),
            metrics: metrics::Metrics::new(),
            stats: remembered::Remembered::default(),
            proxies: Networks::parse(&config.server.trusted_proxies).map_err(Error::Network)?,
            places: Places::default(),
            draining: AtomicBool::new(false),
            exempt: Networks::parse(&config.limits.exempt_networks).map_err(Error::Network)?,
            current: ArcSwap::from_pointee(current),
            config,
            clock,
            db,
            master_key,
            tenant,
        })
    }

    /// Reads the signing keys again.
    pub async fn reload_keys(&self) -> Result<(), Error> {
        let rows = signing_key::list(&mut self.db.conn().await?, &self.tenant).await?;
        self.verified.clear();
        self.keys.store(keyset(&self.master_key, rows, &self.config.keys.master_key_file)?.into());
        Ok(())
    }

    /// Reads again what administrators have set.
    pub async fn reload_settings(&self) -> Result<(), Error> {
        let rows = setting::list(&mut self.db.conn().await?, &self.tenant).await?;
        self.current.store(in_force(&self.config, rows).into());
        Ok(())
    }
}

/// The configuration with what administrators have set over it. What an older version has let them set and this one
/// does not is left out: a server that starts is worth more.
fn in_force(config: &Config, rows: Vec<Setting>) -> Config {
    let value = |row: Setting| {
        // what is no JSON fits nowhere, and is told like that
        let value = serde_json::from_str(&row.value).unwrap_or_default();
        (row.name, value)
    };
    let config = config.with_the_good(rows.into_iter().map(value).collect());
    for mistake in &config.left_out {
        tracing::warn!(setting = mistake.key, "not in force, as it is not allowed any more: {mistake}");
    }
    config
}

/// The list of breached passwords, if the setting names one.
pub fn breached(path: &str) -> Result<Option<Arc<Breached>>, Error> {
    if path.is_empty() {
        return Ok(None);
    }
    let list = Breached::open(path).map_err(|source| Error::Breached { path: path.to_owned(), source })?;
    Ok(Some(Arc::new(list)))
}

/// Only the owner may look into it.
fn make_folder(path: &Path) -> Result<(), Error> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|source| Error::Folder { path: path.display().to_string(), source })
}

/// SQLite opens what it cannot write, and fails at the first change in words that name no file. Beside the database lie
/// its log and an index of that; a command that another user has run may have left them.
fn check_writable(file: &Path) -> Result<(), Error> {
    // the log lies beside the file itself, not beside a link to it
    let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = |ending: &str| {
        let mut name = file.clone().into_os_string();
        name.push(ending);
        PathBuf::from(name)
    };
    for path in [folder, &file, &beside("-wal"), &beside("-shm")] {
        match rustix::fs::access(path, Access::WRITE_OK) {
            Ok(()) => {}
            Err(Errno::NOENT) if path != folder => {}
            Err(source) => return Err(Error::ReadOnly { path: path.display().to_string(), source: source.into() }),
        }
    }
    Ok(())
}

fn keyset(master_key: &MasterKey, rows: Vec<SigningKey>, file: &str) -> Result<Keyset, Error> {
    let open = |row: SigningKey| {
        let private = master_key.open(&SigningKey::place(&row.kid), &row.private_jwk).map_err(|error| match error {
            envelope::Error::OtherKey => Error::OtherKey(file.to_owned()),
            other => Error::Sealed(other),
        })?;
        Ok(Key::parse(&row.kid, row.alg, (row.generation, row.active_at), &private)?)
    };
    let keys = rows.into_iter().map(open).collect::<Result<_, Error>>()?;
    Keyset::new(keys).map_err(|error| Error::Document(error.to_string()))
}
