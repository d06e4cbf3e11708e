use serde_json::json;

use super::signed_in;
use crate::support::browser::Browser;
use crate::support::{Op, PASSWORD, authorize, redeem};

fn events(page: &str) -> Vec<String> {
    let list = page.split("id=\"activity\"").nth(1).unwrap_or_default();
    list.split("<p class=\"name\">").skip(1).map(|rest| rest.split("</p>").next().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn ones_own_doings_the_newest_first_also_what_was_refused() {
    let op = Op::start().await;
    op.user("ada").await;
    op.user("bob").await;
    signed_in(&op, "bob").await;
    let mut stranger = Browser::new(&op);
    let (_, page) = stranger.open("/login").await.page();
    stranger.sign_in(&page, "ada@example.com", "wrong").await.page();
    let mut browser = signed_in(&op, "ada").await;
    let client = op.client(json!({})).await;
    let code = browser.code(&authorize(&client, &[]), "ada").await;
    op.token(&client, &redeem(&code)).await.json();

    let (_, page) = browser.open("/account/activity").await.page();
    assert_eq!(
        events(&page.body),
        [
            "You allowed access: <bdi>Demo</bdi>",
            "You signed in",
            "Somebody tried to sign in <span class=\"tag bad\">Refused</span>"
        ]
    );
    for (kind, count) in [("sign-ins", 2), ("apps", 1), ("changes", 0), ("nonsense", 3)] {
        let (_, page) = browser.open(&format!("/account/activity?kind={kind}")).await.page();
        assert_eq!(events(&page.body).len(), count, "{kind}");
    }
}

#[actix_web::test]
async fn pages_of_fifty_without_a_gap() {
    let op = Op::with(|config| config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()]).await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let (_, login) = browser.open("/login").await.page();
    for _ in 0..119 {
        browser.sign_in(&login, "ada", PASSWORD).await.page();
    }
    let mut path = "/account/activity?kind=sign-ins".to_owned();
    let mut sizes = Vec::new();
    loop {
        let (_, page) = browser.open(&path).await.page();
        assert!(page.body.len() < 60_000);
        sizes.push(events(&page.body).len());
        let Some(rest) = page.body.split("id=\"activity-next\" href=\"").nth(1) else { break };
        path = rest.split('"').next().unwrap().replace("&amp;", "&");
    }
    assert_eq!(sizes, [50, 50, 19]);
}
