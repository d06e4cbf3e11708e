//! The size of a request: address, headers, body (L-20, L-21).

use actix_web::http::Method;
use actix_web::test::TestRequest;
use signet::web::routes::{Face, ROUTES};

use crate::support::Op;

const PATH: &str = "/oauth2/jwks";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A request whose address has `size` bytes.
fn address(size: usize) -> TestRequest {
    TestRequest::get().uri(&format!("{PATH}?{}", "a".repeat(size - PATH.len() - 1)))
}

/// A request with `count` headers of `size` bytes each, name and value together.
fn headers(count: usize, size: usize) -> TestRequest {
    let add = |request: TestRequest, n| request.append_header((format!("x-{n:03}"), "a".repeat(size - 5)));
    (0..count).fold(TestRequest::get().uri(PATH), add)
}

#[actix_web::test]
async fn address_and_headers() {
    let op = Op::start().await;
    let cookie = |size: usize| TestRequest::get().uri(PATH).insert_header(("cookie", "a".repeat(size - 6)));
    let cases = [
        ("address", address(8192), address(8193), 414),
        ("number of headers", headers(100, 10), headers(101, 10), 431),
        ("one header", headers(1, 8192), headers(1, 8193), 431),
        ("cookie", cookie(8192), cookie(8193), 431),
        ("all headers", headers(4, 8192), headers(4, 8192).insert_header(("x", "")), 431),
    ];
    for (name, at, over, status) in cases {
        assert_eq!(op.call(at).await.status, 200, "{name}");
        assert_eq!(op.call(over).await.error(), (status, "invalid_request".into()), "{name}");
    }
}

#[actix_web::test]
async fn every_form_has_at_most_64_kb_and_comes_uncompressed() {
    let op = Op::start().await;
    let body = (0..16).map(|n| format!("p{n:02}={}&", "a".repeat(4091))).collect::<Vec<_>>().concat();
    assert_eq!(body.len(), 64 * 1024);
    let more = format!("{body}&");
    let forms: Vec<_> =
        ROUTES.iter().filter(|route| route.method == Method::POST && route.face != Face::Problem).collect();
    assert!(forms.len() >= 8);
    for route in forms {
        let post = |body: &str| TestRequest::post().uri(route.path).insert_header(FORM).set_payload(body.to_owned());
        let cases = [
            ("64 KB", post(&body), false),
            ("one byte more", post(&more), true),
            ("one byte more is announced", post("").insert_header(("content-length", "65537")), true),
        ];
        for (name, request, refused) in cases {
            assert_eq!(op.call(request).await.status == 413, refused, "{}: {name}", route.path);
        }
        let packed = op.call(post("a=b").insert_header(("content-encoding", "gzip"))).await;
        assert_eq!(packed.status, 415, "{}", route.path);
    }
}
