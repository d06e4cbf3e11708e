//! A person's second factors: what there is, one more, one less.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use qrcode::QrCode;
use qrcode::render::svg;

use super::arrive::renewed;
use super::parts::{agent, render, to_challenge, when};
use crate::base::random::Opaque;
use crate::flow::factor::{self, State, backup, passkey, sent, totp, trust};
use crate::flow::session::Live;
use crate::model::factor::{Factor, Kind};
use crate::model::{ChallengeId, FactorId};
use crate::spec::error::Code;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::html::{page, see_other};
use crate::web::signed_in::{Stop, back, signed_in};
use crate::web::view::{Codes, Device, FactorLine, Mistake, Security, SetUpTotp};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let live = signed_in(&ctx).await?;
    let browser = ctx.browser_or_new();
    let State { held, devices } = factor::state(ctx.cx(), &live.user).await?;
    let lines = |kind| held.of(kind).map(|factor| line(&live, factor)).collect::<Vec<_>>();
    let (apps, passkeys) = (lines(Kind::Totp), lines(Kind::Passkey));
    let (email, sms) = (lines(Kind::Email), lines(Kind::Sms));
    let device = |device: crate::model::factor::TrustedDevice| Device {
        id: device.id,
        device: agent(&device.device),
        address: device.address,
        until: when(&live, device.expires_at),
    };
    let devices: Vec<_> = devices.into_iter().map(device).collect();
    let sheet = ctx.sheet();
    let view = Security {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(&browser),
        apps: &apps,
        passkeys: &passkeys,
        email: email.first(),
        sms: sms.first(),
        can: sent::possible(ctx.cx(), &live.user).await?,
        can_passkey: passkey::are_possible(ctx.cx()),
        has_factor: !held.factors.is_empty(),
        codes_left: held.backup_codes,
        codes_few: held.backup_codes < backup::FEW,
        devices: &devices,
    };
    Ok(render(&ctx, StatusCode::OK, &sheet, &browser, &view)?)
}

fn line(live: &Live, factor: &Factor) -> FactorLine {
    let (since, used) = (when(live, factor.created_at), factor.last_used_at.map(|at| when(live, at)));
    FactorLine { id: factor.id.to_string(), name: factor.name.clone(), since, used }
}

/// The page with the picture.
pub async fn get_totp(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let live = signed_in(&ctx).await?;
    let params = ctx.query()?;
    let browser = ctx.browser_or_new();
    let Some(id) = params.get("challenge").map(ChallengeId::from) else {
        return Ok(see_other(paths::SECURITY).finish());
    };
    let to = params.get("to").and_then(back);
    set_up(&ctx, StatusCode::OK, (&live, &browser, &id), (None, to), &[]).await
}

/// Begins to add an app, or ends it with its first code.
pub async fn post_totp(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Stop> {
    let browser = csrf::check(&ctx, &params)?;
    let live = signed_in(&ctx).await?;
    let to = params.get("to").and_then(back);
    let Some(id) = params.get("challenge").map(ChallengeId::from) else {
        let id = totp::begin(ctx.cx(), &live, &browser).await?;
        return Ok(to_challenge(paths::TOTP, &id, to));
    };
    let (code, typed) = (params.get("code").unwrap_or_default(), params.get("name").unwrap_or_default());
    let mistake = match factor::clean(typed) {
        None => Mistake::new("name", "factor-name-missing"),
        Some(name) => match totp::finish(ctx.cx(), &live, &id, &browser, (code, name)).await? {
            Some((cookie, live)) => return renewed(&ctx, (&cookie, &live), added(&ctx, &live, to).await),
            None => Mistake::new("code", "totp-wrong"),
        },
    };
    set_up(&ctx, StatusCode::BAD_REQUEST, (&live, &browser, &id), (Some(typed), to), &[mistake]).await
}

/// The first factor brings its backup codes along.
pub(super) async fn added(ctx: &Ctx, live: &Live, to: Option<&str>) -> Result<HttpResponse, Stop> {
    let next = to.unwrap_or(paths::SECURITY);
    match backup::left(ctx.cx(), &live.user).await? {
        0 => codes(ctx, live, next).await,
        _ => Ok(see_other(next).finish()),
    }
}

async fn set_up(
    ctx: &Ctx,
    status: StatusCode,
    (live, browser, id): (&Live, &Opaque, &ChallengeId),
    (name, to): (Option<&str>, Option<&str>),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let shown = totp::shown(ctx.cx(), live, id, browser).await?;
    let sheet = ctx.sheet();
    let secret: Vec<String> =
        shown.secret.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into()).collect();
    let called = sheet.locale.text("totp-default");
    let view = SetUpTotp {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(browser),
        challenge: shown.id.as_str(),
        to: to.unwrap_or_default(),
        picture: &picture(&shown.uri)?,
        secret: &secret.join(" "),
        name: name.unwrap_or(&called),
        mistakes,
    };
    Ok(render(ctx, status, &sheet, browser, &view)?)
}

/// A QR code as a `data:` address.
fn picture(text: &str) -> Result<String, Error> {
    let code = QrCode::new(text).map_err(|error| {
        tracing::error!(%error, "QR code");
        Code::ServerError.because("the picture could not be made")
    })?;
    let svg = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    Ok(format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg)))
}

pub async fn post_codes(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Stop> {
    csrf::check(&ctx, &params)?;
    let live = signed_in(&ctx).await?;
    codes(&ctx, &live, paths::SECURITY).await
}

async fn codes(ctx: &Ctx, live: &Live, next: &str) -> Result<HttpResponse, Stop> {
    let codes = backup::make(ctx.cx(), live).await?;
    let sheet = ctx.sheet();
    Ok(page(StatusCode::OK, &sheet, "", &Codes { frame: sheet.frame(&ctx.app), codes: &codes, next })?.finish())
}

/// Turns codes that are sent on, takes a factor or a trusted browser away, or calls a factor by another name.
pub async fn post_factor(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Stop> {
    csrf::check(&ctx, &params)?;
    let live = signed_in(&ctx).await?;
    if let Some(kind) = params.get("add").and_then(Kind::parse) {
        sent::add(ctx.cx(), &live, kind).await?;
        return added(&ctx, &live, params.get("to").and_then(back)).await;
    }
    if let Some(id) = params.get("remove") {
        factor::remove(ctx.cx(), &live, &FactorId::from(id)).await?;
    }
    if let Some(id) = params.get("rename") {
        factor::rename(ctx.cx(), &live.user, &FactorId::from(id), params.get("name").unwrap_or_default()).await?;
    }
    if let Some(id) = params.get("distrust") {
        trust::distrust(ctx.cx(), &live.user, id).await?;
    }
    Ok(see_other(paths::SECURITY).finish())
}
