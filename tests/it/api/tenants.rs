//! What belongs to another tenant is not there: not to be seen, not to be named, not to be changed.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::admin::{Actor, How, person};
use signet::spec::right::Right;
use signet::store::audit::Filter;
use signet::web::routes::{Access, ROUTES, Route};

use super::auth::signed_in;
use super::sample::request;
use super::{call, get, master, post};
use crate::admin::relax;
use crate::support::browser::{Browser, hidden};
use crate::support::{Answer, ISSUER, Op};

/// Names of things of the neighbour's, all of which are unknown here.
struct Things {
    person: String,
    session: String,
    client: String,
    names: Vec<String>,
}

/// Somebody who may do everything there, and a thing of each kind.
async fn furnish(op: &Op) -> Things {
    let boss = master(op).await;
    let nina = op.user("nina").await;
    let id = |answer: Answer, name: &str| {
        answer.json()[name].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
    };
    signed_in(op, "nina").await;
    let sessions = get(op, &boss, &format!("/users/{}/sessions", nina.id)).await.json();
    let session = sessions["items"][0]["id"].as_str().unwrap().to_owned();
    let app = json!({ "client_name": "Theirs", "redirect_uris": ["https://theirs.test/cb"] });
    let client = id(post(op, &boss, "/clients", app).await, "client_id");
    let role = post(op, &boss, "/roles", json!({ "name": "theirs", "permissions": ["users.read"] })).await;
    let change = role.header("signet-batch").to_owned();
    post(op, &boss, "/permissions", json!({ "name": "theirs:use" })).await;
    let invitation = id(post(op, &boss, "/invitations", json!({ "email": "guest@example.com" })).await, "id");
    let key = id(post(op, &boss, "/api-keys", json!({ "name": "Theirs", "rights": ["users.read"] })).await, "id");
    let refusal = get(op, &boss, "/users?limit=0").await.json()["reference"].as_str().unwrap().to_owned();
    op.settle().await;
    assert_eq!(get(op, &boss, &format!("/refusals/{refusal}")).await.status, 200);
    let event = op.audit(1).await.remove(0).id;
    let (person, username) = (nina.id.0, nina.username);
    let names = vec![
        person.clone(),
        username,
        nina.email,
        session.clone(),
        client.clone(),
        "theirs".to_owned(),
        "theirs:use".to_owned(),
        change,
        invitation,
        key,
        refusal,
        event,
    ];
    Things { person, session, client, names }
}

/// All that the neighbour can tell of itself, by what it has written down: every change is there.
async fn told(op: &Op) -> String {
    op.settle().await;
    let conn = &mut op.app.db.conn().await.unwrap();
    let rows = signet::store::audit::search(conn, &op.app.tenant, &Filter::default(), (None, 1000)).await.unwrap();
    let people = signet::store::user::list(conn, &op.app.tenant, "", 100).await.unwrap();
    format!("{rows:#?} {people:#?}")
}

fn parts(path: &str) -> usize {
    path.split('/').filter(|piece| piece.starts_with('{')).count()
}

/// The path with these in the place of its parts.
fn named(path: &str, names: &[&str]) -> String {
    let mut names = names.iter();
    let fill =
        |piece: &str| if piece.starts_with('{') { (*names.next().unwrap()).to_owned() } else { piece.to_owned() };
    path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

/// All ways to name something of the neighbour's: by itself, and beside something of our own.
fn ways(path: &str, things: &Things, own: &str) -> Vec<String> {
    let one = |names: &[&str]| named(path, names);
    match parts(path) {
        0 => Vec::new(),
        1 => things.names.iter().map(|name| one(&[name])).collect(),
        2 => {
            let beside_own = things.names.iter().map(|name| one(&[own, name]));
            let theirs = [[&things.person, &things.session], [&things.person, &things.client]];
            let all = theirs.iter().map(|[person, thing]| one(&[person, thing]));
            beside_own.chain(all).chain([one(&[&things.person, "support"]), one(&[&things.person, "theirs"])]).collect()
        }
        _ => panic!("{path} names more than two things"),
    }
}

async fn quick() -> Op {
    Op::with(|config| config.limits.api_rate = 1_000_000).await
}

#[actix_web::test]
async fn the_api_knows_nothing_of_another_tenants() {
    let op = quick().await;
    let neighbour = op.neighbour().await;
    let (things, boss, ada) = (furnish(&neighbour).await, master(&op).await, op.user("ada").await);
    let (own, ask, before) = (signed_in(&op, "ada").await, op.service().await, told(&neighbour).await);
    let mut asked = 0;
    for route in ROUTES.iter().filter(|route| route.path.starts_with("/api/v1/")) {
        let token = match route.access {
            Access::Right(right) if right.is_own() => &own,
            Access::Right(_) | Access::Caller => &boss,
            _ => continue,
        };
        for path in ways(route.path, &things, ada.id.as_str()) {
            let answer = ask(request(route, &path, Some(token))).await;
            assert_eq!(answer.status, 404, "{} {path}: {}", route.method, answer.body);
            asked += 1;
        }
        if parts(route.path) == 0 && route.method == Method::GET {
            let answer = ask(request(route, route.path, Some(token))).await;
            let seen = things.names.iter().find(|name| answer.body.contains(&format!("\"{name}\"")));
            assert_eq!(seen, None, "{}: {}", route.path, answer.body);
        }
    }
    assert!(asked > 500, "{asked}");
    assert_eq!(told(&neighbour).await, before, "nothing has changed there");
}

#[actix_web::test]
async fn the_console_knows_nothing_of_another_tenants() {
    let op = Op::start().await;
    let neighbour = op.neighbour().await;
    let things = furnish(&neighbour).await;
    relax(&op).await;
    let boss = crate::admin::staff(&op, "boss", "admin").await;
    let mut browser = crate::account::signed_in(&op, "boss").await;
    let before = told(&neighbour).await;
    let mut asked = 0;
    for route in ROUTES.iter().filter(|route| matches!(route.access, Access::Admin(_) | Access::Console)) {
        for path in ways(route.path, &things, boss.id.as_str()) {
            let answer = ask(&mut browser, route, &path).await;
            assert_eq!(answer.status, 404, "{} {path}: {}", route.method, answer.body);
            asked += 1;
        }
        if parts(route.path) == 0 && route.method == Method::GET {
            let answer = ask(&mut browser, route, route.path).await;
            let seen = things.names[..5].iter().find(|name| answer.body.contains(*name));
            assert_eq!(seen, None, "{}", route.path);
        }
    }
    assert!(asked > 50, "{asked}");
    assert_eq!(told(&neighbour).await, before, "nothing has changed there");
}

/// Sends a form that says yes to everything that is asked.
async fn ask(browser: &mut Browser<'_>, route: &Route, path: &str) -> Answer {
    if route.method == Method::GET {
        return browser.send(TestRequest::get().uri(path)).await;
    }
    let page = browser.open("/").await.page().1;
    let token = hidden(&page.body).into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    let form = [
        ("csrf", token.as_str()),
        ("confirm", "yes"),
        ("step", if path.starts_with("/admin/apps") { "disable" } else { "suspend" }),
        ("give", "support"),
        ("withdraw", "something"),
        ("username", "somebody"),
        ("email", "somebody@example.com"),
        ("name", "somebody"),
    ];
    browser.send(TestRequest::post().uri(path).insert_header(("origin", ISSUER)).set_form(form)).await
}

#[actix_web::test]
async fn nothing_of_another_tenants_can_be_taken_into_ones_own() {
    let op = quick().await;
    let neighbour = op.neighbour().await;
    let (things, boss, ada) = (furnish(&neighbour).await, master(&op).await, op.user("ada").await);
    for (path, body) in [
        ("/users", json!({ "email": "eve@example.com", "roles": ["theirs"] })),
        ("/invitations", json!({ "email": "eve@example.com", "roles": ["theirs"] })),
        ("/invitations", json!({ "email": "eve@example.com", "client_id": things.client })),
        ("/roles", json!({ "name": "ours", "permissions": ["theirs:use"] })),
    ] {
        let status = post(&op, &boss, path, body.clone()).await.status;
        assert!([403, 404, 422].contains(&status), "{path} {body}: {status}");
    }
    let claims = format!("/users/{}/claims?client_id={}", ada.id, things.client);
    assert!([404, 422].contains(&get(&op, &boss, &claims).await.status));
    let app = op.client(json!({})).await.client.id;
    let tried = post(&op, &boss, &format!("/clients/{app}/dry-run"), json!({ "user": things.person })).await;
    assert_eq!(tried.status, 404, "{}", tried.body);
    // the same names are free here
    let role = json!({ "name": "theirs", "permissions": [] });
    assert_eq!(post(&op, &boss, "/roles", role).await.status, 201);
    assert_eq!(post(&op, &boss, "/users", json!({ "email": "nina@example.com" })).await.status, 201);
    assert_eq!(call(&op, &boss, (Method::DELETE, "/roles/theirs"), Value::Null).await.status, 200);
    let held = signet::flow::admin::role::show(neighbour.app.cx(), &Actor::operator(), "theirs").await.unwrap();
    assert_eq!(held.permissions, ["users.read"], "the neighbour's stays as it was");
    // nobody there becomes somebody here
    let nina = person::show(neighbour.app.cx(), &Actor::operator(), "nina").await.unwrap().user;
    let given = person::grant_role(op.app.cx(), &Actor::operator(), How::Apply, (&nina.id, "admin")).await;
    assert!(given.is_err());
    assert!(!Actor::person(op.app.cx(), &nina.id).await.unwrap().rights.has(Right::UsersRead));
}
