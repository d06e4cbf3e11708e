//! What an app would get to know of a person who signs in to it and allows everything. Nothing is issued.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Map, Value};

use super::{head, place};
use crate::flow::admin::person;
use crate::flow::admin::trial::{self, Page, Trial};
use crate::flow::token::Told;
use crate::locale::Text;
use crate::spec::error::Refusal;
use crate::web::admin::apps_to_choose::{self, Typed};
use crate::web::admin::{Desk, PEOPLE};
use crate::web::ctx::Ctx;
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{Claims, PersonClaims};

const TAB: &str = "claims";

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let user = person::show(desk.cx(), desk.by(), desk.part("id")).await?.user;
    let (typed, scope) = (params.get("app").unwrap_or_default(), params.get("scope").unwrap_or_default());
    let (claims, mistakes) = match apps_to_choose::find(&desk, typed).await? {
        Typed::Nothing => (None, Vec::new()),
        Typed::Unknown => (None, vec![Mistake::new("app", "app-unknown")]),
        Typed::App(id, name) => {
            let trial = trial::of_person(desk.cx(), desk.by(), user.id.as_str(), (&id, scope)).await?;
            (Some(told(name, trial)), Vec::new())
        }
    };
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let (sheet, bar) = (ctx.sheet(), desk.bar(PEOPLE, &place(&user.id, TAB)));
    let view = PersonClaims {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        head: &head(&desk, &user, TAB),
        app: typed,
        scope,
        apps: &apps_to_choose::list(&desk).await?,
        claims: claims.as_ref(),
        mistakes: &mistakes,
    };
    desk.page(status, &sheet, &view)
}

fn told(app: String, trial: Trial) -> Claims {
    let pages = trial.pages.iter().map(|page| match page {
        Page::Login => Text::new("claims-page-login"),
        Page::SecondFactor => Text::new("claims-page-factor"),
        Page::SetUp => Text::new("claims-page-set-up"),
        Page::Consent => Text::new("claims-page-consent"),
    });
    Claims {
        app,
        pages: pages.collect(),
        refresh_token: trial.tokens.as_ref().is_some_and(|told| told.refresh_token),
        tokens: trial.tokens.map(tokens).unwrap_or_default(),
        refusal: trial.refusal.as_ref().map(reason),
    }
}

fn reason(refusal: &Refusal) -> [String; 3] {
    let why = refusal.why.as_ref();
    let expected = why.map(|why| why.expected.clone()).unwrap_or_default();
    let received = why.map(|why| why.received.clone()).unwrap_or_default();
    [refusal.reason.to_string(), expected, received]
}

fn tokens(told: Told) -> Vec<(Text, Vec<(String, String)>)> {
    let all = [
        (Text::new("claims-id-token"), told.id_token),
        (Text::new("claims-access-token"), Some(told.access_token)),
        (Text::new("claims-userinfo"), told.userinfo),
    ];
    all.into_iter().filter_map(|(text, claims)| Some((text, rows(claims?)))).collect()
}

fn rows(claims: Map<String, Value>) -> Vec<(String, String)> {
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    claims.into_iter().map(|(name, value)| (name, text(value))).collect()
}
