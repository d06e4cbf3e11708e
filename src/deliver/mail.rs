//! Mail: SMTP (RFC 5321) with TLS, or a folder of `.eml` files.

use std::time::Duration;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::Failed;
use super::letter::Written;
use crate::base::folder::Folder;
use crate::config::Config;

/// How long a server may take for one step.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Mail {
    way: Way,
    from: Mailbox,
}

enum Way {
    Smtp { transport: Box<AsyncSmtpTransport<Tokio1Executor>>, host: String },
    Folder(Folder),
}

impl Mail {
    pub fn new(config: &Config) -> Result<Self, String> {
        let from = config.mail.from.parse().map_err(|error| format!("mail.from = {:?}: {error}", config.mail.from))?;
        let url = &config.mail.smtp_url;
        if url.is_empty() {
            let way = Way::Folder(Folder::new(config.data.join("mail"), "eml")?);
            return Ok(Self { way, from });
        }
        // the URL holds a password, so no message repeats it
        let wrong = |error: String| format!("mail.smtp_url is no SMTP URL: {error}");
        let host = url::Url::parse(url).map_err(|error| wrong(error.to_string()))?;
        let host = host.host_str().unwrap_or_default().to_owned();
        let transport =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| wrong(error.to_string()))?;
        let way = Way::Smtp { transport: Box::new(transport.timeout(Some(PATIENCE)).build()), host };
        Ok(Self { way, from })
    }

    pub fn place(&self) -> String {
        match &self.way {
            Way::Smtp { host, .. } => host.clone(),
            Way::Folder(folder) => folder.path().display().to_string(),
        }
    }

    pub async fn send(&self, id: &str, to: &str, written: &Written) -> Result<(), Failed> {
        let message = self.message(id, to, written)?;
        match &self.way {
            Way::Folder(folder) => folder.put(id, message.formatted()).await.map_err(Failed::Later),
            Way::Smtp { transport, .. } => match transport.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(Failed::Never(error.to_string())),
                Err(error) => Err(Failed::Later(error.to_string())),
            },
        }
    }

    fn message(&self, id: &str, to: &str, written: &Written) -> Result<Message, Failed> {
        let never = |error: &dyn std::fmt::Display| Failed::Never(error.to_string());
        let to: Mailbox = to.parse().map_err(|error: lettre::address::AddressError| never(&error))?;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(written.subject.clone())
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .multipart(MultiPart::alternative_plain_html(written.text.clone(), written.html.clone()))
            .map_err(|error| never(&error))?;
        // no out-of-office answers (RFC 3834 §5)
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        message.headers_mut().insert_raw(automatic);
        Ok(message)
    }
}
