//! Letters on their way: to a mail server or a provider that takes them, or does not.

mod arrive;
mod secrets;
mod settings;
mod sms;
mod tls;
mod wait;

use diesel::{QueryDsl as _, SelectableHelper as _};
use diesel_async::RunQueryDsl as _;
use signet::base::random::{self, Opaque};
use signet::base::time::Ts;
use signet::config::Config;
use signet::deliver::{Deliver, Letter};
use signet::flow::challenge::Asker;
use signet::flow::post;
use signet::flow::register::{self, Begun, Typed};
use signet::locale::Locale;
use signet::model::outbox::Outgoing;
use signet::schema::outbox;
use signet::store::Conn;

use crate::support::smtp::MailServer;
use crate::support::{Op, PASSWORD};

const ADA: &str = "ada@example.com";

/// A Signet that sends its mail to this server.
async fn op(server: &MailServer) -> Op {
    op_by(server, "", "").await
}

async fn op_by(server: &MailServer, login: &str, parameters: &str) -> Op {
    Op::with(|config| mail_to(config, server, &server.url(login, parameters))).await
}

fn mail_to(config: &mut Config, server: &MailServer, url: &str) {
    url.clone_into(&mut config.mail.smtp_url);
    if server.folder.exists() {
        config.mail.ca_file = server.ca_file();
    }
}

/// The same with another patience or settings.
fn deliver_by(op: &mut Op, change: impl FnOnce(Deliver) -> Deliver) {
    let app = std::sync::Arc::get_mut(&mut op.app).unwrap();
    app.deliver = change(Deliver::new(&app.config).unwrap());
}

/// Somebody signs up, so a letter is written.
async fn sign_up(op: &Op, email: &str, locale: Locale) {
    let typed = Typed { email: email.to_owned(), password: PASSWORD.to_owned(), ..Typed::default() };
    let asker = Asker { browser: &Opaque::random(), locale, request: None };
    let begun = register::begin(op.app.cx(), &typed, asker).await.unwrap();
    assert!(matches!(begun, Begun::Asked(_)), "{begun:?}");
}

/// Writes a letter that is worth sending until then.
async fn put(op: &Op, letter: &Letter, until: Ts) {
    let (id, now) = (random::id(), op.app.clock.now());
    let sealed = op.app.master_key.seal(&Outgoing::place(&id), &serde_json::to_vec(letter).unwrap()).unwrap();
    let row = Outgoing {
        tenant_id: op.app.tenant.clone(),
        id,
        channel: letter.channel.text().to_owned(),
        kind: letter.kind.text().to_owned(),
        sealed,
        created_at: now,
        due_at: now,
        expires_at: until,
        attempts: 0,
        error: None,
        dead_at: None,
        recipient_hash: String::new(),
    };
    op.app.db.write(async |tx| signet::store::outbox::insert(tx, &row).await).await.unwrap();
}

async fn deliver(op: &Op) {
    post::deliver(&op.app).await.unwrap();
}

/// All that has not left.
async fn rows(op: &Op) -> Vec<Outgoing> {
    match op.app.db.conn().await.unwrap() {
        Conn::Lite(mut conn) => outbox::table.select(Outgoing::as_select()).load(&mut *conn).await.unwrap(),
        Conn::Pg(mut conn) => outbox::table.select(Outgoing::as_select()).load(&mut **conn).await.unwrap(),
    }
}

async fn row(op: &Op) -> Outgoing {
    let mut rows = rows(op).await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

/// Turns the clock to when the only letter is due again.
async fn until_due(op: &Op) {
    let due = row(op).await.due_at.0 - op.app.clock.now().0;
    op.wait(std::time::Duration::from_secs(due.max(0).cast_unsigned()));
}

/// The letter waits, and this is said of it.
async fn waits(op: &Op, told: &str) {
    let row = row(op).await;
    let error = row.error.unwrap_or_default();
    assert!(row.dead_at.is_none() && error.contains(told), "{told} in {error:?}, {:?}", row.dead_at);
    assert!(row.due_at > op.app.clock.now());
}
