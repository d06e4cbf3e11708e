//! What the person tells about himself.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::base::random::Opaque;
use crate::flow::account::profile::{self, Typed};
use crate::flow::session::Live;
use crate::locale::Locale;
use crate::spec::check::Endpoint;
use crate::spec::params::Params;
use crate::spec::paths;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::page::parts::{render, too_often};
use crate::web::signed_in::{Stop, signed_in};
use crate::web::view::{Mistake, ProfileForm};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = Params::parse(ctx.request.query_string().as_bytes())?;
    let live = signed_in(&ctx).await?;
    let browser = ctx.browser().unwrap_or_else(Opaque::random);
    let known = profile::shown(ctx.cx(), &live.user).await?;
    show(&ctx, StatusCode::OK, &browser, &known, params.get("saved").is_some(), &[])
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let browser = csrf::check(&ctx, &form)?;
    let live = signed_in(&ctx).await?;
    let typed = Typed { own_picture: profile::shown(ctx.cx(), &live.user).await?.own_picture, ..typed(&form) };
    let form = |status, mistakes: &[Mistake]| show(&ctx, status, &browser, &typed, false, mistakes);
    match profile::save(ctx.cx(), &live.user, &typed).await {
        Ok(wrong) if wrong.is_empty() => Ok(see_other(&format!("{}?saved=yes", paths::PROFILE)).finish()),
        Ok(wrong) => form(StatusCode::BAD_REQUEST, &wrong),
        Err(error) => too_often(&ctx, Endpoint::Account, error, |status, mistake| form(status, &[mistake])),
    }
}

/// The page as it is, with what was wrong with a picture.
pub async fn again(
    ctx: &Ctx,
    status: StatusCode,
    (live, browser): (&Live, &Opaque),
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let known = profile::shown(ctx.cx(), &live.user).await?;
    show(ctx, status, browser, &known, false, mistakes)
}

fn typed(form: &Params) -> Typed {
    let text = |name: &str| form.get(name).unwrap_or_default().to_owned();
    Typed {
        name: text("name"),
        given_name: text("given-name"),
        middle_name: text("middle-name"),
        family_name: text("family-name"),
        nickname: text("nickname"),
        username: text("username"),
        profile: text("profile"),
        website: text("website"),
        picture: text("picture"),
        own_picture: None,
        gender: text("gender"),
        birthdate: text("birthdate"),
        zone: text("zone"),
        locale: text("locale"),
        street: text("street"),
        locality: text("locality"),
        region: text("region"),
        postal_code: text("postal-code"),
        country: text("country"),
    }
}

fn show(
    ctx: &Ctx,
    status: StatusCode,
    browser: &Opaque,
    typed: &Typed,
    saved: bool,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let sheet = ctx.sheet();
    let view = ProfileForm {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(browser),
        typed,
        locale: Locale::wanted(&typed.locale),
        saved,
        mistakes,
    };
    Ok(render(ctx, status, &sheet, browser, &view)?)
}
