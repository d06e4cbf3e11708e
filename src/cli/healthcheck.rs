//! `signet healthcheck`: for containers, which have no other client inside.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use super::Error;
use super::print::Answer;
use crate::config::Config;
use crate::spec::paths;

const PATIENCE: Duration = Duration::from_secs(3);

/// Fails unless the server answers that it is ready. With TLS it is enough that it listens: its certificate is for
/// another name than this machine's.
pub fn run(config: &Config) -> Result<Answer, Error> {
    let listen: SocketAddr = config.server.listen.parse().map_err(|_| Error::Other("server.listen".to_owned()))?;
    let failed = |error| Error::Io("the server does not answer", error);
    let mut stream = TcpStream::connect_timeout(&near(listen), PATIENCE).map_err(failed)?;
    if config.server.has_tls() {
        return Ok(Answer::text("listening"));
    }
    stream.set_read_timeout(Some(PATIENCE)).map_err(failed)?;
    let request = format!("GET {} HTTP/1.0\r\nhost: localhost\r\n\r\n", paths::READYZ);
    stream.write_all(request.as_bytes()).map_err(failed)?;
    let mut answer = String::new();
    stream.take(4096).read_to_string(&mut answer).map_err(failed)?;
    match answer.split(' ').nth(1) {
        Some("200") => Ok(Answer::text("ready")),
        _ => Err(Error::Other("the server is not ready".to_owned())),
    }
}

/// From inside, a server that listens everywhere is asked on loopback.
fn near(listen: SocketAddr) -> SocketAddr {
    let address = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(address, listen.port())
}
