//! The authorization request (RFC 6749 §4.1.1, OIDC Core §3.1.2.1). `CHECKS` is the list of what is checked.

use serde::{Deserialize, Serialize};

use super::acr::Level;
use super::check::Check;
use super::claims::ClaimsRequest;
use super::client_meta::{GrantType, Metadata};
use super::error::{Code, Refusal};
use super::params::Params;
use super::pkce;
use super::return_to::Mode;
use super::scope::Scope;
use crate::config::Field;

/// A request whose every parameter has been checked. Kept, as it is, while the person signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthRequest {
    pub client_id: String,
    pub redirect_uri: String,
    pub mode: Mode,
    pub state: Option<String>,
    pub scope: Scope,
    pub nonce: Option<String>,
    pub code_challenge: Option<String>,
    pub prompt: Vec<Prompt>,
    /// Seconds.
    pub max_age: Option<u64>,
    pub login_hint: Option<String>,
    pub acr_values: Vec<String>,
    /// Languages for the pages, dearest first.
    pub ui_locales: Option<String>,
    pub claims: ClaimsRequest,
    /// Who must be signed in, by `id_token_hint` or by the `claims` parameter.
    pub expected_sub: Option<String>,
}

crate::text_enum! {
    /// What the client wants the person to see (OIDC Core §3.1.2.1).
    Prompt {
        None = "none",
        Login = "login",
        Consent = "consent",
        SelectAccount = "select_account",
    }
}

impl AuthRequest {
    /// What the person has to allow: the scopes, and those behind the claims that are asked for one by one.
    pub fn needed(&self) -> Scope {
        self.scope.union(&self.claims.scope())
    }

    /// How sure the app wants to be.
    pub fn wanted_level(&self) -> Option<Level> {
        Level::wanted(if self.claims.acr.is_empty() { &self.acr_values } else { &self.claims.acr })
    }

    pub fn wants(&self, prompt: Prompt) -> bool {
        self.prompt.contains(&prompt)
    }
}

/// What the checks look at.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub params: &'a Params,
    pub client: &'a Metadata,
    /// The subject of an `id_token_hint` whose signature was good.
    pub hinted_sub: Option<&'a str>,
    /// The tenant's own, which have claims.
    pub fields: &'a [Field],
}

type Checked = Result<(), Refusal>;

/// In this order; each puts what it has checked into the request. `response_type` and the form of `scope` come
/// before them (RFC 6749's own machine), whether the client may have the scopes comes after.
const CHECKS: &[fn(&Asked<'_>, &mut AuthRequest) -> Checked] =
    &[request_object, response_mode, grant, challenge, prompt, max_age, claims, id_token_hint];

/// Checks everything that needs no database. `client_id` and `redirect_uri` are known good.
pub fn check(asked: &Asked<'_>, client_id: &str, redirect_uri: &str) -> Result<AuthRequest, Refusal> {
    let mut request = AuthRequest {
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        mode: Mode::Query,
        state: asked.params.get("state").map(str::to_owned),
        scope: Scope::default(),
        nonce: asked.params.get("nonce").map(str::to_owned),
        code_challenge: None,
        prompt: Vec::new(),
        max_age: None,
        login_hint: None,
        acr_values: Vec::new(),
        ui_locales: None,
        claims: ClaimsRequest::default(),
        expected_sub: None,
    };
    for check in CHECKS {
        check(asked, &mut request)?;
    }
    hints(asked, &mut request);
    Ok(request)
}

/// OIDC Core §6: no request objects yet; each parameter has its own error.
fn request_object(asked: &Asked<'_>, _: &mut AuthRequest) -> Checked {
    for (name, code) in [
        ("request", Code::RequestNotSupported),
        ("request_uri", Code::RequestUriNotSupported),
        ("registration", Code::RegistrationNotSupported),
    ] {
        if asked.params.get(name).is_some() {
            let refusal = code.because(format!("{name} is not supported"));
            return Err(refusal.at(Check::RequestObject, format!("no {name}"), name));
        }
    }
    Ok(())
}

fn response_mode(asked: &Asked<'_>, request: &mut AuthRequest) -> Checked {
    if let Some(mode) = asked.params.get("response_mode") {
        request.mode = Mode::parse(mode).ok_or_else(|| {
            let expected = format!("one of: {}", Mode::names());
            let refusal = Code::InvalidRequest.because("response_mode is not supported");
            refusal.at(Check::ResponseMode, expected, mode)
        })?;
    }
    Ok(())
}

fn grant(asked: &Asked<'_>, _: &mut AuthRequest) -> Checked {
    if asked.client.may(GrantType::AuthorizationCode) {
        return Ok(());
    }
    let refusal = Code::UnauthorizedClient.because("this client may not use the authorization code grant");
    let registered: Vec<_> = asked.client.grant_types.iter().map(|grant| grant.text()).collect();
    Err(refusal.at(Check::ClientGrant, registered.join(" "), "authorization_code").set_by("client.grant_types"))
}

fn challenge(asked: &Asked<'_>, request: &mut AuthRequest) -> Checked {
    let required = if asked.client.needs_pkce() { pkce::Required::Yes } else { pkce::Required::No };
    let (challenge, method) = (asked.params.get("code_challenge"), asked.params.get("code_challenge_method"));
    request.code_challenge = pkce::challenge(challenge, method, required)?.map(str::to_owned);
    Ok(())
}

fn prompt(asked: &Asked<'_>, request: &mut AuthRequest) -> Checked {
    let Some(text) = asked.params.get("prompt") else { return Ok(()) };
    for value in text.split(' ').filter(|value| !value.is_empty()) {
        let known = Prompt::parse(value).ok_or_else(|| {
            let refusal = Code::InvalidRequest.because("prompt has a value that is not supported");
            refusal.at(Check::Prompt, Prompt::names(), value)
        })?;
        request.prompt.push(known);
    }
    if request.wants(Prompt::None) && request.prompt.len() > 1 {
        let refusal = Code::InvalidRequest.because("prompt=none excludes all other values");
        return Err(refusal.at(Check::Prompt, "none alone", text));
    }
    Ok(())
}

fn max_age(asked: &Asked<'_>, request: &mut AuthRequest) -> Checked {
    request.max_age = asked.client.default_max_age;
    if let Some(text) = asked.params.get("max_age") {
        let refuse = |_| {
            let refusal = Code::InvalidRequest.because("max_age is not a number of seconds");
            refusal.at(Check::MaxAge, "a whole number of seconds", text)
        };
        request.max_age = Some(text.parse().map_err(refuse)?);
    }
    Ok(())
}

fn claims(asked: &Asked<'_>, request: &mut AuthRequest) -> Checked {
    if let Some(text) = asked.params.get("claims") {
        request.claims = ClaimsRequest::parse(text, asked.fields)?.within(&asked.client.scope, asked.fields);
        request.expected_sub.clone_from(&request.claims.sub);
    }
    Ok(())
}

fn id_token_hint(asked: &Asked<'_>, request: &mut AuthRequest) -> Checked {
    let Some(hinted) = asked.hinted_sub else { return Ok(()) };
    if request.expected_sub.as_deref().is_some_and(|expected| expected != hinted) {
        let refusal = Code::InvalidRequest.because("id_token_hint and claims name different subjects");
        return Err(refusal.at(Check::IdTokenHint, "one subject", "two"));
    }
    request.expected_sub = Some(hinted.to_owned());
    Ok(())
}

/// OIDC Core §3.1.2.1: hints never cause an error.
fn hints(asked: &Asked<'_>, request: &mut AuthRequest) {
    request.ui_locales = asked.params.get("ui_locales").map(str::to_owned);
    request.login_hint = asked.params.get("login_hint").map(str::to_owned);
    let values = asked.params.get("acr_values").unwrap_or_default();
    request.acr_values = values.split(' ').filter(|value| !value.is_empty()).take(10).map(str::to_owned).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn run(query: &str) -> Result<AuthRequest, Refusal> {
        let query = format!("code_challenge={CHALLENGE}&code_challenge_method=S256&{query}");
        let params = Params::parse(query.as_bytes()).unwrap();
        let client = Metadata { redirect_uris: vec!["https://rp.test/cb".into()], ..Metadata::default() };
        check(&Asked { params: &params, client: &client, hinted_sub: None, fields: &[] }, "app", "https://rp.test/cb")
    }

    #[test]
    fn a_request_with_everything() {
        let request = run("prompt=login%20consent&max_age=60&login_hint=ada&response_mode=form_post&acr_values=a%20b&\
                           ui_locales=se&display=page&unknown=1")
        .unwrap();
        assert!(request.wants(Prompt::Login) && request.wants(Prompt::Consent));
        assert_eq!((request.max_age, request.mode), (Some(60), Mode::FormPost));
        assert_eq!(request.acr_values, ["a", "b"]);
        let many = run("acr_values=1%202%203%204%205%206%207%208%209%2010%2011").unwrap();
        assert_eq!(many.acr_values.len(), 10, "a hint is never refused; the first ten count");
        let kept = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<AuthRequest>(&kept).unwrap(), request);
    }

    #[test]
    fn refusals() {
        for (query, code, failed) in [
            ("request=x", Code::RequestNotSupported, Check::RequestObject),
            ("request_uri=x", Code::RequestUriNotSupported, Check::RequestObject),
            ("registration=x", Code::RegistrationNotSupported, Check::RequestObject),
            ("response_mode=fragment", Code::InvalidRequest, Check::ResponseMode),
            ("prompt=none%20login", Code::InvalidRequest, Check::Prompt),
            ("prompt=maybe", Code::InvalidRequest, Check::Prompt),
            ("max_age=-1", Code::InvalidRequest, Check::MaxAge),
            ("claims=x", Code::InvalidRequest, Check::Claims),
        ] {
            let refusal = run(query).unwrap_err();
            assert_eq!((refusal.code, refusal.why.unwrap().check), (code, failed), "{query}");
        }
    }
}
