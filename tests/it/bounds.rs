//! Bad input: each kind has a clear error, the right status, and changes nothing.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;

use crate::support::{Op, authorize, basic};

#[actix_web::test]
async fn bodies_and_heads_that_are_too_large_or_of_the_wrong_kind() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let post = || TestRequest::post().uri("/oauth2/token").insert_header(("authorization", basic(&client)));
    let form = ("content-type", "application/x-www-form-urlencoded");
    let body = |size: usize| format!("grant_type=x&pad={}", "a".repeat(size));
    let cases = [
        ("too large", post().insert_header(form).set_payload(body(65_536)), 413),
        ("no type", post().set_payload("grant_type=x"), 415),
        ("JSON", post().insert_header(("content-type", "application/json")).set_payload("{}"), 415),
        ("compressed", post().insert_header(form).insert_header(("content-encoding", "gzip")).set_payload("x"), 415),
        ("not UTF-8", post().insert_header(form).set_payload("grant_type=%ff"), 400),
        ("NUL", post().insert_header(form).set_payload("grant_type=%00"), 400),
        ("twice", post().insert_header(form).set_payload("grant_type=a&grant_type=b"), 400),
        ("long value", post().insert_header(form).set_payload(format!("code={}", "c".repeat(4097))), 400),
        ("long header", post().insert_header(("x-pad", "a".repeat(8193))).insert_header(form), 431),
    ];
    for (name, request, status) in cases {
        let answer = op.call(request).await;
        assert_eq!(answer.error(), (status, "invalid_request".into()), "{name}: {}", answer.body);
    }
    let long = op.get(&format!("/login?pad={}", "a".repeat(8192))).await;
    assert_eq!(long.status, 414);
    let empty = op.call(post().insert_header(form)).await;
    assert_eq!(empty.error(), (400, "invalid_request".into()), "an empty body");
}

#[actix_web::test]
async fn every_parameter_missing_repeated_empty_or_strange() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let good = authorize(&client, &[("max_age", "1"), ("prompt", "login"), ("claims", "{}")]);
    let (path, query) = good.split_once('?').unwrap();
    let params: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
    for at in 0..params.len() {
        let name = params[at].0.clone();
        let mut variants = Vec::new();
        for value in ["", "\0", "\u{feff}", "'\"><script>", &"x".repeat(9000), "-1", "{}", "%"] {
            let mut changed = params.clone();
            changed[at].1 = value.to_owned();
            variants.push(changed);
        }
        let mut repeated = params.clone();
        repeated.push(params[at].clone());
        variants.push(repeated);
        variants.push(params.iter().filter(|(known, _)| *known != name).cloned().collect());
        for variant in variants {
            let uri = format!("{path}?{}", serde_urlencoded::to_string(&variant).unwrap());
            let answer = op.get(&uri).await;
            assert!([200, 303, 400, 414].contains(&answer.status), "{name}: {} {uri}", answer.status);
            assert!(!answer.body.contains("<script>"), "{name} comes back as markup");
        }
    }
}

#[actix_web::test]
async fn wrong_method_and_wrong_place() {
    let op = Op::start().await;
    let cases = [
        (Method::GET, "/oauth2/token", 405, "POST"),
        (Method::PUT, "/login", 405, "GET, POST"),
        (Method::DELETE, "/oauth2/jwks", 405, "GET"),
        (Method::GET, "/oauth2/nothing", 404, ""),
        (Method::GET, "/static/nothing.css", 404, ""),
        (Method::GET, "/static/../Cargo.toml", 404, ""),
        (Method::GET, "/LOGIN", 404, ""),
    ];
    for (method, path, status, allow) in cases {
        let answer = op.call(TestRequest::default().method(method.clone()).uri(path)).await;
        assert_eq!((answer.status, answer.header("allow")), (status, allow), "{method} {path}");
    }
}

#[actix_web::test]
async fn a_full_server_turns_away_at_once() {
    let op = Op::with(|config| config.server.in_flight = 8).await;
    let crowd: Vec<_> = (0..8).map(|_| op.app.places.enter(None, 8, 8).unwrap()).collect();
    let answer = op.post("/oauth2/token", &[]).await;
    assert_eq!(answer.error(), (503, "temporarily_unavailable".into()));
    assert_eq!(answer.header("retry-after"), "2");
    assert_eq!(op.get("/login").await.status, 503);
    for path in ["/healthz", "/readyz", "/oauth2/jwks", "/.well-known/openid-configuration"] {
        assert_eq!(op.get(path).await.status, 200, "{path} answers whatever the crowd");
    }
    drop(crowd);
    assert_eq!(op.get("/login").await.status, 200);
}
