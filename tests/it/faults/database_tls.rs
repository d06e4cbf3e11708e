//! TLS to PostgreSQL: what is encrypted, what is refused, and in which words.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, ToSocketAddrs as _};
use std::path::PathBuf;

use diesel::QueryableByName;
use diesel::sql_types::{Bool, Integer};
use diesel_async::RunQueryDsl as _;
use signet::store::{Conn, Db};
use url::Url;

use super::tls::certify;
use crate::support::db;
use crate::support::process::{Installation, stderr};

#[derive(Debug, QueryableByName)]
struct Session {
    #[diesel(sql_type = Bool)]
    ssl: bool,
    #[diesel(sql_type = Integer)]
    pid: i32,
}

/// The server and its authority.
fn server() -> Option<(String, String)> {
    let server = db::postgres().zip(db::postgres_ca());
    if server.is_none() {
        eprintln!(
            "skipped: needs TEST_DATABASE_URL of a server with TLS, and its authority's file in TEST_DATABASE_CA"
        );
    }
    server
}

async fn session(db: &Db) -> Result<Session, String> {
    let Conn::Pg(mut conn) = db.conn().await.map_err(|error| error.to_string())? else { panic!("PostgreSQL") };
    let query = diesel::sql_query("SELECT ssl, pid FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
    query.get_result(&mut **conn).await.map_err(|error| error.to_string())
}

async fn refusal(url: &str, ca_file: &str) -> String {
    let text = match Db::open(url, ca_file, 1) {
        Ok(db) => session(&db).await.unwrap_err(),
        Err(error) => error.to_string(),
    };
    assert!(!text.contains("Tr0ub4dor"), "{text}");
    text
}

/// The same server under another name and with a password.
fn renamed(url: &str, host: &str) -> String {
    let mut url = Url::parse(url).unwrap();
    let (name, port) = (url.host_str().unwrap().to_owned(), url.port().unwrap_or(5432));
    let address = (name, port).to_socket_addrs().unwrap().next().unwrap().ip();
    url.set_host(Some(host)).unwrap();
    url.set_password(Some("Tr0ub4dor")).unwrap();
    db::with(url.as_str(), &format!("hostaddr={address}"))
}

/// A certificate that has signed nothing.
fn stranger() -> (PathBuf, String) {
    let folder = std::env::temp_dir().join(format!("signet-{}", signet::base::random::id()));
    std::fs::create_dir(&folder).unwrap();
    certify(&folder, 1);
    let file = folder.join("cert.pem").display().to_string();
    (folder, file)
}

#[actix_web::test]
async fn the_mode_says_what_is_encrypted() {
    let Some((url, ca)) = server() else { return };
    let root = format!("sslrootcert={ca}");
    for (parameter, ca_file, ssl) in [
        ("sslmode=require", ca.as_str(), true),
        ("sslmode=verify-ca", &ca, true),
        ("sslmode=verify-full", &ca, true),
        ("application_name=x", &ca, true),
        (root.as_str(), "", true),
        ("sslmode=prefer", "", true),
        ("application_name=x", "", true),
        ("sslmode=disable", "", false),
    ] {
        let db = Db::open(&db::with(&url, parameter), ca_file, 1).unwrap();
        assert_eq!(session(&db).await.unwrap().ssl, ssl, "{parameter} {ca_file}");
    }
}

#[actix_web::test]
async fn a_wrong_certificate_is_refused_with_the_reason() {
    let Some((url, ca)) = server() else { return };
    let (folder, stranger) = stranger();
    let wrong_name = renamed(&url, "elsewhere.invalid");
    for (url, parameter, ca_file, told) in [
        (&url, "sslmode=require", stranger.as_str(), ["UnknownIssuer", "store.ca_file"]),
        (&url, "sslmode=require", "", ["authority", "store.ca_file"]),
        (&wrong_name, "sslmode=require", &ca, ["elsewhere.invalid", "subjectAltName"]),
        (&wrong_name, "sslmode=verify-ca", &ca, ["elsewhere.invalid", "subjectAltName"]),
    ] {
        let text = refusal(&db::with(url, parameter), ca_file).await;
        assert!(told.iter().all(|part| text.contains(part)), "{text}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[actix_web::test]
async fn a_connection_that_breaks_is_replaced() {
    let Some((url, ca)) = server() else { return };
    let (db, other) = (Db::open(&url, &ca, 1).unwrap(), Db::open(&url, &ca, 1).unwrap());
    let first = session(&db).await.unwrap();
    let Conn::Pg(mut conn) = other.conn().await.unwrap() else { panic!("PostgreSQL") };
    let end = diesel::sql_query(format!("SELECT pg_terminate_backend({}, 5000)", first.pid));
    end.execute(&mut **conn).await.unwrap();
    let mut next = session(&db).await;
    for _ in 0..50 {
        if next.is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        next = session(&db).await;
    }
    let next = next.unwrap();
    assert!(next.ssl && next.pid != first.pid, "{first:?} {next:?}");
}

#[actix_web::test]
async fn a_server_without_tls_is_refused_when_tls_is_required() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0; 8]).unwrap();
        stream.write_all(b"N").unwrap();
    });
    let (folder, file) = stranger();
    let text = refusal(&format!("postgres://ada:Tr0ub4dor@127.0.0.1:{port}/x?sslmode=require"), &file).await;
    assert!(text.contains("server does not support TLS") && text.contains("ssl = on"), "{text}");
    server.join().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

#[actix_web::test]
async fn a_file_without_a_certificate_stops_the_start() {
    let site = Installation::new().await;
    for (file, told) in [("/nowhere/ca.pem", "No such file"), ("Cargo.toml", "no items found")] {
        for args in [&["serve", "--check"][..], &["keys", "list"]] {
            let output = site.command(args).env("SIGNET__STORE__CA_FILE", file).output().unwrap();
            let text = stderr(&output);
            assert!(!output.status.success() && text.contains("store.ca_file") && text.contains(told), "{text}");
        }
    }
}
