//! Permissions: Signet's own, and those that only apps understand, which are made, described and deleted here.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};

use super::roles::by_area;
use super::{Desk, PERMISSIONS, ROLES, made, meanwhile, mistake};
use crate::flow::admin::{How, role};
use crate::locale::Text;
use crate::model::role::Permission as Row;
use crate::spec::right::{Right, Rights};
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{Conflict, Permission, PermissionLine, Permissions};

pub async fn list(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    page(&desk, StatusCode::OK, ("", ""), &[]).await
}

pub async fn create(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let (name, description) =
        (form.get("name").unwrap_or_default().trim(), form.get("description").unwrap_or_default());
    match role::create_permission(desk.cx(), desk.by(), How::Apply, (name, description)).await {
        Ok(done) => Ok(made(PERMISSIONS, &done)),
        Err(error) => {
            let wrong = match mistake(error)? {
                wrong if wrong.field == "name" => Mistake::new("name", "permission-name-wrong"),
                taken if taken.field.is_empty() => Mistake::new("name", "admin-taken"),
                other => other,
            };
            page(&desk, StatusCode::BAD_REQUEST, (name, description), &[wrong]).await
        }
    }
}

/// The permissions by their areas, each with the roles that hold it.
async fn page(
    desk: &Desk<'_>,
    status: StatusCode,
    (name, description): (&str, &str),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let permissions = role::permissions(desk.cx(), desk.by()).await?;
    let mut holders: HashMap<String, Vec<String>> = HashMap::new();
    for full in role::list(desk.cx(), desk.by()).await? {
        for permission in full.permissions {
            holders.entry(permission).or_default().push(full.role.name.clone());
        }
    }
    let line = |row: &Row| line(row, holders.get(&row.name).cloned().unwrap_or_default());
    let areas: Vec<_> =
        by_area(&permissions).into_iter().map(|(area, own)| (area, own.into_iter().map(line).collect())).collect();
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(ROLES, PERMISSIONS));
    let view = Permissions {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        areas: &areas,
        name,
        description,
        can_make: desk.may(Right::RolesWrite),
        mistakes,
    };
    desk.page(status, &sheet, &view)
}

fn line(row: &Row, roles: Vec<String>) -> PermissionLine {
    let built_in = !Rights::of_permission(&row.name).is_empty();
    PermissionLine { name: row.name.clone(), description: row.description.clone(), roles, built_in }
}

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    one(&desk, StatusCode::OK, None, (None, &[])).await
}

/// Says anew what a permission is for.
pub async fn edit(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let (name, description) = (desk.part("name"), form.get("description").unwrap_or_default());
    let expected = |row: &Row| meanwhile::expect_none(&form, &members(row));
    match role::describe_permission(desk.cx(), desk.by(), How::Apply, (name, Some(description)), expected).await {
        Ok(done) => Ok(made(&format!("{PERMISSIONS}/{name}"), &done)),
        Err(error) if meanwhile::is_it(&error) => {
            let (row, _) = role::permission(desk.cx(), desk.by(), name).await?;
            let conflict = Conflict { rows: meanwhile::lines(&form, &members(&row)) };
            one(&desk, StatusCode::CONFLICT, Some(description), (Some(&conflict), &[])).await
        }
        Err(error) => {
            let wrong = [mistake(error)?];
            one(&desk, StatusCode::BAD_REQUEST, Some(description), (None, &wrong)).await
        }
    }
}

fn members(row: &Row) -> Map<String, Value> {
    Map::from_iter([("description".to_owned(), json!(row.description))])
}

/// Deletes a permission, once that was confirmed.
pub async fn delete(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let run = async |how| role::delete_permission(desk.cx(), desk.by(), how, desk.part("name")).await;
    desk.confirmed(&form, (ROLES, Text::new("permission-delete"), PERMISSIONS), run).await
}

async fn one(
    desk: &Desk<'_>,
    status: StatusCode,
    typed: Option<&str>,
    (conflict, mistakes): (Option<&Conflict>, &[Mistake]),
) -> Result<HttpResponse, Stop> {
    let (row, roles) = role::permission(desk.cx(), desk.by(), desk.part("name")).await?;
    let line = line(&row, roles);
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(ROLES, &format!("{PERMISSIONS}/{}", row.name)));
    let view = Permission {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        line: &line,
        description: typed.unwrap_or(&row.description),
        was: &meanwhile::fields(&members(&row)),
        can_change: desk.may(Right::RolesWrite) && !line.built_in,
        conflict,
        mistakes,
    };
    desk.page(status, &sheet, &view)
}
