//! What Signet itself goes by of the person's preferences.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::base::random::Opaque;
use crate::flow::account::preferences;
use crate::locale::Text;
use crate::spec::check::Endpoint;
use crate::spec::params::Params;
use crate::spec::paths;
use crate::spec::preferences::{Letter, OWN, theme, wants};
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::page::parts::{render, too_often};
use crate::web::signed_in::{Stop, signed_in};
use crate::web::view::{LetterLine, Mistake, Preferences};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = Params::parse(ctx.request.query_string().as_bytes())?;
    let live = signed_in(&ctx).await?;
    let browser = ctx.browser().unwrap_or_else(Opaque::random);
    let known = preferences::get(ctx.cx(), &live.user.id).await?;
    show(&ctx, StatusCode::OK, &browser, &known, params.get("saved").is_some(), &[])
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let browser = csrf::check(&ctx, &form)?;
    let live = signed_in(&ctx).await?;
    let chosen = chosen(&form);
    match preferences::merge(ctx.cx(), &live.user.id, &Value::Object(chosen.clone())).await {
        Ok(_) => Ok(see_other(&format!("{}?saved=yes", paths::PREFERENCES)).finish()),
        Err(error) => too_often(&ctx, Endpoint::Account, error, |status, mistake| {
            show(&ctx, status, &browser, &chosen, false, &[mistake])
        }),
    }
}

/// The form as a change of the document.
fn chosen(form: &Params) -> Map<String, Value> {
    let letters: Map<String, Value> = Letter::ALL
        .iter()
        .map(|letter| (letter.text().to_owned(), form.get(&field(*letter)).is_some().into()))
        .collect();
    let own = json!({ "theme": form.get("theme").unwrap_or("system"), "letters": letters });
    Map::from_iter([(OWN.to_owned(), own)])
}

fn field(letter: Letter) -> String {
    format!("letter-{letter}")
}

fn show(
    ctx: &Ctx,
    status: StatusCode,
    browser: &Opaque,
    known: &Map<String, Value>,
    saved: bool,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let sheet = ctx.sheet();
    let line =
        |letter: &Letter| LetterLine { id: field(*letter), label: words(*letter), wanted: wants(known, *letter) };
    let letters: Vec<_> = Letter::ALL.iter().map(line).collect();
    let view = Preferences {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(browser),
        theme: theme(known),
        letters: &letters,
        saved,
        mistakes,
    };
    Ok(render(ctx, status, &sheet, browser, &view)?)
}

fn words(letter: Letter) -> Text {
    match letter {
        Letter::ExportReady => Text::new("preferences-letter-export"),
    }
}
