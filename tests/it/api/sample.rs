//! Requests as the document wants them.

use actix_web::test::TestRequest;
use serde_json::{Map, Value, json};
use signet::web::routes::Route;

use super::document::{body, operations, resolved};

/// A request with all that it needs, at this path.
pub fn request(route: &Route, path: &str, bearer: Option<&str>) -> TestRequest {
    let name = format!("{} {}", route.method, route.path);
    let operation = operations().find(|(known, _)| *known == name).map(|(_, operation)| operation);
    let params = operation.and_then(|operation| operation["parameters"].as_array()).into_iter().flatten();
    let needed = params.filter(|param| param["in"] == "query" && param["required"] == true);
    let query: Vec<_> = needed.map(|param| format!("{}=something", param["name"].as_str().unwrap())).collect();
    let uri = if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) };
    let mut request = TestRequest::default().method(route.method.clone()).uri(&uri);
    if let Some(bearer) = bearer {
        request = request.insert_header(("authorization", format!("Bearer {bearer}")));
    }
    match operation.and_then(body) {
        Some(schema) => request.set_json(sample(schema)),
        None => request,
    }
}

/// The least that a schema asks for.
pub fn sample(schema: &'static Value) -> Value {
    let schema = resolved(schema);
    let needed = schema["required"].as_array().into_iter().flatten();
    let members = needed.map(|name| {
        let name = name.as_str().unwrap();
        (name.to_owned(), member(name, resolved(&schema["properties"][name])))
    });
    let members: Map<String, Value> = members.collect();
    // what no schema can say of an app
    match schema["properties"].get("redirect_uris") {
        Some(_) => json!({ "client_name": "Shop", "redirect_uris": ["https://shop.test/cb"] }),
        None => members.into(),
    }
}

fn member(name: &str, schema: &'static Value) -> Value {
    match name {
        "email" => json!("somebody@example.com"),
        "username" => json!("somebody"),
        "name" => json!("some-name"),
        "rights" => json!(["users.read"]),
        _ if name.contains("password") => json!("quite a long password"),
        _ => of_kind(schema),
    }
}

fn of_kind(schema: &'static Value) -> Value {
    if let Some(first) = schema["enum"].as_array().and_then(|names| names.first()) {
        return first.clone();
    }
    match schema["type"].as_str() {
        Some("string") => json!("something"),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        Some("array") => json!([]),
        _ if schema.get("properties").is_some() => sample(schema),
        _ => json!({}),
    }
}
