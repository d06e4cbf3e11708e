//! The document is kept: schemathesis, which knows nothing of us, makes up requests for every operation, good ones and
//! bad ones, and compares each answer with what the document says of it. Without `TEST_SCHEMATHESIS` (the program) this
//! is skipped; `make test` brings it.

use std::fs::{self, File};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use signet::spec::right::Right;

use crate::support::PASSWORD;
use crate::support::process::Installation;

/// Nothing fails on our side, every answer is documented with its status, type and shape, what does not fit the
/// document is refused, and nobody comes in without a credential.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance,negative_data_rejection,ignored_auth";
/// What does not fit may be refused in whichever way is documented.
const SETTINGS: &str = "[checks.negative_data_rejection]\nexpected-statuses = [\"4xx\"]\n";
/// Requests made up for an operation, beside those that try each bound of each value once.
const REQUESTS: &str = "10";
/// It takes less than a minute; a busy machine may take longer.
const LONGEST: Duration = Duration::from_mins(6);
/// Operations after which the session that asks for them is no more.
const LAST: [&str; 7] = [
    "auth_logout",
    "auth_refresh",
    "auth_mfa_confirm",
    "me_password",
    "me_end_session",
    "me_end_others",
    "me_export_end",
];

#[expect(clippy::disallowed_methods, reason = "how the test run says where the program is")]
fn program() -> Option<String> {
    let program = std::env::var("TEST_SCHEMATHESIS").ok().filter(|program| !program.is_empty());
    if program.is_none() {
        println!("skipped: TEST_SCHEMATHESIS is not set");
    }
    program
}

/// A server with things of each kind in it.
struct Site {
    signet: Installation,
    key: String,
    /// What the parts of paths may be, by area and name.
    known: Value,
}

impl Site {
    async fn start() -> Self {
        let mut signet = Installation::new().await;
        let rights = Right::ALL.iter().filter(|right| !right.is_own()).flat_map(|right| ["--right", right.text()]);
        let args: Vec<&str> = ["api-key", "create", "--name", "all"].into_iter().chain(rights).collect();
        let key = signet.json(&args, "")["key"].as_str().unwrap().to_owned();
        let listen = format!("127.0.0.1:{}", signet.port);
        let mut command = signet.command(&["serve", "--listen", &listen]);
        command.env("SIGNET__LIMITS__API_RATE", "1000000").env("SIGNET__LOG__LEVEL", "error");
        signet.serve_by(command).await;
        let known = furnish(&signet, &key).await;
        Self { signet, key, known }
    }

    /// Somebody who has just signed in.
    async fn session(&self, name: &str) -> String {
        let new = json!({ "email": format!("{name}@example.com"), "password": PASSWORD, "email_verified": true });
        self.signet.api(&self.key, "/users", &new).await;
        let login = json!({ "username": name, "password": PASSWORD });
        self.signet.api("none", "/auth/login", &login).await["session_token"].as_str().unwrap().to_owned()
    }

    /// The document, with things that there are in the place of made up names.
    async fn document(&self) -> String {
        let mut document = self.signet.get("/api/v1/openapi.json").await.unwrap().json();
        for methods in document["paths"].as_object_mut().unwrap().values_mut() {
            for operation in methods.as_object_mut().unwrap().values_mut() {
                let area = operation["tags"][0].as_str().unwrap().to_owned();
                for param in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
                    let known = &self.known[&area][param["name"].as_str().unwrap()];
                    if param["in"] == "path" && !known.is_null() {
                        param["schema"] = json!({ "type": "string", "enum": known });
                    }
                }
            }
        }
        document.to_string()
    }

    /// Lets the program loose on some of the operations.
    async fn try_out(&self, program: &str, (name, token): (&str, &str), which: &[&str]) {
        let folder = self.signet.data.join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("openapi.json"), self.document().await).unwrap();
        fs::write(folder.join("schemathesis.toml"), SETTINGS).unwrap();
        let mut command = Command::new(program);
        command.env_clear().env("HOME", &folder).env("LANG", "C.UTF-8").env("PATH", "/usr/bin:/bin");
        command.current_dir(&folder).stdin(Stdio::null());
        command.args(["run", "openapi.json"]).args(which);
        command.args(["--url", &format!("http://127.0.0.1:{}", self.signet.port)]);
        command.args(["--header", &format!("Authorization: Bearer {token}"), "--checks", CHECKS]);
        command.args(["--phases", "examples,coverage,fuzzing", "--max-examples", REQUESTS, "--seed", "1"]);
        command.args(["--workers", "1", "--request-timeout", "30", "--suppress-health-check", "all"]);
        command.args([
            "--generation-database",
            "none",
            "--warnings",
            "off",
            "--no-color",
            "--output-truncate",
            "false",
        ]);
        let told = File::create(folder.join("told")).unwrap();
        command.stderr(told.try_clone().unwrap()).stdout(told);
        let is_good = in_time(command.spawn().unwrap());
        let told = fs::read_to_string(folder.join("told")).unwrap();
        assert!(is_good, "{told}");
        println!("{}", told.lines().filter(|line| line.contains("generated")).collect::<String>());
    }
}

/// Whether it ends well, before it takes too long.
fn in_time(mut child: Child) -> bool {
    for _ in 0..LONGEST.as_secs() * 10 {
        if let Some(status) = child.try_wait().unwrap() {
            return status.success();
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    false
}

/// Makes things of each kind.
async fn furnish(signet: &Installation, key: &str) -> Value {
    let id = |made: &Value, name: &str| made[name].as_str().unwrap().to_owned();
    let (mut people, mut apps, mut keys, mut invitations) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for at in 0..3 {
        let new = json!({ "email": format!("person{at}@example.com"), "password": PASSWORD, "email_verified": true });
        people.push(id(&signet.api(key, "/users", &new).await, "id"));
        let new = json!({ "client_name": format!("App {at}"), "redirect_uris": ["https://app.invalid/cb"] });
        apps.push(id(&signet.api(key, "/clients", &new).await, "client_id"));
        let new = json!({ "name": format!("Key {at}"), "rights": ["users.read"] });
        keys.push(id(&signet.api(key, "/api-keys", &new).await, "id"));
        let new = json!({ "email": format!("guest{at}@example.com"), "roles": ["support"] });
        invitations.push(id(&signet.api(key, "/invitations", &new).await, "id"));
    }
    signet.api(key, "/roles", &json!({ "name": "clerk", "permissions": ["users.read"] })).await;
    let login = json!({ "username": "person0", "password": PASSWORD });
    let token = id(&signet.api("none", "/auth/login", &login).await, "session_token");
    let read = async |token: &str, path: &str| {
        let header = format!("authorization: Bearer {token}\r\n");
        signet.get_with(&format!("/api/v1{path}"), &header).await.unwrap().json()
    };
    let all = |list: &Value, name: &str| -> Vec<String> {
        list["items"].as_array().unwrap().iter().take(5).map(|item| id(item, name)).collect()
    };
    let sessions = all(&read(&token, "/users/me/sessions").await, "id");
    let (events, acts) = (all(&read(key, "/audit").await, "id"), all(&read(key, "/changes").await, "id"));
    json!({
        "users": { "id": people, "role": ["user", "support", "clerk"], "session": sessions, "client": apps },
        "clients": { "id": apps },
        "api-keys": { "id": keys },
        "invitations": { "id": invitations },
        "roles": { "name": ["clerk", "support", "admin"] },
        "audit": { "id": events },
        "changes": { "id": acts },
        "me": { "session": sessions, "client": apps },
    })
}

#[actix_web::test]
async fn what_administrators_ask_is_answered_as_documented() {
    let Some(program) = program() else { return };
    let site = Site::start().await;
    site.try_out(&program, ("all", &site.key), &["--exclude-tag", "me", "--exclude-tag", "auth"]).await;
}

#[actix_web::test]
async fn what_people_ask_is_answered_as_documented() {
    let Some(program) = program() else { return };
    let site = Site::start().await;
    let token = site.session("ada").await;
    let but = LAST.iter().flat_map(|name| ["--exclude-operation-id", name]);
    let which: Vec<&str> = ["--include-tag", "me", "--include-tag", "auth"].into_iter().chain(but).collect();
    site.try_out(&program, ("own", &token), &which).await;
    let token = site.session("berta").await;
    let which: Vec<&str> = LAST.iter().flat_map(|name| ["--include-operation-id", name]).collect();
    site.try_out(&program, ("last", &token), &which).await;
}
