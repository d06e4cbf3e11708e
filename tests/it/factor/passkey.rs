use std::time::Duration;

use actix_web::test::TestRequest;
use futures_util::future::join_all;
use serde_json::{Value, json};
use signet::model::audit::{Action, Audit, Outcome};

use super::device::{Device, VERIFIED};
use super::second::claims;
use super::{sign_in, text, with_app};
use crate::join::fill;
use crate::support::browser::{Browser, Stop, hidden, pairs, param};
use crate::support::people;
use crate::support::{Answer, ISSUER, Op, authorize};

/// What makes a device answer otherwise.
type Change = fn(&mut Device);

const LIST: &str = "/account/security";
const ADD: &str = "/account/security/passkey";
const CHANGE: &str = "/account/security/factor";

/// What a page holds for its script in this attribute of a button.
fn data(page: &Answer, name: &str) -> Value {
    let at = page.body.find(&format!(" {name}=\"")).unwrap_or_else(|| panic!("no {name} in {}", page.body));
    let value = page.body[at..].split('"').nth(1).unwrap();
    serde_json::from_str(&value.replace("&#34;", "\"").replace("&#38;", "&")).unwrap()
}

/// Sends the form of the page with what a script has put into it.
async fn answer(browser: &mut Browser<'_>, path: &str, page: &Answer, fields: &[(&str, &str)]) -> Stop {
    let mut form = hidden(&page.body);
    form.retain(|(name, _)| fields.iter().all(|(known, _)| known != name));
    form.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    browser.submit(path, &pairs(&form)).await
}

/// The page on which a passkey is made.
async fn begin(browser: &mut Browser<'_>) -> Answer {
    let (_, page) = browser.open(LIST).await.page();
    fill(browser, ADD, &page, &[]).await.page().1
}

/// Adds the device to the account that is signed in; also the page that says so.
pub async fn add(browser: &mut Browser<'_>, device: &mut Device) -> Answer {
    let page = begin(browser).await;
    let credential = device.create(&data(&page, "data-options"));
    answer(browser, ADD, &page, &[("credential", &credential), ("name", "Laptop")]).await.page().1
}

/// A person with a passkey.
pub async fn with_passkey(op: &Op, name: &str) -> Device {
    op.user(name).await;
    let (mut browser, mut device) = (Browser::new(op), Device::new());
    sign_in(&mut browser, name).await;
    assert_eq!(add(&mut browser, &mut device).await.status, 200);
    device
}

/// What the script of this page is given to ask passkeys with.
async fn question(browser: &mut Browser<'_>, page: &Answer) -> Answer {
    let mut form = hidden(&page.body);
    form.retain(|(name, _)| name == "csrf" || name == "challenge");
    let request = TestRequest::post().uri("/passkey/options").insert_header(("origin", ISSUER));
    browser.send(request.set_form(pairs(&form))).await
}

/// Has the device answer for this page: state and answer.
pub async fn ask(browser: &mut Browser<'_>, page: &Answer, device: &mut Device) -> (String, String) {
    let asked = question(browser, page).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    let asked = asked.json();
    (asked["state"].as_str().unwrap().to_owned(), device.get(&asked["options"]["publicKey"]))
}

/// Signs in with the passkey alone.
pub async fn enter(browser: &mut Browser<'_>, device: &mut Device) -> Stop {
    let (_, page) = browser.open("/login").await.page();
    let (state, credential) = ask(browser, &page, device).await;
    send(browser, "/login/passkey", &page, (&state, &credential)).await
}

pub async fn send(browser: &mut Browser<'_>, path: &str, page: &Answer, (state, credential): (&str, &str)) -> Stop {
    answer(browser, path, page, &[("passkey", state), ("credential", credential)]).await
}

/// The newest of this kind.
async fn last(op: &Op, action: Action) -> Audit {
    let rows = op.audit(100).await;
    rows.into_iter().filter(|row| row.action == action).max_by_key(|row| row.id.clone()).unwrap()
}

/// Many sign-ins from one address are none too many.
fn exempt(config: &mut signet::config::Config) {
    config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()];
}

#[actix_web::test]
async fn a_passkey_is_added_renamed_and_removed() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await;
    let (mut device, page) = (Device::new(), begin(&mut browser).await);
    let options = data(&page, "data-options");
    assert_eq!(options["rp"]["id"], "localhost");
    assert!(page.body.contains("value=\"Passkey 1\""), "a name is proposed: {}", page.body);
    let credential = device.create(&options);
    let fields = [("credential", credential.as_str()), ("name", "Laptop")];
    let (_, codes) = answer(&mut browser, ADD, &page, &fields).await.page();
    assert!(codes.body.contains("id=\"backup-codes\""), "{}", codes.body);
    let subjects: Vec<_> = op.mails().await.into_iter().map(|mail| mail.subject).collect();
    assert!(subjects.iter().any(|subject| subject.contains("second factor was added")), "{subjects:?}");
    assert_eq!(last(&op, Action::FactorAdd).await.detail, "backup codes");
    assert_eq!(answer(&mut browser, ADD, &page, &fields).await.page().1.status, 400, "the answer was used");

    let (_, page) = browser.open(LIST).await.page();
    assert!(page.body.contains("<bdi>Laptop</bdi>"), "{}", page.body);
    let second = begin(&mut browser).await;
    let known = &data(&second, "data-options")["excludeCredentials"];
    assert_eq!(known.as_array().unwrap().len(), 1, "{known}");
    assert!(second.body.contains("value=\"Passkey 2\""));

    let (_, page) = fill(&mut browser, CHANGE, &page, &[("name", "Work <laptop>")]).await.page();
    assert!(page.body.contains("<bdi>Work &#60;laptop&#62;</bdi>"), "{}", page.body);
    let id = page.body.split("name=\"remove\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("csrf".to_owned(), hidden(&page.body)[0].1.clone()), ("remove".to_owned(), id)];
    let (_, page) = browser.submit(CHANGE, &pairs(&fields)).await.page();
    assert!(!page.body.contains("passkey-list"), "{}", page.body);
    assert_eq!(enter(&mut Browser::new(&op), &mut device).await.page().1.status, 401, "it is not known any more");
}

#[actix_web::test]
async fn an_answer_that_is_not_to_our_question_adds_nothing() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await;
    let page = begin(&mut browser).await;
    let options = data(&page, "data-options");
    let changes: [(&str, Change); 3] = [
        ("another origin", |device| device.origin = "http://localhost:9999".to_owned()),
        ("another host", |device| device.host = "127.0.0.1".to_owned()),
        ("nobody verified", |device| device.flags &= !VERIFIED),
    ];
    for (name, change) in changes {
        let mut device = Device::new();
        change(&mut device);
        let credential = device.create(&options);
        let fields = [("credential", credential.as_str()), ("name", "Laptop")];
        assert_eq!(answer(&mut browser, ADD, &page, &fields).await.page().1.status, 400, "{name}");
    }
    let credential = Device::new().create(&json!({ "user": options["user"], "challenge": "AAAA" }));
    let fields = [("credential", credential.as_str()), ("name", "Laptop")];
    assert_eq!(answer(&mut browser, ADD, &page, &fields).await.page().1.status, 400, "another question");
    let fields = [("credential", "{}"), ("name", "Laptop")];
    assert_eq!(answer(&mut browser, ADD, &page, &fields).await.page().1.status, 400, "no answer");

    let credential = Device::new().create(&options);
    let fields = [("credential", credential.as_str()), ("name", "Laptop")];
    op.wait(Duration::from_mins(5));
    assert_eq!(answer(&mut browser, ADD, &page, &fields).await.page().1.status, 400, "too late");
    let (_, page) = browser.open(LIST).await.page();
    assert!(!page.body.contains("passkey-list"), "{}", page.body);
}

#[actix_web::test]
async fn a_passkey_is_added_once_and_by_its_person() {
    let op = Op::with(exempt).await;
    op.user("ada").await;
    op.user("eve").await;
    let (mut browser, mut other) = (Browser::new(&op), Browser::new(&op));
    sign_in(&mut browser, "ada").await;
    sign_in(&mut other, "eve").await;
    let (mut device, page) = (Device::new(), begin(&mut browser).await);
    let credential = device.create(&data(&page, "data-options"));
    let fields = [("credential", credential.as_str()), ("name", "Laptop")];
    let foreign = begin(&mut other).await;
    let mut form = vec![("csrf".to_owned(), hidden(&foreign.body)[0].1.clone())];
    form.extend(hidden(&page.body).into_iter().filter(|(name, _)| name == "challenge"));
    form.extend(fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(other.submit(ADD, &pairs(&form)).await.page().1.status, 400, "another browser and person");
    assert_eq!(answer(&mut browser, ADD, &page, &fields).await.page().1.status, 200);
    // the same key once more
    let credential = device.create(&data(&foreign, "data-options"));
    let fields = [("credential", credential.as_str()), ("name", "Laptop")];
    let (_, refused) = answer(&mut other, ADD, &foreign, &fields).await.page();
    assert!(text(&refused, "error-description").contains("added before"), "{}", refused.body);
}

#[actix_web::test]
async fn there_may_be_twenty_five() {
    let op = Op::with(exempt).await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await;
    let early = begin(&mut browser).await;
    for _ in 0..25 {
        assert_eq!(add(&mut browser, &mut Device::new()).await.status, 200);
    }
    let refused = begin(&mut browser).await;
    assert!(text(&refused, "error-description").contains("remove one first"), "{}", refused.body);
    let credential = Device::new().create(&data(&early, "data-options"));
    let fields = [("credential", credential.as_str()), ("name", "Laptop")];
    let (_, refused) = answer(&mut browser, ADD, &early, &fields).await.page();
    assert!(text(&refused, "error-description").contains("remove one first"), "{}", refused.body);
}

#[actix_web::test]
async fn an_app_learns_of_the_passkey_as_second_step() {
    let op = Op::start().await;
    let client = op.client(json!({ "first_party": true })).await;
    for (name, mut device, amr) in [("ada", Device::new(), "hwk"), ("eve", Device::synced(), "swk")] {
        op.user(name).await;
        let mut browser = Browser::new(&op);
        sign_in(&mut browser, name).await;
        add(&mut browser, &mut device).await;
        let mut browser = Browser::new(&op);
        let (_, login) = browser.open(&authorize(&client, &[])).await.page();
        let (path, page) = browser.sign_in(&login, name, crate::support::PASSWORD).await.page();
        assert!(path.starts_with("/mfa?challenge=") && page.body.contains("id=\"passkey-submit\""), "{}", page.body);
        assert!(page.body.contains("way=backup"), "another way: {}", page.body);
        let asked = ask(&mut browser, &page, &mut device).await;
        let back = send(&mut browser, "/mfa", &page, (&asked.0, &asked.1)).await.away();
        let claims = claims(&op, &client, &param(&back, "code").unwrap()).await;
        assert_eq!(claims["acr"], "urn:signet:acr:phr");
        assert_eq!(claims["amr"], json!(["pwd", amr, "user", "mfa"]));
    }
}

#[actix_web::test]
async fn a_passkey_alone_is_enough() {
    let op = Op::start().await;
    let mut device = with_passkey(&op, "ada").await;
    let client = op.client(json!({ "first_party": true })).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open(&authorize(&client, &[])).await.page();
    let asked = question(&mut browser, &page).await.json();
    let options = &asked["options"]["publicKey"];
    assert_eq!(options["allowCredentials"], json!([]), "it is not said who has a passkey");
    let credential = device.get(options);
    let state = asked["state"].as_str().unwrap();
    let back = send(&mut browser, "/login/passkey", &page, (state, &credential)).await.away();
    let claims = claims(&op, &client, &param(&back, "code").unwrap()).await;
    assert_eq!(claims["acr"], "urn:signet:acr:phr");
    assert_eq!(claims["amr"], json!(["hwk", "user", "mfa"]));
    assert_eq!(last(&op, Action::SignIn).await.detail, "hwk user mfa");

    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login?to=/account/security").await.page();
    let (state, credential) = ask(&mut browser, &page, &mut device).await;
    let (path, page) = send(&mut browser, "/login/passkey", &page, (&state, &credential)).await.page();
    assert_eq!(path, LIST);
    assert!(!page.body.contains("Never"), "it was used: {}", page.body);
}

#[actix_web::test]
async fn an_account_that_is_being_left_is_kept_first() {
    let op = Op::start().await;
    let mut device = with_passkey(&op, "ada").await;
    let mut browser = Browser::new(&op);
    enter(&mut browser, &mut device).await;
    let (_, page) = browser.open("/account/privacy").await.page();
    let form = hidden(page.body.split("delete-form").nth(1).unwrap());
    assert_eq!(browser.submit("/account/privacy", &pairs(&form)).await.page().0, "/leaving");
    let (path, page) = enter(&mut browser, &mut device).await.page();
    assert!(path.starts_with("/leaving?challenge="), "{path}");
    assert_eq!(browser.open("/").await.page().0, "/login");
    assert_eq!(browser.submit("/leaving", &pairs(&hidden(&page.body))).await.page().0, "/");
    assert_eq!(last(&op, Action::SignIn).await.detail, "hwk user mfa");
}

#[actix_web::test]
async fn a_wrong_answer_signs_nobody_in() {
    let op = Op::with(exempt).await;
    let ada = with_passkey(&op, "ada").await;
    let changes: [(&str, Change); 5] = [
        ("another origin", |device| device.origin = "http://127.0.0.1:8080".to_owned()),
        ("another host", |device| device.host = "127.0.0.1".to_owned()),
        ("nobody verified", |device| device.flags &= !VERIFIED),
        ("says not whose it is", |device| device.names = false),
        ("not known here", |device| *device = Device::new()),
    ];
    let mut texts = Vec::new();
    for (name, change) in changes {
        let (mut browser, mut device) = (Browser::new(&op), ada.clone_key());
        change(&mut device);
        let (_, page) = enter(&mut browser, &mut device).await.page();
        assert_eq!((page.status, browser.cookie("signet_session")), (401, None), "{name}");
        texts.push(text(&page, "error-summary"));
    }
    texts.dedup();
    assert_eq!(texts.len(), 1, "the same is said of all: {texts:?}");
    assert_eq!(last(&op, Action::SignIn).await.detail, "passkey: unknown");
    assert_eq!(enter(&mut Browser::new(&op), &mut ada.clone_key()).await.page().0, "/");
}

#[actix_web::test]
async fn a_counter_that_goes_backwards_is_refused_and_noted() {
    let op = Op::start().await;
    let mut device = with_passkey(&op, "ada").await;
    let mut copy = device.clone_key();
    assert_eq!(enter(&mut Browser::new(&op), &mut device).await.page().0, "/");
    assert_eq!(enter(&mut Browser::new(&op), &mut device).await.page().0, "/");
    assert_eq!(enter(&mut Browser::new(&op), &mut copy).await.page().1.status, 401);
    let noted = last(&op, Action::SignIn).await;
    assert_eq!(
        (noted.result, noted.detail.as_str()),
        (Outcome::Failed, "passkey: the counter of the passkey went backwards")
    );
    assert!(noted.target_id.is_some() && noted.actor_id.is_some());
}

#[actix_web::test]
async fn an_answer_counts_once_and_for_five_minutes() {
    let op = Op::with(exempt).await;
    let mut device = with_passkey(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    let (state, credential) = ask(&mut browser, &page, &mut device).await;
    let cookie = browser.cookie("signet_browser").unwrap().to_owned();
    let tries = (0..16).map(async |_| {
        let mut browser = Browser::new(&op);
        browser.remember("signet_browser", &cookie);
        send(&mut browser, "/login/passkey", &page, (&state, &credential)).await.page().0 == "/"
    });
    assert_eq!(join_all(tries).await.into_iter().filter(|won| *won).count(), 1);

    browser.forget("signet_session");
    let (state, credential) = ask(&mut browser, &page, &mut device).await;
    op.wait(Duration::from_secs(299));
    assert_eq!(send(&mut browser, "/login/passkey", &page, (&state, &credential)).await.page().0, "/");
    browser.forget("signet_session");
    op.settle().await;
    assert_eq!(send(&mut browser, "/login/passkey", &page, (&state, &credential)).await.page().1.status, 401);
    let (state, credential) = ask(&mut browser, &page, &mut device).await;
    op.wait(Duration::from_mins(5));
    assert_eq!(
        send(&mut browser, "/login/passkey", &page, (&state, &credential)).await.page().1.status,
        401,
        "too late"
    );
}

#[actix_web::test]
async fn a_question_belongs_to_its_browser_and_its_step() {
    let op = Op::with(exempt).await;
    let mut device = with_passkey(&op, "ada").await;
    let (mut browser, mut other) = (Browser::new(&op), Browser::new(&op));
    let (_, page) = browser.open("/login").await.page();
    let (_, others) = other.open("/login").await.page();
    let (state, credential) = ask(&mut browser, &page, &mut device).await;
    let stolen = send(&mut other, "/login/passkey", &others, (&state, &credential)).await;
    assert_eq!(stolen.page().1.status, 401, "another browser");

    let (_, second) = sign_in(&mut browser, "ada").await.page();
    assert_eq!(send(&mut browser, "/mfa", &second, (&state, &credential)).await.page().1.status, 401, "another step");
    let (state, credential) = ask(&mut browser, &second, &mut device).await;
    let (_, page) = browser.open("/login").await.page();
    let alone = send(&mut browser, "/login/passkey", &page, (&state, &credential)).await;
    assert_eq!(alone.page().1.status, 401, "the second step is not the only one");
    assert_eq!(send(&mut browser, "/mfa", &second, (&state, &credential)).await.page().0, "/");
}

#[actix_web::test]
async fn the_second_step_takes_only_passkeys_of_its_person() {
    let op = Op::with(exempt).await;
    let mut ada = with_passkey(&op, "ada").await;
    let mut eve = with_passkey(&op, "eve").await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "ada").await.page();
    for names in [true, false] {
        eve.names = names;
        let (state, credential) = ask(&mut browser, &page, &mut eve).await;
        let (_, refused) = send(&mut browser, "/mfa", &page, (&state, &credential)).await.page();
        assert_eq!(refused.status, 401, "another person's");
    }
    ada.flags &= !VERIFIED;
    let (state, credential) = ask(&mut browser, &page, &mut ada).await;
    assert_eq!(send(&mut browser, "/mfa", &page, (&state, &credential)).await.page().1.status, 401, "nobody verified");
    ada.flags |= VERIFIED;
    // a security key that is not discoverable names nobody, and is good enough here
    ada.names = false;
    let (state, credential) = ask(&mut browser, &page, &mut ada).await;
    assert_eq!(send(&mut browser, "/mfa", &page, (&state, &credential)).await.page().0, "/");
}

#[actix_web::test]
async fn without_a_passkey_or_an_account_there_is_no_way_in() {
    let op = Op::start().await;
    with_app(&op, "bob").await;
    let mut browser = Browser::new(&op);
    let (_, page) = sign_in(&mut browser, "bob").await.page();
    assert_eq!(question(&mut browser, &page).await.status, 400, "there is none to ask for");
    let mut device = with_passkey(&op, "ada").await;
    people::set_enabled(op.app.cx(), "ada", false).await.unwrap();
    assert_eq!(enter(&mut Browser::new(&op), &mut device).await.page().1.status, 403);
}

#[actix_web::test]
async fn an_address_as_issuer_has_no_passkeys() {
    let op = Op::with(|config| config.issuer = "http://127.0.0.1:8080".to_owned()).await;
    op.user("ada").await;
    let mut browser = Browser::new(&op);
    let page = browser.send(TestRequest::get().uri("/login")).await;
    assert!(!page.body.contains("passkey"), "{}", page.body);
    let csrf = hidden(&page.body);
    let request = TestRequest::post().uri("/passkey/options").set_form(pairs(&csrf));
    let (status, error) = browser.send(request).await.error();
    assert_eq!((status, error.as_str()), (400, "invalid_request"));
}

#[actix_web::test]
async fn questions_and_tries_of_an_address_are_limited() {
    let op = Op::start().await;
    let mut device = with_passkey(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    for _ in 0..60 {
        assert_eq!(question(&mut browser, &page).await.status, 200);
    }
    assert_eq!(question(&mut browser, &page).await.status, 429);
    op.wait(Duration::from_mins(10));
    device.flags &= !VERIFIED;
    let mut answers = Vec::new();
    for _ in 0..11 {
        answers.push(enter(&mut browser, &mut device).await.page().1.status);
    }
    assert_eq!(answers, [[401; 10].as_slice(), &[429]].concat());
}
