use std::time::Duration;

use signet::deliver::Deliver;
use signet::locale::Locale;

use super::secrets::Log;
use super::{ADA, deliver, op_by, sign_up, until_due, waits};
use crate::support::Op;
use crate::support::smtp::{MailServer, Tls};

#[actix_web::test]
async fn a_letter_is_encrypted_and_signed_in_for() {
    for (tls, parameters) in
        [(Tls::OnDemand, "?tls=required"), (Tls::OnDemand, "?tls=opportunistic"), (Tls::AtOnce, "")]
    {
        let server = MailServer::with(tls);
        server.require_login("signet", "p@ss:w/rd");
        let op = op_by(&server, "signet:p%40ss%3Aw%2Frd@", parameters).await;
        sign_up(&op, ADA, Locale::En).await;
        deliver(&op).await;
        let received = server.letter();
        assert!(received.encrypted && received.login.is_some(), "{tls:?} {parameters}");
        let plain = server.commands();
        assert!(plain.iter().all(|line| line.starts_with("EHLO") || line == "STARTTLS"), "{plain:?}");
    }
}

/// Whoever can change what is on the wire must not be able to take the encryption out.
#[actix_web::test]
async fn without_encryption_nothing_is_sent() {
    let plain = MailServer::start();
    let refusing = MailServer::with(Tls::OnDemand);
    refusing.answer("STARTTLS", "454 4.7.0 not now");
    for (server, told) in [(&plain, "STARTTLS is not supported"), (&refusing, "454")] {
        server.require_login("signet", "secret");
        let op = op_by(server, "signet:secret@", "?tls=required").await;
        sign_up(&op, ADA, Locale::En).await;
        deliver(&op).await;
        waits(&op, told).await;
        assert!(server.letters().is_empty());
        let said = server.commands();
        assert!(said.iter().all(|line| !line.starts_with("MAIL") && !line.starts_with("AUTH")), "{said:?}");
    }
}

#[actix_web::test]
async fn a_certificate_that_is_not_trusted_waits_and_is_told() {
    let other = MailServer::with(Tls::OnDemand);
    for (tls, parameters) in
        [(Tls::OnDemand, "?tls=required"), (Tls::OnDemand, "?tls=opportunistic"), (Tls::AtOnce, "")]
    {
        let server = MailServer::with(tls);
        for (ca_file, host, told) in [
            (String::new(), "localhost", "UnknownIssuer"),
            (other.ca_file(), "localhost", "UnknownIssuer"),
            (server.ca_file(), "127.0.0.1", "not valid for name"),
        ] {
            let url = server.url("", parameters).replace("localhost", host);
            let op = Op::with(|config| {
                config.mail.smtp_url = url;
                config.mail.ca_file = ca_file;
            })
            .await;
            let log = Log::start();
            sign_up(&op, ADA, Locale::En).await;
            deliver(&op).await;
            waits(&op, told).await;
            let log = log.text();
            assert!(log.contains("a letter has to wait") && log.contains(told), "{log}");
        }
        assert!(server.letters().is_empty());
        let said = server.commands();
        assert!(said.iter().all(|line| !line.starts_with("MAIL")), "never in plain: {said:?}");
    }
}

#[actix_web::test]
async fn a_wrong_password_waits_for_the_right_one() {
    let server = MailServer::with(Tls::AtOnce);
    server.require_login("signet", "right");
    let mut op = op_by(&server, "signet:Tr0ub4dor@", "").await;
    let log = Log::start();
    sign_up(&op, ADA, Locale::En).await;
    for _ in 0..3 {
        deliver(&op).await;
        waits(&op, "535").await;
        until_due(&op).await;
    }
    let app = std::sync::Arc::get_mut(&mut op.app).unwrap();
    app.config.mail.smtp_url = server.url("signet:right@", "");
    app.deliver = Deliver::new(&app.config).unwrap();
    deliver(&op).await;
    assert_eq!(server.letter().to, [ADA]);
    log.holds_none_of(&["Tr0ub4dor", "AFRyMHViNGRvcg"]);
}

#[actix_web::test]
async fn a_handshake_that_stalls_waits() {
    let silent = MailServer::start();
    silent.silence("CONNECT");
    let url = format!("smtps://localhost:{}", silent.port);
    let mut op = Op::with(|config| config.mail.smtp_url = url).await;
    super::deliver_by(&mut op, |deliver| deliver.patience(Duration::from_millis(100)));
    sign_up(&op, ADA, Locale::En).await;
    deliver(&op).await;
    waits(&op, "does not answer").await;
}
