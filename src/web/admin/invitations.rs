//! Invitations: who may become a person here, and as what.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::apps_to_choose::{self, Typed};
use super::people::{choices, ticked};
use super::show::Names;
use super::{Desk, INVITATIONS, ROWS, beginning, cut, made, mistake};
use crate::base::text;
use crate::flow::admin::invite::{self, New, Wanted};
use crate::flow::admin::{How, names, role};
use crate::locale::{Locale, Text};
use crate::model::invitation::{Details, Invitation, State};
use crate::model::user::USER;
use crate::model::{ClientId, InvitationId};
use crate::spec::params::Params;
use crate::spec::right::Right;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::page::parts::when;
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{Choice, InvitationLine, Invitations, Label, NewInvitation};
use crate::web::words;

/// How the ticks of roles begin.
const TICK: &str = "role-";
const DAY: Duration = Duration::from_hours(24);
/// For how many days an invitation can be made, beside what the settings say.
const ENDS: [u64; 5] = [1, 3, 7, 30, 90];

pub async fn list(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let state = params.get("state").and_then(State::parse);
    let wanted = Wanted { email: params.get("email").map(|typed| text::key(typed.trim())), state };
    let rows = invite::latest(desk.cx(), desk.by(), &wanted, (params.get("after"), ROWS)).await?;
    let (rows, next) = cut(&ctx, rows, |row| row.id.0.clone());
    let people = names::of_people(desk.cx(), desk.by(), rows.iter().map(|row| row.created_by.as_str())).await?;
    let apps = names::of_clients(
        desk.cx(),
        desk.by(),
        rows.iter().filter_map(|row| row.client_id.as_ref().map(ClientId::as_str)),
    )
    .await?;
    let invitations: Vec<_> = rows.iter().map(|row| line(&desk, row, (&people, &apps))).collect();
    let states = State::ALL.iter().map(|known| (known.text().to_owned(), Label::Text(words::invitation(*known))));
    let (sheet, bar) = (ctx.sheet(), desk.bar(INVITATIONS, INVITATIONS));
    let first = beginning(&ctx, &params);
    let view = Invitations {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        email: params.get("email").unwrap_or_default(),
        states: &choices(states, state.map(State::text)),
        invitations: &invitations,
        first: first.as_deref(),
        next: next.as_deref(),
        can_invite: desk.may(Right::InvitationsWrite),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

fn line(desk: &Desk<'_>, row: &Invitation, (people, apps): (&Names, &Names)) -> InvitationLine {
    let Details { name, roles, user_type } = row.details().unwrap_or_default();
    let state = row.state(desk.cx().now);
    let app = row.client_id.as_ref().map(|id| apps.get(id.as_str()).cloned().unwrap_or_else(|| id.0.clone()));
    InvitationLine {
        id: row.id.0.clone(),
        email: row.email.clone(),
        name: name.unwrap_or_default(),
        roles: roles.join(", "),
        kind: user_type.unwrap_or_default(),
        app: app.unwrap_or_default(),
        state: words::invitation(state),
        is_open: matches!(state, State::Open | State::Expired),
        is_bad: matches!(state, State::Expired | State::Revoked),
        sent: when(&desk.live, row.sent_at),
        until: when(&desk.live, row.expires_at),
        by: people.get(&row.created_by).cloned().unwrap_or_else(|| row.created_by.clone()),
        person: row.user_id.as_ref().filter(|_| desk.may(Right::UsersRead)).map(|id| id.0.clone()),
    }
}

pub async fn get_new(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    form(&desk, StatusCode::OK, &Params::default(), &[]).await
}

pub async fn create(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &params).await?;
    let app = apps_to_choose::find(&desk, params.get("app").unwrap_or_default()).await?;
    let client_id = match app {
        Typed::Unknown => {
            let wrong = [Mistake::new("app", "app-unknown")];
            return form(&desk, StatusCode::BAD_REQUEST, &params, &wrong).await;
        }
        Typed::Nothing => None,
        Typed::App(id, _) => Some(id),
    };
    let new = New {
        email: params.get("email").unwrap_or_default().to_owned(),
        details: Details {
            name: params.get("name").map(str::to_owned),
            roles: ticked(&params, TICK),
            user_type: params.get("user_type").map(str::to_owned),
        },
        client_id,
        ttl: days(&params).map(|days| DAY * days),
        locale: params.get("locale").and_then(Locale::wanted).unwrap_or(ctx.sheet().locale),
    };
    match invite::create(desk.cx(), desk.by(), How::Apply, new).await {
        Ok(done) => Ok(made(INVITATIONS, &done)),
        Err(error) => {
            let wrong = match mistake(error)? {
                // the one thing that can be there already
                taken if taken.field.is_empty() => Mistake::new("email", "invitation-taken"),
                other => other,
            };
            form(&desk, StatusCode::BAD_REQUEST, &params, &[wrong]).await
        }
    }
}

/// For how many days; None: as the settings say.
fn days(params: &Params) -> Option<u32> {
    let chosen = params.get("days").and_then(|text| text.parse::<u32>().ok());
    chosen.filter(|days| ENDS.contains(&u64::from(*days)))
}

async fn form(desk: &Desk<'_>, status: StatusCode, typed: &Params, mistakes: &[Mistake]) -> Result<HttpResponse, Stop> {
    let roles = match desk.may(Right::RolesRead) {
        true => role::list(desk.cx(), desk.by()).await?,
        false => Vec::new(),
    };
    let chosen = ticked(typed, TICK);
    let choice = |full: &role::Full| Choice {
        value: format!("{TICK}{}", full.role.name),
        label: Label::Plain(full.role.name.clone()),
        hint: full.role.description.clone(),
        chosen: chosen.contains(&full.role.name),
    };
    let roles: Vec<_> = roles.iter().filter(|full| full.role.name != USER).map(choice).collect();
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(INVITATIONS, INVITATIONS));
    let spoken = typed.get("locale").unwrap_or(sheet.locale.tag());
    let locales = Locale::ALL.map(|locale| (locale.tag().to_owned(), Label::Plain(locale.name().to_owned())));
    let kinds = desk.cx().app.config.profile.types.iter().map(|kind| (kind.clone(), Label::Plain(kind.clone())));
    let view = NewInvitation {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        email: typed.get("email").unwrap_or_default(),
        name: typed.get("name").unwrap_or_default(),
        roles: &roles,
        kinds: &choices(kinds, typed.get("user_type")),
        app: typed.get("app").unwrap_or_default(),
        apps: &apps_to_choose::list(desk).await?,
        ends: &ends(desk.cx().config().registration.invitation_ttl, days(typed)),
        locales: &choices(locales, Some(spoken)),
        mistakes,
    };
    desk.page(status, &sheet, &view)
}

/// How long it may be good for: what the settings say first.
fn ends(usual: Duration, chosen: Option<u32>) -> Vec<Choice> {
    let usual_days = usual.as_secs() / DAY.as_secs();
    let in_days = |days: u64| Label::Text(Text::new("invitation-days").with("count", days));
    let usual = match usual.as_secs() % DAY.as_secs() {
        0 => in_days(usual_days),
        _ => Label::Text(Text::new("invitation-hours").with("count", usual.as_secs().div_ceil(3600))),
    };
    let others = ENDS.into_iter().filter(|days| *days != usual_days || chosen.map(u64::from) == Some(*days));
    let all = [(String::new(), usual)].into_iter().chain(others.map(|days| (days.to_string(), in_days(days))));
    choices(all, Some(&chosen.map(|days| days.to_string()).unwrap_or_default()))
}

/// Sends the letter again.
pub async fn resend(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = InvitationId::from(desk.part("id"));
    Ok(made(INVITATIONS, &invite::resend(desk.cx(), desk.by(), How::Apply, &id).await?))
}

/// Takes an invitation back, once that was confirmed.
pub async fn revoke(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = InvitationId::from(desk.part("id"));
    let row = invite::show(desk.cx(), desk.by(), &id).await?;
    let words = [Text::new("invitation-revoke-words").with("email", row.email)];
    let run = async |how| invite::revoke(desk.cx(), desk.by(), how, &id).await;
    desk.confirmed_after(&form, (INVITATIONS, Text::new("invitation-revoke-title"), INVITATIONS), &words, run).await
}
