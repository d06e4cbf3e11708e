//! A picture of oneself: sent, seen by apps and their readers, taken away.

use std::io::Cursor;

use actix_web::test::TestRequest;
use image::{DynamicImage, ImageFormat};
use serde_json::{Value, json};
use signet::flow::job;
use signet::spec::account_state::Step;

use super::{fill, signed_in};
use crate::support::browser::{Browser, hidden};
use crate::support::people;
use crate::support::{Answer, ISSUER, Op, authorize, redeem};

const PROFILE: &str = "/account/profile";
const PATH: &str = "/account/picture";
const LARGEST: usize = 2 * 1024 * 1024;

fn file(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(40, 20).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Sends a file with the form of the page, as a browser does.
async fn send(browser: &mut Browser<'_>, name: &str, bytes: &[u8]) -> Answer {
    let (_, page) = browser.open(PROFILE).await.page();
    let form = page.body.split("picture-form").nth(1).unwrap();
    let (_, csrf) = hidden(form).into_iter().find(|(name, _)| name == "csrf").unwrap();
    let head = format!(
        "--XX\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--XX\r\ncontent-disposition: form-data; \
         name=\"picture-file\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--XX--\r\n"].concat();
    let request = TestRequest::post().uri(PATH).insert_header(("origin", ISSUER));
    browser.send(request.insert_header(("content-type", "multipart/form-data; boundary=XX")).set_payload(body)).await
}

/// What apps are told.
async fn claim(op: &Op) -> Value {
    let client = op.client(json!({ "first_party": true })).await;
    let code = Browser::new(op).code(&authorize(&client, &[]), "ada").await;
    let tokens = op.token(&client, &redeem(&code)).await.json();
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let userinfo = TestRequest::get().uri("/oauth2/userinfo").insert_header(("authorization", bearer));
    op.call(userinfo).await.json()["picture"].clone()
}

async fn at(op: &Op, claim: &Value) -> Answer {
    op.get(claim.as_str().unwrap().strip_prefix(ISSUER).unwrap()).await
}

#[actix_web::test]
async fn it_is_written_anew_and_seen_by_apps_until_it_is_removed() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let mut sent = file(ImageFormat::Jpeg);
    sent.extend_from_slice(b"GPS 51.5007 N 0.1246 W");
    let saved = send(&mut browser, "../../me.svg", &sent).await;
    assert_eq!((saved.status, saved.header("location")), (303, "/account/profile?saved=yes"), "{}", saved.body);
    let first = claim(&op).await;
    let answer = at(&op, &first).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "image/jpeg"));
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(answer.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'; sandbox");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
    assert!(!answer.body.contains("GPS"));
    let picture = image::load_from_memory(&answer.bytes).unwrap();
    assert_eq!((picture.width(), picture.height()), (256, 256));

    let (_, page) = browser.open(PROFILE).await.page();
    assert!(
        page.body.contains("id=\"own-picture\"") && !page.body.contains("name=\"picture\" type=\"url\" value=\"http")
    );
    fill(&mut browser, PROFILE, &page, &[("name", "Ada"), ("username", "ada")]).await.page();
    assert_eq!(claim(&op).await, first, "the rest of the profile leaves it alone");
    send(&mut browser, "b.png", &file(ImageFormat::Png)).await;
    let second = claim(&op).await;
    assert_ne!(first, second);
    assert_eq!((at(&op, &first).await.status, at(&op, &second).await.status), (404, 200));
    let (_, page) = browser.open(PROFILE).await.page();
    fill(&mut browser, PATH, &page, &[("remove", "yes")]).await.page();
    assert_eq!((claim(&op).await, at(&op, &second).await.status), (Value::Null, 404));
}

#[actix_web::test]
async fn an_address_that_is_typed_takes_its_place() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    send(&mut browser, "a.webp", &file(ImageFormat::WebP)).await;
    let sent = claim(&op).await;
    let (_, page) = browser.open(PROFILE).await.page();
    let fields = [("username", "ada"), ("picture", "https://example.com/ada.png")];
    fill(&mut browser, PROFILE, &page, &fields).await.page();
    assert_eq!((claim(&op).await, at(&op, &sent).await.status), (json!("https://example.com/ada.png"), 404));
}

#[actix_web::test]
async fn what_is_no_picture_is_told_and_what_is_too_large_is_not_read() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    for (name, bytes) in [("a.svg", &b"<svg onload='alert(1)'/>"[..]), ("a.png", b"PNG"), ("a.html", b"<script>")] {
        let refused = send(&mut browser, name, bytes).await;
        assert_eq!(refused.status, 400);
        assert!(refused.body.contains("picture-file-mistake"), "{}", refused.body);
    }
    assert!(send(&mut browser, "", b"").await.body.contains("Choose a file first"));
    assert_eq!(send(&mut browser, "a.png", &vec![0; LARGEST]).await.status, 400);
    assert_eq!(send(&mut browser, "a.png", &vec![0; LARGEST + 1]).await.status, 413);
    assert_eq!(claim(&op).await, Value::Null);
    let other = TestRequest::post().uri(PATH).insert_header(("content-type", "image/png")).set_payload("x");
    assert_eq!(browser.send(other).await.status, 415);
    let forged = TestRequest::post().uri(PATH).insert_header(("content-type", "multipart/form-data; boundary=XX"));
    let body = "--XX\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\nguess\r\n--XX--\r\n";
    assert_eq!(browser.send(forged.set_payload(body)).await.status, 403);
}

/// A form with parts, by hand.
fn parts(body: Vec<u8>) -> TestRequest {
    let request = TestRequest::post().uri(PATH).insert_header(("origin", ISSUER));
    request.insert_header(("content-type", "multipart/form-data; boundary=XX")).set_payload(body)
}

#[actix_web::test]
async fn nothing_is_read_of_strangers() {
    let op = Op::start().await;
    for body in [b"no form at all".to_vec(), vec![b'a'; 3 * 1024 * 1024]] {
        let answer = op.call(parts(body)).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/login?to=%2Faccount%2Fprofile"));
    }
    let elsewhere = parts(Vec::new()).insert_header(("origin", "https://evil.test"));
    assert_eq!(op.call(elsewhere).await.status, 403, "nor sent to sign in");
}

#[actix_web::test]
async fn a_form_has_one_file_and_is_not_larger_whatever_stands_around_it() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    let file = "--XX\r\ncontent-disposition: form-data; name=\"picture-file\"; filename=\"a\"\r\n\r\nGIF\r\n";
    let refused = browser.send(parts(format!("{file}{file}--XX--\r\n").into_bytes())).await;
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("more than one file"), "{}", refused.body);
    // no head says how long these are
    let text = "--XX\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\na\r\n";
    for around in [vec![b'a'; 3 * LARGEST / 2], text.repeat(LARGEST / 20).into_bytes()] {
        assert_eq!(browser.send(parts([around, b"\r\n--XX--\r\n".to_vec()].concat())).await.status, 413);
    }
}

#[actix_web::test]
async fn it_goes_with_its_person_and_into_the_archive() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    send(&mut browser, "a.gif", &file(ImageFormat::Gif)).await;
    let sent = claim(&op).await;
    let shown = at(&op, &sent).await;
    assert_eq!(shown.status, 200);
    let (_, page) = browser.open("/account/privacy").await.page();
    fill(&mut browser, "/account/privacy", &page, &[("do", "export")]).await.page();
    job::run_due(&op.app).await.unwrap();
    let archive = browser.send(TestRequest::get().uri("/account/privacy/data.zip")).await;
    let mut files = zip::ZipArchive::new(Cursor::new(archive.bytes)).unwrap();
    let extension = if shown.header("content-type") == "image/png" { "png" } else { "jpg" };
    let mut kept = Vec::new();
    std::io::copy(&mut files.by_name(&format!("picture.{extension}")).unwrap(), &mut kept).unwrap();
    assert_eq!(kept, shown.bytes);
    people::step(op.app.cx(), "ada", Step::Delete).await.unwrap();
    assert_eq!(at(&op, &sent).await.status, 404, "at once");
    people::step(op.app.cx(), "ada", Step::Restore).await.unwrap();
    assert_eq!(at(&op, &sent).await.status, 200);
    people::erase(op.app.cx(), "ada").await.unwrap();
    assert_eq!(at(&op, &sent).await.status, 404);
}

#[actix_web::test]
async fn pictures_have_their_limit() {
    let op = Op::start().await;
    op.user("ada").await;
    let mut browser = signed_in(&op, "ada").await;
    for _ in 0..10 {
        assert_eq!(send(&mut browser, "a.png", b"x").await.status, 400);
    }
    let refused = send(&mut browser, "a.png", b"x").await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "180"));
}
