use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::BatchId;
use crate::model::answered::Answered;
use crate::schema::answered;

/// Takes the key for a request; `false` when another one has it. One that is over makes room.
pub async fn claim(conn: &mut Conn, row: &Answered, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let over = answered::table.find((&row.tenant_id, &row.actor, &row.key_hash)).filter(answered::expires_at.le(now));
        diesel::delete(over).kept().execute(c).await?;
        diesel::insert_into(answered::table).values(row).on_conflict_do_nothing().kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// The one that has the key of `row`.
pub async fn find(conn: &mut Conn, row: &Answered) -> Result<Option<Answered>> {
    let found = on!(conn, c => {
        answered::table
            .find((&row.tenant_id, &row.actor, &row.key_hash))
            .select(Answered::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(found)
}

/// Notes the act that is made for a request, until `until`. `false` when the request has taken so long that its key went
/// to another one.
pub async fn made(conn: &mut Conn, row: &Answered, (batch, until): (&BatchId, Ts)) -> Result<bool> {
    let count = on!(conn, c => {
        let own = answered::table
            .find((&row.tenant_id, &row.actor, &row.key_hash))
            .filter(answered::expires_at.eq(row.expires_at))
            .filter(answered::batch_id.is_null());
        diesel::update(own)
            .set((answered::batch_id.eq(batch), answered::expires_at.eq(until)))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Keeps the answer.
pub async fn keep(conn: &mut Conn, row: &Answered) -> Result<()> {
    on!(conn, c => {
        diesel::update(answered::table.find((&row.tenant_id, &row.actor, &row.key_hash)))
            .set((
                answered::status.eq(row.status),
                answered::sealed.eq(&row.sealed),
                answered::expires_at.eq(row.expires_at),
            ))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// Gives the key free of a request that nothing came of.
pub async fn release(conn: &mut Conn, row: &Answered) -> Result<()> {
    on!(conn, c => {
        let own = answered::table
            .find((&row.tenant_id, &row.actor, &row.key_hash))
            .filter(answered::expires_at.eq(row.expires_at))
            .filter(answered::batch_id.is_null());
        diesel::delete(own).kept().execute(c).await
    })?;
    Ok(())
}
