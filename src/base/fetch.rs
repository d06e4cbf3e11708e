//! Calling others at an address that somebody has typed. What is inside of our own network is none of his business:
//! special-use addresses (RFC 6890) are not called unless the operator allows it, a name is looked up once, and what it
//! led to then is what is called.

use std::error::Error as _;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use reqwest::{Client, redirect};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use url::{Host, Url};

use super::net::Networks;

const CONNECT: Duration = Duration::from_secs(2);
const WHOLE: Duration = Duration::from_secs(4);

/// Networks that are not the open Internet, by the registries of RFC 6890.
const SPECIAL: [&str; 27] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/3",
    "::/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
];

static SPECIAL_NETWORKS: LazyLock<Networks> =
    LazyLock::new(|| Networks::parse(&SPECIAL.map(str::to_owned)).unwrap_or_default());

/// Why nothing was heard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    #[error("{0} is a special-use address, which is not called")]
    Special(IpAddr),
    #[error("the name leads to no address")]
    Unknown,
    #[error("{0}")]
    Silent(String),
}

/// The status that a GET is answered with. Follows no redirect and reads no body.
pub async fn status(url: &Url, allowed: &Networks) -> Result<u16, Failed> {
    let addresses = addresses(url).await?;
    if let Some(inside) = addresses.iter().map(SocketAddr::ip).find(|address| !may_call(*address, allowed)) {
        return Err(Failed::Special(inside));
    }
    let tls = tls().map_err(|error| Failed::Silent(error.to_string()))?;
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT)
        .timeout(WHOLE)
        .resolve_to_addrs(url.host_str().unwrap_or_default(), &addresses)
        .build()
        .map_err(|error| Failed::Silent(told(error)))?;
    let answer = client.get(url.clone()).send().await.map_err(|error| Failed::Silent(told(error)))?;
    Ok(answer.status().as_u16())
}

fn may_call(address: IpAddr, allowed: &Networks) -> bool {
    let address = address.to_canonical();
    !SPECIAL_NETWORKS.contains(address) || allowed.contains(address)
}

async fn addresses(url: &Url) -> Result<Vec<SocketAddr>, Failed> {
    let port = url.port_or_known_default().unwrap_or_default();
    let name = match url.host() {
        Some(Host::Ipv4(address)) => return Ok(vec![(address, port).into()]),
        Some(Host::Ipv6(address)) => return Ok(vec![(address, port).into()]),
        Some(Host::Domain(name)) => name,
        None => return Err(Failed::Unknown),
    };
    let found = tokio::time::timeout(CONNECT, tokio::net::lookup_host((name, port))).await;
    let found: Vec<_> = found.ok().and_then(Result::ok).into_iter().flatten().collect();
    if found.is_empty() { Err(Failed::Unknown) } else { Ok(found) }
}

/// The causes say more than "error sending request"; the URL is left out, as it may hold what is nobody's business.
pub fn told(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}

/// TLS towards others: the authorities of the system count.
pub fn tls() -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    Ok(builder.with_safe_default_protocol_versions()?.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_is_not_called() {
        let none = Networks::default();
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "169.254.169.254",
            "192.168.0.1",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "::1",
            "::",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "fd00::1",
            "fe80::1",
        ] {
            assert!(!may_call(inside.parse().unwrap(), &none), "{inside}");
        }
        for outside in ["1.1.1.1", "93.184.216.34", "2606:4700::1111"] {
            assert!(may_call(outside.parse().unwrap(), &none), "{outside}");
        }
        let allowed = Networks::parse(&["10.0.0.0/8".to_owned()]).unwrap();
        assert!(may_call("10.1.2.3".parse().unwrap(), &allowed) && !may_call("10.1.2.3".parse().unwrap(), &none));
    }
}
