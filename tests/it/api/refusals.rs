//! Why something was refused: found by what it was, explained by its reference.

use std::time::Duration;

use serde_json::{Value, json};
use signet::spec::right::Right;

use super::{get, key};
use crate::support::{Op, authorize, redeem};

async fn items(op: &Op, reader: &str, query: &str) -> Vec<Value> {
    let answer = get(op, reader, &format!("/refusals?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.body);
    answer.json()["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn refusals_are_found_by_what_they_were() {
    let op = Op::start().await;
    let reader = key(&op, &[Right::ClientsRead]).await;
    let (client, other) = (op.client(json!({})).await, op.client(json!({})).await);
    let first = op.app.clock.now().0;
    op.get(&authorize(&client, &[("redirect_uri", "https://evil.test/")])).await;
    op.wait(Duration::from_mins(1));
    op.token(&client, &redeem("nope")).await;
    op.wait(Duration::from_mins(1));
    op.get(&authorize(&other, &[("redirect_uri", "https://evil.test/")])).await;
    op.settle().await;
    let all = items(&op, &reader, "").await;
    assert_eq!(all.len(), 3);
    assert_eq!(all[0]["client_id"], other.client.id.as_str(), "the latest first");
    let id = client.client.id.as_str();
    assert_eq!(items(&op, &reader, &format!("client_id={id}")).await.len(), 2);
    assert_eq!(items(&op, &reader, &format!("client_id={id}&endpoint=authorize")).await.len(), 1);
    assert_eq!(items(&op, &reader, "code=invalid_grant").await[0]["check"], "code.known");
    assert_eq!(items(&op, &reader, "check=redirect_uri.registered").await.len(), 2);
    assert_eq!(items(&op, &reader, &format!("since={}", first + 60)).await.len(), 2);
    assert_eq!(items(&op, &reader, &format!("until={}", first + 60)).await.len(), 1);
    for odd in ["check=x", "endpoint=x", "since=today", "after=x", "limit=0"] {
        assert_eq!(get(&op, &reader, &format!("/refusals?{odd}")).await.status, 422, "{odd}");
    }
}

#[actix_web::test]
async fn pages_hold_each_refusal_once_also_those_of_one_second() {
    let op = Op::start().await;
    let reader = key(&op, &[Right::ClientsRead]).await;
    let client = op.client(json!({})).await;
    for _ in 0..7 {
        op.token(&client, &redeem("nope")).await;
    }
    op.settle().await;
    let (mut seen, mut query) = (std::collections::HashSet::new(), "limit=3".to_owned());
    loop {
        let page = get(&op, &reader, &format!("/refusals?{query}")).await.json();
        for item in page["items"].as_array().unwrap() {
            assert!(seen.insert(item["reference"].as_str().unwrap().to_owned()));
        }
        let Some(next) = page["next"].as_str() else { break };
        query = format!("limit=3&after={next}");
    }
    assert_eq!(seen.len(), 7);
}

#[actix_web::test]
async fn a_reference_is_explained_down_to_where_the_setting_is_changed() {
    let op = Op::start().await;
    let reader = key(&op, &[Right::ClientsRead]).await;
    let client = op.client(json!({})).await;
    let page = op.get(&authorize(&client, &[("redirect_uri", "https://rp.test/typo")])).await;
    op.settle().await;
    let told = get(&op, &reader, &format!("/refusals/{}", page.reference().to_lowercase())).await.json();
    assert_eq!(
        (&told["check"], &told["received"]),
        (&json!("redirect_uri.registered"), &json!("https://rp.test/typo"))
    );
    assert_eq!(told["setting"]["name"], "client.redirect_uris");
    assert_eq!(told["setting"]["address"], format!("/api/v1/clients/{}", client.client.id));
    let results: Vec<_> =
        told["checks"].as_array().unwrap().iter().map(|step| step["result"].as_str().unwrap()).collect();
    assert_eq!(results.iter().filter(|result| **result == "failed").count(), 1);
    assert!(results.first() == Some(&"passed") && results.last() == Some(&"not_reached"), "{results:?}");
    assert_eq!(get(&op, &reader, "/refusals/AAAA-AAAA").await.status, 404);
    let stranger = key(&op, &[Right::UsersRead]).await;
    assert_eq!(get(&op, &stranger, "/refusals").await.status, 403);
}
