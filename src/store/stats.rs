//! Counting. Each of these goes through an index, or through few rows.

use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use super::audit::{BLUR, edge};
use super::session::Seen;
use super::{Conn, Keep as _, LAST_ID, Result, on};
use crate::base::time::Ts;
use crate::model::TenantId;
use crate::model::audit::Outcome;
use crate::model::stats::SignInDay;
use crate::model::user::UserState;
use crate::schema::{outbox, session, sign_in_day, user};

/// How many people are in each state.
pub async fn states(conn: &mut Conn, tenant: &TenantId) -> Result<Vec<(UserState, i64)>> {
    let rows = on!(conn, c => {
        user::table
            .filter(user::tenant_id.eq(tenant))
            .group_by(user::state)
            .select((user::state, count_star()))
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Whose address is not proved.
pub async fn unverified(conn: &mut Conn, tenant: &TenantId) -> Result<i64> {
    let count = on!(conn, c => {
        let own = user::table.filter(user::tenant_id.eq(tenant)).filter(user::email_verified_at.is_null());
        own.count().get_result(c).await
    })?;
    Ok(count)
}

pub async fn made_since(conn: &mut Conn, tenant: &TenantId, since: Ts) -> Result<i64> {
    let count = on!(conn, c => {
        let own = user::table.filter(user::tenant_id.eq(tenant)).filter(user::created_at.ge(since));
        own.count().get_result(c).await
    })?;
    Ok(count)
}

/// Live sessions.
pub async fn sessions(conn: &mut Conn, tenant: &TenantId, (now, seen): (Ts, Seen)) -> Result<i64> {
    let count = on!(conn, c => {
        session::table
            .filter(session::tenant_id.eq(tenant))
            .filter(session::ended_at.is_null())
            .filter(session::expires_at.gt(now))
            .filter(
                (session::kept.eq(false).and(session::last_seen_at.ge(seen.since)))
                    .or(session::kept.eq(true).and(session::last_seen_at.ge(seen.kept_since))),
            )
            .count()
            .get_result(c)
            .await
    })?;
    Ok(count)
}

/// Letters and messages that were given up.
pub async fn dead_letters(conn: &mut Conn, tenant: &TenantId) -> Result<i64> {
    let count = on!(conn, c => {
        let own = outbox::table.filter(outbox::tenant_id.eq(tenant)).filter(outbox::dead_at.is_not_null());
        own.count().get_result(c).await
    })?;
    Ok(count)
}

/// Sign-ins of one day, counted in days since 1970, that ended in one way.
#[derive(Debug, Clone, QueryableByName)]
pub struct SignIns {
    #[diesel(sql_type = BigInt)]
    pub day: i64,
    #[diesel(sql_type = Text)]
    result: String,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

impl SignIns {
    pub fn is_failed(&self) -> bool {
        self.result == Outcome::Failed.text()
    }
}

/// Sign-ins by day and how they ended, from an instant on. The list of actions stands as the index `audit_by_action`
/// has it, so that it is used.
pub async fn sign_ins(conn: &mut Conn, tenant: &TenantId, since: Ts) -> Result<Vec<SignIns>> {
    const SQL: &str = "SELECT at / 86400 AS day, result, count(*) AS count FROM audit \
        WHERE tenant_id = $1 AND action = 'sign_in' AND action NOT IN ('token.issue', 'token.refresh') \
        AND id >= $2 AND at >= $3 GROUP BY 1, 2";
    let first = edge(conn, tenant, (since.minus(BLUR), false)).await?.unwrap_or_else(|| LAST_ID.to_owned());
    let rows = on!(conn, c => {
        let query = diesel::sql_query(SQL).bind::<Text, _>(tenant.0.as_str());
        query.bind::<Text, _>(&first).bind::<BigInt, _>(since.0).load(c).await
    })?;
    Ok(rows)
}

/// The days that were counted, from one on, in order.
pub async fn days(conn: &mut Conn, tenant: &TenantId, first: i64) -> Result<Vec<SignInDay>> {
    let rows = on!(conn, c => {
        sign_in_day::table
            .filter(sign_in_day::tenant_id.eq(tenant))
            .filter(sign_in_day::day.ge(first))
            .order(sign_in_day::day)
            .select(SignInDay::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Keeps days that were counted; those that were kept before stay as they are.
pub async fn insert_days(conn: &mut Conn, rows: &[SignInDay]) -> Result<()> {
    for row in rows {
        on!(conn, c => {
            diesel::insert_into(sign_in_day::table).values(row).on_conflict_do_nothing().kept().execute(c).await
        })?;
    }
    Ok(())
}
