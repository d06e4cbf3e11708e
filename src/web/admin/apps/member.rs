//! What can be set of an app: how it is called, and in what kind of field it stands.

use crate::locale::Text;
use crate::spec::client_meta::{Alg, ApplicationType, AuthMethod, GrantType, TokenFormat};

crate::text_enum! {
    /// A setting of an app, by the name that it has in its metadata.
    Member {
        ClientName = "client_name",
        LogoUri = "logo_uri",
        ClientUri = "client_uri",
        PolicyUri = "policy_uri",
        TosUri = "tos_uri",
        Contacts = "contacts",
        RedirectUris = "redirect_uris",
        LogoutUris = "post_logout_redirect_uris",
        LoginUri = "initiate_login_uri",
        GrantTypes = "grant_types",
        Scope = "scope",
        FirstParty = "first_party",
        RequireFactor = "require_factor",
        MaxAge = "default_max_age",
        AuthMethod = "token_endpoint_auth_method",
        ApplicationType = "application_type",
        RequirePkce = "require_pkce",
        TokenFormat = "access_token_format",
        TokenAlg = "access_token_signed_response_alg",
        IdTokenAlg = "id_token_signed_response_alg",
        UserinfoAlg = "userinfo_signed_response_alg",
    }
}

/// How a setting is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A name, in whichever script.
    Name,
    /// An address of the web.
    Address,
    Number,
    /// One in each line.
    Lines,
    /// Yes or no.
    Switch,
    /// One of several; whether it may be none.
    Choice(Needed),
    /// Some of several.
    Ticks,
    /// Some of several, and others that are typed.
    Scopes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    Yes,
    No,
}

/// The settings by what they are about.
pub const GROUPS: [(Text, &[Member]); 4] = [
    (
        Text::new("app-group-face"),
        &[Member::ClientName, Member::LogoUri, Member::ClientUri, Member::PolicyUri, Member::TosUri, Member::Contacts],
    ),
    (
        Text::new("app-group-sign-in"),
        &[
            Member::RedirectUris,
            Member::LogoutUris,
            Member::LoginUri,
            Member::GrantTypes,
            Member::Scope,
            Member::FirstParty,
            Member::RequireFactor,
            Member::MaxAge,
        ],
    ),
    (Text::new("app-group-proof"), &[Member::AuthMethod, Member::ApplicationType, Member::RequirePkce]),
    (Text::new("app-group-tokens"), &[Member::TokenFormat, Member::TokenAlg, Member::IdTokenAlg, Member::UserinfoAlg]),
];

impl Member {
    pub const fn shape(self) -> Shape {
        match self {
            Self::ClientName => Shape::Name,
            Self::LogoUri | Self::ClientUri | Self::PolicyUri | Self::TosUri | Self::LoginUri => Shape::Address,
            Self::Contacts | Self::RedirectUris | Self::LogoutUris => Shape::Lines,
            Self::MaxAge => Shape::Number,
            Self::FirstParty | Self::RequireFactor | Self::RequirePkce => Shape::Switch,
            Self::GrantTypes => Shape::Ticks,
            Self::Scope => Shape::Scopes,
            Self::UserinfoAlg => Shape::Choice(Needed::No),
            Self::AuthMethod | Self::ApplicationType | Self::TokenFormat | Self::TokenAlg | Self::IdTokenAlg => {
                Shape::Choice(Needed::Yes)
            }
        }
    }

    pub fn label(self) -> Text {
        match self {
            Self::ClientName => Text::new("app-client-name"),
            Self::LogoUri => Text::new("app-logo-uri"),
            Self::ClientUri => Text::new("app-client-uri"),
            Self::PolicyUri => Text::new("app-policy-uri"),
            Self::TosUri => Text::new("app-tos-uri"),
            Self::Contacts => Text::new("app-contacts"),
            Self::RedirectUris => Text::new("app-redirect-uris"),
            Self::LogoutUris => Text::new("app-logout-uris"),
            Self::LoginUri => Text::new("app-login-uri"),
            Self::GrantTypes => Text::new("app-grant-types"),
            Self::Scope => Text::new("app-scope"),
            Self::FirstParty => Text::new("app-first-party"),
            Self::RequireFactor => Text::new("app-require-factor"),
            Self::MaxAge => Text::new("app-max-age"),
            Self::AuthMethod => Text::new("app-auth-method"),
            Self::ApplicationType => Text::new("app-application-type"),
            Self::RequirePkce => Text::new("app-require-pkce"),
            Self::TokenFormat => Text::new("app-token-format"),
            Self::TokenAlg => Text::new("app-token-alg"),
            Self::IdTokenAlg => Text::new("app-id-token-alg"),
            Self::UserinfoAlg => Text::new("app-userinfo-alg"),
        }
    }

    /// One line about it.
    pub fn help(self) -> Text {
        match self {
            Self::ClientName => Text::new("app-client-name-help"),
            Self::LogoUri => Text::new("app-logo-uri-help"),
            Self::ClientUri => Text::new("app-client-uri-help"),
            Self::PolicyUri => Text::new("app-policy-uri-help"),
            Self::TosUri => Text::new("app-tos-uri-help"),
            Self::Contacts => Text::new("app-contacts-help"),
            Self::RedirectUris => Text::new("app-redirect-uris-help"),
            Self::LogoutUris => Text::new("app-logout-uris-help"),
            Self::LoginUri => Text::new("app-login-uri-help"),
            Self::GrantTypes => Text::new("app-grant-types-help"),
            Self::Scope => Text::new("app-scope-help"),
            Self::FirstParty => Text::new("app-first-party-help"),
            Self::RequireFactor => Text::new("app-require-factor-help"),
            Self::MaxAge => Text::new("app-max-age-help"),
            Self::AuthMethod => Text::new("app-auth-method-help"),
            Self::ApplicationType => Text::new("app-application-type-help"),
            Self::RequirePkce => Text::new("app-require-pkce-help"),
            Self::TokenFormat => Text::new("app-token-format-help"),
            Self::TokenAlg => Text::new("app-token-alg-help"),
            Self::IdTokenAlg => Text::new("app-id-token-alg-help"),
            Self::UserinfoAlg => Text::new("app-userinfo-alg-help"),
        }
    }

    /// What can be chosen, with words where the name alone says too little.
    pub fn values(self) -> Vec<(&'static str, Option<Text>)> {
        let algs = || Alg::ALL.iter().map(|alg| (alg.text(), None)).collect();
        match self {
            Self::AuthMethod => AuthMethod::ALL.iter().map(|known| (known.text(), Some(auth_method(*known)))).collect(),
            Self::ApplicationType => {
                ApplicationType::ALL.iter().map(|known| (known.text(), Some(application_type(*known)))).collect()
            }
            Self::TokenFormat => TokenFormat::ALL.iter().map(|known| (known.text(), Some(format(*known)))).collect(),
            Self::GrantTypes => GrantType::ALL.iter().map(|known| (known.text(), Some(grant_type(*known)))).collect(),
            Self::TokenAlg | Self::IdTokenAlg => algs(),
            Self::UserinfoAlg => {
                let mut values: Vec<_> = algs();
                values.insert(0, ("", Some(Text::new("app-userinfo-plain"))));
                values
            }
            _ => Vec::new(),
        }
    }
}

fn auth_method(method: AuthMethod) -> Text {
    match method {
        AuthMethod::None => Text::new("app-auth-none"),
        AuthMethod::SecretBasic => Text::new("app-auth-basic"),
        AuthMethod::SecretPost => Text::new("app-auth-post"),
    }
}

fn application_type(kind: ApplicationType) -> Text {
    match kind {
        ApplicationType::Web => Text::new("app-type-web"),
        ApplicationType::Native => Text::new("app-type-native"),
    }
}

fn format(format: TokenFormat) -> Text {
    match format {
        TokenFormat::Jwt => Text::new("app-format-jwt"),
        TokenFormat::Opaque => Text::new("app-format-opaque"),
    }
}

fn grant_type(grant: GrantType) -> Text {
    match grant {
        GrantType::AuthorizationCode => Text::new("app-grant-code"),
        GrantType::RefreshToken => Text::new("app-grant-refresh"),
        GrantType::ClientCredentials => Text::new("app-grant-program"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::client_meta::Metadata;

    #[test]
    fn every_setting_stands_in_one_group_and_none_is_forgotten() {
        let mut grouped: Vec<&str> =
            GROUPS.iter().flat_map(|(_, own)| own.iter().map(|member| member.text())).collect();
        let mut all: Vec<&str> = Member::ALL.iter().map(|member| member.text()).collect();
        grouped.sort_unstable();
        all.sort_unstable();
        assert_eq!(grouped, all);
        let uri = || Some("https://a.test/".to_owned());
        let whole = Metadata {
            redirect_uris: vec!["https://a.test/".into()],
            post_logout_redirect_uris: vec!["https://a.test/".into()],
            contacts: vec!["ada@a.test".into()],
            client_uri: uri(),
            logo_uri: uri(),
            policy_uri: uri(),
            tos_uri: uri(),
            initiate_login_uri: uri(),
            userinfo_signed_response_alg: Some(Alg::Rs256),
            default_max_age: Some(1),
            ..Metadata::default()
        };
        let serde_json::Value::Object(members) = serde_json::to_value(whole).unwrap() else { unreachable!() };
        // response_types follow from the grants
        let mut named: Vec<_> = members.keys().map(String::as_str).filter(|name| *name != "response_types").collect();
        named.sort_unstable();
        assert_eq!(all, named);
    }
}
