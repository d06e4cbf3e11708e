use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::model::job::{Job, Kind, State};
use crate::model::{JobId, TenantId, UserId};
use crate::schema::job;

/// The job as long as it is this try's: neither ended nor taken for another try since.
macro_rules! own {
    ($row:expr) => {
        job::table.find((&$row.tenant_id, &$row.id)).filter(job::tries.eq($row.tries)).filter(job::ended_at.is_null())
    };
}

/// Fails when it is of a kind that a person has one of at a time, and there is one.
pub async fn insert(conn: &mut Conn, row: &Job) -> Result<()> {
    on!(conn, c => diesel::insert_into(job::table).values(row).kept().execute(c).await)?;
    Ok(())
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &JobId) -> Result<Option<Job>> {
    let row = on!(conn, c => job::table.find((tenant, id)).select(Job::as_select()).first(c).await.optional())?;
    Ok(row)
}

/// What nobody works on just now, the longest due first, at most `limit`; of many at once: [`due_bulk`].
pub async fn due(conn: &mut Conn, tenant: &TenantId, now: Ts, limit: i64) -> Result<Vec<Job>> {
    let rows = on!(conn, c => {
        job::table
            .filter(job::tenant_id.eq(tenant))
            .filter(job::due_at.le(now))
            .filter(job::ended_at.is_null())
            .filter(job::kind.ne(Kind::Bulk))
            .order((job::due_at, job::id))
            .limit(limit)
            .select(Job::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// The same of what is done to many at once, one.
pub async fn due_bulk(conn: &mut Conn, tenant: &TenantId, now: Ts) -> Result<Option<Job>> {
    let row = on!(conn, c => {
        job::table
            .filter(job::tenant_id.eq(tenant))
            .filter(job::due_at.le(now))
            .filter(job::ended_at.is_null())
            .filter(job::kind.eq(Kind::Bulk))
            .order((job::due_at, job::id))
            .select(Job::as_select())
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Ends a job whoever works on it.
pub async fn stop(conn: &mut Conn, tenant: &TenantId, id: &JobId, now: Ts) -> Result<()> {
    on!(conn, c => {
        let open = job::table.find((tenant, id)).filter(job::ended_at.is_null());
        diesel::update(open).set((job::state.eq(State::Done), job::ended_at.eq(now))).kept().execute(c).await
    })?;
    Ok(())
}

/// Takes a job for a try, which has it until `until`. None when another node was first.
pub async fn claim(conn: &mut Conn, row: &Job, until: Ts) -> Result<Option<Job>> {
    let row = on!(conn, c => {
        diesel::update(own!(row))
            .set((job::tries.eq(row.tries + 1), job::due_at.eq(until), job::state.eq(State::Running)))
            .returning(Job::as_returning())
            .get_result(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Keeps how far a try has come, and the job for it until `until`. `false` when it is no longer this try's.
pub async fn go_on(conn: &mut Conn, row: &Job, until: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(own!(row))
            .set((
                job::position.eq(&row.position),
                job::done.eq(row.done),
                job::total.eq(row.total),
                job::result.eq(&row.result),
                job::due_at.eq(until),
            ))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Ends a job, which is done or given up. `false` when it is no longer this try's.
pub async fn end(conn: &mut Conn, row: &Job, state: State, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(own!(row))
            .set((
                job::state.eq(state),
                job::position.eq(&row.position),
                job::done.eq(row.done),
                job::result.eq(&row.result),
                job::error.eq(&row.error),
                job::ended_at.eq(now),
            ))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Notes why a try has broken off; another may follow at `due_at`.
pub async fn again(conn: &mut Conn, row: &Job, error: &str, due_at: Ts) -> Result<()> {
    on!(conn, c => {
        diesel::update(own!(row)).set((job::error.eq(error), job::due_at.eq(due_at))).kept().execute(c).await
    })?;
    Ok(())
}

/// The jobs of a kind that a person has had begun since then, the newest first, at most `limit`.
pub async fn of_person(
    conn: &mut Conn,
    tenant: &TenantId,
    user: &UserId,
    (kind, since): (Kind, Ts),
    limit: i64,
) -> Result<Vec<Job>> {
    let rows = on!(conn, c => {
        job::table
            .filter(job::tenant_id.eq(tenant))
            .filter(job::user_id.eq(user))
            .filter(job::kind.eq(kind))
            .filter(job::created_at.gt(since))
            .order(job::id.desc())
            .limit(limit)
            .select(Job::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Deletes all jobs of a kind that were a person's.
pub async fn delete_of(conn: &mut Conn, tenant: &TenantId, user: &UserId, kind: Kind) -> Result<()> {
    on!(conn, c => {
        let own = job::table.filter(job::tenant_id.eq(tenant)).filter(job::user_id.eq(user)).filter(job::kind.eq(kind));
        diesel::delete(own).kept().execute(c).await
    })?;
    Ok(())
}
