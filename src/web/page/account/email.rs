//! Changing the e-mail address.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::Owner;
use crate::base::random::Opaque;
use crate::flow::account::email::{self, By, Changed};
use crate::flow::challenge::{Asker, Begun};
use crate::locale::Text;
use crate::model::ChallengeId;
use crate::spec::check::Endpoint;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::page::parts::{render, sent_again, to_challenge, too_often, too_often_anew};
use crate::web::signed_in::{Stop, signed_in};
use crate::web::view::{Email, EmailStep, Mistake};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let live = signed_in(&ctx).await?;
    let browser = ctx.browser_or_new();
    let owner = (&live, &browser);
    if let Some(token) = params.get("token") {
        let new = email::shown_by_link(ctx.cx(), &live, &Opaque::from(token)).await?;
        return show(&ctx, StatusCode::OK, owner, EmailStep::Confirm { token, new: &new }, &[]);
    }
    let Some(id) = params.get("challenge").map(ChallengeId::from) else {
        let step = EmailStep::Ask { typed: "", changed: params.get("changed").is_some() };
        return show(&ctx, StatusCode::OK, owner, step, &[]);
    };
    let new = email::shown(ctx.cx(), &live, &id, &browser).await?;
    let step = EmailStep::Prove { challenge: id.as_str(), new: &new, again: params.get("again").is_some() };
    show(&ctx, StatusCode::OK, owner, step, &[])
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let browser = csrf::check(&ctx, &form)?;
    let live = signed_in(&ctx).await?;
    if let Some(token) = form.get("token") {
        let changed = email::change(ctx.cx(), &live, By::Link(&Opaque::from(token))).await?;
        return end(&ctx, (&live, &browser), changed, None);
    }
    let Some(id) = form.get("challenge").map(ChallengeId::from) else {
        return ask(&ctx, (&live, &browser), form.get("email").unwrap_or_default()).await;
    };
    if form.get("resend").is_some() {
        let form = async |status, mistake| {
            let new = email::shown(ctx.cx(), &live, &id, &browser).await?;
            let step = EmailStep::Prove { challenge: id.as_str(), new: &new, again: false };
            show(&ctx, status, (&live, &browser), step, &[mistake])
        };
        return match email::again(ctx.cx(), &live, &id, &browser).await {
            Ok(()) => Ok(sent_again(paths::EMAIL, &id)),
            Err(error) => too_often_anew(&ctx, Endpoint::Account, error, form).await,
        };
    }
    let new = email::shown(ctx.cx(), &live, &id, &browser).await?;
    let by = By::Code(&id, &browser, form.get("code").unwrap_or_default());
    let changed = email::change(ctx.cx(), &live, by).await?;
    let step = EmailStep::Prove { challenge: id.as_str(), new: &new, again: false };
    end(&ctx, (&live, &browser), changed, Some(step))
}

async fn ask(ctx: &Ctx, (live, browser): Owner<'_>, typed: &str) -> Result<HttpResponse, Stop> {
    let asker = Asker { browser, locale: ctx.sheet().locale, request: None };
    let form =
        |status, mistake| show(ctx, status, (live, browser), EmailStep::Ask { typed, changed: false }, &[mistake]);
    match email::begin(ctx.cx(), live, typed, asker).await {
        Ok(Begun::Asked(id)) => Ok(to_challenge(paths::EMAIL, &id, None)),
        Ok(Begun::Wrong(wrong)) => form(StatusCode::BAD_REQUEST, wrong),
        Err(error) => too_often(ctx, Endpoint::Account, error, form),
    }
}

fn end(ctx: &Ctx, owner: Owner<'_>, changed: Changed, step: Option<EmailStep<'_>>) -> Result<HttpResponse, Stop> {
    let (field, text) = match changed {
        Changed::Yes => return Ok(see_other(&format!("{}?changed=yes", paths::EMAIL)).finish()),
        Changed::Wrong => ("code", Text::new("verify-wrong")),
        Changed::Over => ("code", Text::new("verify-over")),
        Changed::Taken => ("email", Text::new("email-taken")),
    };
    let typed = if let Some(EmailStep::Prove { new, .. }) = step { new } else { "" };
    let step = step.filter(|_| changed != Changed::Taken).unwrap_or(EmailStep::Ask { typed, changed: false });
    show(ctx, StatusCode::BAD_REQUEST, owner, step, &[Mistake { field: field.into(), text }])
}

fn show(
    ctx: &Ctx,
    status: StatusCode,
    (live, browser): Owner<'_>,
    step: EmailStep<'_>,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let sheet = ctx.sheet();
    let frame = sheet.frame(&ctx.app);
    let view = Email { frame, csrf: &csrf::token(browser), now: &live.user.email, step, mistakes };
    Ok(render(ctx, status, &sheet, browser, &view)?)
}
