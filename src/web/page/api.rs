//! The page about the API: what there is to be asked, and, with a script, asking it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::Value;

use crate::web::api::document;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::html::page;
use crate::web::view::{ApiArea, ApiOperation, ApiPage};

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let sheet = ctx.sheet();
    let areas = areas(document::json());
    Ok(page(StatusCode::OK, &sheet, "", &ApiPage { frame: sheet.frame(&ctx.app), areas: &areas })?.finish())
}

/// The operations by their areas, as the document has them.
fn areas(document: &Value) -> Vec<ApiArea<'_>> {
    let mut areas: Vec<ApiArea<'_>> = Vec::new();
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(path, methods)| {
        methods.as_object().into_iter().flatten().map(move |(method, about)| (path.as_str(), method, about))
    });
    for (path, method, about) in operations {
        let name = about["tags"][0].as_str().unwrap_or_default();
        let operation = operation(document, (path, method), about);
        match areas.iter_mut().find(|area| area.name == name) {
            Some(area) => area.operations.push(operation),
            None => areas.push(ApiArea { name, operations: vec![operation] }),
        }
    }
    areas
}

fn operation<'a>(document: &'a Value, (path, method): (&'a str, &str), about: &'a Value) -> ApiOperation<'a> {
    let params = about["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let names = |place: &str| {
        let found = params.iter().filter(|param| param["in"] == place);
        found.filter_map(|param| param["name"].as_str()).collect()
    };
    let body = about.pointer("/requestBody/content/application~1json/schema");
    ApiOperation {
        id: about["operationId"].as_str().unwrap_or_default(),
        method: method.to_uppercase(),
        path,
        summary: about["summary"].as_str().unwrap_or_default(),
        right: about.pointer("/security/0/bearer/0").and_then(Value::as_str),
        parts: names("path"),
        query: names("query"),
        body: body.map(|schema| serde_json::to_string_pretty(&example(document, schema)).unwrap_or_default()),
    }
}

/// What a body may look like, by its schema.
fn example(document: &Value, schema: &Value) -> Value {
    let named = schema["$ref"].as_str().and_then(|name| document.pointer(name.strip_prefix('#')?));
    let schema = named.unwrap_or(schema);
    let kinds = schema["type"].as_array();
    match schema["type"].as_str().or_else(|| kinds?.iter().find_map(Value::as_str)) {
        Some("object") => {
            let members = schema["properties"].as_object().into_iter().flatten();
            members.map(|(name, schema)| (name.clone(), example(document, schema))).collect()
        }
        Some("array") => Value::Array(Vec::new()),
        Some("boolean") => Value::Bool(false),
        Some("integer" | "number") => 0.into(),
        Some("string") => "".into(),
        _ => Value::Null,
    }
}
