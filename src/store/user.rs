use std::collections::HashMap;

use diesel::dsl::{exists, select};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on, user_word};
use crate::base::random;
use crate::base::time::Ts;
use crate::model::user::{FormerPassword, Password, User, UserRole, UserState};
use crate::model::{TenantId, UserId};
use crate::schema::{password, password_history, role, user, user_role};

pub async fn insert(conn: &mut Conn, row: &User) -> Result<()> {
    on!(conn, c => diesel::insert_into(user::table).values(row).kept().execute(c).await)?;
    user_word::insert(conn, row).await
}

/// Puts down what an administrator may change of somebody; not the state.
pub async fn update(conn: &mut Conn, row: &User) -> Result<()> {
    on!(conn, c => {
        diesel::update(user::table.find((&row.tenant_id, &row.id)))
            .set((
                user::username.eq(&row.username),
                user::username_key.eq(&row.username_key),
                user::email.eq(&row.email),
                user::email_key.eq(&row.email_key),
                user::email_verified_at.eq(row.email_verified_at),
                user::name.eq(&row.name),
                user::given_name.eq(&row.given_name),
                user::family_name.eq(&row.family_name),
                user::locale.eq(&row.locale),
                user::zoneinfo.eq(&row.zoneinfo),
                user::updated_at.eq(row.updated_at),
            ))
            .kept().execute(c)
            .await
    })?;
    user_word::replace(conn, row).await
}

pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &UserId) -> Result<Option<User>> {
    let row = on!(conn, c => {
        user::table.find((tenant, id)).select(User::as_select()).first(c).await.optional()
    })?;
    Ok(row)
}

/// By user name or e-mail address, both in the form of [`crate::base::text::key`]; with the PHC string of the
/// password, where there is one.
pub async fn find_by_key(conn: &mut Conn, tenant: &TenantId, key: &str) -> Result<Option<(User, Option<String>)>> {
    let row = on!(conn, c => {
        user::table
            .left_join(password::table.on(password::tenant_id.eq(user::tenant_id).and(password::user_id.eq(user::id))))
            .filter(user::tenant_id.eq(tenant))
            .filter(user::username_key.eq(key).or(user::email_key.eq(key)))
            .select((User::as_select(), password::phc.nullable()))
            .first(c)
            .await
            .optional()
    })?;
    Ok(row)
}

/// Keeps others who ask for the same from changing what belongs to the person, to the end of the transaction.
pub async fn lock(conn: &mut Conn, tenant: &TenantId, id: &UserId) -> Result<()> {
    on!(conn, c => {
        diesel::update(user::table.find((tenant, id))).set(user::id.eq(user::id)).kept().execute(c).await
    })?;
    Ok(())
}

/// Those after `after` by id, at most `limit`; with nothing before them, the first.
pub async fn list(conn: &mut Conn, tenant: &TenantId, after: &str, limit: i64) -> Result<Vec<User>> {
    let rows = on!(conn, c => {
        user::table
            .filter(user::tenant_id.eq(tenant))
            .filter(user::id.gt(after))
            .order(user::id)
            .limit(limit)
            .select(User::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// Notes that the person is there.
pub async fn seen(conn: &mut Conn, tenant: &TenantId, id: &UserId, now: Ts) -> Result<()> {
    on!(conn, c => {
        diesel::update(user::table.find((tenant, id))).set(user::last_seen_at.eq(now)).kept().execute(c).await
    })?;
    Ok(())
}

/// From one state to another; `false` when the account is not in the first one any more.
pub async fn set_state(
    conn: &mut Conn,
    tenant: &TenantId,
    id: &UserId,
    (from, to): (UserState, UserState),
    now: Ts,
) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(user::table.find((tenant, id)).filter(user::state.eq(from)))
            .set((user::state.eq(to), user::updated_at.eq(now)))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Unlocks an account: what was tried until now counts no more.
pub async fn unlock(conn: &mut Conn, tenant: &TenantId, id: &UserId, now: Ts) -> Result<()> {
    on!(conn, c => {
        diesel::update(user::table.find((tenant, id)))
            .set((user::unlocked_at.eq(now), user::updated_at.eq(now)))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// Marks the address as proved. `false` when it was before.
pub async fn verify_email(conn: &mut Conn, tenant: &TenantId, id: &UserId, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(user::table.find((tenant, id)).filter(user::email_verified_at.is_null()))
            .set((user::email_verified_at.eq(now), user::updated_at.eq(now)))
            .kept().execute(c)
            .await
    })?;
    Ok(count == 1)
}

/// Sets another address in place of `old`, and as proved. `false` when `old` is not the address any more. Fails when
/// somebody else has the new one.
pub async fn set_email(conn: &mut Conn, row: &User, old: &str, now: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let same = user::table
            .find((&row.tenant_id, &row.id))
            .filter(user::email_key.eq(old))
            .filter(user::state.eq(UserState::Active));
        diesel::update(same)
            .set((
                user::email.eq(&row.email),
                user::email_key.eq(&row.email_key),
                user::email_verified_at.eq(now),
                user::updated_at.eq(now),
            ))
            .kept().execute(c)
            .await
    })?;
    if count == 1 {
        user_word::replace(conn, row).await?;
    }
    Ok(count == 1)
}

/// With its hash; None for somebody who has none.
pub async fn password(conn: &mut Conn, tenant: &TenantId, id: &UserId) -> Result<Option<Password>> {
    let row = on!(conn, c => {
        password::table.find((tenant, id)).select(Password::as_select()).first(c).await.optional()
    })?;
    Ok(row)
}

/// Sets a password. The one until now is kept among at most `former` former ones.
pub async fn set_password(conn: &mut Conn, row: &Password, former: i64) -> Result<()> {
    if let Some(old) = password(conn, &row.tenant_id, &row.user_id).await?.filter(|_| former > 0) {
        let (id, replaced_at) = (random::id(), row.changed_at);
        let old = FormerPassword { tenant_id: old.tenant_id, user_id: old.user_id, id, phc: old.phc, replaced_at };
        on!(conn, c => diesel::insert_into(password_history::table).values(&old).kept().execute(c).await)?;
    }
    forget_passwords(conn, row, former).await?;
    on!(conn, c => {
        diesel::insert_into(password::table)
            .values(row)
            .on_conflict((password::tenant_id, password::user_id))
            .do_update()
            .set(row)
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// Forgets former passwords of a person but the latest.
async fn forget_passwords(conn: &mut Conn, row: &Password, keep: i64) -> Result<()> {
    on!(conn, c => {
        let own = password_history::table
            .filter(password_history::tenant_id.eq(&row.tenant_id))
            .filter(password_history::user_id.eq(&row.user_id));
        let beyond: Vec<String> = own
            .order(password_history::id.desc())
            .offset(keep)
            .limit(i64::MAX)
            .select(password_history::id)
            .load(c)
            .await?;
        if beyond.is_empty() {
            return Ok(());
        }
        diesel::delete(own.filter(password_history::id.eq_any(beyond))).execute(c).await
    })?;
    Ok(())
}

/// The hashes of the last passwords of a person, the one of today first; at most so many.
pub async fn last_passwords(conn: &mut Conn, tenant: &TenantId, id: &UserId, count: i64) -> Result<Vec<String>> {
    let today = password(conn, tenant, id).await?.map(|row| row.phc).filter(|_| count > 0);
    let former: Vec<String> = on!(conn, c => {
        password_history::table
            .filter(password_history::tenant_id.eq(tenant))
            .filter(password_history::user_id.eq(id))
            .order(password_history::id.desc())
            .limit((count - 1).max(0))
            .select(password_history::phc)
            .load(c)
            .await
    })?;
    Ok(today.into_iter().chain(former).collect())
}

/// Has another password chosen at the next sign-in, or no more. `false` when there is none to be changed, or it is so
/// already.
pub async fn require_change(conn: &mut Conn, tenant: &TenantId, id: &UserId, required: bool) -> Result<bool> {
    let count = on!(conn, c => {
        let other = password::table.find((tenant, id)).filter(password::must_change.ne(required));
        diesel::update(other).set(password::must_change.eq(required)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Stores a password in place of the one that was just verified, and holds its row until the transaction ends.
/// `false` when the password was changed meanwhile, or the account is no longer in the state in which it was seen.
pub async fn confirm_password(conn: &mut Conn, row: &Password, (verified, state): (&str, UserState)) -> Result<bool> {
    let count = on!(conn, c => {
        let same = user::table
            .filter(user::tenant_id.eq(&row.tenant_id))
            .filter(user::id.eq(&row.user_id))
            .filter(user::state.eq(state));
        let unchanged = password::table
            .find((&row.tenant_id, &row.user_id))
            .filter(password::phc.eq(verified))
            .filter(exists(same));
        diesel::update(unchanged).set(password::phc.eq(&row.phc)).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// `false` when the person had the role before.
pub async fn grant_role(conn: &mut Conn, row: &UserRole) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::insert_into(user_role::table).values(row).on_conflict_do_nothing().kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Gives somebody those of these roles that there are; how many were not held before.
pub async fn grant_roles(
    conn: &mut Conn,
    (tenant, id): (&TenantId, &UserId),
    names: &[&str],
    (at, by): (Ts, &str),
) -> Result<usize> {
    let count = on!(conn, c => {
        let rows = role::table
            .filter(role::tenant_id.eq(tenant))
            .filter(role::name.eq_any(names))
            .select((
                role::tenant_id,
                id.into_sql::<Text>(),
                role::name,
                at.into_sql::<BigInt>(),
                by.into_sql::<Text>(),
            ));
        diesel::insert_into(user_role::table)
            .values(rows)
            .into_columns((
                user_role::tenant_id,
                user_role::user_id,
                user_role::role,
                user_role::granted_at,
                user_role::granted_by,
            ))
            .on_conflict_do_nothing()
            .execute(c)
            .await
    })?;
    Ok(count)
}

pub async fn roles(conn: &mut Conn, tenant: &TenantId, id: &UserId) -> Result<Vec<String>> {
    let rows = on!(conn, c => {
        user_role::table
            .filter(user_role::tenant_id.eq(tenant))
            .filter(user_role::user_id.eq(id))
            .order(user_role::role)
            .select(user_role::role)
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// The roles of a person, with who gave each and when.
pub async fn roles_held(conn: &mut Conn, tenant: &TenantId, id: &UserId) -> Result<Vec<UserRole>> {
    let rows = on!(conn, c => {
        user_role::table
            .filter(user_role::tenant_id.eq(tenant))
            .filter(user_role::user_id.eq(id))
            .order(user_role::role)
            .select(UserRole::as_select())
            .load(c)
            .await
    })?;
    Ok(rows)
}

/// The user names of these ids.
pub async fn names(conn: &mut Conn, tenant: &TenantId, ids: &[UserId]) -> Result<HashMap<String, String>> {
    let rows: Vec<(String, String)> = on!(conn, c => {
        user::table
            .filter(user::tenant_id.eq(tenant))
            .filter(user::id.eq_any(ids))
            .select((user::id, user::username))
            .load(c)
            .await
    })?;
    Ok(rows.into_iter().collect())
}

/// Whether a role of the person wants a second factor.
pub async fn needs_factor(conn: &mut Conn, tenant: &TenantId, id: &UserId) -> Result<bool> {
    let found = on!(conn, c => {
        let wanting = user_role::table
            .inner_join(role::table.on(role::tenant_id.eq(user_role::tenant_id).and(role::name.eq(user_role::role))))
            .filter(user_role::tenant_id.eq(tenant))
            .filter(user_role::user_id.eq(id))
            .filter(role::needs_factor.eq(true));
        select(exists(wanting)).get_result(c).await
    })?;
    Ok(found)
}

/// When the person last did not want a second factor.
pub async fn factor_skipped_at(conn: &mut Conn, tenant: &TenantId, id: &UserId) -> Result<Option<Ts>> {
    let at = on!(conn, c => user::table.find((tenant, id)).select(user::factor_skipped_at).first(c).await)?;
    Ok(at)
}

/// Notes that the person does not want a second factor now.
pub async fn skip_factor(conn: &mut Conn, tenant: &TenantId, id: &UserId, now: Ts) -> Result<()> {
    on!(conn, c => {
        diesel::update(user::table.find((tenant, id))).set(user::factor_skipped_at.eq(now)).kept().execute(c).await
    })?;
    Ok(())
}

/// Whether somebody else with this role may sign in. Holds the role's row until the transaction ends, so that two who
/// give it up at once do not count on each other.
pub async fn has_another(conn: &mut Conn, tenant: &TenantId, role: &str, id: &UserId) -> Result<bool> {
    on!(conn, c => {
        diesel::update(role::table.find((tenant, role))).set(role::built_in.eq(role::built_in)).kept().execute(c).await
    })?;
    let found = on!(conn, c => {
        let others = user_role::table
            .inner_join(user::table.on(user::tenant_id.eq(user_role::tenant_id).and(user::id.eq(user_role::user_id))))
            .filter(user_role::tenant_id.eq(tenant))
            .filter(user_role::role.eq(role))
            .filter(user_role::user_id.ne(id))
            .filter(user::state.eq(UserState::Active));
        select(exists(others)).get_result(c).await
    })?;
    Ok(found)
}
