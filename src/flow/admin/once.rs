//! Requests that come twice, because an answer was lost on its way, are done once (`Idempotency-Key`,
//! draft-ietf-httpapi-idempotency-key-header). That it was done is written in the transaction that does it; the answer is
//! kept afterwards.

use std::borrow::Cow;
use std::time::Duration;

use crate::app::Cx;
use crate::base::random::sha256;
use crate::flow::Result;
use crate::model::BatchId;
use crate::model::answered::Answered;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{Conn, answered};

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
        batch_id: None,
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
        _ => match found.batch_id {
            Some(batch) => Err(lost(&batch).into()),
            None => {
                Err(refuse(409, "the same request is just being done; ask again in a moment", "one under way").into())
            }
        },
    }
}

/// It was done, but the server stopped before it could keep what it answered, which may have held a secret.
fn lost(batch: &BatchId) -> Refusal {
    let reason =
        format!("this was done, as the act {batch}, but its answer was lost: look at what it made, or take it back");
    refuse(409, reason, "one that was done")
}

fn refuse(status: u16, reason: impl Into<Cow<'static, str>>, received: &str) -> Refusal {
    let refusal = Code::InvalidRequest.because(reason).with_status(status);
    refusal.at(Check::Idempotency, "a key of its own for each request", received)
}

/// Notes, in the transaction of an act, that it is what came of the request. Fails when the request has taken so long
/// that another one has its key.
pub(super) async fn made(cx: Cx<'_>, tx: &mut Conn, batch: &BatchId) -> Result<()> {
    let Some(row) = cx.once else { return Ok(()) };
    match answered::made(tx, row, (batch, cx.now.plus(KEPT))).await? {
        true => Ok(()),
        false => Err(refuse(409, "this took so long that the same request has begun again", "one under way").into()),
    }
}

/// Keeps the answer of what was done. Without one, the key is free again, unless something was done all the same.
pub async fn end(cx: Cx<'_>, mut row: Answered, answer: Option<(u16, &[u8])>) -> Result<()> {
    let Some((status, body)) = answer else {
        return Ok(cx.app.db.write(async |tx| answered::release(tx, &row).await).await?);
    };
    row.status = Some(i32::from(status));
    row.sealed = Some(cx.app.master_key.seal(&row.place(), body)?);
    row.expires_at = cx.now.plus(KEPT);
    Ok(cx.app.db.write(async |tx| answered::keep(tx, &row).await).await?)
}
