use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::model::TenantId;
use crate::model::audit::{Action, Audit};
use crate::model::audit_seal::AuditSeal;
use crate::schema::{audit, audit_seal};

/// Rows that stand in no block yet, in the order of their ids, at most `limit`.
pub async fn open_rows(conn: &mut Conn, tenant: &TenantId, limit: i64) -> Result<Vec<Audit>> {
    let rows = on!(conn, c => {
        audit::table
            .filter(audit::tenant_id.eq(tenant))
            .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("seal = 0"))
            .order(audit::id)
            .limit(limit)
            .select(Audit::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// The block that was sealed last.
pub async fn last(conn: &mut Conn, tenant: &TenantId) -> Result<Option<AuditSeal>> {
    let row = on!(conn, c => {
        audit_seal::table
            .filter(audit_seal::tenant_id.eq(tenant))
            .order(audit_seal::number.desc())
            .select(AuditSeal::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Blocks after `after`, in their order, at most `limit`.
pub async fn list(conn: &mut Conn, tenant: &TenantId, after: i64, limit: i64) -> Result<Vec<AuditSeal>> {
    let rows = on!(conn, c => {
        audit_seal::table
            .filter(audit_seal::tenant_id.eq(tenant))
            .filter(audit_seal::number.gt(after))
            .order(audit_seal::number)
            .limit(limit)
            .select(AuditSeal::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Fails when another node has sealed a block of this number.
pub async fn insert(conn: &mut Conn, row: &AuditSeal) -> Result<()> {
    on!(conn, c => diesel::insert_into(audit_seal::table).values(row).kept().execute(c).await)?;
    Ok(())
}

/// Puts rows into a block; how many were in none before.
pub async fn mark(conn: &mut Conn, tenant: &TenantId, ids: &[&str], number: i64) -> Result<usize> {
    let count = on!(conn, c => {
        let open = audit::table.filter(audit::tenant_id.eq(tenant)).filter(audit::id.eq_any(ids)).filter(audit::seal.eq(0));
        diesel::update(open).set(audit::seal.eq(number)).execute(c).await
    })?;
    Ok(count)
}

/// The rows of a block, in the order of their ids; at most one more than it should have.
pub async fn rows(conn: &mut Conn, seal: &AuditSeal) -> Result<Vec<Audit>> {
    let rows = on!(conn, c => {
        audit::table
            .filter(audit::tenant_id.eq(&seal.tenant_id))
            .filter(audit::id.ge(&seal.first_id))
            .filter(audit::id.le(&seal.last_id))
            .filter(audit::seal.eq(seal.number))
            .order(audit::id)
            .limit(seal.count.saturating_add(1))
            .select(Audit::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// The ids of all people who were erased.
pub async fn erased(conn: &mut Conn, tenant: &TenantId) -> Result<Vec<Option<String>>> {
    let ids = on!(conn, c => {
        audit::table
            .filter(audit::tenant_id.eq(tenant))
            .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("action NOT IN ('token.issue', 'token.refresh')"))
            .filter(audit::action.eq(Action::UserErase))
            .select(audit::target_id)
            .load(c)
            .await
    })?;
    Ok(ids)
}
