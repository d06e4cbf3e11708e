//! Claims about a person (OIDC Core §5.1), which scope brings which (§5.4), and the `claims` parameter (§5.5).

mod details;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::check::Check;
use super::error::{Code, Refusal};
use super::scope::Scope;
use crate::base::time::Ts;
use crate::config::Field;

pub use details::{Address, Details, Own};

/// What may be told about a person.
#[derive(Debug, Clone, Copy, Default)]
pub struct Person<'a> {
    pub sub: &'a str,
    pub name: Option<&'a str>,
    pub given_name: Option<&'a str>,
    pub family_name: Option<&'a str>,
    pub username: Option<&'a str>,
    pub locale: Option<&'a str>,
    pub zoneinfo: Option<&'a str>,
    pub email: Option<&'a str>,
    pub email_verified: bool,
    /// One of the tenant's kinds of people.
    pub kind: Option<&'a str>,
    pub updated_at: Ts,
    /// What stands elsewhere, if it was asked for.
    pub details: Option<&'a Details>,
}

struct Claim {
    name: &'static str,
    scope: &'static str,
    value: fn(&Person<'_>) -> Option<Value>,
}

/// The claims that stand in the person's own row, each with the scope that brings it.
const CLAIMS: &[Claim] = &[
    Claim { name: "name", scope: "profile", value: |person| text(person.name) },
    Claim { name: "given_name", scope: "profile", value: |person| text(person.given_name) },
    Claim { name: "family_name", scope: "profile", value: |person| text(person.family_name) },
    Claim { name: "preferred_username", scope: "profile", value: |person| text(person.username) },
    Claim { name: "locale", scope: "profile", value: |person| text(person.locale) },
    Claim { name: "zoneinfo", scope: "profile", value: |person| text(person.zoneinfo) },
    Claim { name: "user_type", scope: "profile", value: |person| text(person.kind) },
    Claim { name: "updated_at", scope: "profile", value: |person| Some(person.updated_at.0.into()) },
    Claim { name: "email", scope: "email", value: |person| text(person.email) },
    Claim {
        name: "email_verified",
        scope: "email",
        value: |person| person.email.map(|_| person.email_verified.into()),
    },
];

/// Those that stand in [`Details`].
const FAR_CLAIMS: &[Claim] = &[
    Claim { name: "middle_name", scope: "profile", value: |person| told(person, |details| &details.middle_name) },
    Claim { name: "nickname", scope: "profile", value: |person| told(person, |details| &details.nickname) },
    Claim { name: "profile", scope: "profile", value: |person| told(person, |details| &details.profile) },
    Claim { name: "picture", scope: "profile", value: |person| told(person, |details| &details.picture) },
    Claim { name: "website", scope: "profile", value: |person| told(person, |details| &details.website) },
    Claim { name: "gender", scope: "profile", value: |person| told(person, |details| &details.gender) },
    Claim { name: "birthdate", scope: "profile", value: |person| told(person, |details| &details.birthdate) },
    Claim { name: "bio", scope: "profile", value: |person| told(person, |details| &details.bio) },
    Claim { name: "address", scope: "address", value: |person| person.details?.address.as_ref()?.claim() },
    Claim { name: "phone_number", scope: "phone", value: |person| told(person, |details| &details.phone_number) },
    Claim {
        name: "phone_number_verified",
        scope: "phone",
        value: |person| {
            let details = person.details?;
            details.phone_number.as_ref().map(|_| details.phone_number_verified.into())
        },
    },
];

/// What the person may do. It stands in tokens as well, where others only tell it when asked.
const POWER_CLAIMS: &[Claim] = &[
    Claim { name: "roles", scope: "roles", value: |person| Some(person.details?.roles.clone()?.into()) },
    Claim {
        name: "permissions",
        scope: "permissions",
        value: |person| Some(person.details?.permissions.clone()?.into()),
    },
];

fn all() -> impl Iterator<Item = &'static Claim> {
    CLAIMS.iter().chain(FAR_CLAIMS).chain(POWER_CLAIMS)
}

/// Whether roles, and whether permissions are asked for, by scope or one by one.
pub fn wants_power(scope: &Scope, asked: &[String]) -> [bool; 2] {
    ["roles", "permissions"].map(|name| scope.contains(name) || asked.iter().any(|asked| asked == name))
}

/// The claims of the tenant's own fields, each with the scope that brings it.
pub fn own(fields: &[Field]) -> impl Iterator<Item = (&str, &str)> {
    fields.iter().filter(|field| !field.claim.is_empty()).map(|field| (field.claim.as_str(), field.scope.as_str()))
}

/// Whether anything of [`Details`] is asked for, by scope or one by one.
pub fn wants_details(scope: &Scope, asked: &[String], fields: &[Field]) -> bool {
    let mut far = FAR_CLAIMS.iter().map(|claim| (claim.name, claim.scope)).chain(own(fields));
    far.any(|(name, brings)| scope.contains(brings) || asked.iter().any(|asked| asked == name))
}

fn told(person: &Person<'_>, which: fn(&Details) -> &Option<String>) -> Option<Value> {
    which(person.details?).as_deref().map(Value::from)
}

fn text(value: Option<&str>) -> Option<Value> {
    value.map(Value::from)
}

/// The names of the claims about a person that Signet itself gives a meaning to, for discovery.
pub fn names<'a>() -> impl Iterator<Item = &'a str> {
    all().map(|claim| claim.name)
}

/// The claims parameter, reduced to what we act on: which claims are asked for, where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimsRequest {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub userinfo: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub id_token: Vec<String>,
    /// `"sub": {"value": …}`: this person or nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    /// `"acr": {"essential": true, "values": […]}` of the ID token: one of these, or no sign-in (§5.5.1.1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acr: Vec<String>,
    /// The scopes of the tenant's own claims among them.
    #[serde(default, skip_serializing_if = "Scope::is_empty")]
    pub own: Scope,
}

impl ClaimsRequest {
    /// Claims that we do not know are left out, as OIDC Core §5.5 wants it.
    pub fn parse(json: &str, fields: &[Field]) -> Result<Self, Refusal> {
        let bad = || {
            let refusal = Code::InvalidRequest.because("claims is not a JSON object of the right shape");
            refusal.at(Check::Claims, r#"{"userinfo": {…}, "id_token": {…}}"#, "something else")
        };
        let all: Map<String, Value> = serde_json::from_str(json).map_err(|_| bad())?;
        let members = |place: &str| match all.get(place) {
            None | Some(Value::Null) => Ok(Map::new()),
            Some(Value::Object(members)) => Ok(members.clone()),
            Some(_) => Err(bad()),
        };
        let known = |members: &Map<String, Value>| {
            let known = names().chain(own(fields).map(|(name, _)| name));
            known.filter(|name| members.contains_key(*name)).map(str::to_owned).collect()
        };
        let (userinfo, id_token) = (members("userinfo")?, members("id_token")?);
        let sub = [&id_token, &userinfo].into_iter().find_map(|members| members.get("sub")?.get("value")?.as_str());
        let (sub, acr) = (sub.map(str::to_owned), essential(id_token.get("acr")));
        let (userinfo, id_token): (Vec<_>, Vec<_>) = (known(&userinfo), known(&id_token));
        let asked = |name: &str| userinfo.iter().chain(&id_token).any(|asked| asked == name);
        let own: Vec<_> = own(fields).filter(|(name, _)| asked(name)).map(|(_, scope)| scope).collect();
        let own = Scope::parse(&own.join(" "));
        Ok(Self { userinfo, id_token, sub, acr, own })
    }
}

/// The values that one claim has to have, if it has to.
fn essential(member: Option<&Value>) -> Vec<String> {
    let Some(member) = member.filter(|member| member["essential"] == true) else { return Vec::new() };
    let values = member["values"].as_array().map(Vec::as_slice).unwrap_or_default();
    let values = values.iter().chain(member.get("value"));
    values.filter_map(Value::as_str).take(10).map(str::to_owned).collect()
}

impl ClaimsRequest {
    /// The scopes that bring the claims that are asked for one by one; they need the same consent.
    pub fn scope(&self) -> Scope {
        let asked = |claim: &&Claim| self.userinfo.iter().chain(&self.id_token).any(|name| name == claim.name);
        let scopes: Vec<&str> = all().filter(asked).map(|claim| claim.scope).collect();
        Scope::parse(&scopes.join(" ")).union(&self.own)
    }

    /// Leaves out what the client may not have; that is no error (OIDC Core §5.5.1).
    #[must_use]
    pub fn within(mut self, registered: &Scope, fields: &[Field]) -> Self {
        let may = |name: &String| {
            let mut known = all().map(|claim| (claim.name, claim.scope)).chain(own(fields));
            known.any(|(claim, scope)| claim == name && registered.contains(scope))
        };
        self.userinfo.retain(may);
        self.id_token.retain(may);
        self.own = self.own.iter().filter(|scope| registered.contains(scope)).collect();
        self
    }
}

/// The userinfo answer (OIDC Core §5.3.2): `sub`, and what the scopes and the claims parameter ask for.
pub fn userinfo(person: &Person<'_>, scope: &Scope, asked: &[String]) -> Map<String, Value> {
    let mut claims = Map::new();
    claims.insert("sub".to_owned(), person.sub.into());
    collect(&mut claims, person, |name, brings| scope.contains(brings) || asked.iter().any(|asked| asked == name));
    claims
}

/// What stands in the ID token itself: what the claims parameter wants there, and what the person may do.
pub fn for_id_token(person: &Person<'_>, scope: &Scope, asked: &[String]) -> Map<String, Value> {
    let mut claims = Map::new();
    let power = |name: &str| POWER_CLAIMS.iter().any(|claim| claim.name == name);
    collect(&mut claims, person, |name, brings| {
        asked.iter().any(|asked| asked == name) || power(name) && scope.contains(brings)
    });
    claims
}

fn collect(claims: &mut Map<String, Value>, person: &Person<'_>, wanted: impl Fn(&str, &str) -> bool) {
    for claim in all().filter(|claim| wanted(claim.name, claim.scope)) {
        if let Some(value) = (claim.value)(person) {
            claims.insert(claim.name.to_owned(), value);
        }
    }
    let own = person.details.map(|details| details.own.as_slice()).unwrap_or_default();
    for own in own.iter().filter(|own| wanted(&own.claim, &own.scope)) {
        claims.insert(own.claim.clone(), own.value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{FieldEditor, FieldKind, Label, TAKEN_CLAIMS};

    const ADA: Person<'_> = Person {
        sub: "1",
        name: Some("Ada"),
        given_name: None,
        family_name: None,
        username: Some("ada"),
        locale: None,
        zoneinfo: None,
        email: Some("ada@example.com"),
        email_verified: true,
        kind: None,
        updated_at: Ts(7),
        details: None,
    };

    #[test]
    fn scopes_bring_claims() {
        let keys = |scope: &str, asked: &[String]| -> Vec<String> {
            let claims = userinfo(&ADA, &Scope::parse(scope), asked);
            claims.keys().cloned().collect::<std::collections::BTreeSet<_>>().into_iter().collect()
        };
        assert_eq!(keys("openid", &[]), ["sub"]);
        assert_eq!(keys("openid email", &[]), ["email", "email_verified", "sub"]);
        assert_eq!(keys("openid", &["name".into()]), ["name", "sub"]);
        assert_eq!(keys("openid profile", &[]), ["name", "preferred_username", "sub", "updated_at"]);
    }

    #[test]
    fn an_address_is_an_object_and_a_number_says_whether_it_was_proved() {
        let address = Address {
            street_address: Some("12 St James's Square".into()),
            locality: Some("London".into()),
            postal_code: Some("SW1Y 4JH".into()),
            ..Address::default()
        };
        let details =
            Details { address: Some(address), phone_number: Some("+442079460958".into()), ..Details::default() };
        let person = Person { details: Some(&details), ..ADA };
        assert!(
            wants_details(&Scope::parse("openid phone"), &[], &[])
                && !wants_details(&Scope::parse("openid email"), &[], &[])
        );
        let claims = Value::Object(userinfo(&person, &Scope::parse("openid address phone"), &[]));
        let expected = serde_json::json!({
            "sub": "1",
            "address": {
                "formatted": "12 St James's Square\nSW1Y 4JH London",
                "street_address": "12 St James's Square",
                "locality": "London",
                "postal_code": "SW1Y 4JH",
            },
            "phone_number": "+442079460958",
            "phone_number_verified": false,
        });
        assert_eq!(claims, expected);
        assert_eq!(for_id_token(&person, &Scope::default(), &["phone_number".into()])["phone_number"], "+442079460958");
        let proved = Details { phone_number_verified: true, ..details.clone() };
        let person = Person { details: Some(&proved), ..ADA };
        assert_eq!(
            for_id_token(&person, &Scope::default(), &["phone_number_verified".into()])["phone_number_verified"],
            true
        );
    }

    #[test]
    fn no_field_of_a_tenant_can_be_called_as_a_claim_that_there_is() {
        for name in names() {
            assert!(TAKEN_CLAIMS.contains(&name), "{name}");
        }
    }

    #[test]
    fn own_fields_come_with_their_scope_or_one_by_one() {
        let field = |name: &str, claim: &str, scope: &str| Field {
            name: name.to_owned(),
            kind: FieldKind::Text,
            label: Label::All(name.to_owned()),
            choices: Vec::new(),
            required: false,
            editor: FieldEditor::Person,
            claim: claim.to_owned(),
            scope: scope.to_owned(),
        };
        let fields = [field("a", "team", "profile"), field("b", "badge", "staff"), field("c", "", "staff")];
        assert!(wants_details(&Scope::parse("openid staff"), &[], &fields));
        assert!(wants_details(&Scope::parse("openid"), &["badge".into()], &fields));
        assert!(!wants_details(&Scope::parse("openid"), &["c".into()], &fields));
        let told = |claim: &str, scope: &str| Own { claim: claim.into(), scope: scope.into(), value: 1.into() };
        let details = Details { own: vec![told("team", "profile"), told("badge", "staff")], ..Details::default() };
        let person = Person { details: Some(&details), ..ADA };
        let has = |scope: &str, claim| userinfo(&person, &Scope::parse(scope), &[]).contains_key(claim);
        assert!(has("openid profile", "team") && !has("openid profile", "badge") && has("openid staff", "badge"));
        assert_eq!(for_id_token(&person, &Scope::default(), &["badge".into()])["badge"], 1);

        let json = r#"{"id_token": {"badge": null, "c": null}}"#;
        let asked = ClaimsRequest::parse(json, &fields).unwrap();
        assert_eq!((asked.id_token.len(), asked.scope().to_string()), (1, "staff".into()), "its consent is needed");
        let less = asked.within(&Scope::parse("openid profile"), &fields);
        assert!(less.id_token.is_empty() && less.scope().is_empty());
    }

    #[test]
    fn the_claims_parameter() {
        let parsed = ClaimsRequest::parse(
            r#"{"userinfo": {"name": {"essential": true}, "unknown": null}, "id_token": {"sub": {"value": "1"}, "email": null}}"#,
            &[],
        );
        let expected = ClaimsRequest {
            userinfo: vec!["name".into()],
            id_token: vec!["email".into()],
            sub: Some("1".into()),
            acr: vec![],
            own: Scope::default(),
        };
        assert_eq!(parsed, Ok(expected));
        for bad in ["", "[]", "1", r#"{"userinfo": 1}"#] {
            assert_eq!(ClaimsRequest::parse(bad, &[]).unwrap_err().code, Code::InvalidRequest, "{bad}");
        }
    }
}
