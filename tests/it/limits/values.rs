//! How many parameters, how long their values, how many things in one of them (L-22, L-23).

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::admin::client::Registered;
use signet::spec::client_meta::Metadata;
use signet::spec::error::Code;

use crate::support::browser::pairs;
use crate::support::{Answer, CALLBACK, Op, authorize};

type Made = fn(usize) -> String;
type Member = fn(usize) -> Value;

fn long(size: usize) -> String {
    "a".repeat(size)
}

/// A redirect URI of so many bytes.
fn address(size: usize) -> String {
    format!("https://rp.test/{}", long(size - 16))
}

/// A scope of so many bytes.
fn scope(size: usize) -> String {
    format!("read {}", long(size - 5))
}

/// So many different words.
fn words(count: usize) -> String {
    (0..count).map(|n| format!("s{n}")).collect::<Vec<_>>().join(" ")
}

/// By POST what is too long for an address.
async fn begin(op: &Op, client: &Registered, change: &[(&str, &str)]) -> Answer {
    let path = authorize(client, change);
    if path.len() <= 8192 {
        return op.get(&path).await;
    }
    let form = ("content-type", "application/x-www-form-urlencoded");
    let (uri, query) = path.split_once('?').unwrap();
    op.call(TestRequest::post().uri(uri).insert_header(form).set_payload(query.to_owned())).await
}

#[actix_web::test]
async fn values_of_an_authorization_request() {
    let op = Op::start().await;
    let client = op.client(json!({ "redirect_uris": [address(2048), CALLBACK], "scope": scope(1024) })).await;
    let cases: [(&str, usize, Made); 8] = [
        ("state", 2048, long),
        ("nonce", 512, long),
        ("scope", 1024, scope),
        ("login_hint", 320, long),
        ("claims", 8192, |size| format!("{{{}}}", " ".repeat(size - 2))),
        ("redirect_uri", 2048, address),
        ("acr_values", 4096, long),
        ("ui_locales", 4096, long),
    ];
    for (name, most, made) in cases {
        let at = begin(&op, &client, &[("scope", "read"), (name, &made(most))]).await;
        assert!(at.header("location").starts_with("/login?request="), "{name}: {} {}", at.status, at.body);
        let over = begin(&op, &client, &[("scope", "read"), (name, &made(most + 1))]).await;
        assert_eq!((over.status, over.header("location")), (400, ""), "{name}");
        assert!(over.body.contains(&format!("{} is too long", &name[1..])), "{name}: {}", over.body);
    }
}

#[actix_web::test]
async fn values_of_the_other_requests() {
    let op = Op::start().await;
    let program = op.program(json!({ "scope": scope(1024) })).await;
    let client = op.client(json!({})).await;
    let (code, refresh) = ("authorization_code", "refresh_token");
    let cases: [(&str, &Registered, &str, &str, usize, Made, u16); 6] = [
        ("/oauth2/token", &program, "client_credentials", "scope", 1024, scope, 200),
        ("/oauth2/token", &client, code, "code", 4096, long, 400),
        ("/oauth2/token", &client, code, "code_verifier", 4096, long, 400),
        ("/oauth2/token", &client, refresh, "refresh_token", 4096, long, 400),
        ("/oauth2/introspect", &client, "", "token", 16_384, long, 200),
        ("/oauth2/revoke", &client, "", "token", 16_384, long, 200),
    ];
    for (path, client, grant, name, most, made, status) in cases {
        let ask = async |value: &str| {
            let mut form = vec![("grant_type", grant), ("redirect_uri", CALLBACK), (name, value)];
            form.extend((name == "code_verifier").then_some(("code", "x")));
            op.authenticated(path, client, &form).await
        };
        let (at, over) = (ask(&made(most)).await, ask(&made(most + 1)).await);
        assert_eq!(at.status, status, "{path} {name}: {}", at.body);
        assert!(!at.body.contains("too long"), "{path} {name}: {}", at.body);
        assert_eq!(over.error(), (400, "invalid_request".into()), "{path} {name}");
        assert!(over.body.contains(&format!("{name} is too long")), "{path} {name}: {}", over.body);
    }
}

#[actix_web::test]
async fn a_hundred_parameters() {
    let op = Op::start().await;
    let (client, program) = (op.client(json!({})).await, op.program(json!({})).await);
    let names: Vec<String> = (0..100).map(|n| format!("p{n}")).collect();
    let fill = |count: usize| names[..count].iter().map(|name| (name.as_str(), "1")).collect::<Vec<_>>();
    // eight are there already
    let at = op.get(&authorize(&client, &fill(92))).await;
    assert!(at.header("location").starts_with("/login"), "{}", at.body);
    let over = op.get(&authorize(&client, &fill(93))).await;
    assert!(over.status == 400 && over.body.contains("oo many parameters"), "{}", over.body);
    for (count, status) in [(99, 200), (100, 400)] {
        let form: Vec<_> = fill(count).into_iter().chain([("grant_type", "client_credentials")]).collect();
        assert_eq!(op.token(&program, &form).await.status, status, "{count} more");
    }
}

#[actix_web::test]
async fn fifty_scopes() {
    let op = Op::start().await;
    let program = op.program(json!({ "scope": words(50) })).await;
    for (count, status) in [(50, 200), (51, 400)] {
        let form = [("grant_type", "client_credentials".to_owned()), ("scope", words(count))];
        let form = form.map(|(name, value)| (name.to_owned(), value));
        assert_eq!(op.token(&program, &pairs(&form)).await.status, status, "{count}");
    }
}

#[test]
fn registration() {
    let web = |size: usize| json!(address(size));
    let many = |count: usize| json!((0..count).map(|n| format!("https://rp.test/{n}")).collect::<Vec<_>>());
    let one = |size: usize| json!([address(size)]);
    let (uri, other) = (Code::InvalidRedirectUri, Code::InvalidClientMetadata);
    let cases: [(&str, usize, Member, Code); 11] = [
        ("client_name", 128, |size| json!(long(size)), other),
        ("redirect_uris", 50, many, uri),
        ("redirect_uris", 2048, one, uri),
        ("post_logout_redirect_uris", 50, many, uri),
        ("post_logout_redirect_uris", 2048, one, uri),
        ("client_uri", 2048, web, other),
        ("logo_uri", 2048, web, other),
        ("policy_uri", 2048, web, other),
        ("tos_uri", 2048, web, other),
        ("initiate_login_uri", 2048, web, other),
        ("scope", 50, |count| json!(words(count)), other),
    ];
    for (name, most, made, code) in cases {
        let read = |size: usize| {
            let mut metadata = json!({ "client_name": "Demo", "redirect_uris": [CALLBACK] });
            metadata[name] = made(size);
            Metadata::from_json(&metadata.to_string())
        };
        assert!(read(most).is_ok(), "{name}: {:?}", read(most));
        let refusal = read(most + 1).unwrap_err();
        assert_eq!(refusal.code, code, "{name}");
        assert!(refusal.reason.contains(name), "{name}: {}", refusal.reason);
    }
}
