//! Work that one node does for all.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::base::time::Ts;
use crate::schema::lease;

/// Takes or keeps the lease until `until`; `false` while another node holds it.
pub async fn take(conn: &mut Conn, name: &str, holder: &str, now: Ts, until: Ts) -> Result<bool> {
    let count = on!(conn, c => {
        let free = lease::table.find(name).filter(lease::expires_at.le(now).or(lease::holder.eq(holder)));
        diesel::update(free).set((lease::holder.eq(holder), lease::expires_at.eq(until))).kept().execute(c).await
    })?;
    Ok(count == 1)
}

/// Gives back whatever this node holds, so that the next one need not wait.
pub async fn release_all(conn: &mut Conn, holder: &str) -> Result<()> {
    on!(conn, c => {
        diesel::update(lease::table.filter(lease::holder.eq(holder))).set(lease::expires_at.eq(Ts(0))).kept().execute(c).await
    })?;
    Ok(())
}
