//! The rules of WCAG 2.2 (A and AA), as far as a machine can check them: axe-core looks at every page.

use serde_json::json;

use super::{setting, visit_with, walk};

const RUN: &str = "const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const options = { runOnly: tags, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] };
    const told = ({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`);
    axe.run(document, options).then(({ violations }) => done(violations.flatMap(told)), (error) => done([`${error}`]));";

/// The script, from the file that `TEST_AXE` names.
fn script() -> Option<String> {
    let path = setting("TEST_AXE")?;
    Some(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("TEST_AXE={path}: {error}")))
}

async fn expect_no_violation(language: &str) {
    let Some(axe) = script() else { return };
    visit_with(json!({ "intl.accept_languages": language }), async |site, chrome| {
        chrome.set_width(360).await;
        walk::all(site, chrome, async |page| {
            chrome.run(&axe).await;
            for scheme in ["light", "dark"] {
                chrome.set_scheme(scheme).await;
                assert_eq!(chrome.run_until_done(RUN).await, json!([]), "{page}, {scheme}");
            }
        })
        .await;
    })
    .await;
}

#[actix_web::test]
async fn every_page_keeps_the_rules() {
    expect_no_violation("en").await;
}

#[actix_web::test]
async fn every_page_keeps_the_rules_from_right_to_left() {
    expect_no_violation("ar").await;
}

/// What the tests above look for would be seen.
#[actix_web::test]
async fn a_breach_of_the_rules_is_noticed() {
    let Some(axe) = script() else { return };
    visit_with(json!({}), async |site, chrome| {
        chrome.open(&site.page("/login")).await;
        chrome.run("document.querySelector('label').remove();").await;
        chrome.run(&axe).await;
        let violations = chrome.run_until_done(RUN).await.to_string();
        assert!(violations.contains("label: #username"), "{violations}");
    })
    .await;
}
