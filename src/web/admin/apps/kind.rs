//! What kinds of apps there are, and what has to be known of each.

use super::member::Member;
use crate::locale::Text;
use crate::spec::client_meta::{ApplicationType, AuthMethod, GrantType, Metadata};
use crate::spec::scope::Scope;

crate::text_enum! {
    /// A kind of app, as whoever registers one thinks of it.
    Kind {
        /// It runs on a server, which can keep a secret.
        Web = "web",
        /// It runs in the browser.
        Page = "page",
        /// It runs on a person's own device.
        Native = "native",
        /// A program that acts for itself.
        Service = "service",
    }
}

/// The scope that keeps an app connected while the person is away.
pub const LASTING: &str = "offline_access";

impl Kind {
    /// What a registered app looks like.
    pub fn of(metadata: &Metadata) -> Self {
        match metadata {
            _ if !metadata.may(GrantType::AuthorizationCode) => Self::Service,
            _ if metadata.application_type == ApplicationType::Native => Self::Native,
            _ if metadata.is_public() => Self::Page,
            _ => Self::Web,
        }
    }

    pub fn title(self) -> Text {
        match self {
            Self::Web => Text::new("app-kind-web"),
            Self::Page => Text::new("app-kind-page"),
            Self::Native => Text::new("app-kind-native"),
            Self::Service => Text::new("app-kind-service"),
        }
    }

    pub fn hint(self) -> Text {
        match self {
            Self::Web => Text::new("app-kind-web-hint"),
            Self::Page => Text::new("app-kind-page-hint"),
            Self::Native => Text::new("app-kind-native-hint"),
            Self::Service => Text::new("app-kind-service-hint"),
        }
    }

    /// What is asked of this kind; all else is right as it is, and can be changed later.
    pub const fn questions(self) -> &'static [Member] {
        match self {
            Self::Service => &[Member::ClientName, Member::Scope],
            _ => &[Member::ClientName, Member::RedirectUris, Member::Scope, Member::FirstParty],
        }
    }

    /// What is said of a question, where this kind needs other words.
    pub fn help(self, member: Member) -> Text {
        match (self, member) {
            (Self::Native, Member::RedirectUris) => Text::new("app-redirect-uris-native"),
            (Self::Service, Member::ClientName) => Text::new("app-client-name-service"),
            (Self::Service, Member::Scope) => Text::new("app-scope-service"),
            _ => member.help(),
        }
    }

    /// The settings before anything is asked.
    pub fn metadata(self) -> Metadata {
        let code = Metadata {
            grant_types: vec![GrantType::AuthorizationCode],
            scope: Scope::parse("openid profile email"),
            ..Metadata::default()
        };
        match self {
            Self::Web => code,
            Self::Page => Metadata { token_endpoint_auth_method: AuthMethod::None, ..code },
            Self::Native => Metadata {
                token_endpoint_auth_method: AuthMethod::None,
                application_type: ApplicationType::Native,
                ..code
            },
            Self::Service => Metadata {
                grant_types: vec![GrantType::ClientCredentials],
                response_types: Vec::new(),
                scope: Scope::default(),
                ..Metadata::default()
            },
        }
    }

    /// What follows from the answers: whoever wants to stay connected to people needs the grant for it.
    #[must_use]
    pub fn completed(self, mut metadata: Metadata) -> Metadata {
        if self != Self::Service && metadata.scope.contains(LASTING) {
            metadata.grant_types.push(GrantType::RefreshToken);
        }
        metadata
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_valid_once_its_questions_are_answered() {
        for kind in Kind::ALL {
            let mut metadata = Metadata { client_name: "Shop".into(), ..kind.metadata() };
            if kind.questions().contains(&Member::RedirectUris) {
                metadata.redirect_uris = vec!["https://rp.test/cb".into()];
                metadata.scope = metadata.scope.union(&Scope::parse(LASTING));
            }
            let metadata = kind.completed(metadata).checked().unwrap();
            assert_eq!(Kind::of(&metadata), *kind);
            assert_eq!(metadata.may(GrantType::RefreshToken), *kind != Kind::Service);
        }
    }
}
