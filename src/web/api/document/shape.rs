//! Schemas as a reader of the document has to see them.

use serde_json::{Map, Value, json};

const SCHEMAS: &str = "#/components/schemas/";
const JSON: &str = "application/json";
const MERGE_PATCH: &str = "application/merge-patch+json";

/// Members that a type has from another one are written out: `allOf` would also say of the other one that it has no
/// members beside its own.
pub fn write_out(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    for schema in document["components"]["schemas"].as_object_mut().into_iter().flatten().map(|(_, schema)| schema) {
        if schema.get("allOf").is_some() {
            *schema = whole(&schemas, schema);
        }
    }
}

/// The schema that a reference names, with the members of all its parts.
fn whole(schemas: &Value, schema: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix(SCHEMAS)) {
        return whole(schemas, &schemas[name]);
    }
    let Some(parts) = schema["allOf"].as_array() else { return schema.clone() };
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for part in parts.iter().map(|part| whole(schemas, part)) {
        properties.extend(part["properties"].as_object().cloned().unwrap_or_default());
        required.extend(part["required"].as_array().cloned().unwrap_or_default());
    }
    let mut whole = json!({ "type": "object", "properties": properties, "required": required });
    if let Some(text) = schema.get("description") {
        whole["description"] = text.clone();
    }
    whole
}

/// The body of a merge patch (RFC 7396): any of the members, and null to take one away.
pub fn in_part(operation: &mut Value, schemas: &Value) {
    let Some(content) = operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut) else { return };
    let Some(mut body) = content.remove(JSON) else { return };
    let mut part = whole(schemas, &body["schema"]);
    if let Some(part) = part.as_object_mut() {
        part.remove("required");
        for (_, member) in part.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            or_null(member);
        }
    }
    body["schema"] = part;
    content.insert(MERGE_PATCH.to_owned(), body.clone());
    content.insert(JSON.to_owned(), body);
}

fn or_null(member: &mut Value) {
    if let Some(kind) = member["type"].as_str().map(str::to_owned) {
        member["type"] = json!([kind, "null"]);
    } else if member.get("$ref").is_some() {
        *member = json!({ "oneOf": [{ "type": "null" }, member] });
    }
}
