//! Letters and short messages on their way out: by SMTP or an SMS provider, or into a folder.

mod letter;
mod mail;
mod sms;
mod smtp;

use std::time::Duration;

use crate::config::{Branding, Config};

pub use letter::{Channel, Kind, Letter};

/// Why something could not be delivered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// It may work later.
    #[error("{0}")]
    Later(String),
    /// It never will: the other side does not want it.
    #[error("{0}")]
    Never(String),
}

/// The ways out.
pub struct Deliver {
    mail: mail::Mail,
    sms: sms::Sms,
}

impl Deliver {
    /// Fails when a setting cannot be understood, or a folder cannot be made, in words that say what to do.
    pub fn new(config: &Config) -> Result<Self, String> {
        Ok(Self { mail: mail::Mail::new(config)?, sms: sms::Sms::new(config)? })
    }

    /// How long a server may take for a step, in place of the usual.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.mail.set_patience(patience);
        self
    }

    /// Delivers a letter in somebody's name and colour. `id` stays the same when it is tried again, so that a receiver can tell that it
    /// has it already.
    pub async fn deliver(&self, brand: &Branding, id: &str, letter: &Letter) -> Result<(), Failed> {
        let sent = match letter.channel {
            _ if letter.withheld => Ok(()),
            Channel::Mail => self.mail.send(id, &letter.to, &letter.write(brand)?).await,
            Channel::Sms => self.sms.send(id, &letter.to, &letter.short(&brand.name)).await,
        };
        // the reason is logged and kept in plain
        sent.map_err(|failed| match failed {
            Failed::Later(said) => Failed::Later(letter.conceal(&said)),
            Failed::Never(said) => Failed::Never(letter.conceal(&said)),
        })
    }

    /// Where letters and short messages go, for the log of a start.
    pub fn places(&self) -> (String, String) {
        (self.mail.place(), self.sms.place())
    }
}
