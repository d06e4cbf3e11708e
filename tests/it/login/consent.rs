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

#[actix_web::test]
async fn claims_asked_for_one_by_one_need_the_same_consent_and_registration() {
    let op = Op::start().await;
    op.user("ada").await;
    let claims = r#"{"userinfo": {"email": null, "preferred_username": null}, "id_token": {"email": null}}"#;
    let ask = [("scope", "openid"), ("claims", claims)];
    let narrow = op.client(json!({ "scope": "openid" })).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open(&authorize(&narrow, &ask)).await.page();
    let (_, page) = browser.sign_in(&page, "ada", PASSWORD).await.page();
    assert!(!page.body.contains("data-scope=\"email\""));
    let code = browser.consent(&page, "allow").await.param("code");
    let tokens = op.token(&narrow, &crate::support::redeem(&code)).await.json();
    let payload = tokens["id_token"].as_str().unwrap().split('.').nth(1).unwrap().to_owned();
    let id_token = String::from_utf8(signet::base::random::from_base64url(&payload).unwrap()).unwrap();
    assert!(!id_token.contains("example.com"), "beyond the registration: {id_token}");

    let wide = op.client(json!({})).await;
    browser.walk(&authorize(&wide, &[("scope", "openid")]), "ada").await;
    let (path, page) = browser.open(&authorize(&wide, &ask)).await.page();
    assert!(path.starts_with("/consent"), "the person is asked: {path}");
    for scope in ["email", "profile"] {
        assert!(page.body.contains(&format!("data-scope=\"{scope}\"")), "{scope}");
    }
    browser.consent(&page, "allow").await.param("code");
    browser.open(&authorize(&wide, &ask)).await.param("code");
}

#[actix_web::test]
async fn allow_counts_for_the_person_whom_the_page_named() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("eve").await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open(&authorize(&client, &[])).await.page();
    let (_, of_ada) = browser.sign_in(&page, "ada", PASSWORD).await.page();
    // eve signs in in another tab
    browser.forget("signet_session");
    let (_, page) = browser.open("/login").await.page();
    browser.sign_in(&page, "eve", PASSWORD).await.page();
    let (path, of_eve) = browser.consent(&of_ada, "allow").await.page();
    assert!(path.starts_with("/consent") && of_eve.body.contains("eve"), "{path}");
    browser.consent(&of_eve, "allow").await.param("code");
}

#[actix_web::test]
async fn a_consent_page_is_no_way_around_a_fresh_sign_in() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    browser.walk(&authorize(&client, &[]), "ada").await;
    let session = browser.cookie("signet_session").unwrap().to_owned();
    op.wait(std::time::Duration::from_secs(4));
    for change in [("prompt", "login"), ("max_age", "1"), ("prompt", "select_account")] {
        // the request begins without the session's cookie, which comes back afterwards
        browser.forget("signet_session");
        let (path, page) = browser.open(&authorize(&client, &[change])).await.page();
        let mut form = crate::support::browser::hidden(&page.body);
        browser.remember("signet_session", &session);
        form.push(("decision".into(), "allow".into()));
        let (path_then, _) = browser.open(&path.replace("/login", "/consent")).await.page();
        assert!(path_then.starts_with("/login"), "{change:?}: {path_then}");
        let id = live_session(&op, &session).await;
        form.push(("session".into(), id));
        let (path_then, _) = browser.submit("/consent", &crate::support::browser::pairs(&form)).await.page();
        assert!(path_then.starts_with("/login"), "{change:?}: {path_then}");
    }
}

async fn live_session(op: &Op, cookie: &str) -> String {
    let live = signet::flow::session::current(op.app.cx(), Some(&cookie.into())).await.unwrap();
    live.unwrap().session.id.to_string()
}
