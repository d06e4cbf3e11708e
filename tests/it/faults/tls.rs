//! TLS from files: versions, and a certificate that is renewed while the server runs.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode, SslVersion};
use openssl::x509::X509Builder;

use crate::support::process::Installation;

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// A certificate that signs itself, known by its serial number.
pub(super) fn certify(folder: &Path, serial: u32) {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let mut builder = X509Builder::new().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&BigNum::from_u32(serial).unwrap().to_asn1_integer().unwrap()).unwrap();
    builder.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    builder.set_not_after(&Asn1Time::days_from_now(1).unwrap()).unwrap();
    builder.set_pubkey(&key).unwrap();
    builder.sign(&key, MessageDigest::sha256()).unwrap();
    std::fs::write(folder.join("key.pem"), key.private_key_to_pem_pkcs8().unwrap()).unwrap();
    std::fs::write(folder.join("cert.pem"), builder.build().to_pem().unwrap()).unwrap();
}

/// Asks for `/healthz`: the serial number of the certificate, the version of TLS, and the first line of the answer.
fn ask(port: u16, most: SslVersion) -> Option<(String, String, String)> {
    let mut connector = SslConnector::builder(SslMethod::tls_client()).unwrap();
    connector.set_verify(SslVerifyMode::NONE);
    connector.set_max_proto_version(Some(most)).unwrap();
    let stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut stream = connector.build().connect("localhost", stream).ok()?;
    let serial = stream.ssl().peer_certificate()?.serial_number().to_bn().ok()?.to_dec_str().ok()?.to_string();
    let version = stream.ssl().version_str().to_owned();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok();
    let line = String::from_utf8_lossy(&answer).lines().next()?.to_owned();
    Some((serial, version, line))
}

/// Asks again until the answer is as wished, for ten seconds.
fn until(port: u16, wished: impl Fn(&(String, String, String)) -> bool) -> (String, String, String) {
    for _ in 0..100 {
        if let Some(answer) = ask(port, SslVersion::TLS1_3).filter(&wished) {
            return answer;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("not as wished: {:?}", ask(port, SslVersion::TLS1_3));
}

#[actix_web::test]
async fn a_certificate_is_served_renewed_and_kept_when_the_new_file_is_bad() {
    let site = Installation::new().await;
    std::fs::create_dir_all(&site.data).unwrap();
    rustix::fs::chmod(&site.data, rustix::fs::Mode::from_raw_mode(0o700)).unwrap();
    certify(&site.data, 7);
    let (listen, issuer) = (format!("127.0.0.1:{}", site.port), format!("https://localhost:{}", site.port));
    let mut command = site.command(&["serve", "--listen", &listen, "--issuer", &issuer]);
    command.env("SIGNET__SERVER__TLS_CERTIFICATE", site.data.join("cert.pem"));
    command.env("SIGNET__SERVER__TLS_KEY", site.data.join("key.pem"));
    let _server = Server(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());

    let (_, version, line) = until(site.port, |(serial, _, _)| serial == "7");
    assert_eq!((version.as_str(), line.as_str()), ("TLSv1.3", "HTTP/1.1 200 OK"));
    let (_, version, _) = ask(site.port, SslVersion::TLS1_2).unwrap();
    assert_eq!(version, "TLSv1.2");
    assert!(ask(site.port, SslVersion::TLS1_1).is_none(), "nothing older");

    certify(&site.data, 8);
    until(site.port, |(serial, _, _)| serial == "8");
    std::fs::write(site.data.join("cert.pem"), "no certificate").unwrap();
    for _ in 0..20 {
        std::thread::sleep(Duration::from_millis(100));
        assert_eq!(ask(site.port, SslVersion::TLS1_3).unwrap().0, "8", "the old one stays in use");
    }
}
