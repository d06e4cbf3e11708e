//! The way to PostgreSQL, over TLS if `sslmode` asks for it or the server offers it.
//!
//! A certificate is verified in full, with the host name, or not at all. Not at all is `prefer`: who could show another
//! certificate there could as well say that the server has no TLS. It keeps those out who only listen, as in libpq.

use std::error::Error as _;
use std::sync::Arc;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::AsyncPgConnection;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;
use url::form_urlencoded;

/// What sslnegotiation=direct needs; a server that knows no such thing passes over it.
const ALPN: &[u8] = b"postgresql";

/// Why a server cannot even be asked. None of these texts holds a password.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "the URL is not understood ({0}); must be postgres://user:password@host/database, with ?sslmode=… if wanted"
    )]
    Url(String),
    #[error("sslmode = {0:?} in the URL: must be disable, prefer, require, verify-ca or verify-full")]
    Mode(String),
    #[error(
        "sslmode={0} in the URL verifies no certificate, so store.ca_file (or sslrootcert) would be of no use: \
         write sslmode=require, or name no file"
    )]
    Unused(String),
    #[error("sslrootcert = {0:?} in the URL, but store.ca_file = {1:?}: name one file only")]
    TwoFiles(String, String),
    #[error(
        "store.ca_file = {path:?}: {reason}; must be a PEM file with the certificate of the authority that has signed \
         the one of the database server, or empty for the authorities that this system trusts"
    )]
    File { path: String, reason: String },
    #[error(
        "this system trusts no authority, so the certificate of the database server cannot be verified {0:?}: install \
         the usual ones (Debian: ca-certificates), or name a PEM file in store.ca_file"
    )]
    NoRoots(Vec<rustls_native_certs::Error>),
    #[error("TLS cannot be used: {0}")]
    Tls(#[from] rustls::Error),
}

/// Where to connect to, and whom to believe there. Made once: reading the authorities takes milliseconds.
pub struct Server {
    config: Config,
    tls: MakeRustlsConnect,
    trust: Trust,
}

/// The authorities whose word on a certificate counts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Trust {
    System,
    File(String),
}

impl Server {
    /// Reads the URL and the authorities; nothing is connected to yet. `ca_file` may be empty.
    pub fn new(url: &str, ca_file: &str) -> Result<Self, Error> {
        let asked = Asked::read(url);
        let mut config: Config = asked.rest.parse().map_err(|error| misread(url, &error))?;
        let trust = asked.trust(ca_file)?;
        let mode = asked.mode(trust.is_some())?;
        config.ssl_mode(mode);
        let trust = trust.unwrap_or(Trust::System);
        let roots = if mode == SslMode::Require { Some(trust.roots()?) } else { None };
        Ok(Self { config, tls: connector(roots)?, trust })
    }

    /// The task that drives the connection ends with it, whichever side closes.
    pub async fn connect(&self) -> ConnectionResult<AsyncPgConnection> {
        let connected = self.config.connect(self.tls.clone()).await;
        let (client, connection) = connected.map_err(|error| ConnectionError::BadConnection(self.explain(&error)))?;
        AsyncPgConnection::try_from_client_and_connection(client, connection).await
    }

    /// The whole chain of causes, as the outermost says little, and what to do about those of TLS.
    fn explain(&self, error: &tokio_postgres::Error) -> String {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            text = format!("{text}: {inner}");
            cause = inner.source();
        }
        // the server's details come on lines of their own, and a log knows one line
        let text = text.replace('\n', ". ");
        match (refused_certificate(error), text.contains("does not support TLS")) {
            (Some(certificate), _) => format!("{text}. {}", self.advise(certificate)),
            (None, true) => format!(
                "{text}, but the settings require it (sslmode, store.ca_file). Turn it on there (ssl = on), or write \
                 sslmode=disable if the way to the server is safe without, as a Unix socket is"
            ),
            (None, false) => text,
        }
    }

    fn advise(&self, certificate: &CertificateError) -> String {
        match certificate {
            CertificateError::UnknownIssuer => format!(
                "The server's certificate must be signed by {}. Put the certificate of the authority that has signed \
                 it into a PEM file and name that in store.ca_file",
                self.trust
            ),
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "Write a host into the URL that the certificate names, or give the server a certificate with this \
                 host as subjectAltName (the common name does not count)"
                    .to_owned()
            }
            // webpki's name for it is not among the variants
            CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
                "The server shows the certificate of an authority (CA:TRUE) as its own. Give it one that is signed by \
                 the authority, or signed by itself with basicConstraints CA:FALSE"
                    .to_owned()
            }
            _ => "Give the server a good certificate, and look at the clocks of both machines".to_owned(),
        }
    }
}

/// What the URL says that tokio-postgres does not know, or knows too little of.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    rest: String,
    sslmode: Option<String>,
    sslrootcert: Option<String>,
}

impl Asked {
    fn read(url: &str) -> Self {
        let (mut rest, parameters) = split(url);
        let (mut sslmode, mut sslrootcert) = (None, None);
        let mut sign = '?';
        for parameter in parameters {
            match parameter.split_once('=') {
                Some(("sslmode", _)) => sslmode = value(parameter),
                Some(("sslrootcert", _)) => sslrootcert = value(parameter),
                _ => {
                    rest.push(sign);
                    rest.push_str(parameter);
                    sign = '&';
                }
            }
        }
        Self { rest, sslmode, sslrootcert }
    }

    /// `None`: nobody was named.
    fn trust(&self, ca_file: &str) -> Result<Option<Trust>, Error> {
        match self.sslrootcert.as_deref() {
            None | Some("") if ca_file.is_empty() => Ok(None),
            None | Some("") => Ok(Some(Trust::File(ca_file.to_owned()))),
            Some(other) if !ca_file.is_empty() && other != ca_file => {
                Err(Error::TwoFiles(other.to_owned(), ca_file.to_owned()))
            }
            Some("system") => Ok(Some(Trust::System)),
            Some(path) => Ok(Some(Trust::File(path.to_owned()))),
        }
    }

    /// Who names an authority and no mode wants it to be asked.
    fn mode(&self, has_trust: bool) -> Result<SslMode, Error> {
        match self.sslmode.as_deref() {
            None if has_trust => Ok(SslMode::Require),
            Some("require" | "verify-ca" | "verify-full") => Ok(SslMode::Require),
            Some(mode @ ("disable" | "prefer")) if has_trust => Err(Error::Unused(mode.to_owned())),
            Some("disable") => Ok(SslMode::Disable),
            None | Some("prefer") => Ok(SslMode::Prefer),
            Some(other) => Err(Error::Mode(other.to_owned())),
        }
    }
}

/// The parameters behind the question mark; one in the password is none.
fn split(url: &str) -> (String, Vec<&str>) {
    let host = url.find('@').map_or(0, |at| at + 1);
    match url[host..].find('?') {
        None => (url.to_owned(), Vec::new()),
        Some(mark) => (url[..host + mark].to_owned(), url[host + mark + 1..].split('&').collect()),
    }
}

/// In these URLs a plus is a plus.
fn value(parameter: &str) -> Option<String> {
    let parameter = parameter.replace('+', "%2B");
    form_urlencoded::parse(parameter.as_bytes()).next().map(|(_, value)| value.into_owned())
}

/// The library's text may repeat a part of the URL, which is a part of the password where that has a sign that should
/// have been escaped.
fn misread(url: &str, error: &tokio_postgres::Error) -> Error {
    let is_url = url.starts_with("postgres://") || url.starts_with("postgresql://");
    Error::Url(match error.source() {
        _ if url.matches('@').count() > 1 => "in the password, @ is written as %40, / as %2F, ? as %3F".to_owned(),
        Some(cause) if is_url => cause.to_string(),
        _ => error.to_string(),
    })
}

impl Trust {
    fn roots(&self) -> Result<RootCertStore, Error> {
        match self {
            Self::System => system(),
            Self::File(path) => file(path),
        }
    }
}

impl std::fmt::Display for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::System => f.write_str("an authority that this system trusts"),
            Self::File(path) => write!(f, "an authority whose certificate is in {path:?}"),
        }
    }
}

fn system() -> Result<RootCertStore, Error> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        return Err(Error::NoRoots(found.errors));
    }
    Ok(roots)
}

/// In a bundle there may be old certificates that nobody can read any more; one good one is enough.
fn file(path: &str) -> Result<RootCertStore, Error> {
    let failed = |reason: String| Error::File { path: path.to_owned(), reason };
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(read.map_err(|error| failed(error.to_string()))?);
    if roots.is_empty() { Err(failed("has no certificate".to_owned())) } else { Ok(roots) }
}

/// `None`: any certificate will do.
fn connector(roots: Option<RootCertStore>) -> Result<MakeRustlsConnect, Error> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions()?;
    let builder = match roots {
        Some(roots) => builder.with_root_certificates(roots),
        None => builder.dangerous().with_custom_certificate_verifier(Arc::new(Anybody(provider))),
    };
    let mut config = builder.with_no_client_auth();
    config.alpn_protocols = vec![ALPN.to_vec()];
    Ok(MakeRustlsConnect::new(config))
}

/// The certificate's fault, if that is what went wrong.
fn refused_certificate(error: &tokio_postgres::Error) -> Option<&CertificateError> {
    let io = error.source()?.downcast_ref::<std::io::Error>()?;
    match io.get_ref()?.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(certificate) => Some(certificate),
        _ => None,
    }
}

/// For `prefer`: whoever it is must only have the key to the certificate. On that the channel binding of SCRAM rests,
/// which finds out who passes the password on to the right server.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "postgres://ada:se?cret@db.example/signet";

    fn refused(parameters: &str, ca_file: &str) -> String {
        let text = Server::new(&format!("{URL}{parameters}"), ca_file).err().unwrap().to_string();
        assert!(!text.contains("cret"), "{text}");
        text
    }

    #[test]
    fn the_mode_follows_from_the_url_and_the_file() {
        for (parameters, ca_file, mode) in [
            ("", "", SslMode::Prefer),
            ("", "ca.pem", SslMode::Require),
            ("?sslrootcert=system", "", SslMode::Require),
            ("?sslmode=disable", "", SslMode::Disable),
            ("?sslmode=prefer", "", SslMode::Prefer),
            ("?sslmode=require", "", SslMode::Require),
            ("?sslmode=verify-ca", "ca.pem", SslMode::Require),
            ("?options=-csearch_path%3Dx&sslmode=verify-full", "", SslMode::Require),
        ] {
            let asked = Asked::read(&format!("{URL}{parameters}"));
            let trust = asked.trust(ca_file).unwrap();
            assert_eq!(asked.mode(trust.is_some()).unwrap(), mode, "{parameters} {ca_file}");
        }
    }

    #[test]
    fn what_only_libpq_knows_leaves_the_url() {
        let asked = Asked::read(&format!("{URL}?a=1&sslrootcert=%2Fetc%2Fca+1.pem&sslmode=verify-full&b=2"));
        assert_eq!(asked.rest, format!("{URL}?a=1&b=2"));
        assert_eq!(asked.trust("").unwrap(), Some(Trust::File("/etc/ca+1.pem".to_owned())));
        assert_eq!(asked.trust("/etc/ca+1.pem").unwrap(), Some(Trust::File("/etc/ca+1.pem".to_owned())));
        assert_eq!(Asked::read(URL), Asked { rest: URL.to_owned(), sslmode: None, sslrootcert: None });
    }

    #[test]
    fn mistakes_say_what_is_wrong_and_keep_the_password() {
        for (parameters, ca_file, told) in [
            ("?sslmode=verify", "", "\"verify\" in the URL: must be disable"),
            ("?sslmode=prefer", "ca.pem", "verifies no certificate"),
            ("?sslmode=disable&sslrootcert=ca.pem", "", "verifies no certificate"),
            ("?sslrootcert=a.pem", "b.pem", "name one file only"),
            ("?sslcert=a.pem", "", "unknown option `sslcert`"),
            ("", "/nowhere/ca.pem", "\"/nowhere/ca.pem\": I/O error: No such file"),
            ("", "Cargo.toml", "has no certificate"),
        ] {
            let text = refused(parameters, ca_file);
            assert!(text.contains(told), "{text}");
        }
        for url in ["postgres://ada:x@secret?secret=1@db/signet", "postgres:ada:secret=1"] {
            let text = Server::new(url, "").err().unwrap().to_string();
            assert!(text.contains("not understood") && !text.contains("secret"), "{text}");
        }
    }
}
