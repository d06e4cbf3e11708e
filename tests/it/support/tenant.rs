//! Another tenant in the same database.

use diesel_async::RunQueryDsl as _;
use signet::app::App;
use signet::model::TenantId;
use signet::store::{Conn, Error};

/// What a tenant has from its beginning, taken from the first one.
const BEGINNING: [&str; 4] = [
    "INSERT INTO tenant (id, name, created_at) VALUES ('neighbour', 'Neighbour', 0)",
    "INSERT INTO permission (tenant_id, name, description)
         SELECT 'neighbour', name, description FROM permission WHERE tenant_id = 'default'",
    "INSERT INTO role (tenant_id, name, description, built_in, needs_factor)
         SELECT 'neighbour', name, description, built_in, needs_factor FROM role WHERE tenant_id = 'default'",
    "INSERT INTO role_permission (tenant_id, role, permission)
         SELECT 'neighbour', role, permission FROM role_permission WHERE tenant_id = 'default'",
];

pub fn id() -> TenantId {
    TenantId::from("neighbour")
}

pub async fn insert(app: &App) {
    let made = app.db.write(async |tx| {
        for text in BEGINNING {
            match tx {
                Conn::Lite(conn) => diesel::sql_query(text).execute(&mut **conn).await?,
                Conn::Pg(conn) => diesel::sql_query(text).execute(&mut ***conn).await?,
            };
        }
        Ok::<_, Error>(())
    });
    made.await.unwrap();
}
