//! The page of the settings.

use std::io::Cursor;

use actix_web::test::TestRequest;
use image::{DynamicImage, ImageFormat};
use serde_json::json;
use signet::config::{KEYS, SECTIONS, Source};
use signet::flow::admin::{Actor, How, setting};

use super::{boss, fill, form, staff};
use crate::account::signed_in;
use crate::support::browser::{Browser, hidden};
use crate::support::{Answer, ISSUER, Op};

const PATH: &str = "/admin/settings";

async fn open(browser: &mut Browser<'_>) -> Answer {
    browser.open(PATH).await.page().1
}

/// What the form of a section holds; ticks that are not set are not sent.
fn typed(page: &Answer, section: &str) -> Vec<(String, String)> {
    let part = page.body.split(&format!("id=\"{section}-form\"")).nth(1).unwrap().split("</form>").next().unwrap();
    let attribute = |tag: &str, name: &str| {
        tag.split(&format!(" {name}=\"")).nth(1).map(|rest| rest.split('"').next().unwrap().to_owned())
    };
    let inputs = part.split("<input").skip(1).filter_map(|tag| {
        let tag = tag.split('>').next().unwrap();
        let is_sent = !tag.contains("type=\"checkbox\"") || tag.contains(" checked");
        (is_sent && !tag.contains("disabled"))
            .then(|| (attribute(tag, "name").unwrap(), attribute(tag, "value").unwrap()))
    });
    let choices = part.split("<select").skip(1).map(|choice| {
        let chosen = choice.split("<option").find(|option| option.contains(" selected")).unwrap();
        (attribute(choice, "name").unwrap(), attribute(chosen, "value").unwrap())
    });
    inputs.chain(choices).collect()
}

/// Sends the form of a section with something else in it.
async fn send(browser: &mut Browser<'_>, page: &Answer, section: &str, other: &[(&str, &str)]) -> Answer {
    let mut form = typed(page, section);
    form.retain(|(name, _)| other.iter().all(|(given, _)| given != name));
    form.extend(other.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let request = TestRequest::post().uri(&format!("{PATH}/{section}")).insert_header(("origin", ISSUER));
    browser.send(request.set_form(&form)).await
}

#[actix_web::test]
async fn every_setting_stands_there_with_its_anchor() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let page = open(&mut browser).await;
    for key in KEYS {
        assert!(page.body.contains(&format!("id=\"{}\"", key.name)), "{}", key.name);
    }
    assert!(page.body.len() < 100 * 1024, "{}", page.body.len());
    let unchanged = send(&mut browser, &page, "limits", &[]).await;
    assert_eq!(unchanged.header("location"), "/admin/settings?same=yes", "what is sent as it stands changes nothing");
    for section in SECTIONS {
        let same = send(&mut browser, &page, section, &[]).await;
        assert_eq!((same.status, same.header("location")), (303, "/admin/settings?same=yes"), "{section}");
    }
}

#[actix_web::test]
async fn a_section_is_shown_before_it_is_changed_and_undone_afterwards() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let page = open(&mut browser).await;
    let told = send(
        &mut browser,
        &page,
        "factor",
        &[("factor.second.sms", "yes"), ("factor.alone.email", "yes"), ("factor.reset_delay", "0")],
    )
    .await;
    assert_eq!(told.status, 200, "{}", told.body);
    assert!(told.body.contains("confirm-form"));
    assert!(op.app.config().factor.alone.is_empty(), "not yet");
    let (_, done) = fill(&mut browser, &told, "confirm-form", &[]).await.page();
    assert_eq!(op.app.config().factor.alone, ["email"]);
    assert!(op.app.config().factor.reset_delay.is_zero());
    assert!(done.body.contains("admin-done"));
    let asked = fill(&mut browser, &done, "reset-form", &[("key", "factor.alone")]).await.page().1;
    fill(&mut browser, &asked, "confirm-form", &[]).await;
    assert!(op.app.config().factor.alone.is_empty());
    assert!(op.app.config().factor.reset_delay.is_zero(), "the other one stays");
}

#[actix_web::test]
async fn mistakes_stand_beside_their_fields_and_nothing_is_lost() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let page = open(&mut browser).await;
    let wrong = [("password.min_length", "7"), ("password.classes", "two"), ("password.history", "9")];
    let again = send(&mut browser, &page, "password", &wrong).await;
    assert_eq!(again.status, 400);
    for (id, value) in wrong {
        let field = again.body.split(&format!("<input id=\"{id}\"")).nth(1).unwrap().split('>').next().unwrap();
        assert!(field.contains(&format!("value=\"{value}\"")), "{field}");
        assert_eq!(again.body.contains(&format!("id=\"{id}-mistake\"")), id != "password.history", "{id}");
    }
    let bright = send(&mut browser, &page, "branding", &[("branding.accent", "#ffd500")]).await;
    assert!(
        bright.status == 400 && bright.body.contains("branding.accent-mistake") && bright.body.contains("1.2:1"),
        "{}",
        bright.body
    );
    let alone = send(&mut browser, &page, "registration", &[("registration.terms_uri", "https://terms.example")]).await;
    assert!(alone.status == 400 && alone.body.contains("registration.terms_version-mistake"));
    assert_eq!(op.app.config().password.history, 5);
}

#[actix_web::test]
async fn who_was_faster_is_not_written_over() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let page = open(&mut browser).await;
    let wanted = [("password.history".to_owned(), json!(3))].into_iter().collect();
    setting::change(op.app.cx(), &Actor::operator(), How::Apply, &wanted, |_| Ok(())).await.unwrap();
    let again = send(&mut browser, &page, "password", &[("password.classes", "2")]).await;
    assert_eq!(again.status, 409);
    assert!(again.body.contains("error-summary"));
    assert_eq!((op.app.config().password.history, op.app.config().password.classes), (3, 0));
    let field = again.body.split("<input id=\"password.classes\"").nth(1).unwrap();
    assert!(field.split('>').next().unwrap().contains("value=\"2\""));
}

#[actix_web::test]
async fn what_the_environment_says_rests() {
    let op = Op::with(|config| config.sources.extend([("password.history".to_owned(), Source::Environment)])).await;
    let mut browser = boss(&op).await;
    let page = open(&mut browser).await;
    assert!(page.body.contains("SIGNET__PASSWORD__HISTORY"));
    let told = send(&mut browser, &page, "password", &[("password.history", "1"), ("password.classes", "1")]).await;
    fill(&mut browser, &told, "confirm-form", &[]).await;
    assert_eq!((op.app.config().password.history, op.app.config().password.classes), (5, 1));
}

#[actix_web::test]
async fn name_colour_and_logo_are_on_every_page() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let page = open(&mut browser).await;
    let told =
        send(&mut browser, &page, "branding", &[("branding.name", "Ünïted & Co"), ("branding.accent", "#7a1fa2")])
            .await;
    fill(&mut browser, &told, "confirm-form", &[]).await;
    let page = open(&mut browser).await;
    let sent = send_logo(&mut browser, &page, &picture()).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let login = op.get("/login").await;
    assert!(login.body.contains("Ünïted &#38; Co") || login.body.contains("Ünïted &amp; Co"), "{}", login.body);
    for sheet in ["/static/accent-7a1fa2.css", "/static/accent-7a1fa2-dark.css"] {
        assert!(login.body.contains(sheet));
        let sheet = op.get(sheet).await;
        assert_eq!((sheet.status, sheet.header("content-type")), (200, "text/css; charset=utf-8"));
        assert!(sheet.header("cache-control").contains("immutable"));
    }
    let at = login.body.split("class=\"logo\" src=\"").nth(1).unwrap().split('"').next().unwrap();
    let logo = op.get(at).await;
    assert_eq!((logo.status, logo.header("content-type")), (200, "image/png"));
    let read = image::load_from_memory(&logo.bytes).unwrap();
    assert_eq!((read.width(), read.height()), (320, 80));
    assert_eq!(op.get("/logo/nothing").await.status, 404);
    let page = open(&mut browser).await;
    let refused = send_logo(&mut browser, &page, b"<svg onload='alert(1)'/>").await;
    assert!(refused.status == 400 && refused.body.contains("logo-file-mistake"));
}

fn picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgba8(800, 200).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn send_logo(browser: &mut Browser<'_>, page: &Answer, bytes: &[u8]) -> Answer {
    let (path, fields) = form(page, "logo-form");
    let csrf = fields.into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    let head = format!(
        "--XX\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--XX\r\ncontent-disposition: form-data; \
         name=\"logo-file\"; filename=\"logo.png\"\r\ncontent-type: image/png\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--XX--\r\n"].concat();
    let request = TestRequest::post().uri(&path).insert_header(("origin", ISSUER));
    browser.send(request.insert_header(("content-type", "multipart/form-data; boundary=XX")).set_payload(body)).await
}

#[actix_web::test]
async fn nobody_without_the_right_sends_a_logo() {
    let op = Op::start().await;
    let mut boss = boss(&op).await;
    let page = open(&mut boss).await;
    staff(&op, "sue", "support").await;
    let mut sue = signed_in(&op, "sue").await;
    let csrf = hidden(&sue.open("/").await.page().1.body).into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    let mut forged = Answer { body: page.body.clone(), ..page };
    let theirs = form(&forged, "logo-form").1.into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    forged.body = forged.body.replace(&theirs, &csrf);
    assert_eq!(send_logo(&mut sue, &forged, &picture()).await.status, 403);
    assert!(op.app.config().branding.logo.is_empty());
}
