//! What holds for every page: it keeps its own policy, fits a small screen, and can be used by the keyboard alone and
//! without scripts.

use fantoccini::key::Key;
use serde_json::json;

use super::chrome::Chrome;
use super::{visit, visit_with, walk};
use crate::support::PASSWORD;

#[actix_web::test]
async fn every_page_fits_a_small_screen_and_keeps_its_own_policy() {
    visit(async |site, chrome| {
        walk::all(site, chrome, async |page| {
            expect_fit(chrome, page, &[320, 360, 1600]).await;
            assert_eq!(chrome.complaints().await, [""; 0], "{page}");
        })
        .await;
    })
    .await;
}

async fn expect_fit(chrome: &Chrome, page: &str, screens: &[u32]) {
    for width in screens {
        chrome.set_width(*width).await;
        let script = "const { scrollWidth, clientWidth } = document.documentElement;
            return [scrollWidth, clientWidth];";
        let widths = chrome.run(script).await;
        assert_eq!(widths[0], widths[1], "{page} at {width}");
    }
}

#[actix_web::test]
async fn every_page_fits_a_small_screen_in_longer_words_and_from_right_to_left() {
    for (language, direction) in [("de", "ltr"), ("ar", "rtl")] {
        visit_with(json!({ "intl.accept_languages": language }), async |site, chrome| {
            walk::all(site, chrome, async |page| {
                let script = "const { lang, dir } = document.documentElement; return [lang, dir];";
                assert_eq!(chrome.run(script).await, json!([language, direction]), "{page}");
                expect_fit(chrome, page, &[320]).await;
            })
            .await;
        })
        .await;
    }
}

/// What the test above looks for would be seen.
#[actix_web::test]
async fn a_breach_of_the_policy_is_noticed() {
    visit(async |site, chrome| {
        chrome.open(&site.page("/login")).await;
        assert_eq!(chrome.complaints().await, [""; 0]);
        let script = "const script = document.createElement('script');
            script.textContent = 'document.title = \"taken over\"';
            document.body.append(script);
            return document.title;";
        assert_ne!(chrome.run(script).await, "taken over");
        let complaints = chrome.complaints().await;
        assert!(complaints.iter().any(|text| text.contains("Content Security Policy")), "{complaints:?}");
    })
    .await;
}

#[actix_web::test]
async fn every_page_names_its_parts_for_those_who_do_not_see_it() {
    visit(async |site, chrome| {
        walk::all(site, chrome, async |page| {
            let script = "const hasName = (input) => [...input.labels].some((label) => label.textContent.trim());
                const shown = [...document.querySelectorAll(':is(input, select):not([type=hidden], [aria-hidden])')];
                const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
                const known = (list) => list.trim().split(' ').every((id) => ids.includes(id));
                return {
                    language: document.documentElement.lang,
                    headings: document.querySelectorAll('h1').length,
                    landmarks: document.querySelectorAll('main').length,
                    unnamed: shown.filter((input) => !hasName(input)).map((input) => input.id),
                    twice: ids.filter((id, at) => ids.indexOf(id) !== at),
                    undescribed: shown.map((input) => input.getAttribute('aria-describedby'))
                        .filter((list) => list && !known(list)),
                };";
            let expected = json!({ "language": "en", "headings": 1, "landmarks": 1, "unnamed": [], "twice": [],
                "undescribed": [] });
            assert_eq!(chrome.run(script).await, expected, "{page}");
        })
        .await;
    })
    .await;
}

#[actix_web::test]
async fn the_keyboard_alone_goes_through_sign_in_and_consent() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let links = json!({ "policy_uri": "https://rp.test/policy", "tos_uri": "https://rp.test/terms" });
        let client = site.client(links).await;
        chrome.open(&site.authorize(&client, &[])).await;
        // the cursor is in the first field already
        chrome.type_blindly("ada").await;
        chrome.tab_to("password").await;
        chrome.type_blindly(PASSWORD).await;
        chrome.press(Key::Enter).await;
        chrome.at("#consent-form").await;
        chrome.tab_to("consent-allow").await;
        chrome.press(Key::Enter).await;
        assert!(chrome.received().await.contains_key("code"));
    })
    .await;
}

#[actix_web::test]
async fn without_scripts_nothing_is_missing() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        let client = site.client(json!({})).await;
        chrome.forbid_scripts().await;
        chrome.open(&site.authorize(&client, &[("response_mode", "form_post")])).await;
        chrome.sign_in("ada", PASSWORD).await;
        chrome.click("#consent-allow").await;
        chrome.click("#continue").await;
        let received = chrome.received().await;
        assert_eq!(received["method"], "POST");
        assert!(received.contains_key("code"));
    })
    .await;
}

#[actix_web::test]
async fn times_are_told_in_the_zone_of_the_person() {
    visit(async |site, chrome| {
        site.op.user("ada").await;
        chrome.set_zone("Asia/Tokyo").await;
        chrome.open(&site.page("/")).await;
        chrome.sign_in("ada", PASSWORD).await;
        let told = chrome.text("time").await;
        assert!(told.contains("2027") && told.contains("5:00"), "{told}");
        let exact = chrome.at("time").await.attr("title").await.unwrap().unwrap();
        assert!(exact.contains("08:00:00"), "{exact}");
    })
    .await;
}

#[actix_web::test]
async fn a_password_can_be_shown_and_is_never_sent_that_way() {
    visit(async |site, chrome| {
        chrome.open(&site.page("/login")).await;
        chrome.write("#username", "nobody").await;
        chrome.write("#password", "secret").await;
        let kind = async || chrome.at("#password").await.prop("type").await.unwrap().unwrap();
        assert_eq!(kind().await, "password");
        chrome.click(".reveal").await;
        assert_eq!(kind().await, "text");
        let script = "const form = document.getElementById('login-form');
            form.addEventListener('submit', (event) => event.preventDefault());";
        chrome.run(script).await;
        chrome.click("#login-submit").await;
        assert_eq!(kind().await, "password", "so that the browser does not keep it among things typed");
    })
    .await;
}
