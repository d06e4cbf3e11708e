//! How nodes learn that what they keep in memory has changed.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Conn, Keep as _, Result, on};
use crate::schema::epoch;

/// What is kept in memory and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Client,
    Key,
    Setting,
}

impl Kept {
    const fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Key => "key",
            Self::Setting => "setting",
        }
    }
}

/// Part of the transaction that changes something of this kind.
pub async fn advance(conn: &mut Conn, kept: Kept) -> Result<()> {
    on!(conn, c => {
        diesel::update(epoch::table.find(kept.name())).set(epoch::number.eq(epoch::number + 1)).kept().execute(c).await
    })?;
    Ok(())
}

/// How often each has changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    pub clients: i64,
    pub keys: i64,
    pub settings: i64,
}

pub async fn read(conn: &mut Conn) -> Result<Numbers> {
    let rows: Vec<(String, i64)> = on!(conn, c => epoch::table.load(c).await)?;
    let number = |kept: Kept| rows.iter().find(|(name, _)| name == kept.name()).map_or(0, |(_, number)| *number);
    Ok(Numbers { clients: number(Kept::Client), keys: number(Kept::Key), settings: number(Kept::Setting) })
}
