//! Was this form ours? It carries a token that only this browser's cookie gives, and the browser itself says where it
//! comes from.

use actix_web::http::header::ORIGIN;

use super::ctx::Ctx;
use crate::base::random::{Opaque, same, sha256};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;

/// The token for the forms of this browser.
pub fn token(browser: &Opaque) -> String {
    sha256(&format!("signet csrf {}", browser.reveal()))
}

fn refuse<T>(reason: &'static str, expected: &str, received: &str) -> Result<T, Refusal> {
    Err(Code::AccessDenied.because(reason).with_status(403).at(Check::Origin, expected, received))
}

/// The browser's value, if the form came from one of our pages in this browser. Fails with 403.
pub fn check(ctx: &Ctx, form: &Params) -> Result<Opaque, Refusal> {
    check_head(ctx)?;
    let Some(browser) = ctx.browser() else {
        return refuse(
            "your browser did not send our cookie: allow cookies for this site, then open the page again",
            "a cookie",
            "none",
        );
    };
    match form.get("csrf") {
        Some(given) if same(given, &token(&browser)) => Ok(browser),
        _ => refuse("this page has expired: open it again", "the token of this browser", "another, or none"),
    }
}

/// What the browser says before the body of a form: too little by itself, but enough to read no further.
pub fn check_head(ctx: &Ctx) -> Result<(), Refusal> {
    let header = |name| ctx.request.headers().get(name).and_then(|value| value.to_str().ok());
    if header("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return refuse("the form was sent from another site", "same-origin", "another site");
    }
    // a page with a strict referrer policy may send "null"; the token has the last word then
    let issuer = ctx.app.config.issuer.as_str();
    if let Some(origin) = header(ORIGIN.as_str()).filter(|origin| *origin != "null" && *origin != issuer) {
        return refuse("the form was sent from another address than this server's", issuer, origin);
    }
    Ok(())
}
