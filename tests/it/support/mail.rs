//! The letters that have left, as their readers get them.

use mail_parser::MessageParser;
use signet::flow::post;

use super::Op;

/// A letter.
#[derive(Debug)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl Op {
    /// Delivers what is due, and takes it out of the folder, in the order in which it was written. Without what is
    /// written about sign-ins at new browsers: nearly all browsers of tests are new.
    pub async fn mails(&self) -> Vec<Mail> {
        self.every_mail().await.into_iter().filter(|mail| !mail.text.contains("/account/sessions")).collect()
    }

    /// The same with all that is written.
    pub async fn every_mail(&self) -> Vec<Mail> {
        post::deliver(&self.app).await.unwrap();
        let mut paths: Vec<_> =
            std::fs::read_dir(self.data.join("mail")).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.into_iter().map(|path| take(&path)).collect()
    }

    /// The one letter that has left.
    pub async fn mail(&self) -> Mail {
        let mut mails = self.mails().await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        mails.remove(0)
    }
}

/// A short message.
#[derive(Debug)]
pub struct Sms {
    pub to: String,
    pub text: String,
}

impl Op {
    /// The one short message that has left.
    pub async fn sms(&self) -> Sms {
        let mut texts = self.texts().await;
        assert_eq!(texts.len(), 1, "{texts:?}");
        texts.remove(0)
    }

    /// All that have left.
    pub async fn texts(&self) -> Vec<Sms> {
        post::deliver(&self.app).await.unwrap();
        let paths = std::fs::read_dir(self.data.join("sms")).unwrap().map(|entry| entry.unwrap().path());
        let read = |path: std::path::PathBuf| {
            let whole = std::fs::read_to_string(&path).unwrap();
            std::fs::remove_file(path).unwrap();
            let (head, text) = whole.split_once("\n\n").unwrap();
            Sms { to: head.strip_prefix("To: ").unwrap().to_owned(), text: text.to_owned() }
        };
        paths.map(read).collect()
    }
}

impl Sms {
    /// The code that has to be typed.
    pub fn code(&self) -> String {
        let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
        self.text
            .split(|c: char| !c.is_ascii_digit())
            .find(is_code)
            .unwrap_or_else(|| panic!("no code in {}", self.text))
            .to_owned()
    }
}

fn take(path: &std::path::Path) -> Mail {
    let bytes = std::fs::read(path).unwrap();
    std::fs::remove_file(path).unwrap();
    let message = MessageParser::default().parse(&bytes).unwrap();
    Mail {
        to: message.to().unwrap().first().unwrap().address().unwrap().to_owned(),
        subject: message.subject().unwrap().to_owned(),
        text: message.body_text(0).unwrap().into_owned(),
        html: message.body_html(0).unwrap().into_owned(),
    }
}

impl Mail {
    /// The code that has to be typed.
    pub fn code(&self) -> String {
        let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit());
        let code = self.text.lines().map(str::trim).find(is_code);
        code.unwrap_or_else(|| panic!("no code in {}", self.text)).to_owned()
    }

    /// The link, as a path.
    pub fn link(&self) -> String {
        self.link_at(super::ISSUER)
    }

    /// The same in the letter of a server with an address of its own.
    pub fn link_at(&self, issuer: &str) -> String {
        let link = self.text.lines().find_map(|line| line.trim().strip_prefix(issuer));
        link.unwrap_or_else(|| panic!("no link in {}", self.text)).to_owned()
    }
}
