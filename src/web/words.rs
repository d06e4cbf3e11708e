//! What the audit calls things, in words for people.

use crate::config::Source;
use crate::flow::key::Stage;
use crate::locale::Text;
use crate::model::audit::{Action, Party};
use crate::model::factor::Kind as FactorKind;
use crate::model::invitation::State as InvitationState;
use crate::model::user::UserState;
use crate::spec::account_state::Step;
use crate::spec::check::{Check, Endpoint};

/// What happened, whoever did it.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn action(action: Action) -> Text {
    match action {
        Action::SignIn => Text::new("action-sign-in"),
        Action::SignInTravel => Text::new("action-sign-in-travel"),
        Action::SignOut => Text::new("action-sign-out"),
        Action::ConsentGive => Text::new("action-consent-give"),
        Action::ConsentDeny => Text::new("action-consent-deny"),
        Action::ConsentWithdraw => Text::new("action-consent-withdraw"),
        Action::SessionEnd => Text::new("action-session-end"),
        Action::TokenIssue => Text::new("action-token-issue"),
        Action::TokenRefresh => Text::new("action-token-refresh"),
        Action::TokenReuse => Text::new("action-token-reuse"),
        Action::TokenRevoke => Text::new("action-token-revoke"),
        Action::CodeReplay => Text::new("action-code-replay"),
        Action::SetUp => Text::new("action-set-up"),
        Action::SignUp => Text::new("action-sign-up"),
        Action::Recover => Text::new("action-recover"),
        Action::UserCreate => Text::new("action-user-create"),
        Action::UserDisable => Text::new("action-user-disable"),
        Action::UserEnable => Text::new("action-user-enable"),
        Action::UserDelete => Text::new("action-user-delete"),
        Action::UserRestore => Text::new("action-user-restore"),
        Action::UserErase => Text::new("action-user-erase"),
        Action::ExportBegin => Text::new("action-export-begin"),
        Action::ExportFetch => Text::new("action-export-fetch"),
        Action::UserUnlock => Text::new("action-user-unlock"),
        Action::PasswordSet => Text::new("action-password-set"),
        Action::PasswordRequire => Text::new("action-password-require"),
        Action::EmailChange => Text::new("action-email-change"),
        Action::PhoneChange => Text::new("action-phone-change"),
        Action::ProfileChange => Text::new("action-profile-change"),
        Action::UsernameChange => Text::new("action-username-change"),
        Action::PreferencesChange => Text::new("action-preferences-change"),
        Action::KindChange => Text::new("action-type-change"),
        Action::FieldChange => Text::new("action-field-change"),
        Action::FactorAdd => Text::new("action-factor-add"),
        Action::FactorRemove => Text::new("action-factor-remove"),
        Action::FactorReset => Text::new("action-factor-reset"),
        Action::UserChange => Text::new("action-user-change"),
        Action::UserSuspend => Text::new("action-user-suspend"),
        Action::UserLock => Text::new("action-user-lock"),
        Action::RoleGrant => Text::new("action-role-grant"),
        Action::RoleRevoke => Text::new("action-role-revoke"),
        Action::RoleCreate => Text::new("action-role-create"),
        Action::RoleChange => Text::new("action-role-change"),
        Action::RoleDelete => Text::new("action-role-delete"),
        Action::PermissionCreate => Text::new("action-permission-create"),
        Action::PermissionChange => Text::new("action-permission-change"),
        Action::PermissionDelete => Text::new("action-permission-delete"),
        Action::InvitationCreate => Text::new("action-invitation-create"),
        Action::InvitationSend => Text::new("action-invitation-send"),
        Action::InvitationRevoke => Text::new("action-invitation-revoke"),
        Action::InvitationAccept => Text::new("action-invitation-accept"),
        Action::ApiKeyCreate => Text::new("action-api-key-create"),
        Action::ApiKeyChange => Text::new("action-api-key-change"),
        Action::ApiKeyRevoke => Text::new("action-api-key-revoke"),
        Action::SettingChange => Text::new("action-setting-change"),
        Action::Bulk => Text::new("action-bulk"),
        Action::Undo => Text::new("action-undo"),
        Action::AuditExport => Text::new("action-audit-export"),
        Action::ClientCreate => Text::new("action-client-create"),
        Action::ClientChange => Text::new("action-client-change"),
        Action::ClientDelete => Text::new("action-client-delete"),
        Action::ClientRestore => Text::new("action-client-restore"),
        Action::ClientDisable => Text::new("action-client-disable"),
        Action::ClientEnable => Text::new("action-client-enable"),
        Action::SecretRotate => Text::new("action-client-rotate-secret"),
        Action::KeyCreate => Text::new("action-key-create"),
        Action::KeyRotate => Text::new("action-key-rotate"),
        Action::KeyRetire => Text::new("action-key-retire"),
    }
}

/// Who acts or is acted on.
pub fn party(kind: Party) -> Text {
    match kind {
        Party::User => Text::new("party-user"),
        Party::Client => Text::new("party-client"),
        Party::Session => Text::new("party-session"),
        Party::Grant => Text::new("party-grant"),
        Party::Key => Text::new("party-key"),
        Party::Factor => Text::new("party-factor"),
        Party::Role => Text::new("party-role"),
        Party::Permission => Text::new("party-permission"),
        Party::ApiKey => Text::new("party-api-key"),
        Party::Invitation => Text::new("party-invitation"),
        Party::Setting => Text::new("party-setting"),
        Party::Job => Text::new("party-job"),
        Party::Batch => Text::new("party-batch"),
        Party::Operator => Text::new("party-operator"),
        Party::System => Text::new("party-system"),
    }
}

/// Where an account stands.
pub fn state(state: UserState) -> Text {
    match state {
        UserState::Pending => Text::new("state-pending"),
        UserState::Active => Text::new("state-active"),
        UserState::Locked => Text::new("state-locked"),
        UserState::Suspended => Text::new("state-suspended"),
        UserState::Deactivated => Text::new("state-deactivated"),
        UserState::Deleting => Text::new("state-deleting"),
    }
}

/// How far an invitation has come.
pub fn invitation(state: InvitationState) -> Text {
    match state {
        InvitationState::Open => Text::new("invitation-open"),
        InvitationState::Accepted => Text::new("invitation-accepted"),
        InvitationState::Revoked => Text::new("invitation-revoked"),
        InvitationState::Expired => Text::new("invitation-expired"),
    }
}

/// What a signing key is good for now.
pub fn key_stage(stage: Stage) -> Text {
    match stage {
        Stage::Next => Text::new("key-next"),
        Stage::Current => Text::new("key-current"),
        Stage::Retired => Text::new("key-retired"),
    }
}

/// A kind of second factor.
pub fn factor(kind: FactorKind) -> Text {
    match kind {
        FactorKind::Totp => Text::new("factor-kind-totp"),
        FactorKind::Passkey => Text::new("factor-kind-passkey"),
        FactorKind::Email => Text::new("factor-kind-email"),
        FactorKind::Sms => Text::new("factor-kind-sms"),
    }
}

/// What can be done to an account.
pub fn step(step: Step) -> Text {
    match step {
        Step::Activate => Text::new("step-activate"),
        Step::Lock => Text::new("step-lock"),
        Step::Unlock => Text::new("step-unlock"),
        Step::Suspend => Text::new("step-suspend"),
        Step::Deactivate => Text::new("step-deactivate"),
        Step::Delete => Text::new("step-delete"),
        Step::Restore => Text::new("step-restore"),
        Step::Erase => Text::new("step-erase"),
    }
}

/// What became of a thing that nothing brings back; None for what has no words.
pub fn outcome(member: &str, text: &str) -> Option<Text> {
    let text = match (member, text) {
        ("factor", kind) => return FactorKind::parse(kind).map(factor),
        ("factors" | "sessions", "all") => Text::new("outcome-all"),
        ("password", "set") => Text::new("outcome-set"),
        ("password", "set, to be changed") => Text::new("outcome-set-once"),
        ("tries", "forgotten") => Text::new("outcome-forgotten"),
        ("letter", "sent again") => Text::new("outcome-sent"),
        ("link", "ended") => Text::new("outcome-ended"),
        _ => return None,
    };
    Some(text)
}

/// A member of a thing that changes; None for one that has no words.
pub fn member(name: &str) -> Option<Text> {
    let text = match name {
        "username" => Text::new("member-username"),
        "email" => Text::new("member-email"),
        "email_verified" => Text::new("member-email-verified"),
        "name" => Text::new("member-name"),
        "given_name" => Text::new("member-given-name"),
        "family_name" => Text::new("member-family-name"),
        "locale" => Text::new("member-locale"),
        "zoneinfo" => Text::new("member-zone"),
        "state" => Text::new("member-state"),
        "role" => Text::new("member-role"),
        "roles" => Text::new("member-roles"),
        "description" => Text::new("member-description"),
        "needs_factor" => Text::new("member-needs-factor"),
        "permissions" => Text::new("member-permissions"),
        "holders" => Text::new("member-holders"),
        "rights" => Text::new("member-rights"),
        "networks" => Text::new("member-networks"),
        "revoked" => Text::new("member-revoked"),
        "value" => Text::new("member-value"),
        "source" => Text::new("member-source"),
        "left_out" => Text::new("member-left-out"),
        "user_type" => Text::new("member-type"),
        "password" => Text::new("person-password"),
        "factor" => Text::new("party-factor"),
        "factors" => Text::new("person-second"),
        "session" => Text::new("party-session"),
        "sessions" => Text::new("person-sessions"),
        "tries" => Text::new("person-tries"),
        "letter" => Text::new("member-letter"),
        "link" => Text::new("member-link"),
        "must_change" => Text::new("member-must-change"),
        "expires_at" => Text::new("member-expires"),
        "client" | "client_id" => Text::new("party-client"),
        "signs_since" => Text::new("member-signs-since"),
        _ => return super::admin::apps::word(name),
    };
    Some(text)
}

/// Where the value of a setting comes from.
pub fn source(source: Source) -> Text {
    match source {
        Source::Default => Text::new("setting-source-default"),
        Source::File => Text::new("setting-source-file"),
        Source::Database => Text::new("setting-source-database"),
        Source::Environment => Text::new("setting-source-environment"),
    }
}

/// What a check looks at.
pub fn check(check: Check) -> Text {
    match check {
        Check::Form => Text::new("check-form"),
        Check::Limit => Text::new("check-limit"),
        Check::Address => Text::new("check-address"),
        Check::Capacity => Text::new("check-capacity"),
        Check::Origin => Text::new("check-origin"),
        Check::Browser => Text::new("check-browser"),
        Check::ClientKnown => Text::new("check-client-known"),
        Check::ClientEnabled => Text::new("check-client-enabled"),
        Check::RedirectUri => Text::new("check-redirect-uri"),
        Check::RequestObject => Text::new("check-request-object"),
        Check::ResponseMode => Text::new("check-response-mode"),
        Check::ResponseType => Text::new("check-response-type"),
        Check::ClientGrant => Text::new("check-client-grant"),
        Check::ScopeForm => Text::new("check-scope-form"),
        Check::Scope => Text::new("check-scope"),
        Check::Pkce => Text::new("check-pkce"),
        Check::Prompt => Text::new("check-prompt"),
        Check::MaxAge => Text::new("check-max-age"),
        Check::Claims => Text::new("check-claims"),
        Check::IdTokenHint => Text::new("check-id-token-hint"),
        Check::Session => Text::new("check-session"),
        Check::Account => Text::new("check-account"),
        Check::LastAdmin => Text::new("check-last-admin"),
        Check::Acr => Text::new("check-acr"),
        Check::Consent => Text::new("check-consent"),
        Check::Decision => Text::new("check-decision"),
        Check::ClientAuthMethod => Text::new("check-client-auth-method"),
        Check::ClientSecret => Text::new("check-client-secret"),
        Check::GrantType => Text::new("check-grant-type"),
        Check::CodeKnown => Text::new("check-code-known"),
        Check::CodeUnused => Text::new("check-code-unused"),
        Check::CodeBinding => Text::new("check-code-binding"),
        Check::Verifier => Text::new("check-verifier"),
        Check::RefreshKnown => Text::new("check-refresh-known"),
        Check::RefreshUnused => Text::new("check-refresh-unused"),
        Check::GrantLive => Text::new("check-grant-live"),
        Check::TokenPresent => Text::new("check-token-present"),
        Check::TokenLive => Text::new("check-token-live"),
        Check::TokenScope => Text::new("check-token-scope"),
        Check::Password => Text::new("check-password"),
        Check::Setup => Text::new("check-setup"),
        Check::Registration => Text::new("check-registration"),
        Check::Proof => Text::new("check-proof"),
        Check::Factor => Text::new("check-factor"),
        Check::FactorReset => Text::new("check-factor-reset"),
        Check::Metadata => Text::new("check-metadata"),
        Check::Credential => Text::new("check-credential"),
        Check::Network => Text::new("check-network"),
        Check::Right => Text::new("check-right"),
        Check::Holds => Text::new("check-holds"),
        Check::Known => Text::new("check-known"),
        Check::Value => Text::new("check-value"),
        Check::Precondition => Text::new("check-precondition"),
        Check::Idempotency => Text::new("check-idempotency"),
        Check::Current => Text::new("check-current"),
        Check::Undo => Text::new("check-undo"),
    }
}

/// Where a request arrived.
pub fn endpoint(endpoint: Endpoint) -> Text {
    match endpoint {
        Endpoint::Authorize => Text::new("endpoint-authorize"),
        Endpoint::Token => Text::new("endpoint-token"),
        Endpoint::TokenCode => Text::new("endpoint-token-code"),
        Endpoint::TokenRefresh => Text::new("endpoint-token-refresh"),
        Endpoint::TokenProgram => Text::new("endpoint-token-program"),
        Endpoint::Userinfo => Text::new("endpoint-userinfo"),
        Endpoint::Introspect => Text::new("endpoint-introspect"),
        Endpoint::Revoke => Text::new("endpoint-revoke"),
        Endpoint::Login => Text::new("endpoint-login"),
        Endpoint::Consent => Text::new("endpoint-consent"),
        Endpoint::Setup => Text::new("endpoint-setup"),
        Endpoint::SignUp => Text::new("endpoint-sign-up"),
        Endpoint::Recover => Text::new("endpoint-recover"),
        Endpoint::Account => Text::new("endpoint-account"),
        Endpoint::Admin => Text::new("endpoint-admin"),
        Endpoint::Api => Text::new("endpoint-api"),
        Endpoint::Other => Text::new("endpoint-other"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn checks_are_told_in_english_as_the_command_line_tells_them() {
        for known in Check::ALL {
            assert_eq!(check(*known).to(Locale::En), known.describe());
        }
    }
}
