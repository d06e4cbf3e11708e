//! The real binary, started as its users start it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::db;

const BINARY: &str = env!("CARGO_BIN_EXE_signet");

/// A data folder and a database of its own; both go when it is dropped, and the server with them.
pub struct Installation {
    pub data: PathBuf,
    pub database: String,
    pub port: u16,
    log: PathBuf,
    server: Option<Child>,
}

/// A plain answer.
#[derive(Debug)]
pub struct Plain {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Plain {
    pub fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

impl Installation {
    pub async fn new() -> Self {
        let data = std::env::temp_dir().join(format!("signet-{}", signet::base::random::id()));
        let database = db::fresh(&data).await;
        let log = data.with_extension("log");
        Self { data, database, port: free_port(), log, server: None }
    }

    /// A command with this installation's settings, and none of the caller's.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command
            .env_clear()
            .env("SIGNET__SERVER__METRICS_LISTEN", "")
            .env("SIGNET__LIMITS__EXEMPT_NETWORKS", "127.0.0.0/8");
        command.args(["--data", self.data.to_str().unwrap(), "--database", &self.database]).args(args);
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, args: &[&str], input: &str) -> Output {
        let mut command = self.command(args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        child.wait_with_output().unwrap()
    }

    /// Runs a command that must succeed, for its JSON.
    pub fn json(&self, args: &[&str], input: &str) -> Value {
        let mut args = args.to_vec();
        args.push("--json");
        let output = self.run(&args, input);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Starts the server and waits until it is ready. Returns what it printed up to then.
    pub async fn serve(&mut self) -> String {
        let listen = format!("127.0.0.1:{}", self.port);
        self.serve_by(self.command(&["serve", "--listen", &listen])).await
    }

    /// As [`Installation::serve`], by a command of one's own.
    pub async fn serve_by(&mut self, mut command: Command) -> String {
        let mut child = command.stdout(Stdio::piped()).stderr(File::create(&self.log).unwrap()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        // the pipe must stay open, or the next line that is printed ends the server
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                sender.send(line).ok();
            }
        });
        self.server = Some(child);
        for _ in 0..600 {
            if self.get("/readyz").await.is_some_and(|answer| answer.status == 200) {
                return receiver.try_iter().collect::<Vec<_>>().join("\n");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server does not get ready");
    }

    /// What the server has logged since its start.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// Ends it without a word, as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().ok();
            server.wait().ok();
        }
    }

    pub fn id(&self) -> rustix::process::Pid {
        rustix::process::Pid::from_child(self.server.as_ref().unwrap())
    }

    /// As [`Installation::kill`], for somebody who only looks on; it is collected later.
    pub fn kill_now(&self) {
        if self.server.is_some() {
            rustix::process::kill_process(self.id(), rustix::process::Signal::KILL).unwrap();
        }
    }

    /// Asks it to end, and gives its exit status.
    pub fn terminate(&mut self) -> std::process::ExitStatus {
        rustix::process::kill_process(self.id(), rustix::process::Signal::TERM).unwrap();
        self.server.take().unwrap().wait().unwrap()
    }

    pub async fn get(&self, path: &str) -> Option<Plain> {
        self.get_with(path, "").await
    }

    /// With headers, each of them ended by a line break.
    pub async fn get_with(&self, path: &str, headers: &str) -> Option<Plain> {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}\r\n")).await
    }

    /// `None` when the server is gone, or goes before it has answered.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Option<Plain> {
        let body = serde_urlencoded::to_string(form).unwrap();
        let kind = "application/x-www-form-urlencoded";
        let head =
            format!("host: localhost\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {}", body.len());
        self.send(&format!("POST {path} HTTP/1.1\r\n{head}\r\n\r\n{body}")).await
    }

    /// A call of the API with a bearer token, for its JSON.
    pub async fn api(&self, token: &str, path: &str, body: &Value) -> Value {
        let body = body.to_string();
        let head = format!("host: localhost\r\nconnection: close\r\nauthorization: Bearer {token}");
        let head = format!("{head}\r\ncontent-type: application/json\r\ncontent-length: {}", body.len());
        let answer = self.send(&format!("POST /api/v1{path} HTTP/1.1\r\n{head}\r\n\r\n{body}")).await.unwrap();
        assert!(answer.status < 300, "{path}: {answer:?}");
        answer.json()
    }

    /// Goes through the sign-in page of a request to an app that asks for no consent, for the code.
    pub async fn sign_in(&self, path: &str, username: &str, password: &str) -> String {
        let mut jar = String::new();
        let begun = self
            .exchange(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"))
            .await
            .unwrap();
        jar.push_str(&cookie(&begun));
        let page = location(&begun);
        let head = |jar: &str| format!("host: localhost\r\nconnection: close\r\ncookie: {jar}");
        let page = self.exchange(&format!("GET {page} HTTP/1.1\r\n{}\r\n\r\n", head(&jar))).await.unwrap();
        let mut form = super::browser::hidden(&page);
        form.push(("username".to_owned(), username.to_owned()));
        form.push(("password".to_owned(), password.to_owned()));
        let body = serde_urlencoded::to_string(&form).unwrap();
        let kind = "application/x-www-form-urlencoded";
        let head = format!("{}\r\ncontent-type: {kind}\r\ncontent-length: {}", head(&jar), body.len());
        let done = self.exchange(&format!("POST /login HTTP/1.1\r\n{head}\r\n\r\n{body}")).await.unwrap();
        let url = url::Url::parse(&location(&done)).unwrap();
        super::browser::param(&url, "code").unwrap()
    }

    async fn exchange(&self, request: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.ok()?;
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        String::from_utf8(answer).ok()
    }

    async fn send(&self, request: &str) -> Option<Plain> {
        let answer = self.exchange(request).await?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let length =
            head.to_lowercase().split("content-length: ").nth(1)?.lines().next()?.trim().parse::<usize>().ok()?;
        (body.len() == length).then(|| Plain { status, head: head.to_owned(), body: body.to_owned() })
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        self.kill();
        std::fs::remove_dir_all(&self.data).ok();
        std::fs::remove_file(&self.log).ok();
    }
}

/// Somebody with a browser, who fills in pages and goes where they lead.
#[derive(Default)]
pub struct Visitor(BTreeMap<String, String>);

impl Visitor {
    pub async fn get(&mut self, site: &Installation, path: &str) -> String {
        let mut path = path.to_owned();
        for _ in 0..5 {
            let answer = self.ask(site, &format!("GET {path}"), "").await;
            if !answer.starts_with("HTTP/1.1 30") {
                return answer;
            }
            path = location(&answer);
        }
        panic!("goes round in circles at {path}")
    }

    /// Sends the form of a page that goes to `path`.
    pub async fn fill(&mut self, site: &Installation, path: &str, page: &str, fields: &[(&str, &str)]) -> String {
        let form = page.split("<form").find(|form| form.contains(&format!("action=\"{path}\""))).unwrap();
        let hidden = super::browser::hidden(form);
        let all: Vec<_> = super::browser::pairs(&hidden).into_iter().chain(fields.iter().copied()).collect();
        let answer = self.ask(site, &format!("POST {path}"), &serde_urlencoded::to_string(all).unwrap()).await;
        if answer.starts_with("HTTP/1.1 30") { self.get(site, &location(&answer)).await } else { answer }
    }

    async fn ask(&mut self, site: &Installation, what: &str, body: &str) -> String {
        let cookies: Vec<_> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let kind = "application/x-www-form-urlencoded";
        let head = format!("host: localhost\r\nconnection: close\r\ncookie: {}", cookies.join("; "));
        let head = format!("{head}\r\ncontent-type: {kind}\r\ncontent-length: {}", body.len());
        let answer = site.exchange(&format!("{what} HTTP/1.1\r\n{head}\r\n\r\n{body}")).await.unwrap();
        for line in answer.lines().take_while(|line| !line.is_empty()) {
            let cookie = line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
            let pair = cookie.and_then(|(_, cookie)| cookie.split(';').next()?.split_once('='));
            if let Some((name, value)) = pair {
                self.0.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}

/// Does something for which the mode bits of files count, as they do for everybody but root: for the commands that are
/// started in it, root's right to write all the same is given up.
pub fn bound_by_modes<T: Send>(act: impl FnOnce() -> T + Send) -> T {
    let bound = || {
        #[cfg(target_os = "linux")]
        if rustix::process::geteuid().is_root() {
            rustix::thread::remove_capability_from_bounding_set(rustix::thread::CapabilitySet::DAC_OVERRIDE).unwrap();
        }
        act()
    };
    // the right is a thread's own, so the other tests keep it
    std::thread::scope(|scope| scope.spawn(bound).join().unwrap())
}

fn cookie(answer: &str) -> String {
    let line = answer.lines().find(|line| line.to_lowercase().starts_with("set-cookie: ")).unwrap();
    line["set-cookie: ".len()..].split(';').next().unwrap().to_owned()
}

fn location(answer: &str) -> String {
    let line = answer.lines().find(|line| line.to_lowercase().starts_with("location: "));
    line.unwrap_or_else(|| panic!("no redirect: {answer}"))["location: ".len()..].to_owned()
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
