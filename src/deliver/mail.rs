//! Mail: by SMTP, or into a folder of `.eml` files.

use std::time::Duration;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};

use super::Failed;
use super::letter::Written;
use super::smtp::Smtp;
use crate::base::folder::Folder;
use crate::config::Config;

pub struct Mail {
    way: Way,
    from: Mailbox,
}

enum Way {
    Smtp(Box<Smtp>),
    Folder(Folder),
}

impl Mail {
    pub fn new(config: &Config) -> Result<Self, String> {
        let settings = &config.mail;
        let from = settings.from.parse().map_err(|error| format!("mail.from = {:?}: {error}", settings.from))?;
        let way = match settings.server().map_err(|allowed| format!("mail.smtp_url: {allowed}"))? {
            Some(server) => Way::Smtp(Box::new(Smtp::new(server, &settings.ca_file)?)),
            None => Way::Folder(Folder::new(config.data.join("mail"), "eml")?),
        };
        Ok(Self { way, from })
    }

    pub fn set_patience(&mut self, patience: Duration) {
        if let Way::Smtp(smtp) = &mut self.way {
            smtp.set_patience(patience);
        }
    }

    pub fn place(&self) -> String {
        match &self.way {
            Way::Smtp(smtp) => smtp.place(),
            Way::Folder(folder) => folder.path().display().to_string(),
        }
    }

    pub async fn send(&self, id: &str, to: &str, written: &Written) -> Result<(), Failed> {
        let message = self.message(id, to, written)?;
        match &self.way {
            Way::Folder(folder) => folder.put(id, message.formatted()).await.map_err(Failed::Later),
            Way::Smtp(smtp) => smtp.send(&message).await,
        }
    }

    fn message(&self, id: &str, to: &str, written: &Written) -> Result<Message, Failed> {
        let never = |error: &dyn std::fmt::Display| Failed::Never(error.to_string());
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, address(to).map_err(|error| never(&error))?))
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

/// One address and nothing beside it. Its host in ASCII (RFC 5891), as many servers know no other.
fn address(to: &str) -> Result<Address, lettre::address::AddressError> {
    let plain: Address = to.parse()?;
    let Ok(url::Host::Domain(host)) = url::Host::parse(plain.domain()) else { return Ok(plain) };
    Address::new(plain.user(), host)
}
