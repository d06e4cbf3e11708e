//! Authenticator apps: time-based one-time passwords (RFC 6238), with the values that all apps know: SHA-1, six digits,
//! half a minute.

use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::base::random::bytes;
use crate::base::time::Ts;

/// Bytes of a seed (RFC 4226 §4, R6).
const SEED: usize = 20;
/// Seconds of a step.
const STEP: u64 = 30;

/// A seed, shared with one app.
pub struct Seed(Totp);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the seed of an authenticator app cannot be read")]
pub struct Error;

impl Seed {
    /// A new one for `account` at `issuer`, as the app will call them.
    pub fn random(issuer: &str, account: &str) -> Result<Self, Error> {
        Self::new(bytes::<SEED>().to_vec(), issuer, account)
    }

    /// From what [`Seed::text`] gave.
    pub fn parse(text: &str, issuer: &str, account: &str) -> Result<Self, Error> {
        let secret = Secret::try_from_base32(text).map_err(|_| Error)?;
        Self::new(secret.as_bytes().to_vec(), issuer, account)
    }

    fn new(seed: Vec<u8>, issuer: &str, account: &str) -> Result<Self, Error> {
        // a colon divides the two in the label
        let plain = |text: &str| text.replace(':', " ");
        let builder =
            Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_skew(1).with_step_duration(STEP);
        let builder = builder.with_secret(seed.into_boxed_slice());
        let builder = builder.with_account_name(plain(account)).with_issuer(Some(plain(issuer)));
        builder.build().map(Self).map_err(|_| Error)
    }

    /// Base32, to be typed into an app or kept, sealed.
    pub fn text(&self) -> String {
        self.0.secret().to_base32()
    }

    /// `otpauth://…`, to be shown as a QR code.
    pub fn uri(&self) -> Result<String, Error> {
        self.0.to_url().map_err(|_| Error)
    }

    /// The step that a code belongs to: the present one, or the one before or after it.
    pub fn check(&self, code: &str, now: Ts) -> Option<i64> {
        let now = u64::try_from(now.0).ok()?;
        self.0.check(code, now).and_then(|step| i64::try_from(step).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, the last six digits.
    #[test]
    fn the_values_of_the_standard() {
        let seed = Seed::new(b"12345678901234567890".to_vec(), "Signet", "ada@example.com").unwrap();
        for (time, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(seed.check(code, Ts(time)), Some(time / 30), "{time}");
            assert_eq!(seed.check(code, Ts(time + 30)), Some(time / 30), "a slow clock");
            assert_eq!(seed.check(code, Ts(time + 60)), None);
        }
        for bad in ["", "28708", "2870821", "28708a", "٢٨٧٠٨٢"] {
            assert_eq!(seed.check(bad, Ts(59)), None, "{bad}");
        }
    }

    #[test]
    fn the_text_is_the_seed() {
        let seed = Seed::random("My: Signet", "ada@example.com").unwrap();
        let again = Seed::parse(&seed.text(), "My: Signet", "ada@example.com").unwrap();
        assert_eq!(again.text(), seed.text());
        let uri = seed.uri().unwrap();
        assert!(uri.starts_with("otpauth://totp/") && uri.contains(&seed.text()), "{uri}");
        assert!(Seed::parse("1!", "a", "b").is_err());
    }
}
