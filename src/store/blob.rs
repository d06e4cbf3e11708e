use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::blob::{Blob, Kind, Part};
use crate::model::{BlobId, TenantId, UserId};
use crate::schema::{blob, blob_part};

pub async fn insert(conn: &mut Conn, row: &Blob) -> Result<()> {
    on!(conn, c => diesel::insert_into(blob::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn insert_part(conn: &mut Conn, row: &Part) -> Result<()> {
    on!(conn, c => diesel::insert_into(blob_part::table).values(row).kept().execute(c).await)?;
    Ok(())
}

/// Notes that a file is whole: how many bytes it has, and until when it is good.
pub async fn finish(conn: &mut Conn, row: &Blob) -> Result<()> {
    on!(conn, c => {
        diesel::update(blob::table.find((&row.tenant_id, &row.id)))
            .set((blob::size.eq(row.size), blob::expires_at.eq(row.expires_at)))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// One of this kind, as long as it is good.
pub async fn find(conn: &mut Conn, tenant: &TenantId, kind: Kind, id: &BlobId, now: Ts) -> Result<Option<Blob>> {
    let row = on!(conn, c => {
        blob::table
            .find((tenant, id))
            .filter(blob::kind.eq(kind))
            .filter(blob::expires_at.is_null().or(blob::expires_at.gt(now)))
            .select(Blob::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

pub async fn part(conn: &mut Conn, tenant: &TenantId, id: &BlobId, number: i32) -> Result<Option<Vec<u8>>> {
    let bytes = on!(conn, c => {
        blob_part::table.find((tenant, id, number)).select(blob_part::bytes).first(c).await.optional()
    })?;
    Ok(bytes)
}

/// The newest of a kind that belongs to a person, if it is good still.
pub async fn of_person(
    conn: &mut Conn,
    tenant: &TenantId,
    user: &UserId,
    (kind, now): (Kind, Ts),
) -> Result<Option<Blob>> {
    let row = on!(conn, c => {
        blob::table
            .filter(blob::tenant_id.eq(tenant))
            .filter(blob::user_id.eq(user))
            .filter(blob::kind.eq(kind))
            .filter(blob::expires_at.is_null().or(blob::expires_at.gt(now)))
            .filter(blob::size.gt(0))
            .order((blob::created_at.desc(), blob::id.desc()))
            .select(Blob::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Deletes all of a kind that belong to a person; whether there were any.
pub async fn delete_of(conn: &mut Conn, tenant: &TenantId, user: &UserId, kind: Kind) -> Result<bool> {
    let count = on!(conn, c => {
        let own = blob::table.filter(blob::tenant_id.eq(tenant)).filter(blob::user_id.eq(user)).filter(blob::kind.eq(kind));
        diesel::delete(own).kept().execute(c).await
    })?;
    Ok(count > 0)
}

pub async fn delete(conn: &mut Conn, tenant: &TenantId, id: &BlobId) -> Result<()> {
    on!(conn, c => diesel::delete(blob::table.find((tenant, id))).kept().execute(c).await)?;
    Ok(())
}
