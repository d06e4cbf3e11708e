//! `signet doctor`: what is fine, and what to do about the rest.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::print::Answer;
use crate::app::{self, App};
use crate::base::time::{Clock, Stopwatch};
use crate::config::Config;
use crate::flow::{key, setup};
use crate::store::Db;

struct Finding {
    name: &'static str,
    good: bool,
    text: String,
}

fn finding(name: &'static str, good: bool, text: impl Into<String>) -> Finding {
    Finding { name, good, text: text.into() }
}

pub async fn run(mut config: Config) -> Answer {
    let mut findings = vec![finding("configuration", true, "good"), folder(&config.data), secrets(&config)];
    let list = breached(&config.password.breached_file);
    if !list.good {
        // told already; the rest is looked at all the same
        config.password.breached_file.clear();
    }
    findings.push(list);
    if let Some(file) = Db::file(&config.database).filter(|file| !file.exists()) {
        findings.push(finding("database", true, format!("{} will be made at the first start", file.display())));
        return answer(&findings);
    }
    match App::open(config, Clock::System).await {
        Err(error) => findings.push(finding("database", false, error.to_string())),
        Ok(app) => {
            findings.push(finding("database", true, "reachable and up to date"));
            findings.push(keys(&app).await);
            findings.push(administrator(&app).await);
            findings.push(hashing(&app).await);
        }
    }
    answer(&findings)
}

fn answer(findings: &[Finding]) -> Answer {
    let line =
        |found: &Finding| format!("  {}  {:<14}  {}", if found.good { "ok  " } else { "FAIL" }, found.name, found.text);
    let object = |found: &Finding| json!({ "name": found.name, "ok": found.good, "message": found.text });
    let good = findings.iter().all(|found| found.good);
    let json = json!({ "ok": good, "checks": findings.iter().map(object).collect::<Vec<_>>() });
    Answer { good, ..Answer::new(json, findings.iter().map(line).collect::<Vec<_>>().join("\n")) }
}

fn folder(path: &Path) -> Finding {
    match std::fs::metadata(path) {
        Err(_) => finding("data folder", true, format!("{} will be made at the first start", path.display())),
        Ok(meta) if meta.permissions().mode() & 0o077 != 0 => {
            finding("data folder", false, format!("others may look into it: chmod 700 {}", path.display()))
        }
        Ok(_) => finding("data folder", true, path.display().to_string()),
    }
}

fn secrets(config: &Config) -> Finding {
    let plain = !config.is_https();
    let text = if plain { "http, which is for trying things out on this machine" } else { "https" };
    finding("issuer", true, format!("{} ({text})", config.issuer))
}

fn breached(path: &str) -> Finding {
    let name = "breached list";
    match app::breached(path) {
        Ok(None) => finding(name, true, "none: only the most common passwords are refused"),
        Ok(Some(list)) => finding(name, true, format!("{path}, {} MiB", list.length() >> 20)),
        Err(error) => finding(name, false, error.to_string()),
    }
}

async fn keys(app: &App) -> Finding {
    match key::list(app.cx()).await {
        Ok(keys) if keys.is_empty() => finding("signing keys", true, "will be made at the first start"),
        Ok(keys) => finding("signing keys", true, format!("{} in the database", keys.len())),
        Err(error) => finding("signing keys", false, error.to_string()),
    }
}

async fn administrator(app: &App) -> Finding {
    match setup::link(app.cx()).await {
        Ok(None) => finding("administrator", true, "there is one"),
        Ok(Some(_)) => finding("administrator", true, "none yet: the server prints a link for it when it starts"),
        Err(error) => finding("administrator", false, error.to_string()),
    }
}

/// A hash should take a person no time and an attacker as much as this machine can spare.
async fn hashing(app: &App) -> Finding {
    let watch = Stopwatch::start();
    if let Err(error) = app.passwords.hash("the speed of this machine").await {
        return finding("passwords", false, error.to_string());
    }
    let took = watch.elapsed();
    let settings = &app.config.password;
    let now = format!("one hash takes {} ms with {} KiB", took.as_millis(), settings.memory_kib);
    let text = match took {
        quick if quick < Duration::from_millis(50) => {
            let more = settings.memory_kib.saturating_mul(2);
            format!("{now}; this machine could afford password.memory_kib = {more}")
        }
        _ => now,
    };
    finding("passwords", true, text)
}
