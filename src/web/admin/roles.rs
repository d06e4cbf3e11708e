//! Roles: what they hold, and who holds them.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::people::ticked;
use super::{Desk, ROLES, ROWS, cut, made, meanwhile, mistake};
use crate::flow;
use crate::flow::admin::role::{self, Full, Wanted};
use crate::flow::admin::{How, names};
use crate::locale::Text;
use crate::model::role::Permission;
use crate::spec::params::Params;
use crate::spec::right::{Right, Rights};
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::page::parts::when;
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{Choice, Conflict, Group, Holder, Label, MatrixLine, Role, RoleLine, Roles};

/// How the ticks of permissions begin.
const TICK: &str = "permission-";

pub async fn list(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let roles = role::list(desk.cx(), desk.by()).await?;
    let permissions = role::permissions(desk.cx(), desk.by()).await?;
    let line = |full: &Full| RoleLine {
        name: full.role.name.clone(),
        description: full.role.description.clone(),
        permissions: full.permissions.len(),
        built_in: full.role.built_in,
        needs_factor: full.role.needs_factor,
    };
    let lines: Vec<_> = roles.iter().map(line).collect();
    let row = |permission: &Permission| MatrixLine {
        permission: permission.name.clone(),
        description: permission.description.clone(),
        held: roles.iter().map(|full| full.permissions.contains(&permission.name)).collect(),
    };
    let matrix: Vec<_> =
        by_area(&permissions).into_iter().map(|(area, own)| (area, own.into_iter().map(row).collect())).collect();
    let (sheet, bar) = (ctx.sheet(), desk.bar(ROLES, ROLES));
    let view = Roles {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        roles: &lines,
        matrix: &matrix,
        can_make: desk.may(Right::RolesWrite),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

/// Permissions by their areas: those that stand for much, those of Signet, and those of apps.
pub fn by_area(permissions: &[Permission]) -> Vec<(Label, Vec<&Permission>)> {
    let mut areas: BTreeMap<(u8, &str), Vec<&Permission>> = BTreeMap::new();
    for permission in permissions {
        let name = permission.name.as_str();
        let key = match Rights::of_permission(name).is_empty() {
            true => (2, name.split(':').next().unwrap_or_default()),
            false if name.contains(':') => (0, ""),
            false => (1, name.split('.').next().unwrap_or_default()),
        };
        areas.entry(key).or_default().push(permission);
    }
    let label = |(kind, area): (u8, &str)| match (kind, area) {
        (0, _) => Label::Text(Text::new("admin-area-bundles")),
        (1, "self") => Label::Text(Text::new("admin-area-self")),
        (1, "users") => Label::Text(Text::new("admin-people")),
        (1, "roles") => Label::Text(Text::new("admin-roles")),
        (1, "audit") => Label::Text(Text::new("admin-audit")),
        (1, "api-keys") => Label::Text(Text::new("admin-api-keys")),
        (1, "invitations") => Label::Text(Text::new("admin-area-invitations")),
        (1, "clients") => Label::Text(Text::new("admin-area-clients")),
        (1, "keys") => Label::Text(Text::new("admin-area-keys")),
        (1, "settings") => Label::Text(Text::new("admin-area-settings")),
        (1, "stats") => Label::Text(Text::new("admin-area-stats")),
        _ => Label::Plain(area.to_owned()),
    };
    areas.into_iter().map(|(key, own)| (label(key), own)).collect()
}

/// What can be ticked, in groups. `tick` begins the names of the fields.
pub fn groups(permissions: &[Permission], tick: &str, chosen: &[String]) -> Vec<Group> {
    let choice = |permission: &Permission| Choice {
        value: format!("{tick}{}", permission.name),
        label: Label::Plain(permission.name.clone()),
        hint: permission.description.clone(),
        chosen: chosen.contains(&permission.name),
    };
    let group = |(at, (label, own)): (usize, (Label, Vec<&Permission>))| Group {
        id: format!("group-{at}"),
        label,
        choices: own.into_iter().map(choice).collect(),
    };
    by_area(permissions).into_iter().enumerate().map(group).collect()
}

pub async fn get_new(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let typed = Typed { old: None, name: "", wanted: Wanted::default() };
    form(&desk, StatusCode::OK, &typed, (None, &[])).await
}

pub async fn create(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &params).await?;
    let (name, wanted) = (params.get("name").unwrap_or_default().trim(), wanted(&params));
    match role::create(desk.cx(), desk.by(), How::Apply, (name, &wanted)).await {
        Ok(done) => Ok(made(&format!("{ROLES}/{name}"), &done)),
        Err(error) => {
            let typed = Typed { old: None, name, wanted };
            let mistake = match mistake(error)? {
                wrong if wrong.field == "name" => Mistake::new("name", "admin-role-name-wrong"),
                other => other,
            };
            form(&desk, StatusCode::BAD_REQUEST, &typed, (None, &[mistake])).await
        }
    }
}

fn wanted(params: &Params) -> Wanted {
    Wanted {
        description: params.get("description").unwrap_or_default().to_owned(),
        needs_factor: params.get("needs_factor").is_some(),
        permissions: ticked(params, TICK),
    }
}

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let full = role::show(desk.cx(), desk.by(), desk.part("name")).await?;
    let wanted = Wanted {
        description: full.role.description.clone(),
        needs_factor: full.role.needs_factor,
        permissions: full.permissions.clone(),
    };
    form(&desk, StatusCode::OK, &Typed { name: desk.part("name"), old: Some(&full), wanted }, (None, &[])).await
}

/// Changes a role as a whole, once that was confirmed.
pub async fn edit(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &params).await?;
    let (name, wanted) = (desk.part("name"), wanted(&params));
    let expected = |full: &Full| meanwhile::expect_none(&params, &role::members(full));
    let run = async |how| role::edit(desk.cx(), desk.by(), how, (name, &wanted), expected).await;
    let home = format!("{ROLES}/{name}");
    match desk.confirmed(&params, (ROLES, Text::new("admin-role-edit"), &home), run).await {
        Err(Stop::Error(error)) if meanwhile::is_why(&error.refusal) => {
            let full = role::show(desk.cx(), desk.by(), name).await?;
            let conflict = Conflict { rows: meanwhile::lines(&params, &role::members(&full)) };
            let typed = Typed { name, old: Some(&full), wanted };
            form(&desk, StatusCode::CONFLICT, &typed, (Some(&conflict), &[])).await
        }
        other => other,
    }
}

pub async fn delete(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &params).await?;
    let run = async |how| role::delete(desk.cx(), desk.by(), how, desk.part("name")).await;
    desk.confirmed(&params, (ROLES, Text::new("admin-role-delete"), ROLES), run).await
}

/// A role as it is, or as it was typed.
struct Typed<'a> {
    /// None for one that is to be made.
    old: Option<&'a Full>,
    name: &'a str,
    wanted: Wanted,
}

async fn form(
    desk: &Desk<'_>,
    status: StatusCode,
    typed: &Typed<'_>,
    (conflict, mistakes): (Option<&Conflict>, &[Mistake]),
) -> Result<HttpResponse, Stop> {
    let permissions = role::permissions(desk.cx(), desk.by()).await?;
    let groups = groups(&permissions, TICK, &typed.wanted.permissions);
    let name = typed.old.map(|full| full.role.name.as_str()).unwrap_or_default();
    let (holders, next) = match typed.old {
        Some(_) if desk.may(Right::UsersRead) => holders(desk, name).await?,
        _ => (None, None),
    };
    // taking back that a role was made leaves no page of it
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(ROLES, ROLES));
    let view = Role {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        name,
        typed_name: typed.name,
        description: &typed.wanted.description,
        needs_factor: typed.wanted.needs_factor,
        built_in: typed.old.is_some_and(|full| full.role.built_in),
        groups: &groups,
        was: &typed.old.map(|full| meanwhile::fields(&role::members(full))).unwrap_or_default(),
        conflict,
        holders: holders.as_deref(),
        next: next.as_deref(),
        can_change: desk.may(Right::RolesWrite),
        mistakes,
    };
    desk.page(status, &sheet, &view)
}

async fn holders(desk: &Desk<'_>, name: &str) -> flow::Result<(Option<Vec<Holder>>, Option<String>)> {
    let query = desk.ctx.query()?;
    let after = query.get("after").unwrap_or_default();
    let rows = role::holders(desk.cx(), desk.by(), name, (after, ROWS)).await?;
    let (rows, next) = cut(desk.ctx, rows, |(row, _)| row.user_id.0.clone());
    let names = names::of_people(desk.cx(), desk.by(), rows.iter().map(|(row, _)| row.granted_by.as_str())).await?;
    let line = |(row, username): &(crate::model::user::UserRole, String)| Holder {
        id: row.user_id.0.clone(),
        username: username.clone(),
        since: when(&desk.live, row.granted_at),
        by: names.get(&row.granted_by).cloned().unwrap_or_else(|| row.granted_by.clone()),
    };
    Ok((Some(rows.iter().map(line).collect()), next))
}
