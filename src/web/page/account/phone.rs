//! The phone number.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::Owner;
use crate::flow::account::phone;
use crate::flow::challenge::{Asker, Begun, Proof};
use crate::model::ChallengeId;
use crate::spec::check::Endpoint;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::page::parts::{render, sent_again, to_challenge, too_often, too_often_anew};
use crate::web::signed_in::{Stop, signed_in};
use crate::web::view::{Mistake, Phone, PhoneStep};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let live = signed_in(&ctx).await?;
    let browser = ctx.browser_or_new();
    let Some(id) = params.get("challenge").map(ChallengeId::from) else {
        let step = PhoneStep::Ask { typed: "", changed: params.get("changed").is_some() };
        return show(&ctx, StatusCode::OK, (&live, &browser), step, &[]).await;
    };
    let number = phone::shown(ctx.cx(), &live, &id, &browser).await?;
    let step = PhoneStep::Prove { challenge: id.as_str(), number: &number, again: params.get("again").is_some() };
    show(&ctx, StatusCode::OK, (&live, &browser), step, &[]).await
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let browser = csrf::check(&ctx, &form)?;
    let live = signed_in(&ctx).await?;
    let changed = || Ok(see_other(&format!("{}?changed=yes", paths::PHONE)).finish());
    if form.get("remove").is_some() {
        phone::remove(ctx.cx(), &live).await?;
        return changed();
    }
    let Some(id) = form.get("challenge").map(ChallengeId::from) else {
        return ask(&ctx, (&live, &browser), form.get("phone").unwrap_or_default()).await;
    };
    if form.get("resend").is_some() {
        let form = async |status, mistake| {
            let number = phone::shown(ctx.cx(), &live, &id, &browser).await?;
            let step = PhoneStep::Prove { challenge: id.as_str(), number: &number, again: false };
            show(&ctx, status, (&live, &browser), step, &[mistake]).await
        };
        return match phone::again(ctx.cx(), &live, &id, &browser).await {
            Ok(()) => Ok(sent_again(paths::PHONE, &id)),
            Err(error) => too_often_anew(&ctx, Endpoint::Account, error, form).await,
        };
    }
    let number = phone::shown(ctx.cx(), &live, &id, &browser).await?;
    let code = form.get("code").unwrap_or_default();
    let mistake = match phone::prove(ctx.cx(), &live, &id, &browser, code).await? {
        Proof::Right => return changed(),
        Proof::Wrong => Mistake::new("code", "verify-wrong"),
        Proof::Over => Mistake::new("code", "verify-over"),
    };
    let step = PhoneStep::Prove { challenge: id.as_str(), number: &number, again: false };
    show(&ctx, StatusCode::BAD_REQUEST, (&live, &browser), step, &[mistake]).await
}

async fn ask(ctx: &Ctx, owner: Owner<'_>, typed: &str) -> Result<HttpResponse, Stop> {
    let asker = Asker { browser: owner.1, locale: ctx.sheet().locale, request: None };
    let begun = phone::begin(ctx.cx(), owner.0, typed, asker).await;
    let now = phone::current(ctx.cx(), owner.0).await?;
    let form = |status, mistake| page(ctx, status, owner, (PhoneStep::Ask { typed, changed: false }, now), &[mistake]);
    match begun {
        Ok(Begun::Asked(id)) => Ok(to_challenge(paths::PHONE, &id, None)),
        Ok(Begun::Wrong(wrong)) => form(StatusCode::BAD_REQUEST, wrong),
        Err(error) => too_often(ctx, Endpoint::Account, error, form),
    }
}

async fn show(
    ctx: &Ctx,
    status: StatusCode,
    owner: Owner<'_>,
    step: PhoneStep<'_>,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let now = phone::current(ctx.cx(), owner.0).await?;
    page(ctx, status, owner, (step, now), mistakes)
}

fn page(
    ctx: &Ctx,
    status: StatusCode,
    (_, browser): Owner<'_>,
    (step, now): (PhoneStep<'_>, Option<String>),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let sheet = ctx.sheet();
    let frame = sheet.frame(&ctx.app);
    let view = Phone { frame, csrf: &csrf::token(browser), now: now.as_deref(), step, mistakes };
    Ok(render(ctx, status, &sheet, browser, &view)?)
}
