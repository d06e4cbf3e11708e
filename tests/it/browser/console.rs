//! The console, with long names on it.

use std::time::Duration;

use serde_json::json;
use signet::flow::admin::client::Registered;
use signet::model::FactorId;
use signet::model::auth::Consent;
use signet::model::factor::{Factor, Kind};
use signet::model::user::User;

use super::chrome::Chrome;
use super::site::Site;
use crate::admin::{relax, staff};
use crate::support::PASSWORD;

const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

/// Comes by each page as an administrator; `look` is told which one it sees.
pub async fn walk(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    relax(&site.op).await;
    let boss = staff(&site.op, "boss", "admin").await;
    chrome.open(&site.page("/login?to=%2Fadmin")).await;
    chrome.sign_in("boss", PASSWORD).await;
    chrome.at("#chart").await;
    look("console").await;
    chrome.click("details summary").await;
    look("console with the numbers by day").await;
    people(site, chrome, look).await;
    person(site, chrome, look).await;
    invitations(site, chrome, look).await;
    roles(site, chrome, look).await;
    permissions(site, chrome, look).await;
    signing_keys(site, chrome, look).await;
    keys(site, chrome, look).await;
    super::apps::walk(site, chrome, look).await;
    what_happened(site, chrome, look).await;
    settings(site, chrome, look).await;
    super::bulk::walk(site, chrome, look).await;
    site.op.wait(Duration::from_mins(6));
    chrome.open(&site.page(&format!("/admin/people/{}", boss.id))).await;
    chrome.at("#admin-locked").await;
    look("console, read-only").await;
    chrome.click("#admin-confirm").await;
    chrome.at("#reauth-notice").await;
    chrome.open(&site.page("/")).await;
    chrome.at("#to-console").await;
    look("home of an administrator").await;
    chrome.click("#logout-confirm").await;
    chrome.at("#logged-out").await;
}

async fn people(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/admin/people/new")).await;
    chrome.at("#person-form").await;
    look("new person").await;
    chrome.write("#email", "eve@").await;
    chrome.run("for (const form of document.forms) form.noValidate = true;").await;
    chrome.click("#person-submit").await;
    chrome.at("#error-summary").await;
    look("new person with mistakes").await;
    chrome.write("#email", &format!("{}@example.com", "eve".repeat(18))).await;
    chrome.write("#name", LONG).await;
    chrome.click("#person-submit").await;
    chrome.at("#admin-done").await;
    look("person").await;
    chrome.click("#step-suspend").await;
    chrome.at("#confirm-form").await;
    look("what a change would do").await;
    chrome.click("#confirm-submit").await;
    chrome.at("#admin-done").await;
    chrome.open(&site.page("/admin/people")).await;
    chrome.at("#people").await;
    look("people").await;
    chrome.click("#more-filters").await;
    look("people with all filters").await;
    chrome.open(&site.page("/admin/people?q=nobody&factor=yes")).await;
    chrome.at("#none").await;
    look("nobody found").await;
}

/// Somebody with a second factor, and an app with access.
async fn with_everything(site: &Site, client: &Registered) -> User {
    let user = site.op.user("zoe").await;
    let (tenant_id, user_id, id, now) =
        (user.tenant_id.clone(), user.id.clone(), FactorId::random(), site.op.app.clock.now());
    let factor = Factor {
        tenant_id: tenant_id.clone(),
        user_id: user_id.clone(),
        kind: Kind::Totp,
        name: LONG.chars().take(64).collect(),
        sealed: Vec::new(),
        handle: id.to_string(),
        id,
        step: 0,
        created_at: now,
        last_used_at: None,
    };
    let (client_id, scope) = (client.client.id.clone(), "openid email profile".to_owned());
    let consent = Consent { tenant_id, user_id, client_id, scope, given_at: now, updated_at: now };
    let kept = site.op.app.db.write(async |tx| {
        signet::store::factor::insert(tx, &factor).await?;
        signet::store::consent::upsert(tx, &consent).await
    });
    kept.await.unwrap();
    user
}

async fn person(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    let client = site.client(json!({ "client_name": LONG })).await;
    let zoe = with_everything(site, &client).await;
    let path = format!("/admin/people/{}", zoe.id);
    let page = |tab: &str| site.page(&format!("{path}{tab}"));
    chrome.open(&page("")).await;
    chrome.at("#noted-form").await;
    chrome.run("document.querySelector('[name=was-name]').value = 'Somebody else';").await;
    chrome.write("#name", LONG).await;
    chrome.click("#person-submit").await;
    chrome.at("#conflict").await;
    look("person whom somebody else has changed").await;
    chrome.run("for (const form of document.forms) form.noValidate = true;").await;
    chrome.run("document.getElementById('own-motto').value = 'x'.repeat(501);").await;
    chrome.click("#noted-submit").await;
    chrome.at("#error-summary").await;
    look("person with mistakes").await;
    for (tab, what, name) in [
        ("/factors", "#factors-reset", "person, signing in"),
        ("/sessions", "#sessions-none", "person, no sessions"),
        ("/apps", "#apps", "person, apps"),
        ("/activity", "#events", "person, activity"),
        ("/claims", "#claims-form", "person, claims"),
    ] {
        chrome.open(&page(tab)).await;
        chrome.at(what).await;
        look(name).await;
    }
    chrome.open(&page(&format!("/claims?app={}", client.client.id))).await;
    chrome.at("#claims table").await;
    look("person, claims of an app").await;
    chrome.open(&page("/claims?app=nothing")).await;
    chrome.at("#app-mistake").await;
    look("person, claims of no app").await;
    chrome.open(&page("/factors")).await;
    chrome.click("#factors-reset").await;
    chrome.at("#confirm-form").await;
    look("what a reset of factors would do").await;
    chrome.open(&site.page("/admin/people/boss/sessions")).await;
    chrome.at("#sessions-all").await;
    look("person, sessions").await;
}

async fn invitations(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/admin/invitations")).await;
    chrome.at("#none").await;
    look("no invitations").await;
    chrome.click("#invitation-new").await;
    chrome.at("#invitation-form").await;
    look("new invitation").await;
    chrome.write("#email", "eve@").await;
    chrome.run("for (const form of document.forms) form.noValidate = true;").await;
    chrome.click("#invitation-submit").await;
    chrome.at("#email-mistake").await;
    look("new invitation with a mistake").await;
    chrome.write("#email", &format!("{}@example.com", "eva".repeat(18))).await;
    chrome.write("#name", LONG).await;
    chrome.click("#role-moderator").await;
    chrome.click("#invitation-submit").await;
    chrome.at("#invitations").await;
    look("invitations").await;
    site.op.mails().await;
}

async fn permissions(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/admin/permissions")).await;
    chrome.write("#name", "orders").await;
    chrome.click("#permission-submit").await;
    chrome.at("#name-mistake").await;
    look("permissions with a mistake").await;
    chrome.write("#name", &format!("{}:approve", "orders".repeat(8))).await;
    chrome.write("#description", LONG).await;
    chrome.click("#permission-submit").await;
    chrome.at("#admin-done").await;
    look("permissions").await;
    chrome.open(&site.page(&format!("/admin/permissions/{}:approve", "orders".repeat(8)))).await;
    chrome.at("#permission-delete").await;
    look("permission").await;
}

async fn signing_keys(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/admin/keys")).await;
    chrome.at("#rotate-all").await;
    look("signing keys").await;
    chrome.click("[id^=retire-]").await;
    chrome.at("#confirm-form").await;
    look("what retiring a key would do").await;
}

async fn roles(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/admin/roles")).await;
    chrome.at("#matrix").await;
    look("roles").await;
    chrome.click("#role-new").await;
    chrome.at("#role-form").await;
    chrome.write("#name", &"clerk".repeat(12)).await;
    chrome.write("#description", LONG).await;
    chrome.click("#role-submit").await;
    chrome.at("#role-delete").await;
    look("role").await;
    chrome.open(&site.page("/admin/roles/admin")).await;
    chrome.at("#holders").await;
    look("role of administrators").await;
}

async fn keys(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/admin/api-keys")).await;
    look("no API keys").await;
    chrome.click("#key-new").await;
    chrome.at("#key-form").await;
    look("new API key").await;
    chrome.write("#name", LONG).await;
    chrome.click("#key-submit").await;
    chrome.at("#error-summary").await;
    look("new API key with mistakes").await;
    chrome.run("document.querySelectorAll('[type=checkbox]').forEach((box) => (box.checked = true));").await;
    chrome.click("#key-submit").await;
    chrome.at("#api-key").await;
    look("API key").await;
    chrome.click("#key-back").await;
    chrome.at("#keys").await;
    look("API keys").await;
}

async fn settings(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/admin/settings")).await;
    chrome.at("#branding-form").await;
    look("settings").await;
    chrome.write("[id='password.min_length']", "7").await;
    chrome.run("for (const form of document.forms) form.noValidate = true;").await;
    chrome.click("#password-submit").await;
    chrome.at("#error-summary").await;
    look("settings with mistakes").await;
    chrome.write("[id='password.min_length']", "9").await;
    chrome.click("#password-submit").await;
    chrome.at("#confirm-form").await;
    look("what other settings would do").await;
    chrome.click("#confirm-submit").await;
    chrome.at("#admin-done").await;
    chrome.run("document.getElementById('branding.accent').value = '#9c1f6b';").await;
    chrome.click("#branding-submit").await;
    chrome.at("#confirm-form").await;
    chrome.click("#confirm-submit").await;
    chrome.at("link[href*='accent-9c1f6b']").await;
    look("settings in another colour").await;
    chrome.click("button.link[value='branding.accent']").await;
    chrome.at("#confirm-form").await;
    chrome.click("#confirm-submit").await;
    chrome.at("#admin-done").await;
}

async fn what_happened(site: &Site, chrome: &Chrome, look: &impl AsyncFn(&str)) {
    chrome.open(&site.page("/admin/audit")).await;
    chrome.click("#audit-filter").await;
    look("audit").await;
    chrome.open(&site.page("/admin/audit?action=user.suspend")).await;
    chrome.click("#events td a").await;
    chrome.at("#event-change").await;
    look("event").await;
    chrome.click("#event-change").await;
    chrome.at("#undo-form").await;
    look("change").await;
    chrome.open(&site.page("/admin/changes")).await;
    chrome.at("#changes").await;
    look("changes").await;
}
