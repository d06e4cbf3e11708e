//! Where the answer to an authorization request goes.

use url::Url;

use super::check::Check;
use super::client_meta::Metadata;
use super::error::{Code, Refusal};
use super::redirect_uri;

crate::text_enum! {
    /// How the answer travels (OAuth 2.0 Multiple Response Types §2.1, Form Post Response Mode §2).
    Mode {
        Query = "query",
        FormPost = "form_post",
    }
}

/// A redirect target that has been checked against the client's registration.
///
/// There is no other way to make one than [`ReturnTo::check`], so code that holds none cannot redirect: before the
/// check an error is a page for the user, after it a message to the client (RFC 6749 §4.1.2.1).
#[derive(Debug, Clone)]
pub struct ReturnTo {
    uri: Url,
    mode: Mode,
    state: Option<String>,
    issuer: String,
}

/// Names and values of an answer, in the order in which they are sent.
pub type Fields = Vec<(&'static str, String)>;

/// An answer on its way: by redirect, or by a page that posts itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    Redirect(Url),
    FormPost { uri: Url, fields: Fields },
}

impl ReturnTo {
    /// Redirect URIs are compared as strings, but for the port of a native app.
    pub fn check(client: &Metadata, uri: &str, state: Option<String>, issuer: &str) -> Result<Self, Refusal> {
        let registered = &client.redirect_uris;
        let known = registered.iter().any(|candidate| redirect_uri::matches(candidate, uri, client.port()));
        let parsed = Url::parse(uri).ok().filter(|_| known);
        let uri = parsed.ok_or_else(|| {
            let expected = format!("one of: {}", registered.join(" "));
            let refusal = Code::InvalidRequest.because("redirect_uri is not registered for this client");
            refusal.at(Check::RedirectUri, expected, uri).set_by("client.redirect_uris")
        })?;
        Ok(Self { uri, mode: Mode::Query, state, issuer: issuer.to_owned() })
    }

    #[must_use]
    pub fn via(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// The answer, with `state` and `iss` added (RFC 9207 §2).
    pub fn with(&self, mut fields: Fields) -> Reply {
        fields.extend(self.state.clone().map(|state| ("state", state)));
        fields.push(("iss", self.issuer.clone()));
        let mut uri = self.uri.clone();
        match self.mode {
            Mode::FormPost => Reply::FormPost { uri, fields },
            Mode::Query => {
                uri.query_pairs_mut().extend_pairs(fields);
                Reply::Redirect(uri)
            }
        }
    }

    /// The refusal as RFC 6749 §4.1.2.1 wants it; the reference lets `signet explain` tell more.
    pub fn refuse(&self, refusal: &Refusal, reference: &str) -> Reply {
        let description = format!("{} (reference {reference})", refusal.description());
        self.with(vec![("error", refusal.code.name().to_owned()), ("error_description", description)])
    }

    /// See [`form_action`].
    pub fn form_action(&self) -> String {
        form_action(&self.uri)
    }
}

/// What `form-action` of a page must name so that the browser lets an answer through to this address: the scheme.
/// Chrome holds every redirect after a form to it, also those that the app makes afterwards, to hosts that nobody here
/// knows; and the policy has no word for an IPv6 address.
pub fn form_action(uri: &Url) -> String {
    match uri.scheme() {
        "http" => "http: https:".to_owned(),
        scheme => format!("{scheme}:"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(uri: &str) -> Result<ReturnTo, Refusal> {
        let redirect_uris = vec!["https://rp.test/cb?tenant=1".to_owned(), "com.example.app:/cb".to_owned()];
        ReturnTo::check(&Metadata { redirect_uris, ..Metadata::default() }, uri, Some("a&b".into()), "https://op.test")
    }

    #[test]
    fn keeps_the_query_of_the_registered_uri() {
        let reply = target("https://rp.test/cb?tenant=1").unwrap().with(vec![("code", "c".into())]);
        let Reply::Redirect(url) = reply else { panic!("{reply:?}") };
        assert_eq!(url.as_str(), "https://rp.test/cb?tenant=1&code=c&state=a%26b&iss=https%3A%2F%2Fop.test");
    }

    #[test]
    fn a_form_carries_the_same_fields() {
        let reply = target("https://rp.test/cb?tenant=1").unwrap().via(Mode::FormPost).with(vec![("code", "c".into())]);
        let Reply::FormPost { uri, fields } = reply else { panic!("{reply:?}") };
        assert_eq!(uri.as_str(), "https://rp.test/cb?tenant=1");
        assert_eq!(fields.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["code", "state", "iss"]);
    }

    #[test]
    fn refuses_a_near_miss() {
        for uri in ["https://rp.test/cb", "https://rp.test/cb?tenant=1/", "HTTPS://rp.test/cb?tenant=1"] {
            assert_eq!(target(uri).unwrap_err().code, Code::InvalidRequest, "{uri}");
        }
    }

    #[test]
    fn form_actions() {
        assert_eq!(target("https://rp.test/cb?tenant=1").unwrap().form_action(), "https:");
        assert_eq!(target("com.example.app:/cb").unwrap().form_action(), "com.example.app:");
    }
}
