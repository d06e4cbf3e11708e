//! The page under an invitation's link.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::arrive::entered;
use super::parts::told;
use crate::base::random::Opaque;
use crate::flow::invited::{self, Accepted, Typed};
use crate::locale::Text;
use crate::model::invitation::Invitation;
use crate::spec::paths;
use crate::spec::return_to::form_action;
use crate::web::browser::Name;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::html::page;
use crate::web::view::{Invited, Mistake, Rules};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let token = Opaque::from(params.required("token")?);
    let (row, details) = invited::shown(ctx.cx(), &token).await?;
    if invited::has_account(ctx.cx(), &row).await? {
        return taken(&ctx);
    }
    let typed = Typed { name: details.name.unwrap_or_default(), ..Typed::default() };
    show(&ctx, StatusCode::OK, &ctx.browser_or_new(), (&token, &row, &typed), &[]).await
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &form)?;
    let token = Opaque::from(form.required("token")?);
    let text = |name: &str| form.get(name).unwrap_or_default().to_owned();
    let with_passkey = form.get("passkey").is_some();
    let password = (!with_passkey).then(|| text("password"));
    let typed = Typed { name: text("name"), username: text("username"), password };
    let (old, trusted) = (ctx.session_cookie(), ctx.trusted());
    let visit = ctx.visit(&browser, (old.as_ref(), trusted.as_ref()));
    match invited::accept(ctx.cx(), &token, &typed, visit).await? {
        Accepted::Wrong(wrong) => {
            let (row, _) = invited::shown(ctx.cx(), &token).await?;
            show(&ctx, StatusCode::BAD_REQUEST, &browser, (&token, &row, &typed), &wrong).await
        }
        Accepted::Taken => taken(&ctx),
        Accepted::Entered(next, row) => {
            let app = app(&ctx, &row).await?;
            let to = if with_passkey { Some(paths::PASSKEY) } else { app.as_deref() };
            entered(&ctx, next, &browser, to).await
        }
    }
}

fn taken(ctx: &Ctx) -> Result<HttpResponse, Error> {
    let link = (paths::LOGIN, Text::new("told-sign-in"));
    told(ctx, Text::new("taken-title"), Text::new("taken-text"), Some(link))
}

/// Where the app begins a sign-in (OIDC Core §4), or where it is.
async fn app(ctx: &Ctx, row: &Invitation) -> Result<Option<String>, Error> {
    let Some(id) = &row.client_id else { return Ok(None) };
    let client = ctx.app.clients.find(ctx.cx(), id.as_str()).await.map_err(crate::flow::Error::from)?;
    let client = client.filter(|client| client.is_enabled());
    Ok(client.and_then(|client| match &client.metadata.initiate_login_uri {
        Some(uri) => Some(at_app(uri, &ctx.app.config.issuer)),
        None => client.metadata.client_uri.clone(),
    }))
}

/// The app learns from whom the person comes.
fn at_app(uri: &str, issuer: &str) -> String {
    match url::Url::parse(uri) {
        Ok(mut uri) => {
            uri.query_pairs_mut().append_pair("iss", issuer);
            uri.into()
        }
        Err(_) => uri.to_owned(),
    }
}

async fn show(
    ctx: &Ctx,
    status: StatusCode,
    browser: &Opaque,
    (token, row, typed): (&Opaque, &Invitation, &Typed),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Error> {
    let sheet = ctx.sheet();
    let view = Invited {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(browser),
        token: token.reveal(),
        email: &row.email,
        username: &typed.username,
        name: &typed.name,
        rules: Rules::of(&ctx.config().password),
        mistakes,
    };
    // the form may lead on to the app
    let to = app(ctx, row).await?.and_then(|uri| url::Url::parse(&uri).ok());
    let form_action = to.map(|uri| form_action(&uri)).unwrap_or_default();
    let mut rendered = page(status, &sheet, &form_action, &view)?;
    rendered.answer.cookie(Name::Browser.set(&ctx.app.config, browser));
    Ok(rendered.finish())
}
