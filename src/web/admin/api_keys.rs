//! API keys: made for programs, shown once, revoked.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::people::ticked;
use super::show::Names;
use super::{API_KEYS, Desk, ROWS, beginning, cut, made, mistake, roles};
use crate::flow;
use crate::flow::admin::api_key::{self, New};
use crate::flow::admin::{How, names, role};
use crate::locale::Text;
use crate::model::ApiKeyId;
use crate::model::api_key::ApiKey;
use crate::model::role::Permission;
use crate::spec::params::Params;
use crate::spec::right::{Right, Rights};
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::page::parts::when;
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{ApiKeyMade, ApiKeys, Choice, KeyLine, Label, NewApiKey};

/// How the ticks of rights begin.
const TICK: &str = "right-";
/// For how many days a key can be made; 0 is for ever.
const ENDS: [u64; 4] = [30, 90, 365, 0];

pub async fn list(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    let rows = api_key::list(desk.cx(), desk.by(), params.get("after").unwrap_or_default(), ROWS).await?;
    let (rows, next) = cut(&ctx, rows, |row| row.id.0.clone());
    let names = names::of_people(desk.cx(), desk.by(), rows.iter().map(|row| row.created_by.as_str())).await?;
    let keys: Vec<_> = rows.into_iter().map(|row| line(&desk, row, &names)).collect();
    let (sheet, bar) = (ctx.sheet(), desk.bar(API_KEYS, API_KEYS));
    let first = beginning(&ctx, &params);
    let view = ApiKeys {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        keys: &keys,
        first: first.as_deref(),
        next: next.as_deref(),
        can_make: desk.may(Right::ApiKeysWrite),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

fn line(desk: &Desk<'_>, row: ApiKey, names: &Names) -> KeyLine {
    let is_live = row.is_live(desk.cx().now);
    KeyLine {
        state: match (row.revoked_at, is_live) {
            (Some(_), _) => Text::new("admin-key-revoked"),
            (None, false) => Text::new("admin-key-expired"),
            (None, true) => Text::new("admin-key-live"),
        },
        is_live,
        id: row.id.0,
        name: row.name,
        rights: row.rights,
        networks: row.networks,
        created: when(&desk.live, row.created_at),
        by: names.get(&row.created_by).cloned().unwrap_or(row.created_by),
        used: row.last_used_at.map(|at| when(&desk.live, at)),
        used_from: row.last_address.unwrap_or_default(),
        until: row.expires_at.map(|at| when(&desk.live, at)),
    }
}

pub async fn get_new(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    form(&desk, StatusCode::OK, &Params::default(), &[]).await
}

pub async fn create(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &params).await?;
    let networks = params.get("networks").unwrap_or_default().split_whitespace();
    let new = New {
        name: params.get("name").unwrap_or_default().to_owned(),
        rights: ticked(&params, TICK).iter().filter_map(|name| Right::parse(name)).collect(),
        networks: networks.map(str::to_owned).collect(),
        expires_at: days(&params).map(|days| desk.cx().now.plus(Duration::from_hours(24 * days))),
    };
    match api_key::create(desk.cx(), desk.by(), How::Apply, new).await {
        Ok(done) => {
            let (row, key) = &done.value;
            let (sheet, mut bar) = (ctx.sheet(), desk.bar(API_KEYS, API_KEYS));
            bar.done = Some(done.batch.0.clone());
            let frame = sheet.frame(&ctx.app);
            let view = ApiKeyMade { frame, bar: &bar, name: &row.name, key: key.reveal() };
            desk.page(StatusCode::OK, &sheet, &view)
        }
        Err(error) => {
            let mistake = worded(mistake(error)?);
            form(&desk, StatusCode::BAD_REQUEST, &params, &[mistake]).await
        }
    }
}

fn worded(wrong: Mistake) -> Mistake {
    match wrong.field.as_ref() {
        "name" => Mistake::new("name", "admin-key-name-wrong"),
        "rights" => Mistake::new("", "admin-key-rights-wrong"),
        "networks" => Mistake::new("networks", "admin-key-networks-wrong"),
        _ => wrong,
    }
}

/// For how many days; None: for ever.
fn days(params: &Params) -> Option<u64> {
    let chosen = params.get("days").and_then(|text| text.parse().ok()).filter(|days| ENDS.contains(days));
    Some(chosen.unwrap_or(ENDS[1])).filter(|days| *days > 0)
}

async fn form(desk: &Desk<'_>, status: StatusCode, typed: &Params, mistakes: &[Mistake]) -> Result<HttpResponse, Stop> {
    let groups = roles::groups(&rights(desk).await?, TICK, &ticked(typed, TICK));
    let chosen = days(typed).unwrap_or_default();
    let end = |days: u64| Choice {
        value: days.to_string(),
        label: Label::Text(match days {
            0 => Text::new("admin-key-never"),
            _ => Text::new("admin-key-days").with("count", days),
        }),
        hint: String::new(),
        chosen: days == chosen,
    };
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(API_KEYS, API_KEYS));
    let view = NewApiKey {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        name: typed.get("name").unwrap_or_default(),
        networks: typed.get("networks").unwrap_or_default(),
        ends: &ENDS.map(end),
        groups: &groups,
        mistakes,
    };
    desk.page(status, &sheet, &view)
}

/// The rights that this administrator can give: those held, about others.
async fn rights(desk: &Desk<'_>) -> flow::Result<Vec<Permission>> {
    let described = match desk.may(Right::RolesRead) {
        true => role::permissions(desk.cx(), desk.by()).await?,
        false => Vec::new(),
    };
    let permission = |right: Right| {
        let known = described.iter().find(|known| known.name == right.text());
        let description = known.map(|known| known.description.clone()).unwrap_or_default();
        Permission { tenant_id: desk.cx().tenant.clone(), name: right.text().to_owned(), description }
    };
    Ok(desk.visitor.rights.beyond(Rights::own()).iter().map(permission).collect())
}

pub async fn revoke(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = ApiKeyId::from(desk.part("id"));
    Ok(made(API_KEYS, &api_key::revoke(desk.cx(), desk.by(), How::Apply, &id).await?))
}
