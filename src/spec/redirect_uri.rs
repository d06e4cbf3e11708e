//! Redirect URIs: what may be registered, and what matches (RFC 6749 §3.1.2, RFC 8252, RFC 9700 §2.1).

use url::{Host, Url};

use crate::base::net::is_loopback;

pub const LONGEST: usize = 2048;
/// At most so many for one client.
pub const MOST: usize = 50;

/// Whether a client may register this URI; fails with what is wrong with it.
///
/// `https` anywhere, `http` on loopback, or a private-use scheme with a dot in it (RFC 8252 §7.1); no fragment, no
/// user name, no wildcard.
pub fn check(uri: &str) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{uri:?} {what}"));
    if uri.len() > LONGEST {
        return Err(format!("a redirect URI is longer than {LONGEST} bytes"));
    }
    let Ok(url) = Url::parse(uri) else { return wrong("is not an absolute URI") };
    if uri.contains('#') {
        return wrong("has a fragment");
    }
    if uri.contains('*') || uri.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return wrong("has a wildcard, a space or a control character");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("has a user name or password");
    }
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback(&url) => Ok(()),
        "http" => wrong("is http, which is for loopback only; use https"),
        scheme if scheme.contains('.') => Ok(()),
        _ => wrong("has a scheme that is neither https nor private-use (com.example.app:/…)"),
    }
}

/// Whether the port of a loopback address is left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    Exact,
    /// A native app learns its port only when it starts (RFC 8252 §7.3).
    Any,
}

/// Whether `asked` is `registered`: letter by letter (RFC 9700 §4.1.3), but for the port of a native app.
pub fn matches(registered: &str, asked: &str, port: Port) -> bool {
    registered == asked || (port == Port::Any && matches_loopback(registered, asked).unwrap_or(false))
}

fn matches_loopback(registered: &str, asked: &str) -> Option<bool> {
    let (mut known, mut given) = (Url::parse(registered).ok()?, Url::parse(asked).ok()?);
    let literal = |url: &Url| match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    };
    // the port must be all that differs: parsing may not have mended anything else
    let plain = given.as_str() == asked && known.as_str() == registered;
    if !plain || known.scheme() != "http" || !literal(&known) || !literal(&given) {
        return None;
    }
    known.set_port(None).ok()?;
    given.set_port(None).ok()?;
    Some(known == given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_registered() {
        for good in [
            "https://rp.example/cb",
            "https://rp.example/cb?tenant=1",
            "http://localhost:9000/cb",
            "http://127.0.0.1/cb",
            "http://[::1]/cb",
            "com.example.app:/cb",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "/cb",
            "https://rp.example/cb#x",
            "https://rp.example/cb#",
            "http://rp.example/cb",
            "https://*.rp.example/cb",
            "https://u:p@rp.example/cb",
            "myapp:/cb",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://rp.example/a b",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_matches() {
        let registered = "https://rp.example/cb?tenant=1";
        assert!(matches(registered, registered, Port::Exact));
        for near in ["https://rp.example/cb", "https://rp.example/cb?tenant=1/", "HTTPS://rp.example/cb?tenant=1"] {
            assert!(!matches(registered, near, Port::Any), "{near}");
        }
        assert!(matches("http://127.0.0.1/cb", "http://127.0.0.1:51234/cb", Port::Any));
        for near in
            ["http://localhost:51234/cb", "http://127.0.0.1:1/cb/", "http://127.0.0.2:1/cb", "https://127.0.0.1:1/cb"]
        {
            assert!(!matches("http://127.0.0.1/cb", near, Port::Any), "{near}");
        }
        assert!(!matches("http://127.0.0.1/cb", "http://127.0.0.1:1/cb", Port::Exact), "a web app knows its port");
        assert!(!matches("http://localhost/cb", "http://localhost:1/cb", Port::Any), "names are no literal addresses");
    }
}
