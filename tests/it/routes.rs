//! The table of routes, walked.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use signet::web::routes::{Access, Cache, Cors, Csrf, ROUTES};

use crate::support::Op;

#[actix_web::test]
async fn every_form_wants_its_token() {
    let op = Op::start().await;
    let forms: Vec<_> = ROUTES.iter().filter(|route| route.csrf == Csrf::Token).collect();
    assert!(forms.len() >= 4);
    for route in forms {
        assert_eq!(op.post(route.path, &[("csrf", "guess")]).await.status, 403, "{}", route.path);
    }
}

#[test]
fn every_change_is_protected_and_no_cookie_counts_where_any_origin_may_read() {
    for route in ROUTES {
        let reads = route.method == Method::GET;
        assert_eq!(route.csrf == Csrf::Reads, reads, "{} {}", route.method, route.path);
        if route.cors == Cors::Open {
            let free = matches!(
                route.access,
                Access::Anyone | Access::Client | Access::Bearer | Access::Right(_) | Access::Caller
            );
            assert!(free && route.csrf != Csrf::Token, "{}", route.path);
        }
    }
}

#[actix_web::test]
async fn every_answer_has_its_headers() {
    let op = Op::start().await;
    for route in ROUTES {
        let path = route.path.replace("{file}", "nothing");
        let answer = op.call(TestRequest::default().method(route.method.clone()).uri(&path)).await;
        let name = format!("{} {path}", route.method);
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{name}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{name}");
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{name}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{name}: {policy}");
        if route.cache == Cache::Never {
            assert_eq!(answer.header("cache-control"), "no-store", "{name}");
        }
        assert_ne!(answer.status, 500, "{name}");
        assert_ne!(answer.status, 405, "{name} is declared but not mounted");
    }
}

#[actix_web::test]
async fn pages_for_signed_in_people_send_others_to_sign_in() {
    let op = Op::start().await;
    assert_eq!(op.get("/").await.header("location"), "/login");
    let head = op.call(TestRequest::default().method(Method::HEAD).uri("/login")).await;
    assert_eq!(head.status, 200);
}

#[actix_web::test]
async fn https_means_strict_cookies_and_transport() {
    let op = Op::with(|config| config.issuer = "https://op.test".into()).await;
    let answer = op.get("/login").await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-signet_browser=") && cookie.contains("Secure"), "{cookie}");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    assert!(!answer.header("strict-transport-security").is_empty());
}
