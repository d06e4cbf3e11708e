use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on, user_word};
use crate::base::time::Ts;
use crate::model::profile::Profile;
use crate::model::user::User;
use crate::model::{TenantId, UserId};
use crate::schema::{profile, user};
use crate::spec::preferences::Theme;

pub async fn find(conn: &mut Conn, tenant: &TenantId, id: &UserId) -> Result<Option<Profile>> {
    let row = on!(conn, c => {
        profile::table.find((tenant, id)).select(Profile::as_select()).first(c).await.optional()
    })?;
    Ok(row)
}

/// Inserts a row, or sets so much of the one that is there.
macro_rules! put {
    ($conn:expr, $row:expr, $($set:expr),+) => {
        on!($conn, c => {
            diesel::insert_into(profile::table)
                .values($row)
                .on_conflict((profile::tenant_id, profile::user_id))
                .do_update()
                .set(($($set,)+ profile::updated_at.eq($row.updated_at)))
                .kept().execute(c)
                .await
        })
    };
}

/// All but the number, which has to be proved, and the preferences: see [`set_phone`] and [`set_preferences`].
pub async fn upsert(conn: &mut Conn, row: &Profile) -> Result<()> {
    put!(
        conn,
        row,
        profile::middle_name.eq(&row.middle_name),
        profile::nickname.eq(&row.nickname),
        profile::page.eq(&row.page),
        profile::picture.eq(&row.picture),
        profile::website.eq(&row.website),
        profile::gender.eq(&row.gender),
        profile::birthdate.eq(&row.birthdate),
        profile::sealed_address.eq(&row.sealed_address),
        profile::sealed_bio.eq(&row.sealed_bio),
        profile::sealed_fields.eq(&row.sealed_fields)
    )?;
    Ok(())
}

/// Sets the number of `row`, or none, whether the person has told anything before or not.
pub async fn set_phone(conn: &mut Conn, row: &Profile) -> Result<()> {
    put!(
        conn,
        row,
        profile::sealed_phone.eq(&row.sealed_phone),
        profile::phone_hash.eq(&row.phone_hash),
        profile::phone_verified_at.eq(row.phone_verified_at)
    )?;
    has_told(conn, row).await
}

/// The same for the picture.
pub async fn set_picture(conn: &mut Conn, row: &Profile) -> Result<()> {
    put!(conn, row, profile::picture.eq(&row.picture))?;
    has_told(conn, row).await
}

/// The same for the tenant's own fields.
pub async fn set_fields(conn: &mut Conn, row: &Profile) -> Result<()> {
    put!(conn, row, profile::sealed_fields.eq(&row.sealed_fields))?;
    has_told(conn, row).await
}

/// The same for the preferences, and how pages look by them. No app learns that something has changed.
pub async fn set_preferences(conn: &mut Conn, row: &Profile, theme: Option<Theme>) -> Result<()> {
    put!(conn, row, profile::sealed_preferences.eq(&row.sealed_preferences))?;
    on!(conn, c => {
        let own = user::table.find((&row.tenant_id, &row.user_id));
        diesel::update(own).set((user::has_profile.eq(true), user::theme.eq(theme))).kept().execute(c).await
    })?;
    Ok(())
}

/// Sets which of the tenant's kinds of people somebody is one of, or none.
pub async fn set_kind(conn: &mut Conn, tenant: &TenantId, id: &UserId, (kind, now): (Option<&str>, Ts)) -> Result<()> {
    on!(conn, c => {
        diesel::update(user::table.find((tenant, id)))
            .set((user::kind.eq(kind), user::updated_at.eq(now)))
            .kept().execute(c)
            .await
    })?;
    Ok(())
}

/// Lets the person's own row know that there is a profile.
async fn has_told(conn: &mut Conn, row: &Profile) -> Result<()> {
    on!(conn, c => {
        let own = user::table.find((&row.tenant_id, &row.user_id));
        let set = (user::has_profile.eq(true), user::updated_at.eq(row.updated_at));
        diesel::update(own).set(set).kept().execute(c).await
    })?;
    Ok(())
}

/// The part that stands in the person's own row. Fails when somebody else has the user name.
pub async fn update_user(conn: &mut Conn, row: &User) -> Result<bool> {
    let count = on!(conn, c => {
        diesel::update(user::table.find((&row.tenant_id, &row.id)))
            .set((
                user::username.eq(&row.username),
                user::username_key.eq(&row.username_key),
                user::name.eq(&row.name),
                user::given_name.eq(&row.given_name),
                user::family_name.eq(&row.family_name),
                user::locale.eq(&row.locale),
                user::zoneinfo.eq(&row.zoneinfo),
                user::has_profile.eq(true),
                user::updated_at.eq(row.updated_at),
            ))
            .kept().execute(c)
            .await
    })?;
    user_word::replace(conn, row).await?;
    Ok(count == 1)
}
