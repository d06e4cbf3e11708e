//! `/api/v1/settings`: what is changed while the server runs.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::Api;
use super::body::{Body, changed, check_unchanged, shown};
use crate::flow::admin::setting::{self, Shown};
use crate::web::error::Error;

/// A setting.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicySetting {
    /// As in the configuration file: `password.min_length`
    pub key: String,
    /// What is in force: a number (lifetimes in seconds), true or false, a text, or a list of texts
    #[schema(value_type = Value)]
    pub value: Value,
    /// default, file, database (it was set here) or environment (then it cannot be)
    pub source: String,
    /// What it is when nothing is set here
    #[schema(value_type = Value)]
    pub without: Value,
    /// What it may be
    pub allowed: String,
    /// When it was set here, in seconds since 1970
    pub changed_at: Option<i64>,
    /// The id of whoever did it, or `operator`
    pub changed_by: Option<String>,
    /// Why what was set here is not in force
    pub left_out: Option<String>,
}

impl From<&Shown> for PolicySetting {
    fn from(shown: &Shown) -> Self {
        let (at, by) = shown.changed.clone().map_or((None, None), |(at, by)| (Some(at.0), Some(by)));
        Self {
            key: shown.key.name.to_owned(),
            value: shown.value.clone(),
            source: shown.source.to_string(),
            without: shown.without.clone(),
            allowed: shown.key.kind.allowed(),
            changed_at: at,
            changed_by: by,
            left_out: shown.left_out.as_ref().map(ToString::to_string),
        }
    }
}

/// All settings.
#[derive(Debug, Serialize, ToSchema)]
pub struct Settings {
    pub items: Vec<PolicySetting>,
}

impl From<&Vec<Shown>> for Settings {
    fn from(all: &Vec<Shown>) -> Self {
        Self { items: all.iter().map(PolicySetting::from).collect() }
    }
}

/// Values by their keys; null for one that is no longer to be set here.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct SettingsChange(BTreeMap<String, Value>);

/// All settings, by section.
#[utoipa::path(get, path = "/api/v1/settings", tag = "settings", operation_id = "list_settings",
    responses((status = 200, body = Settings)), security(("bearer" = ["settings.read"])))]
pub async fn list(api: Api) -> Result<HttpResponse, Error> {
    Ok(shown(&Settings::from(&setting::list(api.cx(), &api.caller.by).await?)))
}

/// One setting.
#[utoipa::path(get, path = "/api/v1/settings/{key}", tag = "settings", operation_id = "show_setting", params(("key" = String, Path)),
    responses((status = 200, body = PolicySetting)), security(("bearer" = ["settings.read"])))]
pub async fn show(api: Api) -> Result<HttpResponse, Error> {
    Ok(shown(&PolicySetting::from(&setting::show(api.cx(), &api.caller.by, api.part("key")).await?)))
}

/// Changes some settings at once, on all nodes within a second.
#[utoipa::path(patch, path = "/api/v1/settings", tag = "settings", operation_id = "edit_settings", request_body = SettingsChange,
    responses((status = 200, body = Settings)), security(("bearer" = ["settings.write"])))]
pub async fn edit(api: Api, Body(SettingsChange(wanted)): Body<SettingsChange>) -> Result<HttpResponse, Error> {
    let wanted = wanted.into_iter().collect();
    let unchanged = |all: &[Shown]| Ok(check_unchanged(&api, &Settings::from(&all.to_vec()))?);
    let done = setting::change(api.cx(), &api.caller.by, api.how(), &wanted, unchanged).await?;
    Ok(changed(&api, &done, |all| Settings::from(all)))
}
