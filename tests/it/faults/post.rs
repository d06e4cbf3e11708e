//! A letter whose cause was acknowledged arrives, whatever happens to the server that wrote it (security.md F-15).

use std::process::Command;
use std::time::Duration;

use diesel::ExpressionMethods as _;
use diesel_async::RunQueryDsl as _;
use signet::base::time::Ts;
use signet::schema::outbox;
use signet::store::{Conn, Db};

use crate::support::PASSWORD;
use crate::support::process::{Installation, Visitor};
use crate::support::smtp::MailServer;

const SECRET: &str = "Tr0ub4dor";

fn serve(site: &Installation, mail: &MailServer) -> Command {
    let listen = format!("127.0.0.1:{}", site.port);
    let mut command = site.command(&["serve", "--listen", &listen]);
    command.env("SIGNET__MAIL__SMTP_URL", mail.url(&format!("signet:{SECRET}@"), ""));
    command.env("SIGNET__LOG__LEVEL", "trace");
    command
}

/// All that waits is due now, as it is after a while.
async fn time_passes(site: &Installation) {
    let db = Db::open(&site.database, "", 1).unwrap();
    let count = db.write(async |tx| {
        let due = diesel::update(outbox::table).set(outbox::due_at.eq(Ts(0)));
        let count = match tx {
            Conn::Lite(conn) => due.execute(&mut **conn).await,
            Conn::Pg(conn) => due.execute(&mut ***conn).await,
        };
        Ok::<_, signet::store::Error>(count?)
    });
    assert_eq!(count.await.unwrap(), 1, "the letter was kept");
}

async fn code(mail: &MailServer) -> String {
    for _ in 0..400 {
        if let Some(received) = mail.letters().pop() {
            let text = received.message().body_text(0).unwrap().into_owned();
            return text.lines().find(|line| line.len() == 6).unwrap().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("no letter arrives");
}

#[actix_web::test]
async fn a_letter_survives_the_server_that_wrote_it() {
    let mut mail = MailServer::down();
    mail.require_login("signet", SECRET);
    let mut site = Installation::new().await;
    let mut log = site.serve_by(serve(&site, &mail)).await;

    let mut visitor = Visitor::default();
    let page = visitor.get(&site, "/signup").await;
    let fields = [("email", "grace@example.com"), ("name", "Grace"), ("password", PASSWORD)];
    let page = visitor.fill(&site, "/signup", &page, &fields).await;
    assert!(page.contains("action=\"/verify\""), "acknowledged: {page}");
    site.kill();
    log.push_str(&site.log());

    mail.up();
    time_passes(&site).await;
    site.serve_by(serve(&site, &mail)).await;
    let code = code(&mail).await;
    let home = visitor.fill(&site, "/verify", &page, &[("code", &code)]).await;
    assert!(home.contains("id=\"start-later\""), "signed in, and shown how to protect the account: {home}");
    log.push_str(&site.log());
    let place = format!("localhost:{} (not encrypted)", mail.port);
    assert!(log.contains(&place) && log.contains("/sms"), "where letters go: {log}");
    for secret in [SECRET, "VHIwdWI0ZG9y", &code, "grace@example.com"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

/// A server that is told to stop gives its letter to the next one.
#[actix_web::test]
async fn a_letter_survives_a_stop_in_the_middle() {
    let mail = MailServer::start();
    mail.require_login("signet", SECRET);
    mail.silence("RCPT");
    let mut site = Installation::new().await;
    site.serve_by(serve(&site, &mail)).await;
    let mut visitor = Visitor::default();
    let page = visitor.get(&site, "/signup").await;
    visitor.fill(&site, "/signup", &page, &[("email", "grace@example.com"), ("password", PASSWORD)]).await;
    while mail.conversations() == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(site.terminate().success());
    mail.behave();
    time_passes(&site).await;
    site.serve_by(serve(&site, &mail)).await;
    code(&mail).await;
}
