//! What a form says while it is filled in. The server says the same, and has the last word.

use fantoccini::key::Key;
use serde_json::{Value, json};
use signet::base::text;
use signet::spec::password_policy::{self, Policy};

use super::chrome::Chrome;
use super::visit;
use crate::support::PASSWORD;

/// Types into a field from the start, and leaves it.
async fn fill(chrome: &Chrome, field: &str, text: &str) {
    chrome.write(field, text).await;
    chrome.press(Key::Tab).await;
}

#[actix_web::test]
async fn an_address_that_is_none_is_told_once_the_field_is_left() {
    visit(async |site, chrome| {
        chrome.open(&site.page("/signup")).await;
        chrome.write("#email", "grace@").await;
        assert_eq!(chrome.text("#email-live").await, "", "nobody is interrupted");
        chrome.press(Key::Tab).await;
        assert!(chrome.text("#email-live[role=status]").await.contains("name@example.com"));
        assert!(chrome.has(".wrong #email[aria-invalid=true][aria-describedby~=email-live]").await);
        chrome.click("#email").await;
        chrome.type_blindly("example.com").await;
        assert_eq!(chrome.text("#email-live").await, "", "mended");
        assert!(!chrome.has(".wrong").await);
    })
    .await;
}

#[actix_web::test]
async fn an_address_is_judged_as_the_server_judges_it() {
    let long = format!("{}@example.com", "a".repeat(65));
    let addresses =
        ["a@b", "a.b+c@sub.example.com", "a", "@b", "a@", "a@b@c", "a b@c.de", "a@-b.de", "a@b-.de", "a@b..de"];
    let addresses: Vec<&str> = addresses.into_iter().chain([long.as_str(), &long[1..], "a@b_c.de"]).collect();
    let expected: Vec<bool> = addresses.iter().map(|address| text::is_email(address)).collect();
    assert!(expected.contains(&true) && expected.contains(&false));
    visit(async |site, chrome| {
        chrome.open(&site.page("/signup")).await;
        let script = format!(
            "const input = document.getElementById('email');
            return {}.map((address) => {{
                input.value = address;
                input.dispatchEvent(new Event('change'));
                return !input.hasAttribute('aria-invalid');
            }});",
            json!(addresses)
        );
        assert_eq!(chrome.run(&script).await, json!(expected), "{addresses:?}");
    })
    .await;
}

#[actix_web::test]
async fn a_password_is_judged_while_it_is_typed() {
    visit(async |site, chrome| {
        chrome.open(&site.page("/signup")).await;
        chrome.write("#email", "grace.hopper@example.com").await;
        let cases = [
            ("short", "1", "at least 8"),
            ("aaaaaaaaaa", "1", "repeat"),
            ("Grace.Hopper", "1", "your own name"),
            ("gracehopper1", "1", "your own name"),
            ("12345678", "1", "Weak"),
            ("horse garden", "2", "Fair"),
            (PASSWORD, "3", "Strong"),
        ];
        for (password, level, words) in cases {
            fill(chrome, "#password", password).await;
            let told = chrome.text("#password-live").await;
            assert!(told.contains(words), "{password}: {told}");
            chrome.at(&format!(".bar[data-level='{level}']")).await;
            let is_refused = level == "1" && words != "Weak";
            assert_eq!(chrome.has(".wrong #password").await, is_refused, "{password}");
        }
        // without leaving the field; a screen reader hears it after a pause
        chrome.write("#password", "short").await;
        assert!(chrome.text("#password-live").await.contains("at least 8"));
        chrome.at(".field [role=status]:not(:empty)").await;
    })
    .await;
}

#[actix_web::test]
async fn a_password_is_judged_as_the_server_judges_it() {
    let own = ["ada.lovelace@example.com", "Augusta Ada King-Noël"];
    let passwords = [
        "short",
        "ééééééé",
        "aaaaAAAA",
        "Correct horse",
        "correct horse",
        "correct-h0rse",
        "Correct h0rse",
        "CORRECTHORSE",
        "ADA_LOVELACE_1",
        "ada.lovelace.15",
        "lovelace wrote it",
        "lovelace wrote notes",
        "NOËL-Noël-25",
        "Augusta999",
        "king of the hill",
        "example.com",
        "ÄÖÜ äöü ٣٤٥",
        "كلمة المرور هنا",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 1",
    ];
    let told = |password: &&str| {
        let policy = Policy { min_length: 8, max_length: 1024, classes: 3 };
        let wrong = password_policy::check(policy, password, &own).err().map_or("", |wrong| wrong.id);
        wrong.strip_prefix("password-").unwrap_or(wrong).to_owned()
    };
    let expected: Vec<String> = passwords.iter().map(told).collect();
    for rule in ["", "short", "own-name", "one-character", "classes"] {
        assert!(expected.iter().any(|told| told == rule), "{rule:?} in {expected:?}");
    }
    visit(async |site, chrome| {
        chrome.open(&site.page("/signup")).await;
        let script = format!(
            "const [email, name] = {};
            document.getElementById('email').value = email;
            document.getElementById('name').value = name;
            const input = document.getElementById('password');
            const rules = {{ short: 'short', own: 'own-name', one: 'one-character', mixed: 'classes' }};
            Object.assign(input.dataset, rules, {{ classes: 3 }});
            return {}.map((password) => {{
                input.value = password;
                input.dispatchEvent(new Event('input'));
                const told = document.getElementById('password-live').textContent;
                return Object.values(rules).includes(told) ? told : '';
            }});",
            json!(own),
            json!(passwords)
        );
        let judged = chrome.run(&script).await;
        assert_eq!(judged, json!(expected), "{passwords:?}");
    })
    .await;
}

#[actix_web::test]
async fn what_the_server_has_said_is_not_talked_over() {
    visit(async |site, chrome| {
        chrome.open(&site.page("/signup")).await;
        chrome.run("document.forms[0].noValidate = true;").await;
        chrome.write("#email", "grace@").await;
        chrome.write("#password", "aaaaaaaaaa").await;
        chrome.click("#signup-submit").await;
        chrome.at("#error-summary").await;
        assert!(!chrome.has("#email-live").await);
        fill(chrome, "#password", PASSWORD).await;
        assert!(chrome.has(".wrong #password").await && chrome.text("#password-live").await.contains("Strong"));
        assert_ne!(chrome.run("return document.getElementById('password-mistake')").await, Value::Null);
    })
    .await;
}
