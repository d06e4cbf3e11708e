//! Discovery (OpenID Connect Discovery §3, RFC 8414): what this server does, said once and generated from what runs.

use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm, CoreResponseMode,
    CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::url::ParseError;
use openidconnect::{
    AdditionalProviderMetadata, AuthUrl, AuthenticationContextClass, IssuerUrl, JsonWebKeySetUrl, LanguageTag,
    ProviderMetadata, ResponseTypes, Scope, TokenUrl, UserInfoUrl,
};
use serde::{Deserialize, Serialize};

use super::acr::Level;
use super::authorize::Prompt;
use super::claims;
use super::client_meta::{Alg, AuthMethod, GrantType};
use super::paths;
use super::return_to::Mode;
use super::scope;
use crate::config::Profile;
use crate::locale::Locale;

/// Members that OpenID Connect Discovery itself does not define.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Additional {
    /// RFC 8414 §2.
    introspection_endpoint: String,
    introspection_endpoint_auth_methods_supported: Vec<AuthMethod>,
    revocation_endpoint: String,
    revocation_endpoint_auth_methods_supported: Vec<AuthMethod>,
    /// RFC 7636 §6.2, RFC 8414 §2.
    code_challenge_methods_supported: Vec<String>,
    /// RFC 9207 §3.
    authorization_response_iss_parameter_supported: bool,
    /// Initiating User Registration via OpenID Connect §4.1.
    prompt_values_supported: Vec<Prompt>,
}

impl AdditionalProviderMetadata for Additional {}

type Document = ProviderMetadata<
    Additional,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// The document of the issuer, with the claims and scopes of the tenant's own fields. Fails only if the issuer is no URL, which the configuration has checked.
pub fn document(issuer: &str, profile: &Profile) -> Result<Document, ParseError> {
    let at = |path: &str| format!("{issuer}{path}");
    let confidential = || AuthMethod::ALL.iter().copied().filter(|method| *method != AuthMethod::None).collect();
    let additional = Additional {
        introspection_endpoint: at(paths::INTROSPECT),
        introspection_endpoint_auth_methods_supported: confidential(),
        revocation_endpoint: at(paths::REVOKE),
        revocation_endpoint_auth_methods_supported: AuthMethod::ALL.to_vec(),
        code_challenge_methods_supported: vec!["S256".to_owned()],
        authorization_response_iss_parameter_supported: true,
        prompt_values_supported: Prompt::ALL.to_vec(),
    };
    let algs: Vec<_> = Alg::ALL.iter().map(|alg| signing(*alg)).collect();
    let known_claims = ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid", "at_hash"];
    let own = || claims::own(&profile.fields);
    // nobody is of a type where there are none
    let named = |name: &&str| *name != "user_type" || !profile.types.is_empty();
    let claims = known_claims.into_iter().chain(claims::names()).filter(named).chain(own().map(|(name, _)| name));
    let scopes: scope::Scope = scope::all().map(|known| known.name).chain(own().map(|(_, scope)| scope)).collect();
    let document = Document::new(
        IssuerUrl::new(issuer.to_owned())?,
        AuthUrl::new(at(paths::AUTHORIZE))?,
        JsonWebKeySetUrl::new(at(paths::JWKS))?,
        vec![ResponseTypes::new(vec![CoreResponseType::Code])],
        vec![CoreSubjectIdentifierType::Public],
        algs.clone(),
        additional,
    )
    .set_token_endpoint(Some(TokenUrl::new(at(paths::TOKEN))?))
    .set_userinfo_endpoint(Some(UserInfoUrl::new(at(paths::USERINFO))?))
    .set_userinfo_signing_alg_values_supported(Some(algs))
    .set_scopes_supported(Some(scopes.iter().map(|scope| Scope::new(scope.to_owned())).collect()))
    .set_response_modes_supported(Some(Mode::ALL.iter().map(|mode| response_mode(*mode)).collect()))
    .set_grant_types_supported(Some(GrantType::ALL.iter().map(|grant| grant_type(*grant)).collect()))
    .set_acr_values_supported(Some(
        Level::ALL.iter().map(|level| AuthenticationContextClass::new(level.text().to_owned())).collect(),
    ))
    .set_token_endpoint_auth_methods_supported(Some(AuthMethod::ALL.iter().map(|m| auth_method(*m)).collect()))
    .set_ui_locales_supported(Some(
        Locale::ALL.iter().map(|locale| LanguageTag::new(locale.tag().to_owned())).collect(),
    ))
    .set_display_values_supported(Some(vec![CoreAuthDisplay::Page]))
    .set_claim_types_supported(Some(vec![CoreClaimType::Normal]))
    .set_claims_supported(Some(claims.map(|name| CoreClaimName::new(name.to_owned())).collect()))
    .set_claims_parameter_supported(Some(true))
    .set_request_parameter_supported(Some(false))
    .set_request_uri_parameter_supported(Some(false));
    Ok(document)
}

/// An algorithm, as the library for relying parties calls it.
pub const fn signing(alg: Alg) -> CoreJwsSigningAlgorithm {
    match alg {
        Alg::Rs256 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        Alg::Es256 => CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        Alg::Ps256 => CoreJwsSigningAlgorithm::RsaSsaPssSha256,
        Alg::EdDsa => CoreJwsSigningAlgorithm::EdDsa,
    }
}

const fn response_mode(mode: Mode) -> CoreResponseMode {
    match mode {
        Mode::Query => CoreResponseMode::Query,
        Mode::FormPost => CoreResponseMode::FormPost,
    }
}

const fn grant_type(grant: GrantType) -> CoreGrantType {
    match grant {
        GrantType::AuthorizationCode => CoreGrantType::AuthorizationCode,
        GrantType::RefreshToken => CoreGrantType::RefreshToken,
        GrantType::ClientCredentials => CoreGrantType::ClientCredentials,
    }
}

fn auth_method(method: AuthMethod) -> CoreClientAuthMethod {
    match method {
        AuthMethod::None => CoreClientAuthMethod::Extension(method.text().to_owned()),
        AuthMethod::SecretBasic => CoreClientAuthMethod::ClientSecretBasic,
        AuthMethod::SecretPost => CoreClientAuthMethod::ClientSecretPost,
    }
}
