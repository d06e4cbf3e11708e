//! The sign-in page, with or without an app that waits.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;

use super::arrive::entered;
use super::consent::other_browser;
use super::parts::{client_info, pending, render_for};
use crate::base::random::Opaque;
use crate::config::{Carrier, Mode};
use crate::flow::authorize::{self, Browser, Pending};
use crate::flow::challenge::Asker;
use crate::flow::enter::Visit;
use crate::flow::factor::passkey;
use crate::flow::login::{self, Attempt, Denied};
use crate::locale::Text;
use crate::spec::check::Endpoint;
use crate::spec::paths;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::oauth::authorize::go;
use crate::web::signed_in::back;
use crate::web::view::{Can, Login, Mistake};
use crate::web::{csrf, frame};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let live = ctx.live().await?;
    let browser = match ctx.browser() {
        None if params.get("request").is_some() => return Err(other_browser().into()),
        known => known.unwrap_or_else(Opaque::random),
    };
    let pending = pending(&ctx, &params, &browser).await?;
    let at = Browser { id: &browser, live: live.as_ref() };
    let to = params.get("to").and_then(back);
    let pending = match (pending, &live) {
        // nothing waits that wants a fresh sign-in
        (None, Some(live)) if to.is_none() || live.is_fresh(ctx.cx()) => {
            return Ok(see_other(to.unwrap_or(paths::HOME)).finish());
        }
        // somebody has signed in since, in another tab, and that may be all that was missing
        (Some(pending), Some(_)) if !authorize::needs_login(ctx.cx(), &pending, at).await? => {
            return go(&ctx, authorize::resume(ctx.cx(), pending, at).await?, |_| {});
        }
        (pending, _) => pending,
    };
    let hint = pending.as_ref().and_then(|pending| pending.request.login_hint.as_deref());
    let hint = hint.or_else(|| live.as_ref().map(|live| live.user.username.as_str())).unwrap_or_default();
    // whoever proves it once more stays as he was
    let keep = live.as_ref().is_some_and(|live| live.session.kept);
    let shown = Shown { username: hint, reauth: live.is_some(), keep, to, mistakes: &[] };
    show(&ctx, StatusCode::OK, pending.as_ref(), &browser, &shown)
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &form)?;
    let pending = pending(&ctx, &form, &browser).await?;
    let (username, password) = (form.get("username").unwrap_or_default(), form.get("password").unwrap_or_default());
    let to = form.get("to").and_then(back);
    let old = ctx.session_cookie();
    let keep = form.get("keep").is_some();
    let empty = missing(username, password);
    if !empty.is_empty() {
        let shown = Shown { username, reauth: ctx.live().await?.is_some(), keep, to, mistakes: &empty };
        return show(&ctx, StatusCode::BAD_REQUEST, pending.as_ref(), &browser, &shown);
    }
    let request = pending.as_ref().map(|pending| &pending.row.id);
    let trusted = ctx.trusted();
    let visit = ctx.visit(&browser, (old.as_ref(), trusted.as_ref()));
    let visit = Visit { asker: Asker { request, ..visit.asker }, keep, ..visit };
    match login::password(ctx.cx(), (username, password), visit).await? {
        Attempt::Entered(next) => entered(&ctx, next, &browser, to).await,
        Attempt::Denied(denied) => {
            frame::keep(&ctx.app, &ctx.request, Endpoint::Login, denied.refusal());
            let (status, text) = words(&denied);
            let mistakes = [Mistake { field: "".into(), text }];
            let shown = Shown { username, reauth: ctx.live().await?.is_some(), keep, to, mistakes: &mistakes };
            let mut answer = show(&ctx, status, pending.as_ref(), &browser, &shown)?;
            if let Denied::Locked(seconds, _) = denied {
                answer.headers_mut().insert(RETRY_AFTER, seconds.into());
            }
            Ok(answer)
        }
    }
}

fn missing(username: &str, password: &str) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut note = |field: &'static str, text| mistakes.push(Mistake { field: field.into(), text });
    if username.trim().is_empty() {
        note("username", Text::new("login-username-missing"));
    }
    if password.is_empty() {
        note("password", Text::new("login-password-missing"));
    }
    mistakes
}

pub(super) fn words(denied: &Denied) -> (StatusCode, Text) {
    match denied {
        Denied::Wrong(_) => (StatusCode::UNAUTHORIZED, Text::new("login-wrong")),
        Denied::Disabled(_) => (StatusCode::FORBIDDEN, Text::new("login-disabled")),
        Denied::Locked(seconds, _) => (StatusCode::TOO_MANY_REQUESTS, wait(*seconds)),
    }
}

/// How long, in a unit that makes a small number.
fn wait(seconds: u64) -> Text {
    match seconds {
        0..=90 => Text::new("login-locked-seconds").with("count", seconds.max(1)),
        91..=5400 => Text::new("login-locked-minutes").with("count", seconds.div_ceil(60)),
        _ => Text::new("login-locked-hours").with("count", seconds.div_ceil(3600)),
    }
}

pub(super) struct Shown<'a> {
    pub username: &'a str,
    pub reauth: bool,
    /// The session is to outlive the browser.
    pub keep: bool,
    /// The page of ours to come back to.
    pub to: Option<&'a str>,
    pub mistakes: &'a [Mistake],
}

pub(super) fn show(
    ctx: &Ctx,
    status: StatusCode,
    pending: Option<&Pending>,
    browser: &Opaque,
    shown: &Shown<'_>,
) -> Result<HttpResponse, Error> {
    let sheet = ctx.sheet();
    let allowed = Carrier::ALL.iter().filter(|by| ctx.config().factor.may_be_alone(**by));
    let codes: Vec<_> = allowed.map(|by| (by.text(), by_code(*by))).collect();
    let view = Login {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(browser),
        request: pending.map(|pending| pending.row.id.as_str()),
        client: pending.map(client_info),
        username: shown.username,
        to: shown.to,
        reauth: shown.reauth,
        keep: shown.keep,
        can: Can {
            sign_up: ctx.config().registration.mode() != Mode::Closed,
            passkey: passkey::are_possible(ctx.cx()),
            recover: !ctx.config().factor.recover.is_empty(),
        },
        codes: &codes,
        mistakes: shown.mistakes,
    };
    render_for(ctx, status, &sheet, (browser, pending), &view)
}

fn by_code(by: Carrier) -> Text {
    match by {
        Carrier::Email => Text::new("login-by-email"),
        Carrier::Sms => Text::new("login-by-sms"),
    }
}
