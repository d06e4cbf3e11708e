use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, LAST_ID, Result, on};
use crate::model::audit::{Action, Audit, Party};
use crate::model::{TenantId, UserId};
use crate::schema::{audit, client};

pub async fn insert(conn: &mut Conn, row: &Audit) -> Result<()> {
    on!(conn, c => diesel::insert_into(audit::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn insert_all(conn: &mut Conn, rows: &[Audit]) -> Result<()> {
    for row in rows {
        insert(conn, row).await?;
    }
    Ok(())
}

/// What a person did, the newest first, at most `limit`: only these actions, and what came before the row `before`.
/// With the name of the client that it was about. A token that was issued or refreshed is not found here.
pub async fn of_person(
    conn: &mut Conn,
    tenant: &TenantId,
    user: &UserId,
    (actions, before): (&[Action], Option<&str>),
    limit: i64,
) -> Result<Vec<(Audit, Option<String>)>> {
    let rows = on!(conn, c => {
        let about = client::tenant_id.eq(audit::tenant_id).and(client::id.nullable().eq(audit::target_id));
        audit::table
            .left_join(client::table.on(about))
            .filter(audit::tenant_id.eq(tenant))
            .filter(audit::actor_id.eq(user.as_str()))
            .filter(audit::id.lt(before.unwrap_or(LAST_ID)))
            .filter(sql::<Bool>(INDEXED))
            .filter(audit::action.eq_any(actions))
            .filter(audit::actor_kind.eq(Party::User))
            .order(audit::id.desc())
            .limit(limit)
            .select((Audit::as_select(), client::name.nullable()))
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// As the index `audit_by_actor` has it, word by word: only then do both databases know that they may use it.
const INDEXED: &str = "action NOT IN ('token.issue', 'token.refresh')";

/// The newest first, at most `limit`.
pub async fn list(conn: &mut Conn, tenant: &TenantId, limit: i64) -> Result<Vec<Audit>> {
    let rows = on!(conn, c => {
        audit::table
            .filter(audit::tenant_id.eq(tenant))
            .order(audit::id.desc())
            .limit(limit)
            .select(Audit::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}
