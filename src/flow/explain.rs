//! Why was it refused? Keeps each refusal under a reference, and tells the checks in order.

use super::{Result, missing};
use crate::app::Cx;
use crate::base::random;
use crate::base::text::clip;
use crate::model::refusal::RefusalRow;
use crate::spec::check::{Check, Endpoint};
use crate::spec::error::Refusal;
use crate::store::refusal;

/// The longest value that is kept of what somebody sent.
const LONGEST: usize = 500;

/// Keeps a refusal, beside the request, and gives its reference.
pub fn keep(cx: Cx<'_>, endpoint: Endpoint, client_id: Option<&str>, refused: &Refusal) -> String {
    let reference = random::reference();
    cx.app.metrics.refusals.with_label_values(&[refused.code.name()]).inc();
    let why = refused.why.as_deref();
    let part = |text: &str| plain(clip(text, LONGEST));
    cx.app.refusals.push(RefusalRow {
        tenant_id: cx.tenant.clone(),
        reference: reference.clone(),
        at: cx.now,
        endpoint,
        code: refused.code.name().to_owned(),
        reason: part(&refused.reason),
        client_id: client_id.map(|id| plain(clip(id, 64))),
        address: cx.peer.map(|peer| peer.address.to_string()).unwrap_or_default(),
        check_name: why.map(|why| why.check),
        expected: why.map(|why| part(&why.expected)),
        received: why.map(|why| part(&why.received)),
        setting: why.and_then(|why| why.setting).map(str::to_owned),
    });
    reference
}

/// What somebody sent, without what would move a terminal's cursor or turn a line round.
fn plain(text: &str) -> String {
    let moves = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if moves(c) { '\u{fffd}' } else { c }).collect()
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Went {
    Passed,
    Failed,
    NotReached,
    /// Only a real request can tell.
    NotTried,
}

/// A refusal with the checks of its endpoint in order.
#[derive(Debug)]
pub struct Explanation {
    pub row: RefusalRow,
    pub checks: Vec<(Check, Went)>,
}

/// Finds a refusal by its reference, in whichever letters it was typed.
pub async fn explain(cx: Cx<'_>, reference: &str) -> Result<Explanation> {
    let typed = reference.trim().to_uppercase();
    let found = refusal::find(&mut cx.app.db.conn().await?, cx.tenant, &typed).await?;
    let row = found.ok_or_else(|| missing("refusal with the reference", reference))?;
    let order = row.endpoint.checks();
    let failed_at = row.check_name.and_then(|failed| order.iter().position(|check| *check == failed));
    let went = |place: usize| match failed_at {
        Some(failed) if place < failed => Went::Passed,
        Some(failed) if place == failed => Went::Failed,
        _ => Went::NotReached,
    };
    let checks = order.iter().enumerate().map(|(place, check)| (*check, went(place))).collect();
    Ok(Explanation { row, checks })
}
