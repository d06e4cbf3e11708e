//! What the configuration lets be set: the least and the most of each key that has them.

use signet::config::Config;

/// Days in seconds.
const fn days(count: i64) -> i64 {
    count * 86_400
}

const BOUNDS: [(&str, i64, i64); 52] = [
    ("factor.reset_delay", 0, days(30)),
    ("server.workers", 0, 256),
    ("server.drain", 0, 300),
    ("server.connections", 16, i64::MAX),
    ("server.in_flight", 8, i64::MAX),
    ("server.in_flight_per_address", 1, i64::MAX),
    ("store.connections", 1, 256),
    ("token.access_ttl", 10, days(1)),
    ("token.id_ttl", 10, days(1)),
    ("token.code_ttl", 5, 600),
    ("token.refresh_idle", 60, days(366)),
    ("token.refresh_absolute", 60, days(3660)),
    ("token.reuse_grace", 0, 120),
    ("session.idle", 60, days(366)),
    ("session.absolute", 60, days(3660)),
    ("session.kept_idle", 60, days(366)),
    ("session.kept_absolute", 60, days(3660)),
    ("session.flow_ttl", 60, days(1)),
    ("session.reauth", 30, days(1)),
    ("session.admin_idle", 60, days(1)),
    ("session.admin_absolute", 60, days(30)),
    ("keys.rotation", 3600, days(3660)),
    ("keys.jwks_max_age", 0, days(1)),
    ("password.memory_kib", 19_456, 1_048_576),
    ("password.iterations", 2, 64),
    ("password.parallelism", 1, 16),
    ("password.threads", 0, 256),
    ("password.queue", 1, 100_000),
    ("password.min_length", 8, 128),
    ("password.max_length", 64, 4096),
    ("password.classes", 0, 4),
    ("password.history", 0, 24),
    ("password.max_age", 0, days(3660)),
    ("limits.login_burst", 1, 10_000_000),
    ("limits.login_per_minute", 1, 10_000_000),
    ("limits.account_failures", 1, 10_000_000),
    ("limits.names_per_address", 1, 1000),
    ("limits.client_failures_per_minute", 1, 10_000_000),
    ("limits.token_client_burst", 1, 10_000_000),
    ("limits.token_client_rate", 1, 10_000_000),
    ("limits.api_rate", 1, 10_000_000),
    ("limits.import_bytes", 1024, 1_073_741_824),
    ("limits.introspect_client_rate", 1, 10_000_000),
    ("limits.flows_per_minute", 1, 10_000_000),
    ("limits.sign_ups_per_hour", 1, 10_000_000),
    ("limits.recoveries_per_hour", 1, 10_000_000),
    ("limits.letters_per_hour", 1, 10_000_000),
    ("refusals.keep", 60, days(366)),
    ("registration.invitation_ttl", 60, days(90)),
    ("refusals.rows", 100, 10_000_000),
    ("account.deletion_delay", 3600, days(90)),
    ("account.export_ttl", 600, days(30)),
];

#[test]
fn every_number_has_its_bounds() {
    for (key, least, most) in BOUNDS {
        let load = |value: i64| Config::load(&format!("{key} = {value}"), std::iter::empty());
        for good in [least, most] {
            assert!(load(good).is_ok(), "{key} = {good}: {:?}", load(good));
        }
        for bad in [least - 1, most.saturating_add(1)].into_iter().filter(|bad| *bad >= 0 && *bad != most) {
            let told = load(bad).unwrap_err().to_string();
            assert!(told.starts_with(&format!("{key} = {bad}: ")), "{told}");
        }
    }
}

#[test]
fn no_number_is_left_out() {
    let documented: toml::Table = toml::from_str(include_str!("../../../config/default.toml")).unwrap();
    for (section, values) in documented.iter().filter_map(|(name, value)| Some((name, value.as_table()?))) {
        for (name, _) in values.iter().filter(|(_, value)| value.is_integer()) {
            let key = format!("{section}.{name}");
            assert!(BOUNDS.iter().any(|(known, ..)| *known == key), "{key}");
        }
    }
}
