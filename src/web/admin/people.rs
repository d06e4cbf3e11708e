//! People: found, and made.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Desk, PEOPLE, ROWS, beginning, cut, made, mistake};
use crate::flow::admin::people::{self, Filter, Part, Sort};
use crate::flow::admin::{How, person, role};
use crate::flow::session::Live;
use crate::flow::user::{self, New};
use crate::model::user::{USER, User, UserState};
use crate::spec::params::Params;
use crate::spec::right::Right;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::page::parts::when;
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{Choice, Label, NewPerson, People, PersonLine};
use crate::web::words;

/// A person in a table.
pub fn line(live: &Live, user: &User) -> PersonLine {
    PersonLine {
        id: user.id.0.clone(),
        username: user.username.clone(),
        name: user.name.clone().unwrap_or_default(),
        email: user.email.clone(),
        verified: user.email_verified_at.is_some(),
        state: words::state(user.state),
        is_active: user.is_active(),
        created: when(live, user.created_at),
        seen: user.last_seen_at.map(|at| when(live, at)),
    }
}

/// The order of the table: the latest first, as whoever helps is mostly asked about them.
const SORT: Sort = Sort::CreatedLast;

pub async fn list(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let state = params.get("state").and_then(UserState::parse);
    let filter = Filter { words: people::words(params.get("q").unwrap_or_default())?, state, ..Filter::default() };
    let part = Part { sort: SORT, after: params.get("after").unwrap_or_default(), limit: ROWS };
    let found = people::search(desk.cx(), desk.by(), &filter, part).await?;
    let (found, next) = cut(&ctx, found.people, |user| SORT.place(user));
    let people: Vec<_> = found.iter().map(|user| line(&desk.live, user)).collect();
    let choice = |known: &UserState| Choice {
        value: known.text().to_owned(),
        label: Label::Text(words::state(*known)),
        hint: String::new(),
        chosen: state == Some(*known),
    };
    let states: Vec<_> = UserState::ALL.iter().map(choice).collect();
    let (sheet, bar) = (ctx.sheet(), desk.bar(PEOPLE, PEOPLE));
    let first = beginning(&ctx, &params);
    let view = People {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        query: params.get("q").unwrap_or_default(),
        states: &states,
        people: &people,
        first: first.as_deref(),
        next: next.as_deref(),
        can_make: desk.may(Right::UsersWrite),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

pub async fn get_new(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    form(&desk, StatusCode::OK, &New::default(), &[]).await
}

pub async fn create(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &params).await?;
    let text = |name: &str| params.get(name).unwrap_or_default().to_owned();
    let new = New {
        email: text("email"),
        username: text("username"),
        name: params.get("name").map(str::to_owned),
        password: None,
        verified: params.get("verified").is_some(),
        roles: ticked(&params, "role-"),
    };
    let wrong = user::check(desk.cx(), &new).await?;
    if !wrong.is_empty() {
        return form(&desk, StatusCode::BAD_REQUEST, &new, &wrong).await;
    }
    match person::create(desk.cx(), desk.by(), How::Apply, new.clone()).await {
        Ok(done) => Ok(made(&format!("{PEOPLE}/{}", done.value.id), &done)),
        Err(error) => form(&desk, StatusCode::BAD_REQUEST, &new, &[mistake(error)?]).await,
    }
}

/// What was ticked of those whose names begin so.
pub fn ticked(params: &Params, start: &str) -> Vec<String> {
    params.iter().filter_map(|(name, _)| name.strip_prefix(start)).map(str::to_owned).collect()
}

async fn form(desk: &Desk<'_>, status: StatusCode, new: &New, mistakes: &[Mistake]) -> Result<HttpResponse, Stop> {
    let roles = match desk.may(Right::RolesRead) {
        true => role::list(desk.cx(), desk.by()).await?,
        false => Vec::new(),
    };
    let choice = |full: &role::Full| Choice {
        value: full.role.name.clone(),
        label: Label::Plain(full.role.name.clone()),
        hint: full.role.description.clone(),
        chosen: new.roles.contains(&full.role.name),
    };
    let roles: Vec<_> = roles.iter().filter(|full| full.role.name != USER).map(choice).collect();
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(PEOPLE, PEOPLE));
    let view = NewPerson {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        email: &new.email,
        username: &new.username,
        name: new.name.as_deref().unwrap_or_default(),
        verified: new.verified,
        roles: &roles,
        mistakes,
    };
    desk.page(status, &sheet, &view)
}
