//! One struct for each table of `config/default.toml`, each with what its values may be.

use std::net::SocketAddr;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use serde::{Deserialize, Serialize};

use super::{Mistakes, seconds};
use crate::base::net::Networks;

pub(super) const DAY: u64 = 86_400;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Server {
    pub listen: String,
    pub workers: usize,
    pub trusted_proxies: Vec<String>,
    pub tls_certificate: String,
    pub tls_key: String,
    #[serde(with = "seconds")]
    pub drain: Duration,
    pub connections: usize,
    pub in_flight: usize,
    pub in_flight_per_address: usize,
    pub metrics_listen: String,
    pub outgoing_networks: Vec<String>,
}

impl Server {
    pub fn has_tls(&self) -> bool {
        !self.tls_certificate.is_empty()
    }

    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let address = |text: &str| text.parse::<SocketAddr>().is_ok();
        let allowed = "ADDRESS:PORT, as in 127.0.0.1:8080 or [::]:8080";
        mistakes.unless(address(&self.listen), "server.listen", &self.listen, allowed);
        let metrics = self.metrics_listen.is_empty() || address(&self.metrics_listen);
        mistakes.unless(metrics, "server.metrics_listen", &self.metrics_listen, allowed);
        mistakes.unless(self.workers <= 256, "server.workers", self.workers, "0 to 256");
        networks(mistakes, "server.trusted_proxies", &self.trusted_proxies);
        networks(mistakes, "server.outgoing_networks", &self.outgoing_networks);
        let both = self.tls_certificate.is_empty() == self.tls_key.is_empty();
        mistakes.unless(both, "server.tls_key", &self.tls_key, "give tls_certificate and tls_key, or neither");
        within(mistakes, "server.drain", self.drain, 0, 300);
        mistakes.unless(self.connections >= 16, "server.connections", self.connections, "at least 16");
        mistakes.unless(self.in_flight >= 8, "server.in_flight", self.in_flight, "at least 8");
        let per_address = self.in_flight_per_address;
        mistakes.unless(per_address >= 1, "server.in_flight_per_address", per_address, "at least 1");
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Store {
    pub connections: usize,
    pub ca_file: String,
}

impl Store {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let good = (1..=256).contains(&self.connections);
        mistakes.unless(good, "store.connections", self.connections, "1 to 256");
        if !self.ca_file.is_empty()
            && let Err(error) = CertificateDer::from_pem_file(&self.ca_file)
        {
            let allowed = format!("{error}; must be a PEM file with a certificate, or empty");
            mistakes.unless(false, "store.ca_file", &self.ca_file, &allowed);
        }
    }
}

crate::text_enum! {
    /// How log lines look.
    Format {
        Text = "text",
        Json = "json",
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Log {
    pub level: String,
    pub format: String,
}

impl Log {
    pub fn format(&self) -> Format {
        Format::parse(&self.format).unwrap_or(Format::Text)
    }

    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let good = self.level.parse::<tracing_subscriber::EnvFilter>().is_ok();
        mistakes.unless(good, "log.level", &self.level, "error, warn, info, debug, trace, or target=level pairs");
        mistakes.unless(Format::parse(&self.format).is_some(), "log.format", &self.format, &Format::names());
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Token {
    #[serde(with = "seconds")]
    pub access_ttl: Duration,
    #[serde(with = "seconds")]
    pub id_ttl: Duration,
    #[serde(with = "seconds")]
    pub code_ttl: Duration,
    #[serde(with = "seconds")]
    pub refresh_idle: Duration,
    #[serde(with = "seconds")]
    pub refresh_absolute: Duration,
    #[serde(with = "seconds")]
    pub reuse_grace: Duration,
}

impl Token {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        within(mistakes, "token.access_ttl", self.access_ttl, 10, DAY);
        within(mistakes, "token.id_ttl", self.id_ttl, 10, DAY);
        // RFC 6749 §4.1.2 recommends ten minutes at most
        within(mistakes, "token.code_ttl", self.code_ttl, 5, 600);
        within(mistakes, "token.refresh_idle", self.refresh_idle, 60, 366 * DAY);
        within(mistakes, "token.refresh_absolute", self.refresh_absolute, 60, 3660 * DAY);
        within(mistakes, "token.reuse_grace", self.reuse_grace, 0, 120);
    }

    /// How long the longest-lived signed token may still be verified.
    pub fn longest(&self) -> Duration {
        self.access_ttl.max(self.id_ttl)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Session {
    #[serde(with = "seconds")]
    pub idle: Duration,
    #[serde(with = "seconds")]
    pub absolute: Duration,
    #[serde(with = "seconds")]
    pub kept_idle: Duration,
    #[serde(with = "seconds")]
    pub kept_absolute: Duration,
    #[serde(with = "seconds")]
    pub flow_ttl: Duration,
    #[serde(with = "seconds")]
    pub reauth: Duration,
    #[serde(with = "seconds")]
    pub admin_idle: Duration,
    #[serde(with = "seconds")]
    pub admin_absolute: Duration,
}

impl Session {
    /// How long a session lasts without use, and in all.
    pub fn spans(&self, kept: bool) -> (Duration, Duration) {
        if kept { (self.kept_idle, self.kept_absolute) } else { (self.idle, self.absolute) }
    }

    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        within(mistakes, "session.idle", self.idle, 60, 366 * DAY);
        within(mistakes, "session.absolute", self.absolute, 60, 3660 * DAY);
        within(mistakes, "session.kept_idle", self.kept_idle, 60, 366 * DAY);
        within(mistakes, "session.kept_absolute", self.kept_absolute, 60, 3660 * DAY);
        within(mistakes, "session.flow_ttl", self.flow_ttl, 60, DAY);
        within(mistakes, "session.reauth", self.reauth, 30, DAY);
        within(mistakes, "session.admin_idle", self.admin_idle, 60, DAY);
        within(mistakes, "session.admin_absolute", self.admin_absolute, 60, 30 * DAY);
    }
}

#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Keys {
    #[serde(with = "seconds")]
    pub rotation: Duration,
    #[serde(with = "seconds")]
    pub jwks_max_age: Duration,
    pub master_key_file: String,
    pub master_key: String,
}

impl Keys {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        within(mistakes, "keys.rotation", self.rotation, 3600, 3660 * DAY);
        within(mistakes, "keys.jwks_max_age", self.jwks_max_age, 0, DAY);
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("rotation", &self.rotation).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Password {
    pub memory_kib: u32,
    pub iterations: u32,
    pub parallelism: u32,
    pub threads: usize,
    pub queue: usize,
    pub min_length: usize,
    pub max_length: usize,
    /// Kinds of characters that have to occur.
    pub classes: usize,
    /// The last ones that may not be chosen again, with the one of today.
    pub history: usize,
    /// After that another has to be chosen; zero: never.
    #[serde(with = "seconds")]
    pub max_age: Duration,
    pub breached_file: String,
}

impl Password {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let memory = (19_456..=1_048_576).contains(&self.memory_kib);
        mistakes.unless(memory, "password.memory_kib", self.memory_kib, "19456 to 1048576");
        mistakes.unless((2..=64).contains(&self.iterations), "password.iterations", self.iterations, "2 to 64");
        mistakes.unless((1..=16).contains(&self.parallelism), "password.parallelism", self.parallelism, "1 to 16");
        mistakes.unless(self.threads <= 256, "password.threads", self.threads, "0 to 256");
        mistakes.unless((1..=100_000).contains(&self.queue), "password.queue", self.queue, "1 to 100000");
        mistakes.unless((8..=128).contains(&self.min_length), "password.min_length", self.min_length, "8 to 128");
        mistakes.unless((64..=4096).contains(&self.max_length), "password.max_length", self.max_length, "64 to 4096");
        let room = self.max_length >= self.min_length;
        mistakes.unless(room, "password.min_length", self.min_length, "not more than password.max_length");
        mistakes.unless(self.classes <= 4, "password.classes", self.classes, "0 to 4");
        mistakes.unless(self.history <= 24, "password.history", self.history, "0 to 24");
        within(mistakes, "password.max_age", self.max_age, 0, 3660 * DAY);
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    pub exempt_networks: Vec<String>,
    pub login_burst: u32,
    pub login_per_minute: u32,
    pub account_failures: u32,
    pub names_per_address: usize,
    pub client_failures_per_minute: u32,
    pub token_client_burst: u32,
    pub token_client_rate: u32,
    pub api_rate: u32,
    pub import_bytes: usize,
    pub introspect_client_rate: u32,
    pub flows_per_minute: u32,
    pub sign_ups_per_hour: u32,
    pub recoveries_per_hour: u32,
    pub letters_per_hour: u32,
}

impl Limits {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        networks(mistakes, "limits.exempt_networks", &self.exempt_networks);
        for (key, value) in [
            ("limits.login_burst", self.login_burst),
            ("limits.login_per_minute", self.login_per_minute),
            ("limits.account_failures", self.account_failures),
            ("limits.client_failures_per_minute", self.client_failures_per_minute),
            ("limits.token_client_burst", self.token_client_burst),
            ("limits.token_client_rate", self.token_client_rate),
            ("limits.api_rate", self.api_rate),
            ("limits.introspect_client_rate", self.introspect_client_rate),
            ("limits.flows_per_minute", self.flows_per_minute),
            ("limits.sign_ups_per_hour", self.sign_ups_per_hour),
            ("limits.recoveries_per_hour", self.recoveries_per_hour),
            ("limits.letters_per_hour", self.letters_per_hour),
        ] {
            mistakes.unless((1..=10_000_000).contains(&value), key, value, "1 to 10000000");
        }
        let names = self.names_per_address;
        mistakes.unless((1..=1000).contains(&names), "limits.names_per_address", names, "1 to 1000");
        let bytes = (1024..=1_073_741_824).contains(&self.import_bytes);
        mistakes.unless(bytes, "limits.import_bytes", self.import_bytes, "1024 to 1073741824");
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Refusals {
    #[serde(with = "seconds")]
    pub keep: Duration,
    pub rows: u32,
}

impl Refusals {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        within(mistakes, "refusals.keep", self.keep, 60, 366 * DAY);
        mistakes.unless((100..=10_000_000).contains(&self.rows), "refusals.rows", self.rows, "100 to 10000000");
    }
}

/// Where addresses are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub database: String,
}

pub(super) fn within(mistakes: &mut Mistakes, key: &str, value: Duration, least: u64, most: u64) {
    let seconds = value.as_secs();
    mistakes.unless((least..=most).contains(&seconds), key, seconds, &format!("{least} to {most} seconds"));
}

fn networks(mistakes: &mut Mistakes, key: &str, entries: &[String]) {
    if let Err(entry) = Networks::parse(entries) {
        mistakes.unless(false, key, entry, "an address or a network, as in 10.0.0.0/8");
    }
}
