//! Files of people, kept in parts.

use diesel::prelude::*;

use super::{BlobId, TenantId, UserId};
use crate::base::time::Ts;
use crate::schema::{blob, blob_part};

crate::text_enum! {
    Kind {
        /// All that is kept of a person. Its parts are sealed for [`Part::place`].
        Export = "export",
        /// Seen by whoever knows its address.
        Picture = "picture",
    }
}

/// Bytes of one part, at most: what somebody who writes or reads a file has to hold.
pub const PART: usize = 256 * 1024;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = blob, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Blob {
    pub tenant_id: TenantId,
    pub id: BlobId,
    pub kind: Kind,
    pub user_id: UserId,
    pub content_type: String,
    /// In bytes, as it is given out; 0 until it is whole.
    pub size: i64,
    pub created_at: Ts,
    pub expires_at: Option<Ts>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = blob_part, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Part {
    pub tenant_id: TenantId,
    pub blob_id: BlobId,
    /// From 0 on.
    pub number: i32,
    pub bytes: Vec<u8>,
}

impl Part {
    pub fn place(blob: &BlobId, number: i32) -> String {
        format!("blob/{blob}/{number}")
    }
}
