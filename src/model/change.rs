//! What administrators have changed: kept for some days, so that it can be looked at and taken back.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::audit::{Action, Party};
use super::{BatchId, TenantId};
use crate::base::time::Ts;
use crate::schema::{batch, change};

/// One act of an administrator, however many things it changed.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = batch, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Batch {
    pub tenant_id: TenantId,
    pub id: BatchId,
    pub at: Ts,
    pub actor_kind: Party,
    pub actor_id: Option<String>,
    pub action: Action,
    pub changes: i64,
    /// The act that this one took back.
    pub undoes: Option<BatchId>,
    /// The act that took this one back.
    pub undone_by: Option<BatchId>,
    /// Until when it can be taken back.
    pub expires_at: Ts,
    /// Something in it cannot be brought back, so it is not taken back at all.
    pub is_final: bool,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = change, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct ChangeRow {
    pub tenant_id: TenantId,
    pub batch_id: BatchId,
    /// In the order in which it was done. Below zero: what is there only to be taken back.
    pub position: i64,
    pub action: Action,
    pub target_kind: Party,
    pub target_id: String,
    /// [`Changed`] as JSON, sealed for [`ChangeRow::place`].
    pub sealed: Vec<u8>,
    /// Nothing brings it back.
    pub is_final: bool,
}

impl ChangeRow {
    pub fn place(batch: &BatchId, position: i64) -> String {
        format!("change:{batch}:{position}")
    }
}

/// The members of a thing that changed, as they were and as they are. Where it was made, nothing was before; where it
/// was deleted, nothing is after.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    pub before: Option<Map<String, Value>>,
    pub after: Option<Map<String, Value>>,
}

impl Changed {
    /// Something new.
    pub fn made(after: Map<String, Value>) -> Self {
        Self { before: None, after: Some(after) }
    }

    /// Something that is gone.
    pub fn gone(before: Map<String, Value>) -> Self {
        Self { before: Some(before), after: None }
    }

    /// The members in which two states differ.
    pub fn between(before: &Map<String, Value>, after: &Map<String, Value>) -> Self {
        let differ = |name: &&String| before.get(*name) != after.get(*name);
        let pick = |from: &Map<String, Value>| {
            let names = before.keys().chain(after.keys()).filter(differ);
            names.map(|name| (name.clone(), from.get(name).cloned().unwrap_or(Value::Null))).collect()
        };
        Self { before: Some(pick(before)), after: Some(pick(after)) }
    }

    /// One member that changed.
    pub fn member(name: &str, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        let single = |value: Value| Some(Map::from_iter([(name.to_owned(), value)]));
        Self { before: single(before.into()), after: single(after.into()) }
    }

    /// Whether a thing, by its members, is what this change has left. What has no member of a name has null there.
    pub fn still(&self, current: &Map<String, Value>) -> bool {
        let after = self.after.iter().flatten();
        after.into_iter().all(|(name, value)| current.get(name).unwrap_or(&Value::Null) == value)
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.before == self.after
    }

    /// Which members changed, and whether there was and is something, but not what.
    #[must_use]
    pub fn veiled(&self) -> Self {
        let veil = |(name, value): (&String, &Value)| {
            (name.clone(), if value.is_null() { Value::Null } else { Value::from("…") })
        };
        let side = |side: &Option<Map<String, Value>>| side.as_ref().map(|side| side.iter().map(veil).collect());
        Self { before: side(&self.before), after: side(&self.after) }
    }

    /// What takes it back.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { before: self.after, after: self.before }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_kept() {
        let object = |value: Value| value.as_object().unwrap().clone();
        let before = object(json!({ "name": "Ada", "zone": "UTC", "old": 1 }));
        let after = object(json!({ "name": "Eve", "zone": "UTC", "new": 2 }));
        let changed = Changed::between(&before, &after);
        assert_eq!(
            json!(changed),
            json!({
                "before": { "name": "Ada", "old": 1, "new": null },
                "after": { "name": "Eve", "old": null, "new": 2 },
            })
        );
        assert!(Changed::between(&before, &before).is_empty());
        assert!(changed.still(&after) && !changed.still(&before));
        assert!(Changed::gone(before).still(&Map::new()));
        assert_eq!(changed.clone().inverse().inverse(), changed);
        assert_eq!(
            json!(changed.veiled()),
            json!({
                "before": { "name": "…", "old": "…", "new": null },
                "after": { "name": "…", "old": null, "new": "…" },
            })
        );
    }
}
