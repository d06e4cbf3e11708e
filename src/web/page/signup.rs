//! Signing up: the form, and the letter's code or link.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::arrive::arrive_from;
use super::login::{client_info, pending};
use crate::base::random::Opaque;
use crate::flow::authorize::Pending;
use crate::flow::challenge::Asker;
use crate::flow::register::{self, Begun, Joined, Shown, Typed};
use crate::flow::user::Wrong;
use crate::locale::Text;
use crate::model::{ChallengeId, RequestId};
use crate::spec::check::Endpoint;
use crate::spec::params::Params;
use crate::spec::paths;
use crate::web::browser::Name;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::html::{Sheet, page, see_other};
use crate::web::view::{Asked, Confirm, Mistake, SignUp, Terms, Told, Verify};
use crate::web::{csrf, frame};

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
    match register::begin(ctx.cx(), &typed, asker).await? {
        Begun::Asked(id) => Ok(to_challenge(paths::VERIFY, &id)),
        Begun::Wrong(wrong) => {
            form(&ctx, StatusCode::BAD_REQUEST, (&browser, pending.as_ref()), &typed, &mistakes(wrong))
        }
    }
}

fn form(
    ctx: &Ctx,
    status: StatusCode,
    (browser, pending): (&Opaque, Option<&Pending>),
    typed: &Typed,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Error> {
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let settings = &ctx.app.config.registration;
    let (terms_uri, privacy_uri) = (settings.terms_uri.as_str(), settings.privacy_uri.as_str());
    let view = SignUp {
        frame: sheet.frame(&ctx.app),
        asked: asked(ctx, &sheet, &csrf, pending, mistakes),
        email: &typed.email,
        name: &typed.name,
        min_length: ctx.app.config.password.min_length,
        terms: settings.has_terms().then_some(Terms { terms_uri, privacy_uri, accepted: typed.accepted }),
    };
    let mut rendered = page(status, &sheet, "", &view)?;
    rendered.answer.cookie(Name::Browser.set(&ctx.app.config, browser));
    Ok(rendered.finish())
}

/// What the forms of these pages share.
pub fn asked<'a>(
    ctx: &'a Ctx,
    sheet: &'a Sheet,
    csrf: &'a str,
    pending: Option<&'a Pending>,
    mistakes: &'a [Mistake],
) -> Asked<'a> {
    Asked {
        frame: sheet.frame(&ctx.app),
        csrf,
        request: pending.map(|pending| pending.row.id.as_str()),
        client: pending.map(client_info),
        mistakes,
    }
}

pub fn mistakes(wrong: Vec<Wrong>) -> Vec<Mistake> {
    wrong.into_iter().map(|wrong| Mistake { field: wrong.field, text: wrong.text }).collect()
}

pub fn to_challenge(path: &str, id: &ChallengeId) -> HttpResponse {
    see_other(&format!("{path}?challenge={id}")).finish()
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
    verify(&ctx, StatusCode::OK, &browser, &shown, params.get("again").is_some(), &[]).await
}

pub async fn post_verify(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &params)?;
    let old = ctx.session_cookie();
    if let Some(token) = params.get("token") {
        let joined = register::by_link(ctx.cx(), &Opaque::from(token), Some(&browser), old.as_ref()).await?;
        return joined_page(&ctx, &browser, joined, None).await;
    }
    let id = ChallengeId::from(params.required("challenge")?);
    if params.get("continue").is_some() {
        let joined = register::go_on(ctx.cx(), &id, &browser, old.as_ref()).await?;
        return joined_page(&ctx, &browser, joined, None).await;
    }
    let shown = register::shown(ctx.cx(), &id, &browser).await?;
    if params.get("resend").is_some() {
        let wrong = register::again(ctx.cx(), &id, &browser, params.get("email")).await?;
        if wrong.is_empty() {
            return Ok(see_other(&format!("{}?challenge={id}&again=yes", paths::VERIFY)).finish());
        }
        return verify(&ctx, StatusCode::BAD_REQUEST, &browser, &shown, false, &mistakes(wrong)).await;
    }
    let code = params.get("code").unwrap_or_default();
    let joined = register::by_code(ctx.cx(), &id, &browser, code, old.as_ref()).await?;
    joined_page(&ctx, &browser, joined, Some(&shown)).await
}

async fn joined_page(
    ctx: &Ctx,
    browser: &Opaque,
    joined: Joined,
    shown: Option<&Shown>,
) -> Result<HttpResponse, Error> {
    if let Some(refusal) = register::refusal(&joined) {
        frame::keep(&ctx.app, &ctx.request, Endpoint::SignUp, &refusal);
    }
    let told = |heading, text, link| told(ctx, StatusCode::OK, heading, text, link);
    let sign_in = Some((paths::LOGIN, Text::new("told-sign-in")));
    match (joined, shown) {
        (Joined::SignedIn { cookie, live, request }, _) => {
            arrive_from(ctx, (&cookie, &live), browser, request.as_ref(), None).await
        }
        (Joined::Elsewhere, _) => told(Text::new("confirm-done"), Text::new("confirm-elsewhere"), sign_in),
        (Joined::Waiting, _) => told(Text::new("waiting-title"), Text::new("waiting-text"), None),
        (Joined::Taken, _) => told(Text::new("taken-title"), Text::new("taken-text"), sign_in),
        (joined, Some(shown)) => {
            let id = if matches!(joined, Joined::Over) { "verify-over" } else { "verify-wrong" };
            let mistakes = [Mistake { field: "code", text: Text::new(id) }];
            verify(ctx, StatusCode::BAD_REQUEST, browser, shown, false, &mistakes).await
        }
        (_, None) => Err(crate::flow::challenge::gone("not proved").into()),
    }
}

async fn verify(
    ctx: &Ctx,
    status: StatusCode,
    browser: &Opaque,
    shown: &Shown,
    sent_again: bool,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Error> {
    let pending = waiting(ctx, shown.request.as_ref(), browser).await;
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let view = Verify {
        frame: sheet.frame(&ctx.app),
        asked: asked(ctx, &sheet, &csrf, pending.as_ref(), mistakes),
        action: paths::VERIFY,
        challenge: shown.id.as_str(),
        email: &shown.email,
        can_change: true,
        sent_again,
    };
    let form_action = pending.as_ref().map(|pending| pending.return_to.form_action()).unwrap_or_default();
    Ok(page(status, &sheet, &form_action, &view)?.finish())
}

/// The request that goes on afterwards, if it still does.
pub async fn waiting(ctx: &Ctx, request: Option<&RequestId>, browser: &Opaque) -> Option<Pending> {
    let pending = crate::flow::authorize::pending(ctx.cx(), request?, browser).await.ok()?;
    ctx.speak_as_asked(pending.request.ui_locales.as_deref());
    Some(pending)
}

async fn confirm(ctx: &Ctx, browser: &Opaque, field: (&str, &str), shown: &Shown) -> Result<HttpResponse, Error> {
    let pending = waiting(ctx, shown.request.as_ref(), browser).await;
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let frame = sheet.frame(&ctx.app);
    let view = Confirm { frame, csrf: &csrf, field, email: &shown.email, proved: shown.proved };
    let form_action = pending.map(|pending| pending.return_to.form_action()).unwrap_or_default();
    let mut rendered = page(StatusCode::OK, &sheet, &form_action, &view)?;
    rendered.answer.cookie(Name::Browser.set(&ctx.app.config, browser));
    Ok(rendered.finish())
}

/// A page with one thing to say.
pub fn told(
    ctx: &Ctx,
    status: StatusCode,
    heading: Text,
    text: Text,
    link: Option<(&str, Text)>,
) -> Result<HttpResponse, Error> {
    let sheet = ctx.sheet();
    Ok(page(status, &sheet, "", &Told { frame: sheet.frame(&ctx.app), heading, text, link })?.finish())
}
