//! Pages: rendered, with the policy that lets a browser run nothing but them.

use std::cell::OnceCell;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, LOCATION};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use arc_swap::Guard;
use askama::Template;

use super::error::Error;
use super::view::Frame;
use super::{language, theme};
use crate::app::App;
use crate::base::random::{base64url, bytes};
use crate::config::Config;
use crate::locale::Locale;
use crate::spec::error::Code;
use crate::spec::preferences::Theme;

/// What is fixed before a page is filled: the nonce of this answer, the language, and how it looks.
pub struct Sheet {
    nonce: String,
    pub locale: Locale,
    theme: Option<Theme>,
    /// As it was when the page was begun, so that all of it is of one piece.
    config: OnceCell<Guard<Arc<Config>>>,
}

impl Sheet {
    pub fn new(request: &HttpRequest) -> Self {
        let (nonce, config) = (base64url(bytes::<16>()), OnceCell::new());
        Self { nonce, locale: language::of(request), theme: theme::of(request), config }
    }

    pub fn frame<'a>(&'a self, app: &'a App) -> Frame<'a> {
        let brand = &self.config.get_or_init(|| app.config()).branding;
        Frame { name: &brand.name, brand, nonce: &self.nonce, locale: self.locale, theme: self.theme }
    }

    /// The policy: our own style, scripts with this nonce that call only us, pictures of apps; forms go here and, if one
    /// is named, to the origin of the app (Chrome asks `form-action` for the redirect after a form as well).
    fn policy(&self, form_action: &str) -> String {
        format!(
            "default-src 'none'; style-src 'self'; script-src 'nonce-{}'; img-src 'self' https: data:; \
             connect-src 'self'; form-action 'self' {form_action}; base-uri 'none'; frame-ancestors 'none'",
            self.nonce
        )
    }
}

/// The page as an answer.
pub fn page(status: StatusCode, sheet: &Sheet, form_action: &str, page: &impl Template) -> Result<Rendered, Error> {
    let body = page.render().map_err(|error| {
        tracing::error!(%error, "page not rendered");
        Code::ServerError.because("the page could not be made")
    })?;
    let mut answer = HttpResponse::build(status);
    answer.content_type("text/html; charset=utf-8");
    answer.insert_header((CONTENT_LANGUAGE, sheet.locale.tag()));
    answer.insert_header((CONTENT_SECURITY_POLICY, sheet.policy(form_action)));
    Ok(Rendered { answer, body })
}

/// An answer that may still get cookies.
pub struct Rendered {
    pub answer: HttpResponseBuilder,
    body: String,
}

impl Rendered {
    pub fn finish(mut self) -> HttpResponse {
        self.answer.body(self.body)
    }
}

/// 303: after a form, and from page to page.
pub fn see_other(location: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::SeeOther();
    answer.insert_header((LOCATION, location));
    answer
}
