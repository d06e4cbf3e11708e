use signet::flow::Error;
use signet::flow::admin::access::{Given, Then};
use signet::model::audit::Action;

use super::{sign_in, signs_in};
use crate::support::browser::Browser;
use crate::support::people;
use crate::support::process::{Installation, stderr};
use crate::support::{Op, PASSWORD};

/// Of [`PASSWORD`].
const BCRYPT: &str = "$2b$05$abcdefghijklmnopqrstuuD3mHdCr44zlIZ.VZCaYRpfQhXMYnEo.";
const DJANGO: &str = "pbkdf2_sha256$1000$aSaltOfText$zjrIbEsri6zdgln4ZSpbbTq64PBe+tF8J3MirpS7NDA=";

async fn set_hash(op: &Op, hash: &str, then: Then) -> Result<(), Error> {
    people::set_password(op.app.cx(), "ada", Given::Hash(hash), then).await.map(drop)
}

#[actix_web::test]
async fn a_hash_of_another_system_signs_in_and_becomes_ours() {
    let op = Op::start().await;
    op.user("ada").await;
    for hash in [BCRYPT, DJANGO] {
        set_hash(&op, hash, Then::Keep).await.unwrap();
        assert!(!signs_in(&op, "some other password").await);
        assert_eq!(op.stored("ada").await, hash, "a wrong password changes nothing");
        assert!(signs_in(&op, PASSWORD).await, "{hash}");
        let ours = op.stored("ada").await;
        assert!(ours.starts_with("$argon2id$v=19$"), "{ours}");
        assert!(signs_in(&op, PASSWORD).await, "{hash}");
        assert_eq!(op.stored("ada").await, ours, "once");
    }
}

/// The new hash belongs to the same password, so what is asked of it stays.
#[actix_web::test]
async fn becoming_ours_changes_neither_age_nor_what_is_asked() {
    let op = Op::with(|config| config.password.max_age = std::time::Duration::from_hours(1)).await;
    op.user("ada").await;
    set_hash(&op, BCRYPT, Then::Keep).await.unwrap();
    op.wait(std::time::Duration::from_mins(59));
    assert!(signs_in(&op, PASSWORD).await);
    op.wait(std::time::Duration::from_mins(1));
    assert!(sign_in(&mut Browser::new(&op), PASSWORD).await.page().0.starts_with("/new-password"));
    set_hash(&op, BCRYPT, Then::Change).await.unwrap();
    for _ in 0..2 {
        assert!(sign_in(&mut Browser::new(&op), PASSWORD).await.page().0.starts_with("/new-password"));
    }
}

#[actix_web::test]
async fn what_cannot_be_checked_is_not_taken_and_no_door() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    for hash in ["", "$1$salt$hash", "$2b$31$abcdefghijklmnopqrstuuD3mHdCr44zlIZ.VZCaYRpfQhXMYnEo."] {
        let before = op.stored("ada").await;
        match set_hash(&op, hash, Then::Keep).await {
            Err(Error::Refused(refusal)) => assert!(refusal.reason.starts_with("hash: "), "{}", refusal.reason),
            other => panic!("{hash}: {other:?}"),
        }
        assert_eq!(op.stored("ada").await, before);
        // as if it had been put there by hand
        let row = signet::model::user::Password {
            tenant_id: ada.tenant_id.clone(),
            user_id: ada.id.clone(),
            phc: hash.to_owned(),
            changed_at: op.app.clock.now(),
            must_change: false,
        };
        op.app.db.write(async |tx| signet::store::user::set_password(tx, &row, 0).await).await.unwrap();
        assert_eq!(sign_in(&mut Browser::new(&op), PASSWORD).await.page().1.status, 401, "{hash}");
        op.set_password("ada", PASSWORD).await;
        op.wait(std::time::Duration::from_mins(1));
    }
}

#[actix_web::test]
async fn the_command_takes_hashes_and_asks_for_changes() {
    let site = Installation::new().await;
    site.json(&["user", "create", "--email", "ada@example.com", "--password-stdin"], "correct horse battery\n");
    site.json(&["user", "set-password", "ada", "--hash-stdin", "--must-change"], &format!("{BCRYPT}\n"));
    let shown = &site.json(&["user", "show", "ada"], "")["password"];
    assert_eq!((&shown["hash"], &shown["must_change"]), (&"bcrypt".into(), &true.into()));
    site.json(&["user", "require-password-change", "ada"], "");
    for (input, told) in [
        ("correct horse battery\n", "hash: it is none of"),
        ("$2b$31$abcdefghijklmnopqrstuuD3mHdCr44zlIZ.VZCaYRpfQhXMYnEo.\n", "too long"),
    ] {
        let output = site.run(&["user", "set-password", "ada", "--hash-stdin"], input);
        assert!(!output.status.success() && stderr(&output).contains(told), "{}", stderr(&output));
    }
    site.json(&["user", "create", "--email", "eve@example.com"], "");
    assert!(site.json(&["user", "show", "eve"], "")["password"].is_null());
    let nothing = site.run(&["user", "require-password-change", "eve"], "");
    assert!(!nothing.status.success() && stderr(&nothing).contains("no password of eve"), "{}", stderr(&nothing));
}

#[actix_web::test]
async fn what_operators_do_is_on_record() {
    let op = Op::start().await;
    op.user("ada").await;
    set_hash(&op, BCRYPT, Then::Keep).await.unwrap();
    people::require_password_change(op.app.cx(), "ada").await.unwrap();
    set_hash(&op, BCRYPT, Then::Change).await.unwrap();
    let rows = op.audit(100).await;
    let found = |action| rows.iter().find(|row| row.action == action).unwrap();
    assert!(found(Action::PasswordSet).changes.as_ref().unwrap().contains("to be changed"));
    assert!(found(Action::PasswordRequire).target_id.is_some());
    let told =
        |row: &signet::model::audit::Audit| format!("{} {}", row.detail, row.changes.clone().unwrap_or_default());
    assert!(rows.iter().all(|row| !told(row).contains("$2b$")));
}
