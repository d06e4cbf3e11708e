//! A database for each test.

use std::path::Path;

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};

/// The URL of an empty database.
pub async fn fresh(data: &Path) -> String {
    match postgres() {
        Some(url) => own_schema(&url).await,
        None => format!("sqlite:{}", data.join("test.db").display()),
    }
}

/// The server to test on, if it is PostgreSQL's turn.
#[expect(clippy::disallowed_methods, reason = "how the test run says which database it is about")]
pub fn postgres() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok()
}

/// The file of the authority that has signed the certificate of that server, if it is one with TLS.
#[expect(clippy::disallowed_methods, reason = "how the test run says which database it is about")]
pub fn postgres_ca() -> Option<String> {
    std::env::var("TEST_DATABASE_CA").ok()
}

/// The URL with one more parameter.
pub fn with(url: &str, parameter: &str) -> String {
    let sign = if url.contains('?') { '&' } else { '?' };
    format!("{url}{sign}{parameter}")
}

/// One PostgreSQL schema for each test, chosen by the search path in the URL.
async fn own_schema(url: &str) -> String {
    let name = format!("op_{}", signet::base::random::id().replace('-', ""));
    let mut conn = AsyncPgConnection::establish(url).await.unwrap();
    conn.batch_execute(&format!("CREATE SCHEMA {name}")).await.unwrap();
    with(url, &format!("options=-csearch_path%3D{name}"))
}
