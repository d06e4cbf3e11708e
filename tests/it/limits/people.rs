//! Names, addresses and passwords of people (L-28), at the command line, on the page of the first start and at sign-in.

use signet::flow::admin::access::{Given, Then};
use signet::flow::user::New;
use signet::flow::{Error, setup};

use crate::support::browser::{Browser, hidden, pairs};
use crate::support::people;
use crate::support::{ISSUER, Op};

/// Not one letter again and again, which is no password.
fn password(size: usize) -> String {
    "correct horse ".chars().cycle().take(size).collect()
}

/// An address of so many bytes, with as long a name before the `@` as may be.
fn email(size: usize) -> String {
    let letters = |count: usize| "a".repeat(count);
    format!("{}@{}.{}.{}", letters(64), letters(63), letters(63), letters(size - 64 - 1 - 2 * 64))
}

fn person(field: &str, value: &str) -> New {
    let mut new = New { email: "ada@example.com".to_owned(), username: "ada".to_owned(), ..New::default() };
    match field {
        "email" => value.clone_into(&mut new.email),
        "username" => value.clone_into(&mut new.username),
        "name" => new.name = Some(value.to_owned()),
        _ => new.password = Some(value.to_owned()),
    }
    new
}

#[actix_web::test]
async fn what_a_person_may_be_called() {
    let letters = |size: usize| "b".repeat(size);
    let cases: [(&str, String, String); 6] = [
        ("username", letters(3), letters(2)),
        ("username", letters(64), letters(65)),
        ("name", letters(128), letters(129)),
        ("email", email(254), email(255)),
        ("password", password(8), password(7)),
        ("password", password(1024), password(1025)),
    ];
    for (field, good, bad) in cases {
        let op = Op::start().await;
        match people::create(op.app.cx(), person(field, &bad)).await {
            Err(Error::Refused(refusal)) => assert!(refusal.reason.starts_with(field), "{}", refusal.reason),
            other => panic!("{field} {}: {other:?}", bad.len()),
        }
        people::create(op.app.cx(), person(field, &good)).await.unwrap();
        if field == "password" {
            let set = people::set_password(op.app.cx(), "ada", Given::Plain(&bad), Then::Keep).await;
            assert!(set.is_err(), "{}", bad.len());
            op.set_password("ada", &good).await;
        }
    }
}

#[actix_web::test]
async fn the_same_at_the_first_start_and_not_a_letter_of_the_password_is_lost() {
    let op = Op::start().await;
    let link = setup::link(op.app.cx()).await.unwrap().unwrap();
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open(link.strip_prefix(ISSUER).unwrap()).await.page();
    let form = |more: usize| {
        let mut form = hidden(&page.body);
        let fields = [
            ("email", email(254 + more)),
            ("username", "b".repeat(64 + more)),
            ("name", "b".repeat(128 + more)),
            ("password", password(1024 + more)),
        ];
        form.extend(fields.map(|(name, value)| (name.to_owned(), value)));
        form
    };
    let (_, over) = browser.submit("/setup", &pairs(&form(1))).await.page();
    assert_eq!(over.status, 400);
    assert_eq!(over.body.matches("aria-invalid=\"true\"").count(), 4, "each is told: {}", over.body);
    assert_eq!(browser.submit("/setup", &pairs(&form(0))).await.page().0, "/account/security/start");

    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    let name = "b".repeat(64);
    for wrong in [password(1023), password(1025)] {
        assert_eq!(browser.sign_in(&page, &name, &wrong).await.page().1.status, 401, "{}", wrong.len());
    }
    assert_eq!(browser.sign_in(&page, &email(254), &password(1024)).await.page().0, "/account/security/start");
}
