//! The sign-in that is rehearsed.

use serde_json::Value;

use super::{Finding, verify};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::flow::admin::trial::{self, CHALLENGE};
use crate::flow::authorize::{self, Arrived};
use crate::flow::session::Live;
use crate::flow::token::{Issued, grant_within};
use crate::flow::user::{self, New};
use crate::flow::{Error, Result, userinfo};
use crate::model::client::Client;
use crate::spec::acr::{Method, Proved};
use crate::spec::authorize::AuthRequest;
use crate::spec::check::Check;
use crate::spec::client_meta::{GrantType, TokenFormat};
use crate::spec::id_token::at_hash;
use crate::spec::params::Params;
use crate::spec::scope::Scope;
use crate::store::{self, Conn};

/// What [`CHALLENGE`] is the digest of.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const OTHER_VERIFIER: &str = "another-verifier-that-nobody-has-seen-before-this";
const NONCE: &str = "rehearsal";

/// Why the transaction ends: there is no other way out than back.
enum Stop {
    Told(Vec<Finding>),
    Error(Error),
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        Self::Error(error.into())
    }
}

/// Plays all that the client is registered for.
pub async fn play(cx: Cx<'_>, client: &Client) -> Result<Vec<Finding>> {
    let (request, mut findings) = request(cx, client).await?;
    let person = New {
        email: format!("{}@self-test.invalid", crate::base::random::id()),
        username: format!("self-test-{}", crate::base::random::id()),
        ..New::default()
    };
    let (person, _) = user::prepare(cx, &person).await?;
    let proved = Proved::by(&[Method::Password]);
    let session = trial::stand_in(cx, &person, &proved, (cx.now, false));
    let live = Live { session, user: person };
    let ended = cx.app.db.write(async |tx| {
        let mut stage = Stage { cx, client, live: &live, findings: Vec::new() };
        Err::<(), Stop>(match stage.play(tx, request.as_ref()).await {
            Ok(()) => Stop::Told(stage.findings),
            Err(error) => Stop::Error(error),
        })
    });
    match ended.await {
        Ok(()) => Ok(findings),
        Err(Stop::Told(more)) => {
            findings.extend(more);
            Ok(findings)
        }
        Err(Stop::Error(error)) => Err(error),
    }
}

/// An authorization request with all the client may have that is needed here.
async fn request(cx: Cx<'_>, client: &Client) -> Result<(Option<AuthRequest>, Vec<Finding>)> {
    const NAME: &str = "authorize";
    const CLAUSE: &str = "RFC 6749 §4.1.1, OIDC Core §3.1.2.1";
    let metadata = &client.metadata;
    if !metadata.may(GrantType::AuthorizationCode) {
        return Ok((None, vec![Finding::skipped(NAME, CLAUSE, "the client may not use the code grant")]));
    }
    let wanted = ["openid", "offline_access"].into_iter().filter(|name| metadata.scope.contains(name));
    let wanted = wanted.collect::<Vec<_>>().join(" ");
    let scope = if wanted.is_empty() { metadata.scope.iter().next().unwrap_or_default() } else { &wanted };
    let redirect_uri = redirect_uri(client);
    let params = params(&[
        ("client_id", client.id.as_str()),
        ("redirect_uri", redirect_uri),
        ("response_type", "code"),
        ("scope", scope),
        ("nonce", NONCE),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ])?;
    let arrived = match authorize::arrive(cx, &params).await {
        Ok(Arrived { request, .. }) => request,
        Err(Error::Refused(refusal)) => Err(refusal),
        Err(fault) => return Err(fault),
    };
    Ok(match arrived {
        Ok(request) => (Some(request), vec![Finding::of(NAME, CLAUSE, Ok(format!("{redirect_uri} is accepted")))]),
        Err(refusal) => (None, vec![Finding::of(NAME, CLAUSE, Err(refusal.to_string()))]),
    })
}

fn redirect_uri(client: &Client) -> &str {
    client.metadata.redirect_uris.first().map_or("", String::as_str)
}

fn params(pairs: &[(&str, &str)]) -> Result<Params> {
    Ok(Params::parse(serde_urlencoded::to_string(pairs).unwrap_or_default().as_bytes())?)
}

/// The transaction, and what was found in it.
struct Stage<'a> {
    cx: Cx<'a>,
    client: &'a Client,
    live: &'a Live,
    findings: Vec<Finding>,
}

impl Stage<'_> {
    async fn play(&mut self, tx: &mut Conn, request: Option<&AuthRequest>) -> Result<()> {
        if let Some(request) = request {
            store::user::insert(tx, &self.live.user).await?;
            store::session::insert(tx, &self.live.session).await?;
            self.code(tx, request).await?;
            self.refresh(tx, request).await?;
        }
        self.program(tx).await
    }

    fn note(&mut self, name: &'static str, clause: &'static str, outcome: Result<String, String>) {
        self.findings.push(Finding::of(name, clause, outcome));
    }

    /// That something is refused, and for this reason.
    fn expect(
        &mut self,
        name: &'static str,
        clause: &'static str,
        (outcome, check): (Result<Issued>, Check),
    ) -> Result<()> {
        let outcome = match outcome {
            Ok(_) => Err("it was accepted".to_owned()),
            Err(Error::Refused(refusal)) if refusal.why.as_ref().is_some_and(|why| why.check == check) => {
                Ok(format!("refused: {}", refusal.reason))
            }
            Err(Error::Refused(refusal)) => Err(format!("refused for another reason: {}", refusal.reason)),
            Err(fault) => return Err(fault),
        };
        self.note(name, clause, outcome);
        Ok(())
    }

    async fn redeem(&self, tx: &mut Conn, code: &Opaque, verifier: &str) -> Result<Issued> {
        let params = params(&[
            ("grant_type", GrantType::AuthorizationCode.text()),
            ("code", code.reveal()),
            ("redirect_uri", redirect_uri(self.client)),
            ("code_verifier", verifier),
        ])?;
        grant_within(self.cx, tx, self.client, &params).await
    }

    async fn code(&mut self, tx: &mut Conn, request: &AuthRequest) -> Result<()> {
        let (cx, live) = (self.cx, self.live);
        let stolen = authorize::write_code(cx, tx, live, request).await?;
        let refused = self.redeem(tx, &stolen, OTHER_VERIFIER).await;
        self.expect("token.wrong_verifier", "RFC 7636 §4.6", (refused, Check::Verifier))?;
        let code = authorize::write_code(cx, tx, live, request).await?;
        match self.redeem(tx, &code, VERIFIER).await {
            Err(Error::Refused(refusal)) => {
                self.note("token.code", "RFC 6749 §4.1.3, RFC 7636 §4.6", Err(refusal.to_string()));
                return Ok(());
            }
            Err(fault) => return Err(fault),
            Ok(issued) => {
                let told = format!("scope {}", issued.scope);
                self.note("token.code", "RFC 6749 §4.1.3, RFC 7636 §4.6", Ok(told));
                self.id_token(&issued);
                self.userinfo(tx, &issued).await?;
            }
        }
        let replayed = self.redeem(tx, &code, VERIFIER).await;
        self.expect("token.code_replay", "RFC 6749 §4.1.2", (replayed, Check::CodeUnused))
    }

    /// What a relying party has to look at.
    fn id_token(&mut self, issued: &Issued) {
        const NAME: &str = "id_token.claims";
        const CLAUSE: &str = "OIDC Core §3.1.3.7";
        let Some(token) = &issued.id_token else {
            let why = "without the scope openid there is none";
            return self.findings.push(Finding::skipped(NAME, CLAUSE, why));
        };
        let alg = self.client.metadata.id_token_signed_response_alg;
        let outcome = verify(self.cx, token, alg).and_then(|claims| {
            let expected: [(&str, Value); 5] = [
                ("iss", self.cx.issuer().into()),
                ("aud", self.client.id.as_str().into()),
                ("sub", self.live.user.id.as_str().into()),
                ("nonce", NONCE.into()),
                ("at_hash", at_hash(&issued.access_token, alg).into()),
            ];
            match expected.iter().find(|(name, value)| claims[*name] != *value) {
                Some((name, value)) => Err(format!("{name} is {} instead of {value}", claims[*name])),
                None => Ok("signature, iss, aud, sub, nonce and at_hash are right".to_owned()),
            }
        });
        self.note(NAME, CLAUSE, outcome);
    }

    async fn userinfo(&mut self, tx: &mut Conn, issued: &Issued) -> Result<()> {
        const NAME: &str = "userinfo.sub";
        const CLAUSE: &str = "OIDC Core §5.3.2";
        if !issued.scope.contains("openid") {
            let why = "without the scope openid there is no userinfo";
            self.findings.push(Finding::skipped(NAME, CLAUSE, why));
            return Ok(());
        }
        let user = &self.live.user;
        let told = userinfo::told(self.cx, tx, self.client, user, (&issued.scope, &[])).await?;
        let same = told.get("sub").and_then(Value::as_str) == Some(user.id.as_str());
        let outcome = if same { Ok("the same as in the ID token") } else { Err("another than in the ID token") };
        self.note(NAME, CLAUSE, outcome.map(str::to_owned).map_err(str::to_owned));
        Ok(())
    }

    async fn renew(&self, tx: &mut Conn, token: &Opaque) -> Result<Issued> {
        let pairs = [("grant_type", GrantType::RefreshToken.text()), ("refresh_token", token.reveal())];
        grant_within(self.cx, tx, self.client, &params(&pairs)?).await
    }

    /// A token is used, its successor too, and then the first one again: somebody has stolen it.
    async fn refresh(&mut self, tx: &mut Conn, request: &AuthRequest) -> Result<()> {
        const NAME: &str = "token.refresh";
        const CLAUSE: &str = "RFC 6749 §6, RFC 9700 §4.14.2";
        let code = authorize::write_code(self.cx, tx, self.live, request).await?;
        let first = match self.redeem(tx, &code, VERIFIER).await {
            Err(Error::Refused(_)) => return Ok(()),
            other => other?.refresh_token,
        };
        let Some(first) = first else {
            self.findings.push(Finding::skipped(NAME, CLAUSE, "the client gets no refresh tokens"));
            return Ok(());
        };
        let mut latest = first.clone();
        for _ in 0..2 {
            latest = match self.renew(tx, &latest).await {
                Ok(Issued { refresh_token: Some(next), .. }) => next,
                Ok(_) => {
                    self.note(NAME, CLAUSE, Err("no successor came".to_owned()));
                    return Ok(());
                }
                Err(Error::Refused(refusal)) => {
                    self.note(NAME, CLAUSE, Err(refusal.to_string()));
                    return Ok(());
                }
                Err(fault) => return Err(fault),
            };
        }
        self.note(NAME, CLAUSE, Ok("each token has one successor".to_owned()));
        let reused = self.renew(tx, &first).await;
        self.expect("token.refresh_reuse", "RFC 9700 §4.14.2", (reused, Check::RefreshUnused))?;
        let after = self.renew(tx, &latest).await;
        self.expect("token.refresh_revoked", "RFC 9700 §4.14.2", (after, Check::GrantLive))
    }

    async fn program(&mut self, tx: &mut Conn) -> Result<()> {
        const NAME: &str = "token.client_credentials";
        const CLAUSE: &str = "RFC 6749 §4.4";
        if !self.client.metadata.may(GrantType::ClientCredentials) {
            self.findings.push(Finding::skipped(NAME, CLAUSE, "the client may not use this grant"));
            return Ok(());
        }
        let pairs = [("grant_type", GrantType::ClientCredentials.text())];
        let metadata = &self.client.metadata;
        let outcome = match grant_within(self.cx, tx, self.client, &params(&pairs)?).await {
            Err(Error::Refused(refusal)) => Err(refusal.to_string()),
            Err(fault) => return Err(fault),
            Ok(issued) if metadata.access_token_format == TokenFormat::Opaque => Ok(scope(&issued.scope)),
            Ok(issued) => verify(self.cx, &issued.access_token, metadata.access_token_signed_response_alg)
                .map(|_| scope(&issued.scope)),
        };
        self.note(NAME, CLAUSE, outcome);
        Ok(())
    }
}

fn scope(scope: &Scope) -> String {
    if scope.is_empty() { "a token without a scope".to_owned() } else { format!("scope {scope}") }
}
