//! How a person gets in: password and second factors.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{head, place};
use crate::flow::admin::{How, access, person, state, wrong};
use crate::locale::Text;
use crate::model::factor::Factor;
use crate::model::{FactorId, UserId};
use crate::spec::account_state::Step;
use crate::spec::right::Right;
use crate::web::admin::{Desk, PEOPLE, made};
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::page::parts::when;
use crate::web::signed_in::Stop;
use crate::web::view::admin::{PersonFactors, ProofLine};
use crate::web::words;

const TAB: &str = "factors";

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let user = person::show(desk.cx(), desk.by(), desk.part("id")).await?.user;
    let (held, password) = access::factors(desk.cx(), desk.by(), &user.id).await?;
    let line = |row: &Factor| ProofLine {
        id: row.id.0.clone(),
        kind: words::factor(row.kind),
        name: row.name.clone(),
        since: when(&desk.live, row.created_at),
        used: row.last_used_at.map(|at| when(&desk.live, at)),
    };
    let (sheet, bar) = (ctx.sheet(), desk.bar(PEOPLE, &place(&user.id, TAB)));
    let view = PersonFactors {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        head: &head(&desk, &user, TAB),
        password: password.map(|row| (when(&desk.live, row.changed_at), row.must_change)),
        factors: &held.factors.iter().map(line).collect::<Vec<_>>(),
        codes_left: held.backup_codes,
        can_change: desk.may(Right::UsersWrite),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

/// Has another password chosen, forgets wrong tries, or takes second factors away; the last once that was confirmed.
pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = UserId::from(desk.part("id"));
    let here = place(&id, TAB);
    if let Some(factor) = form.get("factor") {
        let factor = FactorId::from(factor);
        let run = async |how| access::reset_factor(desk.cx(), desk.by(), how, (&id, &factor)).await;
        let words = [Text::new("person-factor-words")];
        return desk.confirmed_after(&form, (PEOPLE, Text::new("person-factor-take"), &here), &words, run).await;
    }
    match form.get("do") {
        Some("reset") => {
            let run = async |how| access::reset_factors(desk.cx(), desk.by(), how, &id).await;
            let words = [Text::new("person-factors-words")];
            desk.confirmed_after(&form, (PEOPLE, Text::new("person-factors-reset"), &here), &words, run).await
        }
        Some("password") => {
            Ok(made(&here, &access::require_password_change(desk.cx(), desk.by(), How::Apply, &id).await?))
        }
        Some("tries") => Ok(made(&here, &state::step(desk.cx(), desk.by(), How::Apply, (&id, Step::Unlock)).await?)),
        _ => {
            person::show(desk.cx(), desk.by(), id.as_str()).await?;
            Err(wrong("do", "reset, password or tries").into())
        }
    }
}
