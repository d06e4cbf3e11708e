//! People: found, also while one types, and made.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Desk, PEOPLE, ROWS, beginning, cut, made, mistake, with};
use crate::base::time::Ts;
use crate::flow;
use crate::flow::admin::people::{self, Count, Filter, Part, Sort, Span};
use crate::flow::admin::{How, person, role, wrong};
use crate::flow::session::Live;
use crate::flow::user::{self, New};
use crate::locale::Text;
use crate::model::user::{USER, User, UserState};
use crate::spec::params::Params;
use crate::spec::right::Right;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::page::parts::when;
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{Choice, Found, Heading, Label, NewPerson, People, PeopleFilter, PeopleRows, PersonLine};
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

/// What a script sends along that wants nothing but the table.
const PART: &str = "signet-part";
const DAY: std::time::Duration = std::time::Duration::from_hours(24);

pub async fn list(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let filter = filter(&params)?;
    // the latest first, as whoever helps is mostly asked about them
    let sort = params.get("sort").and_then(Sort::parse).unwrap_or(Sort::CreatedLast);
    let part = Part { sort, after: params.get("after").unwrap_or_default(), limit: ROWS };
    let answer = people::search(desk.cx(), desk.by(), &filter, part).await?;
    let (people, next) = cut(&ctx, answer.people, |user| sort.place(user));
    let found = Found {
        people: people.iter().map(|user| line(&desk.live, user)).collect(),
        headings: headings(&ctx, sort),
        count: answer.count.map(count),
        first: beginning(&ctx, &params),
        next,
    };
    let (sheet, bar) = (ctx.sheet(), desk.bar(PEOPLE, PEOPLE));
    let frame = sheet.frame(&ctx.app);
    if ctx.request.headers().contains_key(PART) {
        return desk.page(StatusCode::OK, &sheet, &PeopleRows { frame, found: &found });
    }
    let asked = asked(&desk, &params, &filter).await?;
    let can_make = desk.may(Right::UsersWrite);
    let can_invite = desk.may(Right::InvitationsWrite);
    let view = People { frame, bar: &bar, asked: &asked, found: &found, can_make, can_invite };
    desk.page(StatusCode::OK, &sheet, &view)
}

/// What is looked for. Days are those of UTC, the last one whole.
pub fn filter(params: &Params) -> flow::Result<Filter> {
    let day = |name: &'static str| match params.get(name).map(Ts::of_day) {
        None => Ok(None),
        Some(Some(day)) => Ok(Some(day)),
        Some(None) => Err(wrong(name, "a day, as in 2026-08-01")),
    };
    let yes = |name: &str| params.get(name).map(|value| value == "yes");
    let text = |name: &str| params.get(name).map(str::to_owned);
    Ok(Filter {
        words: people::words(params.get("q").unwrap_or_default())?,
        state: params.get("state").and_then(UserState::parse),
        role: text("role"),
        kind: text("type"),
        factor: yes("factor"),
        verified: yes("verified"),
        seen: Span { from: day("seen-from")?, before: day("seen-to")?.map(|day| day.plus(DAY)) },
        created: Span { from: day("created-from")?, before: day("created-to")?.map(|day| day.plus(DAY)) },
    })
}

/// The same as the form has it.
async fn asked(desk: &Desk<'_>, params: &Params, filter: &Filter) -> flow::Result<PeopleFilter> {
    let text = |name: &str| params.get(name).unwrap_or_default().to_owned();
    let roles = match desk.may(Right::RolesRead) {
        true => role::list(desk.cx(), desk.by()).await?.into_iter().map(|full| full.role.name).collect(),
        false => Vec::new(),
    };
    let states = UserState::ALL.iter().map(|known| (known.text().to_owned(), Label::Text(words::state(*known))));
    let yes_no = |chosen: Option<bool>| {
        let both = [("yes", Text::new("field-yes")), ("no", Text::new("field-no"))];
        choices(
            both.map(|(value, text)| (value.to_owned(), Label::Text(text))),
            chosen.map(|yes| if yes { "yes" } else { "no" }),
        )
    };
    let plain = |names: Vec<String>, chosen: Option<&str>| {
        choices(names.into_iter().map(|name| (name.clone(), Label::Plain(name))), chosen)
    };
    Ok(PeopleFilter {
        query: text("q"),
        sort: text("sort"),
        states: choices(states, filter.state.map(UserState::text)),
        roles: plain(roles, filter.role.as_deref()),
        kinds: plain(desk.cx().app.config.profile.types.clone(), filter.kind.as_deref()),
        factor: yes_no(filter.factor),
        verified: yes_no(filter.verified),
        seen: (text("seen-from"), text("seen-to")),
        created: (text("created-from"), text("created-to")),
        is_wide: *filter != Filter { words: filter.words.clone(), state: filter.state, ..Filter::default() },
        is_any: *filter != Filter::default(),
    })
}

/// What can be chosen, and what is.
pub fn choices(all: impl IntoIterator<Item = (String, Label)>, chosen: Option<&str>) -> Vec<Choice> {
    let choice = |(value, label): (String, Label)| Choice {
        chosen: chosen == Some(value.as_str()),
        value,
        label,
        hint: String::new(),
    };
    all.into_iter().map(choice).collect()
}

fn count(count: Count) -> Text {
    let text = if count.more { Text::new("people-more") } else { Text::new("people-count") };
    text.with("count", count.people)
}

/// The heads of the columns that the table can be sorted by; the one that it is sorted by turns round.
fn headings(ctx: &Ctx, sort: Sort) -> [Heading; 3] {
    let heading = |(text, up, down): (Text, Sort, Sort)| {
        // names begin at the top, instants with the latest
        let next = match (sort == up, sort == down) {
            (true, _) => down,
            (_, true) => up,
            _ if up == Sort::Username => up,
            _ => down,
        };
        Heading {
            text,
            href: with(ctx, "sort", Some(next.text())),
            order: if sort == up {
                "ascending"
            } else if sort == down {
                "descending"
            } else {
                "none"
            },
        }
    };
    [
        (Text::new("admin-person"), Sort::Username, Sort::UsernameLast),
        (Text::new("admin-created"), Sort::Created, Sort::CreatedLast),
        (Text::new("admin-seen"), Sort::Seen, Sort::SeenLast),
    ]
    .map(heading)
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
