//! The console of administrators: the same acts as by the API and at the command line, in pages.

pub mod api_keys;
pub mod app;
pub mod apps;
mod apps_to_choose;
pub mod audit;
pub mod bulk;
pub mod changes;
pub mod import;
pub mod invitations;
pub mod jobs;
pub mod keys;
mod meanwhile;
pub mod overview;
pub mod people;
pub mod permissions;
pub mod person;
pub mod refusals;
pub mod roles;
pub mod settings;
mod show;
pub mod trial;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::csrf;
use super::ctx::Ctx;
use super::error::Error;
use super::html::{Sheet, see_other};
use super::page::parts::render;
use super::page::start::with_to;
use super::signed_in::{Stop, administrator, back};
use super::view::admin::{AreaLine, Bar, Preview};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::flow;
use crate::flow::admin::console::Visitor;
use crate::flow::admin::{Actor, Done, How};
use crate::flow::session::Live;
use crate::locale::Text;
use crate::spec::params::Params;
use crate::spec::paths;
use crate::spec::right::{Right, Rights};

pub const PEOPLE: &str = "/admin/people";
pub const ROLES: &str = "/admin/roles";
pub const AUDIT: &str = "/admin/audit";
pub const CHANGES: &str = "/admin/changes";
pub const API_KEYS: &str = "/admin/api-keys";
pub const APPS: &str = "/admin/apps";
pub const REFUSALS: &str = "/admin/refusals";
pub const SETTINGS: &str = "/admin/settings";
pub const INVITATIONS: &str = "/admin/invitations";
pub const PERMISSIONS: &str = "/admin/permissions";
pub const KEYS: &str = "/admin/keys";
pub const JOBS: &str = "/admin/jobs";

/// Rows of one page of a table.
const PAGE: usize = 50;
/// One more than is shown tells whether there is another page.
const ROWS: i64 = 51;

/// The areas, each with the right that it takes to see it.
const AREAS: [(&str, Right, Text); 12] = [
    (paths::ADMIN, Right::StatsRead, Text::new("admin-overview")),
    (PEOPLE, Right::UsersRead, Text::new("admin-people")),
    (INVITATIONS, Right::InvitationsRead, Text::new("admin-area-invitations")),
    (ROLES, Right::RolesRead, Text::new("admin-roles")),
    (APPS, Right::ClientsRead, Text::new("admin-apps")),
    (REFUSALS, Right::ClientsRead, Text::new("admin-refusals")),
    (AUDIT, Right::AuditRead, Text::new("admin-audit")),
    (CHANGES, Right::AuditRead, Text::new("admin-changes")),
    (JOBS, Right::UsersRead, Text::new("admin-jobs")),
    (API_KEYS, Right::ApiKeysRead, Text::new("admin-api-keys")),
    (KEYS, Right::KeysRead, Text::new("admin-area-keys")),
    (SETTINGS, Right::SettingsRead, Text::new("admin-settings")),
];

/// The first area that somebody with these rights may see.
fn first(rights: Rights) -> Option<&'static str> {
    AREAS.iter().find(|(_, right, _)| rights.has(*right)).map(|(path, ..)| *path)
}

/// Where the console begins for a person, if it is for that person.
pub async fn door(cx: Cx<'_>, live: &Live) -> flow::Result<Option<&'static str>> {
    Ok(first(Actor::person(cx, &live.user.id).await?.rights))
}

/// An administrator on a page of the console.
pub struct Desk<'a> {
    ctx: &'a Ctx,
    live: Live,
    visitor: Visitor,
    browser: Opaque,
}

impl<'a> Desk<'a> {
    /// Lets in whoever the route lets in.
    async fn enter(ctx: &'a Ctx) -> Result<Self, Stop> {
        let (live, visitor) = administrator(ctx).await?;
        Ok(Self { ctx, live, visitor, browser: ctx.browser_or_new() })
    }

    /// The same with a form, which is asked for its token first.
    async fn accept(ctx: &'a Ctx, form: &Params) -> Result<Self, Stop> {
        csrf::check(ctx, form)?;
        Self::enter(ctx).await
    }

    fn cx(&self) -> Cx<'_> {
        self.ctx.cx()
    }

    fn by(&self) -> &Actor {
        &self.visitor.by
    }

    /// Whether it is for this administrator, if only after a fresh sign-in.
    fn may(&self, right: Right) -> bool {
        self.visitor.rights.has(right)
    }

    /// A part of the path, by its name in the route.
    fn part(&self, name: &str) -> &str {
        self.ctx.request.match_info().query(name)
    }

    /// What the page of an area begins with; `here` is where changes on it are taken back.
    fn bar(&self, area: &str, here: &str) -> Bar {
        let seen = AREAS.into_iter().filter(|(_, right, _)| self.visitor.rights.has(*right));
        let line = |(href, _, text): (&'static str, Right, Text)| AreaLine { href, text, is_current: href == area };
        let address = self.ctx.request.uri().path_and_query().map_or("", |address| address.as_str());
        let query = self.ctx.query().unwrap_or_default();
        let done = query.get("done").filter(|id| id.len() <= 64 && id.bytes().all(is_plain)).map(str::to_owned);
        let is_locked = !self.live.is_fresh(self.cx());
        Bar {
            areas: seen.map(line).collect(),
            csrf: csrf::token(&self.browser),
            confirm: is_locked.then(|| with_to(paths::LOGIN, Some(back(address).unwrap_or(paths::ADMIN)))),
            done,
            is_final: query.get("final").is_some(),
            same: query.get("same").is_some(),
            here: here.to_owned(),
        }
    }

    fn page(&self, status: StatusCode, sheet: &Sheet, view: &impl Template) -> Result<HttpResponse, Stop> {
        Ok(render(self.ctx, status, sheet, &self.browser, view)?)
    }

    /// A change in two steps: first what it would do, with a form that sends the same once more; then it is made.
    async fn confirmed<T>(
        &self,
        form: &Params,
        (area, title, home): (&str, Text, &str),
        run: impl AsyncFn(How) -> flow::Result<Done<T>>,
    ) -> Result<HttpResponse, Stop> {
        self.confirmed_after(form, (area, title, home), &[], run).await
    }

    /// The same, with more to be said before it is done.
    async fn confirmed_after<T>(
        &self,
        form: &Params,
        (area, title, home): (&str, Text, &str),
        words: &[Text],
        run: impl AsyncFn(How) -> flow::Result<Done<T>>,
    ) -> Result<HttpResponse, Stop> {
        if form.get("confirm").is_some() {
            return Ok(made(home, &run(How::Apply).await?));
        }
        let done = run(How::Preview).await?;
        if done.changes.is_empty() {
            return Ok(made(home, &done));
        }
        let changes = show::told(self, &done.changes).await?;
        let kept = form.iter().filter(|(name, _)| !matches!(*name, "csrf" | "confirm"));
        let fields: Vec<_> = kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let (sheet, bar) = (self.ctx.sheet(), self.bar(area, home));
        let view = Preview {
            frame: sheet.frame(&self.ctx.app),
            bar: &bar,
            title,
            words,
            changes: &changes,
            action: self.ctx.request.path(),
            fields: &fields,
            back: home,
        };
        self.page(StatusCode::OK, &sheet, &view)
    }
}

const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// To a page that says what was done, and takes it back, if that is possible; or that nothing changed.
fn made<T>(home: &str, done: &Done<T>) -> HttpResponse {
    let sign = if home.contains('?') { '&' } else { '?' };
    match done.changes.is_empty() {
        true => see_other(&format!("{home}{sign}same=yes")).finish(),
        false => {
            let end = if done.is_final() { "&final=yes" } else { "" };
            see_other(&format!("{home}{sign}done={}{end}", done.batch)).finish()
        }
    }
}

/// A page of rows, of which there may be one more than is shown, and where the next page begins.
fn cut<T>(ctx: &Ctx, mut rows: Vec<T>, id: impl Fn(&T) -> String) -> (Vec<T>, Option<String>) {
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|last| address(ctx, Some(&id(last))));
    (rows, next)
}

/// The same table from there on; None: from the beginning.
fn address(ctx: &Ctx, after: Option<&str>) -> String {
    with(ctx, "after", after)
}

/// The same table from the beginning, or with this in its address; None: without it.
fn with(ctx: &Ctx, name: &str, value: Option<&str>) -> String {
    let query = ctx.query().unwrap_or_default();
    let passing = |known: &str| known == name || matches!(known, "after" | "done" | "final" | "same");
    let mut kept: Vec<(&str, &str)> = query.iter().filter(|(known, _)| !passing(known)).collect();
    kept.extend(value.map(|value| (name, value)));
    let path = ctx.request.path();
    let text = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    if text.is_empty() { path.to_owned() } else { format!("{path}?{text}") }
}

/// Where the table begins, for a page further on.
fn beginning(ctx: &Ctx, params: &Params) -> Option<String> {
    params.get("after").map(|_| address(ctx, None))
}

/// What is wrong with one field of a form, in words; any other error stays one.
fn mistake(error: flow::Error) -> Result<super::view::Mistake, Error> {
    use crate::spec::check::Check;
    let flow::Error::Refused(refusal) = &error else { return Err(error.into()) };
    let Some(why) = refusal.why.as_ref().filter(|why| matches!(why.check, Check::Value | Check::Metadata)) else {
        return Err(error.into());
    };
    let text = match (refusal.status, why.expected.as_str()) {
        (409, _) => Text::new("admin-taken"),
        (_, "username") => Text::new("user-username-wrong"),
        (_, "email") => Text::new("user-email-wrong"),
        (_, "name" | "given_name" | "family_name") => Text::new("user-name-wrong"),
        _ => Text::new("admin-value-wrong"),
    };
    let field = if refusal.status == 409 { String::new() } else { why.expected.clone() };
    Ok(super::view::Mistake { field: field.into(), text })
}
