//! How sure a sign-in is: `acr` (OIDC Core §2), and the methods behind it, `amr` (RFC 8176).

use crate::config::Carrier;

crate::text_enum! {
    /// Authentication context classes, the weakest first.
    Level {
        /// One factor.
        Single = "urn:signet:acr:1fa",
        /// Two factors.
        Multi = "urn:signet:acr:mfa",
        /// A passkey with user verification: it cannot be given away to somebody who pretends to be us.
        Phishing = "urn:signet:acr:phr",
    }
}

impl Level {
    /// Whether a sign-in of this level is good enough where `wanted` is asked for.
    pub fn satisfies(self, wanted: Self) -> bool {
        self as u8 >= wanted as u8
    }

    /// What is asked for by `acr_values`: the dearest that we know.
    pub fn wanted(acr_values: &[String]) -> Option<Self> {
        acr_values.iter().find_map(|value| Self::parse(value))
    }
}

crate::text_enum! {
    /// Authentication methods (RFC 8176 §2).
    Method {
        Password = "pwd",
        /// A one-time password: of an app, a letter or a list.
        OneTime = "otp",
        /// A code in a short message.
        Sms = "sms",
        /// A key that is kept in hardware.
        Hardware = "hwk",
        /// A key that may be copied between devices.
        Software = "swk",
        /// The key has verified its user, by touch, face or PIN.
        User = "user",
        Multi = "mfa",
    }
}

impl Method {
    /// What a code proves that was sent this way.
    pub fn sent(by: Carrier) -> Self {
        match by {
            Carrier::Email => Self::OneTime,
            Carrier::Sms => Self::Sms,
        }
    }
}

/// What somebody has proved so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Proved(Vec<Method>);

impl Proved {
    pub fn by(methods: &[Method]) -> Self {
        Self::default().and(methods)
    }

    /// What a session says of itself.
    pub fn parse(amr: &str) -> Self {
        Self(amr.split(' ').filter_map(Method::parse).collect())
    }

    #[must_use]
    pub fn and(mut self, methods: &[Method]) -> Self {
        for method in methods {
            if !self.0.contains(method) {
                self.0.push(*method);
            }
        }
        self
    }

    /// A second factor on top of the first.
    #[must_use]
    pub fn and_second(self, methods: &[Method]) -> Self {
        self.and(methods).and(&[Method::Multi])
    }

    pub fn has(&self, method: Method) -> bool {
        self.0.contains(&method)
    }

    pub fn level(&self) -> Level {
        let has = |method| self.has(method);
        match (has(Method::User) && (has(Method::Hardware) || has(Method::Software)), has(Method::Multi)) {
            (true, _) => Level::Phishing,
            (false, true) => Level::Multi,
            (false, false) => Level::Single,
        }
    }

    /// Methods, separated by spaces.
    pub fn amr(&self) -> String {
        self.0.iter().map(|method| method.text()).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_tells_the_truth() {
        let password = Proved::by(&[Method::Password]);
        assert_eq!((password.level(), password.amr().as_str()), (Level::Single, "pwd"));
        let app = password.clone().and_second(&[Method::OneTime]);
        assert_eq!((app.level(), app.amr().as_str()), (Level::Multi, "pwd otp mfa"));
        assert_eq!(Proved::by(&[Method::OneTime]).level(), Level::Single, "a mailed code alone");
        assert_eq!(password.and_second(&[Method::Hardware]).level(), Level::Multi, "a key that only was touched");
        let passkey = Proved::by(&[Method::Software, Method::User, Method::Multi]);
        assert_eq!((passkey.level(), Proved::parse(&passkey.amr())), (Level::Phishing, passkey));
    }

    #[test]
    fn levels_are_ordered() {
        assert!(Level::Phishing.satisfies(Level::Multi) && Level::Multi.satisfies(Level::Single));
        assert!(!Level::Single.satisfies(Level::Multi) && !Level::Multi.satisfies(Level::Phishing));
        let wanted = ["urn:x", "urn:signet:acr:mfa"].map(str::to_owned);
        assert_eq!(Level::wanted(&wanted), Some(Level::Multi));
    }
}
