//! What stands in the fields about an app: read from its settings, or as it was typed, and made settings again.

use std::collections::BTreeMap;

use super::member::{GROUPS, Member, Needed, Shape};
use crate::base::random::sha256;
use crate::base::text::clip;
use crate::flow::user::Mistake;
use crate::locale::{Locale, Text};
use crate::spec::client_meta::{GrantType, Metadata};
use crate::spec::params::Params;
use crate::spec::redirect_uri;
use crate::spec::scope::{self, Scope};
use crate::web::view::admin::{Choice, Label};
use crate::web::view::apps::{Input, Setting, SettingGroup};

/// How the ticks of grants and of scopes begin, and the field of scopes that have no tick.
const GRANT: &str = "grant-";
const SCOPE: &str = "scope-";
const SCOPES: &str = "scopes";
/// How much of a digest tells two contents apart.
const MARK: usize = 8;

/// Contents by the names of their fields. Empty fields and ticks that are not set are not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    pub fn of(metadata: &Metadata) -> Self {
        let mut fields = Self::default();
        for member in Member::ALL {
            fields.put(*member, metadata);
        }
        fields
    }

    fn put(&mut self, member: Member, metadata: &Metadata) {
        let uri = |uri: &Option<String>| uri.clone().unwrap_or_default();
        let text = match member {
            Member::ClientName => metadata.client_name.clone(),
            Member::LogoUri => uri(&metadata.logo_uri),
            Member::ClientUri => uri(&metadata.client_uri),
            Member::PolicyUri => uri(&metadata.policy_uri),
            Member::TosUri => uri(&metadata.tos_uri),
            Member::LoginUri => uri(&metadata.initiate_login_uri),
            Member::Contacts => metadata.contacts.join("\n"),
            Member::RedirectUris => metadata.redirect_uris.join("\n"),
            Member::LogoutUris => metadata.post_logout_redirect_uris.join("\n"),
            Member::FirstParty => yes(metadata.first_party),
            Member::RequireFactor => yes(metadata.require_factor),
            Member::RequirePkce => yes(metadata.require_pkce),
            Member::MaxAge => metadata.default_max_age.map(|seconds| seconds.to_string()).unwrap_or_default(),
            Member::AuthMethod => metadata.token_endpoint_auth_method.to_string(),
            Member::ApplicationType => metadata.application_type.to_string(),
            Member::TokenFormat => metadata.access_token_format.to_string(),
            Member::TokenAlg => metadata.access_token_signed_response_alg.to_string(),
            Member::IdTokenAlg => metadata.id_token_signed_response_alg.to_string(),
            Member::UserinfoAlg => metadata.userinfo_signed_response_alg.map(|alg| alg.to_string()).unwrap_or_default(),
            Member::GrantTypes => {
                return metadata.grant_types.iter().for_each(|grant| self.set(&format!("{GRANT}{grant}"), yes(true)));
            }
            Member::Scope => return self.put_scopes(&metadata.scope),
        };
        self.set(member.text(), text);
    }

    /// Scopes that Signet knows are ticks.
    fn put_scopes(&mut self, scope: &Scope) {
        let (known, others): (Vec<&str>, Vec<&str>) = scope.iter().partition(|name| is_known(name));
        for name in known {
            self.set(&format!("{SCOPE}{name}"), yes(true));
        }
        self.set(SCOPES, others.join(" "));
    }

    fn set(&mut self, name: &str, value: String) {
        if !value.is_empty() {
            self.0.insert(name.to_owned(), value);
        }
    }

    /// What was typed, without what stands around it; names that are no fields are left aside.
    pub fn typed(form: &Params) -> Self {
        let mut fields = Self::default();
        for (name, value) in form.iter() {
            let Some(member) = Member::ALL.iter().find(|member| member.owns(name)) else { continue };
            match member.shape() {
                Shape::Lines => fields.set(name, lines(value).join("\n")),
                Shape::Scopes if name == SCOPES => {
                    fields.put_scopes(&value.split_whitespace().collect::<Scope>());
                }
                Shape::Switch | Shape::Ticks | Shape::Scopes => fields.set(name, yes(true)),
                _ => fields.set(name, value.trim().to_owned()),
            }
        }
        fields
    }

    fn get(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn own(&self, member: Member) -> impl Iterator<Item = (&String, &String)> {
        self.0.iter().filter(move |(name, _)| member.owns(name))
    }

    /// Tells what stands in the fields of a setting from anything else that could stand there.
    fn mark(&self, member: Member) -> String {
        let all: Vec<_> = self.own(member).collect();
        clip(&sha256(&format!("{all:?}")), MARK).to_owned()
    }

    /// The marks of all settings: what a page was made from.
    pub fn version(&self) -> String {
        Member::ALL.iter().map(|member| self.mark(*member)).collect()
    }

    /// Whether a setting is as it was in a version.
    fn is_as_in(&self, member: Member, version: &str) -> bool {
        let at = Member::ALL.iter().position(|known| *known == member).unwrap_or_default() * MARK;
        version.get(at..at + MARK) == Some(self.mark(member).as_str())
    }

    /// The settings that are not as they were in a version.
    pub fn changed_since(&self, version: &str) -> Vec<Member> {
        Member::ALL.iter().copied().filter(|member| !self.is_as_in(*member, version)).collect()
    }

    /// What was typed on a page of that version, with what others have changed since wherever nothing else was typed.
    #[must_use]
    pub fn merged(&self, current: &Self, version: &str) -> Self {
        let mut merged = current.clone();
        for member in self.changed_since(version) {
            merged.0.retain(|name, _| !member.owns(name));
            merged.0.extend(self.own(member).map(|(name, value)| (name.clone(), value.clone())));
        }
        merged
    }

    /// What stands in the fields of a setting, in a line.
    pub fn told(&self, member: Member) -> Label {
        let strip = |name: &str| [GRANT, SCOPE].iter().find_map(|start| name.strip_prefix(start)).map(str::to_owned);
        let parts: Vec<String> = match member.shape() {
            Shape::Switch if self.has(member.text()) => return Label::Text(Text::new("field-yes")),
            Shape::Switch => return Label::Text(Text::new("field-no")),
            Shape::Lines => lines(self.get(member.text())),
            _ => self.own(member).map(|(name, value)| strip(name).unwrap_or_else(|| value.clone())).collect(),
        };
        Label::Plain(if parts.is_empty() { "–".to_owned() } else { parts.join(", ") })
    }

    /// The settings that these fields make of others, with all that is wrong. Only `members` are read.
    pub fn metadata(&self, base: &Metadata, members: &[Member]) -> (Metadata, Vec<Mistake>) {
        let mut made = base.clone();
        let mut mistakes = Vec::new();
        for member in members {
            if !self.read(*member, &mut made) {
                mistakes.push(Mistake { field: member.text().into(), text: Text::new("app-number-wrong") });
            }
        }
        made.response_types.clear();
        if made.may(GrantType::AuthorizationCode) {
            made.response_types.push("code".to_owned());
        }
        mistakes.extend(check(&made));
        (made, mistakes)
    }

    /// False for what cannot be read.
    fn read(&self, member: Member, into: &mut Metadata) -> bool {
        let text = self.get(member.text());
        let uri = || (!text.is_empty()).then(|| text.to_owned());
        match member {
            Member::ClientName => text.clone_into(&mut into.client_name),
            Member::LogoUri => into.logo_uri = uri(),
            Member::ClientUri => into.client_uri = uri(),
            Member::PolicyUri => into.policy_uri = uri(),
            Member::TosUri => into.tos_uri = uri(),
            Member::LoginUri => into.initiate_login_uri = uri(),
            Member::Contacts => into.contacts = lines(text),
            Member::RedirectUris => into.redirect_uris = lines(text),
            Member::LogoutUris => into.post_logout_redirect_uris = lines(text),
            Member::FirstParty => into.first_party = self.has(member.text()),
            Member::RequireFactor => into.require_factor = self.has(member.text()),
            Member::RequirePkce => into.require_pkce = self.has(member.text()),
            Member::MaxAge => {
                into.default_max_age = text.parse().ok();
                return text.is_empty() || into.default_max_age.is_some();
            }
            Member::GrantTypes => {
                let wanted = |grant: &GrantType| self.has(&format!("{GRANT}{grant}"));
                into.grant_types = in_order(&into.grant_types, GrantType::ALL, wanted);
            }
            Member::Scope => into.scope = self.scope(&into.scope),
            // what a select box does not offer leaves all as it is
            Member::AuthMethod => replace(&mut into.token_endpoint_auth_method, text.parse()),
            Member::ApplicationType => replace(&mut into.application_type, text.parse()),
            Member::TokenFormat => replace(&mut into.access_token_format, text.parse()),
            Member::TokenAlg => replace(&mut into.access_token_signed_response_alg, text.parse()),
            Member::IdTokenAlg => replace(&mut into.id_token_signed_response_alg, text.parse()),
            Member::UserinfoAlg => into.userinfo_signed_response_alg = text.parse().ok(),
        }
        true
    }

    /// In the order in which they stood; what is new comes after.
    fn scope(&self, old: &Scope) -> Scope {
        let ticked: Vec<&str> = self.0.keys().filter_map(|name| name.strip_prefix(SCOPE)).collect();
        let all: Vec<&str> =
            ticked.into_iter().chain(self.get(SCOPES).split(' ')).filter(|name| !name.is_empty()).collect();
        let kept = old.iter().filter(|name| all.contains(name));
        kept.chain(scope::KNOWN.iter().map(|known| known.name).filter(|name| all.contains(name)))
            .chain(all.iter().copied())
            .collect()
    }

    /// The fields of some settings, as a page shows them.
    pub fn settings(
        &self,
        members: &[Member],
        (locale, help): (Locale, impl Fn(Member) -> Text),
        people: People,
    ) -> Vec<Setting> {
        let setting = |member: &Member| Setting {
            name: member.text(),
            label: member.label(),
            help: help(*member),
            value: self.get(if *member == Member::Scope { SCOPES } else { member.text() }).to_owned(),
            input: self.input(*member, locale, people),
        };
        members.iter().map(setting).collect()
    }

    /// The fields of all settings, in their groups.
    pub fn groups(&self, locale: Locale) -> Vec<SettingGroup> {
        let group = |(at, (title, members)): (usize, &(Text, &[Member]))| SettingGroup {
            id: format!("settings-{at}"),
            title: title.clone(),
            settings: self.settings(members, (locale, Member::help), People::Sign),
        };
        GROUPS.iter().enumerate().map(group).collect()
    }

    fn input(&self, member: Member, locale: Locale, people: People) -> Input {
        match member.shape() {
            Shape::Name => Input::Name,
            Shape::Address => Input::Address,
            Shape::Number => Input::Number,
            Shape::Lines => Input::Lines,
            Shape::Switch => Input::Switch(self.has(member.text())),
            Shape::Choice(needed) => {
                let now = self.get(member.text());
                let chosen = |value: &str| value == now || needed == Needed::No && value.is_empty() && now.is_empty();
                Input::Choice(choices(member, str::to_owned, chosen))
            }
            Shape::Ticks => {
                let name = |value: &str| format!("{GRANT}{value}");
                Input::Ticks(choices(member, name, |value| self.has(&format!("{GRANT}{value}"))))
            }
            Shape::Scopes => Input::Scopes(match people {
                People::Sign => self.scopes(locale),
                People::Stay => Vec::new(),
            }),
        }
    }

    /// The scopes that Signet knows, each with what people are told of it.
    fn scopes(&self, locale: Locale) -> Vec<Choice> {
        let choice = |known: &scope::Meaning| Choice {
            value: format!("{SCOPE}{}", known.name),
            label: Label::Plain(known.name.to_owned()),
            hint: known.title.to(locale),
            chosen: self.has(&format!("{SCOPE}{}", known.name)),
        };
        scope::KNOWN.iter().map(choice).collect()
    }
}

/// Whether people sign in to the app, or stay out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    Sign,
    Stay,
}

impl Member {
    /// Whether a field belongs to the setting.
    fn owns(self, field: &str) -> bool {
        match self {
            Self::GrantTypes => field.starts_with(GRANT),
            Self::Scope => field == SCOPES || field.starts_with(SCOPE),
            _ => field == self.text(),
        }
    }
}

fn is_known(scope: &str) -> bool {
    scope::KNOWN.iter().any(|known| known.name == scope)
}

fn yes(is_so: bool) -> String {
    if is_so { "yes".to_owned() } else { String::new() }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn replace<T, E>(old: &mut T, new: Result<T, E>) {
    if let Ok(new) = new {
        *old = new;
    }
}

/// Those that are wanted: the old ones in their order, then the new ones.
fn in_order<T: Copy + PartialEq>(old: &[T], all: &[T], wanted: impl Fn(&T) -> bool) -> Vec<T> {
    let kept = old.iter().copied().filter(&wanted);
    kept.chain(all.iter().copied().filter(|one| wanted(one) && !old.contains(one))).collect()
}

fn choices(member: Member, name: impl Fn(&str) -> String, chosen: impl Fn(&str) -> bool) -> Vec<Choice> {
    let choice = |(value, words): (&'static str, Option<Text>)| Choice {
        value: name(value),
        label: words.map_or_else(|| Label::Plain(value.to_owned()), Label::Text),
        hint: String::new(),
        chosen: chosen(value),
    };
    member.values().into_iter().map(choice).collect()
}

/// All that is wrong, each beside its field. The rules are those of the registration: each setting is tried in the
/// place of one that is right.
fn check(metadata: &Metadata) -> Vec<Mistake> {
    let wrong = |member: Member, text: Text| Mistake { field: member.text().into(), text };
    let right = || Metadata {
        client_name: "x".to_owned(),
        redirect_uris: vec!["https://a.invalid/".to_owned()],
        ..Metadata::default()
    };
    let mut mistakes = Vec::new();
    if (Metadata { client_name: metadata.client_name.clone(), ..right() }).check().is_err() {
        mistakes.push(wrong(Member::ClientName, Text::new("app-name-wrong")));
    }
    if (Metadata { scope: metadata.scope.clone(), ..right() }).check().is_err() {
        mistakes.push(wrong(Member::Scope, Text::new("app-scope-wrong")));
    }
    let uris = [
        (Member::LogoUri, Metadata { logo_uri: metadata.logo_uri.clone(), ..right() }),
        (Member::ClientUri, Metadata { client_uri: metadata.client_uri.clone(), ..right() }),
        (Member::PolicyUri, Metadata { policy_uri: metadata.policy_uri.clone(), ..right() }),
        (Member::TosUri, Metadata { tos_uri: metadata.tos_uri.clone(), ..right() }),
        (Member::LoginUri, Metadata { initiate_login_uri: metadata.initiate_login_uri.clone(), ..right() }),
    ];
    let bad = uris.into_iter().filter(|(_, tried)| tried.check().is_err());
    mistakes.extend(bad.map(|(member, _)| wrong(member, Text::new("app-address-wrong"))));
    mistakes.extend(check_addresses(&metadata.redirect_uris).map(|text| wrong(Member::RedirectUris, text)));
    mistakes.extend(check_addresses(&metadata.post_logout_redirect_uris).map(|text| wrong(Member::LogoutUris, text)));
    mistakes.extend(check_grants(metadata).map(|(member, text)| wrong(member, text)));
    if mistakes.is_empty() && metadata.check().is_err() {
        mistakes.push(Mistake::new("", "admin-value-wrong"));
    }
    mistakes
}

fn check_addresses(uris: &[String]) -> Option<Text> {
    if uris.len() > redirect_uri::MOST {
        return Some(Text::new("app-redirect-many").with("most", redirect_uri::MOST));
    }
    let twice = uris.iter().enumerate().find(|(at, uri)| uris[..*at].contains(uri)).map(|(_, uri)| uri);
    let bad = uris.iter().find(|uri| redirect_uri::check(uri).is_err());
    let told = |uri: &String| clip(uri, 200).to_owned();
    bad.map(|uri| Text::new("app-redirect-wrong").with("uri", told(uri)))
        .or_else(|| twice.map(|uri| Text::new("app-redirect-twice").with("uri", told(uri))))
}

fn check_grants(metadata: &Metadata) -> Option<(Member, Text)> {
    let may = |grant| metadata.may(grant);
    let code = may(GrantType::AuthorizationCode);
    match metadata.redirect_uris.is_empty() {
        _ if metadata.grant_types.is_empty() => Some((Member::GrantTypes, Text::new("app-grants-none"))),
        true if code => Some((Member::RedirectUris, Text::new("app-redirect-needed"))),
        false if !code => Some((Member::RedirectUris, Text::new("app-redirect-unused"))),
        _ if may(GrantType::RefreshToken) && !code => Some((Member::GrantTypes, Text::new("app-grants-refresh"))),
        _ if may(GrantType::ClientCredentials) && metadata.is_public() => {
            Some((Member::GrantTypes, Text::new("app-grants-public")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(form: &str) -> Fields {
        Fields::typed(&Params::parse(form.as_bytes()).unwrap())
    }

    fn shop() -> Metadata {
        Metadata {
            client_name: "Shop".into(),
            redirect_uris: vec!["https://b.test/".into(), "https://a.test/".into()],
            scope: Scope::parse("email openid orders signet:self.read"),
            grant_types: vec![GrantType::RefreshToken, GrantType::AuthorizationCode],
            default_max_age: Some(60),
            logo_uri: Some("https://a.test/logo".into()),
            ..Metadata::default()
        }
    }

    #[test]
    fn fields_become_the_settings_that_they_were_made_of() {
        let (again, mistakes) = Fields::of(&shop()).metadata(&shop(), Member::ALL);
        assert_eq!((again, mistakes.len()), (shop(), 0), "with every order as it was");
    }

    #[test]
    fn what_is_typed_is_tidied_up() {
        let fields = typed(
            "client_name=+Shop+&redirect_uris=+https://a.test/%0D%0A%0D%0Ahttps://b.test/&scopes=orders++openid&state=x&csrf=y",
        );
        assert_eq!(fields.get("redirect_uris"), "https://a.test/\nhttps://b.test/");
        assert_eq!((fields.get("client_name"), fields.get("scopes")), ("Shop", "orders"));
        assert!(fields.has("scope-openid") && !fields.has("state") && !fields.has("csrf"));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once_beside_its_field() {
        let fields = typed(
            "redirect_uris=http://a.test/&logo_uri=javascript:1&scopes=signet:all&default_max_age=soon\
             &grant-client_credentials=yes&grant-authorization_code=yes&token_endpoint_auth_method=none",
        );
        let (_, mistakes) = fields.metadata(&shop(), Member::ALL);
        let told: Vec<&str> = mistakes.iter().map(|wrong| wrong.field.as_ref()).collect();
        assert_eq!(told, ["default_max_age", "client_name", "scope", "logo_uri", "redirect_uris", "grant_types"]);
        for (form, field) in [
            ("client_name=x&grant-authorization_code=yes", "redirect_uris"),
            ("client_name=x&grant-client_credentials=yes&redirect_uris=https://a.test/", "redirect_uris"),
            ("client_name=x&grant-client_credentials=yes&grant-refresh_token=yes", "grant_types"),
            ("client_name=x", "grant_types"),
        ] {
            let (_, mistakes) = typed(form).metadata(&shop(), Member::ALL);
            assert_eq!((mistakes.len(), mistakes[0].field.as_ref()), (1, field), "{form}");
        }
    }

    #[test]
    fn of_two_editors_neither_loses_anything() {
        let seen = Fields::of(&shop());
        let mut mine = seen.clone();
        mine.set("client_name", "Mine".into());
        let theirs = Fields::of(&Metadata { first_party: true, scope: Scope::parse("openid"), ..shop() });
        let version = seen.version();
        assert_eq!(theirs.changed_since(&version), [Member::Scope, Member::FirstParty]);
        let merged = mine.merged(&theirs, &version);
        let (metadata, _) = merged.metadata(&shop(), Member::ALL);
        assert_eq!((metadata.client_name.as_str(), metadata.first_party), ("Mine", true));
        assert_eq!(metadata.scope.to_string(), "openid");
        assert!(seen.changed_since(&version).is_empty());
        assert_eq!(seen.changed_since("").len(), Member::ALL.len(), "a page of no version");
    }
}
