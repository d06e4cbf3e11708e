//! Takes away what is kept of a person. What belongs to the person's own row goes with it.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::model::audit::Party;
use crate::model::{TenantId, UserId};
use crate::schema::{audit, grant, outbox, session, user};

/// Rows deleted in one transaction and table.
const BATCH: i64 = 1000;

/// One batch of sessions and grants; how many rows went. Codes and tokens that came from them tell nothing by
/// themselves, and go when they have expired.
pub async fn batch(conn: &mut Conn, tenant: &TenantId, id: &UserId) -> Result<usize> {
    let sessions = on!(conn, c => {
        let some: Vec<String> = session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::user_id.eq(id))
            .limit(BATCH)
            .select(session::hash)
            .load(c)
            .await?;
        let some = session::table.filter(session::tenant_id.eq(tenant)).filter(session::hash.eq_any(some));
        diesel::delete(some).execute(c).await?
    });
    let grants = on!(conn, c => {
        let some: Vec<String> = grant::table
            .filter(grant::tenant_id.eq(tenant))
            .filter(grant::user_id.eq(id))
            .limit(BATCH)
            .select(grant::id)
            .load(c)
            .await?;
        let some = grant::table.filter(grant::tenant_id.eq(tenant)).filter(grant::id.eq_any(some));
        diesel::delete(some).execute(c).await?
    });
    Ok(sessions + grants)
}

/// Letters to one receiver that have not left.
pub async fn letters(conn: &mut Conn, tenant: &TenantId, recipient_hash: &str) -> Result<()> {
    on!(conn, c => {
        let letters = outbox::table.filter(outbox::tenant_id.eq(tenant)).filter(outbox::recipient_hash.eq(recipient_hash));
        diesel::delete(letters).kept().execute(c).await
    })?;
    Ok(())
}

/// The person's row, and all that hangs on it.
pub async fn user(conn: &mut Conn, tenant: &TenantId, id: &UserId) -> Result<()> {
    on!(conn, c => diesel::delete(user::table.find((tenant, id))).kept().execute(c).await)?;
    Ok(())
}

/// The id of the audit row that ends a step of so many behind `after`; None where there are none any more.
pub async fn step(conn: &mut Conn, tenant: &TenantId, after: &str, rows: i64) -> Result<Option<String>> {
    let ids: Vec<String> = on!(conn, c => {
        audit::table
            .filter(audit::tenant_id.eq(tenant))
            .filter(audit::id.gt(after))
            .order(audit::id)
            .limit(rows)
            .select(audit::id)
            .load(c)
            .await
    })?;
    Ok(ids.into_iter().next_back())
}

/// Takes out of the audit, from behind one row up to another, what tells who a person was: where and with what the
/// person sat, and the words about it. Who did it to whom stays, by an id that names nobody any more.
pub async fn forget(conn: &mut Conn, tenant: &TenantId, id: &UserId, (after, to): (&str, &str)) -> Result<()> {
    on!(conn, c => {
        let by = audit::table
            .filter(audit::tenant_id.eq(tenant))
            .filter(audit::id.gt(after))
            .filter(audit::id.le(to))
            .filter(audit::actor_kind.eq(Party::User))
            .filter(audit::actor_id.eq(id.as_str()));
        let nothing = (
            audit::address.eq(None::<String>),
            audit::device.eq(None::<String>),
            audit::detail.eq(""),
            audit::changes.eq(None::<String>),
        );
        diesel::update(by).set(nothing).kept().execute(c).await
    })?;
    on!(conn, c => {
        let about = audit::table
            .filter(audit::tenant_id.eq(tenant))
            .filter(audit::id.gt(after))
            .filter(audit::id.le(to))
            .filter(audit::target_kind.eq(Party::User))
            .filter(audit::target_id.eq(id.as_str()));
        diesel::update(about).set((audit::detail.eq(""), audit::changes.eq(None::<String>))).kept().execute(c).await
    })?;
    Ok(())
}
