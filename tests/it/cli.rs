//! The command line, as its users type it.

use crate::support::process::{Installation, stderr};

#[actix_web::test]
async fn people_are_made_shown_shut_and_opened() {
    let site = Installation::new().await;
    let create = [
        "user",
        "create",
        "--email",
        "Ada@Example.com",
        "--username",
        "Ada",
        "--password-stdin",
        "--verified",
        "--role",
        "admin",
    ];
    let made = site.json(&create, "correct horse battery\n");
    assert_eq!((&made["state"], &made["email_verified"]), (&"active".into(), &true.into()));
    assert_eq!(made["roles"], serde_json::json!(["admin", "user"]));
    for name in [made["id"].as_str().unwrap(), "ada", "ADA@example.com"] {
        assert_eq!(site.json(&["user", "show", name], "")["id"], made["id"], "{name}");
    }
    let last = site.run(&["user", "disable", "ada"], "");
    assert!(stderr(&last).contains("last administrator"), "{}", stderr(&last));
    let second = ["user", "create", "--email", "berta@example.com", "--password-stdin"];
    site.json(&second, "correct horse battery\n");
    let roles = site.json(&["user", "grant-role", "berta", "admin"], "")["roles"].clone();
    assert_eq!(roles, serde_json::json!(["admin", "user"]));
    assert_eq!(site.json(&["user", "disable", "ada"], "")["state"], "deactivated");
    assert_eq!(site.json(&["user", "enable", "ada"], "")["state"], "active");
    assert_eq!(site.json(&["user", "unlock", "ada"], "")["state"], "active");
    site.json(&["user", "set-password", "ada"], "another long password\n");
    assert_eq!(site.json(&["user", "revoke-role", "ada", "admin"], "")["roles"], serde_json::json!(["user"]));
    let last = site.run(&["user", "revoke-role", "berta", "admin"], "");
    assert!(stderr(&last).contains("last administrator"), "{}", stderr(&last));
    let first = site.json(&["user", "list", "--limit", "1"], "");
    let next = first["next"].as_str().unwrap();
    let rest = site.json(&["user", "list", "--after", next], "");
    assert_eq!((&first["users"][0]["username"], &rest["users"][0]["username"]), (&"Ada".into(), &"berta".into()));
    assert!(site.json(&["user", "list", "--limit", "2"], "")["next"].is_null(), "that was all");
    let text = |args: &[&str]| String::from_utf8(site.run(args, "").stdout).unwrap();
    assert!(text(&["user", "list", "--limit", "1"]).ends_with(&format!("\n\nnext  {next}\n")));
    let first = site.json(&["audit", "list", "--limit", "1"], "");
    let id = first["next"].as_str().unwrap();
    let told = text(&["audit", "list", "--limit", "1"]);
    assert!(told.contains(first["audit"][0]["id"].as_str().unwrap()) && told.contains("\n\nnext  "), "{told}");
    let second = site.json(&["audit", "list", "--before", id, "--limit", "1"], "");
    assert_ne!(second["audit"][0]["id"], first["audit"][0]["id"]);
}

#[actix_web::test]
async fn what_administrators_note_of_people_is_set_shown_and_taken_away() {
    let site = Installation::new().await;
    let fields = r#"[{ name = "badge", type = "number", label = "Badge", editor = "administrator" }]"#;
    let run = |args: &[&str]| {
        let mut command = site.command(args);
        command.env("SIGNET__PROFILE__TYPES", "employee,guest").env("SIGNET__PROFILE__FIELDS", fields).output().unwrap()
    };
    let shown =
        || -> serde_json::Value { serde_json::from_slice(&run(&["--json", "user", "show", "ada"]).stdout).unwrap() };
    site.json(&["user", "create", "--email", "ada@example.com", "--password-stdin"], "correct horse battery\n");
    assert!(run(&["user", "set-type", "ada", "employee"]).status.success());
    assert!(run(&["user", "set-field", "ada", "badge", "-4711"]).status.success());
    let json = shown();
    assert_eq!((&json["type"], &json["fields"]), (&"employee".into(), &serde_json::json!({ "badge": -4711 })));
    let told = String::from_utf8(run(&["user", "show", "ada"]).stdout).unwrap();
    assert!(told.contains("type      employee") && told.contains("badge: -4711"), "{told}");
    for (args, told) in [
        (["user", "set-type", "ada", "pirate"].as_slice(), "employee, guest"),
        (&["user", "set-field", "ada", "rank", "1"], "no field of people"),
        (&["user", "set-field", "ada", "badge", "gold"], "a number"),
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(stderr(&output).contains(told), "{args:?}: {}", stderr(&output));
    }
    assert!(run(&["user", "set-type", "ada"]).status.success());
    assert!(run(&["user", "set-field", "ada", "badge"]).status.success());
    let json = shown();
    assert_eq!((&json["type"], &json["fields"]), (&serde_json::Value::Null, &serde_json::json!({})));
}

#[actix_web::test]
async fn people_are_deleted_kept_and_erased() {
    let site = Installation::new().await;
    let create = ["user", "create", "--email", "ada@example.com", "--password-stdin"];
    site.json(&create, "correct horse battery\n");
    let begun = site.json(&["user", "delete", "ada"], "");
    assert_eq!(begun["state"], "deleting");
    assert!(begun["erased_at"].as_i64().unwrap() > 0, "{begun}");
    let again = site.run(&["user", "delete", "ada"], "");
    assert!(stderr(&again).contains("deleting"), "{}", stderr(&again));
    assert_eq!(site.json(&["user", "restore", "ada"], "")["state"], "active");
    site.json(&["user", "delete", "ada"], "");
    assert_eq!(site.json(&["user", "delete", "ada", "--now"], "")["state"], "erased");
    assert!(stderr(&site.run(&["user", "restore", "ada"], "")).contains("no user ada"));
    site.json(&create, "correct horse battery\n");
    assert_eq!(site.json(&["user", "delete", "--now", "ada"], "")["state"], "erased");
    assert_eq!(site.json(&["user", "list"], "")["users"].as_array().unwrap().len(), 0);
}

#[actix_web::test]
async fn mistakes_are_told_and_change_nothing() {
    let site = Installation::new().await;
    let create = |email: &'static str, role: &'static str| {
        ["user", "create", "--email", email, "--password-stdin", "--role", role]
    };
    site.json(&create("ada@example.com", "user"), "correct horse battery\n");
    let cases: [(&str, &[&str], &str, &str); 9] = [
        ("taken", &create("ADA@example.com", "user"), "correct horse battery\n", "somebody has it already"),
        ("bad address", &create("ada", "user"), "correct horse battery\n", "e-mail address"),
        ("short password", &create("eve@example.com", "user"), "short\n", "at least 8"),
        ("unknown role", &create("eve@example.com", "king"), "correct horse battery\n", "no role king"),
        ("unknown user", &["user", "show", "nobody"], "", "no user nobody"),
        ("unknown client", &["client", "disable", "nobody"], "", "no client nobody"),
        ("unknown reference", &["explain", "ABCD-EFGH"], "", "ABCD-EFGH"),
        ("http redirect", &["client", "create", "--name", "A", "--redirect-uri", "http://rp.test/cb"], "", "https"),
        ("no redirect", &["client", "create", "--name", "A"], "", "redirect_uris"),
    ];
    for (name, args, input, told) in cases {
        let output = site.run(args, input);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(stderr(&output).contains(told), "{name}: {}", stderr(&output));
        assert!(output.stdout.is_empty(), "{name}");
    }
    assert_eq!(site.json(&["user", "list"], "")["users"].as_array().unwrap().len(), 1);
    let json = site.run(&["user", "show", "nobody", "--json"], "");
    let told: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(told["error"], "invalid_request");
}

#[actix_web::test]
async fn clients_by_flags_and_by_metadata() {
    let site = Installation::new().await;
    let flags = [
        "client",
        "create",
        "--name",
        "Demo",
        "--redirect-uri",
        "http://localhost:9000/cb",
        "--redirect-uri",
        "https://rp.test/cb",
        "--scope",
        "openid email",
        "--scope",
        "api",
        "--auth",
        "client_secret_post",
        "--id-token-alg",
        "ES256",
        "--access-token",
        "opaque",
        "--no-pkce",
        "--first-party",
        "--post-logout-redirect-uri",
        "https://rp.test/bye",
    ];
    let made = site.json(&flags, "");
    assert!(made["client_secret"].as_str().unwrap().starts_with("sgt_cs_"));
    assert_eq!(made["scope"], "openid email api");
    let shown = site.json(&["client", "show", made["client_id"].as_str().unwrap()], "");
    assert!(shown["client_secret"].is_null(), "the only time");
    assert_eq!((&shown["redirect_uris"], &shown["require_pkce"]), (&made["redirect_uris"], &false.into()));

    let metadata =
        r#"{"client_name": "M", "redirect_uris": ["https://rp.test/"], "token_endpoint_auth_method": "none"}"#;
    let public = site.json(&["client", "create", "--metadata", "-"], metadata);
    assert!(public["client_secret"].is_null());
    let unknown = site.run(&["client", "create", "--metadata", "-"], r#"{"client_name": "M", "jwks": {}}"#);
    assert!(!unknown.status.success() && stderr(&unknown).contains("jwks"), "{}", stderr(&unknown));
    let rotated = site.json(&["client", "rotate-secret", made["client_id"].as_str().unwrap()], "");
    assert_ne!(rotated["client_secret"], made["client_secret"]);
    assert!(!site.run(&["client", "rotate-secret", public["client_id"].as_str().unwrap()], "").status.success());
}

#[actix_web::test]
async fn clients_are_changed_deleted_and_restored() {
    let site = Installation::new().await;
    let made = site.json(&["client", "create", "--name", "Demo", "--redirect-uri", "https://rp.test/cb"], "");
    let id = made["client_id"].as_str().unwrap();
    let edit = ["client", "edit", id, "--metadata", "-"];
    let edited = site.json(&edit, r#"{"client_name": "Shop", "first_party": true}"#);
    assert_eq!((&edited["client_name"], &edited["first_party"]), (&"Shop".into(), &true.into()));
    assert_eq!(edited["redirect_uris"], made["redirect_uris"], "what is not named stays");
    let wrong = site.run(&edit, r#"{"redirect_uris": []}"#);
    assert!(stderr(&wrong).contains("redirect_uris"), "{}", stderr(&wrong));
    assert_eq!(site.json(&["client", "disable", id], "")["state"], "disabled");
    assert_eq!(site.json(&["client", "enable", id], "")["state"], "enabled");
    assert_eq!(site.json(&["client", "delete", id], "")["state"], "deleted");
    assert_eq!(site.json(&["client", "list"], "")["clients"].as_array().unwrap().len(), 0);
    let deleted = site.json(&["client", "list", "--state", "deleted", "--name", "sh"], "");
    assert_eq!(deleted["clients"][0]["client_id"], id);
    assert!(stderr(&site.run(&edit, "{}")).contains("restore it first"));
    assert_eq!(site.json(&["client", "restore", id], "")["state"], "enabled");
    let rotated = site.json(&["client", "rotate-secret", id, "--end-old"], "");
    assert_ne!(rotated["client_secret"], made["client_secret"]);
    assert_eq!(site.json(&["client", "withdraw", id], "")["grants"], 0);
}

#[actix_web::test]
async fn keys_are_rotated_and_revoked_and_clients_tested() {
    let site = Installation::new().await;
    site.json(&["keys", "rotate", "--alg", "EdDSA"], "");
    let keys = site.json(&["keys", "list"], "")["keys"].as_array().unwrap().clone();
    let current = |keys: &[serde_json::Value], alg: &str| {
        let found = keys.iter().find(|key| key["alg"] == alg && key["stage"] == "current").unwrap();
        found["kid"].as_str().unwrap().to_owned()
    };
    let old = current(&keys, "ES256");
    let revoked = site.json(&["keys", "revoke", &old], "");
    let keys = site.json(&["keys", "list"], "")["keys"].as_array().unwrap().clone();
    assert_eq!(revoked["next"]["kid"], current(&keys, "ES256"));
    assert!(keys.iter().all(|key| key["kid"] != old.as_str()));
    assert!(stderr(&site.run(&["keys", "revoke", &old], "")).contains("no key"));

    let create = ["client", "create", "--name", "Demo", "--redirect-uri", "http://127.0.0.1:9/cb"];
    let good = site.json(&create, "");
    let tested = site.json(&["client", "self-test", good["client_id"].as_str().unwrap()], "");
    assert_eq!(tested["ok"], true, "{tested}");
    let bad = site.json(&[&create[..], &["--scope", "openid"]].concat(), "");
    let failed = site.run(&["client", "self-test", bad["client_id"].as_str().unwrap()], "");
    let told = String::from_utf8_lossy(&failed.stdout).into_owned();
    assert!(failed.status.code() == Some(1) && told.contains("FAIL  client.refresh"), "{told}");
}

#[actix_web::test]
async fn the_configuration_is_checked_before_anything_happens() {
    let site = Installation::new().await;
    let mut command = site.command(&["serve", "--check"]);
    command.env("SIGNET__TOKEN__CODE_TTL", "9999").env("SIGNET__SERVER__LISEN", "x");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    assert!(told.contains("token.code_ttl") && told.contains("9999") && told.contains("LISEN"), "{told}");
    assert!(!site.data.exists(), "nothing was made");
    assert!(site.command(&["serve", "--check"]).output().unwrap().status.success());
    let file = site.data.with_extension("toml");
    std::fs::write(&file, "token.code_ttl = 9999").unwrap();
    for args in [
        ["--config", file.to_str().unwrap(), "serve", "--check"],
        ["serve", "--check", "--config", file.to_str().unwrap()],
    ] {
        let output = site.run(&args, "");
        assert!(stderr(&output).contains("token.code_ttl"), "before and behind the command: {}", stderr(&output));
    }
    std::fs::remove_file(&file).unwrap();
    let missing = site.run(&["--config", "/nonexistent/signet.toml", "user", "list"], "");
    assert!(!missing.status.success() && stderr(&missing).contains("/nonexistent/signet.toml"));
}

#[actix_web::test]
async fn a_database_that_cannot_be_used_is_told() {
    let mut site = Installation::new().await;
    site.database = "sqlite:/nonexistent/folder/signet.db".to_owned();
    let output = site.run(&["user", "list"], "");
    assert!(!output.status.success() && stderr(&output).contains("database"), "{}", stderr(&output));
    site.database = "postgres://nobody@127.0.0.1:1/none".to_owned();
    let output = site.run(&["user", "list"], "");
    assert!(!output.status.success() && stderr(&output).contains("database"), "{}", stderr(&output));
}

#[actix_web::test]
async fn doctor_and_healthcheck_tell_how_it_is() {
    let mut site = Installation::new().await;
    let well = site.json(&["doctor"], "");
    assert_eq!(well["ok"], true, "{well}");
    let listen = format!("127.0.0.1:{}", site.port);
    let health = |site: &Installation| {
        let mut command = site.command(&["healthcheck"]);
        command.env("SIGNET__SERVER__LISTEN", &listen).output().unwrap().status.success()
    };
    assert!(!health(&site));
    site.serve().await;
    assert!(health(&site));
}

#[actix_web::test]
async fn help_says_what_each_command_does() {
    let site = Installation::new().await;
    for args in [&["--help"][..], &["serve", "--help"], &["client", "create", "--help"], &["user", "create", "--help"]]
    {
        let output = site.run(args, "");
        assert!(output.status.success(), "{args:?}");
        assert!(output.stdout.len() > 200, "{args:?}");
    }
    assert_eq!(site.run(&["frobnicate"], "").status.code(), Some(2));
}

#[actix_web::test]
async fn settings_are_listed_set_and_reset() {
    let site = Installation::new().await;
    let of = |name: &str| {
        let all = site.json(&["settings", "list"], "")["settings"].clone();
        all.as_array().unwrap().iter().find(|row| row["key"] == name).unwrap().clone()
    };
    assert_eq!(of("password.min_length")["value"], 8);
    let set = site.json(&["settings", "set", "password.min_length", "12"], "");
    assert_eq!((&set["value"], &set["source"]), (&12.into(), &"database".into()));
    site.json(&["settings", "set", "factor.alone", "email,sms"], "");
    assert_eq!(of("factor.alone")["value"], serde_json::json!(["email", "sms"]));
    let refused = site.run(&["settings", "set", "password.min_length", "7"], "");
    assert!(!refused.status.success() && stderr(&refused).contains("8 to 128"), "{}", stderr(&refused));
    let fixed = site.run(&["settings", "set", "issuer", "https://evil.test"], "");
    assert!(!fixed.status.success() && stderr(&fixed).contains("issuer"), "{}", stderr(&fixed));
    assert_eq!(site.json(&["settings", "reset", "password.min_length"], "")["value"], 8);
    let mut command = site.command(&["settings", "set", "password.min_length", "12"]);
    let pinned = command.env("SIGNET__PASSWORD__MIN_LENGTH", "9").output().unwrap();
    assert!(stderr(&pinned).contains("SIGNET__PASSWORD__MIN_LENGTH"), "{}", stderr(&pinned));
}
