//! One unit of each kind of work.

use crate::Fault;
use crate::browser::{self, Flow, Jar, Tokens};
use crate::child::Site;
use crate::drive::{Outcome, Work};
use crate::http::Conn;
use crate::signet::{Client, Person};

/// The same request again and again; the answer must be 200 and contain `expected`.
#[derive(Clone)]
pub struct Same {
    pub request: Vec<u8>,
    pub expected: &'static str,
}

/// A refresh token spent for the next one.
pub struct Refresh {
    pub site: Site,
    pub authorization: String,
    pub token: String,
}

/// Authorize and token request, in a session that lives.
pub struct Code(pub Flow);

/// The sign-in page and its form, each time as a browser that has never been here.
#[derive(Clone)]
pub struct SignIn {
    pub site: Site,
    pub person: Person,
}

/// The form of somebody who is new, each time with another address.
pub struct SignUp {
    pub site: Site,
    /// Tells this connection's addresses from those of others.
    pub at: String,
    pub count: u32,
}

/// The form of somebody who has forgotten the password.
#[derive(Clone)]
pub struct Forgot {
    pub site: Site,
    pub email: String,
}

impl Same {
    pub fn get(site: &Site, path: &str, expected: &'static str) -> Self {
        Self { request: site.get(path, ""), expected }
    }

    /// What the floor's `f1` and `f1r` answer.
    pub fn floor(site: &Site, path: &str) -> Self {
        let like_a_client = "authorization: Basic MDE5OGYyYWEtNzdkMi03YmIyLThkMGEtNWVkMGExYjljMDAxOnNlY3JldA==\r\n";
        let body = "grant_type=client_credentials&scope=api";
        Self { request: site.post(path, like_a_client, body), expected: "access_token" }
    }

    pub fn client_credentials(site: &Site, client: &Client) -> Self {
        let body = "grant_type=client_credentials&scope=api";
        Self { request: site.post("/oauth2/token", &client.authorization(), body), expected: "access_token" }
    }

    /// `token` without the characters that a form would escape.
    pub fn introspect(site: &Site, client: &Client, token: &str) -> Self {
        let body = format!("token={token}");
        Self { request: site.post("/oauth2/introspect", &client.authorization(), &body), expected: r#""active":true"# }
    }

    pub fn userinfo(site: &Site, token: &str) -> Self {
        let bearer = format!("authorization: Bearer {token}\r\n");
        Self { request: site.get("/oauth2/userinfo", &bearer), expected: r#""sub":"# }
    }
}

impl Work for Same {
    async fn unit(&mut self, conn: &mut Conn) -> Result<Outcome, Fault> {
        let answer = conn.call(&self.request).await?;
        if answer.status == 200 && answer.contains(self.expected) {
            return Ok(Outcome::Done);
        }
        Err(format!("expected 200 with {}: {answer}", self.expected).into())
    }
}

impl Work for Refresh {
    async fn unit(&mut self, conn: &mut Conn) -> Result<Outcome, Fault> {
        let body = format!("grant_type=refresh_token&refresh_token={}", self.token);
        let tokens = Tokens::read(&conn.call(&self.site.post("/oauth2/token", &self.authorization, &body)).await?)?;
        if tokens.refresh.is_empty() || tokens.refresh == self.token {
            return Err("the refresh token was not rotated".into());
        }
        self.token = tokens.refresh;
        Ok(Outcome::Done)
    }
}

impl Work for Code {
    async fn unit(&mut self, conn: &mut Conn) -> Result<Outcome, Fault> {
        self.0.run(conn).await?;
        Ok(Outcome::Done)
    }
}

impl Work for SignIn {
    async fn unit(&mut self, conn: &mut Conn) -> Result<Outcome, Fault> {
        browser::sign_in(conn, &self.site, &self.person, &mut Jar::default()).await
    }
}

impl Work for SignUp {
    async fn unit(&mut self, conn: &mut Conn) -> Result<Outcome, Fault> {
        self.count += 1;
        let email = format!("new-{}-{}@example.com", self.at, self.count);
        let values = [("email", email.as_str()), ("name", "Somebody New"), ("password", "correct horse battery")];
        let asked = |location: &str| location.starts_with("/verify?");
        browser::submit(conn, &self.site, "/signup", &values, &mut Jar::default(), asked).await
    }
}

impl Work for Forgot {
    async fn unit(&mut self, conn: &mut Conn) -> Result<Outcome, Fault> {
        let asked = |location: &str| location.starts_with("/reset?");
        let values = [("email", self.email.as_str())];
        browser::submit(conn, &self.site, "/forgot", &values, &mut Jar::default(), asked).await
    }
}
