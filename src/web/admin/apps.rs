//! Apps: found, and registered by a few questions.

pub mod fields;
pub mod kind;
pub mod member;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use self::fields::{Fields, People};
use self::kind::Kind;
use self::member::Member;
use super::{APPS, Desk, ROWS, beginning, cut};
use crate::base::random::Opaque;
use crate::base::text;
use crate::flow;
use crate::flow::admin::client::{self, Registered};
use crate::flow::admin::{Done, How, wrong};
use crate::locale::Text;
use crate::model::client::{ClientRow, ClientState};
use crate::spec::check::Check;
use crate::spec::client_meta::AuthMethod;
use crate::spec::paths;
use crate::spec::right::Right;
use crate::store::client::Wanted;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::page::parts::when;
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{Choice, Label};
use crate::web::view::apps::{AppLine, AppMade, Apps, KindLine, Kinds, NewApp};

/// The words of a setting, or of what else changes about an app.
pub fn word(name: &str) -> Option<Text> {
    match name {
        "enabled" => Some(Text::new("app-member-enabled")),
        "deleted" => Some(Text::new("app-member-deleted")),
        "access" => Some(Text::new("app-access")),
        "secret" => Some(Text::new("app-secret")),
        "old_secret" => Some(Text::new("app-old-secret")),
        "response_types" => Some(Text::new("app-response-types")),
        _ => Member::parse(name).map(Member::label),
    }
}

pub fn state(state: ClientState) -> Text {
    match state {
        ClientState::Enabled => Text::new("app-state-enabled"),
        ClientState::Disabled => Text::new("app-state-disabled"),
        ClientState::Deleted => Text::new("app-state-deleted"),
    }
}

pub async fn list(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let chosen = params.get("state").and_then(ClientState::parse);
    let query = params.get("q").unwrap_or_default();
    let wanted = Wanted { prefix: text::key(query), state: chosen };
    let rows = client::list(desk.cx(), desk.by(), &wanted, params.get("after").unwrap_or_default(), ROWS).await?;
    let (rows, next) = cut(&ctx, rows, |row| row.id.0.clone());
    let apps: Vec<_> = rows.into_iter().map(|row| line(&desk, row)).collect();
    let choice = |known: &ClientState| Choice {
        value: known.to_string(),
        label: Label::Text(state(*known)),
        hint: String::new(),
        chosen: chosen == Some(*known),
    };
    let states: Vec<_> = ClientState::ALL.iter().map(choice).collect();
    let (sheet, bar) = (ctx.sheet(), desk.bar(APPS, APPS));
    let first = beginning(&ctx, &params);
    let view = Apps {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        query,
        states: &states,
        apps: &apps,
        is_narrowed: !query.is_empty() || chosen.is_some(),
        first: first.as_deref(),
        next: next.as_deref(),
        can_make: desk.may(Right::ClientsWrite),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

fn line(desk: &Desk<'_>, row: ClientRow) -> AppLine {
    let now = row.state();
    AppLine {
        state: state(now),
        is_enabled: now == ClientState::Enabled,
        created: when(&desk.live, row.created_at),
        updated: when(&desk.live, row.updated_at),
        id: row.id.0,
        name: row.name,
    }
}

/// The kinds first, then what has to be known of the one that was chosen.
pub async fn get_new(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    match params.get("kind").and_then(Kind::parse) {
        Some(kind) => questions(&desk, StatusCode::OK, (kind, &Fields::of(&kind.metadata())), &[]),
        None => kinds(&desk),
    }
}

fn kinds(desk: &Desk<'_>) -> Result<HttpResponse, Stop> {
    let line = |kind: &Kind| KindLine { name: kind.text(), title: kind.title(), hint: kind.hint() };
    let kinds: Vec<_> = Kind::ALL.iter().map(line).collect();
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(APPS, APPS));
    let view = Kinds { frame: sheet.frame(&desk.ctx.app), bar: &bar, kinds: &kinds };
    desk.page(StatusCode::OK, &sheet, &view)
}

fn questions(
    desk: &Desk<'_>,
    status: StatusCode,
    (kind, fields): (Kind, &Fields),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(APPS, APPS));
    let people = if kind == Kind::Service { People::Stay } else { People::Sign };
    let help = |member: Member| kind.help(member);
    let settings = fields.settings(kind.questions(), (sheet.locale, help), people);
    let view = NewApp {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        kind: kind.text(),
        title: kind.title(),
        hint: kind.hint(),
        settings: &settings,
        mistakes,
    };
    desk.page(status, &sheet, &view)
}

/// Registers the app, and shows its secret this once.
pub async fn create(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let kind = form.get("kind").and_then(Kind::parse).ok_or_else(|| wrong("kind", Kind::names()))?;
    let typed = Fields::typed(&form);
    let (metadata, mistakes) = typed.metadata(&kind.metadata(), kind.questions());
    if !mistakes.is_empty() {
        return questions(&desk, StatusCode::BAD_REQUEST, (kind, &typed), &mistakes);
    }
    match client::register(desk.cx(), desk.by(), How::Apply, kind.completed(metadata)).await {
        Ok(done) => made(&desk, &done, Text::new("app-made")),
        Err(error) => {
            let (status, mistake) = beyond(error.into())?;
            questions(&desk, status, (kind, &typed), &[mistake])
        }
    }
}

/// The app and its new secret.
pub fn made(desk: &Desk<'_>, done: &Done<Registered>, title: Text) -> Result<HttpResponse, Stop> {
    let Registered { client, secret } = &done.value;
    let (sheet, mut bar) = (desk.ctx.sheet(), desk.bar(APPS, &format!("{APPS}/{}", client.id)));
    let is_undone = done.changes.iter().any(|told| !told.is_final);
    bar.done = is_undone.then(|| done.batch.0.clone());
    let frame = sheet.frame(&desk.ctx.app);
    let metadata = &client.metadata;
    let view = AppMade {
        frame,
        bar: &bar,
        title,
        name: &metadata.client_name,
        id: client.id.as_str(),
        secret: secret.as_ref().map(Opaque::reveal),
        discovery: &format!("{}{}", desk.cx().issuer(), paths::DISCOVERY),
        proof: match metadata.token_endpoint_auth_method {
            AuthMethod::None => Text::new("app-auth-none"),
            AuthMethod::SecretBasic => Text::new("app-auth-basic"),
            AuthMethod::SecretPost => Text::new("app-auth-post"),
        },
        people: Kind::of(metadata) != Kind::Service,
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

/// Scopes that are more than whoever registers or changes the app holds are a mistake of the form, like any other; an
/// error of any other kind stays one.
pub fn beyond(error: Error) -> Result<(StatusCode, Mistake), Error> {
    let Some(why) = error.refusal.why.as_ref().filter(|why| why.check == Check::Holds) else { return Err(error) };
    let text = Text::new("app-scope-beyond").with("scope", format!("signet:{}", why.expected));
    Ok((StatusCode::FORBIDDEN, Mistake { field: Member::Scope.text().into(), text }))
}

/// What went wrong with an app that is looked for: None for one that is not there.
pub fn found<T>(result: flow::Result<T>) -> flow::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(flow::Error::Refused(refusal)) if refusal.status == 404 => Ok(None),
        Err(error) => Err(error),
    }
}
