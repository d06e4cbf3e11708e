use std::time::Duration;

use super::{is_in, signed_in};
use crate::support::browser::{Browser, hidden, pairs};
use crate::support::{Op, PASSWORD};

#[actix_web::test]
async fn what_is_sensitive_wants_a_sign_in_of_the_last_five_minutes() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    op.wait(Duration::from_mins(5));
    assert_eq!(browser.open("/account/password").await.page().0, "/account/password");
    op.wait(Duration::from_secs(1));
    let (path, page) = browser.open("/account/password").await.page();
    assert_eq!(path, "/login?to=%2Faccount%2Fpassword");
    assert!(page.body.contains("id=\"reauth-notice\""), "{}", page.body);
    assert!(is_in(&mut browser).await, "everything else goes on");
    let (path, _) = browser.sign_in(&page, "ada", PASSWORD).await.page();
    assert_eq!(path, "/account/password");
}

#[actix_web::test]
async fn a_form_that_was_open_too_long_changes_nothing() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let (_, page) = browser.open("/account/password").await.page();
    op.wait(Duration::from_secs(301));
    let (path, _) =
        super::fill(&mut browser, "/account/password", &page, &[("new-password", "another good one")]).await.page();
    assert_eq!(path, "/login?to=%2Faccount%2Fpassword");
    signed_in(&op, "ada").await;
}

#[actix_web::test]
async fn whoever_is_not_signed_in_comes_back_to_the_page() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let (path, page) = browser.open("/account/activity?kind=apps").await.page();
    assert_eq!(path, "/login?to=%2Faccount%2Factivity%3Fkind%3Dapps");
    let (path, again) = browser.sign_in(&page, "ada", "wrong").await.page();
    assert_eq!((path.as_str(), again.status), ("/login", 401));
    assert_eq!(browser.sign_in(&again, "ada", PASSWORD).await.page().0, "/account/activity?kind=apps");
}

#[actix_web::test]
async fn nobody_is_sent_elsewhere() {
    let op = Op::start().await;
    op.user("ada").await;
    for to in ["https://evil.test/", "//evil.test/account", "/\\evil.test", "/nothing", "/oauth2/authorize"] {
        let mut browser = Browser::new(&op);
        let query = serde_urlencoded::to_string([("to", to)]).unwrap();
        let (_, page) = browser.open(&format!("/login?{query}")).await.page();
        assert!(!hidden(&page.body).iter().any(|(name, _)| name == "to"), "{to}");
        let mut form = hidden(&page.body);
        for (name, value) in [("username", "ada"), ("password", PASSWORD), ("to", to)] {
            form.push((name.to_owned(), value.to_owned()));
        }
        assert_eq!(browser.submit("/login", &pairs(&form)).await.page().0, "/", "{to}");
    }
}
