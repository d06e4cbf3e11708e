//! Starting and stopping in order.

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use crate::support::process::{Installation, stderr};

#[actix_web::test]
async fn the_first_start_needs_nothing_and_the_next_goes_on() {
    let mut site = Installation::new().await;
    let first = site.serve().await;
    assert!(first.contains("/.well-known/openid-configuration") && first.contains("/setup?token="), "{first}");
    let keys = site.get("/oauth2/jwks").await.unwrap().body;
    assert!(site.terminate().success(), "exit 0");
    let again = site.serve().await;
    assert!(again.contains("/setup?token="), "there is no administrator yet: {again}");
    assert_eq!(site.get("/oauth2/jwks").await.unwrap().body, keys);
    let mode = |path: std::path::PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(site.data.clone()), mode(site.data.join("master.key"))), (0o700, 0o600));
}

#[actix_web::test]
async fn stopping_writes_what_waits() {
    let mut site = Installation::new().await;
    let args = ["client", "create", "--name", "Job", "--grant", "client_credentials", "--scope", "api", "--auth"];
    let client = site.json(&[&args[..], &["client_secret_post"]].concat(), "");
    site.serve().await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", client["client_id"].as_str().unwrap()),
        ("client_secret", client["client_secret"].as_str().unwrap()),
    ];
    assert_eq!(site.post("/oauth2/token", &form).await.unwrap().status, 200);
    let refused = site.post("/oauth2/token", &[("grant_type", "x")]).await.unwrap().json();
    let text = refused["error_description"].as_str().unwrap().to_owned();
    let reference = &text[text.find("reference ").unwrap() + 10..text.len() - 1];
    assert!(site.terminate().success());
    let told = site.json(&["explain", reference], "");
    assert_eq!(told["failed_check"], "client.known");
}

#[actix_web::test]
async fn a_port_in_use_is_told() {
    let mut site = Installation::new().await;
    let taken = std::net::TcpListener::bind(("127.0.0.1", site.port)).unwrap();
    let listen = format!("127.0.0.1:{}", site.port);
    let output = site.run(&["serve", "--listen", &listen], "");
    assert!(!output.status.success());
    assert!(stderr(&output).contains("cannot be listened on"), "{}", stderr(&output));
    drop(taken);
    site.serve().await;
}

#[actix_web::test]
async fn a_wrong_or_missing_master_key_is_told_and_nothing_is_overwritten() {
    let mut site = Installation::new().await;
    site.serve().await;
    site.kill();
    let file = site.data.join("master.key");
    let good = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    let missing = site.run(&["keys", "list"], "");
    assert!(!missing.status.success() && stderr(&missing).contains("is missing"), "{}", stderr(&missing));
    assert!(!file.exists(), "no new key is made in its place");
    for (content, told) in [("A".repeat(43), "another master key"), ("short".to_owned(), "32 bytes")] {
        std::fs::write(&file, content).unwrap();
        rustix::fs::chmod(&file, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
        let wrong = site.run(&["keys", "list"], "");
        assert!(!wrong.status.success() && stderr(&wrong).contains(told), "{}", stderr(&wrong));
    }
    std::fs::write(&file, good).unwrap();
    rustix::fs::chmod(&file, rustix::fs::Mode::from_raw_mode(0o644)).unwrap();
    let open = site.run(&["keys", "list"], "");
    assert!(!open.status.success() && stderr(&open).contains("chmod 600"), "{}", stderr(&open));
    rustix::fs::chmod(&file, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
    assert_eq!(site.json(&["keys", "list"], "")["keys"].as_array().unwrap().len(), 8);
}

#[actix_web::test]
async fn a_command_works_while_the_server_runs_and_is_seen_within_a_second() {
    let mut site = Installation::new().await;
    site.serve().await;
    let args = ["client", "create", "--name", "Job", "--grant", "client_credentials", "--auth", "client_secret_post"];
    let client = site.json(&args, "");
    let id = client["client_id"].as_str().unwrap();
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", id),
        ("client_secret", client["client_secret"].as_str().unwrap()),
    ];
    assert_eq!(site.post("/oauth2/token", &form).await.unwrap().status, 200);
    site.json(&["client", "disable", id], "");
    let mut status = 200;
    for _ in 0..10 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        status = site.post("/oauth2/token", &form).await.unwrap().status;
        if status == 401 {
            break;
        }
    }
    assert_eq!(status, 401);
}
