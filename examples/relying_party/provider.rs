//! Signing people in with an `OpenID` provider: the authorization code flow with PKCE, state and nonce.

use std::sync::{PoisonError, RwLock};

use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreIdTokenClaims, CoreProviderMetadata};
use openidconnect::core::{CoreRequestTokenError, CoreTokenResponse, CoreUserInfoClaims};
use openidconnect::url::Url;
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, NonceVerifier, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope,
    SignatureVerificationError, SubjectIdentifier, TokenResponse as _,
};
use serde::Deserialize;
use serde_json::Value;

use crate::http;

/// What we want to know and do; `openid` goes along by itself. `offline_access` asks for a refresh token.
const SCOPES: [&str; 3] = ["profile", "email", "offline_access"];

/// The members of `signet client create --json` that matter here.
#[derive(Debug, Clone, Deserialize)]
pub struct Registration {
    client_id: String,
    /// None for a public client.
    client_secret: Option<String>,
    token_endpoint_auth_method: Option<String>,
}

impl Registration {
    pub const fn new(client_id: String, client_secret: Option<String>) -> Self {
        Self { client_id, client_secret, token_endpoint_auth_method: None }
    }
}

/// A sign-in under way: what the answer must match.
pub struct Pending {
    pub state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct Person {
    /// The claims of the ID token: who, when and how. Their `sub` is what to know the person by, for ever.
    pub claims: Value,
    /// The userinfo answer: what the scopes let us know.
    pub userinfo: Value,
    /// What was granted; it may be less than what was asked for.
    pub scope: String,
    pub refresh_token: Option<RefreshToken>,
    pub refreshed: u32,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("The provider said no. {0}")]
    Refused(String),
    #[error("The provider cannot be asked at the moment. {0}")]
    Unreachable(String),
    #[error("The provider's answer cannot be trusted. {0}")]
    Untrusted(String),
}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

pub struct Provider {
    issuer: IssuerUrl,
    redirect_uri: RedirectUrl,
    registration: Registration,
    /// With the provider's endpoints and keys; read again when a token is signed with a key that is not among them.
    client: RwLock<Client>,
}

impl Provider {
    /// Reads discovery document and key set.
    pub async fn discover(issuer: &str, redirect_uri: &str, registration: Registration) -> Result<Self, Refusal> {
        let invalid = |error: openidconnect::url::ParseError| Refusal::Untrusted(format!("{issuer}: {error}"));
        let issuer = IssuerUrl::new(issuer.to_owned()).map_err(invalid)?;
        let redirect_uri = RedirectUrl::new(redirect_uri.to_owned()).map_err(invalid)?;
        let client = RwLock::new(client(&issuer, &redirect_uri, &registration).await?);
        Ok(Self { issuer, redirect_uri, registration, client })
    }

    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Where to send the browser, and what to remember until it comes back.
    pub fn start(&self) -> (Url, Pending) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = self.client();
        let request =
            client.authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random);
        let request = request.add_scopes(SCOPES.map(|scope| Scope::new(scope.to_owned())));
        let (url, state, nonce) = request.set_pkce_challenge(challenge).url();
        (url, Pending { state, nonce, verifier })
    }

    /// Exchanges the code, and believes nothing before it is checked.
    pub async fn finish(&self, pending: Pending, code: String) -> Result<Person, Refusal> {
        let client = self.client();
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(untrusted)?;
        let tokens = request.set_pkce_verifier(pending.verifier).request_async(&http::send).await.map_err(refused)?;
        let claims = self.verified(&tokens, Some(&pending.nonce)).await?;
        let claims = claims.ok_or_else(|| Refusal::Untrusted("There is no ID token.".to_owned()))?;
        let claims = serde_json::to_value(&claims).map_err(untrusted)?;
        Ok(Person {
            userinfo: self.userinfo(&tokens, &claims).await?,
            claims,
            scope: scope(&tokens),
            refresh_token: tokens.refresh_token().cloned(),
            refreshed: 0,
        })
    }

    /// Fetches new tokens. Each refresh token is good for one use; its successor comes with the answer.
    pub async fn refresh(&self, person: &Person, token: RefreshToken) -> Result<Person, Refusal> {
        let client = self.client();
        let request = client.exchange_refresh_token(&token).map_err(untrusted)?;
        let tokens = request.request_async(&http::send).await.map_err(refused)?;
        // OIDC Core §12.2: a new ID token may come along, and must be the same person's
        let claims = match self.verified(&tokens, None).await? {
            None => person.claims.clone(),
            Some(claims) => serde_json::to_value(&claims).map_err(untrusted)?,
        };
        if person.claims["sub"] != claims["sub"] {
            return Err(Refusal::Untrusted("The tokens are another person's.".to_owned()));
        }
        // the new refresh token is in hand and must not get lost, whatever else fails
        let userinfo = self.userinfo(&tokens, &claims).await.unwrap_or_else(|_| person.userinfo.clone());
        Ok(Person {
            userinfo,
            claims,
            scope: scope(&tokens),
            refresh_token: Some(tokens.refresh_token().cloned().unwrap_or(token)),
            refreshed: person.refreshed + 1,
        })
    }

    /// The claims of the ID token. A signature by a key that we do not know is a reason to look for new keys, once.
    async fn verified(
        &self,
        tokens: &CoreTokenResponse,
        nonce: Option<&Nonce>,
    ) -> Result<Option<CoreIdTokenClaims>, Refusal> {
        use ClaimsVerificationError::SignatureVerification;
        use SignatureVerificationError::NoMatchingKey;
        let checked = match check(&self.client(), tokens, nonce) {
            Err(SignatureVerification(NoMatchingKey)) => {
                let fresh = client(&self.issuer, &self.redirect_uri, &self.registration).await?;
                *self.client.write().unwrap_or_else(PoisonError::into_inner) = fresh.clone();
                check(&fresh, tokens, nonce)
            }
            checked => checked,
        };
        checked.map_err(untrusted)
    }

    /// The library refuses an answer about another person than the ID token's.
    async fn userinfo(&self, tokens: &CoreTokenResponse, claims: &Value) -> Result<Value, Refusal> {
        let subject = SubjectIdentifier::new(claims["sub"].as_str().unwrap_or_default().to_owned());
        let client = self.client();
        let request = client.user_info(tokens.access_token().clone(), Some(subject)).map_err(untrusted)?;
        let userinfo: CoreUserInfoClaims = request.request_async(&http::send).await.map_err(untrusted)?;
        serde_json::to_value(&userinfo).map_err(untrusted)
    }

    fn client(&self) -> Client {
        self.client.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn client(issuer: &IssuerUrl, redirect_uri: &RedirectUrl, registered: &Registration) -> Result<Client, Refusal> {
    let metadata = CoreProviderMetadata::discover_async(issuer.clone(), &http::send).await;
    let metadata = metadata.map_err(|error| Refusal::Unreachable(told(&error)))?;
    let id = ClientId::new(registered.client_id.clone());
    let secret = registered.client_secret.clone().map(ClientSecret::new);
    let by_post = registered.token_endpoint_auth_method.as_deref() == Some("client_secret_post");
    let how = if by_post { AuthType::RequestBody } else { AuthType::BasicAuth };
    let client = CoreClient::from_provider_metadata(metadata, id, secret);
    Ok(client.set_redirect_uri(redirect_uri.clone()).set_auth_type(how))
}

/// Signature, issuer, audience, lifetime and nonce, and that the access token belongs to this ID token.
fn check(
    client: &Client,
    tokens: &CoreTokenResponse,
    expected: Option<&Nonce>,
) -> Result<Option<CoreIdTokenClaims>, ClaimsVerificationError> {
    let Some(token) = tokens.id_token() else { return Ok(None) };
    let verifier = client.id_token_verifier();
    let nonce = |given: Option<&Nonce>| expected.map_or(Ok(()), |expected| expected.verify(given));
    let claims = token.claims(&verifier, nonce)?;
    if let Some(expected) = claims.access_token_hash() {
        let (alg, key) = (token.signing_alg(), token.signing_key(&verifier));
        let alg = alg.map_err(ClaimsVerificationError::SignatureVerification)?;
        let key = key.map_err(ClaimsVerificationError::SignatureVerification)?;
        let other = |error: openidconnect::SigningError| ClaimsVerificationError::Other(error.to_string());
        if AccessTokenHash::from_token(tokens.access_token(), alg, key).map_err(other)? != *expected {
            return Err(ClaimsVerificationError::Other("at_hash is another access token's".to_owned()));
        }
    }
    Ok(Some(claims.clone()))
}

fn scope(tokens: &CoreTokenResponse) -> String {
    let scopes = tokens.scopes().map(Vec::as_slice).unwrap_or_default();
    scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether the provider has decided, or it is worth while to ask again.
fn refused(error: CoreRequestTokenError<std::io::Error>) -> Refusal {
    match error {
        RequestTokenError::ServerResponse(answer) if answer.error().as_ref() == "temporarily_unavailable" => {
            Refusal::Unreachable(answer.to_string())
        }
        RequestTokenError::ServerResponse(answer) => Refusal::Refused(answer.to_string()),
        RequestTokenError::Request(error) => Refusal::Unreachable(told(&error)),
        other => Refusal::Untrusted(told(&other)),
    }
}

fn untrusted(error: impl std::error::Error) -> Refusal {
    Refusal::Untrusted(told(&error))
}

/// An error with its causes.
fn told(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
