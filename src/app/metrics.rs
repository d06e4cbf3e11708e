//! What is measured, for Prometheus.

use std::time::Duration;

use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry, TextEncoder,
    register_histogram_vec_with_registry, register_int_counter_vec_with_registry, register_int_gauge_with_registry,
};

pub struct Metrics {
    registry: Registry,
    requests: HistogramVec,
    pub sign_ins: IntCounterVec,
    pub tokens: IntCounterVec,
    pub refusals: IntCounterVec,
    pub letters: IntCounterVec,
    pub hash_queue: IntGauge,
    pub pool_used: IntGauge,
    pub pool_size: IntGauge,
    pub dropped: IntGauge,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    #[expect(clippy::expect_used, reason = "names and labels are constants, and each is registered once")]
    pub fn new() -> Self {
        let registry = Registry::new();
        let counter = |name: &str, help: &str, label: &str| {
            let options = Opts::new(name, help);
            register_int_counter_vec_with_registry!(options, &[label], registry).expect("a metric")
        };
        let gauge = |name: &str, help: &str| register_int_gauge_with_registry!(name, help, registry).expect("a metric");
        let seconds = HistogramOpts::new("signet_request_seconds", "Time to answer, by route and status class")
            .buckets(vec![0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0]);
        let info =
            Opts::new("signet_build_info", "The version that runs").const_label("version", env!("CARGO_PKG_VERSION"));
        let build = IntGauge::with_opts(info).expect("a metric");
        build.set(1);
        registry.register(Box::new(build)).expect("registered once");
        Self {
            requests: register_histogram_vec_with_registry!(seconds, &["route", "status"], registry).expect("a metric"),
            sign_ins: counter("signet_sign_ins_total", "Sign-ins, by result", "result"),
            tokens: counter("signet_tokens_total", "Token answers, by grant", "grant"),
            refusals: counter("signet_refusals_total", "Refused requests, by error code", "code"),
            letters: counter("signet_letters_total", "Letters and short messages, by what became of them", "result"),
            hash_queue: gauge("signet_password_queue", "Passwords waiting for a hashing thread"),
            pool_used: gauge("signet_database_connections_used", "Database connections in use"),
            pool_size: gauge("signet_database_connections_max", "Database connections at most"),
            dropped: gauge(
                "signet_refusals_dropped",
                "Refusals that were not kept, because there were too many at once",
            ),
            registry,
        }
    }

    /// One answered request. `route` is a declared path, never what somebody sent.
    pub fn request(&self, route: &str, status: u16, took: Duration) {
        let class = match status {
            200..300 => "2xx",
            300..400 => "3xx",
            400..500 => "4xx",
            _ => "5xx",
        };
        self.requests.with_label_values(&[route, class]).observe(took.as_secs_f64());
    }

    /// The text exposition format.
    pub fn text(&self) -> String {
        let mut out = Vec::new();
        // writing to memory does not fail
        TextEncoder::new().encode(&self.registry.gather(), &mut out).ok();
        String::from_utf8(out).unwrap_or_default()
    }
}
