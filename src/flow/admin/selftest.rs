//! Signet plays the relying party against itself, with the settings of one client: what an app meets that is
//! registered like this, found out before its people do. A sign-in is rehearsed with a person that is made for it, in a
//! transaction that ends without a commit; no code, token or row of it is left.

mod rehearsal;

use std::time::Duration;

use futures_util::future::join_all;
use openidconnect::JsonWebKey as _;
use openidconnect::core::CoreJsonWebKeySet;
use serde_json::{Value, json};
use tracing::Instrument as _;
use url::Url;

use super::{Actor, client};
use crate::app::Cx;
use crate::base::fetch::{self, Failed};
use crate::base::net::{Networks, is_loopback};
use crate::base::random::from_base64url;
use crate::crypto::jose::Typ;
use crate::flow::{Result, token};
use crate::model::ClientId;
use crate::model::client::Client;
use crate::shared::limit::Rate;
use crate::spec::client_meta::{Alg, GrantType, TokenFormat};
use crate::spec::discovery::signing;
use crate::spec::redirect_uri;
use crate::spec::right::Right;
use crate::spec::scope;

/// Each test calls other servers, so nobody makes many.
const RATE: Rate = Rate { burst: 5, interval: Duration::from_secs(10) };
/// Addresses that are called at most.
const MOST_CALLS: usize = 10;

crate::text_enum! {
    /// How a test went.
    Went {
        Passed = "pass",
        Failed = "fail",
        /// It does not apply, or only the app itself can show it.
        Skipped = "skipped",
    }
}

/// One test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub name: &'static str,
    /// Where it is written how it has to be.
    pub clause: &'static str,
    pub went: Went,
    pub detail: String,
}

impl Finding {
    fn of(name: &'static str, clause: &'static str, outcome: Result<String, String>) -> Self {
        match outcome {
            Ok(detail) => Self { name, clause, went: Went::Passed, detail },
            Err(detail) => Self { name, clause, went: Went::Failed, detail },
        }
    }

    fn skipped(name: &'static str, clause: &'static str, detail: impl Into<String>) -> Self {
        Self { name, clause, went: Went::Skipped, detail: detail.into() }
    }
}

/// Runs all tests. Fails with 429 when it is asked for too often.
pub async fn run(cx: Cx<'_>, by: &Actor, id: &ClientId) -> Result<Vec<Finding>> {
    by.require(Right::ClientsWrite)?;
    let client = client::show(cx, by, id).await?;
    cx.limit("self_test", cx.tenant.as_str(), RATE)?;
    let mut findings = settings(cx, &client);
    findings.extend(discovery(cx, &client));
    let signatures = signatures(cx, &client);
    let can_sign = signatures.iter().all(|finding| finding.went == Went::Passed);
    findings.extend(signatures);
    findings.extend(redirects(cx, &client).await);
    if can_sign {
        // what is rehearsed is no attack, whatever the log says of it
        let span = tracing::info_span!("self_test", client.id = client.id.as_str());
        findings.extend(rehearsal::play(cx, &client).instrument(span).await?);
    }
    findings.extend(beyond(&client));
    Ok(findings)
}

/// Whether the settings are valid and go together.
fn settings(cx: Cx<'_>, client: &Client) -> Vec<Finding> {
    let metadata = &client.metadata;
    let state = client.state();
    let served = if client.is_enabled() { Ok(state.to_string()) } else { Err(format!("the client is {state}")) };
    let valid = metadata.check().map(|()| "valid".to_owned()).map_err(|refusal| refusal.reason.into_owned());
    let mut findings = vec![
        Finding::of("client.enabled", "RFC 6749 §2", served),
        Finding::of("client.metadata", "RFC 7591 §2", valid),
    ];
    let live = client.live_secrets(cx.now).count();
    findings.push(match metadata.is_public() {
        true => Finding::skipped("client.secret", "RFC 6749 §2.3.1", "a public client has none"),
        false if live == 0 => Finding::of(
            "client.secret",
            "RFC 6749 §2.3.1",
            Err("no secret counts: the client cannot authenticate; rotate its secret".to_owned()),
        ),
        false => Finding::of("client.secret", "RFC 6749 §2.3.1", Ok(format!("{live} that count"))),
    });
    if metadata.may(GrantType::AuthorizationCode) {
        findings.push(match metadata.needs_pkce() {
            true => Finding::of("client.pkce", "RFC 9700 §2.1.1", Ok("every request must use it".to_owned())),
            false => Finding::skipped(
                "client.pkce",
                "RFC 9700 §2.1.1",
                "require_pkce is off: a stolen code is of no use only if the app compares nonce, which only the app can show",
            ),
        });
        findings.push(Finding::of("client.refresh", "OIDC Core §11", staying(client)));
    }
    findings
}

/// Staying connected takes a grant and a scope; one alone is of no use.
fn staying(client: &Client) -> Result<String, String> {
    let offered = client.metadata.scope.contains("offline_access");
    match (client.metadata.may(GrantType::RefreshToken), offered) {
        (true, true) => Ok("refresh tokens are given with the scope offline_access".to_owned()),
        (false, false) => Ok("no refresh tokens are given, and none is asked for".to_owned()),
        (true, false) => Err("the grant refresh_token is of no use without the scope offline_access".to_owned()),
        (false, true) => Err("the scope offline_access is left aside without the grant refresh_token".to_owned()),
    }
}

/// Whether what we publish fits what the client is registered for.
fn discovery(cx: Cx<'_>, client: &Client) -> Vec<Finding> {
    let document: Value = serde_json::from_slice(&cx.app.discovery.bytes).unwrap_or_default();
    let lists =
        |member: &str, value: &str| document[member].as_array().is_some_and(|all| all.iter().any(|one| one == value));
    let issuer = match document["issuer"].as_str() {
        Some(issuer) if issuer == cx.issuer() => Ok(issuer.to_owned()),
        other => Err(format!("{other:?} is published, and tokens say {}", cx.issuer())),
    };
    let stray = document.as_object().into_iter().flatten().find(|(name, address)| {
        let is_endpoint = name.ends_with("_endpoint") || *name == "jwks_uri";
        is_endpoint && !address.as_str().is_some_and(|address| address.starts_with(cx.issuer()))
    });
    let endpoints = match stray {
        None => Ok("all below the issuer".to_owned()),
        Some((name, address)) => Err(format!("{name} is {address}")),
    };
    let metadata = &client.metadata;
    let missing = [
        ("id_token_signing_alg_values_supported", metadata.id_token_signed_response_alg.text()),
        ("token_endpoint_auth_methods_supported", metadata.token_endpoint_auth_method.text()),
        ("code_challenge_methods_supported", "S256"),
    ];
    let grants = metadata.grant_types.iter().map(|grant| ("grant_types_supported", grant.text()));
    let own = metadata.scope.iter().filter(|name| scope::meaning(name).is_some());
    let named = missing.into_iter().chain(grants).chain(own.map(|name| ("scopes_supported", name)));
    let unnamed: Vec<_> = named.filter(|(member, value)| !lists(member, value)).map(|(_, value)| value).collect();
    let covered = match unnamed.is_empty() {
        true => Ok("all that the client is registered for is published".to_owned()),
        false => Err(format!("not published: {}", unnamed.join(", "))),
    };
    vec![
        Finding::of("discovery.issuer", "OIDC Discovery §4.3", issuer),
        Finding::of("discovery.endpoints", "OIDC Discovery §3", endpoints),
        Finding::of("discovery.support", "OIDC Discovery §3", covered),
    ]
}

/// Whether there is a key for each algorithm, and what it signs can be verified with what we publish.
fn signatures(cx: Cx<'_>, client: &Client) -> Vec<Finding> {
    let metadata = &client.metadata;
    let mut algs = Vec::new();
    if metadata.may(GrantType::AuthorizationCode) {
        algs.push(("id_token.signature", "OIDC Core §10.1", metadata.id_token_signed_response_alg, Typ::Jwt));
    }
    if metadata.access_token_format == TokenFormat::Jwt {
        let alg = metadata.access_token_signed_response_alg;
        algs.push(("access_token.signature", "RFC 9068 §4", alg, Typ::AccessToken));
    }
    if let Some(alg) = metadata.userinfo_signed_response_alg {
        algs.push(("userinfo.signature", "OIDC Core §5.3.2", alg, Typ::Jwt));
    }
    let signed = |(name, clause, alg, typ): (&'static str, &'static str, Alg, Typ)| {
        let token = token::sign(cx, alg, typ, &json!({ "iss": cx.issuer() })).map_err(|error| error.to_string());
        let verified = token.and_then(|token| verify(cx, &token, alg));
        Finding::of(name, clause, verified.map(|_| format!("{alg}, verified with the published key set")))
    };
    algs.into_iter().map(signed).collect()
}

/// The claims of a token, verified as a relying party does it: by the published key set, with a library that does not
/// know how we sign.
fn verify(cx: Cx<'_>, token: &str, alg: Alg) -> Result<Value, String> {
    let keys = cx.app.keys.load();
    let set: CoreJsonWebKeySet = serde_json::from_slice(&keys.published.bytes)
        .map_err(|error| format!("the key set cannot be read: {error}"))?;
    let form = || "no signed token in compact form".to_owned();
    let (message, signature) = token.rsplit_once('.').ok_or_else(form)?;
    let (header, payload) = message.split_once('.').ok_or_else(form)?;
    let decode = |part: &str| from_base64url(part).ok_or_else(form);
    let read = |part: &str| serde_json::from_slice::<Value>(&decode(part)?).map_err(|_| form());
    let header = read(header)?;
    if header["alg"] != alg.text() {
        return Err(format!("signed with {} instead of {alg}", header["alg"]));
    }
    let kid = header["kid"].as_str().unwrap_or_default();
    let key = set.keys().iter().find(|key| key.key_id().is_some_and(|id| id.as_str() == kid));
    let key = key.ok_or_else(|| format!("the key {kid} is not published"))?;
    key.verify_signature(&signing(alg), message.as_bytes(), &decode(signature)?).map_err(|error| error.to_string())?;
    read(payload)
}

/// Whether each redirect URI may be one, and whether somebody answers there.
async fn redirects(cx: Cx<'_>, client: &Client) -> Vec<Finding> {
    let uris = &client.metadata.redirect_uris;
    let allowed = Networks::parse(&cx.app.config.server.outgoing_networks).unwrap_or_default();
    let calls = uris.iter().enumerate().map(|(at, uri)| reach(uri, &allowed, at < MOST_CALLS));
    let forms = uris.iter().map(|uri| {
        let checked = redirect_uri::check(uri).map(|()| uri.clone());
        Finding::of("redirect_uri.form", "RFC 9700 §4.1.3, RFC 8252 §7", checked)
    });
    forms.chain(join_all(calls).await).collect()
}

async fn reach(uri: &str, allowed: &Networks, is_called: bool) -> Finding {
    const NAME: &str = "redirect_uri.reachable";
    const CLAUSE: &str = "RFC 6749 §3.1.2";
    let skipped = |why: &str| Finding::skipped(NAME, CLAUSE, format!("{uri}: {why}"));
    let Ok(url) = Url::parse(uri) else { return skipped("it is no URI") };
    if !matches!(url.scheme(), "https" | "http") {
        return skipped("only a device that has the app can open it");
    }
    if !is_called {
        return skipped("not more than ten addresses are called");
    }
    let outcome = match fetch::status(&url, allowed).await {
        Err(Failed::Special(_)) if is_loopback(&url) => return skipped("it is on the person's own machine"),
        Err(error @ Failed::Special(_)) => return skipped(&format!("{error}; see server.outgoing_networks")),
        Err(error) => Err(format!("{uri}: {error}")),
        Ok(status @ (404 | 410)) => Err(format!("{uri}: nothing is there ({status})")),
        Ok(status @ 500..) => Err(format!("{uri}: the app failed ({status})")),
        Ok(status) => Ok(format!("{uri}: answers ({status})")),
    };
    Finding::of(NAME, CLAUSE, outcome)
}

/// What cannot be seen from here.
fn beyond(client: &Client) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !client.metadata.is_public() {
        let why = "only a hash of the secret is kept, so whether the app has the right one its first request shows";
        findings.push(Finding::skipped("client.authentication", "RFC 6749 §2.3.1", why));
    }
    if client.metadata.may(GrantType::AuthorizationCode) {
        let why = "whether the app compares state and nonce only the app can show";
        findings.push(Finding::skipped("app.state_and_nonce", "OIDC Core §3.1.2.7, §3.1.3.7", why));
        let why = "the pages are not opened: dry-run tells which ones a person would see";
        findings.push(Finding::skipped("app.pages", "OIDC Core §3.1.2.3, §3.1.2.4", why));
    }
    findings
}
