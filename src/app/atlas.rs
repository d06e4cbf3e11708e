//! Where an address is, roughly: from a file in the format of `MaxMind`, if there is one. It is read again when it changes; a
//! file that cannot be read leaves the old one in use.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use arc_swap::ArcSwapOption;
use maxminddb::Reader;
use serde::Deserialize;

use crate::base::globe::Spot;
use crate::locale::{Locale, Text};

/// A place in words, and where it is if the file says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub name: String,
    pub spot: Option<Spot>,
}

/// Knows no place at all without a file.
#[derive(Default)]
pub struct Atlas {
    path: PathBuf,
    reader: ArcSwapOption<Reader<Vec<u8>>>,
    /// When the file that was read last was written.
    seen: Mutex<Option<SystemTime>>,
}

/// As much of a record of a City or Country file as is shown.
#[derive(Debug, Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    city: Option<Named<'a>>,
    #[serde(borrow)]
    country: Option<Named<'a>>,
    location: Option<Location>,
}

#[derive(Debug, Deserialize)]
struct Named<'a> {
    /// By language.
    #[serde(borrow, default)]
    names: BTreeMap<&'a str, &'a str>,
}

#[derive(Debug, Deserialize)]
struct Location {
    latitude: Option<f64>,
    longitude: Option<f64>,
}

impl Atlas {
    /// Reads the file; an empty path is none. Fails with what is wrong with it.
    pub fn open(path: &str) -> Result<Self, String> {
        let atlas = Self { path: PathBuf::from(path), ..Self::default() };
        if !path.is_empty() {
            *atlas.seen() = written(&atlas.path);
            atlas.read().map_err(|error| format!("place.database = {path:?}: {error}"))?;
        }
        Ok(atlas)
    }

    /// Where this address is, in the language if the file knows it, else in English.
    pub fn find(&self, address: IpAddr, locale: Locale) -> Option<Place> {
        let reader = self.reader.load();
        let record: Record<'_> = reader.as_ref()?.lookup(address).ok()?.decode().ok()??;
        let called = |named: Option<&Named<'_>>| {
            let names = &named?.names;
            let name = names.get(locale.tag()).or_else(|| names.get("en")).or_else(|| names.values().next());
            name.map(|name| (*name).to_owned())
        };
        let name = match (called(record.city.as_ref()), called(record.country.as_ref())) {
            (Some(city), Some(country)) => {
                Text::new("place-both").with("city", city).with("country", country).to(locale)
            }
            (city, country) => city.or(country)?,
        };
        let spot = record.location.and_then(|at| Spot::at(at.latitude?, at.longitude?));
        Some(Place { name, spot })
    }

    /// Whether the file is another than the one that was read, or tried, last.
    pub fn has_changed(&self) -> bool {
        !self.path.as_os_str().is_empty() && written(&self.path) != *self.seen()
    }

    /// Reads the file again; takes a while.
    pub fn look(&self) {
        *self.seen() = written(&self.path);
        match self.read() {
            Ok(()) => tracing::info!("the file of places was read again"),
            Err(error) => tracing::error!(error, "the file of places was not read again; the old one stays in use"),
        }
    }

    fn read(&self) -> Result<(), String> {
        let reader = Reader::open_readfile(&self.path).map_err(|error| error.to_string())?;
        self.reader.store(Some(reader.into()));
        Ok(())
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Option<SystemTime>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn written(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|meta| meta.modified()).ok()
}
