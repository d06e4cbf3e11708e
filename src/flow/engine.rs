//! RFC 6749's own state machines, driven with values that are already in hand. The only file that names `oxide_auth`.
//!
//! What a machine checks (response type, form of scope, binding of a code to client and redirect URI, subset of scope
//! at refresh, order of steps) is checked there and nowhere else. What it cannot know (PKCE, OIDC, reuse, consent)
//! happens while it waits. Its clock must not decide: the grants it is given never expire, ours has judged before.

use std::borrow::Cow;

use oxide_auth::code_grant::accesstoken::{self, AccessToken};
use oxide_auth::code_grant::authorization::{self, Authorization};
use oxide_auth::code_grant::client_credentials::{self, ClientCredentials};
use oxide_auth::code_grant::error::{AccessTokenErrorType, AuthorizationErrorType};
use oxide_auth::code_grant::refresh::{self, Refresh};
use oxide_auth::primitives::grant::{Extensions, Grant};
use oxide_auth::primitives::issuer::{IssuedToken, RefreshedToken, TokenType};
use oxide_auth::primitives::registrar::{BoundClient, ExactUrl, PreGrant, RegisteredUrl};
use oxide_auth::primitives::scope::Scope as Oxide;
use url::Url;

use super::{Error, Fault, Result};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;
use crate::spec::scope::Scope;

/// The request as the machines want to see it. The client has been authenticated, so they get no secret.
struct Asked<'a> {
    params: &'a Params,
    client_id: &'a str,
    redirect_uri: Option<&'a str>,
}

impl Asked<'_> {
    fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.params.get(name).map(Cow::Borrowed)
    }
}

impl authorization::Request for Asked<'_> {
    fn valid(&self) -> bool {
        true
    }

    fn client_id(&self) -> Option<Cow<'_, str>> {
        Some(self.client_id.into())
    }

    fn scope(&self) -> Option<Cow<'_, str>> {
        self.get("scope")
    }

    fn redirect_uri(&self) -> Option<Cow<'_, str>> {
        self.redirect_uri.map(Cow::Borrowed)
    }

    fn state(&self) -> Option<Cow<'_, str>> {
        None
    }

    fn response_type(&self) -> Option<Cow<'_, str>> {
        self.get("response_type")
    }

    fn extension(&self, _: &str) -> Option<Cow<'_, str>> {
        None
    }
}

impl accesstoken::Request for Asked<'_> {
    fn valid(&self) -> bool {
        true
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        self.get("code")
    }

    fn authorization(&self) -> accesstoken::Authorization<'_> {
        accesstoken::Authorization::Username(self.client_id.into())
    }

    fn client_id(&self) -> Option<Cow<'_, str>> {
        None
    }

    fn redirect_uri(&self) -> Option<Cow<'_, str>> {
        self.redirect_uri.map(Cow::Borrowed)
    }

    fn grant_type(&self) -> Option<Cow<'_, str>> {
        self.get("grant_type")
    }

    fn extension(&self, _: &str) -> Option<Cow<'_, str>> {
        None
    }
}

impl refresh::Request for Asked<'_> {
    fn valid(&self) -> bool {
        true
    }

    fn refresh_token(&self) -> Option<Cow<'_, str>> {
        self.get("refresh_token")
    }

    fn scope(&self) -> Option<Cow<'_, str>> {
        self.get("scope")
    }

    fn grant_type(&self) -> Option<Cow<'_, str>> {
        self.get("grant_type")
    }

    fn authorization(&self) -> Option<(Cow<'_, str>, Cow<'_, [u8]>)> {
        Some((self.client_id.into(), Cow::Borrowed(&[])))
    }

    fn extension(&self, _: &str) -> Option<Cow<'_, str>> {
        None
    }
}

impl client_credentials::Request for Asked<'_> {
    fn valid(&self) -> bool {
        true
    }

    fn authorization(&self) -> Option<(Cow<'_, str>, Cow<'_, [u8]>)> {
        Some((self.client_id.into(), Cow::Borrowed(&[])))
    }

    fn scope(&self) -> Option<Cow<'_, str>> {
        self.get("scope")
    }

    fn grant_type(&self) -> Option<Cow<'_, str>> {
        self.get("grant_type")
    }

    fn extension(&self, _: &str) -> Option<Cow<'_, str>> {
        None
    }
}

/// Runs an authorization request (RFC 6749 §4.1.1). `extend` makes the checks that the machine does not know, and
/// `negotiate` answers with the scope that may be granted of the one that was asked for.
pub fn authorize<T>(
    params: &Params,
    client_id: &str,
    redirect_uri: &str,
    extend: impl FnOnce() -> Result<T, Refusal>,
    negotiate: impl FnOnce(Option<Scope>) -> Result<Scope, Refusal>,
) -> Result<(T, Scope)> {
    let asked = Asked { params, client_id, redirect_uri: Some(redirect_uri) };
    let mut machine = Authorization::new(&asked);
    let authorization::Output::Bind { redirect_uri: Some(uri), .. } = machine.advance(authorization::Input::None)
    else {
        return Err(stuck());
    };
    let uri = RegisteredUrl::from(uri);
    let bound_client =
        BoundClient { client_id: Cow::Owned(client_id.to_owned()), redirect_uri: Cow::Owned(uri.clone()) };
    let bound = machine.advance(authorization::Input::Bound { request: &asked, bound_client });
    if let authorization::Output::Err(error) = bound {
        return Err(authorization_error(error, params));
    }
    let extended = extend()?;
    let output = machine.advance(authorization::Input::Extended(Extensions::new()));
    let authorization::Output::Negotiate { scope: wanted, .. } = output else { return Err(stuck()) };
    // the machine has judged the form; its set has lost the order, which people see on the consent page
    let scope = negotiate(wanted.and(params.get("scope")).map(Scope::parse))?;
    let pre_grant = PreGrant { client_id: client_id.to_owned(), redirect_uri: uri, scope: oxide(&scope)? };
    match machine.advance(authorization::Input::Negotiated { pre_grant, state: None }) {
        authorization::Output::Ok { .. } => Ok((extended, scope)),
        _ => Err(stuck()),
    }
}

fn authorization_error(error: authorization::Error, params: &Params) -> Error {
    let authorization::Error::Redirect(mut url) = error else { return stuck() };
    match url.description().kind() {
        AuthorizationErrorType::UnsupportedResponseType => {
            let received = params.get("response_type");
            let code = if received.is_none() { Code::InvalidRequest } else { Code::UnsupportedResponseType };
            let refusal = code.because("response_type must be \"code\"");
            refusal.at(Check::ResponseType, "code", received.unwrap_or("nothing")).into()
        }
        AuthorizationErrorType::InvalidScope => bad_scope(params),
        _ => stuck(),
    }
}

fn bad_scope(params: &Params) -> Error {
    let received = params.get("scope").unwrap_or_default();
    let refusal = Code::InvalidScope.because("scope has a forbidden character");
    refusal.at(Check::ScopeForm, "printable characters without quotes and backslashes", received).into()
}

/// The exchange of a code (RFC 6749 §4.1.3), waiting for what the code stands for.
pub struct CodeExchange {
    machine: AccessToken,
    redirect_uri: String,
}

impl CodeExchange {
    /// Checks that nothing is missing from the request.
    pub fn new(params: &Params, client_id: &str) -> Result<Self> {
        params.required("code")?;
        let redirect_uri = params.required("redirect_uri")?;
        let asked = Asked { params, client_id, redirect_uri: Some(redirect_uri) };
        let mut machine = AccessToken::new(&asked);
        match machine.advance(accesstoken::Input::Authenticated) {
            accesstoken::Output::Recover { .. } => Ok(Self { machine, redirect_uri: redirect_uri.to_owned() }),
            _ => {
                let refusal = Code::InvalidRequest.because("redirect_uri is not a URI");
                Err(refusal.at(Check::Form, "an absolute URI", redirect_uri).into())
            }
        }
    }

    /// Checks that the code was given to this client for this redirect URI, letter by letter: the machine itself would
    /// take two spellings of one address for the same.
    pub fn recovered(mut self, client_id: &str, redirect_uri: &str, scope: &Scope) -> Result<Extending> {
        let grant = Box::new(stored(client_id, redirect_uri, scope)?);
        let grant = Some(grant).filter(|_| self.redirect_uri == redirect_uri);
        match self.machine.advance(accesstoken::Input::Recovered(grant)) {
            accesstoken::Output::Extend { .. } => Ok(Extending(self.machine)),
            _ => {
                let refusal =
                    Code::InvalidGrant.because("client or redirect_uri differ from the authorization request");
                Err(refusal.at(Check::CodeBinding, redirect_uri, "another").into())
            }
        }
    }
}

/// The exchange of a code that stands, waiting for the checks that the machine does not know.
pub struct Extending(AccessToken);

impl Extending {
    /// Ends the exchange: tokens may be made.
    pub fn finish(mut self) -> Result<()> {
        let extended = accesstoken::Input::Extended { access_extensions: Extensions::new() };
        let accesstoken::Output::Issue { .. } = self.0.advance(extended) else { return Err(stuck()) };
        let token = IssuedToken { token: String::new(), refresh: None, until: never(), token_type: TokenType::Bearer };
        match self.0.advance(accesstoken::Input::Issued(token)) {
            accesstoken::Output::Ok(_) => Ok(()),
            _ => Err(stuck()),
        }
    }
}

/// A refresh (RFC 6749 §6), waiting for what the token stands for.
pub struct Refreshing(Refresh);

impl Refreshing {
    pub fn new(params: &Params, client_id: &str) -> Result<Self> {
        params.required("refresh_token")?;
        let mut machine = Refresh::new(&Asked { params, client_id, redirect_uri: None });
        match machine.advance(refresh::Input::Authenticated { scope: None }) {
            refresh::Output::RecoverRefresh { .. } => Ok(Self(machine)),
            _ => Err(stuck()),
        }
    }

    /// Checks client and scope, and answers with the scope of the new access token: the one that was asked for, or
    /// all that was granted.
    pub fn recovered(mut self, params: &Params, client_id: &str, granted: &Scope) -> Result<Scope> {
        let grant = Some(Box::new(stored(client_id, "urn:signet", granted)?));
        let scope = params.get("scope").map(Cow::Borrowed);
        match self.0.advance(refresh::Input::Recovered { scope, grant }) {
            refresh::Output::Refresh { .. } => {}
            refresh::Output::Err(error) => return Err(refresh_error(error, params, granted)),
            _ => return Err(stuck()),
        }
        let token =
            RefreshedToken { token: String::new(), refresh: None, until: never(), token_type: TokenType::Bearer };
        match self.0.advance(refresh::Input::Refreshed(token)) {
            refresh::Output::Ok(_) => Ok(params.get("scope").map_or_else(|| granted.clone(), Scope::parse)),
            _ => Err(stuck()),
        }
    }
}

fn refresh_error(error: refresh::Error, params: &Params, granted: &Scope) -> Error {
    let refresh::Error::Invalid(mut description) = error else { return stuck() };
    match description.description().kind() {
        AccessTokenErrorType::InvalidScope => {
            let received = params.get("scope").unwrap_or_default();
            let refusal = Code::InvalidScope.because("scope goes beyond what was granted");
            refusal.at(Check::Scope, granted.to_string(), received).into()
        }
        _ => {
            let refusal = Code::InvalidGrant.because("the refresh token is not this client's");
            refusal.at(Check::RefreshKnown, "the client that it was issued to", "another client").into()
        }
    }
}

/// Runs a program's own request (RFC 6749 §4.4). `negotiate` as in [`authorize`].
pub fn client_credentials(
    params: &Params,
    client_id: &str,
    negotiate: impl FnOnce(Option<Scope>) -> Result<Scope, Refusal>,
) -> Result<Scope> {
    let mut machine = ClientCredentials::new(&Asked { params, client_id, redirect_uri: None });
    let binding = machine.advance(client_credentials::Input::Authenticated);
    let client_credentials::Output::Binding { .. } = binding else { return Err(bad_scope(params)) };
    // the machine wants a redirect URI even where RFC 6749 §4.4 knows none
    let uri = RegisteredUrl::Exact(nowhere()?);
    let bound_client =
        BoundClient { client_id: Cow::Owned(client_id.to_owned()), redirect_uri: Cow::Owned(uri.clone()) };
    machine.advance(client_credentials::Input::Bound { bound_client });
    let output = machine.advance(client_credentials::Input::Extended { extensions: Extensions::new() });
    let client_credentials::Output::Negotiate { scope: wanted, .. } = output else { return Err(stuck()) };
    let scope = negotiate(wanted.and(params.get("scope")).map(Scope::parse))?;
    let pre_grant = PreGrant { client_id: client_id.to_owned(), redirect_uri: uri, scope: oxide(&scope)? };
    match machine.advance(client_credentials::Input::Negotiated { pre_grant }) {
        client_credentials::Output::Ok { .. } => Ok(scope),
        _ => Err(stuck()),
    }
}

fn stored(client_id: &str, redirect_uri: &str, scope: &Scope) -> Result<Grant> {
    Ok(Grant {
        owner_id: String::new(),
        client_id: client_id.to_owned(),
        scope: oxide(scope)?,
        redirect_uri: Url::parse(redirect_uri).map_err(|_| stuck())?,
        until: never(),
        extensions: Extensions::new(),
    })
}

fn oxide(scope: &Scope) -> Result<Oxide> {
    scope.to_string().parse().map_err(|_| stuck())
}

fn nowhere() -> Result<ExactUrl> {
    "urn:signet".parse().map_err(|_| stuck())
}

fn never() -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::<chrono::Utc>::MAX_UTC
}

/// A machine took a way that its own documentation rules out.
fn stuck() -> Error {
    Fault::Engine("the authorization machine did not go on").into()
}
