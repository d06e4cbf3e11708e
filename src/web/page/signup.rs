//! Signing up: the form, and the letter's code or link.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::arrive::arrive_from;
use super::parts::{Visitor, asked, pending, render, render_for, to_challenge, told, too_often, verify, waiting};
use crate::base::random::Opaque;
use crate::flow::challenge::{Asker, Shown};
use crate::flow::register::{self, Begun, Joined, Typed};
use crate::locale::Text;
use crate::model::ChallengeId;
use crate::spec::check::Endpoint;
use crate::spec::params::Params;
use crate::spec::paths;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::view::{Confirm, Mistake, SignUp, Terms};
use crate::web::{csrf, frame};

/// Where the code goes; a mistyped address can be mended.
const VERIFY: (&str, bool) = (paths::VERIFY, true);

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    register::open(ctx.cx())?;
    let params = Params::parse(ctx.request.query_string().as_bytes())?;
    let browser = ctx.browser().unwrap_or_else(Opaque::random);
    let pending = pending(&ctx, &params, &browser).await?;
    form(&ctx, StatusCode::OK, (&browser, pending.as_ref()), &Typed::default(), &[])
}

pub async fn post(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &params)?;
    let pending = pending(&ctx, &params, &browser).await?;
    let text = |name: &str| params.get(name).unwrap_or_default().to_owned();
    let accepted = params.get("terms").is_some();
    let typed = Typed { email: text("email"), name: text("name"), password: text("password"), accepted };
    let request = pending.as_ref().map(|pending| &pending.row.id);
    let asker = Asker { browser: &browser, locale: ctx.sheet().locale, request };
    let form = |status, mistakes: &[Mistake]| form(&ctx, status, (&browser, pending.as_ref()), &typed, mistakes);
    match register::begin(ctx.cx(), &typed, asker).await {
        Ok(Begun::Asked(id)) => Ok(to_challenge(paths::VERIFY, &id)),
        Ok(Begun::Wrong(wrong)) => form(StatusCode::BAD_REQUEST, &wrong),
        Err(error) => too_often(&ctx, Endpoint::SignUp, error, |status, mistake| form(status, &[mistake])),
    }
}

fn form(
    ctx: &Ctx,
    status: StatusCode,
    (browser, pending): Visitor<'_>,
    typed: &Typed,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Error> {
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let settings = &ctx.app.config.registration;
    let (terms_uri, privacy_uri) = (settings.terms_uri.as_str(), settings.privacy_uri.as_str());
    let view = SignUp {
        frame: sheet.frame(&ctx.app),
        asked: asked(&csrf, pending, mistakes),
        email: &typed.email,
        name: &typed.name,
        min_length: ctx.app.config.password.min_length,
        terms: settings.has_terms().then_some(Terms { terms_uri, privacy_uri, accepted: typed.accepted }),
    };
    render(ctx, status, &sheet, browser, &view)
}

/// The page for the code, or the one that a letter's link leads to.
pub async fn get_verify(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = Params::parse(ctx.request.query_string().as_bytes())?;
    let browser = ctx.browser().unwrap_or_else(Opaque::random);
    if let Some(token) = params.get("token") {
        let shown = register::shown_by_link(ctx.cx(), &Opaque::from(token)).await?;
        return confirm(&ctx, &browser, ("token", token), &shown).await;
    }
    let id = ChallengeId::from(params.required("challenge")?);
    let shown = register::shown(ctx.cx(), &id, &browser).await?;
    if shown.proved {
        return confirm(&ctx, &browser, ("challenge", id.as_str()), &shown).await;
    }
    verify(&ctx, StatusCode::OK, &browser, VERIFY, (&shown, params.get("again").is_some()), &[]).await
}

pub async fn post_verify(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &params)?;
    let old = ctx.session_cookie();
    if let Some(token) = params.get("token") {
        let joined = register::by_link(ctx.cx(), &Opaque::from(token), &browser, old.as_ref()).await?;
        return joined_page(&ctx, &browser, joined, &ChallengeId::from("")).await;
    }
    let id = ChallengeId::from(params.required("challenge")?);
    if params.get("continue").is_some() {
        let joined = register::go_on(ctx.cx(), &id, &browser, old.as_ref()).await?;
        return joined_page(&ctx, &browser, joined, &id).await;
    }
    if params.get("resend").is_some() {
        let Some(wrong) = register::again(ctx.cx(), &id, &browser, params.get("email")).await? else {
            return Ok(see_other(&format!("{}?challenge={id}&again=yes", paths::VERIFY)).finish());
        };
        let mut shown = register::shown(ctx.cx(), &id, &browser).await?;
        params.get("email").unwrap_or_default().clone_into(&mut shown.email);
        return verify(&ctx, StatusCode::BAD_REQUEST, &browser, VERIFY, (&shown, false), &[wrong]).await;
    }
    let code = params.get("code").unwrap_or_default();
    let joined = register::by_code(ctx.cx(), &id, &browser, code, old.as_ref()).await?;
    joined_page(&ctx, &browser, joined, &id).await
}

async fn joined_page(ctx: &Ctx, browser: &Opaque, joined: Joined, id: &ChallengeId) -> Result<HttpResponse, Error> {
    if let Some(refusal) = register::refusal(&joined) {
        frame::keep(&ctx.app, &ctx.request, Endpoint::SignUp, &refusal);
    }
    let sign_in = Some((paths::LOGIN, Text::new("told-sign-in")));
    let text = match joined {
        Joined::SignedIn { cookie, live, request } => {
            return arrive_from(ctx, (&cookie, &live), browser, request.as_ref(), None).await;
        }
        Joined::Elsewhere => {
            return told(ctx, Text::new("confirm-done"), Text::new("confirm-elsewhere"), sign_in);
        }
        Joined::Waiting => return told(ctx, Text::new("waiting-title"), Text::new("waiting-text"), None),
        Joined::Taken => return told(ctx, Text::new("taken-title"), Text::new("taken-text"), sign_in),
        Joined::Over => Text::new("verify-over"),
        Joined::Wrong => Text::new("verify-wrong"),
    };
    let shown = register::shown(ctx.cx(), id, browser).await?;
    verify(ctx, StatusCode::BAD_REQUEST, browser, VERIFY, (&shown, false), &[Mistake { field: "code", text }]).await
}

async fn confirm(ctx: &Ctx, browser: &Opaque, field: (&str, &str), shown: &Shown) -> Result<HttpResponse, Error> {
    let pending = waiting(ctx, shown.request.as_ref(), browser).await;
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let frame = sheet.frame(&ctx.app);
    let view = Confirm { frame, csrf: &csrf, field, email: &shown.email, proved: shown.proved };
    render_for(ctx, StatusCode::OK, &sheet, (browser, pending.as_ref()), &view)
}
