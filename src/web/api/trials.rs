//! `/api/v1/clients/{id}/dry-run` and `/api/v1/users/{id}/claims`: what would happen, and what would be told.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::Api;
use super::body::{Body, shown};
use super::refusals::Step;
use crate::flow::admin::refusal::Setting;
use crate::flow::admin::selftest::{self, Finding};
use crate::flow::admin::trial::{self, Asked, Origin, SignedIn, Trial};
use crate::flow::admin::wrong;
use crate::flow::explain::Went;
use crate::model::ClientId;
use crate::spec::acr::Level;
use crate::spec::error::Refusal;
use crate::web::error::Error;

/// No sign-in lives longer than a year.
const OLDEST: u64 = 31_536_000;

/// A request to be tried.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Try {
    /// Id, user name or e-mail address; without one it ends where somebody has to sign in
    pub user: Option<String>,
    /// Parameters of the authorization endpoint. They lie over those of a request that is right; an empty one takes
    /// one away
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    /// The person is signed in already
    pub session: Option<Earlier>,
    /// Where the request would come from
    #[schema(value_type = Option<String>)]
    pub address: Option<IpAddr>,
}

/// A sign-in that lies behind the person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    /// Seconds since then
    #[serde(default)]
    #[schema(maximum = 31_536_000)]
    pub age: u64,
    /// How sure it was; one factor if nothing is said
    #[schema(value_type = Option<String>)]
    pub acr: Option<Level>,
}

/// What would happen.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outcome {
    /// issued, refused, or login where no person is named
    pub outcome: String,
    pub refusal: Option<Refused>,
    /// The pages that the person would see, in order: login, `second_factor`, `set_up_factor`, consent
    pub pages: Vec<String>,
    /// The checks of the authorization endpoint, in order
    pub checks: Vec<Step>,
    /// The claims of access token, ID token and userinfo; an ellipsis where a real one has something random
    #[schema(value_type = Option<Object>)]
    pub tokens: Option<Map<String, Value>>,
    pub address: Option<Whence>,
}

/// Why it would be refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refused {
    pub code: String,
    pub reason: String,
    pub check: Option<String>,
    pub expected: Option<String>,
    pub received: Option<String>,
    pub setting: Option<Setting>,
}

/// What an address is to this server.
#[derive(Debug, Serialize, ToSchema)]
pub struct Whence {
    pub place: Option<String>,
    /// Limits per address leave it alone
    pub exempt: bool,
    /// Nobody may sign in from there just now
    pub refusal: Option<Refused>,
}

impl Refused {
    fn of(refusal: &Refusal, client: Option<&str>) -> Self {
        let why = refusal.why.as_deref();
        Self {
            code: refusal.code.name().to_owned(),
            reason: refusal.reason.to_string(),
            check: why.map(|why| why.check.to_string()),
            expected: why.map(|why| why.expected.clone()),
            received: why.map(|why| why.received.clone()),
            setting: why.and_then(|why| why.setting).map(|name| Setting::of(name, client)),
        }
    }
}

impl Outcome {
    fn of(trial: &Trial, client: &str) -> Self {
        let outcome = match (&trial.refusal, &trial.tokens) {
            (Some(_), _) => "refused",
            (None, Some(_)) => "issued",
            (None, None) => "login",
        };
        let step = |(check, went): &(crate::spec::check::Check, Went)| Step {
            check: check.to_string(),
            description: check.describe().to_owned(),
            result: *went,
        };
        let tokens = trial.tokens.as_ref().and_then(|told| serde_json::to_value(told).ok());
        let whence = |origin: &Origin| Whence {
            place: origin.place.clone(),
            exempt: origin.is_exempt,
            refusal: origin.refusal.as_ref().map(|refusal| Refused::of(refusal, None)),
        };
        Self {
            outcome: outcome.to_owned(),
            refusal: trial.refusal.as_ref().map(|refusal| Refused::of(refusal, Some(client))),
            pages: trial.pages.iter().map(ToString::to_string).collect(),
            checks: trial.checks.iter().map(step).collect(),
            tokens: tokens.and_then(|told| told.as_object().cloned()),
            address: trial.origin.as_ref().map(whence),
        }
    }
}

/// Tries a request of a client: the checks in order, the pages, and the claims. Nothing is issued.
#[utoipa::path(post, path = "/api/v1/clients/{id}/dry-run", operation_id = "try_client", tag = "clients",
    params(("id" = String, Path)), request_body = Try, responses((status = 200, body = Outcome)),
    security(("bearer" = ["clients.read"])))]
pub async fn dry_run(api: Api, Body(ask): Body<Try>) -> Result<HttpResponse, Error> {
    let id = ClientId::from(api.part("id"));
    if ask.session.as_ref().is_some_and(|session| session.age > OLDEST) {
        return Err(wrong("session.age", format!("at most {OLDEST}")).into());
    }
    let signed_in = |session: Earlier| SignedIn {
        ago: Duration::from_secs(session.age),
        level: session.acr.unwrap_or(Level::Single),
    };
    let asked =
        Asked { user: ask.user, parameters: ask.parameters, session: ask.session.map(signed_in), address: ask.address };
    let trial = trial::run(api.cx(), &api.caller.by, &id, &asked).await?;
    Ok(HttpResponse::Ok().json(Outcome::of(&trial, id.as_str())))
}

/// What a person would get at a client: the claims for these scopes, or for all that the client may have.
#[utoipa::path(get, path = "/api/v1/users/{id}/claims", operation_id = "show_claims", tag = "users",
    params(("id" = String, Path, description = "Id, user name or e-mail address of the person"), ("client_id" = String, Query), ("scope" = Option<String>, Query)),
    responses((status = 200, body = Outcome)), security(("bearer" = ["users.read"])))]
pub async fn claims(api: Api) -> Result<HttpResponse, Error> {
    let params = api.ctx.query()?;
    let client = params.get("client_id").ok_or_else(|| wrong("client_id", "is missing"))?;
    let asked = (&ClientId::from(client), params.get("scope").unwrap_or_default());
    let trial = trial::of_person(api.cx(), &api.caller.by, api.part("id"), asked).await?;
    Ok(shown(&Outcome::of(&trial, client)))
}

/// A test of a client, and how it went.
#[derive(Debug, Serialize, ToSchema)]
pub struct Test {
    pub test: String,
    /// Where it is written how it has to be
    pub clause: String,
    /// pass, fail or skipped
    pub result: String,
    pub detail: String,
}

/// All tests of a client.
#[derive(Debug, Serialize, ToSchema)]
pub struct TestRun {
    /// None has failed
    pub ok: bool,
    pub tests: Vec<Test>,
}

/// Plays the relying party against this server with the settings of a client. Nothing that is issued counts.
#[utoipa::path(post, path = "/api/v1/clients/{id}/self-test", operation_id = "test_client", tag = "clients",
    params(("id" = String, Path)), responses((status = 200, body = TestRun)),
    security(("bearer" = ["clients.write"])))]
pub async fn self_test(api: Api) -> Result<HttpResponse, Error> {
    let findings = selftest::run(api.cx(), &api.caller.by, &ClientId::from(api.part("id"))).await?;
    let test = |found: &Finding| Test {
        test: found.name.to_owned(),
        clause: found.clause.to_owned(),
        result: found.went.to_string(),
        detail: found.detail.clone(),
    };
    let good = findings.iter().all(|found| found.went != selftest::Went::Failed);
    Ok(HttpResponse::Ok().json(TestRun { ok: good, tests: findings.iter().map(test).collect() }))
}
