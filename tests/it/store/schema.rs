//! Both databases hold the same schema, and `schema.rs` says what they hold.

use std::collections::BTreeMap;

use diesel::deserialize::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl as _;
use signet::store::Conn;

use crate::support::Op;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    nullable: String,
}

const LITE: &str = "SELECT m.name AS table_name, p.name AS name, lower(p.type) AS kind, \
     CASE WHEN p.\"notnull\" = 1 THEN 'NO' ELSE 'YES' END AS nullable \
     FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'";
const PG: &str = "SELECT table_name::text, column_name::text AS name, data_type::text AS kind, is_nullable::text AS nullable \
     FROM information_schema.columns WHERE table_schema = current_schema()";

/// What `schema.rs` declares, in its own words.
fn declared() -> BTreeMap<String, String> {
    let text = include_str!("../../../src/schema.rs");
    let mut columns = BTreeMap::new();
    for table in text.split("diesel::table!").skip(1) {
        let name = table.trim_start_matches([' ', '{', '\n']).split(' ').next().unwrap();
        for line in table.lines().filter(|line| line.contains(" -> ")) {
            let (column, kind) = line.trim().trim_end_matches(',').split_once(" -> ").unwrap();
            columns.insert(format!("{name}.{column}"), kind.to_owned());
        }
    }
    columns
}

fn translate(kind: &str, nullable: &str) -> String {
    let kind = match kind {
        "text" => "Text",
        "bigint" => "BigInt",
        "integer" => "Integer",
        "boolean" => "Bool",
        "bytea" => "Binary",
        other => panic!("a type that not both databases share: {other}"),
    };
    if nullable == "YES" { format!("Nullable<{kind}>") } else { kind.to_owned() }
}

#[actix_web::test]
async fn the_database_is_what_the_code_believes() {
    let op = Op::start().await;
    let found: Vec<Column> = match &mut op.app.db.conn().await.unwrap() {
        Conn::Lite(conn) => diesel::sql_query(LITE).load(&mut **conn).await.unwrap(),
        Conn::Pg(conn) => diesel::sql_query(PG).load(&mut ***conn).await.unwrap(),
    };
    let found: BTreeMap<_, _> = found
        .iter()
        .filter(|column| !column.table_name.starts_with("__diesel"))
        .map(|column| {
            let name = format!("{}.{}", column.table_name, column.name);
            (name, translate(&column.kind, &column.nullable))
        })
        .collect();
    assert_eq!(found, declared());
}

#[actix_web::test]
async fn migrating_again_changes_nothing() {
    let op = Op::start().await;
    assert_eq!(op.app.db.migrate().await.unwrap().applied, 0);
}

#[actix_web::test]
async fn a_newer_database_is_left_alone() {
    let op = Op::start().await;
    let newer = "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')";
    match &mut op.app.db.conn().await.unwrap() {
        Conn::Lite(conn) => diesel::sql_query(newer).execute(&mut **conn).await.unwrap(),
        Conn::Pg(conn) => diesel::sql_query(newer).execute(&mut ***conn).await.unwrap(),
    };
    let error = op.app.db.migrate().await.unwrap_err().to_string();
    assert!(error.contains("9999") && error.contains("newer"), "{error}");
}
