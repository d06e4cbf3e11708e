//! Network addresses: whose they are and whom to believe.

use std::net::IpAddr;

use ipnet::IpNet;

/// A list of networks; a single address counts as a network of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// Fails with the entry that is neither an address nor a network in CIDR form.
    pub fn parse(entries: &[String]) -> Result<Self, String> {
        let one = |text: &String| {
            let address = text.parse::<IpAddr>().map(IpNet::from);
            text.parse::<IpNet>().or(address).map_err(|_| text.clone())
        };
        entries.iter().map(one).collect::<Result<_, _>>().map(Self)
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether all of the others lie in these.
    pub fn cover(&self, others: &Self) -> bool {
        others.0.iter().all(|other| self.0.iter().any(|network| network.contains(other)))
    }
}

/// The address that a request came from, given the peer and its `X-Forwarded-For` header.
///
/// The list is read from its end; the first address that is not one of our proxies is the client. Without a
/// trusted peer the header says nothing.
pub fn client_address(peer: IpAddr, forwarded: Option<&str>, proxies: &Networks) -> IpAddr {
    let mut client = canonical(peer);
    for hop in forwarded.unwrap_or_default().rsplit(',') {
        if !proxies.contains(client) {
            break;
        }
        let Ok(address) = hop.trim().parse() else { break };
        client = canonical(address);
    }
    client
}

/// `::ffff:192.0.2.1` is `192.0.2.1`.
fn canonical(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

/// What a limit counts: one IPv4 address, or the /64 that one IPv6 customer holds.
pub fn limit_key(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// Whether plain HTTP may be spoken to this host: `localhost` and the loopback addresses (RFC 8252 §7.3).
pub fn is_loopback(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let proxies = Networks::parse(&["10.0.0.0/8".into(), "::1".into()]).unwrap();
        let at = |peer: &str, header| client_address(peer.parse().unwrap(), header, &proxies).to_string();
        assert_eq!(at("192.0.2.9", Some("198.51.100.1")), "192.0.2.9", "a stranger's header");
        assert_eq!(at("10.0.0.1", Some("198.51.100.1")), "198.51.100.1");
        assert_eq!(at("10.0.0.1", Some("1.1.1.1, 198.51.100.1, 10.9.9.9")), "198.51.100.1", "the last stranger");
        assert_eq!(at("10.0.0.1", None), "10.0.0.1");
        assert_eq!(at("10.0.0.1", Some("garbage")), "10.0.0.1");
        assert_eq!(at("::ffff:10.0.0.1", Some("::ffff:192.0.2.1")), "192.0.2.1");
    }

    #[test]
    fn networks_cover_what_lies_within_them() {
        let parse = |entries: &[&str]| {
            Networks::parse(&entries.iter().map(|entry| (*entry).to_owned()).collect::<Vec<_>>()).unwrap()
        };
        let own = parse(&["10.0.0.0/8", "2001:db8::/32"]);
        assert!(own.cover(&parse(&["10.1.0.0/16", "10.2.3.4", "2001:db8::1"])) && own.cover(&parse(&[])));
        assert!(!own.cover(&parse(&["10.1.0.0/16", "11.0.0.1"])) && !own.cover(&parse(&["0.0.0.0/0"])));
    }

    #[test]
    fn networks_name_their_mistake() {
        assert_eq!(Networks::parse(&["10.0.0.0/33".into()]), Err("10.0.0.0/33".into()));
    }
}
