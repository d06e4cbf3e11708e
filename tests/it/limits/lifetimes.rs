//! How long things live: the last second, and the one after it (L-26).

use std::time::Duration;

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::admin::client::Registered;

use crate::support::browser::{Browser, param};
use crate::support::{Op, authorize, redeem};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_hours(24);

fn all_but_a_second(time: Duration) -> Duration {
    time.saturating_sub(SECOND)
}

async fn tokens(op: &Op, client: &Registered) -> Value {
    let path = authorize(client, &[("scope", "openid offline_access")]);
    let code = Browser::new(op).code(&path, "ada").await;
    op.token(client, &redeem(&code)).await.json()
}

async fn refresh(op: &Op, client: &Registered, token: &Value) -> Value {
    let form = [("grant_type", "refresh_token"), ("refresh_token", token.as_str().unwrap())];
    op.token(client, &form).await.json()["refresh_token"].clone()
}

#[actix_web::test]
async fn a_sign_in_under_way_half_an_hour() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    for (passed, status) in [(1799, 200), (1800, 400)] {
        let mut browser = Browser::new(&op);
        let (path, page) = browser.open(&authorize(&client, &[])).await.page();
        op.wait(Duration::from_secs(passed));
        assert_eq!(browser.open(&path).await.page().1.status, status, "{passed} s");
        if status == 200 {
            browser.sign_in(&page, "ada", crate::support::PASSWORD).await.param("code");
        } else {
            let (_, late) = browser.sign_in(&page, "ada", crate::support::PASSWORD).await.page();
            assert!(late.status == 400 && late.body.contains("took too long"), "{}", late.body);
        }
    }
}

#[actix_web::test]
async fn an_access_token_ten_minutes_wherever_it_is_asked_for() {
    let op = Op::start().await;
    op.user("ada").await;
    for format in ["jwt", "opaque"] {
        let client = op.client(json!({ "access_token_format": format })).await;
        let answer = tokens(&op, &client).await;
        let token = answer["access_token"].as_str().unwrap();
        assert_eq!(answer["expires_in"], 600);
        op.wait(Duration::from_secs(599));
        for (active, status) in [(true, 200), (false, 401)] {
            let known = op.authenticated("/oauth2/introspect", &client, &[("token", token)]).await.json();
            assert_eq!(known["active"], active, "{format}");
            let bearer = ("authorization", format!("Bearer {token}"));
            let userinfo = op.call(TestRequest::get().uri("/oauth2/userinfo").insert_header(bearer)).await;
            assert_eq!(userinfo.status, status, "{format}");
            op.wait(SECOND);
        }
    }
}

#[actix_web::test]
async fn an_id_token_ten_minutes() {
    let op = Op::start().await;
    op.user("ada").await;
    let answer = tokens(&op, &op.client(json!({})).await).await;
    let payload = answer["id_token"].as_str().unwrap().split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&signet::base::random::from_base64url(payload).unwrap()).unwrap();
    assert_eq!(claims["exp"].as_i64().unwrap(), op.app.clock.now().0 + 600);
}

#[actix_web::test]
async fn a_refresh_token_thirty_days_without_use_and_ninety_in_all() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let idle = tokens(&op, &client).await["refresh_token"].clone();
    op.wait(all_but_a_second(30 * DAY));
    let idle = refresh(&op, &client, &idle).await;
    assert!(idle.is_string(), "the last second");
    op.wait(30 * DAY);
    assert!(refresh(&op, &client, &idle).await.is_null(), "one more");

    let mut token = tokens(&op, &client).await["refresh_token"].clone();
    for _ in 0..3 {
        op.wait(29 * DAY);
        token = refresh(&op, &client, &token).await;
    }
    op.wait(all_but_a_second(3 * DAY));
    token = refresh(&op, &client, &token).await;
    assert!(token.is_string(), "the last second of ninety days");
    op.wait(SECOND);
    assert!(refresh(&op, &client, &token).await.is_null(), "one more");
}

#[actix_web::test]
async fn a_lost_answer_twenty_seconds() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    for (passed, good) in [(20, true), (21, false)] {
        let token = tokens(&op, &client).await["refresh_token"].clone();
        refresh(&op, &client, &token).await;
        op.wait(Duration::from_secs(passed));
        assert_eq!(refresh(&op, &client, &token).await.is_string(), good, "{passed} s");
    }
}

#[actix_web::test]
async fn a_session_twelve_hours_without_use_and_thirty_days_in_all() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let half = Duration::from_hours(12);
    let used_daily = [vec![half; 59], vec![all_but_a_second(half), SECOND]].concat();
    // each wait but the last is survived
    for waits in [vec![half, half + SECOND], used_daily] {
        let mut browser = Browser::new(&op);
        browser.walk(&authorize(&client, &[]), "ada").await;
        for (n, wait) in waits.iter().enumerate() {
            op.wait(*wait);
            let url = browser.open(&authorize(&client, &[("prompt", "none")])).await.away();
            assert_eq!(param(&url, "code").is_some(), n + 1 < waits.len(), "wait {n} of {}", waits.len());
        }
    }
}

#[actix_web::test]
async fn a_replaced_secret_a_day() {
    let op = Op::start().await;
    let program = op.program(json!({})).await;
    op.rotate_secret(&program).await;
    op.wait(all_but_a_second(DAY));
    for status in [200, 401] {
        assert_eq!(op.token(&program, &[("grant_type", "client_credentials")]).await.status, status);
        op.wait(SECOND);
    }
}

#[actix_web::test]
async fn a_sign_in_is_as_old_as_max_age_and_no_older() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    browser.walk(&authorize(&client, &[]), "ada").await;
    op.wait(Duration::from_mins(1));
    let ask = |age: &str| authorize(&client, &[("max_age", age), ("prompt", "none")]);
    for (age, error) in [("60", None), ("59", Some("login_required"))] {
        let url = browser.open(&ask(age)).await.away();
        assert_eq!(param(&url, "error").as_deref(), error, "{age}");
    }
}
