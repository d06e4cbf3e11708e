//! How many at once: requests, sign-ins being checked, connections to the database (L-24, L-25, L-29).

use actix_web::test::TestRequest;
use futures_util::future::join_all;
use serde_json::json;

use crate::support::browser::{Browser, hidden, pairs};
use crate::support::{Answer, Op};

fn turned_away(answer: &Answer) -> bool {
    assert!([200, 401, 503].contains(&answer.status), "{} {}", answer.status, answer.body);
    assert_eq!(answer.status == 503, answer.header("retry-after") == "2", "{}", answer.status);
    answer.status == 503
}

#[actix_web::test]
async fn requests_being_worked_on() {
    let op = Op::start().await;
    let (all, here) = (op.app.config.server.in_flight, op.app.config.server.in_flight_per_address);
    assert_eq!((all, here), (512, 100));
    let enter = |address: &str, count: usize| {
        let address = address.parse().unwrap();
        (0..count).map(|_| op.app.places.enter(Some(address), all, here).unwrap()).collect::<Vec<_>>()
    };
    let ask = async |address: &str| {
        let request = TestRequest::get().uri("/login").peer_addr(address.parse().unwrap());
        turned_away(&op.call(request).await)
    };
    let mut crowd = enter("192.0.2.1", 99);
    assert!(!ask("192.0.2.1:1").await, "the hundredth");
    crowd.extend(enter("192.0.2.1", 1));
    assert!(ask("192.0.2.1:1").await, "one more");
    assert!(!ask("192.0.2.2:1").await, "from elsewhere");
    crowd.extend(enter("2001:db8::1", 100));
    assert!(ask("[2001:db8::ffff]:1").await && !ask("[2001:db8:0:1::1]:1").await, "a /64 counts as one address");
    for n in 2..=4 {
        crowd.extend(enter(&format!("192.0.2.{n}"), 100));
    }
    crowd.extend(enter("192.0.2.5", 11));
    assert!(!ask("192.0.2.6:1").await, "the 512th");
    crowd.extend(enter("192.0.2.5", 1));
    assert!(ask("192.0.2.6:1").await, "one more");
    drop(crowd);
    assert!(!ask("192.0.2.1:1").await);
}

#[actix_web::test]
async fn passwords_being_checked() {
    let op = Op::with(|config| {
        config.password.memory_kib = 19_456;
        config.password.iterations = 8;
        config.password.queue = 1;
        config.limits.exempt_networks = vec!["127.0.0.1".into()];
    })
    .await;
    let program = op.program(json!({})).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    let cookie = actix_web::cookie::Cookie::new("signet_browser", browser.cookie("signet_browser").unwrap().to_owned());
    let sign_in = |n: usize| {
        let mut form = hidden(&page.body);
        form.extend([("username".to_owned(), format!("name{n}")), ("password".to_owned(), "wrong".to_owned())]);
        let request = TestRequest::post().uri("/login").cookie(cookie.clone()).set_form(pairs(&form));
        let op = &op;
        async move { turned_away(&op.call(request).await) }
    };
    let crowd = join_all((0..16).map(sign_in));
    let token = op.token(&program, &[("grant_type", "client_credentials")]);
    let (turned_away, token) = futures_util::future::join(crowd, token).await;
    let count = turned_away.iter().filter(|away| **away).count();
    assert!((1..=15).contains(&count), "{count} of 16");
    assert_eq!(token.status, 200, "programs do not wait for passwords");
}

#[actix_web::test]
async fn connections_to_the_database() {
    let op = Op::with(|config| config.store.connections = 2).await;
    let program = op.program(json!({ "access_token_format": "opaque" })).await;
    let token = op.token(&program, &[("grant_type", "client_credentials")]).await.json();
    let token = token["access_token"].as_str().unwrap();
    let ask = async || turned_away(&op.authenticated("/oauth2/introspect", &program, &[("token", token)]).await);
    let one = op.app.db.conn().await.unwrap();
    assert!(!ask().await, "the second of two");
    let other = op.app.db.conn().await.unwrap();
    assert!(ask().await, "one more");
    drop((one, other));
    assert!(!ask().await);
}
