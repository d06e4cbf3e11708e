//! Requests that come twice, because an answer was lost on its way, are done once (`Idempotency-Key`,
//! draft-ietf-httpapi-idempotency-key-header).

use std::time::Duration;

use crate::app::Cx;
use crate::base::random::sha256;
use crate::flow::Result;
use crate::model::answered::Answered;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::answered;

/// How long an answer is kept.
const KEPT: Duration = Duration::from_hours(24);
/// A request that has not ended by then was broken off.
const WORK: Duration = Duration::from_mins(1);
const LONGEST: usize = 255;

/// What a key leads to.
#[derive(Debug)]
pub enum Claim {
    /// It is new: the request is to be done, and its answer kept.
    First(Answered),
    /// It was done before, with this status and body.
    Again(u16, Vec<u8>),
}

/// Takes a key for a request of somebody. Fails with 409 while the same is being done, with 422 where the key belongs to
/// another request.
pub async fn claim(cx: Cx<'_>, actor: &str, (key, request): (&str, &str)) -> Result<Claim> {
    if key.is_empty() || key.len() > LONGEST {
        let refusal = Code::InvalidRequest.because(format!("Idempotency-Key has 1 to {LONGEST} letters"));
        return Err(refusal.at(Check::Idempotency, format!("1 to {LONGEST}"), key.len().to_string()).into());
    }
    let row = Answered {
        tenant_id: cx.tenant.clone(),
        actor: sha256(actor),
        key_hash: sha256(key),
        request_hash: sha256(request),
        status: None,
        sealed: None,
        expires_at: cx.now.plus(WORK),
    };
    if cx.app.db.write(async |tx| answered::claim(tx, &row, cx.now).await).await? {
        return Ok(Claim::First(row));
    }
    let found = answered::find(&mut cx.app.db.conn().await?, &row).await?;
    let found =
        found.ok_or_else(|| refuse(409, "the same request is just being done; ask again in a moment", "none"))?;
    if found.request_hash != row.request_hash {
        return Err(refuse(422, "this Idempotency-Key was used for another request", "another request").into());
    }
    match (found.status, &found.sealed) {
        (Some(status), Some(sealed)) => {
            let body = cx.app.master_key.open(&found.place(), sealed)?;
            Ok(Claim::Again(u16::try_from(status).unwrap_or(200), body))
        }
        _ => Err(refuse(409, "the same request is just being done; ask again in a moment", "one under way").into()),
    }
}

fn refuse(status: u16, reason: &'static str, received: &str) -> Refusal {
    let refusal = Code::InvalidRequest.because(reason).with_status(status);
    refusal.at(Check::Idempotency, "a key of its own for each request", received)
}

/// Keeps the answer of what was done; without one, the key is free again.
pub async fn end(cx: Cx<'_>, mut row: Answered, answer: Option<(u16, &[u8])>) -> Result<()> {
    let Some((status, body)) = answer else {
        return Ok(cx.app.db.write(async |tx| answered::release(tx, &row).await).await?);
    };
    row.status = Some(i32::from(status));
    row.sealed = Some(cx.app.master_key.seal(&row.place(), body)?);
    row.expires_at = cx.now.plus(KEPT);
    Ok(cx.app.db.write(async |tx| answered::keep(tx, &row).await).await?)
}
