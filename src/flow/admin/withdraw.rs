//! Taking back what all people have allowed a client. They may be very many, so it goes in steps: the first one in the
//! act itself, the others as a job.

use serde::{Deserialize, Serialize};

use super::client::{self, Access};
use super::{Actor, Done, How, act};
use crate::app::Cx;
use crate::base::time::Ts;
use crate::flow::{Result, job};
use crate::model::audit::{Action, Party};
use crate::model::job::{Job, Kind};
use crate::model::{ClientId, JobId};
use crate::spec::right::Right;
use crate::store::{self, Conn, consent, grant};

/// What is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    pub access: Access,
    /// What goes on with it, where one step was not enough.
    pub job: Option<JobId>,
}

/// What a job is to take back.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    client_id: ClientId,
}

/// Takes back what all people have allowed a client until now: none of its tokens for them counts any more, and everybody
/// is asked again. Tells how much it is.
pub async fn withdraw(cx: Cx<'_>, by: &Actor, how: How, id: &ClientId) -> Result<Done<Withdrawn>> {
    by.require(Right::ClientsWrite)?;
    act(cx, by, (Action::ConsentWithdraw, how), async |act| {
        client::held(act, id).await?;
        let access = client::count(cx, act.tx, id).await?;
        if access == Access::default() {
            return Ok(Withdrawn { access, job: None });
        }
        let what = format!("{} grants, {} consents", access.grants, access.consents);
        act.note_final(Action::ConsentWithdraw, (Party::Client, id.as_str()), ("access", &what));
        let first = step(cx, act.tx, (id, cx.now)).await?;
        if first == access {
            return Ok(Withdrawn { access, job: None });
        }
        let order = serde_json::to_string(&Order { client_id: id.clone() })?;
        let mut row = Job::of_nobody(cx.tenant, Kind::Withdraw, order, cx.now);
        row.total = Some(access.grants + access.consents);
        note(&mut row, first)?;
        store::job::insert(act.tx, &row).await?;
        Ok(Withdrawn { access, job: Some(row.id) })
    })
    .await
}

/// A batch of what was allowed until then.
async fn step(cx: Cx<'_>, tx: &mut Conn, (id, until): (&ClientId, Ts)) -> Result<Access> {
    let grants = grant::revoke_batch(tx, cx.tenant, id, (cx.now, until)).await?;
    let consents = consent::delete_batch(tx, cx.tenant, id, until).await?;
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(Access { grants: number(grants), consents: number(consents) })
}

/// Adds to what a job has taken back.
fn note(row: &mut Job, step: Access) -> Result<()> {
    let until_now: Access = row.result.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default();
    let Access { grants, consents } = until_now;
    let sum = Access { grants: grants + step.grants, consents: consents + step.consents };
    row.done = sum.grants + sum.consents;
    row.result = Some(serde_json::to_string(&sum)?);
    Ok(())
}

/// Goes on until nothing is left.
pub(in crate::flow) async fn run(cx: Cx<'_>, mut row: Job) -> Result<()> {
    let order: Order = serde_json::from_str(&row.input)?;
    loop {
        let taken = cx.app.db.write(async |tx| {
            let taken = step(cx, tx, (&order.client_id, row.created_at)).await?;
            note(&mut row, taken)?;
            job::go_on(cx, tx, &row).await?;
            Ok::<_, crate::flow::Error>(taken)
        });
        if taken.await? == Access::default() {
            return job::end(cx, &row).await;
        }
        tokio::task::yield_now().await;
    }
}

/// Does the rest at once, for whoever cannot leave it to a server.
pub async fn finish(cx: Cx<'_>, id: &JobId) -> Result<()> {
    job::run(cx, id).await
}
