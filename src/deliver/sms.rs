//! Short messages: an HTTP API in the shape of Twilio's (`POST …/Accounts/SID/Messages.json`), or a folder.

use std::time::Duration;

use reqwest::{Client, StatusCode, redirect};

use super::Failed;
use crate::base::folder::Folder;
use crate::config::{Config, Sms as Settings};

pub enum Sms {
    Http { client: Client, settings: Settings },
    Folder(Folder),
}

impl Sms {
    pub fn new(config: &Config) -> Result<Self, String> {
        if config.sms.account.is_empty() {
            return Ok(Self::Folder(Folder::new(config.data.join("sms"), "txt")?));
        }
        let client = Client::builder()
            .connect_timeout(Duration::from_secs(2))
            .timeout(Duration::from_secs(5))
            .redirect(redirect::Policy::none())
            .build()
            .map_err(|error| format!("the client for short messages: {error}"))?;
        Ok(Self::Http { client, settings: config.sms.clone() })
    }

    pub fn place(&self) -> String {
        match self {
            Self::Http { settings, .. } => settings.url.clone(),
            Self::Folder(folder) => folder.path().display().to_string(),
        }
    }

    pub async fn send(&self, id: &str, to: &str, text: &str) -> Result<(), Failed> {
        match self {
            Self::Folder(folder) => {
                let content = format!("To: {to}\n\n{text}\n").into_bytes();
                folder.put(id, content).await.map_err(Failed::Later)
            }
            Self::Http { client, settings } => post(client, settings, to, text).await,
        }
    }
}

async fn post(client: &Client, settings: &Settings, to: &str, text: &str) -> Result<(), Failed> {
    let url = format!("{}/2010-04-01/Accounts/{}/Messages.json", settings.url, settings.account);
    let form = [("To", to), ("From", settings.from.as_str()), ("Body", text)];
    let request = client.post(url).basic_auth(&settings.account, Some(&settings.token)).form(&form);
    let answer = request.send().await.map_err(|error| Failed::Later(error.without_url().to_string()))?;
    match answer.status() {
        status if status.is_success() => Ok(()),
        // a wrong account or too many messages is ours to mend; anything else in 4xx is about this message
        status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS) => {
            Err(Failed::Later(format!("the provider answered {status}")))
        }
        status if status.is_client_error() => Err(Failed::Never(format!("the provider answered {status}"))),
        status => Err(Failed::Later(format!("the provider answered {status}"))),
    }
}
