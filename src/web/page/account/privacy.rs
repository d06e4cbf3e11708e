//! What is kept of the person, and the end of the account.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, RETRY_AFTER};
use actix_web::web::{Bytes, Data};
use futures_util::Stream;
use futures_util::stream;

use super::Owner;
use crate::app::App;
use crate::flow;
use crate::flow::account::delete;
use crate::flow::account::export::{self, State};
use crate::locale::Text;
use crate::model::blob::Blob;
use crate::spec::check::{Check, Endpoint};
use crate::spec::error::Refusal;
use crate::spec::paths;
use crate::web::browser::Name;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::page::leaving::days;
use crate::web::page::parts::{render, when};
use crate::web::signed_in::{Stop, signed_in};
use crate::web::view::{Export, Mistake, Privacy};
use crate::web::{csrf, frame};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let live = signed_in(&ctx).await?;
    let browser = ctx.browser_or_new();
    show(&ctx, StatusCode::OK, (&live, &browser), &[]).await
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let browser = csrf::check(&ctx, &form)?;
    let live = signed_in(&ctx).await?;
    let owner = (&live, &browser);
    match form.required("do")? {
        "delete" => return end(&ctx, owner).await,
        "export" => {
            if let Err(error) = export::begin(ctx.cx(), &live).await {
                return refused(&ctx, owner, error, (Check::Limit, Text::new("export-often"))).await;
            }
        }
        "discard" => export::discard(ctx.cx(), &live).await?,
        _ => {}
    }
    Ok(see_other(paths::PRIVACY).finish())
}

/// Signed out everywhere, also here.
async fn end(ctx: &Ctx, owner: Owner<'_>) -> Result<HttpResponse, Stop> {
    match delete::begin(ctx.cx(), owner.0).await {
        Ok(_) => Ok(see_other(paths::LEAVING).cookie(Name::Session.remove(&ctx.app.config)).finish()),
        Err(error) => refused(ctx, owner, error, (Check::LastAdmin, Text::new("delete-last-admin"))).await,
    }
}

/// What is refused at this check is told on the page; fails with any other error.
async fn refused(
    ctx: &Ctx,
    owner: Owner<'_>,
    error: flow::Error,
    (check, text): (Check, Text),
) -> Result<HttpResponse, Stop> {
    let is_at = |refusal: &Refusal| refusal.why.as_ref().is_some_and(|why| why.check == check);
    let refusal = match error {
        flow::Error::Refused(refusal) if is_at(&refusal) => refusal,
        other => return Err(Error::from(other).into()),
    };
    frame::keep(&ctx.app, &ctx.request, Endpoint::Account, &refusal);
    let status = if refusal.status == 429 { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::FORBIDDEN };
    let mut answer = show(ctx, status, owner, &[Mistake { field: "".into(), text }]).await?;
    if let Some(delay) = refusal.retry_after {
        answer.headers_mut().insert(RETRY_AFTER, delay.as_secs().max(1).into());
    }
    Ok(answer)
}

async fn show(
    ctx: &Ctx,
    status: StatusCode,
    (live, browser): Owner<'_>,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let export = match export::state(ctx.cx(), &live.user).await? {
        State::None => Export::None,
        State::Running => Export::Running,
        State::Ready(until, size) => Export::Ready(when(live, until), kilobytes(size)),
        State::Failed => Export::Failed,
    };
    let sheet = ctx.sheet();
    let view = Privacy { frame: sheet.frame(&ctx.app), csrf: &csrf::token(browser), export, days: days(ctx), mistakes };
    Ok(render(ctx, status, &sheet, browser, &view)?)
}

fn kilobytes(size: i64) -> String {
    format!("{} kB", (size + 999) / 1000)
}

/// The archive, part by part; without one back to the page, where another can be made.
pub async fn get_export(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let live = signed_in(&ctx).await?;
    let Some(blob) = export::fetch(ctx.cx(), &live).await? else { return Ok(see_other(paths::PRIVACY).finish()) };
    Ok(archive(&ctx, blob))
}

/// The archive as a download.
pub fn archive(ctx: &Ctx, blob: Blob) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    answer.content_type(blob.content_type.as_str());
    answer.insert_header((CONTENT_DISPOSITION, "attachment; filename=\"signet-data.zip\""));
    answer.no_chunking(u64::try_from(blob.size).unwrap_or_default());
    answer.streaming(parts(ctx.app.clone(), blob))
}

/// Read one after the other, as they leave. One that is missing ends the answer, shorter than it was announced.
fn parts(app: Data<App>, blob: Blob) -> impl Stream<Item = Result<Bytes, Error>> {
    stream::try_unfold((app, blob, 0), async |(app, blob, number)| {
        let part = export::part(app.cx(), &blob, number).await?;
        Ok(part.map(|bytes| (Bytes::from(bytes), (app, blob, number + 1))))
    })
}
