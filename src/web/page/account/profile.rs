//! What the person tells about himself.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::base::random::Opaque;
use crate::config::{Field, FieldEditor, FieldKind, Profile as Settings};
use crate::flow::account::profile::{self, Typed, own_id};
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
use crate::web::view::{Mistake, OwnField, ProfileForm};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = Params::parse(ctx.request.query_string().as_bytes())?;
    let live = signed_in(&ctx).await?;
    let browser = ctx.browser().unwrap_or_else(Opaque::random);
    let known = profile::shown(ctx.cx(), &live.user).await?;
    show(&ctx, StatusCode::OK, (&live, &browser), &known, params.get("saved").is_some(), &[])
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let browser = csrf::check(&ctx, &form)?;
    let live = signed_in(&ctx).await?;
    let mut known = profile::shown(ctx.cx(), &live.user).await?;
    known.own.extend(own(&ctx, &form));
    let typed = Typed { own_picture: known.own_picture, own: known.own, ..typed(&form) };
    let form = |status, mistakes: &[Mistake]| show(&ctx, status, (&live, &browser), &typed, false, mistakes);
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
    show(ctx, status, (live, browser), &known, false, mistakes)
}

/// What was typed into the tenant's own fields.
fn own(ctx: &Ctx, form: &Params) -> BTreeMap<String, String> {
    let fields = ctx.app.config.profile.of(FieldEditor::Person);
    let typed = |field: &Field| form.get(&own_id(&field.name)).unwrap_or_default().to_owned();
    fields.map(|field| (field.name.clone(), typed(field))).collect()
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
        bio: text("bio"),
        own: BTreeMap::new(),
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
    (live, browser): (&Live, &Opaque),
    typed: &Typed,
    saved: bool,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let sheet = ctx.sheet();
    let settings = &ctx.app.config.profile;
    let value = |field: &Field| typed.own.get(&field.name).map_or("", String::as_str);
    let own: Vec<_> = settings.of(FieldEditor::Person).map(|field| input(field, value(field), sheet.locale)).collect();
    let view = ProfileForm {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(browser),
        typed,
        locale: Locale::wanted(&typed.locale),
        own: &own,
        facts: &facts(settings, (live, typed), sheet.locale),
        saved,
        mistakes,
    };
    Ok(render(ctx, status, &sheet, browser, &view)?)
}

/// A field of the tenant's own, with what is typed into it.
pub fn input(field: &Field, value: &str, locale: Locale) -> OwnField {
    OwnField {
        id: own_id(&field.name),
        label: field.label.to(locale).to_owned(),
        input: match field.kind {
            FieldKind::Number => "number",
            FieldKind::Date => "date",
            FieldKind::Text | FieldKind::Bool | FieldKind::Choice => "text",
        },
        value: value.to_owned(),
        choices: match field.kind {
            FieldKind::Bool => ["yes", "no"].map(|value| (value.to_owned(), called(field, value, locale))).to_vec(),
            _ => field.choices.iter().map(|choice| (choice.clone(), choice.clone())).collect(),
        },
        required: field.required,
    }
}

/// A value in words.
fn called(field: &Field, value: &str, locale: Locale) -> String {
    match (field.kind, value) {
        (FieldKind::Bool, "yes") => locale.text("field-yes").into_owned(),
        (FieldKind::Bool, "no") => locale.text("field-no").into_owned(),
        _ => value.to_owned(),
    }
}

/// What administrators have noted of the person.
fn facts(settings: &Settings, (live, known): (&Live, &Typed), locale: Locale) -> Vec<(String, String)> {
    let kind = live.user.kind.clone().map(|kind| (locale.text("profile-type").into_owned(), kind));
    let noted = settings.of(FieldEditor::Administrator).filter_map(|field| {
        let value = known.own.get(&field.name)?;
        Some((field.label.to(locale).to_owned(), called(field, value, locale)))
    });
    kind.into_iter().chain(noted).collect()
}
