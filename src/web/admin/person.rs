//! The pages of one person: who it is, and what can be done; how the person gets in; where the person is.

pub mod activity;
pub mod apps;
pub mod claims;
pub mod factors;
pub mod sessions;

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};

use super::people::{choices, line};
use super::{Desk, PEOPLE, made, meanwhile, mistake, show};
use crate::base::zone::Zone;
use crate::config::Field;
use crate::flow;
use crate::flow::account::profile::own_id;
use crate::flow::admin::attribute::{self, KIND, Wanted};
use crate::flow::admin::{How, access, names, person, role, state, wrong};
use crate::flow::attribute::Fields;
use crate::locale::{Locale, Text};
use crate::model::UserId;
use crate::model::user::{USER, User, UserRole};
use crate::spec::account_state::{By, Step, To};
use crate::spec::own_field;
use crate::spec::params::Params;
use crate::spec::right::Right;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::page::account::profile::input;
use crate::web::page::parts::when;
use crate::web::signed_in::Stop;
use crate::web::view::admin::{Choice, Conflict, Head, HeldRole, Label, MemberLine, Person, Typed};
use crate::web::view::{Mistake, OwnField};
use crate::web::words;

/// What can be typed, as the form calls it.
const TYPED: [&str; 7] = ["username", "email", "name", "given_name", "family_name", "locale", "zoneinfo"];

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let seen = seen(&desk).await?;
    page(&desk, StatusCode::OK, &seen, Shown::default()).await
}

/// What the page is made of.
struct Seen {
    user: User,
    fields: Fields,
}

async fn seen(desk: &Desk<'_>) -> flow::Result<Seen> {
    let user = person::show(desk.cx(), desk.by(), desk.part("id")).await?.user;
    let fields = attribute::show(desk.cx(), desk.by(), &user).await?;
    Ok(Seen { user, fields })
}

/// What a form that was not accepted comes back with.
#[derive(Default)]
struct Shown {
    /// In the place of what is so.
    members: Option<Map<String, Value>>,
    noted: Option<Map<String, Value>>,
    conflict: Option<Conflict>,
    mistakes: Vec<Mistake>,
}

/// Changes what was typed.
pub async fn edit(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = UserId::from(desk.part("id"));
    let members = members(&form);
    let expected = |user: &User| meanwhile::expect_none(&form, &person::members(user));
    match person::edit(desk.cx(), desk.by(), How::Apply, &id, (&members, expected)).await {
        Ok(done) => Ok(made(&home(&id), &done)),
        Err(error) => {
            let seen = seen(&desk).await?;
            let rows = meanwhile::lines(&form, &person::members(&seen.user));
            again(&desk, &seen, error, (rows, Shown { members: Some(members), ..Shown::default() })).await
        }
    }
}

fn members(form: &Params) -> Map<String, Value> {
    let texts = TYPED.iter().map(|name| ((*name).to_owned(), json!(form.get(name).unwrap_or_default())));
    let verified = ("email_verified".to_owned(), json!(form.get("email_verified").is_some()));
    texts.chain([verified]).collect()
}

/// Notes the person's kind and the tenant's own fields.
pub async fn note(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = UserId::from(desk.part("id"));
    let settings = &desk.cx().app.config.profile;
    let typed: BTreeMap<&str, String> = settings
        .fields
        .iter()
        .map(|field| (field.name.as_str(), form.get(&own_id(&field.name)).unwrap_or_default().to_owned()))
        .collect();
    let wanted = Wanted {
        kind: (!settings.types.is_empty()).then(|| form.get(KIND)),
        fields: typed.iter().map(|(name, typed)| (*name, Some(typed.as_str()))).collect(),
    };
    let mut noted: Map<String, Value> = typed.iter().map(|(name, typed)| (own_id(name), json!(typed))).collect();
    noted.insert(KIND.to_owned(), json!(form.get(KIND)));
    let mistakes = attribute::check(desk.cx(), &wanted);
    if !mistakes.is_empty() {
        let shown = Shown { noted: Some(noted), mistakes, ..Shown::default() };
        return page(&desk, StatusCode::BAD_REQUEST, &seen(&desk).await?, shown).await;
    }
    let expected = |user: &User, fields: &Fields| meanwhile::expect_none(&form, &noted_of(&desk, user, fields));
    match attribute::set(desk.cx(), desk.by(), How::Apply, &id, (&wanted, expected)).await {
        Ok(done) => Ok(made(&home(&id), &done)),
        Err(error) => {
            let seen = seen(&desk).await?;
            let rows = show::labelled(&desk, meanwhile::lines(&form, &noted_of(&desk, &seen.user, &seen.fields)));
            again(&desk, &seen, error, (rows, Shown { noted: Some(noted), ..Shown::default() })).await
        }
    }
}

/// Kind and own fields, as the form calls them; only those that there are.
fn noted_of(desk: &Desk<'_>, user: &User, fields: &Fields) -> Map<String, Value> {
    let settings = &desk.cx().app.config.profile;
    let value = |field: &Field| (own_id(&field.name), fields.get(&field.name).cloned().unwrap_or_default());
    let kind = (!settings.types.is_empty()).then(|| (KIND.to_owned(), json!(user.kind)));
    settings.fields.iter().map(value).chain(kind).collect()
}

/// The page once more, with all that was typed: somebody else was faster, or something cannot be so.
async fn again(
    desk: &Desk<'_>,
    seen: &Seen,
    error: flow::Error,
    (rows, shown): (Vec<MemberLine>, Shown),
) -> Result<HttpResponse, Stop> {
    if meanwhile::is_it(&error) {
        let shown = Shown { conflict: Some(Conflict { rows }), ..shown };
        return page(desk, StatusCode::CONFLICT, seen, shown).await;
    }
    let shown = Shown { mistakes: vec![mistake(error)?], ..shown };
    page(desk, StatusCode::BAD_REQUEST, seen, shown).await
}

fn home(id: &UserId) -> String {
    format!("{PEOPLE}/{id}")
}

/// One of the pages about a person.
fn place(id: &UserId, tab: &str) -> String {
    format!("{PEOPLE}/{id}/{tab}")
}

fn head(desk: &Desk<'_>, user: &User, tab: &'static str) -> Head {
    Head { line: line(&desk.live, user), tab }
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

async fn page(desk: &Desk<'_>, status: StatusCode, seen: &Seen, shown: Shown) -> Result<HttpResponse, Stop> {
    let user = &seen.user;
    let held = access::roles(desk.cx(), desk.by(), &user.id).await?;
    let others = others(desk, &held).await?;
    let (now, noted) = (person::members(user), noted_of(desk, user, &seen.fields));
    let typed = shown.members.as_ref().unwrap_or(&now);
    let text = |name: &str| typed.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(PEOPLE, &home(&user.id)));
    let own_typed = shown.noted.as_ref().unwrap_or(&noted);
    let view = Person {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        head: &head(desk, user, ""),
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
        was: &meanwhile::fields(&now),
        kinds: &kinds(desk, own_typed),
        own: &own(desk, own_typed, sheet.locale),
        own_was: &meanwhile::fields(&noted),
        steps: &steps(user),
        roles: &roles_of(desk, &held).await?,
        others: &others,
        can_change: desk.may(Right::UsersWrite),
        can_give: desk.may(Right::RolesWrite),
        conflict: shown.conflict.as_ref(),
        mistakes: &shown.mistakes,
    };
    desk.page(status, &sheet, &view)
}

async fn roles_of(desk: &Desk<'_>, held: &[UserRole]) -> flow::Result<Vec<HeldRole>> {
    let givers = held.iter().map(|row| row.granted_by.as_str());
    let names = names::of_people(desk.cx(), desk.by(), givers).await?;
    let role = |row: &UserRole| HeldRole {
        name: row.role.clone(),
        since: when(&desk.live, row.granted_at),
        by: names.get(&row.granted_by).cloned().unwrap_or_else(|| row.granted_by.clone()),
        stays: row.role == USER,
    };
    Ok(held.iter().map(role).collect())
}

/// The tenant's kinds of people. One that there is no more stays as long as nobody chooses another.
fn kinds(desk: &Desk<'_>, noted: &Map<String, Value>) -> Vec<Choice> {
    let chosen = noted.get(KIND).and_then(Value::as_str);
    let mut known = desk.cx().app.config.profile.types.clone();
    if known.is_empty() {
        return Vec::new();
    }
    if let Some(chosen) = chosen.filter(|chosen| !known.iter().any(|known| known == chosen)) {
        known.push(chosen.to_owned());
    }
    choices(known.into_iter().map(|kind| (kind.clone(), Label::Plain(kind))), chosen)
}

/// The tenant's own fields. What people must tell themselves, administrators may leave out.
fn own(desk: &Desk<'_>, noted: &Map<String, Value>, locale: Locale) -> Vec<OwnField> {
    let value = |field: &Field| noted.get(&own_id(&field.name)).filter(|value| !value.is_null()).map(own_field::typed);
    let fields = desk.cx().app.config.profile.fields.iter();
    fields
        .map(|field| OwnField { required: false, ..input(field, &value(field).unwrap_or_default(), locale) })
        .collect()
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

/// Roles that the person does not have.
async fn others(desk: &Desk<'_>, held: &[UserRole]) -> flow::Result<Vec<String>> {
    if !desk.may(Right::RolesRead) {
        return Ok(Vec::new());
    }
    let all = role::list(desk.cx(), desk.by()).await?;
    let is_held = |name: &String| held.iter().any(|row| row.role == *name);
    Ok(all.into_iter().map(|full| full.role.name).filter(|name| !is_held(name)).collect())
}

/// The languages of the pages; one that pages do not speak stays as long as nobody chooses another.
fn locales(chosen: &str) -> Vec<Choice> {
    let known = Locale::ALL.map(|locale| (locale.tag().to_owned(), locale.name().to_owned()));
    or_chosen(known.to_vec(), chosen)
}

fn zones(chosen: &str) -> Vec<Choice> {
    or_chosen(Zone::names().map(|name| (name.to_owned(), name.to_owned())).collect(), chosen)
}

fn or_chosen(mut known: Vec<(String, String)>, chosen: &str) -> Vec<Choice> {
    if !chosen.is_empty() && !known.iter().any(|(value, _)| value == chosen) {
        known.push((chosen.to_owned(), chosen.to_owned()));
    }
    choices(known.into_iter().map(|(value, label)| (value, Label::Plain(label))), Some(chosen))
}
