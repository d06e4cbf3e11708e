//! What an operation may answer, beside what its handler says: a preview, and refusals.

use serde_json::{Map, Value, json};

/// What stands behind each status of a refusal.
const REFUSALS: &[(u16, &str)] = &[
    (400, "The request cannot be read, or does not go together"),
    (401, "No credential came with it, or none that counts"),
    (403, "The caller may not do this, or not now"),
    (404, "There is no such thing here"),
    (409, "It does not go with what is there"),
    (412, "It was changed since it was read"),
    (413, "The body is too large"),
    (414, "The address is too long"),
    (415, "The body is not of this type"),
    (422, "A value cannot be what it is"),
    (429, "Too many requests: come again when `Retry-After` says so"),
    (431, "The headers are too large"),
    (500, "A fault of the server, which was noted"),
    (503, "The server cannot answer just now: come again in a moment"),
];

/// All refusals, by the names under which operations refer to them.
pub fn refusals() -> Value {
    let refusal = |(status, text): &(u16, &str)| {
        let problem = json!({ "schema": { "$ref": "#/components/schemas/Problem" } });
        let mut refusal = json!({ "description": text, "content": { "application/problem+json": problem } });
        match status {
            401 => refusal["headers"] = headers("WWW-Authenticate", "How to come with a credential"),
            429 | 503 => refusal["headers"] = headers("Retry-After", "In so many seconds"),
            _ => {}
        }
        (name(*status), refusal)
    };
    REFUSALS.iter().map(refusal).collect::<Map<_, _>>().into()
}

fn name(status: u16) -> String {
    format!("Refusal{status}")
}

fn headers(name: &str, text: &str) -> Value {
    json!({ name: { "description": text, "schema": { "type": "string" } } })
}

pub fn complete(method: &str, operation: &mut Value) {
    for (status, answer) in operation["responses"].as_object_mut().into_iter().flatten() {
        if answer.get("description").is_none() {
            answer["description"] = json!(good(status));
        }
    }
    for status in refused(method, operation) {
        operation["responses"][status.to_string()] =
            json!({ "$ref": format!("#/components/responses/{}", name(status)) });
    }
    if has_param(operation, "preview") {
        or_preview(operation);
        add_header(operation, "signet-batch", "The act, by which it can be taken back");
    }
    if has_param(operation, "if-match") {
        add_header(operation, "ETag", "What `If-Match` takes, for it as it is now");
    }
    if method == "get" && has_param(operation, "after") {
        add_header(operation, "Link", "The address of the next page");
    }
    if operation["responses"].get("201").is_some() {
        operation["responses"]["201"]["headers"]["Location"] = headers("Location", "Its address")["Location"].take();
    }
}

/// How it may be refused, by what it takes.
fn refused(method: &str, operation: &Value) -> Vec<u16> {
    let has_body = operation.get("requestBody").is_some();
    let reads = method == "get";
    let is_open = operation.get("security").is_none();
    let may_be = |status: u16| match status {
        401 | 403 => !is_open || has_body,
        404 => !reads || has_in(operation, "path"),
        409 => !reads,
        412 => has_param(operation, "if-match"),
        413 | 415 => has_body,
        414 => has_in(operation, "query"),
        422 => !reads || has_in(operation, "query"),
        431 => has_in(operation, "header"),
        _ => true,
    };
    // what a handler says beside that needs no more than the status
    let said = |status: u16| operation["responses"].get(status.to_string()).is_some();
    REFUSALS.iter().map(|(status, _)| *status).filter(|status| may_be(*status) || said(*status)).collect()
}

/// What an answer means of which nothing else is said.
fn good(status: &str) -> &'static str {
    match status {
        "201" => "It is made",
        "202" => "It has begun",
        "204" => "It is done",
        _ => "What was asked for, or what came of it",
    }
}

fn params(operation: &Value) -> impl Iterator<Item = &Value> {
    operation["parameters"].as_array().into_iter().flatten()
}

fn has_in(operation: &Value, place: &str) -> bool {
    params(operation).any(|param| param["in"] == place)
}

fn has_param(operation: &Value, name: &str) -> bool {
    params(operation).any(|param| param["name"] == name)
}

/// With `?preview=true` the answer is what would change.
fn or_preview(operation: &mut Value) {
    let preview = json!({ "$ref": "#/components/schemas/Preview" });
    let answer = &mut operation["responses"]["200"];
    if answer.is_null() {
        *answer = json!({ "description": "What would change", "content": {} });
    }
    let schema = &mut answer["content"]["application/json"]["schema"];
    *schema = match schema.take() {
        Value::Null => preview,
        made => json!({ "anyOf": [made, preview] }),
    };
}

fn add_header(operation: &mut Value, name: &str, text: &str) {
    for status in ["200", "201"] {
        if let Some(answer) = operation["responses"].get_mut(status) {
            answer["headers"][name] = headers(name, text)[name].take();
        }
    }
}
