//! TLS from certificate files, read again when they change. A file that cannot be read leaves the old one in use.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{CipherSuite, ServerConfig};

const LOOK: Duration = Duration::from_secs(1);

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{path}: {source}")]
    File { path: String, source: rustls::pki_types::pem::Error },
    #[error("certificate and key do not go together: {0}")]
    Pair(#[from] rustls::Error),
}

#[derive(Debug)]
struct Current {
    key: ArcSwap<CertifiedKey>,
    certificate_file: PathBuf,
    key_file: PathBuf,
    provider: Arc<CryptoProvider>,
}

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.key.load_full())
    }
}

/// TLS 1.2 and 1.3; for 1.2 only ECDHE with AES-GCM (FAPI 2.0 Security Profile §5.2.1).
pub fn config(certificate_file: &str, key_file: &str) -> Result<ServerConfig, Error> {
    let mut provider = ring::default_provider();
    provider.cipher_suites.retain(|suite| {
        !matches!(
            suite.suite(),
            CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
                | CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
        )
    });
    let provider = Arc::new(provider);
    let (certificate_file, key_file) = (PathBuf::from(certificate_file), PathBuf::from(key_file));
    let key = ArcSwap::from_pointee(read(&certificate_file, &key_file, &provider)?);
    let current = Arc::new(Current { key, certificate_file, key_file, provider: provider.clone() });
    tokio::spawn(watch(current.clone()));
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(builder.with_no_client_auth().with_cert_resolver(current))
}

fn read(certificate_file: &Path, key_file: &Path, provider: &CryptoProvider) -> Result<CertifiedKey, Error> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |source| Error::File { path, source }
    };
    let chain = CertificateDer::pem_file_iter(certificate_file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(failed(certificate_file))?;
    let key = PrivateKeyDer::from_pem_file(key_file).map_err(failed(key_file))?;
    Ok(CertifiedKey::from_der(chain, key, provider)?)
}

async fn watch(current: Arc<Current>) {
    let mut seen = changed(&current);
    loop {
        tokio::time::sleep(LOOK).await;
        let now = changed(&current);
        if now == seen {
            continue;
        }
        match read(&current.certificate_file, &current.key_file, &current.provider) {
            Ok(key) => {
                current.key.store(Arc::new(key));
                seen = now;
                tracing::info!("certificate read again");
            }
            Err(error) => tracing::error!(%error, "certificate not read again; the old one stays in use"),
        }
    }
}

fn changed(current: &Current) -> [Option<SystemTime>; 2] {
    let time = |path: &Path| std::fs::metadata(path).and_then(|meta| meta.modified()).ok();
    [time(&current.certificate_file), time(&current.key_file)]
}
