//! What is noted of people: their kind, and the tenant's own fields. And one second factor taken away.

use actix_web::HttpResponse;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::Person;
use crate::flow::admin::attribute::{self, Wanted};
use crate::flow::admin::{access, person, wrong};
use crate::flow::attribute::Fields;
use crate::model::user::User;
use crate::model::{FactorId, UserId};
use crate::spec::own_field;
use crate::web::api::Api;
use crate::web::api::body::{Body, changed, check_unchanged, shown};
use crate::web::error::Error;

/// What is noted of a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Noted {
    /// One of the kinds of people that there are here
    pub user_type: Option<String>,
    /// The fields of your own, by their names
    #[schema(value_type = Object)]
    pub fields: Map<String, Value>,
}

impl Noted {
    fn of(user: &User, fields: &Fields) -> Self {
        Self { user_type: user.kind.clone(), fields: fields.clone() }
    }
}

/// What is to be noted; what is not named stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// null: none of them
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub user_type: Kind,
    /// By the names of the fields; null takes one away
    #[serde(default)]
    #[schema(value_type = Object)]
    pub fields: Map<String, Value>,
}

/// Which kind of person somebody is to be. A member that is null is not one that is missing.
#[derive(Debug, Default)]
pub enum Kind {
    #[default]
    Stays,
    Becomes(Option<String>),
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::Becomes)
    }
}

/// Kind and own fields of a person.
#[utoipa::path(get, path = "/api/v1/users/{id}/fields", tag = "users", operation_id = "user_fields", params(("id" = String, Path)),
    responses((status = 200, body = Noted)), security(("bearer" = ["users.read"])))]
pub async fn show(api: Api) -> Result<HttpResponse, Error> {
    let user = person::show(api.cx(), &api.caller.by, api.part("id")).await?.user;
    let fields = attribute::show(api.cx(), &api.caller.by, &user).await?;
    Ok(shown(&Noted::of(&user, &fields)))
}

/// Notes kind and own fields, also those that people fill in themselves.
#[utoipa::path(patch, path = "/api/v1/users/{id}/fields", tag = "users", operation_id = "user_note", params(("id" = String, Path)),
    request_body = Note, responses((status = 200, body = Person)), security(("bearer" = ["users.write"])))]
pub async fn note(api: Api, Body(new): Body<Note>) -> Result<HttpResponse, Error> {
    let id = UserId::from(api.part("id"));
    let typed = |(name, value): (&String, &Value)| match value {
        Value::Null => Ok((name.clone(), None)),
        Value::Array(_) | Value::Object(_) => Err(wrong(name, "a text, a number, true, false or null")),
        value => Ok((name.clone(), Some(own_field::typed(value)))),
    };
    let typed: Vec<(String, Option<String>)> = new.fields.iter().map(typed).collect::<Result<_, _>>()?;
    let wanted = Wanted {
        kind: match &new.user_type {
            Kind::Stays => None,
            Kind::Becomes(kind) => Some(kind.as_deref()),
        },
        fields: typed.iter().map(|(name, typed)| (name.as_str(), typed.as_deref())).collect(),
    };
    let unchanged = |user: &User, fields: &Fields| Ok(check_unchanged(&api, &Noted::of(user, fields))?);
    let done = attribute::set(api.cx(), &api.caller.by, api.how(), &id, (&wanted, unchanged)).await?;
    Ok(changed(&api, &done, |user| Person::from(user)))
}

/// Takes one second factor away; the person gets a letter about it.
#[utoipa::path(delete, path = "/api/v1/users/{id}/factors/{factor}", tag = "users", operation_id = "user_reset_factor",
    params(("id" = String, Path), ("factor" = String, Path)), responses((status = 200, body = Person)),
    security(("bearer" = ["users.write"])))]
pub async fn reset_factor(api: Api) -> Result<HttpResponse, Error> {
    let (id, factor) = (UserId::from(api.part("id")), FactorId::from(api.part("factor")));
    let done = access::reset_factor(api.cx(), &api.caller.by, api.how(), (&id, &factor)).await?;
    Ok(changed(&api, &done, |user| Person::from(user)))
}
