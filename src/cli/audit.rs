//! `signet audit …`

use serde_json::{Value, json};

use super::print::{self, Answer};
use super::{Error, args};
use crate::app::Cx;
use crate::flow::admin::Actor;
use crate::flow::admin::audit::{self, Filter};
use crate::model::audit::Audit;

pub async fn run(cx: Cx<'_>, command: args::Audit) -> Result<Answer, Error> {
    let by = Actor::operator();
    match command {
        args::Audit::List { actor, target, action, before, limit } => {
            let filter = Filter { actor, target, action, ..Filter::default() };
            let rows = audit::list(cx, &by, &filter, (before.as_deref(), limit + 1)).await?;
            let (rows, next) = print::page(rows, limit, |row: &Audit| row.id.clone());
            let json = json!({ "audit": rows.iter().map(object).collect::<Vec<_>>(), "next": next });
            let lines: Vec<_> = rows.iter().map(line).collect();
            let head = ["id", "when", "action", "result", "actor", "target", "detail"];
            Ok(Answer::new(json, print::list(&head, &lines, next.as_deref())))
        }
        args::Audit::Verify { expect } => verify(cx, &by, expect.as_deref()).await,
    }
}

async fn verify(cx: Cx<'_>, by: &Actor, expect: Option<&str>) -> Result<Answer, Error> {
    let noted = expect.map(|text| {
        let (number, hash) = text.split_once(':')?;
        Some((number.parse().ok()?, hash))
    });
    let noted = match noted {
        Some(None) => return Err(Error::Other("--expect wants NUMBER:HASH, as verify prints it".to_owned())),
        other => other.flatten(),
    };
    let found = audit::verify(cx, by, noted).await?;
    let head = found.head.as_ref().map(|(number, hash)| format!("{number}:{hash}"));
    let json = json!({
        "good": found.wrong.is_empty(),
        "blocks": found.blocks,
        "rows": found.rows,
        "open": found.open,
        "head": head,
        "wrong": found.wrong,
    });
    let verdict = match found.wrong.as_slice() {
        [] => "the audit is whole".to_owned(),
        wrong => format!("the audit was changed:\n  {}", wrong.join("\n  ")),
    };
    let text = format!(
        "{verdict}\nblocks  {}\nrows    {}, and {} not sealed yet\nhead    {}",
        found.blocks,
        found.rows,
        found.open,
        head.as_deref().unwrap_or("–")
    );
    Ok(Answer { good: found.wrong.is_empty(), ..Answer::new(json, text) })
}

fn line(row: &Audit) -> Vec<String> {
    let who = |kind: String, id: Option<&String>| id.map_or(kind.clone(), |id| format!("{kind} {id}"));
    let target = row.target_kind.map(|kind| who(kind.to_string(), row.target_id.as_ref())).unwrap_or_default();
    let actor = who(row.actor_kind.to_string(), row.actor_id.as_ref());
    vec![
        row.id.clone(),
        row.at.readable(),
        row.action.to_string(),
        row.result.to_string(),
        actor,
        target,
        row.detail.clone(),
    ]
}

fn object(row: &Audit) -> Value {
    json!({
        "id": row.id,
        "at": row.at,
        "action": row.action,
        "actor": { "kind": row.actor_kind, "id": row.actor_id },
        "target": { "kind": row.target_kind, "id": row.target_id },
        "address": row.address,
        "device": row.device,
        "result": row.result,
        "detail": row.detail,
        "batch_id": row.batch_id,
        "changes": row.changes.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok()),
    })
}
