//! Proof Key for Code Exchange (RFC 7636). Only `S256`; `plain` is refused on arrival.

use super::check::Check;
use super::error::{Code, Refusal};
use crate::base::random::{same, sha256};

/// Checks the challenge of an authorization request (RFC 7636 §4.3). `required` says that one must be there.
pub fn challenge<'a>(
    challenge: Option<&'a str>,
    method: Option<&str>,
    required: Required,
) -> Result<Option<&'a str>, Refusal> {
    let refuse = |reason: &'static str, expected: &str, received: &str| {
        Err(Code::InvalidRequest.because(reason).at(Check::Pkce, expected, received))
    };
    match (challenge, method) {
        (None, None) if required == Required::Yes => {
            let refused = refuse("code_challenge is missing: this client must use PKCE", "code_challenge", "nothing");
            refused.map_err(|refusal: Refusal| refusal.set_by("client.require_pkce"))
        }
        (None, None) => Ok(None),
        (None, Some(_)) => refuse("code_challenge is missing", "code_challenge", "code_challenge_method alone"),
        (Some(_), None | Some("plain")) => {
            refuse("code_challenge_method must be S256", "S256", method.unwrap_or("nothing, which means plain"))
        }
        (Some(challenge), Some("S256")) if is_digest(challenge) => Ok(Some(challenge)),
        (Some(_), Some("S256")) => {
            refuse("code_challenge is not the base64url form of a SHA-256 digest", "43 characters", "something else")
        }
        (Some(_), Some(other)) => refuse("code_challenge_method must be S256", "S256", other),
    }
}

/// Whether a request must carry a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Required {
    Yes,
    No,
}

fn is_digest(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// RFC 7636 §4.1: 43 to 128 unreserved characters.
fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

/// Checks the verifier of a token request against the challenge of the authorization request (RFC 7636 §4.6).
///
/// A verifier without a challenge is refused too: it shows that somebody stripped the challenge on the way
/// (RFC 9700 §2.1.1).
pub fn check(challenge: Option<&str>, verifier: Option<&str>) -> Result<(), Refusal> {
    let refuse = |reason: &'static str, expected: &str, received: &str| {
        Err(Code::InvalidGrant.because(reason).at(Check::Verifier, expected, received))
    };
    match (challenge, verifier) {
        (None, None) => Ok(()),
        (Some(_), Some(verifier)) if !is_verifier(verifier) => {
            refuse("code_verifier is malformed", "43 to 128 unreserved characters", "something else")
        }
        (Some(challenge), Some(verifier)) if same(&sha256(verifier), challenge) => Ok(()),
        (Some(challenge), Some(_)) => refuse("code_verifier does not match", challenge, "the digest of another"),
        (Some(_), None) => refuse("code_verifier is missing", "code_verifier", "nothing"),
        (None, Some(_)) => refuse("code_verifier without code_challenge", "no code_verifier", "code_verifier"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7636 appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn accepts_the_rfc_example_and_nothing_near_it() {
        assert_eq!(check(Some(CHALLENGE), Some(VERIFIER)), Ok(()));
        for (challenge, verifier) in [
            (Some(CHALLENGE), Some("x")),
            (Some(CHALLENGE), None),
            (None, Some(VERIFIER)),
            (Some(VERIFIER), Some(VERIFIER)), // `plain` in disguise
        ] {
            let refusal = check(challenge, verifier).unwrap_err();
            assert_eq!(refusal.code, Code::InvalidGrant, "{challenge:?} {verifier:?}");
        }
    }

    #[test]
    fn challenges() {
        use Required::{No, Yes};
        assert_eq!(challenge(Some(CHALLENGE), Some("S256"), Yes), Ok(Some(CHALLENGE)));
        assert_eq!(challenge(None, None, No), Ok(None));
        for (value, method) in [
            (None, None),
            (None, Some("S256")),
            (Some(CHALLENGE), None),
            (Some(CHALLENGE), Some("plain")),
            (Some(CHALLENGE), Some("s256")),
            (Some("short"), Some("S256")),
        ] {
            let refusal = challenge(value, method, Yes).unwrap_err();
            assert_eq!(refusal.code, Code::InvalidRequest, "{value:?} {method:?}");
        }
    }
}
