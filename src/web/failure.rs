//! The error page: what happened and what to do, in the language of the person; and the exact reason, in English, for
//! the one who looks after the app.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::html::{self, Rendered, Sheet};
use super::view::{Failure, Link};
use crate::app::App;
use crate::locale::Text;
use crate::spec::check::Check;
use crate::spec::error::Refusal;
use crate::spec::paths;

pub fn page(app: &App, request: &HttpRequest, status: StatusCode, refusal: &Refusal, reference: &str) -> HttpResponse {
    let sheet = Sheet::new(request);
    let (title, help) = words(refusal);
    let failure = Failure {
        frame: sheet.frame(app),
        title,
        help,
        code: refusal.code.name(),
        description: &sentence(&refusal.reason),
        reference,
        links: &[Link { href: paths::HOME.to_owned(), text: Text::new("error-home") }],
    };
    html::page(status, &sheet, "", &failure).map_or_else(|_| HttpResponse::new(status), Rendered::finish)
}

/// What happened, in a few words, and what a person can do about it.
fn words(refusal: &Refusal) -> (Text, Text) {
    match (refusal.status, refusal.why.as_ref().map(|why| why.check)) {
        (404, _) => (Text::new("error-nothing"), Text::new("error-nothing-help")),
        (429, Some(Check::Address)) => (Text::new("error-spread"), Text::new("error-spread-help")),
        (429, _) => (Text::new("error-often"), Text::new("error-often-help")),
        (503, _) => (Text::new("error-busy"), Text::new("error-busy-help")),
        (500.., _) => (Text::new("error-fault"), Text::new("error-fault-help")),
        (_, Some(Check::ClientKnown | Check::ClientEnabled)) => (Text::new("error-app"), Text::new("error-app-help")),
        (_, Some(Check::RedirectUri)) => (Text::new("error-address"), Text::new("error-app-help")),
        (_, Some(Check::Browser)) => (Text::new("error-browser"), Text::new("error-browser-help")),
        (_, Some(Check::Origin)) => (Text::new("error-origin"), Text::new("error-origin-help")),
        (_, Some(Check::Session)) => (Text::new("error-session"), Text::new("error-session-help")),
        (_, Some(Check::Proof)) => (Text::new("error-proof"), Text::new("error-proof-help")),
        (_, Some(Check::Account)) => (Text::new("error-account"), Text::new("error-account-help")),
        (_, Some(Check::FactorReset)) => (Text::new("error-factors"), Text::new("error-factors-help")),
        (_, Some(Check::Registration)) => (Text::new("error-closed"), Text::new("error-closed-help")),
        (_, Some(Check::Setup)) => (Text::new("error-setup"), Text::new("error-setup-help")),
        (_, Some(Check::Right)) => (Text::new("error-right"), Text::new("error-right-help")),
        (_, Some(Check::Holds)) => (Text::new("error-holds"), Text::new("error-holds-help")),
        (_, Some(Check::LastAdmin)) => (Text::new("error-last"), Text::new("error-last-help")),
        (_, Some(Check::Undo)) => (Text::new("error-undo"), Text::new("error-undo-help")),
        (_, Some(Check::Current)) => (Text::new("error-current"), Text::new("error-current-help")),
        (_, Some(Check::Value)) => (Text::new("error-value"), Text::new("error-value-help")),
        _ => (Text::new("error-other"), Text::new("error-other-help")),
    }
}

/// A reason as a sentence; the name of a parameter that begins it stays as it is.
fn sentence(reason: &str) -> String {
    let is_name = reason.split(' ').next().is_some_and(|word| word.contains('_'));
    let mut letters = reason.chars();
    let first = letters.next().filter(|_| !is_name).map(|letter| letter.to_uppercase().collect::<String>());
    let rest = if first.is_some() { letters.as_str() } else { reason };
    let end = if reason.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{rest}{end}", first.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_become_sentences() {
        assert_eq!(sentence("this page has expired: open it again"), "This page has expired: open it again.");
        assert_eq!(sentence("redirect_uri is not registered"), "redirect_uri is not registered.");
        assert_eq!(sentence("ärger!"), "Ärger!");
    }
}
