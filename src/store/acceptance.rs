use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::model::challenge::Acceptance;
use crate::schema::acceptance;

pub async fn insert(conn: &mut Conn, row: &Acceptance) -> Result<()> {
    on!(conn, c => {
        diesel::insert_into(acceptance::table).values(row).on_conflict_do_nothing().kept().execute(c).await
    })?;
    Ok(())
}
