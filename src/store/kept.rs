//! Statements that are prepared once on each connection.
//!
//! Diesel prepares every `UPDATE` and many an `INSERT` afresh, because their text could depend on what is set and fill
//! its cache without end. Ours are constants, and preparing one costs SQLite more than running it, and PostgreSQL
//! another round trip. Never for a list of unknown length (`eq_any`).

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

/// A statement whose text never changes.
#[derive(Debug, Clone, Copy)]
pub struct Kept<T>(T);

/// Gives every statement [`Keep::kept`].
pub trait Keep: Sized {
    fn kept(self) -> Kept<Self> {
        Kept(self)
    }
}

impl<T> Keep for T {}

impl<T> QueryId for Kept<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T: Query> Query for Kept<T> {
    type SqlType = T::SqlType;
}

impl<DB: Backend, T: QueryFragment<DB>> QueryFragment<DB> for Kept<T> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    fn is_safe_to_cache_prepared(&self, _: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}
