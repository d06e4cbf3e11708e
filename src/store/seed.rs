//! Very many rows at once, for a database that shows how Signet fares with them.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, insert_all, on};
use crate::model::user::User;
use crate::model::{TenantId, UserId};
use crate::schema::{user, user_word};

#[derive(Insertable)]
#[diesel(table_name = user_word)]
struct Entry<'a> {
    tenant_id: &'a TenantId,
    word: Vec<u8>,
    user_id: &'a UserId,
}

/// People, with the words by which they are found.
pub async fn users(conn: &mut Conn, rows: &[User]) -> Result<()> {
    insert_all!(conn, user, rows);
    let mut words = Vec::new();
    for row in rows {
        let word = |word: String| Entry { tenant_id: &row.tenant_id, word: word.into_bytes(), user_id: &row.id };
        words.extend(row.words().into_iter().map(word));
    }
    insert_all!(conn, user_word, words.as_slice());
    Ok(())
}

/// How many people there are.
pub async fn count(conn: &mut Conn, tenant: &TenantId) -> Result<i64> {
    let count = on!(conn, c => user::table.filter(user::tenant_id.eq(tenant)).count().get_result(c).await)?;
    Ok(count)
}

/// Some people, at most `limit`.
pub async fn some(conn: &mut Conn, tenant: &TenantId, limit: i64) -> Result<Vec<UserId>> {
    let ids = on!(conn, c => {
        user::table.filter(user::tenant_id.eq(tenant)).order(user::id).limit(limit).select(user::id).load(c).await
    })?;
    Ok(ids)
}
