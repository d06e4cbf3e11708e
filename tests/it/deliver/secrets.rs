//! What must not be found where others can look: in the database, in the log.

use std::io::Write;
use std::sync::{Arc, Mutex};

use signet::locale::Locale;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::{ADA, deliver, op, row, sign_up, until_due};
use crate::support::smtp::MailServer;

/// All that is logged in this thread, in full detail.
pub struct Log {
    text: Arc<Mutex<Vec<u8>>>,
    _guard: DefaultGuard,
}

#[derive(Clone)]
struct Writer(Arc<Mutex<Vec<u8>>>);

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    pub fn start() -> Self {
        let text = Arc::new(Mutex::new(Vec::new()));
        let writer = Writer(text.clone());
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new("trace"))
            .with_ansi(false)
            .with_writer(move || writer.clone());
        Self { text, _guard: subscriber.finish().set_default() }
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.text.lock().unwrap().clone()).unwrap()
    }

    pub fn holds_none_of(&self, secrets: &[&str]) {
        let text = self.text();
        assert!(text.contains("letter"), "nothing was logged: {text}");
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[actix_web::test]
async fn a_waiting_letter_tells_nothing_to_who_reads_the_table() {
    let server = MailServer::start();
    let op = op(&server).await;
    let log = Log::start();
    sign_up(&op, ADA, Locale::En).await;
    // servers repeat what they were told
    server.answer(
        "RCPT",
        "451 4.2.0 <ada@example.com>: mailbox of \"Ada\" for ADA@EXAMPLE.COM is busy, http://x.test/?ada",
    );
    deliver(&op).await;
    let waiting = row(&op).await;
    until_due(&op).await;
    server.behave();
    deliver(&op).await;
    let received = server.letter();
    let text = received.message().body_text(0).unwrap().into_owned();
    let code = text.lines().find(|line| line.len() == 6).unwrap();
    let token = text.split("token=").nth(1).unwrap().lines().next().unwrap();
    let shown = format!("{waiting:?} {}", String::from_utf8_lossy(&waiting.sealed)).to_lowercase();
    for secret in [code, &token.to_lowercase(), "ada@example.com", "verify", "http://x.test", "\"ada"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    assert!(shown.contains("451") && shown.contains("is busy"), "{shown}");
    log.holds_none_of(&[code, token, ADA, "ADA@", "x.test/?ada"]);
}
