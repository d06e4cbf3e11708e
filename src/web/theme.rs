//! How a page looks: as the signed-in person has chosen, else as the system wants.

use actix_web::{HttpMessage as _, HttpRequest};

use crate::spec::preferences::Theme;

pub fn chosen(request: &HttpRequest, theme: Option<Theme>) {
    if let Some(theme) = theme {
        request.extensions_mut().insert(theme);
    }
}

pub fn of(request: &HttpRequest) -> Option<Theme> {
    request.extensions().get::<Theme>().copied()
}
