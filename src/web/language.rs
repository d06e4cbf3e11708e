//! Which language a page speaks: the one that the person has chosen, else what the app asks for, else what the browser
//! prefers, else English. Handlers note what they learn on their way; it is weighed only where a page is made.

use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{HttpMessage as _, HttpRequest};

use crate::locale::Locale;

/// The signed-in person's own choice.
struct Chosen(String);

/// What the app asks for, dearest first (`ui_locales`, OIDC Core §3.1.2.1).
struct Asked(String);

pub fn chosen(request: &HttpRequest, locale: Option<&str>) {
    if let Some(locale) = locale {
        request.extensions_mut().insert(Chosen(locale.to_owned()));
    }
}

pub fn asked(request: &HttpRequest, ui_locales: Option<&str>) {
    if let Some(ui_locales) = ui_locales {
        request.extensions_mut().insert(Asked(ui_locales.to_owned()));
    }
}

/// The language of a page that answers this request.
pub fn of(request: &HttpRequest) -> Locale {
    let extensions = request.extensions();
    let chosen = extensions.get::<Chosen>().map(|chosen| chosen.0.as_str());
    let asked = extensions.get::<Asked>().map(|asked| asked.0.as_str());
    let accepted = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    [chosen, asked, accepted].into_iter().flatten().find_map(Locale::wanted).unwrap_or_default()
}
