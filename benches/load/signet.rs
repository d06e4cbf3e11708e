//! The real server in a folder of its own: how it is started, and the clients and people in it. Everything that depends
//! on the names of commands and settings is in this file.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use crate::Fault;
use crate::child::{Server, Site};

pub const REDIRECT_URI: &str = "http://localhost:9/cb";

/// Two workers, no listener that something else may have taken, and none of the limits that one address or one client
/// would reach here.
const SETTINGS: [(&str, &str); 7] = [
    ("SIGNET__SERVER__WORKERS", "2"),
    ("SIGNET__SERVER__METRICS_LISTEN", ""),
    ("SIGNET__LIMITS__EXEMPT_NETWORKS", r#"["127.0.0.0/8"]"#),
    ("SIGNET__LIMITS__TOKEN_CLIENT_RATE", "1000000"),
    ("SIGNET__LIMITS__TOKEN_CLIENT_BURST", "1000000"),
    ("SIGNET__LIMITS__INTROSPECT_CLIENT_RATE", "1000000"),
    ("SIGNET__LIMITS__API_RATE", "1000000"),
];

/// Sign-ins are spread over so many people, as each may have only so many sessions.
const PEOPLE: usize = 16;

pub enum Backend {
    Sqlite,
    /// The address of an empty database.
    Postgres(String),
}

/// One installation; its folder is gone when the value is.
pub struct Home {
    binary: PathBuf,
    dir: PathBuf,
    database: Vec<String>,
    site: Site,
}

pub struct Client {
    pub id: String,
    secret: String,
}

#[derive(Clone)]
pub struct Person {
    pub username: String,
    pub password: String,
}

/// Who uses the server.
pub struct Cast {
    /// Programs, by the algorithm of their tokens.
    pub program: Client,
    pub program_rs256: Client,
    /// Apps that people sign in to, by the form of their access tokens.
    pub app_jwt: Client,
    pub app_opaque: Client,
    /// Has the sessions that last.
    pub resident: Person,
    /// Sign in again and again.
    pub visitors: Vec<Person>,
}

impl Home {
    pub fn new(binary: &Path, backend: &Backend) -> Result<Self, Fault> {
        let dir = std::env::temp_dir().join(format!("signet-bench-{}-{backend}", std::process::id()));
        std::fs::create_dir_all(&dir)?;
        let database = match backend {
            Backend::Sqlite => Vec::new(),
            Backend::Postgres(url) => vec!["--database".to_owned(), url.clone()],
        };
        Ok(Self { binary: binary.to_owned(), dir, database, site: Site::free()? })
    }

    pub async fn start(&self) -> Result<Server, Fault> {
        let mut command = self.command();
        command.args(["serve", "--listen", &self.site.addr.to_string(), "--issuer", &self.site.origin]);
        Server::start(command, self.site.clone(), "/readyz", self.dir.join("server.log")).await
    }

    /// Makes everybody by the command line, while the server runs.
    pub fn cast(&self) -> Result<Cast, Fault> {
        Ok(Cast {
            program: self.client("--grant client_credentials --scope api --access-token jwt")?,
            program_rs256: self.client_from(&serde_json::json!({
                "client_name": "bench",
                "grant_types": ["client_credentials"],
                "token_endpoint_auth_method": "client_secret_basic",
                "scope": "api",
                "access_token_signed_response_alg": "RS256",
            }))?,
            app_jwt: self.app("jwt")?,
            app_opaque: self.app("opaque")?,
            resident: self.person(0)?,
            visitors: (1..=PEOPLE).map(|number| self.person(number)).collect::<Result<_, _>>()?,
        })
    }

    fn app(&self, access_token: &str) -> Result<Client, Fault> {
        self.client(&format!(
            "--grant authorization_code --grant refresh_token --redirect-uri {REDIRECT_URI} \
             --scope openid --scope profile --scope email --scope offline_access \
             --id-token-alg ES256 --first-party --access-token {access_token}"
        ))
    }

    fn client(&self, options: &str) -> Result<Client, Fault> {
        let mut args = vec!["client", "create", "--name", "bench", "--auth", "client_secret_basic", "--json"];
        args.extend(options.split_whitespace());
        Client::read(&self.run(&args, "")?)
    }

    fn client_from(&self, metadata: &Value) -> Result<Client, Fault> {
        Client::read(&self.run(&["client", "create", "--metadata", "-", "--json"], &metadata.to_string())?)
    }

    pub fn person(&self, number: usize) -> Result<Person, Fault> {
        let username = format!("bench{number}");
        let password = format!("correct horse battery {number}");
        let email = format!("{username}@example.com");
        let args = ["user", "create", "--email", &email, "--username", &username, "--password-stdin", "--verified"];
        self.run(&[&args[..], &["--json"]].concat(), &format!("{password}\n"))?;
        Ok(Person { username, password })
    }

    /// The answer of a command.
    pub fn run(&self, args: &[&str], input: &str) -> Result<Value, Fault> {
        let mut command = self.command();
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("signet {}: {}\n{said}", args.join(" "), output.status).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("--data").arg(&self.dir).args(&self.database).envs(SETTINGS);
        command
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // it is a folder for temporary files; what is left there harms nobody
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

impl Client {
    fn read(answer: &Value) -> Result<Self, Fault> {
        let text = |name: &str| answer[name].as_str().map(str::to_owned).ok_or_else(|| format!("no {name}: {answer}"));
        Ok(Self { id: text("client_id")?, secret: text("client_secret")? })
    }

    /// The header line of `client_secret_basic`. Ids and secrets have no characters to escape.
    pub fn authorization(&self) -> String {
        format!("authorization: Basic {}\r\n", BASE64_STANDARD.encode(format!("{}:{}", self.id, self.secret)))
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "sqlite",
            Self::Postgres(_) => "postgres",
        })
    }
}
