//! `signet explain REF`

use serde_json::json;

use super::Error;
use super::print::Answer;
use crate::app::Cx;
use crate::flow::admin::Actor;
use crate::flow::admin::refusal::{self, Setting};
use crate::flow::explain::{Explanation, Went};
use crate::spec::check::Check;

pub async fn run(cx: Cx<'_>, reference: &str) -> Result<Answer, Error> {
    let explanation = refusal::show(cx, &Actor::operator(), reference).await?;
    let row = &explanation.row;
    let check =
        |(check, went): &(Check, Went)| json!({ "check": check, "description": check.describe(), "result": went });
    let json = json!({
        "reference": row.reference,
        "at": row.at,
        "endpoint": row.endpoint,
        "error": row.code,
        "reason": row.reason,
        "client_id": row.client_id,
        "address": row.address,
        "failed_check": row.check_name,
        "expected": row.expected,
        "received": row.received,
        "setting": row.setting,
        "checks": explanation.checks.iter().map(check).collect::<Vec<_>>(),
    });
    Ok(Answer::new(json, text(&explanation)))
}

fn text(explanation: &Explanation) -> String {
    let row = &explanation.row;
    let mut lines = vec![
        format!("{}  {}  {}", row.reference, row.at.readable(), row.endpoint),
        format!("{}: {}", row.code, row.reason),
    ];
    lines.extend(row.client_id.as_ref().map(|id| format!("client     {id}")));
    lines.push(format!("address    {}", row.address));
    lines.push(String::new());
    for (check, went) in &explanation.checks {
        let sign = match went {
            Went::Passed => "ok  ",
            Went::Failed => "FAIL",
            Went::NotReached | Went::NotTried => " ·  ",
        };
        lines.push(format!("  {sign}  {:<24}  {}", check.text(), check.describe()));
        if *went == Went::Failed {
            lines.extend(row.expected.as_ref().map(|value| format!("        expected  {value}")));
            lines.extend(row.received.as_ref().map(|value| format!("        received  {value}")));
            let setting = row.setting.as_ref().map(|name| Setting::of(name, row.client_id.as_deref()));
            lines.extend(setting.map(|setting| format!("        setting   {}: {}", setting.name, setting.change)));
        }
    }
    lines.join("\n")
}
