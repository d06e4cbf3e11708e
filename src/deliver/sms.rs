//! Short messages: an HTTP API in the shape of Twilio's (`POST …/Accounts/SID/Messages.json`), or a folder.

use std::time::Duration;

use reqwest::{Client, Response, StatusCode, redirect};
use serde::Deserialize;

use super::Failed;
use crate::base::fetch::{tls, told};
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
            .tls_backend_preconfigured(tls().map_err(|error| format!("TLS for short messages: {error}"))?)
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
    let answer = request.send().await.map_err(|error| Failed::Later(told(error)))?;
    match answer.status() {
        status if status.is_success() => Ok(()),
        // only this is about the message; a wrong account, too many messages, or an empty purse is ours to mend
        StatusCode::BAD_REQUEST => Err(Failed::Never(refused(answer).await)),
        _ => Err(Failed::Later(refused(answer).await)),
    }
}

/// What is said of a refusal. The provider's own number tells an operator why; its words repeat the receiver.
#[derive(Deserialize)]
struct Refusal {
    code: u32,
}

async fn refused(answer: Response) -> String {
    let status = answer.status();
    let body = answer.bytes().await.unwrap_or_default();
    let number = serde_json::from_slice(&body).map(|Refusal { code }| format!(" (error {code})"));
    format!("the provider answered {status}{}", number.unwrap_or_default())
}
