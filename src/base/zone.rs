//! Time zones of the IANA database, and what a clock there shows.

use chrono_tz::{TZ_VARIANTS, Tz};

use super::time::Ts;

/// A zone by its name, as in `Europe/Berlin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

impl Zone {
    pub fn parse(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The names that people choose from: places, and UTC.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let is_place = |name: &&str| name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("US/");
        std::iter::once("UTC").chain(TZ_VARIANTS.iter().map(|zone| zone.name()).filter(is_place))
    }

    /// For people: `2026-08-01 11:30 CEST`; without a zone `2026-08-01 09:30 UTC`.
    pub fn show(zone: Option<Self>, at: Ts) -> String {
        let moment = chrono::DateTime::from_timestamp(at.0, 0).unwrap_or_default();
        let zone = zone.map_or(Tz::UTC, |zone| zone.0);
        moment.with_timezone(&zone).format("%Y-%m-%d %H:%M %Z").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_of_zones() {
        let at = Ts(1_785_576_600);
        assert_eq!(Zone::show(Zone::parse("Europe/Berlin"), at), "2026-08-01 11:30 CEST");
        assert_eq!(Zone::show(None, at), "2026-08-01 09:30 UTC");
        assert_eq!(Zone::parse("Europe/Nowhere"), None);
        assert!(Zone::names().all(|name| Zone::parse(name).is_some()));
        assert!(Zone::names().any(|name| name == "Africa/Cairo") && Zone::names().count() > 300);
    }
}
