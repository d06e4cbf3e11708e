//! The checks that a request goes through, by name and in the order in which each endpoint makes them.
//! `signet explain REF` and the administrators' pages are written from this list.

use super::client_meta::GrantType;

crate::text_enum! {
    /// One check. The name is kept with the refusal.
    Check {
        Form = "request.form",
        Limit = "request.limit",
        Address = "request.address",
        Capacity = "server.capacity",
        Origin = "request.origin",
        Browser = "request.browser",
        ClientKnown = "client.known",
        ClientEnabled = "client.enabled",
        RedirectUri = "redirect_uri.registered",
        RequestObject = "request.object",
        ResponseMode = "response_mode",
        ResponseType = "response_type",
        ClientGrant = "client.grant_types",
        ScopeForm = "scope.form",
        Scope = "scope.allowed",
        Pkce = "pkce.challenge",
        Prompt = "prompt",
        MaxAge = "max_age",
        Claims = "claims",
        IdTokenHint = "id_token_hint",
        Session = "session",
        Account = "account.state",
        LastAdmin = "account.last_administrator",
        Acr = "acr_values",
        Consent = "consent",
        Decision = "consent.decision",
        ClientAuthMethod = "client.auth_method",
        ClientSecret = "client.secret",
        GrantType = "grant_type",
        CodeKnown = "code.known",
        CodeUnused = "code.unused",
        CodeBinding = "code.binding",
        Verifier = "pkce.verifier",
        RefreshKnown = "refresh_token.known",
        RefreshUnused = "refresh_token.unused",
        GrantLive = "grant.live",
        TokenPresent = "token.present",
        TokenLive = "token.live",
        TokenScope = "token.scope",
        Password = "account.password",
        Setup = "setup.link",
        Registration = "registration.open",
        Proof = "challenge.proof",
        Factor = "account.factor",
        FactorReset = "account.factor_reset",
        Metadata = "client.metadata",
        Credential = "caller.credential",
        Network = "caller.network",
        Right = "caller.right",
        Holds = "caller.holds",
        Known = "target.known",
        Value = "request.value",
        Precondition = "request.if_match",
        Idempotency = "request.idempotency_key",
        Current = "target.current",
        Undo = "undo.open",
    }
}

crate::text_enum! {
    /// Where a request arrived; decides which checks it went through, and in which order.
    Endpoint {
        Authorize = "authorize",
        /// A token request whose grant is not known.
        Token = "token",
        TokenCode = "token.authorization_code",
        TokenRefresh = "token.refresh_token",
        TokenProgram = "token.client_credentials",
        Userinfo = "userinfo",
        Introspect = "introspect",
        Revoke = "revoke",
        Login = "login",
        Consent = "consent",
        Setup = "setup",
        SignUp = "sign_up",
        Recover = "recover",
        Account = "account",
        /// The console of administrators.
        Admin = "admin",
        Api = "api",
        Other = "other",
    }
}

impl Check {
    /// What is checked, for people.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Form => "the request is well formed: no parameter twice, too long or with forbidden characters",
            Self::Limit => "the limits on requests are kept",
            Self::Address => "not too many accounts were tried from this address",
            Self::Capacity => "the server has room for the request",
            Self::Origin => "the form was sent from our own page (CSRF token and Origin)",
            Self::Browser => "the request belongs to this browser and has not ended",
            Self::ClientKnown => "client_id names a registered client",
            Self::ClientEnabled => "the client is enabled",
            Self::RedirectUri => "redirect_uri is registered, letter by letter",
            Self::RequestObject => "no request object is used",
            Self::ResponseMode => "response_mode is supported",
            Self::ResponseType => "response_type is supported",
            Self::ClientGrant => "the client may use this grant",
            Self::ScopeForm => "scope is made of allowed characters",
            Self::Scope => "every scope is allowed to the client",
            Self::Pkce => "a code_challenge is there where one is required, with method S256",
            Self::Prompt => "prompt is understood and free of contradictions",
            Self::MaxAge => "max_age is a number of seconds",
            Self::Claims => "the claims parameter is a JSON object of the right shape",
            Self::IdTokenHint => "id_token_hint is an ID token of ours and names the signed-in person",
            Self::Session => "somebody is signed in, freshly enough",
            Self::Acr => "the sign-in is as sure as the app asks for, or can be made so",
            Self::Account => "the account is in a state that allows it",
            Self::LastAdmin => "another administrator stays",
            Self::Consent => "the person allowed all scopes to the client",
            Self::Decision => "the person pressed Allow",
            Self::ClientAuthMethod => "the client authenticates in the way that it registered",
            Self::ClientSecret => "the secret is one of the client's live secrets",
            Self::GrantType => "grant_type is supported",
            Self::CodeKnown => "the code was issued to this client and has not expired",
            Self::CodeUnused => "the code is used for the first time",
            Self::CodeBinding => "client and redirect_uri are those of the authorization request",
            Self::Verifier => "code_verifier matches the code_challenge",
            Self::RefreshKnown => "the refresh token was issued to this client and has not expired",
            Self::RefreshUnused => "the refresh token is used for the first time",
            Self::GrantLive => "the grant has not been withdrawn and has not expired",
            Self::TokenPresent => "a token is sent, in one place only",
            Self::TokenLive => "the token is ours, has not expired and has not been revoked",
            Self::TokenScope => "the token has the scope that is needed",
            Self::Password => "user name and password belong together",
            Self::Registration => "people with this address may sign up here",
            Self::Factor => "the second factor is one of this person's, and was not used yet",
            Self::FactorReset => "lost second factors may be taken away after a delay, without an administrator",
            Self::Proof => "the code or link was sent, is right, and was not used",
            Self::Setup => "the link of the first start is right and no administrator exists yet",
            Self::Metadata => "the client's metadata are valid",
            Self::Credential => "an API key, access token or session token is sent, and is live",
            Self::Network => "the API key may be used from this address",
            Self::Right => "whoever asks has the right that this needs",
            Self::Holds => "nobody gives what they do not hold, or changes whoever holds more",
            Self::Known => "what is asked for exists",
            Self::Value => "every value can be what it says",
            Self::Precondition => "what is changed is as it was when it was read (If-Match)",
            Self::Idempotency => "the Idempotency-Key was not used for another request",
            Self::Current => "nobody else has changed it meanwhile",
            Self::Undo => "the act can still be taken back",
        }
    }
}

impl Endpoint {
    /// The token endpoint, asked for this grant.
    pub const fn of_grant(grant: GrantType) -> Self {
        match grant {
            GrantType::AuthorizationCode => Self::TokenCode,
            GrantType::RefreshToken => Self::TokenRefresh,
            GrantType::ClientCredentials => Self::TokenProgram,
        }
    }

    /// The checks in the order in which they are made; the first that fails ends the request.
    #[expect(clippy::too_many_lines, reason = "a table")]
    pub const fn checks(self) -> &'static [Check] {
        use Check as C;
        /// First of all, every one of these endpoints asks who the client is.
        macro_rules! by_client {
            ($($then:ident),+) => {
                &[
                    C::Capacity,
                    C::Form,
                    C::ClientKnown,
                    C::ClientAuthMethod,
                    C::ClientSecret,
                    C::ClientEnabled,
                    C::Limit,
                    $(C::$then,)+
                ]
            };
        }
        match self {
            Self::Authorize => &[
                C::Capacity,
                C::Form,
                C::Browser,
                C::ClientKnown,
                C::ClientEnabled,
                C::RedirectUri,
                C::ResponseType,
                C::ScopeForm,
                C::RequestObject,
                C::ResponseMode,
                C::ClientGrant,
                C::Pkce,
                C::Prompt,
                C::MaxAge,
                C::Claims,
                C::IdTokenHint,
                C::Scope,
                C::Account,
                C::Session,
                C::Acr,
                C::Consent,
                C::Decision,
            ],
            Self::Token => by_client![GrantType],
            Self::TokenCode => {
                by_client![ClientGrant, CodeKnown, CodeUnused, GrantLive, Account, CodeBinding, Verifier]
            }
            Self::TokenRefresh => {
                by_client![ClientGrant, RefreshKnown, RefreshUnused, GrantLive, Account, ScopeForm, Scope]
            }
            Self::TokenProgram => by_client![ClientGrant, ScopeForm, Scope],
            Self::Userinfo => &[C::Capacity, C::Form, C::TokenPresent, C::TokenLive, C::TokenScope, C::Account],
            Self::Introspect | Self::Revoke => by_client![TokenPresent],
            Self::Login => &[
                C::Capacity,
                C::Form,
                C::Origin,
                C::Browser,
                C::Limit,
                C::Address,
                C::Password,
                C::Account,
                C::Proof,
                C::FactorReset,
                C::Factor,
            ],
            Self::Consent => &[C::Capacity, C::Form, C::Origin, C::Browser, C::Session, C::Account, C::Decision],
            Self::Setup => &[C::Capacity, C::Form, C::Origin, C::Setup],
            Self::SignUp => &[C::Capacity, C::Form, C::Origin, C::Browser, C::Limit, C::Registration, C::Proof],
            Self::Recover => &[C::Capacity, C::Form, C::Origin, C::Browser, C::Limit, C::Proof, C::Account],
            Self::Account => &[
                C::Capacity,
                C::Form,
                C::Origin,
                C::Session,
                C::Limit,
                C::Proof,
                C::Account,
                C::LastAdmin,
                C::Metadata,
            ],
            Self::Admin => &[
                C::Capacity,
                C::Form,
                C::Origin,
                C::Session,
                C::Limit,
                C::Right,
                C::Known,
                C::Value,
                C::Holds,
                C::Account,
                C::LastAdmin,
                C::Metadata,
                C::Current,
                C::Undo,
            ],
            Self::Api => &[
                C::Capacity,
                C::Form,
                C::Credential,
                C::Network,
                C::Limit,
                C::Address,
                C::Right,
                C::Session,
                C::Browser,
                C::Registration,
                C::Idempotency,
                C::Value,
                C::Known,
                C::Holds,
                C::Precondition,
                C::Password,
                C::Proof,
                C::Factor,
                C::Account,
                C::LastAdmin,
                C::Metadata,
                C::Current,
                C::Undo,
            ],
            Self::Other => &[C::Capacity, C::Form, C::Origin, C::Metadata],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_endpoint_makes_a_check_twice_and_every_check_is_made_somewhere() {
        let mut made = std::collections::HashSet::<&Check>::new();
        for endpoint in Endpoint::ALL {
            let checks = endpoint.checks();
            let distinct: std::collections::HashSet<_> = checks.iter().collect();
            assert_eq!(distinct.len(), checks.len(), "{endpoint}");
            made.extend(checks);
        }
        let forgotten: Vec<_> = Check::ALL.iter().filter(|check| !made.contains(check)).collect();
        assert!(forgotten.is_empty(), "{forgotten:?}");
    }
}
