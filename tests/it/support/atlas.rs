//! A file of places in the format of `MaxMind`, written by hand (`MaxMind DB` File Format Specification 2.0).

use std::net::Ipv4Addr;
use std::path::Path;

/// A place: its network, city and country in English and German, latitude and longitude.
pub struct Place {
    pub network: (Ipv4Addr, u32),
    pub city: Option<(&'static str, &'static str)>,
    pub country: (&'static str, &'static str),
    pub at: Option<(f64, f64)>,
}

pub fn berlin(network: (Ipv4Addr, u32)) -> Place {
    let (city, country) = (Some(("Berlin", "Berlin")), ("Germany", "Deutschland"));
    Place { network, city, country, at: Some((52.52, 13.405)) }
}

pub fn nuremberg(network: (Ipv4Addr, u32)) -> Place {
    let (city, country) = (Some(("Nuremberg", "Nürnberg")), ("Germany", "Deutschland"));
    Place { network, city, country, at: Some((49.4521, 11.0767)) }
}

pub fn sydney(network: (Ipv4Addr, u32)) -> Place {
    let (city, country) = (Some(("Sydney", "Sydney")), ("Australia", "Australien"));
    Place { network, city, country, at: Some((-33.8688, 151.2093)) }
}

/// Writes the file, as a whole, as a program that keeps it up to date would.
pub fn write(path: &Path, places: &[Place]) {
    let beside = path.with_extension("new");
    std::fs::write(&beside, file(places)).unwrap();
    std::fs::rename(beside, path).unwrap();
}

/// Where a bit of the address leads.
#[derive(Clone, Copy)]
enum Next {
    Nothing,
    Node(usize),
    /// The offset of a record.
    Data(usize),
}

fn file(places: &[Place]) -> Vec<u8> {
    let (mut nodes, mut data) = (vec![[Next::Nothing; 2]], Vec::new());
    for place in places {
        let (address, length) = (u32::from(place.network.0), place.network.1);
        let mut node = 0;
        for bit in 0..length {
            let side = usize::from(address >> (31 - bit) & 1 == 1);
            if bit + 1 == length {
                nodes[node][side] = Next::Data(data.len());
            } else if let Next::Node(next) = nodes[node][side] {
                node = next;
            } else {
                nodes.push([Next::Nothing; 2]);
                nodes[node][side] = Next::Node(nodes.len() - 1);
                node = nodes.len() - 1;
            }
        }
        data.extend(record(place));
    }
    let mut bytes = Vec::new();
    for next in nodes.iter().flatten() {
        let value = match next {
            Next::Nothing => nodes.len(),
            Next::Node(node) => *node,
            Next::Data(offset) => nodes.len() + 16 + offset,
        };
        bytes.extend(u32::try_from(value).unwrap().to_be_bytes());
    }
    bytes.extend([0; 16]);
    bytes.extend(data);
    bytes.extend(b"\xab\xcd\xefMaxMind.com");
    bytes.extend(metadata(nodes.len()));
    bytes
}

fn record(place: &Place) -> Vec<u8> {
    let named = |(en, de): (&str, &str)| map(&[("names", map(&[("en", text(en)), ("de", text(de))]))]);
    let mut parts = vec![("country", named(place.country))];
    parts.extend(place.city.map(|city| ("city", named(city))));
    parts.extend(place.at.map(|(latitude, longitude)| {
        ("location", map(&[("latitude", double(latitude)), ("longitude", double(longitude))]))
    }));
    map(&parts)
}

fn metadata(nodes: usize) -> Vec<u8> {
    map(&[
        ("node_count", number(6, u64::try_from(nodes).unwrap())),
        ("record_size", number(5, 32)),
        ("ip_version", number(5, 4)),
        ("database_type", text("Test-City")),
        ("languages", [vec![2, 4], text("en"), text("de")].concat()),
        ("binary_format_major_version", number(5, 2)),
        ("binary_format_minor_version", number(5, 0)),
        ("build_epoch", number(9, 1_800_000_000)),
        ("description", map(&[("en", text("Places of tests"))])),
    ])
}

fn map(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = vec![7 << 5 | u8::try_from(entries.len()).unwrap()];
    for (key, value) in entries {
        bytes.extend(text(key));
        bytes.extend(value);
    }
    bytes
}

fn text(text: &str) -> Vec<u8> {
    assert!(text.len() < 29, "longer ones are written otherwise");
    [&[2 << 5 | u8::try_from(text.len()).unwrap()], text.as_bytes()].concat()
}

fn double(number: f64) -> Vec<u8> {
    [&[3 << 5 | 8][..], &number.to_be_bytes()].concat()
}

/// A whole number, in as few bytes as it needs; kinds from 8 on stand in a byte of their own.
fn number(kind: u8, number: u64) -> Vec<u8> {
    let bytes: Vec<u8> = number.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    let size = u8::try_from(bytes.len()).unwrap();
    let head = if kind < 8 { vec![kind << 5 | size] } else { vec![size, kind - 7] };
    [head, bytes].concat()
}
