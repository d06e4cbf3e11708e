//! A person's way through the pages: cookies, the sign-in form, the way back to the app.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::Fault;
use crate::child::Site;
use crate::drive::Outcome;
use crate::http::{Answer, Conn};
use crate::signet::{Client, Person, REDIRECT_URI};

/// What one browser keeps. Every cookie goes along everywhere; there is only one server.
#[derive(Clone, Default)]
pub struct Jar(Vec<(String, String)>);

/// The tokens of one answer; empty where there was none.
pub struct Tokens {
    pub access: String,
    pub refresh: String,
    pub id: String,
}

/// A code flow's two requests as far as they can be made beforehand.
pub struct Flow {
    site: Site,
    authorize: Vec<u8>,
    token_headers: String,
    token_body: String,
}

/// Fills the sign-in form and sends it. On `Done` the jar holds a session.
pub async fn sign_in(conn: &mut Conn, site: &Site, person: &Person, jar: &mut Jar) -> Result<Outcome, Fault> {
    let values = [("username", person.username.as_str()), ("password", person.password.as_str())];
    submit(conn, site, "/login", &values, jar, |location| !location.contains("/login")).await
}

/// Opens the page at `path`, fills its form and sends it there. `Done` when the answer leads where it should.
pub async fn submit(
    conn: &mut Conn,
    site: &Site,
    path: &str,
    values: &[(&str, &str)],
    jar: &mut Jar,
    is_done: impl Fn(&str) -> bool,
) -> Result<Outcome, Fault> {
    match send(conn, site, path, (path, values), jar).await? {
        Some(location) if is_done(&location) => Ok(Outcome::Done),
        Some(location) => Err(format!("the form at {path} leads to {location}").into()),
        None => Ok(Outcome::Busy),
    }
}

/// The same with a form that goes to `to`. Says where the answer leads, which is here where it is a page; None when the
/// server is too busy.
pub async fn send(
    conn: &mut Conn,
    site: &Site,
    path: &str,
    (to, values): (&str, &[(&str, &str)]),
    jar: &mut Jar,
) -> Result<Option<String>, Fault> {
    let page = conn.call(&site.get(path, &jar.header())).await?;
    if page.status != 200 {
        return Err(format!("the page at {path}: {page}").into());
    }
    jar.keep(&page);
    let form = page.text().split("<form").find(|form| form.contains(&format!("action=\"{to}\"")));
    let mut fields = hidden(form.ok_or_else(|| format!("no form to {to} at {path}"))?);
    fields.extend(values);
    let form = serde_urlencoded::to_string(fields)?;
    let headers = format!("origin: {}\r\nsec-fetch-site: same-origin\r\n{}", site.origin, jar.header());
    let answer = conn.call(&site.post(to, &headers, &form)).await?;
    jar.keep(&answer);
    match (answer.status, answer.header("location")) {
        (303, Some(location)) => Ok(Some(location.to_owned())),
        (200, _) => Ok(Some(to.to_owned())),
        (503, _) => Ok(None),
        _ => Err(format!("the form at {path}: {answer}").into()),
    }
}

/// The hidden fields of a page, as they came.
fn hidden(html: &str) -> Vec<(&str, &str)> {
    let tags = html.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
    let hidden = tags.filter(|tag| attribute(tag, "type") == Some("hidden"));
    hidden.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))).collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let rest = tag.split_once(&format!(" {name}=\""))?.1;
    rest.split('"').next()
}

impl Jar {
    fn keep(&mut self, answer: &Answer<'_>) {
        for cookie in answer.cookies() {
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let Some((name, value)) = pair.split_once('=') else { continue };
            self.0.retain(|(known, _)| known != name);
            if !value.is_empty() && !attributes.to_ascii_lowercase().contains("max-age=0") {
                self.0.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    /// The header line, or nothing.
    pub fn header(&self) -> String {
        let pairs: Vec<_> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if pairs.is_empty() { String::new() } else { format!("cookie: {}\r\n", pairs.join("; ")) }
    }
}

impl Flow {
    /// `jar` holds a session. One verifier serves for all: how it was chosen costs the server nothing.
    pub fn new(site: &Site, client: &Client, jar: &Jar, scope: &str) -> Result<Self, Fault> {
        // RFC 7636 appendix B
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        let query = serde_urlencoded::to_string([
            ("response_type", "code"),
            ("client_id", &client.id),
            ("redirect_uri", REDIRECT_URI),
            ("scope", scope),
            ("state", "af0ifjsldkj"),
            ("nonce", "n-0S6_WzA2Mj"),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ])?;
        let token_body = serde_urlencoded::to_string([
            ("grant_type", "authorization_code"),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        ])?;
        Ok(Self {
            site: site.clone(),
            authorize: site.get(&format!("/oauth2/authorize?{query}"), &jar.header()),
            token_headers: client.authorization(),
            token_body,
        })
    }

    pub async fn run(&self, conn: &mut Conn) -> Result<Tokens, Fault> {
        let answer = conn.call(&self.authorize).await?;
        let location = answer.header("location").filter(|location| location.starts_with(REDIRECT_URI));
        let query = location.and_then(|location| location.split_once('?')).map(|(_, query)| query);
        let code = query.and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("code=")));
        let code = code.filter(|_| answer.status == 303).ok_or_else(|| format!("no code: {answer}"))?;

        let body = format!("{}&code={code}", self.token_body);
        let request = self.site.post("/oauth2/token", &self.token_headers, &body);
        Tokens::read(&conn.call(&request).await?)
    }
}

impl Tokens {
    /// Reads a token answer by searching: its values need no escapes.
    pub fn read(answer: &Answer<'_>) -> Result<Self, Fault> {
        let access = member(answer.text(), "access_token").filter(|_| answer.status == 200);
        let access = access.ok_or_else(|| format!("no token: {answer}"))?.to_owned();
        let other = |name: &str| member(answer.text(), name).unwrap_or_default().to_owned();
        Ok(Self { access, refresh: other("refresh_token"), id: other("id_token") })
    }
}

/// Whether `token` is a JWT signed with `algorithm`.
pub fn is_signed_with(token: &str, algorithm: &str) -> bool {
    let header = token.split_once('.').and_then(|(header, _)| BASE64_URL_SAFE_NO_PAD.decode(header).ok());
    header.and_then(|bytes| String::from_utf8(bytes).ok()).is_some_and(|json| member(&json, "alg") == Some(algorithm))
}

fn member<'a>(json: &'a str, name: &str) -> Option<&'a str> {
    let rest = json.split_once(&format!("\"{name}\":"))?.1.trim_start();
    rest.strip_prefix('"')?.split('"').next()
}
