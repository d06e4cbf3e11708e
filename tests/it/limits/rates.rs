//! How often: as many as the defaults allow pass, one more has to wait as long as it is told, and no longer (L-27).

use std::time::Duration;

use actix_web::test::TestRequest;
use serde_json::json;
use signet::flow::admin::client::Registered;

use crate::support::browser::{Browser, hidden, pairs};
use crate::support::{Answer, Op, PASSWORD, authorize, basic};

/// Asks `most` times, which is answered with `status`, then once more than may be; and again after the time that the
/// refusal names.
async fn limited(op: &Op, name: &str, (most, status): (usize, u16), ask: impl AsyncFn() -> Answer) {
    for n in 0..most {
        assert_eq!(ask().await.status, status, "{name}: {n}");
    }
    let over = ask().await;
    assert_eq!(over.status, 429, "{name}");
    let wait: u64 = over.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{name}: {wait}");
    if over.header("content-type") == "application/json" {
        assert_eq!(over.error().1, "temporarily_unavailable", "{name}");
    }
    op.wait(Duration::from_secs(wait));
    assert_eq!(ask().await.status, status, "{name}: after {wait} s");
}

#[actix_web::test]
async fn requests_of_one_client() {
    let op = Op::start().await;
    let (client, job) = (op.client(json!({})).await, op.program(json!({})).await);
    let form = |grant| [("grant_type", grant), ("token", "x")];
    limited(&op, "token", (300, 400), async || op.token(&client, &form("x")).await).await;
    limited(&op, "introspection", (1000, 200), async || {
        op.authenticated("/oauth2/introspect", &client, &form("")).await
    })
    .await;
    assert_eq!(op.token(&job, &form("client_credentials")).await.status, 200, "others are free");
}

#[actix_web::test]
async fn failed_authentications_of_one_client_from_one_address() {
    let op = Op::start().await;
    let (job, other) = (op.program(json!({})).await, op.program(json!({})).await);
    let wrong = |of: &Registered| Registered { client: of.client.clone(), secret: Some("sgt_cs_x".into()) };
    for path in ["/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"] {
        op.wait(Duration::from_mins(1));
        limited(&op, path, (10, 401), async || op.authenticated(path, &wrong(&job), &[]).await).await;
    }
    assert_eq!(op.authenticated("/oauth2/token", &wrong(&job), &[]).await.status, 429);
    assert_eq!(op.authenticated("/oauth2/token", &wrong(&other), &[]).await.status, 401, "another client");
    let near =
        TestRequest::post().uri("/oauth2/token").peer_addr("192.0.2.1:1".parse().unwrap()).set_form([("a", "b")]);
    let near = op.call(near.insert_header(("authorization", basic(&wrong(&job))))).await;
    assert_eq!(near.status, 401, "another address");
}

#[actix_web::test]
async fn sign_ins_from_one_address() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    limited(&op, "begun by apps", (300, 303), async || op.get(&authorize(&client, &[])).await).await;

    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    let mut form = hidden(&page.body);
    form.extend([("username", "nobody"), ("password", "wrong")].map(|(name, value)| (name.into(), value.into())));
    let cookie = actix_web::cookie::Cookie::new("signet_browser", browser.cookie("signet_browser").unwrap().to_owned());
    let attempt = async || {
        // the delay of a name is another limit
        op.app.failures.names.forget(&signet::base::random::sha256("nobody"));
        op.call(TestRequest::post().uri("/login").cookie(cookie.clone()).set_form(pairs(&form))).await
    };
    limited(&op, "attempts", (10, 401), attempt).await;
}

#[actix_web::test]
async fn wrong_passwords_for_one_name() {
    let op = Op::with(|config| {
        config.limits.exempt_networks = vec!["127.0.0.1".into()];
        config.limits.account_failures = 9;
    })
    .await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    let mut passed = 0;
    // how long to wait after each; the ninth of this day is the last
    for wait in [0, 0, 0, 1, 3, 5, 10, 10, 86_400] {
        assert_eq!(browser.sign_in(&page, "ada", "wrong").await.page().1.status, 401, "before {wait} s");
        let wait = if wait == 86_400 { wait - passed } else { wait };
        passed += wait;
        if wait == 0 {
            continue;
        }
        for rest in [wait, 1] {
            op.wait(Duration::from_secs(wait - rest));
            let (_, locked) = browser.sign_in(&page, "ada", PASSWORD).await.page();
            assert_eq!((locked.status, locked.header("retry-after")), (429, rest.to_string().as_str()));
        }
        op.wait(Duration::from_secs(1));
    }
    assert_eq!(browser.sign_in(&page, "ada", PASSWORD).await.page().0, "/", "a new day");
}
