//! Every refusal explains itself.

use actix_web::test::TestRequest;
use base64::Engine as _;
use serde_json::json;
use signet::flow::explain::{self, Went};
use signet::spec::check::{Check, Endpoint};

use crate::support::browser::{Browser, param};
use crate::support::{Op, authorize, redeem};

async fn failed(op: &Op, reference: &str) -> (Endpoint, Option<Check>) {
    op.settle().await;
    let told = explain::explain(op.app.cx(), &reference.to_lowercase()).await.unwrap();
    let failed: Vec<_> = told.checks.iter().filter(|(_, went)| *went == Went::Failed).collect();
    assert_eq!(failed.len(), 1, "{reference}: the check that failed stands in the order of {}", told.row.endpoint);
    (told.row.endpoint, told.row.check_name)
}

#[actix_web::test]
async fn a_page_an_answer_and_a_redirect_carry_a_reference() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let page = op.get(&authorize(&client, &[("redirect_uri", "https://evil.test/")])).await;
    assert_eq!(failed(&op, &page.reference()).await, (Endpoint::Authorize, Some(Check::RedirectUri)));
    let answer = op.token(&client, &redeem("nope")).await;
    assert_eq!(failed(&op, &answer.reference()).await, (Endpoint::TokenCode, Some(Check::CodeKnown)));
    let url = Browser::new(&op).open(&authorize(&client, &[("scope", "admin")])).await.away();
    let text = param(&url, "error_description").unwrap();
    let reference = text.split("reference ").nth(1).unwrap()[..9].to_owned();
    assert_eq!(failed(&op, &reference).await, (Endpoint::Authorize, Some(Check::Scope)));
}

#[actix_web::test]
async fn expected_received_and_setting_are_told_and_secrets_are_not() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let page = op.get(&authorize(&client, &[("redirect_uri", "https://rp.test/typo")])).await;
    op.settle().await;
    let row = explain::explain(op.app.cx(), &page.reference()).await.unwrap().row;
    assert_eq!(row.client_id.as_deref(), Some(client.client.id.as_str()));
    assert!(row.expected.unwrap().contains(crate::support::CALLBACK));
    assert_eq!(row.received.as_deref(), Some("https://rp.test/typo"));
    assert_eq!(row.setting.as_deref(), Some("client.redirect_uris"));
    assert!(!page.body.contains(crate::support::CALLBACK), "the page tells no stranger what is registered");

    let wrong = "sgt_cs_a-wrong-secret-that-nobody-may-read";
    let post = TestRequest::post().uri("/oauth2/token");
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("{}:{wrong}", client.client.id));
    let answer = op.call(post.insert_header(("authorization", format!("Basic {pair}"))).set_form(redeem("x"))).await;
    op.settle().await;
    let row = explain::explain(op.app.cx(), &answer.reference()).await.unwrap().row;
    assert_eq!(row.check_name, Some(Check::ClientSecret));
    assert!(!format!("{row:?}").contains("a-wrong-secret"));
}

#[actix_web::test]
async fn what_somebody_sent_moves_no_terminal() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let sent = "https://x/\u{1b}]0;owned\u{7}\nFAKE LINE\u{202e}";
    let page = op.get(&authorize(&client, &[("redirect_uri", sent)])).await;
    op.settle().await;
    let received = explain::explain(op.app.cx(), &page.reference()).await.unwrap().row.received.unwrap();
    assert!(!received.chars().any(|c| c.is_control() || c == '\u{202e}') && received.contains("FAKE"), "{received:?}");
}

#[actix_web::test]
async fn a_flood_of_refusals_is_bounded() {
    let op = Op::start().await;
    for _ in 0..1200 {
        let refusal = signet::spec::error::Code::InvalidGrant.because("no").at(Check::CodeKnown, "a", "b");
        explain::keep(op.app.cx(), Endpoint::Token, None, &refusal);
    }
    assert_eq!(op.app.refusals.take().len(), 1000);
    assert_eq!(op.app.refusals.dropped.load(std::sync::atomic::Ordering::Relaxed), 200);
}

#[actix_web::test]
async fn an_unknown_reference_is_told_so() {
    let op = Op::start().await;
    assert!(explain::explain(op.app.cx(), "ABCD-EFGH").await.is_err());
}
