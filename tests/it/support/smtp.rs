//! A mail server on this machine: takes letters, or does what the real ones do when they do not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use mail_parser::{Message, MessageParser};
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::x509::extension::SubjectAlternativeName;
use openssl::x509::{X509Builder, X509NameBuilder};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

/// No conversation takes longer, whatever goes wrong.
const LONGEST: Duration = Duration::from_secs(20);

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}
type Line = BufReader<Box<dyn Stream>>;

/// A letter that was taken, and how it came.
#[derive(Debug, Clone)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub encrypted: bool,
    pub login: Option<String>,
    pub raw: Vec<u8>,
}

impl Received {
    pub fn message(&self) -> Message<'_> {
        MessageParser::default().parse(&self.raw).unwrap()
    }
}

/// When TLS begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    Never,
    OnDemand,
    AtOnce,
}

/// How it behaves; may be changed while it runs.
#[derive(Default)]
struct Manner {
    /// What is answered to a command in place of the usual. Nothing: no answer ever comes.
    answers: BTreeMap<&'static str, Option<&'static str>>,
    /// `AUTH PLAIN` that must come first.
    login: Option<String>,
    letters: Vec<Received>,
    commands: Vec<String>,
    conversations: usize,
}

impl Manner {
    fn take(&mut self, letter: &Received) {
        if !self.answers.contains_key("END") {
            self.letters.push(letter.clone());
        }
    }
}

/// It goes when it is dropped, with every conversation.
pub struct MailServer {
    pub port: u16,
    pub folder: PathBuf,
    tls: Tls,
    acceptor: Option<TlsAcceptor>,
    manner: Arc<Mutex<Manner>>,
    down: Option<TcpSocket>,
    task: Option<JoinHandle<()>>,
}

impl MailServer {
    pub fn start() -> Self {
        Self::with(Tls::Never)
    }

    pub fn with(tls: Tls) -> Self {
        let mut server = Self::down_with(tls);
        server.up();
        server
    }

    /// Has its port, but refuses connections until it is brought up.
    pub fn down() -> Self {
        Self::down_with(Tls::Never)
    }

    fn down_with(tls: Tls) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let folder = std::env::temp_dir().join(format!("signet-{}", signet::base::random::id()));
        let acceptor = (tls != Tls::Never).then(|| {
            std::fs::create_dir(&folder).unwrap();
            acceptor(&folder)
        });
        let (port, manner) = (socket.local_addr().unwrap().port(), Arc::default());
        Self { port, folder, tls, acceptor, manner, down: Some(socket), task: None }
    }

    pub fn up(&mut self) {
        let listener = self.down.take().unwrap().listen(64).unwrap();
        self.task = Some(tokio::spawn(listen(listener, self.manner.clone(), self.tls, self.acceptor.clone())));
    }

    /// The file of whoever has signed its certificate.
    pub fn ca_file(&self) -> String {
        self.folder.join("cert.pem").display().to_string()
    }

    pub fn url(&self, login: &str, parameters: &str) -> String {
        let scheme = if self.tls == Tls::AtOnce { "smtps" } else { "smtp" };
        format!("{scheme}://{login}localhost:{}{parameters}", self.port)
    }

    /// From now on a command gets this answer; the command is `CONNECT` for the greeting, `END` after the letter.
    pub fn answer(&self, command: &'static str, answer: &'static str) {
        self.manner.lock().unwrap().answers.insert(command, Some(answer));
    }

    /// From now on nothing is said to this command.
    pub fn silence(&self, command: &'static str) {
        self.manner.lock().unwrap().answers.insert(command, None);
    }

    /// Nothing is special any more.
    pub fn behave(&self) {
        self.manner.lock().unwrap().answers.clear();
    }

    pub fn require_login(&self, user: &str, password: &str) {
        let plain = format!("\0{user}\0{password}");
        self.manner.lock().unwrap().login = Some(base64::engine::general_purpose::STANDARD.encode(plain));
    }

    /// The letters that were taken since the last time.
    pub fn letters(&self) -> Vec<Received> {
        std::mem::take(&mut self.manner.lock().unwrap().letters)
    }

    pub fn letter(&self) -> Received {
        let mut letters = self.letters();
        assert_eq!(letters.len(), 1, "{letters:?}");
        letters.remove(0)
    }

    /// All that was said in plain words, by all.
    pub fn commands(&self) -> Vec<String> {
        self.manner.lock().unwrap().commands.clone()
    }

    pub fn conversations(&self) -> usize {
        self.manner.lock().unwrap().conversations
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

async fn listen(listener: TcpListener, manner: Arc<Mutex<Manner>>, tls: Tls, acceptor: Option<TlsAcceptor>) {
    // dropped with this task, and the conversations with it
    let mut all = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        manner.lock().unwrap().conversations += 1;
        let (manner, acceptor) = (manner.clone(), acceptor.clone());
        all.spawn(async move {
            let mut stream: Box<dyn Stream> = Box::new(stream);
            if let (Tls::AtOnce, Some(acceptor)) = (tls, &acceptor) {
                let Ok(encrypted) = acceptor.accept(stream).await else { return };
                stream = Box::new(encrypted);
            }
            let acceptor = acceptor.filter(|_| tls == Tls::OnDemand);
            let talk = Talk { line: BufReader::new(stream), manner, acceptor, encrypted: tls == Tls::AtOnce };
            tokio::time::timeout(LONGEST, talk.run()).await.ok();
        });
    }
}

struct Talk {
    line: Line,
    manner: Arc<Mutex<Manner>>,
    acceptor: Option<TlsAcceptor>,
    encrypted: bool,
}

impl Talk {
    /// Ends when the other side does, or when there is nothing more to say.
    async fn run(mut self) -> Option<()> {
        let mut letter = self.blank(None);
        self.say("CONNECT", "220 localhost ESMTP").await?;
        loop {
            let line = self.hear().await?;
            let command = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            if !self.encrypted {
                self.manner.lock().unwrap().commands.push(line.clone());
            }
            match command.as_str() {
                "STARTTLS" => {
                    if !self.say("STARTTLS", "220 go on").await? {
                        self = self.encrypt().await?;
                    }
                }
                "AUTH" => letter.login = self.sign_in(&line).await?,
                "MAIL" => {
                    let wanting = self.manner.lock().unwrap().login.is_some() && letter.login.is_none();
                    letter = Received { from: between(&line), ..self.blank(letter.login) };
                    self.say("MAIL", if wanting { "530 5.7.0 sign in first" } else { "250 2.1.0 good" }).await?;
                }
                "RCPT" => {
                    letter.to.push(between(&line));
                    self.say("RCPT", "250 2.1.5 good").await?;
                }
                "DATA" => self.take(&mut letter).await?,
                "QUIT" => return self.say("QUIT", "221 2.0.0 farewell").await.map(drop),
                "EHLO" => self.say("EHLO", &self.greeting()).await.map(drop)?,
                _ => self.say("", "502 5.5.1 what?").await.map(drop)?,
            }
        }
    }

    async fn sign_in(&mut self, line: &str) -> Option<Option<String>> {
        let right = self.manner.lock().unwrap().login.clone();
        let given = line.split(' ').nth(2).map(str::to_owned).filter(|given| Some(given) == right.as_ref());
        self.say("AUTH", if given.is_some() { "235 2.7.0 good" } else { "535 5.7.8 wrong" }).await?;
        Some(given)
    }

    async fn take(&mut self, letter: &mut Received) -> Option<()> {
        if self.say("DATA", "354 go on").await? {
            return Some(());
        }
        letter.raw = self.content().await?;
        self.manner.lock().unwrap().take(letter);
        self.say("END", "250 2.0.0 taken").await.map(drop)
    }

    fn blank(&self, login: Option<String>) -> Received {
        Received { from: String::new(), to: Vec::new(), encrypted: self.encrypted, login, raw: Vec::new() }
    }

    fn greeting(&self) -> String {
        let mut lines = vec!["250-localhost", "250-8BITMIME"];
        if self.acceptor.is_some() && !self.encrypted {
            lines.push("250-STARTTLS");
        }
        if self.manner.lock().unwrap().login.is_some() {
            lines.push("250-AUTH PLAIN");
        }
        lines.push("250 ENHANCEDSTATUSCODES");
        lines.join("\r\n")
    }

    /// Answers; says whether that was not the usual. Never comes back when nothing shall be said.
    async fn say(&mut self, command: &str, usual: &str) -> Option<bool> {
        let special = self.manner.lock().unwrap().answers.get(command).copied();
        let answer = match special {
            Some(None) => return std::future::pending().await,
            Some(Some(answer)) => answer,
            None => usual,
        };
        self.line.get_mut().write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        self.line.get_mut().flush().await.ok()?;
        Some(special.is_some())
    }

    async fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.line.read_line(&mut line).await.ok()?;
        (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
    }

    /// The letter, up to the line with a point alone (RFC 5321 §4.5.2).
    async fn content(&mut self) -> Option<Vec<u8>> {
        let mut raw = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.line.read_until(b'\n', &mut line).await.ok()? == 0 {
                return None;
            }
            if line == b".\r\n" {
                return Some(raw);
            }
            raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
    }

    async fn encrypt(self) -> Option<Self> {
        let stream = self.acceptor.clone()?.accept(self.line.into_inner()).await.ok()?;
        Some(Self { line: BufReader::new(Box::new(stream)), encrypted: true, ..self })
    }
}

fn between(line: &str) -> String {
    line.split_once('<')
        .and_then(|(_, rest)| rest.rsplit_once('>'))
        .map_or(String::new(), |(inner, _)| inner.to_owned())
}

/// A certificate for `localhost`, signed by itself, in a folder.
fn acceptor(folder: &Path) -> TlsAcceptor {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    // no authority anywhere has this name
    name.append_entry_by_text("CN", &signet::base::random::id()).unwrap();
    let name = name.build();
    let mut builder = X509Builder::new().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&BigNum::from_u32(1).unwrap().to_asn1_integer().unwrap()).unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    builder.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    builder.set_not_after(&Asn1Time::days_from_now(1).unwrap()).unwrap();
    builder.set_pubkey(&key).unwrap();
    let names = SubjectAlternativeName::new().dns("localhost").build(&builder.x509v3_context(None, None)).unwrap();
    builder.append_extension(names).unwrap();
    builder.sign(&key, MessageDigest::sha256()).unwrap();
    std::fs::write(folder.join("cert.pem"), builder.build().to_pem().unwrap()).unwrap();
    let certificate = CertificateDer::from_pem_file(folder.join("cert.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(&key.private_key_to_pem_pkcs8().unwrap()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    TlsAcceptor::from(Arc::new(config.with_single_cert(vec![certificate], key).unwrap()))
}
