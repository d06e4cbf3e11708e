//! Invitations at the console.

use std::time::Duration;

use serde_json::json;
use signet::flow::admin::{Actor, person};

use super::{boss, fill};
use crate::account::fields::company;
use crate::support::browser::{Browser, hidden, pairs};
use crate::support::{Answer, Op, PASSWORD};

/// The id of the first row with this button.
fn id(page: &Answer, button: &str) -> String {
    let rest = page.body.split(&format!("id=\"{button}-")).nth(1).unwrap_or_else(|| panic!("{}", page.body));
    rest.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn somebody_is_invited_and_arrives_in_the_app_as_who_was_meant() {
    let op = Op::with(company).await;
    let mut browser = boss(&op).await;
    op.client(json!({ "client_name": "Shop", "client_uri": "https://shop.test/" })).await;
    let (_, page) = browser.open("/admin/invitations/new").await.page();
    for (wrong, field) in [
        ([("email", "eve@"), ("name", "Eve")], "email"),
        ([("email", "boss@example.com"), ("name", "Eve")], "email"),
        ([("email", "eve@example.com"), ("app", "Nothing")], "app"),
    ] {
        let (_, again) = fill(&mut browser, &page, "invitation-form", &wrong).await.page();
        assert_eq!(again.status, 400, "{wrong:?}");
        assert!(again.body.contains(&format!("id=\"{field}-mistake\"")), "{wrong:?}: {}", again.body);
        assert!(again.body.contains(&format!("value=\"{}\"", wrong[1].1)), "{wrong:?}: {}", again.body);
    }
    assert!(op.mails().await.is_empty());
    let good = [
        ("email", "eve@example.com"),
        ("name", "Eve"),
        ("role-moderator", "yes"),
        ("user_type", "guest"),
        ("app", "shop"),
        ("days", "3"),
        ("locale", "de"),
    ];
    let (path, list) = fill(&mut browser, &page, "invitation-form", &good).await.page();
    assert!(path.starts_with("/admin/invitations?done="), "{path}: {}", list.body);
    for text in ["eve@example.com", "moderator", "guest", "Shop", "waiting", "<bdi>boss</bdi>"] {
        assert!(list.body.contains(text), "{text}: {}", list.body);
    }
    let letter = op.mails().await.pop().unwrap();
    assert!(letter.text.contains("Einladung") || letter.subject.contains("Einladung"), "{}", letter.text);

    let mut guest = Browser::new(&op);
    let (_, page) = guest.open(&letter.link()).await.page();
    let mut form = hidden(&page.body);
    for (field, value) in [("username", "eve"), ("name", "Eve"), ("password", PASSWORD)] {
        form.push((field.into(), value.into()));
    }
    assert_eq!(guest.submit("/invitation", &pairs(&form)).await.away().as_str(), "https://shop.test/");
    let seen = person::show(op.app.cx(), &Actor::operator(), "eve").await.unwrap();
    assert_eq!((seen.roles.contains(&"moderator".to_owned()), seen.user.kind.as_deref()), (true, Some("guest")));
    let (_, list) = browser.open("/admin/invitations?state=accepted").await.page();
    assert!(list.body.contains(&format!("/admin/people/{}", seen.user.id)), "who came of it: {}", list.body);
    assert!(browser.open("/admin/invitations?state=open").await.page().1.body.contains("id=\"none\""));
}

#[actix_web::test]
async fn an_invitation_is_sent_again_in_its_language_and_revoked() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let (_, page) = browser.open("/admin/invitations/new").await.page();
    let fields = [("email", "eve@example.com"), ("days", "1"), ("locale", "ar")];
    let (_, list) = fill(&mut browser, &page, "invitation-form", &fields).await.page();
    let first = op.mails().await.pop().unwrap();
    let row = id(&list, "resend");
    let (path, list) = fill(&mut browser, &list, &format!("resend-{row}"), &[]).await.page();
    assert!(path.starts_with("/admin/invitations?done=") && path.ends_with("&final=yes"), "{path}");
    let second = op.mails().await.pop().unwrap();
    assert_eq!(first.subject, second.subject, "in the same language");
    assert_eq!((op.get(&first.link()).await.status, op.get(&second.link()).await.status), (410, 200));

    let (_, preview) = fill(&mut browser, &list, &format!("revoke-{row}"), &[]).await.page();
    assert!(preview.body.contains("eve@example.com"), "whose link it is: {}", preview.body);
    assert_eq!(op.get(&second.link()).await.status, 200, "it was only looked at");
    let (_, list) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(list.body.contains(">revoked<") && !list.body.contains("id=\"resend-"), "{}", list.body);
    assert_eq!(op.get(&second.link()).await.status, 410);
}

#[actix_web::test]
async fn the_latest_come_first_and_are_found_by_address_and_state() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let (_, page) = browser.open("/admin/invitations/new").await.page();
    for email in ["a@example.com", "b@example.com"] {
        fill(&mut browser, &page, "invitation-form", &[("email", email), ("days", "1")]).await.page();
        op.wait(Duration::from_secs(1));
    }
    let shown = async |browser: &mut Browser<'_>, query: &str| {
        let page = browser.open(&format!("/admin/invitations?{query}")).await.page().1;
        let rows = page.body.split("<th scope=\"row\">").skip(1);
        rows.map(|row| row.split("<bdi>").nth(1).unwrap().split('<').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(shown(&mut browser, "").await, ["b@example.com", "a@example.com"]);
    assert_eq!(shown(&mut browser, "email=A%40Example.com").await, ["a@example.com"]);
    assert_eq!(shown(&mut browser, "state=open").await.len(), 2);
    op.wait(Duration::from_hours(24));
    let (_, login) = browser.open("/login?to=%2Fadmin%2Finvitations").await.page();
    browser.sign_in(&login, "boss", PASSWORD).await.page();
    assert_eq!(shown(&mut browser, "state=open").await.len(), 0);
    assert_eq!(shown(&mut browser, "state=expired").await.len(), 2);
}
