//! What would happen if …: a request of an app for a person, tried without being made.

use std::collections::BTreeMap;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Map, Value};

use super::apps::found;
use super::refusals::{place, steps};
use super::{Desk, REFUSALS, app};
use crate::flow::admin::trial::{self, Asked, Origin, Page, SignedIn, Trial};
use crate::flow::admin::{client, person};
use crate::flow::token::Told;
use crate::locale::Text;
use crate::model::client::Client;
use crate::spec::acr::Level;
use crate::spec::authorize::Prompt;
use crate::spec::error::Refusal;
use crate::spec::params::Params;
use crate::spec::right::Right;
use crate::web::ctx::Ctx;
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{Choice, Label};
use crate::web::view::apps::{Claims, Outcome, Sent, Trial as View, Whence, Why};

/// What of a request can be typed here, as the authorization endpoint calls it.
const PARAMETERS: [&str; 5] = ["scope", "prompt", "redirect_uri", "max_age", "acr_values"];

crate::text_enum! {
    /// Whether the person is signed in already.
    Session {
        None = "none",
        Now = "now",
        Hour = "hour",
        Sure = "sure",
    }
}

impl Session {
    fn words(self) -> Text {
        match self {
            Self::None => Text::new("trial-session-none"),
            Self::Now => Text::new("trial-session-now"),
            Self::Hour => Text::new("trial-session-hour"),
            Self::Sure => Text::new("trial-session-sure"),
        }
    }

    fn facts(self) -> Option<SignedIn> {
        let ago = |ago, level| Some(SignedIn { ago, level });
        match self {
            Self::None => None,
            Self::Now => ago(Duration::ZERO, Level::Single),
            Self::Hour => ago(Duration::from_hours(1), Level::Single),
            Self::Sure => ago(Duration::ZERO, Level::Multi),
        }
    }
}

/// The form, and below it what would happen, as soon as an app is named.
pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let mut mistakes = Vec::new();
    let found = match app::of(&params) {
        None => None,
        Some(id) => {
            let client = found(client::show(desk.cx(), desk.by(), &id).await)?;
            if client.is_none() {
                mistakes.push(Mistake::new("client_id", "trial-app-unknown"));
            }
            client
        }
    };
    let asked = asked(&desk, &params, &mut mistakes).await?;
    let trial = match &found {
        Some(client) if mistakes.is_empty() => Some(trial::run(desk.cx(), desk.by(), &client.id, &asked).await?),
        _ => None,
    };
    page(&desk, &params, (found.as_ref(), trial.as_ref()), &mistakes)
}

/// What is to be tried. Nobody is looked for by those who may not see people.
async fn asked(desk: &Desk<'_>, params: &Params, mistakes: &mut Vec<Mistake>) -> Result<Asked, Stop> {
    let user = params.get("user").map(str::trim).filter(|typed| !typed.is_empty() && desk.may(Right::UsersRead));
    if let Some(name) = user
        && found(person::show(desk.cx(), desk.by(), name).await)?.is_none()
    {
        mistakes.push(Mistake::new("user", "trial-person-unknown"));
    }
    let address = params.get("address").map(|typed| typed.trim().parse());
    if matches!(address, Some(Err(_))) {
        mistakes.push(Mistake::new("address", "trial-address-wrong"));
    }
    let parameter = |name: &str| Some((name.to_owned(), params.get(name)?.trim().to_owned()));
    Ok(Asked {
        user: user.map(str::to_owned),
        parameters: PARAMETERS.into_iter().filter_map(parameter).collect::<BTreeMap<_, _>>(),
        session: params.get("session").and_then(Session::parse).and_then(Session::facts),
        address: address.and_then(Result::ok),
    })
}

fn page(
    desk: &Desk<'_>,
    params: &Params,
    (client, trial): (Option<&Client>, Option<&Trial>),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let text = |name: &str| params.get(name).unwrap_or_default().to_owned();
    let sent = Sent {
        client_id: text("client_id"),
        user: text("user"),
        scope: text("scope"),
        redirect_uri: text("redirect_uri"),
        max_age: text("max_age"),
        acr_values: text("acr_values"),
        address: text("address"),
    };
    let outcome = trial.zip(client).map(|(trial, client)| outcome(desk, trial, client));
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(REFUSALS, REFUSALS));
    let view = View {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        sent: &sent,
        name: client.map(|client| client.metadata.client_name.as_str()),
        prompts: &prompts(params.get("prompt")),
        sessions: &sessions(params.get("session").and_then(Session::parse)),
        can_name: desk.may(Right::UsersRead),
        outcome: outcome.as_ref(),
        mistakes,
    };
    desk.page(status, &sheet, &view)
}

fn prompts(chosen: Option<&str>) -> Vec<Choice> {
    let choice = |prompt: &Prompt| Choice {
        value: prompt.to_string(),
        label: Label::Plain(prompt.to_string()),
        hint: String::new(),
        chosen: chosen == Some(prompt.text()),
    };
    Prompt::ALL.iter().map(choice).collect()
}

fn sessions(chosen: Option<Session>) -> Vec<Choice> {
    let choice = |session: &Session| Choice {
        value: session.to_string(),
        label: Label::Text(session.words()),
        hint: String::new(),
        chosen: chosen == Some(*session),
    };
    Session::ALL.iter().map(choice).collect()
}

fn outcome(desk: &Desk<'_>, trial: &Trial, client: &Client) -> Outcome {
    let id = client.id.as_str();
    let why = trial.refusal.as_ref().and_then(|refusal| refusal.why.as_deref());
    Outcome {
        title: match (&trial.refusal, &trial.tokens) {
            (Some(_), _) => Text::new("trial-refused"),
            (None, Some(_)) => Text::new("trial-issued"),
            (None, None) => Text::new("trial-login"),
        },
        is_refused: trial.refusal.is_some(),
        code: trial.refusal.as_ref().map(|refusal| refusal.code.name()).unwrap_or_default(),
        reason: trial.refusal.as_ref().map(|refusal| refusal.reason.to_string()).unwrap_or_default(),
        pages: trial.pages.iter().map(|page| words(*page)).collect(),
        checks: steps(&trial.checks),
        why: why.map(|why| Why {
            expected: why.expected.clone(),
            received: why.received.clone(),
            setting: why.setting.map(|name| place(desk, name, Some(id))),
        }),
        claims: trial.tokens.as_ref().map(claims).unwrap_or_default(),
        lasting: trial.tokens.as_ref().map(|told| told.refresh_token),
        origin: trial.origin.as_ref().map(whence),
    }
}

fn words(page: Page) -> Text {
    match page {
        Page::Login => Text::new("trial-page-login"),
        Page::SecondFactor => Text::new("trial-page-factor"),
        Page::SetUp => Text::new("trial-page-set-up"),
        Page::Consent => Text::new("trial-page-consent"),
    }
}

fn claims(told: &Told) -> Vec<Claims> {
    let all = [
        ("access-token", Text::new("trial-access-token"), Some(&told.access_token)),
        ("id-token", Text::new("trial-id-token"), told.id_token.as_ref()),
        ("userinfo", Text::new("trial-userinfo"), told.userinfo.as_ref()),
    ];
    let shown = |claims: &Map<String, Value>| serde_json::to_string_pretty(claims).unwrap_or_default();
    all.into_iter().filter_map(|(id, title, claims)| Some(Claims { id, title, json: shown(claims?) })).collect()
}

fn whence(origin: &Origin) -> Whence {
    Whence {
        place: origin.place.clone(),
        is_exempt: origin.is_exempt,
        refusal: origin.refusal.as_ref().map(|refusal: &Refusal| refusal.reason.to_string()),
    }
}
