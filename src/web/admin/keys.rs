//! The keys that sign tokens.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Desk, KEYS};
use crate::flow::admin::key::{self, Life};
use crate::flow::admin::wrong;
use crate::flow::key::Stage;
use crate::flow::missing;
use crate::locale::Text;
use crate::spec::client_meta::Alg;
use crate::spec::right::Right;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::page::parts::when;
use crate::web::signed_in::Stop;
use crate::web::view::admin::{KeyLife, Keys};
use crate::web::words;

pub async fn list(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let lives = key::lives(desk.cx(), desk.by()).await?;
    let mut keys: Vec<(String, Vec<KeyLife>)> = Vec::new();
    for life in &lives {
        let alg = life.key.alg.text();
        match keys.last_mut().filter(|(known, _)| known == alg) {
            Some((_, own)) => own.push(line(&desk, life)),
            None => keys.push((alg.to_owned(), vec![line(&desk, life)])),
        }
    }
    let (sheet, bar) = (ctx.sheet(), desk.bar(KEYS, KEYS));
    let can_change = desk.may(Right::KeysWrite);
    desk.page(StatusCode::OK, &sheet, &Keys { frame: sheet.frame(&ctx.app), bar: &bar, keys: &keys, can_change })
}

fn line(desk: &Desk<'_>, life: &Life) -> KeyLife {
    KeyLife {
        kid: life.key.kid.clone(),
        stage: words::key_stage(life.stage),
        is_current: life.stage == Stage::Current,
        created: when(&desk.live, life.key.created_at),
        since: life.key.active_at.map(|at| when(&desk.live, at)),
        until: life.until.map(|at| when(&desk.live, at)),
        gone: life.gone.map(|at| when(&desk.live, at)),
    }
}

/// Lets the next keys take over, once that was confirmed.
pub async fn rotate(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let only = form.get("alg").map(|alg| Alg::parse(alg).ok_or_else(|| wrong("alg", Alg::names()))).transpose()?;
    let minutes = desk.cx().app.config.keys.jwks_max_age.as_secs().div_ceil(60);
    let words = [Text::new("keys-rotate-words").with("count", minutes)];
    let run = async |how| key::rotate(desk.cx(), desk.by(), how, only).await;
    desk.confirmed_after(&form, (KEYS, Text::new("keys-rotate-title"), KEYS), &words, run).await
}

/// Takes a key out of use at once. What that breaks is said before.
pub async fn retire(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let kid = desk.part("id");
    let lives = key::lives(desk.cx(), desk.by()).await?;
    let life = lives.iter().find(|life| life.key.kid == kid).ok_or_else(|| missing("key", kid))?;
    let minutes = desk.cx().app.config.keys.jwks_max_age.as_secs().div_ceil(60);
    let mut words = vec![match life.stage {
        Stage::Next => Text::new("keys-retire-next"),
        Stage::Current => Text::new("keys-retire-current").with("count", minutes),
        Stage::Retired => Text::new("keys-retire-retired"),
    }];
    if life.stage != Stage::Next {
        words.push(Text::new("keys-retire-stays"));
    }
    let run = async |how| key::revoke(desk.cx(), desk.by(), how, kid).await;
    desk.confirmed_after(&form, (KEYS, Text::new("keys-retire-title"), KEYS), &words, run).await
}
