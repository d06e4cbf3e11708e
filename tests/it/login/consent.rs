use serde_json::json;

use crate::support::browser::{Browser, param};
use crate::support::{Op, PASSWORD, authorize};

#[actix_web::test]
async fn consent_is_remembered_and_asked_only_for_what_is_new() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "client_name": "Shop" })).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open(&authorize(&client, &[("scope", "openid email")])).await.page();
    assert!(page.body.contains("id=\"client-info\"") && page.body.contains("Shop"), "the app is in sight already");
    let (path, page) = browser.sign_in(&page, "ada", PASSWORD).await.page();
    assert!(path.starts_with("/consent?request="), "{path}");
    for scope in ["openid", "email"] {
        assert!(page.body.contains(&format!("data-scope=\"{scope}\"")), "{scope}");
    }
    assert!(param(&browser.consent(&page, "allow").await.away(), "code").is_some());

    let less = browser.open(&authorize(&client, &[("scope", "openid")])).await.away();
    assert!(param(&less, "code").is_some(), "less than allowed is allowed");
    let (path, page) = browser.open(&authorize(&client, &[("scope", "openid email profile")])).await.page();
    assert!(path.starts_with("/consent"), "{path}");
    assert!(page.body.contains("data-scope=\"profile\""));
}

#[actix_web::test]
async fn deny_is_told_to_the_app_and_ends_the_request() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open(&authorize(&client, &[])).await.page();
    let (_, page) = browser.sign_in(&page, "ada", PASSWORD).await.page();
    let url = browser.consent(&page, "deny").await.away();
    assert_eq!(param(&url, "error").as_deref(), Some("access_denied"));
    assert_eq!(param(&url, "state").as_deref(), Some("the state"));
    assert_eq!(param(&url, "iss").as_deref(), Some(crate::support::ISSUER));
    let (_, late) = browser.consent(&page, "allow").await.page();
    assert_eq!(late.status, 400, "the back button does not undo it");
    assert!(late.body.contains("already been finished"), "{}", late.body);
}

#[actix_web::test]
async fn a_first_party_app_asks_for_no_consent() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open(&authorize(&client, &[])).await.page();
    let url = browser.sign_in(&page, "ada", PASSWORD).await.away();
    assert!(param(&url, "code").is_some());
    let (path, _) = browser.open(&authorize(&client, &[("prompt", "consent")])).await.page();
    assert!(path.starts_with("/consent"), "unless the app wants the page: {path}");
}

#[actix_web::test]
async fn of_many_who_press_allow_at_once_one_gets_a_code() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open(&authorize(&client, &[])).await.page();
    let (_, page) = browser.sign_in(&page, "ada", PASSWORD).await.page();
    let mut form = crate::support::browser::hidden(&page.body);
    form.push(("decision".into(), "allow".into()));
    let cookies: Vec<_> =
        ["signet_browser", "signet_session"].map(|name| (name, browser.cookie(name).unwrap().to_owned())).into();
    let press = || async {
        let mut request = actix_web::test::TestRequest::post().uri("/consent").set_form(&form);
        for (name, value) in &cookies {
            request = request.cookie(actix_web::cookie::Cookie::new(*name, value.clone()));
        }
        op.call(request).await
    };
    let answers = futures_util::future::join_all((0..16).map(|_| press())).await;
    let codes = answers.iter().filter(|answer| answer.header("location").contains("code=")).count();
    assert_eq!(codes, 1);
}
