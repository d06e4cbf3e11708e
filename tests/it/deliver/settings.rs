use std::process::Output;

use crate::support::process::{Installation, stderr};

const SECRET: &str = "Tr0ub4dor";

fn check(site: &Installation, settings: &[(&str, &str)]) -> Output {
    let mut command = site.command(&["serve", "--check"]);
    command.envs(settings.iter().copied()).output().unwrap()
}

#[actix_web::test]
async fn a_wrong_setting_is_told_with_what_is_allowed_and_without_the_password() {
    let site = Installation::new().await;
    let url = "SIGNET__MAIL__SMTP_URL";
    for (name, value, told) in [
        (url, "signet:Tr0ub4dor@mail.test", "smtp://user:password@host"),
        (url, "http://signet:Tr0ub4dor@mail.test", "smtp://user:password@host"),
        (url, "smtp://signet:Tr0ub4dor@:25:25?tls=required", "smtp://user:password@host"),
        (url, "smtp://signet:Tr0ub4dor@mail.test:99999?tls=required", "smtp://user:password@host"),
        (url, "smtp://signet:Tr0ub4dor%FF@mail.test?tls=required", "%40 stands for @"),
        (url, "smtp://signet:Tr0ub4dor@mail.test?tls=yes", "tls must be required"),
        (url, "smtp://signet:Tr0ub4dor@mail.test?tsl=required", "tls=required"),
        (url, "smtps://signet:Tr0ub4dor@mail.test?tls=opportunistic", "tls must be required"),
        (url, "smtp://Tr0ub4dor@mail.test?tls=required", "user and password belong together"),
        (url, "smtp://signet:Tr0ub4dor@mail.test", "a password goes only over TLS"),
        (url, "smtp://signet:Tr0ub4dor@mail.test?tls=opportunistic", "a password goes only over TLS"),
        ("SIGNET__MAIL__SMPT_URL", "smtps://signet:Tr0ub4dor@mail.test", "smtp_url"),
        ("SIGNET__MAIL__FROM", "Signet", "Name <address>"),
        ("SIGNET__MAIL__FROM", "no-reply@bücher.example", "ASCII"),
        ("SIGNET__MAIL__CA_FILE", "/ca.pem", "mail.smtp_url"),
        ("SIGNET__SMS__URL", "https://AC1:Tr0ub4dor@sms.test", "without a password"),
        ("SIGNET__SMS__URL", "http://sms.test", "https://host"),
        ("SIGNET__SMS__URL", "https://sms.test/", "without a slash"),
        ("SIGNET__SMS__ACCOUNT", "AC1", "all three, or none"),
        ("SIGNET__SMS__TOKEN", "Tr0ub4dor", "all three, or none"),
        ("SIGNET__SMS__ACCOUNT", "../x", "letters and digits"),
    ] {
        let output = check(&site, &[(name, value)]);
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), stderr(&output));
        let key = name.trim_start_matches("SIGNET__").to_lowercase().replace("__", ".");
        assert_eq!(output.status.code(), Some(1), "{value}: {said}");
        let key = if key.contains("token") { "sms.account" } else { &key };
        assert!(said.to_lowercase().replace("__", ".").contains(key) && said.contains(told), "{value}: {said}");
        assert!(!said.contains(SECRET), "{said}");
    }
    for value in [
        "",
        "smtp://mail.test",
        "smtp://mail.test:587?tls=required",
        "smtps://signet:Tr0ub4dor@mail.test",
        "smtp://signet:Tr0ub4dor@127.0.0.1:1025",
        "smtp://signet:Tr0ub4dor@[::1]:1025",
    ] {
        let output = check(&site, &[(url, value)]);
        assert!(output.status.success(), "{value}: {}", stderr(&output));
    }
}

/// A file with a mistake is not repeated: the line may be the one with the password.
#[actix_web::test]
async fn a_wrong_file_is_told_without_the_password() {
    let site = Installation::new().await;
    std::fs::create_dir_all(&site.data).unwrap();
    let path = site.data.join("signet.toml");
    for (file, told) in [
        ("[mail]\nsmtp_url = \"smtps://signet:Tr0ub4dor@mail.test\nfrom = ''", "line 2"),
        ("[mail]\nsmtp_ulr = \"smtps://signet:Tr0ub4dor@mail.test\"", "mail.smtp_ulr"),
        ("[mail]\nsmtp_url = [\"smtps://signet:Tr0ub4dor@mail.test\"]", "must be of type string"),
        ("[mail.smtp_url]\nurl = \"smtps://signet:Tr0ub4dor@mail.test\"", "must be of type string"),
        ("mail = \"smtps://signet:Tr0ub4dor@mail.test\"", "must be of type table"),
    ] {
        std::fs::write(&path, file).unwrap();
        let output = site.run(&["--config", path.to_str().unwrap(), "serve", "--check"], "");
        assert!(!output.status.success() && stderr(&output).contains(told), "{file}: {}", stderr(&output));
        assert!(!stderr(&output).contains(SECRET), "{}", stderr(&output));
    }
}

#[actix_web::test]
async fn a_file_of_authorities_that_is_none_is_told_at_the_start() {
    let mut site = Installation::new().await;
    std::fs::create_dir_all(&site.data).unwrap();
    rustix::fs::chmod(&site.data, rustix::fs::Mode::from_raw_mode(0o700)).unwrap();
    let path = site.data.join("ca.pem");
    for content in [None, Some("no certificate")] {
        if let Some(content) = content {
            std::fs::write(&path, content).unwrap();
        }
        let mut command = site.command(&["serve"]);
        command.env("SIGNET__MAIL__SMTP_URL", "smtps://signet:Tr0ub4dor@mail.test").env("SIGNET__MAIL__CA_FILE", &path);
        let output = command.output().unwrap();
        assert!(!output.status.success());
        let told = stderr(&output);
        assert!(told.contains("mail.ca_file") && told.contains("PEM file") && !told.contains(SECRET), "{told}");
    }
    site.kill();
}
