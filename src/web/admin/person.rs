//! The page of one person.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};

use super::people::line;
use super::{Desk, PEOPLE, made, mistake, show};
use crate::base::zone::Zone;
use crate::flow;
use crate::flow::admin::audit::{self, Filter};
use crate::flow::admin::person::{self, Seen};
use crate::flow::admin::{How, role, state, wrong};
use crate::locale::{Locale, Text};
use crate::model::UserId;
use crate::model::user::{USER, User};
use crate::spec::account_state::{By, Step, To};
use crate::spec::params::Params;
use crate::spec::right::Right;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{Choice, EventLine, HeldRole, Label, Person, Typed};
use crate::web::words;

/// Rows of the audit that are shown.
const EVENTS: i64 = 10;

/// What can be typed, as the form calls it.
const TYPED: [&str; 7] = ["username", "email", "name", "given_name", "family_name", "locale", "zoneinfo"];

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let seen = person::show(desk.cx(), desk.by(), desk.part("id")).await?;
    let typed = person::members(&seen.user);
    page(&desk, StatusCode::OK, (&seen, &typed), &[]).await
}

/// Changes what was typed.
pub async fn edit(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = UserId::from(desk.part("id"));
    let members = members(&form);
    match person::edit(desk.cx(), desk.by(), How::Apply, &id, (&members, |_: &User| Ok(()))).await {
        Ok(done) => Ok(made(&home(&id), &done)),
        Err(error) => {
            let mistake = mistake(error)?;
            let seen = person::show(desk.cx(), desk.by(), id.as_str()).await?;
            page(&desk, StatusCode::BAD_REQUEST, (&seen, &members), &[mistake]).await
        }
    }
}

fn members(form: &Params) -> Map<String, Value> {
    let texts = TYPED.iter().map(|name| ((*name).to_owned(), json!(form.get(name).unwrap_or_default())));
    let verified = ("email_verified".to_owned(), json!(form.get("email_verified").is_some()));
    texts.chain([verified]).collect()
}

fn home(id: &UserId) -> String {
    format!("{PEOPLE}/{id}")
}

/// Takes the account to another state, once that was confirmed.
pub async fn step(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = UserId::from(desk.part("id"));
    let step = form.get("step").and_then(Step::parse).filter(|step| *step != Step::Erase);
    let step = step.ok_or_else(|| wrong("step", Step::names()))?;
    let run = async |how| state::step(desk.cx(), desk.by(), how, (&id, step)).await;
    desk.confirmed(&form, (PEOPLE, words::step(step), &home(&id)), run).await
}

/// Gives a role, or takes one away.
pub async fn roles(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = UserId::from(desk.part("id"));
    let done = match (form.get("take"), form.get("give")) {
        (Some(name), _) => person::revoke_role(desk.cx(), desk.by(), How::Apply, (&id, name)).await?,
        (None, Some(name)) => person::grant_role(desk.cx(), desk.by(), How::Apply, (&id, name)).await?,
        (None, None) => return Err(wrong("give", "a role").into()),
    };
    Ok(made(&home(&id), &done))
}

async fn page(
    desk: &Desk<'_>,
    status: StatusCode,
    (seen, typed): (&Seen, &Map<String, Value>),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let user = &seen.user;
    let events = events(desk, user).await?;
    let others = others(desk, &seen.roles).await?;
    let held = |name: &String| HeldRole { name: name.clone(), stays: name == USER };
    let text = |name: &str| typed.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(PEOPLE, &home(&user.id)));
    let view = Person {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        line: &line(&desk.live, user),
        typed: &Typed {
            username: text("username"),
            email: text("email"),
            email_verified: typed.get("email_verified").and_then(Value::as_bool).unwrap_or_default(),
            name: text("name"),
            given_name: text("given_name"),
            family_name: text("family_name"),
        },
        locales: &locales(&text("locale")),
        zones: &zones(&text("zoneinfo")),
        steps: &steps(user),
        roles: &seen.roles.iter().map(held).collect::<Vec<_>>(),
        others: &others,
        events: events.as_deref(),
        can_change: desk.may(Right::UsersWrite),
        can_give: desk.may(Right::RolesWrite),
        mistakes,
    };
    desk.page(status, &sheet, &view)
}

/// What administrators can do to the account as it is.
fn steps(user: &User) -> Vec<(&'static str, Text)> {
    let possible = |step: &&Step| match user.state.after(**step, By::Manager) {
        Ok(To::State(state)) => state != user.state,
        Ok(To::Before | To::Gone) => true,
        Err(_) => false,
    };
    Step::ALL.iter().filter(possible).map(|step| (step.text(), words::step(*step))).collect()
}

/// What was done by the person and to the person; None for administrators who may not see that.
async fn events(desk: &Desk<'_>, user: &User) -> flow::Result<Option<Vec<EventLine>>> {
    if !desk.may(Right::AuditRead) {
        return Ok(None);
    }
    let id = Some(user.id.0.clone());
    let mut rows = Vec::new();
    for filter in
        [Filter { actor: id.clone(), ..Filter::default() }, Filter { target: id.clone(), ..Filter::default() }]
    {
        rows.extend(audit::list(desk.cx(), desk.by(), &filter, (None, EVENTS)).await?);
    }
    rows.sort_by(|one, other| other.id.cmp(&one.id));
    rows.dedup_by(|one, other| one.id == other.id);
    rows.truncate(usize::try_from(EVENTS).unwrap_or_default());
    show::events(desk, &rows).await.map(Some)
}

/// Roles that the person does not have.
async fn others(desk: &Desk<'_>, held: &[String]) -> flow::Result<Vec<String>> {
    if !desk.may(Right::RolesRead) {
        return Ok(Vec::new());
    }
    let all = role::list(desk.cx(), desk.by()).await?;
    Ok(all.into_iter().map(|full| full.role.name).filter(|name| !held.contains(name)).collect())
}

/// The languages of the pages; one that pages do not speak stays as long as nobody chooses another.
fn locales(chosen: &str) -> Vec<Choice> {
    let known = Locale::ALL.map(|locale| (locale.tag().to_owned(), locale.name().to_owned()));
    choices(known.to_vec(), chosen)
}

fn zones(chosen: &str) -> Vec<Choice> {
    choices(Zone::names().map(|name| (name.to_owned(), name.to_owned())).collect(), chosen)
}

fn choices(mut known: Vec<(String, String)>, chosen: &str) -> Vec<Choice> {
    if !chosen.is_empty() && !known.iter().any(|(value, _)| value == chosen) {
        known.push((chosen.to_owned(), chosen.to_owned()));
    }
    let choice = |(value, label): (String, String)| Choice {
        chosen: value == chosen,
        value,
        label: Label::Plain(label),
        hint: String::new(),
    };
    known.into_iter().map(choice).collect()
}
