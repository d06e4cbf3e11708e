//! The document says what the routes do, and the routes do what the document says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use signet::web::api::document;
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

/// All operations, each by its method and path.
pub fn operations() -> impl Iterator<Item = (String, &'static Value)> {
    let paths = document::json()["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().iter();
        methods.map(move |(method, operation)| (format!("{} {path}", method.to_uppercase()), operation))
    })
}

/// What a reference stands for.
pub fn resolved(value: &'static Value) -> &'static Value {
    let Some(name) = value["$ref"].as_str() else { return value };
    let found = document::json().pointer(name.strip_prefix('#').unwrap());
    resolved(found.unwrap_or_else(|| panic!("{name} leads nowhere")))
}

/// The schema of a JSON body, if the operation takes one.
pub fn body(operation: &'static Value) -> Option<&'static Value> {
    let body = operation.get("requestBody")?;
    // a file is what it is
    if body.pointer("/content/text~1csv/schema").is_some() {
        return None;
    }
    let schema = body.pointer("/content/application~1json/schema");
    Some(resolved(schema.unwrap_or_else(|| panic!("a body without a schema: {body}"))))
}

fn parameters(operation: &'static Value) -> impl Iterator<Item = &'static Value> {
    operation["parameters"].as_array().into_iter().flatten()
}

#[test]
fn every_answer_has_a_schema() {
    for (name, operation) in operations() {
        assert!(parameters(operation).count() > 0 || operation.get("parameters").is_none(), "{name}");
        let answers = operation["responses"].as_object().unwrap();
        assert!(answers.keys().any(|status| status.starts_with('2')), "{name}: never good");
        for (status, answer) in answers {
            let answer = resolved(answer);
            assert!(answer["description"].as_str().is_some_and(|text| !text.is_empty()), "{name} {status}");
            let contents = answer["content"].as_object();
            if status == "204" {
                assert!(contents.is_none(), "{name} {status}: there is no content");
                continue;
            }
            let contents = contents.unwrap_or_else(|| panic!("{name} {status} has no content"));
            for (kind, content) in contents {
                let schema = &content["schema"];
                assert!(schema.as_object().is_some_and(|schema| !schema.is_empty()), "{name} {status} {kind}");
                assert_eq!(kind == "application/problem+json", status.as_str() >= "400", "{name} {status}");
                // an object of which nothing is said is one of which nobody can rely on anything
                let told =
                    ["properties", "oneOf", "anyOf", "items"].iter().any(|key| resolved(schema).get(key).is_some());
                let free = name.contains("/preferences") || kind != "application/json";
                assert!(told || free || resolved(schema)["description"].is_string(), "{name} {status}: {schema}");
            }
        }
    }
}

#[test]
fn refusals_are_told_by_what_an_operation_takes() {
    for (name, operation) in operations() {
        let told = |status: &str| operation["responses"].get(status).is_some();
        let has = |place: &str, wanted: &str| {
            parameters(operation).any(|param| param["in"] == place && (wanted.is_empty() || param["name"] == wanted))
        };
        let is_secured = operation.get("security").is_some();
        for (needed, status) in [
            (true, "400"),
            (true, "429"),
            (true, "500"),
            (true, "503"),
            (is_secured, "401"),
            (is_secured, "403"),
            (has("path", ""), "404"),
            (!name.starts_with("GET"), "409"),
            (has("header", "if-match"), "412"),
            (operation.get("requestBody").is_some(), "413"),
            (operation.get("requestBody").is_some(), "415"),
            (has("query", ""), "414"),
            (operation.get("requestBody").is_some() || has("query", ""), "422"),
            (has("header", ""), "431"),
        ] {
            assert!(!needed || told(status), "{name}: {status}");
        }
    }
}

#[test]
fn every_parameter_says_what_it_may_be() {
    for (name, operation) in operations() {
        for param in parameters(operation) {
            let (what, schema) = (format!("{name}: {}", param["name"]), resolved(&param["schema"]));
            assert!(param["description"].as_str().is_some_and(|text| !text.is_empty()), "{what} is not described");
            assert!(schema["examples"][0].is_string() || !schema["examples"][0].is_null(), "{what} has no example");
            let is_bounded = match schema["type"].as_str() {
                Some("string") => schema.get("maxLength").is_some() || schema.get("enum").is_some(),
                Some("integer") => schema.get("minimum").is_some() && schema.get("maximum").is_some(),
                Some("boolean") => true,
                _ => false,
            };
            assert!(is_bounded, "{what} has no bounds: {schema}");
            let names = schema["enum"].as_array();
            assert!(names.is_none_or(|names| names.contains(&schema["examples"][0])), "{what}: {schema}");
        }
    }
}

/// A body is closed: what is not documented is refused (see `members`).
#[test]
fn every_body_says_that_it_takes_nothing_else() {
    for (name, operation) in operations() {
        let Some(schema) = body(operation) else { continue };
        // these have no names that are known beforehand
        if !["PATCH /api/v1/users/me/preferences", "PATCH /api/v1/settings", "PATCH /api/v1/users/{id}/fields"]
            .contains(&name.as_str())
        {
            assert_eq!(schema["additionalProperties"], false, "{name}: {schema}");
        }
        let is_patch = name.starts_with("PATCH");
        assert!(!is_patch || schema.get("required").is_none(), "{name}: a part has no members that it needs");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn walk(value: &'static Value) {
        if value.get("$ref").is_some() {
            resolved(value);
        }
        let members = value.as_object().into_iter().flat_map(|members| members.values());
        members.chain(value.as_array().into_iter().flatten()).for_each(walk);
    }
    walk(document::json());
}

/// The document knows types by their names alone: of two with one name it would show one for both.
#[test]
fn no_two_types_have_one_name() {
    let mut seen = BTreeSet::new();
    look(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut seen);
    assert!(seen.len() > 40, "{}", seen.len());
}

fn look(folder: &Path, seen: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            look(&entry, seen);
        } else if entry.extension().is_some_and(|end| end == "rs") {
            let text = std::fs::read_to_string(&entry).unwrap();
            for head in text.split("#[derive(").skip(1).filter(|head| is_shown(head)) {
                let declared = ["pub struct ", "pub enum "].iter().find_map(|word| head.split(*word).nth(1));
                let named = head.split("#[schema(as = ").nth(1).filter(|_| is_before(head, "#[schema(as", "pub "));
                let name = named.or(declared).unwrap_or_else(|| panic!("{}: {head}", entry.display()));
                let name: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
                assert!(seen.insert(name.clone()), "{name} stands twice, here in {}", entry.display());
            }
        }
    }
}

fn is_shown(head: &str) -> bool {
    head.split(')').next().is_some_and(|names| names.contains("ToSchema"))
}

fn is_before(text: &str, one: &str, other: &str) -> bool {
    text.find(one).is_some_and(|at| text.find(other).is_some_and(|then| at < then))
}
