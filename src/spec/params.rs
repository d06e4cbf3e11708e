//! Parameters of a query or a form body, read once and with care (RFC 6749 §3.1 and §3.2).

use super::check::Check;
use super::error::{Code, Refusal};

/// At most so many parameters in one request.
const MOST: usize = 100;
/// No value is longer than this, whatever its name says.
const LONGEST: usize = 16 * 1024;

/// The longest value of each parameter that has a limit of its own; all others get 4 KB.
const LIMITS: &[(&str, usize)] = &[
    ("state", 2048),
    ("nonce", 512),
    ("scope", 1024),
    ("login_hint", 320),
    ("claims", 8192),
    ("redirect_uri", 2048),
    ("redirect_uris", LONGEST),
    ("post_logout_redirect_uris", LONGEST),
    ("id_token_hint", LONGEST),
    ("token", LONGEST),
    ("credential", LONGEST),
    ("request", LONGEST),
];
const DEFAULT_LIMIT: usize = 4096;

/// Name and value pairs. No name stands in it twice and no value is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Reads `application/x-www-form-urlencoded`. Refuses a repeated parameter (RFC 6749 §3.1), more than 100 of
    /// them, a value that is too long, a NUL byte and what is not UTF-8.
    pub fn parse(encoded: &[u8]) -> Result<Self, Refusal> {
        let mut params = Self::default();
        for pair in encoded.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            if params.0.len() == MOST {
                return Err(bad("too many parameters", &format!("at most {MOST}"), "more"));
            }
            let (name, value) = decode(pair)?;
            params.push(name, value)?;
        }
        // RFC 6749 §3.1: a parameter without a value counts as not sent; a second one is still a repetition.
        params.0.retain(|(_, value)| !value.is_empty());
        Ok(params)
    }

    fn push(&mut self, name: String, value: String) -> Result<(), Refusal> {
        let limit = LIMITS.iter().find(|(known, _)| *known == name).map_or(DEFAULT_LIMIT, |(_, limit)| *limit);
        if value.len() > limit {
            let refusal = bad(
                format!("{} is too long", shown(&name)),
                &format!("at most {limit} bytes"),
                &format!("{} bytes", value.len()),
            );
            return Err(refusal);
        }
        if name.contains('\0') || value.contains('\0') {
            return Err(bad(format!("{} holds a NUL byte", shown(&name)), "text", "a NUL byte"));
        }
        if self.0.iter().any(|(known, _)| *known == name) {
            return Err(bad(format!("{} is sent twice", shown(&name)), "each parameter once", "a repetition"));
        }
        self.0.push((name, value));
        Ok(())
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value, or a refusal that names what is missing.
    pub fn required(&self, name: &'static str) -> Result<&str, Refusal> {
        self.get(name).ok_or_else(|| bad(format!("{name} is missing"), name, "nothing"))
    }

    /// All names with their values, as they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same parameters as a query; for the way from POST to GET.
    pub fn to_query(&self) -> String {
        serde_urlencoded::to_string(&self.0).unwrap_or_default()
    }
}

fn decode(pair: &[u8]) -> Result<(String, String), Refusal> {
    let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
    let (name, value) = (&pair[..at], pair.get(at + 1..).unwrap_or_default());
    Ok((text(name)?, text(value)?))
}

/// `+` is a space, `%41` a byte; the bytes must be UTF-8. A percent sign without two digits stands for itself, as
/// the URL standard has it.
fn text(encoded: &[u8]) -> Result<String, Refusal> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((first, after)) = rest.split_first() {
        let hex =
            (*first == b'%').then(|| after.get(..2)).flatten().filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let byte = hex.and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, *first) {
            (Some(byte), _) => {
                bytes.push(byte);
                rest = &after[2..];
                continue;
            }
            (None, b'+') => bytes.push(b' '),
            (None, other) => bytes.push(other),
        }
        rest = after;
    }
    String::from_utf8(bytes).map_err(|_| bad("a parameter is not UTF-8", "UTF-8", "other bytes"))
}

/// A name as it may be repeated in an answer.
fn shown(name: &str) -> &str {
    let plain = name.len() <= 40 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { name } else { "a parameter" }
}

fn bad(reason: impl Into<std::borrow::Cow<'static, str>>, expected: &str, received: &str) -> Refusal {
    Code::InvalidRequest.because(reason).at(Check::Form, expected, received)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_pairs_and_leaves_empty_ones_out() {
        let params = Params::parse(b"a=1&b=x+y%21&c=&d&&%E4%BD%A0=%zz").unwrap();
        assert_eq!(
            (params.get("a"), params.get("b"), params.get("c"), params.get("d")),
            (Some("1"), Some("x y!"), None, None)
        );
        assert_eq!(params.get("你"), Some("%zz"));
        assert_eq!(Params::parse(params.to_query().as_bytes()).unwrap(), params);
    }

    #[test]
    fn refuses_what_is_ambiguous_or_too_large() {
        let many = (0..101).map(|number| format!("p{number}=1&")).collect::<Vec<_>>().concat();
        let long = format!("state={}", "s".repeat(2049));
        let cases: [(&str, &[u8]); 6] = [
            ("twice", b"a=1&a=1"),
            ("twice, once empty", b"a=1&a="),
            ("not UTF-8", b"a=%ff"),
            ("NUL", b"a=%00"),
            ("many", many.as_bytes()),
            ("long", long.as_bytes()),
        ];
        for (name, encoded) in cases {
            assert_eq!(Params::parse(encoded).unwrap_err().code, Code::InvalidRequest, "{name}");
        }
        assert!(Params::parse(&long.as_bytes()[..long.len() - 1]).is_ok(), "the limit itself");
        assert!(Params::parse(many.trim_end_matches("p100=1&").as_bytes()).is_ok(), "a hundred");
    }
}
