//! Handing a letter to a mail server: SMTP (RFC 5321), over TLS as the setting says (RFC 3207, RFC 8314).
//!
//! Each letter has a connection of its own. One that is kept after its server was too slow would take the late answer to
//! this letter for the answer to the next.

use std::error::Error as _;
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, CertificateStore, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Category, Severity};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use tokio::time::timeout;

use super::Failed;
use crate::config::{Encryption, MailServer};

/// To connect, encrypt and sign in.
const OPENING: Duration = Duration::from_secs(20);
/// From the sender's address to the word that the letter was taken. Who hangs up before that has it sent twice, so this
/// is long (RFC 5321 §4.5.3.2).
const HANDING_OVER: Duration = Duration::from_mins(1);

pub struct Smtp {
    server: MailServer,
    tls: Tls,
    opening: Duration,
    handing_over: Duration,
}

impl Smtp {
    /// Reads the authorities that may have signed the server's certificate from `ca_file`; empty: the system's.
    pub fn new(server: MailServer, ca_file: &str) -> Result<Self, String> {
        let tls = match server.encryption {
            Encryption::None => Tls::None,
            Encryption::Opportunistic => Tls::Opportunistic(trust(&server.host, ca_file)?),
            Encryption::Required => Tls::Required(trust(&server.host, ca_file)?),
            Encryption::Whole => Tls::Wrapper(trust(&server.host, ca_file)?),
        };
        Ok(Self { server, tls, opening: OPENING, handing_over: HANDING_OVER })
    }

    pub fn set_patience(&mut self, patience: Duration) {
        (self.opening, self.handing_over) = (patience, patience);
    }

    /// Where letters go, without a password.
    pub fn place(&self) -> String {
        format!("{}:{} ({})", self.server.host, self.server.port, self.server.encryption.told())
    }

    pub async fn send(&self, message: &Message) -> Result<(), Failed> {
        let told = |error: &dyn std::fmt::Display| format!("{}:{}: {error}", self.server.host, self.server.port);
        let mut connection = match timeout(self.opening, self.open()).await {
            Ok(Ok(connection)) => connection,
            // whatever goes wrong before there is a letter is not about the letter
            Ok(Err(error)) => return Err(Failed::Later(told(&error))),
            Err(_) => return Err(Failed::Later(told(&"the server does not answer"))),
        };
        match timeout(self.handing_over, connection.send(message.envelope(), &message.formatted())).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) if is_final(&error) => return Err(Failed::Never(told(&error))),
            Ok(Err(error)) => return Err(Failed::Later(told(&error))),
            Err(_) => return Err(Failed::Later(told(&"the server takes too long for the letter"))),
        }
        // the letter has been taken; that it waits for a farewell must not look as if it had not
        let patience = self.opening;
        tokio::spawn(async move { timeout(patience, connection.quit()).await.is_ok() });
        Ok(())
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, Error> {
        let address = (self.server.host.as_str(), self.server.port);
        let whole = if let Tls::Wrapper(parameters) = &self.tls { Some(parameters.clone()) } else { None };
        let name = ClientId::default();
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, Some(self.opening / 2), &name, whole, None).await?;
        match &self.tls {
            // fails when the server offers none
            Tls::Required(parameters) => connection.starttls(parameters.clone(), &name).await?,
            Tls::Opportunistic(parameters) if connection.can_starttls() => {
                connection.starttls(parameters.clone(), &name).await?;
            }
            _ => {}
        }
        if let Some((user, password)) = &self.server.login {
            let credentials = Credentials::new(user.clone(), password.clone());
            connection.auth(DEFAULT_MECHANISMS, &credentials).await?;
        }
        Ok(connection)
    }
}

/// Whether the server does not want this letter, or for this receiver (`x5z`, "mail system", RFC 5321 §4.2.1). All else
/// may be mended here or there: signing in, encryption, a sender or a relay that is not allowed, a server that is ill.
fn is_final(error: &Error) -> bool {
    let Some(code) = error.status() else {
        // an address that this server cannot take (RFC 6531)
        return error.is_client();
    };
    let about_mail = code.severity == Severity::PermanentNegativeCompletion && code.category == Category::MailSystem;
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    about_mail && !is_ours(said.split_whitespace().next().unwrap_or_default())
}

/// Security and policy, and the sender's address (RFC 3463 §3.2 and §3.8): "relay access denied" is 5.7.1.
fn is_ours(status: &str) -> bool {
    status.starts_with("5.7.") || matches!(status, "5.1.7" | "5.1.8")
}

fn trust(host: &str, ca_file: &str) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if !ca_file.is_empty() {
        builder = builder.certificate_store(CertificateStore::None);
        for authority in authorities(ca_file)? {
            builder = builder.add_root_certificate(authority);
        }
    }
    builder.build().map_err(|error| format!("TLS to the mail server: {error}"))
}

fn authorities(path: &str) -> Result<Vec<Certificate>, String> {
    let wrong = |reason: &dyn std::fmt::Display| format!("mail.ca_file = {path:?}: {reason}; must be a PEM file");
    let pem = std::fs::read(path).map_err(|error| wrong(&error))?;
    let read = CertificateDer::pem_slice_iter(&pem).collect::<Result<Vec<_>, _>>().map_err(|error| wrong(&error))?;
    if read.is_empty() {
        return Err(wrong(&"there is no certificate in it"));
    }
    read.iter().map(|der| Certificate::from_der(der.to_vec()).map_err(|error| wrong(&error))).collect()
}
