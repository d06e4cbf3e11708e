//! A server process of the bench: started, waited for, and gone when the value is.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::Fault;
use crate::drive::now;
use crate::http::Conn;

/// How long a server may take to start or to end.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Server {
    pub site: Site,
    /// From the start of the process to the first good answer.
    pub started_in: Duration,
    child: Child,
    log: PathBuf,
}

/// Where a server is, and the requests for it.
#[derive(Clone)]
pub struct Site {
    pub addr: SocketAddr,
    pub origin: String,
}

impl Server {
    /// Starts `command` and waits until `path` answers 200.
    pub async fn start(mut command: Command, site: Site, path: &str, log: PathBuf) -> Result<Self, Fault> {
        let begun = now();
        let output = File::create(&log)?;
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        let child = command.spawn().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
        let mut server = Self { site, started_in: Duration::ZERO, child, log };
        let request = server.site.get(path, "");
        while !answers(server.site.addr, &request).await {
            if server.child.try_wait()?.is_some() || begun.elapsed() > PATIENCE {
                return Err(format!("the server does not answer; its log:\n{}", server.log()).into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.started_in = begun.elapsed();
        Ok(server)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end, as an operator does, and waits for it.
    pub async fn stop(mut self) -> Result<(), Fault> {
        kill_process(Pid::from_child(&self.child), Signal::TERM)?;
        let begun = now();
        while self.child.try_wait()?.is_none() {
            if begun.elapsed() > PATIENCE {
                return Err("the server does not end after SIGTERM".into());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    }

    /// The last lines that it wrote.
    pub fn log(&self) -> String {
        let text = fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&text[text.len().saturating_sub(4_000)..]).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // an error means that it has ended already
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Site {
    /// A port that is free now. Somebody else may take it before the server does; then the start fails and says so.
    pub fn free() -> Result<Self, Fault> {
        let addr = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        Ok(Self { addr, origin: format!("http://{addr}") })
    }

    /// `headers`: whole lines, each with its line end.
    pub fn get(&self, path: &str, headers: &str) -> Vec<u8> {
        format!("GET {path} HTTP/1.1\r\nhost: {}\r\n{headers}\r\n", self.addr).into_bytes()
    }

    pub fn post(&self, path: &str, headers: &str, body: &str) -> Vec<u8> {
        self.post_as(path, headers, ("application/x-www-form-urlencoded", body))
    }

    pub fn post_json(&self, path: &str, headers: &str, body: &str) -> Vec<u8> {
        self.post_as(path, headers, ("application/json", body))
    }

    fn post_as(&self, path: &str, headers: &str, (kind, body): (&str, &str)) -> Vec<u8> {
        format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: {kind}\r\n\
             content-length: {}\r\n{headers}\r\n{body}",
            self.addr,
            body.len()
        )
        .into_bytes()
    }
}

async fn answers(addr: SocketAddr, request: &[u8]) -> bool {
    let Ok(mut conn) = Conn::open(addr).await else { return false };
    conn.call(request).await.is_ok_and(|answer| answer.status == 200)
}
