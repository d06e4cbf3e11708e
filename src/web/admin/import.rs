//! People are invited by a file: first a job looks at it, line by line, and its page lets it be done.

use actix_multipart::{Field, Multipart};
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::web::Payload;
use actix_web::{FromRequest as _, HttpRequest, HttpResponse};
use futures_util::StreamExt as _;
use url::form_urlencoded::Serializer;

use super::{Desk, PEOPLE, jobs};
use crate::flow;
use crate::flow::admin::How;
use crate::flow::admin::bulk::import;
use crate::locale::Text;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::form::{Form, is_form};
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::bulk::Import;

/// What stands around the file.
const AROUND: usize = 16 * 1024;
/// Fields before the file, and bytes of each.
const MOST_FIELDS: usize = 4;
const LONGEST: usize = 1024;

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    page(&desk, StatusCode::OK, &[])
}

fn page(desk: &Desk<'_>, status: StatusCode, mistakes: &[Mistake]) -> Result<HttpResponse, Stop> {
    let columns = [
        ("email", Text::new("import-email")),
        ("name", Text::new("import-name")),
        ("roles", Text::new("import-roles")),
        ("type", Text::new("import-type")),
        ("app", Text::new("import-app")),
        ("locale", Text::new("import-locale")),
    ];
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(PEOPLE, PEOPLE));
    let view = Import { frame: sheet.frame(&desk.ctx.app), bar: &bar, columns: &columns, mistakes };
    desk.page(status, &sheet, &view)
}

/// Reads the fields before the file, and then puts the file away while it comes.
pub async fn post(ctx: Ctx, request: HttpRequest, payload: Payload) -> Result<HttpResponse, Stop> {
    if is_form(&request) {
        let Form(params) = Form::from_request(&request, &mut payload.into_inner()).await?;
        let desk = Desk::accept(&ctx, &params).await?;
        return page(&desk, StatusCode::BAD_REQUEST, &[Mistake::new("file", "import-file-missing")]);
    }
    csrf::check_head(&ctx)?;
    let most = ctx.cx().config().limits.import_bytes;
    let length = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > most + AROUND) {
        return Err(import::large(most).into());
    }
    let mut body = Multipart::new(request.headers(), payload);
    let mut text = Serializer::new(String::new());
    for _ in 0..=MOST_FIELDS {
        let Some(field) = body.next().await else { break };
        let field = field.map_err(|_| bad())?;
        let is_file = field.content_disposition().is_some_and(|head| head.get_filename().is_some());
        if is_file {
            let desk = Desk::accept(&ctx, &Params::parse(text.finish().as_bytes())?).await?;
            return take(&desk, field).await;
        }
        let name = field.name().unwrap_or_default().to_owned();
        text.append_pair(&name, &short(field).await?);
    }
    Err(bad().into())
}

async fn take(desk: &Desk<'_>, field: Field) -> Result<HttpResponse, Stop> {
    let has_name =
        field.content_disposition().and_then(|head| head.get_filename()).is_some_and(|name| !name.is_empty());
    if !has_name {
        return page(desk, StatusCode::BAD_REQUEST, &[Mistake::new("file", "import-file-missing")]);
    }
    let body = field.map(|chunk| chunk.map_err(|_| bad()));
    match import::receive(desk.cx(), desk.by(), How::Preview, body).await {
        Ok(row) => Ok(jobs::to(&row)),
        Err(flow::Error::Refused(refusal)) if refusal.status == 422 => {
            page(desk, StatusCode::BAD_REQUEST, &[Mistake::new("file", "import-file-wrong")])
        }
        Err(error) => Err(error.into()),
    }
}

async fn short(mut field: Field) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.next().await {
        bytes.extend_from_slice(&chunk.map_err(|_| bad())?);
        if bytes.len() > LONGEST {
            return Err(bad());
        }
    }
    String::from_utf8(bytes).map_err(|_| bad())
}

fn bad() -> Refusal {
    let refusal = Code::InvalidRequest.because("the form broke off, or is not one with a file in it");
    refusal.at(Check::Form, "a form with a file (RFC 7578)", "something else")
}
