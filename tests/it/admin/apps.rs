//! Apps at the console: registered by a few questions, changed, ended and brought back.

use serde_json::json;
use signet::flow::admin::client;
use signet::flow::admin::client::{Edit, Registered};
use signet::flow::admin::role::{self, Wanted};
use signet::flow::admin::{Actor, How};
use signet::model::ClientId;
use signet::model::client::{Client, ClientState};
use signet::spec::client_meta::{ApplicationType, AuthMethod, GrantType};

use super::{boss, fill, relax, staff};
use crate::account::signed_in;
use crate::support::browser::{Browser, pairs};
use crate::support::{Answer, CALLBACK, Op, authorize, redeem};

async fn find(op: &Op, id: &str) -> Client {
    client::show(op.app.cx(), &Actor::operator(), &ClientId::from(id)).await.unwrap()
}

/// What an element holds, by its id.
fn held<'a>(page: &'a Answer, id: &str) -> &'a str {
    let from = page.body.split(&format!("id=\"{id}\"")).nth(1).unwrap_or_else(|| panic!("no {id}: {}", page.body));
    from.split_once('>').unwrap().1.split('<').next().unwrap()
}

fn plain(text: &str) -> String {
    text.replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&").replace("&amp;", "&")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = &tag[..tag.find('>')?];
    let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(plain(&tag[at..at + tag[at..].find('"')?]))
}

/// What a browser would send of a form as it stands there.
fn shown(page: &Answer, id: &str) -> (String, Vec<(String, String)>) {
    let mark = format!("id=\"{id}\"");
    let form = page.body.split("<form").find(|form| form.contains(&mark)).unwrap_or_else(|| panic!("{}", page.body));
    let form = form.split("</form>").next().unwrap();
    let mut fields = Vec::new();
    for tag in form.split("<input").skip(1) {
        let is_on =
            attribute(tag, "type").as_deref() != Some("checkbox") || tag[..tag.find('>').unwrap()].contains(" checked");
        if let (Some(name), Some(value), true) = (attribute(tag, "name"), attribute(tag, "value"), is_on) {
            fields.push((name, value));
        }
    }
    for area in form.split("<textarea").skip(1) {
        let text = area.split_once('>').unwrap().1.split("</textarea>").next().unwrap();
        fields.push((attribute(area, "name").unwrap(), plain(text)));
    }
    for select in form.split("<select").skip(1) {
        let all = select.split("</select>").next().unwrap();
        let chosen =
            all.split("<option").skip(1).find(|option| option[..option.find('>').unwrap()].contains(" selected"));
        fields.push((
            attribute(select, "name").unwrap(),
            chosen.and_then(|one| attribute(one, "value")).unwrap_or_default(),
        ));
    }
    (form.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned(), fields)
}

/// Sends the form as it stands there, with changes; an empty value takes a field away.
async fn send(browser: &mut Browser<'_>, page: &Answer, id: &str, changes: &[(&str, &str)]) -> (String, Answer) {
    let (path, mut fields) = shown(page, id);
    fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    fields.extend(
        changes
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    browser.submit(&path, &pairs(&fields)).await.page()
}

async fn open(browser: &mut Browser<'_>, path: &str) -> Answer {
    let page = browser.open(path).await.page().1;
    assert_eq!(page.status, 200, "{path}: {}", page.body);
    page
}

#[actix_web::test]
async fn each_kind_is_registered_by_what_it_needs() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let kinds = open(&mut browser, "/admin/apps/new").await;
    let code = [("redirect_uris", CALLBACK), ("scope-offline_access", "yes")];
    for (kind, answers, method, native) in [
        ("web", &code[..], AuthMethod::SecretBasic, false),
        ("page", &code[..], AuthMethod::None, false),
        ("native", &[("redirect_uris", "com.example.app:/cb")][..], AuthMethod::None, true),
        ("service", &[("scopes", "orders.read signet:users.read")][..], AuthMethod::SecretBasic, false),
    ] {
        let path = format!("/admin/apps/new?kind={kind}");
        assert!(kinds.body.contains(&format!("href=\"{path}\"")), "{}", kinds.body);
        let page = open(&mut browser, &path).await;
        let mut fields = answers.to_vec();
        fields.push(("client_name", "<b>Shop</b>"));
        let (_, made) = send(&mut browser, &page, "app-form", &fields).await;
        assert!(made.status == 200 && !made.body.contains("<b>Shop"), "{}", made.body);
        let app = find(&op, held(&made, "client-id")).await;
        let metadata = &app.metadata;
        assert_eq!((metadata.client_name.as_str(), metadata.token_endpoint_auth_method), ("<b>Shop</b>", method));
        assert_eq!(metadata.application_type == ApplicationType::Native, native);
        assert_eq!(metadata.may(GrantType::RefreshToken), answers.len() == 2, "{kind}");
        assert_eq!(made.body.contains("id=\"client-secret\""), method != AuthMethod::None);
        if method != AuthMethod::None {
            let secret = held(&made, "client-secret");
            assert!(app.knows(&secret.into(), op.app.clock.now()));
            let page = open(&mut browser, &format!("/admin/apps/{}", app.id)).await;
            assert!(!page.body.contains(secret), "once");
        }
        if kind == "service" {
            let program = Registered { secret: Some(held(&made, "client-secret").into()), client: app };
            let token = op.token(&program, &[("grant_type", "client_credentials"), ("scope", "orders.read")]).await;
            assert_eq!(token.status, 200, "{}", token.body);
        }
    }
    let list = open(&mut browser, "/admin/apps").await;
    assert_eq!(list.body.matches("&#60;b&#62;Shop").count(), 4, "{}", list.body);
}

#[actix_web::test]
async fn a_form_comes_back_with_all_that_is_wrong_and_all_that_was_typed() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let page = open(&mut browser, "/admin/apps/new?kind=web").await;
    let typed =
        [("redirect_uris", "https://rp.test/cb\r\nhttp://rp.test/\"cb"), ("scopes", "orders"), ("scope-email", "")];
    let (_, again) = send(&mut browser, &page, "app-form", &typed).await;
    assert_eq!(again.status, 400);
    for id in ["error-summary", "client_name-mistake", "redirect_uris-mistake"] {
        assert!(again.body.contains(&format!("id=\"{id}\"")), "{id}: {}", again.body);
    }
    let (_, fields) = shown(&again, "app-form");
    assert!(fields.contains(&("redirect_uris".into(), "https://rp.test/cb\nhttp://rp.test/\"cb".into())), "{fields:?}");
    assert!(fields.contains(&("scopes".into(), "orders".into())));
    assert!(
        fields.iter().all(|(name, _)| name != "scope-email") && fields.iter().any(|(name, _)| name == "scope-openid")
    );
    let (_, none) = send(&mut browser, &again, "app-form", &[("client_name", "Shop"), ("redirect_uris", "")]).await;
    assert!(none.status == 400 && none.body.contains("id=\"redirect_uris-mistake\""), "{}", none.body);
    assert!(!none.body.contains("id=\"client_name-mistake\""));
    let list = open(&mut browser, "/admin/apps").await;
    assert!(list.body.contains("id=\"none\""), "nothing was made");
}

/// Somebody who looks after apps and nothing else.
async fn smith(op: &Op) -> Browser<'_> {
    relax(op).await;
    let permissions = vec!["admin:clients".to_owned()];
    let wanted = Wanted { description: String::new(), needs_factor: false, permissions };
    role::create(op.app.cx(), &Actor::operator(), How::Apply, ("smith", &wanted)).await.unwrap();
    staff(op, "sam", "smith").await;
    signed_in(op, "sam").await
}

#[actix_web::test]
async fn nobody_lends_himself_rights_by_an_app() {
    let op = Op::start().await;
    let mut browser = smith(&op).await;
    let page = open(&mut browser, "/admin/apps/new?kind=service").await;
    let beyond = [("client_name", "Job"), ("scopes", "signet:users.write")];
    let (_, refused) = send(&mut browser, &page, "app-form", &beyond).await;
    assert!(refused.status == 403 && refused.body.contains("id=\"scope-mistake\""), "{}", refused.body);
    assert!(refused.body.contains("value=\"signet:users.write\""), "it is still there");
    let own = [("client_name", "Job"), ("scopes", "signet:clients.read")];
    let (_, made) = send(&mut browser, &refused, "app-form", &own).await;
    let path = format!("/admin/apps/{}", held(&made, "client-id"));
    let page = open(&mut browser, &path).await;
    let (_, refused) = send(&mut browser, &page, "app-form", &[("scopes", "signet:users.write")]).await;
    assert!(refused.status == 403 && refused.body.contains("id=\"scope-mistake\""), "{}", refused.body);
    let strong = op.client(json!({ "scope": "openid signet:users.write" })).await;
    let page = open(&mut browser, &format!("/admin/apps/{}", strong.client.id)).await;
    for (form, field) in [("secret-form", ("new", "yes")), ("state-form", ("step", "delete"))] {
        let (_, refused) = send(&mut browser, &page, form, &[field, ("confirm", "yes")]).await;
        assert_eq!(refused.status, 403, "{form}");
    }
    // no link to what is not for them
    assert!(!page.body.contains("/admin/audit") && !page.body.contains("/admin/people"));
}

#[actix_web::test]
async fn settings_change_when_that_was_confirmed_and_go_back() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let app =
        op.client(json!({ "contacts": ["ada@example.com"], "default_max_age": 60, "scope": "openid orders" })).await;
    let path = format!("/admin/apps/{}", app.client.id);
    let page = open(&mut browser, &path).await;
    let (_, same) = send(&mut browser, &page, "app-form", &[]).await;
    assert!(same.body.contains("id=\"admin-same\""), "what stands there is what it is: {}", same.body);

    let changes = [
        ("client_name", "Store"),
        ("redirect_uris", "https://b.test/\r\nhttps://a.test/"),
        ("contacts", ""),
        ("default_max_age", ""),
        ("first_party", "yes"),
        ("require_pkce", ""),
        ("access_token_format", "opaque"),
        ("userinfo_signed_response_alg", "ES256"),
        ("scope-email", "yes"),
        ("grant-refresh_token", ""),
    ];
    let (_, preview) = send(&mut browser, &page, "app-form", &changes).await;
    assert!(preview.body.contains("id=\"confirm-form\"") && preview.body.contains("Redirect URIs"), "{}", preview.body);
    assert_eq!(find(&op, app.client.id.as_str()).await.metadata, app.client.metadata, "it was only looked at");
    let (at, done) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(at.starts_with(&format!("{path}?done=")), "{at}: {}", done.body);
    let now = find(&op, app.client.id.as_str()).await.metadata;
    assert_eq!((now.client_name.as_str(), now.scope.to_string().as_str()), ("Store", "openid orders email"));
    assert_eq!(now.redirect_uris, ["https://b.test/", "https://a.test/"]);
    assert!(now.contacts.is_empty() && now.default_max_age.is_none() && now.first_party && !now.require_pkce);
    assert_eq!(now.grant_types, [GrantType::AuthorizationCode]);
    assert_eq!(json!(now)["userinfo_signed_response_alg"], "ES256");

    let (_, wrong) = send(&mut browser, &done, "app-form", &[("default_max_age", "soon"), ("logo_uri", "x")]).await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains("id=\"default_max_age-mistake\"") && wrong.body.contains("value=\"soon\""));
    let (_, preview) = fill(&mut browser, &done, "undo", &[]).await.page();
    let (_, back) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert_eq!(find(&op, app.client.id.as_str()).await.metadata, app.client.metadata, "{}", back.body);
}

#[actix_web::test]
async fn the_second_of_two_editors_is_told_and_neither_loses_anything() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let app = op.client(json!({})).await;
    let (path, id) = (format!("/admin/apps/{}", app.client.id), &app.client.id);
    let first = open(&mut browser, &path).await;
    let (_, preview) =
        send(&mut browser, &first, "app-form", &[("client_name", "Mine"), ("tos_uri", "https://rp.test/mine")]).await;
    // meanwhile somebody else
    let theirs = json!({ "first_party": true, "tos_uri": "https://rp.test/theirs" });
    let edit = (Edit::Members(theirs.as_object().unwrap().clone()), |_: &Client| Ok(()));
    client::edit(op.app.cx(), &Actor::operator(), How::Apply, id, edit).await.unwrap();

    let (_, told) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert_eq!(told.status, 409, "{}", told.body);
    let changed = told.body.split("id=\"changed\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert_eq!(changed.matches("<tr>").count(), 3, "two, below their heading: {changed}");
    assert!(changed.contains("https://rp.test/mine") && changed.contains("https://rp.test/theirs"), "{changed}");
    assert_eq!(find(&op, id.as_str()).await.metadata.client_name, "Demo", "nothing of it is saved");
    let (_, fields) = shown(&told, "app-form");
    for (name, value) in [("client_name", "Mine"), ("tos_uri", "https://rp.test/mine"), ("first_party", "yes")] {
        assert!(fields.contains(&(name.into(), value.into())), "{name}: {fields:?}");
    }
    let (_, preview) = send(&mut browser, &told, "app-form", &[]).await;
    let (_, done) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    let now = find(&op, id.as_str()).await.metadata;
    assert_eq!((now.client_name.as_str(), now.first_party), ("Mine", true), "{}", done.body);
    assert_eq!(now.tos_uri.as_deref(), Some("https://rp.test/mine"));
}

#[actix_web::test]
async fn an_app_is_shut_out_deleted_and_brought_back() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let app = op.client(json!({})).await;
    let path = format!("/admin/apps/{}", app.client.id);
    for (step, state) in [
        ("disable", ClientState::Disabled),
        ("enable", ClientState::Enabled),
        ("delete", ClientState::Deleted),
        ("restore", ClientState::Enabled),
    ] {
        let page = open(&mut browser, &path).await;
        assert!(page.body.contains(&format!("id=\"step-{step}\"")), "{}", page.body);
        let (_, preview) = send(&mut browser, &page, "state-form", &[("step", step)]).await;
        assert_ne!(find(&op, app.client.id.as_str()).await.state(), state, "it was only looked at");
        let (at, _) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
        assert!(at.contains("?done="), "{at}");
        assert_eq!(find(&op, app.client.id.as_str()).await.state(), state);
        assert_eq!(op.get(&authorize(&app, &[])).await.status == 303, state == ClientState::Enabled);
        if state == ClientState::Deleted {
            let page = open(&mut browser, &path).await;
            assert!(
                page.body.contains("<fieldset class=\"stack\" disabled>") && !page.body.contains("id=\"secret-form\"")
            );
            let (_, refused) = send(&mut browser, &page, "app-form", &[("client_name", "X")]).await;
            assert_eq!(refused.status, 409, "{}", refused.body);
        }
    }
    assert_eq!(browser.open("/admin/apps/nobody").await.page().1.status, 404);
}

#[actix_web::test]
async fn a_secret_is_replaced_without_a_gap() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let old = op.program(json!({})).await;
    let form = [("grant_type", "client_credentials")];
    let page = open(&mut browser, &format!("/admin/apps/{}", old.client.id)).await;
    assert!(!page.body.contains("id=\"secret-end\""));
    let (_, preview) = send(&mut browser, &page, "secret-form", &[("new", "yes")]).await;
    assert!(preview.body.contains("id=\"confirm-form\"") && !preview.body.contains("sgt_cs_"), "{}", preview.body);
    let (_, made) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    let new = Registered { client: old.client.clone(), secret: Some(held(&made, "client-secret").into()) };
    assert_eq!((op.token(&old, &form).await.status, op.token(&new, &form).await.status), (200, 200));
    let page = open(&mut browser, &format!("/admin/apps/{}", old.client.id)).await;
    let (_, preview) = send(&mut browser, &page, "secret-form", &[("end", "yes")]).await;
    let (_, done) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert!(!done.body.contains("id=\"secret-end\""), "{}", done.body);
    assert_eq!((op.token(&old, &form).await.status, op.token(&new, &form).await.status), (401, 200));
}

#[actix_web::test]
async fn what_people_allowed_is_counted_and_taken_back_for_good() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let app = op.client(json!({})).await;
    let path = format!("/admin/apps/{}", app.client.id);
    assert!(!open(&mut browser, &path).await.body.contains("id=\"access-form\""), "nothing to take back");
    let mut tokens = Vec::new();
    for name in ["ada", "eve"] {
        op.user(name).await;
        let code = Browser::new(&op).code(&authorize(&app, &[("scope", "openid offline_access")]), name).await;
        tokens.push(op.token(&app, &redeem(&code)).await.json()["refresh_token"].as_str().unwrap().to_owned());
    }
    let page = open(&mut browser, &path).await;
    assert_eq!((held(&page, "consents"), held(&page, "grants")), ("2", "2"));
    let (_, preview) = send(&mut browser, &page, "access-form", &[]).await;
    assert!(preview.body.contains("Nothing brings this back."), "{}", preview.body);
    let (_, done) = fill(&mut browser, &preview, "confirm-form", &[]).await.page();
    assert_eq!((held(&done, "consents"), held(&done, "grants")), ("0", "0"));
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens[0].as_str())];
    assert_eq!(op.token(&app, &refresh).await.error(), (400, "invalid_grant".into()));
}

#[actix_web::test]
async fn an_app_is_tested_and_not_too_often() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let app = op.client(json!({ "redirect_uris": ["http://127.0.0.1:9/cb"], "scope": "openid" })).await;
    let page = open(&mut browser, &format!("/admin/apps/{}", app.client.id)).await;
    let (_, told) = send(&mut browser, &page, "test-form", &[]).await;
    assert_eq!(held(&told, "test-result"), "One test failed");
    let failed = told.body.split("data-test=\"client.refresh\"").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(failed.contains("tag bad") && failed.contains("OIDC Core §11"), "{failed}");
    for _ in 0..4 {
        assert_eq!(send(&mut browser, &page, "test-form", &[]).await.1.status, 200);
    }
    let (_, often) = send(&mut browser, &page, "test-form", &[]).await;
    assert!(often.status == 429 && often.body.contains("id=\"error-summary\""), "{}", often.body);
    assert!(!often.header("retry-after").is_empty());
}

#[actix_web::test]
async fn apps_are_found_by_name_and_state_a_page_at_a_time() {
    let op = Op::start().await;
    let mut browser = boss(&op).await;
    let name = "Donaudampfschifffahrt".repeat(6);
    for at in 0..51 {
        let app = op.client(json!({ "client_name": format!("{at:02}{}", &name[..100]) })).await;
        if at == 7 {
            op.switch(&app, false).await;
        }
    }
    let list = open(&mut browser, "/admin/apps").await;
    assert!(list.body.len() < 100 * 1024, "{}", list.body.len());
    let count = |page: &Answer| page.body.matches("<th scope=\"row\">").count();
    assert_eq!(count(&list), 50);
    let next = list.body.split("id=\"page-next\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let rest = open(&mut browser, &next).await;
    assert!(count(&rest) == 1 && rest.body.contains("id=\"page-first\""), "{}", rest.body);
    for (query, found) in [("q=0", 10), ("q=07", 1), ("state=disabled", 1), ("q=08&state=disabled", 0), ("q=%25", 0)] {
        assert_eq!(count(&open(&mut browser, &format!("/admin/apps?{query}")).await), found, "{query}");
    }
}
