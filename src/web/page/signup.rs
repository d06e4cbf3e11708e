//! Signing up: the form, and the letter's code or link.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::arrive::entered;
use super::parts::{
    Code, Visitor, asked, pending, render, render_for, sent_again, to_challenge, told, too_often, too_often_anew,
    verify, waiting,
};
use crate::base::random::Opaque;
use crate::flow::challenge::{Asker, gone};
use crate::flow::register::{self, Begun, Joined, Typed};
use crate::locale::Text;
use crate::model::ChallengeId;
use crate::spec::check::Endpoint;
use crate::spec::paths;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::view::{Confirm, Mistake, Rules, SignUp, Terms};
use crate::web::{csrf, frame};

const VERIFY: Code = Code { action: paths::VERIFY, lead: Text::new("verify-lead"), can_change: true };

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    register::open(ctx.cx())?;
    let params = ctx.query()?;
    let browser = ctx.browser_or_new();
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
        Ok(Begun::Asked(id)) => Ok(to_challenge(paths::VERIFY, &id, None)),
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
    let config = ctx.config();
    let settings = &config.registration;
    let (terms_uri, privacy_uri) = (settings.terms_uri.as_str(), settings.privacy_uri.as_str());
    let view = SignUp {
        frame: sheet.frame(&ctx.app),
        asked: asked(&csrf, pending, mistakes),
        email: &typed.email,
        name: &typed.name,
        rules: Rules::of(&config.password),
        terms: settings.has_terms().then_some(Terms { terms_uri, privacy_uri, accepted: typed.accepted }),
    };
    render(ctx, status, &sheet, browser, &view)
}

/// The page for the code, or the one that a letter's link leads to.
pub async fn get_verify(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let browser = ctx.browser_or_new();
    if let Some(token) = params.get("token") {
        return confirm(&ctx, StatusCode::OK, &browser, ("token", token), &[]).await;
    }
    let id = ChallengeId::from(params.required("challenge")?);
    let shown = register::shown(ctx.cx(), &id, &browser).await?;
    if shown.proved {
        return confirm(&ctx, StatusCode::OK, &browser, ("challenge", id.as_str()), &[]).await;
    }
    verify(&ctx, StatusCode::OK, &browser, &VERIFY, (&shown, params.get("again").is_some()), &[]).await
}

pub async fn post_verify(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &params)?;
    let (old, trusted) = (ctx.session_cookie(), ctx.trusted());
    let visit = ctx.visit(&browser, (old.as_ref(), trusted.as_ref()));
    if let Some(token) = params.get("token") {
        let password = params.get("password").unwrap_or_default();
        let field = ("token", token);
        return match register::by_link(ctx.cx(), &Opaque::from(token), password, visit).await {
            Ok(joined) => joined_page(&ctx, &browser, joined, field).await,
            Err(error) => {
                let again = async |status, mistake| confirm(&ctx, status, &browser, field, &[mistake]).await;
                too_often_anew(&ctx, Endpoint::SignUp, error, again).await
            }
        };
    }
    let id = ChallengeId::from(params.required("challenge")?);
    let field = ("challenge", id.as_str());
    if params.get("continue").is_some() {
        return joined_page(&ctx, &browser, register::go_on(ctx.cx(), &id, visit).await?, field).await;
    }
    if params.get("resend").is_some() {
        return resend(&ctx, &browser, &id, params.get("email")).await;
    }
    let joined = register::by_code(ctx.cx(), &id, params.get("code").unwrap_or_default(), visit).await?;
    joined_page(&ctx, &browser, joined, field).await
}

async fn resend(ctx: &Ctx, browser: &Opaque, id: &ChallengeId, email: Option<&str>) -> Result<HttpResponse, Error> {
    let form = async |status, mistake| {
        let mut shown = register::shown(ctx.cx(), id, browser).await?;
        if let Some(typed) = email {
            typed.clone_into(&mut shown.email);
        }
        verify(ctx, status, browser, &VERIFY, (&shown, false), &[mistake]).await
    };
    match register::again(ctx.cx(), id, browser, email).await {
        Ok(None) => Ok(sent_again(paths::VERIFY, id)),
        Ok(Some(wrong)) => form(StatusCode::BAD_REQUEST, wrong).await,
        Err(error) => too_often_anew(ctx, Endpoint::SignUp, error, form).await,
    }
}

/// `field`: how it was proved, the name and value of the hidden field.
async fn joined_page(ctx: &Ctx, browser: &Opaque, joined: Joined, field: (&str, &str)) -> Result<HttpResponse, Error> {
    if let Some(refusal) = register::refusal(&joined) {
        frame::keep(&ctx.app, &ctx.request, Endpoint::SignUp, &refusal);
    }
    let text = match joined {
        Joined::Entered(next) => return entered(ctx, next, browser, None).await,
        Joined::Waiting => return told(ctx, Text::new("waiting-title"), Text::new("waiting-text"), None),
        Joined::Taken => {
            let sign_in = Some((paths::LOGIN, Text::new("told-sign-in")));
            return told(ctx, Text::new("taken-title"), Text::new("taken-text"), sign_in);
        }
        Joined::WrongPassword => {
            let mistakes = [Mistake::new("password", "confirm-password-wrong")];
            return confirm(ctx, StatusCode::BAD_REQUEST, browser, field, &mistakes).await;
        }
        Joined::Over if field.0 == "token" => return Err(gone("too many wrong passwords").into()),
        Joined::Over => Text::new("verify-over"),
        Joined::Wrong => Text::new("verify-wrong"),
    };
    let shown = register::shown(ctx.cx(), &ChallengeId::from(field.1), browser).await?;
    let mistake = Mistake { field: "code".into(), text };
    verify(ctx, StatusCode::BAD_REQUEST, browser, &VERIFY, (&shown, false), &[mistake]).await
}

/// One button, as mail is opened by machines as well; elsewhere than where it began also the password.
async fn confirm(
    ctx: &Ctx,
    status: StatusCode,
    browser: &Opaque,
    field: (&str, &str),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Error> {
    let (shown, here) = match field {
        ("token", token) => register::shown_by_link(ctx.cx(), &Opaque::from(token), browser).await?,
        (_, id) => (register::shown(ctx.cx(), &ChallengeId::from(id), browser).await?, true),
    };
    let pending = waiting(ctx, shown.request.as_ref(), browser).await;
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let words = match (shown.proved, here) {
        (true, _) => (Text::new("confirm-done"), Text::new("confirm-here"), Text::new("confirm-continue")),
        (false, true) => (Text::new("confirm-title"), Text::new("confirm-lead"), Text::new("confirm-submit")),
        (false, false) => (Text::new("confirm-title"), Text::new("confirm-elsewhere"), Text::new("confirm-submit")),
    };
    let view = Confirm {
        frame: sheet.frame(&ctx.app),
        asked: asked(&csrf, pending.as_ref(), mistakes),
        action: paths::VERIFY,
        field,
        gap: ("email", &shown.email),
        words,
        password: !here,
    };
    render_for(ctx, status, &sheet, (browser, pending.as_ref()), &view)
}
