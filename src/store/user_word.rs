//! The words by which people are found.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::model::user::User;
use crate::schema::user_word;

/// Puts the words of a person in the place of those until now.
pub async fn replace(conn: &mut Conn, user: &User) -> Result<()> {
    on!(conn, c => {
        let own = user_word::table.filter(user_word::tenant_id.eq(&user.tenant_id)).filter(user_word::user_id.eq(&user.id));
        diesel::delete(own).kept().execute(c).await
    })?;
    insert(conn, user).await
}

/// The words of somebody new.
pub async fn insert(conn: &mut Conn, user: &User) -> Result<()> {
    for word in user.words() {
        on!(conn, c => {
            diesel::insert_into(user_word::table)
                .values((
                    user_word::tenant_id.eq(&user.tenant_id),
                    user_word::word.eq(word.as_bytes()),
                    user_word::user_id.eq(&user.id),
                ))
                .kept().execute(c)
                .await
        })?;
    }
    Ok(())
}
