//! A database that takes no writes any more: a disk that was mounted read-only or fails, files that belong to somebody
//! else, a PostgreSQL server that follows another one (security.md F-12).

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use serde_json::json;

use crate::support::browser::Browser;
use crate::support::process::{Installation, Plain, bound_by_modes, stderr};
use crate::support::{CALLBACK, Op, authorize, challenge, db, redeem};

fn chmod(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[actix_web::test]
async fn files_that_may_not_be_written_end_start_and_commands_at_once() {
    if db::postgres().is_some() {
        return;
    }
    let site = Installation::new().await;
    assert_eq!(site.json(&["user", "list"], "")["users"], json!([]));
    let data = site.data.canonicalize().unwrap();
    let (file, log) = (data.join("test.db"), data.join("test.db-wal"));
    for (path, closed, open) in [(&file, 0o444, 0o600), (&log, 0o444, 0o600), (&data, 0o555, 0o700)] {
        // the log of a server that was killed
        std::fs::OpenOptions::new().append(true).create(true).open(&log).unwrap();
        chmod(path, closed);
        let run = |args: &[&str]| bound_by_modes(|| site.run(args, ""));
        let outputs = [&["serve", "--listen", "127.0.0.1:0"][..], &["user", "list"], &["keys", "rotate"]].map(run);
        let doctor = run(&["doctor"]);
        chmod(path, open);
        for output in outputs {
            let told = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{told}");
            assert!(told.contains(&format!("{} cannot be written", path.display())), "{told}");
            assert!(told.contains("chown") && told.lines().count() == 1, "what to do: {told}");
        }
        let told = String::from_utf8_lossy(&doctor.stdout).into_owned();
        assert!(!doctor.status.success() && told.contains(&path.display().to_string()), "{told}");
        assert_eq!(site.json(&["user", "list"], "")["users"], json!([]), "nothing happened");
    }
}

/// The server of an installation, whose writes can be made to fail.
fn serve(site: &Installation) -> Command {
    let listen = format!("127.0.0.1:{}", site.port);
    let plain = site.command(&["serve", "--listen", &listen]);
    let mut command = Command::new("/bin/sh");
    // a process that may write no more is told so by a signal as well, which a disk does not send
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(plain.get_program()).args(plain.get_args());
    command.env_clear().envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command
}

/// From now on writing to any file fails, as on a disk that was mounted read-only, or works again.
#[cfg(target_os = "linux")]
fn disk(site: &Installation, writable: bool) {
    use rustix::process::{Resource, Rlimit};
    let limit = Rlimit { current: (!writable).then_some(0), maximum: None };
    rustix::process::prlimit(Some(site.id()), Resource::Fsize, limit).unwrap();
}

/// Elsewhere the limits of another process cannot be set.
#[cfg(not(target_os = "linux"))]
fn disk(_: &Installation, _: bool) {}

struct Apps {
    person: String,
    jwt: Vec<(String, String)>,
    opaque: Vec<(String, String)>,
}

/// A person's access token, and two programs: one whose tokens need a row and one whose do not.
async fn apps(site: &mut Installation) -> Apps {
    let program = |format: &str| {
        let flags = ["--grant", "client_credentials", "--scope", "read", "--auth", "client_secret_post"];
        let made =
            site.json(&[&["client", "create", "--name", "Job", "--access-token", format][..], &flags].concat(), "");
        let form = [("grant_type", "client_credentials"), ("client_id", made["client_id"].as_str().unwrap())];
        let secret = ("client_secret", made["client_secret"].as_str().unwrap());
        form.into_iter().chain([secret]).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    let (jwt, opaque) = (program("jwt"), program("opaque"));
    let flags = ["--name", "App", "--redirect-uri", CALLBACK, "--auth", "none", "--first-party"];
    let client = site.json(&[&["client", "create"][..], &flags].concat(), "");
    let client = client["client_id"].as_str().unwrap();
    let create = ["user", "create", "--email", "ada@example.com", "--username", "ada", "--password-stdin"];
    site.json(&create, "correct horse battery\n");
    site.serve_by(serve(site)).await;
    let query = serde_urlencoded::to_string([
        ("client_id", client),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid"),
        ("code_challenge", &challenge()),
        ("code_challenge_method", "S256"),
    ]);
    let path = format!("/oauth2/authorize?{}", query.unwrap());
    let code = site.sign_in(&path, "ada", "correct horse battery").await;
    let form = [&redeem(&code)[..], &[("client_id", client)]].concat();
    let answer = site.post("/oauth2/token", &form).await.unwrap().json();
    Apps { person: answer["access_token"].as_str().unwrap().to_owned(), jwt, opaque }
}

async fn token(site: &Installation, form: &[(String, String)]) -> Plain {
    site.post("/oauth2/token", &crate::support::browser::pairs(form)).await.unwrap()
}

#[actix_web::test]
async fn a_running_server_reads_on_and_writes_again_when_it_can() {
    if db::postgres().is_some() || cfg!(not(target_os = "linux")) {
        return;
    }
    let mut site = Installation::new().await;
    let apps = apps(&mut site).await;
    let issued = token(&site, &apps.opaque).await.json()["access_token"].as_str().unwrap().to_owned();
    disk(&site, false);
    for _ in 0..3 {
        let refused = token(&site, &apps.opaque).await;
        assert_eq!((refused.status, refused.header("retry-after")), (503, "2"), "{refused:?}");
        assert_eq!(refused.json()["error"], "temporarily_unavailable");
        for leak in ["sqlite", "disk", "test.db", "write", site.data.to_str().unwrap()] {
            assert!(!refused.body.to_lowercase().contains(leak), "{leak}: {}", refused.body);
        }
    }
    for path in ["/oauth2/jwks", "/.well-known/openid-configuration", "/healthz", "/login"] {
        assert_eq!(site.get(path).await.unwrap().status, 200, "{path}");
    }
    let bearer = format!("authorization: Bearer {}\r\n", apps.person);
    assert_eq!(site.get_with("/oauth2/userinfo", &bearer).await.unwrap().status, 200);
    assert_eq!(token(&site, &apps.jwt).await.status, 200, "what needs no row");
    disk(&site, true);
    let again = token(&site, &apps.opaque).await;
    assert_eq!(again.status, 200, "{again:?}");
    for token in [issued.as_str(), again.json()["access_token"].as_str().unwrap()] {
        let mut form = crate::support::browser::pairs(&apps.opaque);
        form.push(("token", token));
        assert_eq!(site.post("/oauth2/introspect", &form).await.unwrap().json()["active"], true, "nothing was lost");
    }
    assert!(site.terminate().success());
}

/// A database of its own on the server under test, as the setting is one of a database.
struct Own {
    server: AsyncPgConnection,
    name: String,
    url: String,
}

impl Own {
    async fn new(server: &str) -> Self {
        let name = format!("op_{}", signet::base::random::id().replace('-', ""));
        let mut url = url::Url::parse(server).unwrap();
        let mut server = AsyncPgConnection::establish(server).await.unwrap();
        server.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        url.set_path(&name);
        Self { server, name, url: url.into() }
    }

    async fn run(&mut self, sql: &str) {
        self.server.batch_execute(&sql.replace("own", &self.name)).await.unwrap();
    }

    /// Every connection ends, and the next ones only read.
    async fn read_only(&mut self) {
        self.run("ALTER DATABASE own SET default_transaction_read_only = on").await;
        self.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'own'").await;
    }
}

#[actix_web::test]
async fn a_postgresql_server_that_takes_no_writes_is_read_from() {
    let Some(server) = db::postgres() else { return };
    let mut own = Own::new(&server).await;
    let op = Op::with(|config| config.database.clone_from(&own.url)).await;
    op.user("ada").await;
    let (client, program) = (op.client(json!({})).await, op.program(json!({ "access_token_format": "opaque" })).await);
    let code = Browser::new(&op).code(&authorize(&client, &[]), "ada").await;
    let person = op.token(&client, &redeem(&code)).await.json()["access_token"].as_str().unwrap().to_owned();
    let write = async || op.token(&program, &[("grant_type", "client_credentials")]).await;
    assert_eq!(write().await.status, 200);

    own.read_only().await;
    reconnected(&op).await;
    assert_eq!(op.get("/readyz").await.status, 503);
    for _ in 0..3 {
        let refused = write().await;
        assert_eq!(refused.error(), (503, "temporarily_unavailable".into()));
        assert_eq!(refused.header("retry-after"), "2");
        assert!(!refused.body.contains("transaction") && !refused.body.contains("INSERT"), "{}", refused.body);
    }
    let mut site = Installation::new().await;
    site.database.clone_from(&own.url);
    let command = site.run(&["user", "list"], "");
    assert_eq!(command.status.code(), Some(1));
    assert!(stderr(&command).contains("read-only transaction"), "{}", stderr(&command));

    let bearer = ("authorization", format!("Bearer {person}"));
    let userinfo = actix_web::test::TestRequest::get().uri("/oauth2/userinfo").insert_header(bearer);
    assert_eq!(op.call(userinfo).await.status, 200);
    for path in ["/oauth2/jwks", "/.well-known/openid-configuration", "/healthz", "/login"] {
        assert_eq!(op.get(path).await.status, 200, "{path}");
    }

    // connections that were opened meanwhile are given up one by one, as each is found to take no writes
    own.run("ALTER DATABASE own RESET default_transaction_read_only").await;
    for _ in 0..8 {
        write().await;
    }
    assert_eq!(write().await.status, 200);
    assert_eq!(op.get("/readyz").await.status, 200);
    drop(op);
    own.run("DROP DATABASE own WITH (FORCE)").await;
}

/// The connections that were ended are noticed one by one.
async fn reconnected(op: &Op) {
    for _ in 0..20 {
        if signet::store::epoch::read(&mut op.app.db.conn().await.unwrap()).await.is_ok() {
            return;
        }
    }
    panic!("no connection");
}
