//! The document says what the routes do, and the routes do what the document says.

use std::collections::BTreeMap;

use signet::web::routes::{Access, ROUTES};

use crate::support::Op;

/// Method and path, with the right that it takes.
type Operations = BTreeMap<String, Option<String>>;

fn mounted() -> Operations {
    let own = ROUTES.iter().filter(|route| route.path.starts_with("/api/v1/") && route.path != "/api/v1/openapi.json");
    let right = |access: Access| match access {
        Access::Right(right) => Some(right.to_string()),
        Access::Caller => Some(String::new()),
        _ => None,
    };
    own.map(|route| (format!("{} {}", route.method, route.path), right(route.access))).collect()
}

#[actix_web::test]
async fn routes_rights_and_document_say_the_same() {
    let op = Op::start().await;
    let document = op.get("/api/v1/openapi.json").await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    let mut told = Operations::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let security = operation["security"].as_array().and_then(|all| all.first());
            let rights = security.map(|wanted| wanted["bearer"].as_array().unwrap());
            let right =
                rights.map(|rights| rights.first().map_or_else(String::new, |right| right.as_str().unwrap().into()));
            told.insert(format!("{} {path}", method.to_uppercase()), right);
            assert!(operation["summary"].is_string(), "{method} {path} says nothing of itself");
        }
    }
    assert_eq!(told, mounted());
}

#[actix_web::test]
async fn every_operation_has_a_name_of_its_own() {
    let op = Op::start().await;
    let document = op.get("/api/v1/openapi.json").await.json();
    let mut names = std::collections::BTreeSet::new();
    for methods in document["paths"].as_object().unwrap().values() {
        for operation in methods.as_object().unwrap().values() {
            let name = operation["operationId"].as_str().unwrap().to_owned();
            assert!(names.insert(name.clone()), "{name} stands twice");
        }
    }
    assert!(names.len() > 20);
}

#[actix_web::test]
async fn the_page_shows_all_that_can_be_asked() {
    let op = Op::start().await;
    let page = op.get("/api").await;
    assert_eq!(page.status, 200);
    let document = op.get("/api/v1/openapi.json").await.json();
    for operation in
        document["paths"].as_object().unwrap().values().flat_map(|methods| methods.as_object().unwrap().values())
    {
        let id = operation["operationId"].as_str().unwrap();
        assert!(page.body.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(
        page.body.contains("&#34;permissions&#34;: []") || page.body.contains("&quot;permissions&quot;: []"),
        "an example"
    );
}
