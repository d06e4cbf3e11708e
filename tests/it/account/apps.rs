use std::time::Duration;

use serde_json::json;

use super::{fill, signed_in};
use crate::support::browser::Browser;
use crate::support::{Op, authorize, redeem};

const ALL: (&str, &str) = ("scope", "openid profile offline_access");

#[actix_web::test]
async fn an_app_is_shown_with_what_it_may_and_when_it_did() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "client_name": "Notes & <more>" })).await;
    let mut browser = Browser::new(&op);
    let code = browser.code(&authorize(&client, &[ALL]), "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    op.wait(Duration::from_hours(2));
    let refresh = tokens["refresh_token"].as_str().unwrap();
    op.token(&client, &[("grant_type", "refresh_token"), ("refresh_token", refresh)]).await;
    let (_, page) = browser.open("/account/apps").await.page();
    let id = client.client.id.as_str();
    assert!(page.body.contains(&format!("data-client=\"{id}\"")) && page.body.contains("Notes &#38; &#60;more&#62;"));
    assert!(page.body.contains("See your profile") && page.body.contains("Stay connected"), "{}", page.body);
    assert!(!page.body.contains("See your e-mail address"));
    assert!(page.body.contains("Since <time dir=\"auto\" datetime=\"2027-01-15T08:00:00Z\""), "{}", page.body);
    assert!(page.body.contains("Last used <time dir=\"auto\" datetime=\"2027-01-15T10:00:00Z\""), "{}", page.body);
}

#[actix_web::test]
async fn what_is_withdrawn_counts_no_more_and_has_to_be_asked_for_again() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("bob").await;
    let client = op.client(json!({})).await;
    let (mut browser, mut other) = (Browser::new(&op), Browser::new(&op));
    let code = browser.code(&authorize(&client, &[ALL]), "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    let code = other.code(&authorize(&client, &[ALL]), "bob").await;
    let bobs = op.token(&client, &redeem(&code)).await.json();
    let pending = browser.code(&authorize(&client, &[ALL]), "ada").await;

    let (_, page) = browser.open("/account/apps").await.page();
    let id = client.client.id.as_str();
    let (path, page) = fill(&mut browser, "/account/apps", &page, &[("withdraw", id)]).await.page();
    assert_eq!(path, "/account/apps?withdrawn=yes");
    assert!(page.body.contains("No app has access"), "{}", page.body);

    let refresh = |token: &serde_json::Value| token["refresh_token"].as_str().unwrap().to_owned();
    let form = [("grant_type", "refresh_token"), ("refresh_token", &*refresh(&tokens))];
    assert_eq!(op.token(&client, &form).await.error(), (400, "invalid_grant".into()));
    assert_eq!(op.token(&client, &redeem(&pending)).await.error(), (400, "invalid_grant".into()));
    let userinfo = async |tokens: &serde_json::Value| {
        let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        let request = actix_web::test::TestRequest::get().uri("/oauth2/userinfo");
        op.call(request.insert_header(("authorization", bearer))).await.status
    };
    assert_eq!((userinfo(&tokens).await, userinfo(&bobs).await), (401, 200));
    let (path, _) = browser.open(&authorize(&client, &[])).await.page();
    assert!(path.starts_with("/consent"), "{path}");
    let (_, page) = browser.open("/account/activity?kind=apps").await.page();
    assert!(page.body.contains("You withdrew access: <bdi>Demo</bdi>"), "{}", page.body);
}

#[actix_web::test]
async fn an_app_of_the_house_needs_no_consent_and_is_shown_as_well() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = signed_in(&op, "ada").await;
    browser.code(&authorize(&client, &[]), "ada").await;
    let (_, page) = browser.open("/account/apps").await.page();
    assert!(page.body.contains("<bdi>Demo</bdi>") && page.body.contains("data-scope=\"email\""), "{}", page.body);
}
