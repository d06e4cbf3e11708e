use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::TenantId;
use crate::model::outbox::Outgoing;
use crate::schema::outbox;

pub async fn insert(conn: &mut Conn, row: &Outgoing) -> Result<()> {
    on!(conn, c => diesel::insert_into(outbox::table).values(row).kept().execute(c).await)?;
    Ok(())
}

/// What is due on this channel, of all tenants, the longest due first, at most `limit`.
pub async fn due(conn: &mut Conn, channel: &str, now: Ts, limit: i64) -> Result<Vec<Outgoing>> {
    let rows = on!(conn, c => {
        outbox::table
            .filter(outbox::due_at.le(now))
            .filter(outbox::channel.eq(channel))
            .filter(outbox::dead_at.is_null())
            .order(outbox::due_at)
            .limit(limit)
            .select(Outgoing::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Takes a row for an attempt that must have ended by `until`. `false` when another node was first.
pub async fn claim(conn: &mut Conn, row: &Outgoing, until: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let same = outbox::table.find((&row.tenant_id, &row.id)).filter(outbox::attempts.eq(row.attempts));
        diesel::update(same)
            .set((outbox::due_at.eq(until), outbox::attempts.eq(row.attempts + 1)))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Deletes a letter that has left.
pub async fn delete(conn: &mut Conn, row: &Outgoing) -> Result<()> {
    on!(conn, c => diesel::delete(outbox::table.find((&row.tenant_id, &row.id))).execute(c).await)?;
    Ok(())
}

/// Notes why a letter has not left, and when to try again, or since when it is given up.
pub async fn failed(conn: &mut Conn, row: &Outgoing, error: &str, due_at: Ts, dead_at: Option<Ts>) -> Result<()> {
    on!(conn, c => {
        diesel::update(outbox::table.find((&row.tenant_id, &row.id)))
            .set((outbox::error.eq(error), outbox::due_at.eq(due_at), outbox::dead_at.eq(dead_at)))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// Letters to one receiver that have not left, the oldest first, at most `limit`.
pub async fn list_to(conn: &mut Conn, tenant: &TenantId, recipient_hash: &str, limit: i64) -> Result<Vec<Outgoing>> {
    let rows = on!(conn, c => {
        outbox::table
            .filter(outbox::tenant_id.eq(tenant))
            .filter(outbox::recipient_hash.eq(recipient_hash))
            .order(outbox::id)
            .limit(limit)
            .select(Outgoing::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}
