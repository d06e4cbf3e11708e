//! `/api/v1/users/me`, also called `/users/profile`: the own account of whoever calls.

pub mod kept;
pub mod places;

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::Api;
use super::body::{Body, check_unchanged, merge, shown};
use super::users::Person;
use crate::config::FieldEditor;
use crate::flow::account::password::{Changed, change_with};
use crate::flow::account::profile::{self, Told, Typed};
use crate::flow::admin::wrong;
use crate::flow::login::Denied;
use crate::flow::user::Mistake;
use crate::locale::Locale;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::web::error::Error;

/// The own account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    pub id: String,
    pub email: String,
    pub email_verified: bool,
    pub state: String,
    pub roles: Vec<String>,
    /// Seconds since 1970
    pub created_at: i64,
    pub updated_at: i64,
    pub last_seen_at: Option<i64>,
    #[serde(flatten)]
    pub profile: Profile,
}

/// What people tell about themselves.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub username: String,
    pub name: Option<String>,
    pub given_name: Option<String>,
    pub middle_name: Option<String>,
    pub family_name: Option<String>,
    pub nickname: Option<String>,
    pub profile: Option<String>,
    pub website: Option<String>,
    /// The address of a picture; one that was sent has none
    pub picture: Option<String>,
    pub gender: Option<String>,
    /// YYYY-MM-DD, or YYYY
    pub birthdate: Option<String>,
    pub bio: Option<String>,
    /// The fields that there are here beside these, as people type them
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    pub zoneinfo: Option<String>,
    pub locale: Option<String>,
    pub address: Option<Postal>,
}

/// A postal address.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Postal {
    pub street_address: Option<String>,
    pub locality: Option<String>,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    /// Two letters (ISO 3166-1)
    pub country: Option<String>,
}

impl From<Typed> for Profile {
    fn from(typed: Typed) -> Self {
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        let address = Postal {
            street_address: given(typed.street),
            locality: given(typed.locality),
            region: given(typed.region),
            postal_code: given(typed.postal_code),
            country: given(typed.country),
        };
        let parts =
            [&address.street_address, &address.locality, &address.region, &address.postal_code, &address.country];
        let has_address = parts.iter().any(|part| part.is_some());
        Self {
            username: typed.username,
            name: given(typed.name),
            given_name: given(typed.given_name),
            middle_name: given(typed.middle_name),
            family_name: given(typed.family_name),
            nickname: given(typed.nickname),
            profile: given(typed.profile),
            website: given(typed.website),
            picture: given(typed.picture),
            gender: given(typed.gender),
            birthdate: given(typed.birthdate),
            bio: given(typed.bio),
            fields: typed.own,
            zoneinfo: given(typed.zone),
            locale: given(typed.locale),
            address: has_address.then_some(address),
        }
    }
}

impl From<Profile> for Typed {
    fn from(told: Profile) -> Self {
        let text = Option::unwrap_or_default;
        let address = told.address.unwrap_or_default();
        Self {
            name: text(told.name),
            given_name: text(told.given_name),
            middle_name: text(told.middle_name),
            family_name: text(told.family_name),
            nickname: text(told.nickname),
            username: told.username,
            profile: text(told.profile),
            website: text(told.website),
            picture: text(told.picture),
            own_picture: None,
            gender: text(told.gender),
            birthdate: text(told.birthdate),
            bio: text(told.bio),
            own: told.fields,
            zone: text(told.zoneinfo),
            locale: text(told.locale),
            street: text(address.street_address),
            locality: text(address.locality),
            region: text(address.region),
            postal_code: text(address.postal_code),
            country: text(address.country),
        }
    }
}

impl From<Told> for Me {
    fn from(Told { user, roles, typed }: Told) -> Self {
        let Person { id, email, email_verified, state, created_at, updated_at, last_seen_at, .. } = Person::from(&user);
        let profile = typed.into();
        Self { id, email, email_verified, state, roles, created_at, updated_at, last_seen_at, profile }
    }
}

/// As the database has it now.
async fn me(api: &Api) -> Result<Me, Error> {
    Ok(profile::told(api.cx(), &api.user()?.id).await?.into())
}

/// The own account.
#[utoipa::path(get, path = "/api/v1/users/me", tag = "me", operation_id = "me_get",
    responses((status = 200, body = Me)), security(("bearer" = ["self.read"])))]
pub async fn get(api: Api) -> Result<HttpResponse, Error> {
    Ok(shown(&me(&api).await?))
}

/// Tells all about oneself anew; what is not named is taken away.
#[utoipa::path(put, path = "/api/v1/users/me", tag = "me", operation_id = "me_put",
    params(("if-match" = Option<String>, Header)), request_body = Profile, responses((status = 200, body = Me)),
    security(("bearer" = ["self.write"])))]
pub async fn put(api: Api, Body(told): Body<Profile>) -> Result<HttpResponse, Error> {
    save(&api, |_| Ok(told)).await
}

/// Changes what is named, and nothing else.
#[utoipa::path(patch, path = "/api/v1/users/me", tag = "me", operation_id = "me_patch",
    params(("if-match" = Option<String>, Header)), request_body = Profile, responses((status = 200, body = Me)),
    security(("bearer" = ["self.write"])))]
pub async fn patch(api: Api, Body(members): Body<Map<String, Value>>) -> Result<HttpResponse, Error> {
    save(&api, |current| {
        let mut told = json!(current);
        merge(&mut told, Value::Object(members));
        serde_json::from_value(told).map_err(|error| wrong("body", error.to_string()))
    })
    .await
}

/// Keeps what is wanted in the place of what stands there by then, unless that is not what the caller has read.
async fn save(api: &Api, wanted: impl FnOnce(&Profile) -> Result<Profile, Refusal>) -> Result<HttpResponse, Error> {
    let changed = profile::change(api.cx(), &api.user()?.id, |told| {
        let current = Me::from(told.clone());
        check_unchanged(api, &current)?;
        let wanted = wanted(&current.profile)?;
        check_fields(api, &wanted, &current.profile)?;
        Ok(wanted.into())
    });
    let mistakes = changed.await?;
    if !mistakes.is_empty() {
        return Err(mistaken(&mistakes).into());
    }
    Ok(shown(&me(api).await?))
}

/// What others fill in may come back as it was told.
fn check_fields(api: &Api, wanted: &Profile, kept: &Profile) -> Result<(), Refusal> {
    let settings = &api.ctx.app.config.profile;
    let is_own = |name: &String| settings.of(FieldEditor::Person).any(|field| field.name == *name);
    let is_kept = |(name, value): &(&String, &String)| kept.fields.get(*name) == Some(value);
    match wanted.fields.iter().find(|field| !is_own(field.0) && !is_kept(field)) {
        Some((name, _)) => Err(wrong("fields", format!("{name} is none that people fill in"))),
        None => Ok(()),
    }
}

/// The same under the other name.
#[utoipa::path(get, path = "/api/v1/users/profile", tag = "me", operation_id = "me_get_profile",
    responses((status = 200, body = Me)), security(("bearer" = ["self.read"])))]
pub async fn get_profile(api: Api) -> Result<HttpResponse, Error> {
    get(api).await
}

/// The same under the other name.
#[utoipa::path(put, path = "/api/v1/users/profile", tag = "me", operation_id = "me_put_profile",
    params(("if-match" = Option<String>, Header)), request_body = Profile, responses((status = 200, body = Me)),
    security(("bearer" = ["self.write"])))]
pub async fn put_profile(api: Api, told: Body<Profile>) -> Result<HttpResponse, Error> {
    put(api, told).await
}

/// The same under the other name.
#[utoipa::path(patch, path = "/api/v1/users/profile", tag = "me", operation_id = "me_patch_profile",
    params(("if-match" = Option<String>, Header)), request_body = Profile, responses((status = 200, body = Me)),
    security(("bearer" = ["self.write"])))]
pub async fn patch_profile(api: Api, members: Body<Map<String, Value>>) -> Result<HttpResponse, Error> {
    patch(api, members).await
}

/// What is wrong with what was sent, all at once.
pub fn mistaken(mistakes: &[Mistake]) -> Refusal {
    let name = |field: &str| field.replace('-', "_");
    let line = |mistake: &Mistake| match mistake.field.as_ref() {
        "" => mistake.text.to(Locale::En),
        field => format!("{}: {}", name(field), mistake.text.to(Locale::En)),
    };
    let reason = mistakes.iter().map(line).collect::<Vec<_>>().join("; ");
    let fields = mistakes.iter().map(|mistake| name(&mistake.field)).collect::<Vec<_>>().join(" ");
    Code::InvalidRequest.because(reason).with_status(422).at(Check::Value, "values that can be", fields)
}

/// What somebody is told who has shown a wrong password. What stands behind it is for those who explain refusals.
pub fn denied(denied: Denied) -> Refusal {
    match denied {
        Denied::Wrong(refusal) => {
            Refusal { reason: "user name or password is wrong".into(), ..refusal }.with_status(401)
        }
        Denied::Disabled(refusal) => refusal.with_status(403),
        Denied::Locked(seconds, refusal) => {
            refusal.with_status(429).retry_after(std::time::Duration::from_secs(seconds.max(1)))
        }
    }
}

/// The password of today, and another.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Passwords {
    /// May be missing for somebody who has none
    pub old_password: Option<String>,
    pub new_password: String,
}

/// Sets another password. Every other session, and every app's access, ends. Takes a fresh sign-in.
#[utoipa::path(post, path = "/api/v1/users/me/password", tag = "me", operation_id = "me_password",
    request_body = Passwords, responses((status = 204, description = "Done")), security(("bearer" = ["self.write"])))]
pub async fn password(api: Api, Body(typed): Body<Passwords>) -> Result<HttpResponse, Error> {
    let live = api.fresh().await?;
    match change_with(api.cx(), &live, (typed.old_password.as_deref(), &typed.new_password)).await? {
        Changed::Done => Ok(HttpResponse::new(StatusCode::NO_CONTENT)),
        Changed::Wrong(mistake) => Err(mistaken(&[mistake]).into()),
        Changed::Denied(no) => Err(denied(no).into()),
    }
}
