//! The consent page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::parts::client_info;
use crate::base::random::Opaque;
use crate::flow::authorize::{self, Browser, Pending};
use crate::flow::consent::{self, Decision};
use crate::flow::session::Live;
use crate::locale::Text;
use crate::model::RequestId;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;
use crate::spec::paths;
use crate::spec::scope::{Scope, meaning};
use crate::web::csrf;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::html::{page, see_other};
use crate::web::oauth::authorize::go;
use crate::web::view::{Consent, ScopeLine};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let browser = ctx.browser().ok_or_else(other_browser)?;
    let pending = pending(&ctx, &params, &browser).await?;
    let Some(live) = ctx.live().await? else {
        return Ok(see_other(&format!("{}?request={}", paths::LOGIN, pending.row.id)).finish());
    };
    let at = Browser { id: &browser, live: Some(&live) };
    if !authorize::needs_consent(ctx.cx(), &pending, at).await? {
        return go(&ctx, authorize::resume(ctx.cx(), pending, at).await?, |_| {});
    }
    let given = consent::given(ctx.cx(), &live, &pending.client.id).await?;
    show(&ctx, &pending, &browser, &live, &given)
}

pub async fn post(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &form)?;
    let pending = pending(&ctx, &form, &browser).await?;
    let decision = match form.get("decision") {
        Some("allow") => Decision::Allow,
        Some("deny") => Decision::Deny,
        other => {
            let refusal = Code::InvalidRequest.because("decision is neither allow nor deny");
            return Err(refusal.at(Check::Form, "allow or deny", other.unwrap_or("nothing")).into());
        }
    };
    let Some(live) = ctx.live().await? else {
        return Ok(see_other(&format!("{}?request={}", paths::LOGIN, pending.row.id)).finish());
    };
    // the page belongs to the person whom it named; somebody else may have signed in since, in another tab
    if form.get("session") != Some(live.session.id.as_str()) {
        return Ok(see_other(&format!("{}?request={}", paths::CONSENT, pending.row.id)).finish());
    }
    let browser = Browser { id: &browser, live: Some(&live) };
    let answer = consent::decide(ctx.cx(), pending, browser, decision).await?;
    go(&ctx, answer, |_| {})
}

async fn pending(ctx: &Ctx, params: &Params, browser: &Opaque) -> Result<Pending, Error> {
    let id = RequestId::from(params.required("request")?);
    let pending = authorize::pending(ctx.cx(), &id, browser).await?;
    ctx.speak_as_asked(pending.request.ui_locales.as_deref());
    Ok(pending)
}

pub fn other_browser() -> Refusal {
    let refusal = Code::InvalidRequest.because("this sign-in was begun in another browser, or cookies are off");
    refusal.at(Check::Browser, "the cookie of the browser that began", "none")
}

fn show(ctx: &Ctx, pending: &Pending, browser: &Opaque, live: &Live, given: &Scope) -> Result<HttpResponse, Error> {
    let sheet = ctx.sheet();
    let scopes: Vec<_> = pending.request.needed().iter().map(|scope| line(scope, given)).collect();
    let host = url::Url::parse(&pending.request.redirect_uri).ok();
    let view = Consent {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf::token(browser),
        request: pending.row.id.as_str(),
        session: live.session.id.as_str(),
        client: client_info(pending),
        person: live.user.called(),
        account: &live.user.email,
        scopes: &scopes,
        returns_to: host.as_ref().and_then(url::Url::host_str).unwrap_or_default(),
    };
    Ok(page(StatusCode::OK, &sheet, &pending.return_to.form_action(), &view)?.finish())
}

/// A scope in plain words; `given` is what was allowed before.
pub fn line(scope: &str, given: &Scope) -> ScopeLine {
    let own = || (None, Text::new("scope-own-hint"));
    let (title, hint) = meaning(scope).map_or_else(own, |known| (Some(known.title.clone()), known.hint.clone()));
    ScopeLine { scope: scope.to_owned(), title, hint, is_new: !given.contains(scope) }
}
