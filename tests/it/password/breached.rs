use std::path::PathBuf;

use super::{NEXT, sign_in};
use crate::join::fill;
use crate::support::browser::Browser;
use crate::support::process::{Installation, stderr};
use crate::support::{Op, PASSWORD};

/// A list of passwords as they are given for download, in a file that goes with the test.
struct List(PathBuf);

impl List {
    fn of(passwords: &[&str]) -> Self {
        let hex = |password: &&str| {
            let digest = openssl::sha::sha1(password.as_bytes());
            let words = digest.chunks_exact(4).map(|word| u32::from_be_bytes(word.try_into().unwrap()));
            words.map(|word| format!("{word:08X}")).collect::<Vec<_>>().concat()
        };
        let mut lines: Vec<String> = passwords.iter().map(|password| format!("{}:3\r\n", hex(password))).collect();
        lines.sort();
        Self::holding(&lines.concat())
    }

    fn holding(text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("signet-{}", signet::base::random::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for List {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

#[actix_web::test]
async fn what_others_have_lost_is_not_chosen_here() {
    let list = List::of(&[NEXT, "one more that was found", "and another"]);
    let op = Op::with(|config| config.password.breached_file = list.path().to_owned()).await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, PASSWORD).await;
    let (_, page) = browser.open("/account/password").await.page();
    let (_, refused) = fill(&mut browser, "/account/password", &page, &[("new-password", NEXT)]).await.page();
    assert!(refused.status == 400 && refused.body.contains("found in a breach"), "{}", refused.body);
    let fields = [("new-password", "found nowhere before")];
    assert!(fill(&mut browser, "/account/password", &page, &fields).await.page().0.contains("changed"));
    let fields = [("email", "eve@example.com"), ("name", "Eve"), ("password", NEXT)];
    let mut eve = Browser::new(&op);
    let (_, page) = eve.open("/signup").await.page();
    assert!(fill(&mut eve, "/signup", &page, &fields).await.page().1.body.contains("found in a breach"));
}

#[actix_web::test]
async fn ten_are_looked_for_at_once_from_one_address() {
    let list = List::of(&[NEXT]);
    let op = Op::with(|config| config.password.breached_file = list.path().to_owned()).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/signup").await.page();
    let mut sign_up = async |password: &str| {
        let fields = [("email", "eve@example.com"), ("name", "Eve"), ("password", password)];
        fill(&mut browser, "/signup", &page, &fields).await.page().1.status
    };
    for n in 0..10 {
        assert_eq!(sign_up("short").await, 400, "what is not looked for is not counted");
        assert_eq!(sign_up(NEXT).await, 400, "{n}");
    }
    assert_eq!(sign_up(NEXT).await, 429);
    op.wait(std::time::Duration::from_secs(6));
    assert_eq!(sign_up(NEXT).await, 400);
}

/// Whether the new password is good cannot be told, so it is not set; but nobody is kept from signing in.
#[actix_web::test]
async fn a_list_that_breaks_while_the_server_runs_keeps_new_passwords_waiting() {
    let list = List::of(&[NEXT]);
    let op = Op::with(|config| config.password.breached_file = list.path().to_owned()).await;
    op.user("ada").await;
    std::fs::write(&list.0, "x".repeat(1000)).unwrap();
    let mut browser = Browser::new(&op);
    assert_eq!(sign_in(&mut browser, PASSWORD).await.page().0, "/");
    let (_, page) = browser.open("/account/password").await.page();
    let fields = [("new-password", "found nowhere before")];
    let (_, refused) = fill(&mut browser, "/account/password", &page, &fields).await.page();
    assert_eq!((refused.status, refused.header("retry-after").is_empty()), (503, false), "{}", refused.body);
}

#[actix_web::test]
async fn a_file_that_is_no_such_list_stops_the_start_and_the_doctor_tells() {
    let site = Installation::new().await;
    let with = |args: &[&str], path: &str| {
        let mut command = site.command(args);
        command.env("SIGNET__PASSWORD__BREACHED_FILE", path).output().unwrap()
    };
    let words = List::holding("password\n123456\n");
    for path in ["/nowhere/breached.txt", words.path()] {
        for args in [&["serve", "--check"][..], &["serve"], &["user", "list"], &["doctor"]] {
            let output = with(args, path);
            let told = format!("{}{}", stderr(&output), String::from_utf8_lossy(&output.stdout));
            assert_eq!(output.status.code(), Some(1), "{args:?}: {told}");
            assert!(told.contains("password.breached_file") && told.contains(path), "{args:?}: {told}");
        }
    }
    let good = List::of(&[PASSWORD]);
    assert!(with(&["serve", "--check"], good.path()).status.success());
    let doctor = with(&["doctor"], good.path());
    let told = String::from_utf8_lossy(&doctor.stdout);
    assert!(doctor.status.success() && told.contains("breached list") && told.contains(good.path()), "{told}");
}
