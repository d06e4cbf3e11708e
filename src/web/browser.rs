//! Our cookies: one names the browser, one the session, one says that this browser needs no second factor,
//! one tells it from others that a person uses.

use std::time::Duration;

use actix_web::cookie::{Cookie, SameSite};

use crate::base::random::Opaque;
use crate::config::Config;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    Browser,
    Session,
    Trusted,
    Device,
}

impl Name {
    /// With `__Host-` wherever there is TLS: no other host and no other path can then set it (RFC 6265bis §4.1.3.2).
    pub fn text(self, config: &Config) -> &'static str {
        match (self, config.is_https()) {
            (Self::Browser, true) => "__Host-signet_browser",
            (Self::Browser, false) => "signet_browser",
            (Self::Session, true) => "__Host-signet_session",
            (Self::Session, false) => "signet_session",
            (Self::Trusted, true) => "__Host-signet_trusted",
            (Self::Trusted, false) => "signet_trusted",
            (Self::Device, true) => "__Host-signet_device",
            (Self::Device, false) => "signet_device",
        }
    }

    /// Lax, so that an app's link finds the session; no script sees it. It ends with the browser.
    pub fn set(self, config: &Config, value: &Opaque) -> Cookie<'static> {
        self.cookie(config, value.reveal().to_owned())
    }

    /// The same for longer than the browser runs.
    pub fn keep(self, config: &Config, value: &Opaque, ttl: Duration) -> Cookie<'static> {
        let mut cookie = self.set(config, value);
        let seconds = i64::try_from(ttl.as_secs()).unwrap_or(i64::MAX);
        cookie.set_max_age(actix_web::cookie::time::Duration::seconds(seconds));
        cookie
    }

    pub fn remove(self, config: &Config) -> Cookie<'static> {
        let mut cookie = self.cookie(config, String::new());
        cookie.make_removal();
        cookie
    }

    fn cookie(self, config: &Config, value: String) -> Cookie<'static> {
        let cookie = Cookie::build(self.text(config), value).path("/").http_only(true).same_site(SameSite::Lax);
        cookie.secure(config.is_https()).finish()
    }
}
