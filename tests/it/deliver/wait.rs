use std::time::Duration;

use signet::deliver::{Deliver, Kind, Letter};
use signet::locale::Locale;
use signet::worker;

use super::{ADA, deliver, deliver_by, op, put, row, rows, sign_up, until_due, waits};
use crate::support::smtp::MailServer;

const DAY: Duration = Duration::from_hours(24);

#[actix_web::test]
async fn what_is_refused_for_now_arrives_later_and_once() {
    for (command, answer) in [
        ("CONNECT", "421 4.3.2 too busy"),
        ("EHLO", "421 4.3.2 too busy"),
        ("MAIL", "452 4.3.1 no room"),
        ("RCPT", "450 4.2.1 greylisted"),
        ("DATA", "451 4.3.0 later"),
        ("END", "451 4.7.1 later"),
    ] {
        let server = MailServer::start();
        let op = op(&server).await;
        sign_up(&op, ADA, Locale::En).await;
        server.answer(command, answer);
        deliver(&op).await;
        waits(&op, &answer[..3]).await;
        let tried = server.conversations();
        server.behave();
        op.wait(Duration::from_secs(9));
        deliver(&op).await;
        assert_eq!(server.conversations(), tried, "{command}: not before the pause is over");
        until_due(&op).await;
        deliver(&op).await;
        assert_eq!(server.letter().to, [ADA], "{command}");
        op.wait(DAY);
        deliver(&op).await;
        assert!(server.letters().is_empty() && rows(&op).await.is_empty(), "{command}");
    }
}

#[actix_web::test]
async fn what_the_receiver_does_not_want_is_given_up_and_forgotten_in_the_end() {
    for (command, answer) in [
        ("RCPT", "550 5.1.1 no such user"),
        ("RCPT", "550 no such user"),
        ("RCPT", "552 5.2.2 mailbox full"),
        ("RCPT", "556 5.1.10 the host takes no mail"),
        ("END", "554 5.6.0 not like this"),
    ] {
        let server = MailServer::start();
        let op = op(&server).await;
        sign_up(&op, ADA, Locale::En).await;
        server.answer(command, answer);
        deliver(&op).await;
        let given_up = row(&op).await;
        assert_eq!(given_up.dead_at, Some(op.app.clock.now()), "{answer}");
        assert!(given_up.error.unwrap().contains(&answer[4..]), "{answer}");
        assert!(op.app.metrics.text().contains("signet_letters_total{result=\"dead\"} 1"));
        let tried = server.conversations();
        server.behave();
        op.wait(DAY * 6);
        deliver(&op).await;
        worker::tend_once(&op.app, "node").await;
        assert_eq!((server.conversations(), rows(&op).await.len()), (tried, 1), "kept for an administrator");
        op.wait(DAY + Duration::from_secs(1));
        worker::tend_once(&op.app, "node").await;
        assert!(rows(&op).await.is_empty());
    }
}

/// RFC 6531: a server that does not say that it can take such an address must not be given it.
#[actix_web::test]
async fn a_receiver_that_the_server_cannot_write_to_is_given_up() {
    let server = MailServer::start();
    let op = op(&server).await;
    sign_up(&op, "jürgen@example.com", Locale::De).await;
    deliver(&op).await;
    let row = row(&op).await;
    assert!(row.dead_at.is_some() && row.error.unwrap().contains("SMTPUTF8"));
}

/// What is ours to mend says nothing about the receiver.
#[actix_web::test]
async fn a_mistake_of_ours_waits_to_be_mended() {
    for (command, answer) in [
        ("MAIL", "530 5.7.0 sign in first"),
        ("RCPT", "530 sign in first"),
        ("MAIL", "553 5.1.8 we do not know this sender"),
        ("RCPT", "554 5.7.1 relay access denied"),
        ("END", "550 5.7.60 not allowed to send as this sender"),
        ("RCPT", "503 5.5.1 bad sequence"),
        ("CONNECT", "554 5.7.1 you are on a list"),
    ] {
        let server = MailServer::start();
        let op = op(&server).await;
        sign_up(&op, ADA, Locale::En).await;
        server.answer(command, answer);
        deliver(&op).await;
        waits(&op, &answer[4..]).await;
        server.behave();
        until_due(&op).await;
        deliver(&op).await;
        assert_eq!(server.letter().to, [ADA], "{answer}");
    }
}

#[actix_web::test]
async fn signing_up_needs_no_mail_server() {
    let mut server = MailServer::down();
    let op = op(&server).await;
    sign_up(&op, ADA, Locale::En).await;
    deliver(&op).await;
    waits(&op, "refused").await;
    assert!(op.app.metrics.text().contains("signet_letters_total{result=\"delayed\"} 1"));
    server.up();
    until_due(&op).await;
    deliver(&op).await;
    assert_eq!(server.letter().to, [ADA]);
}

#[actix_web::test]
async fn a_server_that_never_answers_keeps_nobody() {
    for (command, told) in [
        ("CONNECT", "does not answer"),
        ("EHLO", "does not answer"),
        ("MAIL", "too long"),
        ("RCPT", "too long"),
        ("END", "too long"),
    ] {
        let server = MailServer::start();
        let mut op = op(&server).await;
        deliver_by(&mut op, |deliver| deliver.patience(Duration::from_millis(200)));
        sign_up(&op, ADA, Locale::En).await;
        server.silence(command);
        deliver(&op).await;
        waits(&op, told).await;
        server.behave();
        sign_up(&op, "eve@example.com", Locale::En).await;
        deliver_by(&mut op, |deliver| deliver);
        deliver(&op).await;
        assert_eq!(server.letter().to, ["eve@example.com"], "{command}: the next letter has an answer of its own");
        until_due(&op).await;
        deliver(&op).await;
        assert_eq!(server.letter().to, [ADA], "{command}");
    }
}

/// The letter is taken with the answer to its end; what comes after that changes nothing.
#[actix_web::test]
async fn a_server_without_farewell_has_taken_the_letter() {
    let server = MailServer::start();
    let op = op(&server).await;
    sign_up(&op, ADA, Locale::En).await;
    server.silence("QUIT");
    deliver(&op).await;
    assert_eq!(server.letter().to, [ADA]);
    assert!(rows(&op).await.is_empty());
}

#[actix_web::test]
async fn what_has_expired_is_not_sent() {
    let mut server = MailServer::down();
    let op = op(&server).await;
    sign_up(&op, ADA, Locale::En).await;
    deliver(&op).await;
    server.up();
    op.wait(DAY);
    deliver(&op).await;
    assert_eq!(server.conversations(), 0);
    let row = row(&op).await;
    assert_eq!(row.dead_at, Some(op.app.clock.now()));
    let error = row.error.unwrap();
    assert!(error.contains("too late") && error.contains("refused"), "why it had to wait is kept: {error}");
}

#[actix_web::test]
async fn after_a_day_of_trying_it_is_given_up() {
    let server = MailServer::start();
    let op = op(&server).await;
    let start = op.app.clock.now();
    put(&op, &Letter::mail(Kind::SignUpKnown, Locale::En, ADA), start.plus(DAY * 2)).await;
    server.answer("RCPT", "451 4.3.0 later");
    let mut pauses = Vec::new();
    while row(&op).await.dead_at.is_none() && pauses.len() < 20 {
        let before = op.app.clock.now();
        until_due(&op).await;
        pauses.push(op.app.clock.now().0 - before.0);
        deliver(&op).await;
    }
    let row = row(&op).await;
    assert_eq!(row.dead_at, Some(start.plus(DAY)));
    assert!(row.error.unwrap().contains("451"));
    assert_eq!(server.conversations(), pauses.len(), "tried for the last time when the day is over: {pauses:?}");
    assert!((12..=15).contains(&pauses.len()) && pauses.iter().all(|pause| *pause <= 27_000), "{pauses:?}");
    assert!(op.app.metrics.text().contains("signet_letters_total{result=\"dead\"} 1"));
}

/// A folder that is full or gone is no reason to lose a letter.
#[actix_web::test]
async fn a_folder_that_cannot_be_written_waits() {
    let server = MailServer::down();
    let mut op = super::op_by(&server, "", "").await;
    let app = std::sync::Arc::get_mut(&mut op.app).unwrap();
    app.config.mail.smtp_url.clear();
    app.deliver = Deliver::new(&app.config).unwrap();
    let folder = app.config.data.join("mail");
    std::fs::remove_dir(&folder).unwrap();
    sign_up(&op, ADA, Locale::En).await;
    deliver(&op).await;
    waits(&op, "No such file").await;
    std::fs::create_dir(&folder).unwrap();
    until_due(&op).await;
    assert_eq!(op.mail().await.to, ADA);
}
