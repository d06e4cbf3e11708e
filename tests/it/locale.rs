//! The texts of the pages: complete in every language, used, and said to those who understand them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use actix_web::test::TestRequest;
use fluent_bundle::FluentResource;
use serde_json::json;
use signet::config::{KEYS, Key, SECTIONS};
use signet::locale::Locale;

use crate::support::browser::Browser;
use crate::support::{Answer, Op, authorize};

/// The ids of a language in their order, each with its text as it was written.
fn texts(locale: Locale) -> Vec<(&'static str, String)> {
    let mut texts: Vec<(&str, String)> = Vec::new();
    for line in locale.sources().iter().flat_map(|source| source.lines()).filter(|line| !line.starts_with('#')) {
        match (line.split_once(" ="), texts.last_mut()) {
            (Some((id, text)), _) if !line.starts_with(' ') => texts.push((id, text.to_owned())),
            (_, Some((_, text))) => text.push_str(line),
            (_, None) => {}
        }
    }
    texts
}

fn ids(locale: Locale) -> Vec<&'static str> {
    texts(locale).into_iter().map(|(id, _)| id).collect()
}

/// What a text is filled with.
fn variables(text: &str) -> BTreeSet<&str> {
    text.split('$').skip(1).map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap()).collect()
}

#[test]
fn every_file_can_be_read_as_a_whole() {
    for locale in Locale::ALL {
        for source in locale.sources() {
            let read = FluentResource::try_new((*source).to_owned()).map_err(|(_, errors)| errors);
            assert!(read.is_ok(), "{locale:?}: {:?}", read.err());
        }
        let ids = ids(locale);
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{locale:?} has an id twice");
    }
}

#[test]
fn every_language_has_the_same_texts_with_the_same_values() {
    let english: Vec<_> = texts(Locale::En);
    for locale in Locale::ALL {
        assert_eq!(ids(locale), ids(Locale::En), "{locale:?}");
        for ((id, text), (_, model)) in texts(locale).iter().zip(&english) {
            assert_eq!(variables(text), variables(model), "{id} in {locale:?}");
        }
    }
}

#[test]
fn plurals_have_all_forms_of_their_language() {
    for locale in Locale::ALL {
        let forms: &[&str] = match locale {
            Locale::En | Locale::De => &["[one]", "*[other]"],
            Locale::Ar => &["[zero]", "[one]", "[two]", "[few]", "[many]", "*[other]"],
        };
        for (id, text) in texts(locale).iter().filter(|(_, text)| text.contains("->")) {
            assert!(forms.iter().all(|form| text.contains(form)), "{id} in {locale:?}");
        }
    }
}

#[test]
fn every_text_that_is_asked_for_exists_and_none_is_left_over() {
    let known: BTreeSet<_> = ids(Locale::En).into_iter().map(str::to_owned).collect();
    let mut asked = BTreeMap::new();
    let sources = files("src", "rs").into_iter().filter(|(path, _)| !path.ends_with("tests.rs"));
    for (path, text) in sources.chain(files("templates", "html")) {
        let text = text.split("#[cfg(test)]").next().unwrap();
        for call in ["Text::new(", ".text(", ".fill(", ".count(", ".around("] {
            for rest in text.split(call).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"')) {
                asked.insert(rest.split('"').next().unwrap().to_owned(), path.clone());
            }
        }
        for rest in text.split("Mistake::new(\"").skip(1) {
            asked.insert(rest.split('"').nth(2).unwrap().to_owned(), path.clone());
        }
    }
    let missing: Vec<_> = asked.iter().filter(|(id, _)| !known.contains(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let letters = fs::read_to_string("src/deliver/letter.rs").unwrap();
    let is_asked = |id: &str| asked.contains_key(id) || is_letter(id, &letters) || is_setting(id);
    let unused: Vec<_> = known.iter().filter(|id| !is_asked(id)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// The ids of letters are put together, from kinds of letters that are told apart in the code.
fn is_letter(id: &str, code: &str) -> bool {
    let part = |part| id.strip_prefix("letter-").and_then(|rest| rest.strip_suffix(part));
    let kind = ["-subject", "-text", "-button", "-end"].iter().find_map(part).or_else(|| id.strip_prefix("sms-"));
    kind.is_some_and(|kind| code.contains(&format!("\"{kind}\"")))
}

/// Settings and their sections are called by their keys.
fn is_setting(id: &str) -> bool {
    let named = |key: &Key| id.trim_end_matches("-help") == format!("setting-{}", key.name.replace(['.', '_'], "-"));
    KEYS.iter().any(named) || SECTIONS.iter().any(|section| id == format!("settings-{section}"))
}

/// Words stand in expressions: `{{ frame.text("…") }}`.
#[test]
fn templates_hold_no_words_of_their_own() {
    for (path, text) in files("templates", "html") {
        for literal in literals(&text) {
            let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_./".contains(c);
            assert!(literal.chars().all(is_name), "{path}: {literal:?} in an expression");
        }
        let text = without(&without(&text, "{#", "#}"), "{% block shape %}", "{% endblock %}");
        let text = without(&without(&text, "{{", "}}"), "{%", "%}");
        for name in ["aria-label", "alt", "title", "placeholder", "data-show", "data-hide"] {
            for value in text.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()) {
                assert!(!value.contains(char::is_alphabetic), "{path}: {name}={value:?}");
            }
        }
        let text = without(&without(&text, "<script", "</script>"), "<", ">");
        // what a form macro is called with: further attributes of its input, here without their values
        let text = without(&text.replace("=\"", "=<\""), "<\"", "\"");
        for word in text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)) {
            assert!(word.ends_with('=') || ["required", "autofocus"].contains(&word), "{path}: {word:?}");
        }
    }
}

/// What stands in quotation marks in expressions.
fn literals(template: &str) -> Vec<&str> {
    let inside = |open, close| template.split(open).skip(1).map(move |rest: &str| rest.split(close).next().unwrap());
    let expressions = inside("{{", "}}").chain(inside("{%", "%}"));
    expressions.flat_map(|expression| expression.split('"').skip(1).step_by(2)).collect()
}

/// The text with a space for everything from `open` to `close`.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |left, part| left + " " + part.split_once(close).map_or("", |(_, rest)| rest))
}

fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            found.append(&mut files(&name, extension));
        } else if path.extension().is_some_and(|ext| ext == extension) {
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

fn assert_speaks(page: &Answer, locale: Locale) {
    let head = format!("<html lang=\"{}\" dir=\"{}\"", locale.tag(), locale.dir());
    assert!(page.body.contains(&head), "not {locale:?}: {}", page.body);
    assert_eq!(page.header("content-language"), locale.tag());
}

async fn open_accepting(browser: &mut Browser<'_>, path: &str, languages: &str) -> Answer {
    browser.send(TestRequest::get().uri(path).insert_header(("accept-language", languages))).await
}

#[actix_web::test]
async fn the_sign_in_page_speaks_as_the_app_asks_for() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open(&authorize(&client, &[("ui_locales", "fr-CH de en")])).await.page();
    assert_speaks(&page, Locale::De);
    assert!(page.body.contains("<h1>Anmelden</h1>") && page.body.contains("data-show=\"Passwort anzeigen\""));
    let (_, page) = browser.sign_in(&page, "ada", "").await.page();
    assert!(page.body.contains("Geben Sie Ihr Passwort ein."), "{}", page.body);
    let (_, page) = browser.open(&authorize(&client, &[("ui_locales", "tlh")])).await.page();
    assert_speaks(&page, Locale::En);
}

#[actix_web::test]
async fn the_sign_in_page_speaks_as_the_browser_prefers() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    for (languages, locale) in [
        ("ar-EG, ar;q=0.9, en;q=0.8", Locale::Ar),
        ("de;q=0.2, ar;q=0.9", Locale::Ar),
        ("fr, tlh;q=0.5", Locale::En),
        ("*", Locale::En),
        ("", Locale::En),
    ] {
        assert_speaks(&open_accepting(&mut browser, "/login", languages).await, locale);
    }
    let page = browser.open(&authorize(&client, &[("ui_locales", "de")])).await.page().0;
    assert_speaks(&open_accepting(&mut browser, &page, "ar").await, Locale::De);
}

#[actix_web::test]
async fn a_person_who_has_chosen_a_language_hears_it_everywhere() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    op.complete(&ada, "de-AT").await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    let (_, page) = browser.open("/login").await.page();
    assert_speaks(&page, Locale::En);
    let (path, page) = browser.sign_in(&page, "ada", crate::support::PASSWORD).await.page();
    assert_eq!(path, "/");
    assert_speaks(&page, Locale::De);
    let (path, page) = browser.open(&authorize(&client, &[("ui_locales", "ar")])).await.page();
    assert!(path.starts_with("/consent"));
    assert_speaks(&page, Locale::De);
    assert!(page.body.contains("Sie sind angemeldet als <strong><bdi>ada Example</bdi></strong>"), "{}", page.body);
    let (_, page) = browser.open("/login?request=unknown").await.page();
    assert_speaks(&page, Locale::De);
    let (_, page) =
        browser.open(&authorize(&client, &[("response_mode", "form_post"), ("client_id", "x")])).await.page();
    assert_speaks(&page, Locale::De);

    op.complete(&ada, "tlh").await;
    assert_speaks(&open_accepting(&mut browser, "/", "ar").await, Locale::Ar);
}

/// The exact reason is for the one who looks after the app.
#[actix_web::test]
async fn a_refusal_is_said_in_the_language_of_the_person_and_explained_in_english() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let asked = authorize(&client, &[("redirect_uri", "https://evil.test/"), ("ui_locales", "de")]);
    let page = op.get(&asked).await;
    assert_speaks(&page, Locale::De);
    assert!(page.body.contains("<h1>Die App hat eine falsche Adresse angegeben</h1>"), "{}", page.body);
    let reason = "id=\"error-description\" lang=\"en\" dir=\"ltr\">redirect_uri is not registered for this client.<";
    assert!(page.body.contains(reason), "{}", page.body);
    let page = op.get(&authorize(&client, &[("redirect_uri", "https://evil.test/")])).await;
    assert_speaks(&page, Locale::En);
    assert!(page.body.contains("id=\"error-description\">redirect_uri is"), "{}", page.body);
}
